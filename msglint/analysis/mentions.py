"""Where an article speaks of the subjects that the guide has facts about."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msglint.analysis.matching import Match
from msglint.analysis.pattern import compile_phrase
from msglint.analysis.phrases import Index
from msglint.analysis.populations import own_end, own_start
from msglint.analysis.same import Same
from msglint.analysis.view import View
from msglint.document.model import Block
from msglint.guide.model import Fact, Guide


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact's keywords in a block, from the first to the last of them, and where each of them stands in between.

    It begins with what the fact's subject has before them: 宿泊業の離職率 where 離職率 is the keyword.
    """

    fact: Fact
    start: int
    end: int
    parts: tuple[tuple[int, int], ...] = ()


def mentions(view: View, guide: Guide, block: Block) -> list[Mention]:
    """Return where the sentences of a block speak of registered subjects; computed once for all rules."""
    held = view.derived(_nothing, guide)
    if guide.facts and block.index not in held:
        held[block.index] = list(_find(view, guide, block.index))
    return held.get(block.index, [])


def joined(view: View, guide: Guide, cells: Iterable[Block]) -> Iterator[Mention]:
    """Yield the facts whose keywords are spread over several blocks, such as the cells of a table row."""
    found = {m.pattern.phrase for c in cells for m in _said(view, guide, c.index)}
    for fact in guide.facts:
        if any(len(entry) > 1 and all(p in found for p in entry) for entry in fact.keywords):
            yield Mention(fact, 0, 0)


def _nothing(view: View, guide: Guide) -> dict[int, list[Mention]]:
    return {}


@functools.lru_cache(maxsize=8)
def _keywords(facts: Same[tuple[Fact, ...]]) -> Index:
    # The very words of a fact's subject are about it, whatever its keywords are.
    said = (p for fact in facts.it for entry in (*fact.keywords, (fact.subject,)) for p in entry)
    return Index(compile_phrase(p) for p in dict.fromkeys(said))


def _said(view: View, guide: Guide, index: int) -> list[Match]:
    keywords, literals = view.derived(_present, guide)
    return keywords.find(view.tokens(index), literals)


def _present(view: View, guide: Guide) -> tuple[Index, list[str]]:
    """Return the keywords that an article can have, and those that stand in it as they are written."""
    keywords = _keywords(Same(guide.facts)).narrowed(view.norms, view.readable)
    return keywords, keywords.literals(view.readable)


def _find(view: View, guide: Guide, index: int) -> Iterator[Mention]:
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _said(view, guide, index):
        found.setdefault(match.pattern.phrase, []).append((match.start, match.end))
    if not found:
        return
    for fact in guide.facts:
        spoken = [*_of_fact(view, index, fact, found)]
        yield from spoken
        for start, end in found.get(fact.subject, ()):
            if not any(m.start < end and start < m.end for m in spoken):
                yield Mention(fact, start, end)


def _of_fact(view: View, index: int, fact: Fact, found: dict[str, list[tuple[int, int]]]) -> Iterator[Mention]:
    text = view.document.blocks[index].text
    for entry in fact.keywords:
        if len(entry) == 1:
            for start, end in found.get(entry[0], ()):
                yield Mention(fact, own_start(text, fact, start), own_end(text, fact, end))
        elif all(p in found for p in entry):
            yield from _hulls(view, index, fact, [found[p] for p in entry])


def _hulls(view: View, index: int, fact: Fact, places: list[list[tuple[int, int]]]) -> Iterator[Mention]:
    """Yield a sentence's words of an entry that asks for several, those nearest to each other, as one mention."""
    text = view.document.blocks[index].text
    for sentence in view.sentences(index):
        rows = [[r for r in row if sentence.start <= r[0] < sentence.end] for row in places]
        if not all(rows):
            continue
        around = ([min(row, key=lambda r: abs(r[0] - one[0])) for row in rows] for one in rows[0])
        parts = sorted(min(around, key=lambda parts: max(parts)[1] - min(parts)[0]))
        yield Mention(fact, own_start(text, fact, parts[0][0]), max(end for _, end in parts), tuple(parts))
