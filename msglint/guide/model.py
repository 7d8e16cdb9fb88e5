"""The messaging guide: what the organisation says, to whom, with which proof, in which words."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from msglint.guide.sales import Brand, Handoff, Imports, SheetKind
from msglint.model import Language, Severity

Register = Literal["polite", "plain"]
Match = Literal["lemma", "exact", "regex"]
Unless = Literal["negated", "quoted"]
Bound = Literal["exact", "at_least", "over", "at_most", "under", "about"]

ARTICLES = ("**/*.md", "**/*.markdown", "**/*.mdx")
"""What `content.include` is when the guide does not say."""


class Place(NamedTuple):
    """Where in which file something of the guide was written (line and column from 1)."""

    path: str
    line: int
    column: int


class Globs(NamedTuple):
    """gitignore-style patterns; an empty list matches nothing."""

    patterns: tuple[str, ...]

    def match(self, path: str) -> bool:
        """Whether `path` (relative to the guide, with `/`) is matched."""
        return bool(_spec(self.patterns).match_file(path))


@functools.lru_cache(maxsize=512)
def _spec(patterns: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


class Scope(NamedTuple):
    """Which articles an entry is about; an absent list (None) means all, several lists all hold."""

    personas: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    paths: Globs | None = None

    def admits(self, persona: str | None, stage: str | None, path: str) -> bool:
        """Whether an article of this persona and stage at this path is meant."""
        return (
            (self.personas is None or persona in self.personas)
            and (self.stages is None or stage in self.stages)
            and (self.paths is None or self.paths.match(path))
        )


class Content(NamedTuple):
    """Which files are articles."""

    include: Globs = Globs(ARTICLES)
    exclude: Globs = Globs(())


class Stage(NamedTuple):
    """A stage of the buyer's journey."""

    id: str
    name: str = ""


class Phrase(NamedTuple):
    """A phrasing not to be used: an entry of `banned` or of a persona's `avoid`.

    `severity` None takes the rule's; "off" switches off an inherited entry of the same phrase.
    """

    phrase: str
    match: Match = "lemma"
    severity: Severity | Literal["off"] | None = None
    reason: str = ""
    use: str | None = None
    unless: tuple[Unless, ...] = ()
    scope: Scope = Scope()
    place: Place | None = None


class Persona(NamedTuple):
    """A reader the articles are written for."""

    id: str
    name: str = ""
    challenges: tuple[str, ...] = ()
    register: Register | None = None
    avoid: tuple[Phrase, ...] = ()


class Claim(NamedTuple):
    """A key message. `required_for` None: never required."""

    id: str
    statement: str
    paraphrases: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    required_for: Scope | None = None
    evidence: tuple[str, ...] = ()


class FactValue(NamedTuple):
    """A figure as registered: one value (low == high) or a range, its unit, and the year it is of.

    `unit` is as written in the guide; analysis.quantities knows what it converts to.
    """

    low: Decimal
    high: Decimal
    unit: str = ""
    as_of: int | None = None


class Caveat(NamedTuple):
    """What has to stand near a fact's figure; `patterns` empty: the text itself."""

    text: str
    patterns: tuple[str, ...] = ()


class Fact(NamedTuple):
    """The only figures an article may state about a subject.

    `keywords`: any entry; an entry is a tuple of phrases that all stand in the same sentence.
    `values`: newest first as written; the newest is the one with the largest `as_of`, else the first.
    """

    id: str
    subject: str
    keywords: tuple[tuple[str, ...], ...]
    values: tuple[FactValue, ...]
    source: str
    bound: Bound = "exact"
    source_required: bool = True
    source_patterns: tuple[str, ...] = ()
    caveat: Caveat | None = None
    review_by: date | None = None

    @property
    def newest(self) -> FactValue:
        """The value that is current."""
        return max(self.values, key=lambda v: v.as_of or 0) if any(v.as_of for v in self.values) else self.values[0]


class Term(NamedTuple):
    """The word for a thing, its expansions and the variants not to be written."""

    term: str
    expansion: tuple[str, ...] = ()
    definition: str = ""
    variants: tuple[str, ...] = ()
    place: Place | None = None


class PrhSpec(NamedTuple):
    """A pair that a prh rule promises to turn `before` into `after`."""

    before: str
    after: str
    place: Place


class PrhRule(NamedTuple):
    """A rule of a prh dictionary, its patterns as Python `regex` sources that run over the text as it is.

    `must_empty` are the groups ("$1") that have to have matched nothing. `message` is the dictionary's `prh`.
    `needles` are literals one of which is in every match, half-width and in lower case (none: unknown).
    """

    expected: str
    pattern: str
    flags: str = ""
    must_empty: tuple[str, ...] = ()
    message: str = ""
    specs: tuple[PrhSpec, ...] = ()
    place: Place | None = None
    needles: tuple[str, ...] = ()


class Drift(NamedTuple):
    """How sections are compared with the messages."""

    encoder: str = "builtin"
    contradiction_model: str | None = None
    false_positive_rate: Decimal = Decimal("0.05")
    reference: Globs | None = None


class RuleSetting(NamedTuple):
    """What the guide says of a rule: `severity` None leaves it, "off" switches the rule off."""

    rule: str
    severity: Severity | Literal["off"] | None = None
    options: tuple[tuple[str, Any], ...] = ()


class Override(NamedTuple):
    """Other settings for some articles; `paths` and `before` both have to hold."""

    rules: tuple[RuleSetting, ...]
    paths: Globs | None = None
    before: date | None = None

    def applies(self, path: str, updated: date | None) -> bool:
        """Whether an article at `path`, last updated on `updated`, is meant."""
        return (self.paths is None or self.paths.match(path)) and (
            self.before is None or (updated is not None and updated < self.before)
        )


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole, checked guide, with what it extends merged in. `root` is its folder; `digest` its content's hash."""

    name: str
    path: str = "messaging.yaml"
    root: str = "."
    digest: str = ""
    language: Language = "ja"
    plugins: bool = False
    content: Content = Content()
    stages: tuple[Stage, ...] = ()
    personas: tuple[Persona, ...] = ()
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    terms: tuple[Term, ...] = ()
    banned: tuple[Phrase, ...] = ()
    prh: tuple[PrhRule, ...] = ()
    sheets: tuple[SheetKind, ...] = ()
    brand: Brand = Brand()
    handoff: Handoff | None = None
    imports: Imports = Imports()
    drift: Drift = Drift()
    rules: tuple[RuleSetting, ...] = ()
    overrides: tuple[Override, ...] = ()
    notes: tuple[str, ...] = ()

    def persona(self, id: str | None) -> Persona | None:
        """Return the persona called `id`, if the guide has it."""
        return next((p for p in self.personas if p.id == id), None)

    def setting(self, rule: str) -> RuleSetting:
        """Return the guide's own setting of `rule` (empty when it says nothing)."""
        return next((s for s in self.rules if s.rule == rule), RuleSetting(rule))
