"""What the sections of an article mean, measured against the guide's message; read once for all rules that ask."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msglint.analysis.message import Message
from msglint.analysis.nli import CrossReading
from msglint.analysis.passage import Passage
from msglint.analysis.sections import Said, SectionText
from msglint.analysis.tokens import pos_of
from msglint.document.model import Block, Kind
from msglint.guide.model import Guide

if TYPE_CHECKING:
    from msglint.analysis.contradiction.own import Contradictions
    from msglint.analysis.coverage import Coverage
    from msglint.analysis.encoder import Encoder
    from msglint.analysis.on_message import Nearness
    from msglint.analysis.view import View

CARRIED = 0.5
"""From this probability on a section carries, or a sentence contradicts, a claim."""

RARITY = 0.8
"""How much rarer a contradiction is in an article than among the labelled passages, as a ratio of odds."""
_PREDICATES = frozenset({"動詞", "形容詞", "形状詞", "助動詞"})


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
    _encode_at_once(view)
    coverage = _coverage(message, view.encoder)
    return tuple(_support(section, coverage, message) for section in view.sections)


def _support(section: SectionText, coverage: Coverage, message: Message) -> Support:
    values, sentences = coverage.scores(section.passages, section.title)
    scores = (Score(round(float(v), 3), section.said[int(i)]) for v, i in zip(values, sentences, strict=True))
    return Support(section, {c.id: score for c, score in zip(message.claims, scores, strict=True)})


def oppositions(view: View, guide: Guide) -> tuple[Opposition, ...]:
    """Return what each section says against the claims, in running text and lists."""
    message = Message.of(guide)
    if not message.claims:
        return ()
    reading = CrossReading.by(view.judge, message.claims) if view.judge else _contradictions(message, view.encoder)
    spoken = [(section, [s for s in section.said if _is_own(s.block)]) for section in view.sections]
    spoken = [(section, said) for section, said in spoken if said]
    scores = reading.scores([[s.passage for s in said] for _, said in spoken])
    ids = [c.id for c in message.claims]
    found = []
    for (section, said), rows in zip(spoken, scores, strict=True):
        values = [dict(zip(ids, map(_in_articles, row), strict=True)) for row in rows]
        found.append(Opposition(section, tuple(zip(said, values, strict=True))))
    return tuple(found)


def _is_own(block: Block) -> bool:
    """Whether an article speaks for itself in `block`: a quote is somebody else's, a cell nothing without its row."""
    return not block.quote and block.kind != Kind.CELL


def _is_statement(said: Said) -> bool:
    if said.block.quote or said.block.kind is Kind.CELL:
        return False
    return any(pos_of(pos_id)[0] in _PREDICATES for pos_id in said.passage.pos_ids)


def _in_articles(probability: Any) -> float:
    """Return what a probability learned from labelled passages is worth in articles, where few sentences contradict.

    By Bayes' rule only the odds before looking change (Saerens, Latinne and Decaestecker 2002).
    """
    odds = float(probability) * RARITY
    return round(odds / (odds + 1 - float(probability)), 3)


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


def _encode_at_once(view: View) -> None:
    """Let the built-in encoder read the whole article: it keeps what is asked for section by section later."""
    from msglint.analysis.encoder.builtin import Builtin

    if isinstance(view.encoder, Builtin):
        parts = [p for s in view.sections for p in (*s.passages, Passage.joined(s.passages))]
        view.encoder.encode([*parts, *(s.title for s in view.sections if s.title)])


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
