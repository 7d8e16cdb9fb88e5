"""What the sections of an article mean, measured against the guide's message; read once for all rules that ask."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msglint.analysis.message import Message
from msglint.analysis.sections import Said, SectionText
from msglint.document.model import Block, Kind
from msglint.guide.model import Guide

if TYPE_CHECKING:
    from msglint.analysis.contradiction.own import Contradictions
    from msglint.analysis.coverage import Coverage
    from msglint.analysis.encoder import Encoder
    from msglint.analysis.judge import Judge
    from msglint.analysis.nli import CrossReading
    from msglint.analysis.on_message import Nearness
    from msglint.analysis.passage import Passage
    from msglint.analysis.view import View

CARRIED = 0.5
"""From this probability on a section carries, or a sentence contradicts, a claim."""

RARITY = 0.45
"""How much rarer a contradiction is in an article than among the labelled passages, as a ratio of odds."""


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


@dataclass(frozen=True, slots=True, eq=False)
class Opposition:
    """A section, those of its sentences that it says itself, and how surely each contradicts each of the `claims`.

    `values` are rounded to 3 decimals: a row for each sentence, a column for each claim.
    """

    section: SectionText
    said: tuple[Said, ...]
    claims: tuple[str, ...]
    values: Any

    def found(self) -> Iterator[tuple[str, Score]]:
        """Yield the sentences that contradict a claim, each with the claim that it contradicts most surely."""
        for said, row in zip(self.said, self.values, strict=True):
            if (value := float(row.max())) >= CARRIED:
                yield self.claims[int(row.argmax())], Score(value, said)

    def worst(self) -> Iterator[tuple[str, Score]]:
        """Yield for each claim the sentence that contradicts it most surely."""
        most = zip(self.claims, self.values.max(axis=0).tolist(), self.values.argmax(axis=0).tolist(), strict=True)
        return ((claim, Score(value, self.said[at])) for claim, value, at in most)


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
    ids = [c.id for c in message.claims]
    read = _coverage(message, view.encoder).each([(section.passages, section.name) for section in view.sections])
    return tuple(_support(section, ids, *found) for section, found in zip(view.sections, read, strict=True))


def _support(section: SectionText, ids: Sequence[str], values: Any, sentences: Any) -> Support:
    found = zip(ids, values.tolist(), sentences.tolist(), strict=True)
    return Support(section, {claim: Score(round(value, 3), section.said[at]) for claim, value, at in found})


def oppositions(views: Sequence[View], guide: Guide) -> list[tuple[Opposition, ...]]:
    """Return for each article what its sections say against the claims, in running text and lists."""
    return _opposed(views, guide, lambda reading, sections: reading.scores(sections))


def telling(views: Sequence[View], guide: Guide) -> list[tuple[Opposition, ...]]:
    """Return the same where it is surely told of; what is not is looked at once, and its values are estimates."""
    if views[0].judge:
        return oppositions(views, guide)
    return _opposed(views, guide, lambda reading, sections: reading.telling(sections))


def _opposed(
    views: Sequence[View], guide: Guide, read: Callable[[Any, Sequence[Sequence[Passage]]], list[Any]]
) -> list[tuple[Opposition, ...]]:
    message = Message.of(guide)
    if not message.claims:
        return [()] * len(views)
    spoken = [[*_spoken(view)] for view in views]
    reading = _judged(message, judge) if (judge := views[0].judge) else _contradictions(message, views[0].encoder)
    scores = iter(read(reading, [[s.passage for s in said] for found in spoken for _, said in found]))
    ids = tuple(c.id for c in message.claims)
    return [
        tuple(Opposition(section, said, ids, _in_articles(next(scores))) for section, said in found) for found in spoken
    ]


def _spoken(view: View) -> Iterator[tuple[SectionText, tuple[Said, ...]]]:
    """Yield the sections of an article with what it says itself."""
    for section in view.sections:
        if said := tuple(s for s in section.said if _is_own(s.block)):
            yield section, said


def _is_own(block: Block) -> bool:
    """Whether an article speaks for itself in `block`: a quote is somebody else's, a cell nothing without its row."""
    return not block.quote and block.kind != Kind.CELL


def _in_articles(probabilities: Any) -> Any:
    """Return what probabilities learned from labelled passages are worth in articles, where few sentences contradict.

    By Bayes' rule only the odds before looking change (Saerens, Latinne and Decaestecker 2002).
    """
    import numpy as np

    odds = probabilities.astype(np.float64) * RARITY
    return np.round(odds / (odds + 1 - probabilities), 3)


def nearby(views: Sequence[View], guide: Guide) -> list[tuple[Nearby, ...]]:
    """Return for each article how near its sections are to the guide's own sentences (none where it says nothing)."""
    message = Message.of(guide)
    if not message.sentences:
        return [()] * len(views)
    sections = [section for view in views for section in view.sections]
    read = _nearness(message, views[0].encoder).each([section.passages for section in sections])
    made = zip(sections, read, strict=True)
    found = (Nearby(section, vector, near, message.sentences[at]) for section, (vector, near, at) in made)
    return [tuple(itertools.islice(found, len(view.sections))) for view in views]


def _judged(message: Message, judge: Judge) -> CrossReading:
    from msglint.analysis.nli import CrossReading

    return CrossReading.by(judge, message.claims)


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
