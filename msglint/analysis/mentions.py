"""Where an article speaks of the subjects that the guide has facts about."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msglint.analysis.phrases import Index, Match, compile_phrase
from msglint.analysis.same import Same
from msglint.analysis.view import View
from msglint.document.model import Block
from msglint.guide.model import Fact, Guide


@dataclass(frozen=True, slots=True)
class Mention:
    """A fact's keywords in a block, from the first to the last of them; the first ends at `first_end`."""

    fact: Fact
    start: int
    end: int
    first_end: int


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
            yield Mention(fact, 0, 0, 0)


def _nothing(view: View, guide: Guide) -> dict[int, list[Mention]]:
    return {}


@functools.lru_cache(maxsize=8)
def _keywords(facts: Same[tuple[Fact, ...]]) -> Index:
    entries = [entry for fact in facts.it for entry in fact.keywords]
    return Index(compile_phrase(p) for p in dict.fromkeys(p for entry in entries for p in entry))


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
        for entry in fact.keywords:
            if len(entry) == 1:
                yield from (Mention(fact, start, end, end) for start, end in found.get(entry[0], ()))
            elif all(p in found for p in entry):
                yield from _hulls(view, index, fact, [found[p] for p in entry])


def _hulls(view: View, index: int, fact: Fact, places: list[list[tuple[int, int]]]) -> Iterator[Mention]:
    """Yield a sentence's words of an entry that asks for several, as one mention."""
    for sentence in view.sentences(index):
        found = (next((r for r in row if sentence.start <= r[0] < sentence.end), None) for row in places)
        inside = [place for place in found if place]
        if len(inside) == len(places):
            start, first_end = min(inside)
            yield Mention(fact, start, max(end for _, end in inside), first_end)
