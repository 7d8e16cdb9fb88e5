"""What the sections of an article mean, measured against the guide's message; read once for all rules that ask."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msglint.analysis.message import Message
from msglint.analysis.nli import CrossReading
from msglint.analysis.sections import Said, SectionText
from msglint.guide.model import Guide

if TYPE_CHECKING:
    from msglint.analysis.contradiction.own import Contradictions
    from msglint.analysis.coverage import Coverage
    from msglint.analysis.encoder import Encoder
    from msglint.analysis.on_message import Nearness
    from msglint.analysis.view import View

CARRIED = 0.5
"""From this probability on a section carries, or a sentence contradicts, a claim."""


@dataclass(frozen=True, slots=True)
class Score:
    """A probability, rounded to 3 decimals, and the sentence it rests on most."""

    value: float
    said: Said


@dataclass(frozen=True, slots=True)
class Support:
    """A section, and for each claim of the guide by its id how surely the section carries it."""

    section: SectionText
    claims: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Opposition:
    """A section, and for each of its sentences how surely it contradicts each claim, by the claim's id."""

    section: SectionText
    sentences: tuple[tuple[Said, Mapping[str, float]], ...]

    def worst(self, claim: str) -> Score:
        """Return the sentence that contradicts `claim` most surely."""
        said, values = max(self.sentences, key=lambda sentence: sentence[1][claim])
        return Score(values[claim], said)


@dataclass(frozen=True, slots=True)
class Nearby:
    """A section, its vector, how near it is to the guide's sentences, and the nearest of these."""

    section: SectionText
    vector: Any
    nearness: float
    nearest: str


def supports(view: View, guide: Guide) -> tuple[Support, ...]:
    """Return what each section carries (nothing for a guide without claims)."""
    message = Message.of(guide)
    if not message.claims:
        return ()
    coverage = _coverage(message, view.encoder)
    return tuple(_support(section, coverage, message) for section in view.sections)


def _support(section: SectionText, coverage: Coverage, message: Message) -> Support:
    values, sentences = coverage.scores(section.passages, section.title)
    scores = (Score(round(float(v), 3), section.said[int(i)]) for v, i in zip(values, sentences, strict=True))
    return Support(section, {c.id: score for c, score in zip(message.claims, scores, strict=True)})


def oppositions(view: View, guide: Guide) -> tuple[Opposition, ...]:
    """Return what each section says against the claims; sentences in a block quote are somebody else's."""
    message = Message.of(guide)
    if not message.claims:
        return ()
    reading = CrossReading.by(view.judge, message.claims) if view.judge else _contradictions(message, view.encoder)
    found = []
    for section in view.sections:
        said = [s for s in section.said if not s.block.quote]
        if said:
            rows = reading.scores([s.passage for s in said])
            ids = [c.id for c in message.claims]
            values = [dict(zip(ids, (round(float(v), 3) for v in row), strict=True)) for row in rows]
            found.append(Opposition(section, tuple(zip(said, values, strict=True))))
    return tuple(found)


def nearby(view: View, guide: Guide) -> tuple[Nearby, ...]:
    """Return how near each section is to the guide's own sentences (nothing for a guide that says nothing)."""
    message = Message.of(guide)
    if not message.sentences:
        return ()
    nearness = _nearness(message, view.encoder)
    return tuple(
        Nearby(section, vector, near, message.sentences[nearest])
        for section in view.sections
        for vector, near, nearest in (nearness.of(section.passages),)
    )


@functools.lru_cache(maxsize=4)
def _coverage(message: Message, encoder: Encoder) -> Coverage:
    from msglint.analysis.coverage import Coverage

    return Coverage(message.claims, encoder)


@functools.lru_cache(maxsize=4)
def _contradictions(message: Message, encoder: Encoder) -> Contradictions:
    from msglint.analysis.contradiction.own import Contradictions

    return Contradictions(message.claims, encoder)


@functools.lru_cache(maxsize=4)
def _nearness(message: Message, encoder: Encoder) -> Nearness:
    from msglint.analysis.on_message import Nearness

    return Nearness(message, encoder)
