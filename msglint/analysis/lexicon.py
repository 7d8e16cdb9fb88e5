"""Finding a guide's phrase entries in an article: matched as the entry asks, spared where its `unless` says so."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msglint.analysis.fold import nfkc
from msglint.analysis.negation import insists, taken_back
from msglint.analysis.occurrences import occurrences, stands_alone
from msglint.analysis.pattern import compile_phrase
from msglint.analysis.phrases import Index
from msglint.analysis.same import Same
from msglint.analysis.sieve import Sieve
from msglint.analysis.view import View
from msglint.document.model import Block
from msglint.guide.literals import needles_of
from msglint.guide.model import Phrase, Place
from msglint.guide.patterns import PATIENCE, matches
from msglint.model import InputInvalid, Places, Problem, Span, Text


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a block, at a range of the block's text. `spared`: its `unless` lets it pass."""

    entry: Phrase
    block: Block
    start: int
    end: int
    spared: bool

    @property
    def text(self) -> str:
        """The words found, without markup."""
        return self.block.text[self.start : self.end]


class Lexicon:
    """Phrase entries, ready to be found."""

    def __init__(self, entries: Iterable[Phrase]) -> None:
        self._by_phrase: dict[str, list[Phrase]] = {}
        self._exact: list[Phrase] = []
        self._regex: list[Phrase] = []
        for entry in entries:
            if entry.severity == "off":
                continue
            if entry.match == "regex":
                self._regex.append(entry)
            elif entry.match == "exact" or not compile_phrase(entry.phrase).elements:
                self._exact.append(entry)
            else:
                self._by_phrase.setdefault(entry.phrase, []).append(entry)
        self._sieve = Sieve([needles_of(e.phrase) for e in self._regex])
        self._index = Index(compile_phrase(p) for p in self._by_phrase)

    def hits(self, view: View) -> Iterator[list[Hit]]:
        """Yield, block by block, where the entries stand in an article; the spared ones are marked, some overlap."""
        index = self._index.narrowed(view.norms, view.readable)
        literals = index.literals(view.readable)
        exact = [e for e in self._exact if nfkc(e.phrase) in view.readable]
        regex = self._worth_running(view)
        worth_reading = _Worth(view, index, literals)
        for block in view.body():
            found = [*self._lemma_hits(view, block, index, literals)] if worth_reading(block) else []
            expressions = [self._regex[i] for i in sorted({*self._sieve.always, *regex.get(block.index, ())})]
            if exact or expressions:
                found += _literal_hits(view, block, exact, expressions)
            if found:
                yield found

    def _worth_running(self, view: View) -> dict[int, set[int]]:
        """Return for the blocks of an article which expressions that need a literal can match there."""
        found: dict[int, set[int]] = {}
        for i, at in self._sieve.places(view.readable):
            found.setdefault(view.block_at(at), set()).add(i)
        return found

    def _lemma_hits(self, view: View, block: Block, index: Index, literals: Sequence[str]) -> Iterator[Hit]:
        for match in index.find(view.tokens(block.index), literals):
            sentence = view.sentence(block, match.end - 1)
            said, after = block.text[match.start : match.end], block.text[match.end : max(match.end, sentence.end)]
            denied = taken_back(after, predicate=match.pattern.predicate, said=said)
            negated = (match.negative != match.pattern.negative) != denied and not insists(said, after)
            for entry in self._by_phrase[match.pattern.phrase]:
                spared = _spared(entry, view, block, match.start, match.end, negated=negated)
                yield Hit(entry, block, match.start, match.end, spared)


class _Worth:
    """Tells in which blocks of an article phrases can stand: most of them need not be gone through."""

    def __init__(self, view: View, index: Index, literals: Sequence[str]) -> None:
        self._view, self._index = view, index
        self._written = self._blocks(literals)
        self._begun = self._blocks(index.beginnings)

    def __call__(self, block: Block) -> bool:
        """Whether a phrase can stand in `block`; text without Japanese is spelt in one way only."""
        if block.index in self._written:
            return True
        japanese = bool(self._index.patterns) and not block.text.isascii()
        return japanese and (block.index in self._begun or self._index.knows(self._view.tokens(block.index)))

    def _blocks(self, texts: Iterable[str]) -> set[int]:
        readable = self._view.readable
        return {self._view.block_at(at) for text in texts for at, _ in occurrences(text, readable)}


def _literal_hits(view: View, block: Block, exact: Sequence[Phrase], regex: Sequence[Phrase]) -> Iterator[Hit]:
    folded = view.folded(block.index)
    exactly = ((e, *r) for e in exact for r in occurrences(nfkc(e.phrase), folded.text))
    places = [(e, at, stop) for e, at, stop in exactly if stands_alone(folded.text, at, stop)]
    places += [(e, *r) for e in regex for r in _found(e, folded.text)]
    for entry, at, stop in places:
        start, end = folded.original(at, stop)
        sentence = view.sentence(block, end - 1)
        negated = taken_back(block.text[end : max(end, sentence.end)], predicate=False)
        yield Hit(entry, block, start, end, _spared(entry, view, block, start, end, negated=negated))


def _found(entry: Phrase, text: str) -> list[tuple[int, int]]:
    """Where a regular expression matches; raises InputInvalid, at its place in the guide, when it takes too long."""
    try:
        return [(start, end) for start, end in matches(entry.phrase, text) if end > start]
    except TimeoutError as slow:
        place = entry.place or Place("messaging.yaml", 1, 1)
        message = Text(
            f"正規表現「{entry.phrase}」の検索が{PATIENCE:g}秒で終わりません。繰り返しの中の繰り返しを減らしてください。",
            f"`{entry.phrase}` takes over {PATIENCE:g} s: avoid repetitions inside repetitions.",
        )
        raise InputInvalid(Problem(place.path, place.line, place.column, message)) from slow


def lexicon(entries: tuple[Phrase, ...]) -> Lexicon:
    """Return the lexicon of `entries`; made once for a guide."""
    return _lexicon(Same(entries))


@functools.lru_cache(maxsize=64)
def _lexicon(entries: Same[tuple[Phrase, ...]]) -> Lexicon:
    return Lexicon(entries.it)


def most_specific(hits: Iterable[Hit]) -> list[Hit]:
    """Keep, of hits that overlap, the longest; of equal ones the first entry."""
    places = Places()
    kept = [h for h in sorted(hits, key=lambda h: h.start - h.end) if places.take(Span(h.start, h.end))]
    return sorted(kept, key=lambda h: h.start)


def _spared(entry: Phrase, view: View, block: Block, start: int, end: int, *, negated: bool) -> bool:
    return ("negated" in entry.unless and negated) or ("quoted" in entry.unless and view.quoted(block, start, end))
