"""What of a guide is read for its meaning."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass

from msglint.guide.model import Claim, Guide


@dataclass(frozen=True)
class Message:
    """A company's message: its claims, and the other sentences of the guide that an article may be about.

    `challenges` are the personas', `definitions` the terms with what they mean, `subjects` the facts'.
    """

    claims: tuple[Claim, ...] = ()
    challenges: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()

    @classmethod
    def of(cls, guide: Guide) -> Message:
        """Return the message of `guide`."""
        return cls(
            claims=guide.claims,
            challenges=tuple(c for p in guide.personas for c in p.challenges),
            definitions=tuple(f"{t.term}とは、{t.definition}" if t.definition else t.term for t in guide.terms),
            subjects=tuple(f.subject for f in guide.facts),
        )

    @functools.cached_property
    def sentences(self) -> tuple[str, ...]:
        """All that a section may be near to, claims first; what the claims argue against is not among it."""
        said = (s for c in self.claims for s in (c.statement, *c.paraphrases))
        return (*said, *self.challenges, *self.definitions, *self.subjects)

    @functools.cached_property
    def hash(self) -> str:
        """A hash that changes with anything an encoder reads."""
        claims = [(c.id, c.statement, c.paraphrases, c.contradictions) for c in self.claims]
        parts = (claims, self.challenges, self.definitions, self.subjects)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
