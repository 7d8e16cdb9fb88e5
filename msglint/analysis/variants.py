"""Listed variants of the guide's terms, by the surface as written, where they stand as words of their own."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msglint.analysis.conjugation import tail
from msglint.analysis.fold import nfkc
from msglint.analysis.phrases import compile_phrase
from msglint.analysis.tokens import Tokens
from msglint.analysis.view import View
from msglint.document.model import Block
from msglint.guide.model import Guide, Term

_LATIN = re.compile(r"[A-Za-z0-9]")
_GLOSS = re.compile(r"\s*[(（「]\s*")


@dataclass(frozen=True, slots=True)
class Variant:
    """A listed variant found in a block, at a range of its text. `exact`: the words are the variant as listed."""

    term: Term
    variant: str
    block: Block
    start: int
    end: int
    exact: bool


class Variants:
    """The guide's terms and their variants, ready to be found."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._terms = [nfkc(t.term) for t in terms]
        self._by_text: dict[str, list[tuple[Term, str]]] = {}
        self._by_stem: dict[str, list[tuple[Term, str]]] = {}
        self._as_written: list[tuple[Term, str]] = []
        self._automaton: Any = None
        for term in terms:
            for variant in term.variants:
                self._add(term, variant)

    def _add(self, term: Term, variant: str) -> None:
        folded = nfkc(variant)
        if variant != term.term and folded == nfkc(term.term):
            self._as_written.append((term, variant))
            return
        self._by_text.setdefault(folded, []).append((term, variant))
        pattern = compile_phrase(variant)
        if pattern.predicate:
            stem = folded[: folded.rfind(nfkc(pattern.elements[-1].surface))]
            self._by_stem.setdefault(stem, []).append((term, variant))

    def find(self, view: View, block: Block) -> Iterator[Variant]:
        """Yield where variants stand in `block`, those that are part of a term left out; overlapping ones included."""
        folded = view.folded(block.index)
        present = self._present(folded.text)
        protected = [r for t in self._terms if present for r in _places(folded.text, t)]
        for text, entries in ((t, self._by_text[t]) for t in present):
            for at, stop in _places(folded.text, text):
                if _inside(at, stop, protected) or not _alone(folded.text, at, stop):
                    continue
                start, end = folded.original(at, stop)
                for term, variant in entries:
                    if self._is_word(view, block, start, end) and not _glosses(block.text, start, end, term):
                        yield Variant(term, variant, block, start, end, exact=True)
        for term, variant in self._as_written:
            for at, stop in _places(block.text, variant):
                if _alone(block.text, at, stop):
                    yield Variant(term, variant, block, at, stop, exact=True)
        yield from self._conjugated(view, block)

    def _present(self, text: str) -> list[str]:
        """The variants that stand somewhere in `text`, by one pass for all of them."""
        if not self._by_text:
            return []
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(list(self._by_text))
        return sorted(set(self._automaton.find_matches_as_strings(text, overlapping=True)))

    def _is_word(self, view: View, block: Block, start: int, end: int) -> bool:
        tokens = view.tokens(block.index)
        return tokens.is_edge(start) and tokens.is_edge(end)

    def _conjugated(self, view: View, block: Block) -> Iterator[Variant]:
        for stem, entries in self._by_stem.items():
            if stem and stem not in view.folded(block.index).text:
                continue
            for term, variant in entries:
                for start, end in _predicates(
                    view.tokens(block.index), stem, compile_phrase(variant).elements[-1].lemma
                ):
                    if nfkc(block.text[start:end]) != nfkc(variant):
                        yield Variant(term, variant, block, start, end, exact=False)


def _predicates(tokens: Tokens, stem: str, lemma: str) -> Iterator[tuple[int, int]]:
    """Where the words of `stem` are followed by some form of `lemma`."""
    for i, token in enumerate(tokens):
        if token.kind not in {"動詞", "形容詞"} or token.lemma != lemma:
            continue
        first, before = i, ""
        while first > 0 and len(before) < len(stem):
            first -= 1
            before = nfkc(tokens[first].surface) + before
        if before == stem and (read := tail(tokens, i + 1)):
            yield tokens[first].start, tokens[read.stop - 1].end


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1)


def _inside(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in ranges)


def _alone(text: str, start: int, end: int) -> bool:
    before = start and _LATIN.match(text[start - 1]) and _LATIN.match(text[start])
    after = end < len(text) and _LATIN.match(text[end]) and _LATIN.match(text[end - 1])
    return not (before or after)


def _glosses(text: str, start: int, end: int, term: Term) -> bool:
    """Whether the variant explains the term, or the term the variant, in brackets: MQL(マーケティング適格リード)."""
    wanted = nfkc(term.term)
    behind = _GLOSS.match(text, end)
    if behind and nfkc(text[behind.end() :]).startswith(wanted):
        return True
    before = text[:start].rstrip()
    return before.endswith(("(", "（", "「")) and nfkc(before[:-1].rstrip()).endswith(wanted)


@functools.lru_cache(maxsize=16)
def variants(terms: tuple[Term, ...]) -> Variants:
    """Return the variants of `terms`; made once for a guide."""
    return Variants(terms)


def listed(view: View, guide: Guide) -> tuple[Variant, ...]:
    """Return the listed variants of an article, of overlapping ones the longest."""
    book = variants(guide.terms)
    kept: list[Variant] = []
    for block in view.body():
        here: list[Variant] = []
        for found in sorted(book.find(view, block), key=lambda v: v.start - v.end):
            if all(found.end <= k.start or k.end <= found.start for k in here):
                here.append(found)
        kept += sorted(here, key=lambda v: v.start)
    return tuple(kept)
