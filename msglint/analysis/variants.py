"""Listed variants of the guide's terms, by the surface as written, where they stand as words of their own."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msglint.analysis.conjugation import tail
from msglint.analysis.fold import nfkc
from msglint.analysis.literals import Literals
from msglint.analysis.occurrences import occurrences, stands_alone
from msglint.analysis.pattern import compile_phrase
from msglint.analysis.same import Same
from msglint.analysis.tokens import Tokens
from msglint.analysis.view import View
from msglint.document.model import Block
from msglint.expression import expression
from msglint.guide.model import Guide, Term
from msglint.model import Places, Span

_KATAKANA = expression("[ァ-ヴー]")
_ABBREVIATED = expression("[A-Za-zＡ-Ｚａ-ｚ][ァ-ヴ]")
"""Where a loanword begins behind letters, Webサーバ, that Sudachi takes for one word."""
_PAPERS = frozenset("書表票")
"""With which a word makes the name of a paper: 見積 in 見積書."""
_GLOSS = expression(r"\s*[(（「]\s*")


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
        self._by_term: dict[str, list[str]] = {}
        self._by_text: dict[str, list[tuple[Term, str]]] = {}
        self._by_stem: dict[str, list[tuple[Term, str]]] = {}
        self._as_written: list[tuple[Term, str]] = []
        for term in terms:
            self._by_term.setdefault(nfkc(term.term), []).append(term.term)
            for variant in term.variants:
                self._add(term, variant)
        self._terms = Literals(self._by_term)
        self._literals = Literals(self._by_text)

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

    def used(self, view: View) -> list[str]:
        """Return the terms that stand in an article."""
        return [term for text in self._terms.present(view.readable) for term in self._by_term[text]]

    def find(self, view: View) -> Iterator[list[Variant]]:
        """Yield, block by block, where variants stand in an article; those inside a term are left out, some overlap."""
        present: dict[int, dict[str, None]] = {}
        for text, at in self._literals.places(view.readable):
            present.setdefault(view.block_at(at), {})[text] = None
        stems = [s for s in self._by_stem if s in view.readable]
        as_written = [(t, v) for t, v in self._as_written if v in view.document.source]
        if present or stems or as_written:
            terms = self._terms.present(view.readable)
            for block in view.body():
                here = [*self._whole(view, block, present.get(block.index, ()), terms)]
                here += self._other_width(block, as_written)
                here += self._conjugated(view, block, stems)
                if here:
                    yield here

    def _whole(self, view: View, block: Block, present: Iterable[str], terms: Sequence[str]) -> Iterator[Variant]:
        if not present:
            return
        folded = view.folded(block.index)
        protected = [r for t in terms for r in occurrences(t, folded.text)]
        for text in present:
            for at, stop in occurrences(text, folded.text):
                if (
                    _inside(at, stop, protected)
                    or not stands_alone(folded.text, at, stop)
                    or _goes_on(folded.text, stop)
                ):
                    continue
                start, end = folded.original(at, stop)
                for term, variant in self._by_text[text]:
                    if _is_word(view, block, start, end, term) and not _glosses(block.text, start, end, term):
                        yield Variant(term, variant, block, start, end, exact=True)

    def _other_width(self, block: Block, as_written: Sequence[tuple[Term, str]]) -> Iterator[Variant]:
        for term, variant in as_written:
            for at, stop in occurrences(variant, block.text):
                if stands_alone(block.text, at, stop):
                    yield Variant(term, variant, block, at, stop, exact=True)

    def _conjugated(self, view: View, block: Block, stems: Sequence[str]) -> Iterator[Variant]:
        for stem in [s for s in stems if s in view.folded(block.index).text]:
            for term, variant in self._by_stem[stem]:
                lemma = compile_phrase(variant).elements[-1].lemma
                for start, end in _predicates(view.tokens(block.index), stem, lemma):
                    if nfkc(block.text[start:end]) != nfkc(variant):
                        yield Variant(term, variant, block, start, end, exact=False)


def _is_word(view: View, block: Block, start: int, end: int, term: Term) -> bool:
    """Whether a variant stands as a word, or begins one that Sudachi knows with the term: 問合せ in 問合せ先."""
    tokens = view.tokens(block.index)
    if not tokens.is_edge(start) and not _ABBREVIATED.fullmatch(block.text[max(0, start - 1) : start + 1]):
        return False
    if tokens.is_edge(end):
        return True
    at = tokens.starting(start)
    return at is not None and tokens.norms[at] == nfkc(term.term + block.text[end : tokens.starts[at + 1]])


def _predicates(tokens: Tokens, stem: str, lemma: str) -> Iterator[tuple[int, int]]:
    """Where the words of `stem` are followed by some form of `lemma`."""
    for i, token in enumerate(tokens):
        if token.kind not in {"動詞", "形容詞"}:
            continue
        last = i + (token.lemma != lemma)
        if last > i and not _is_cut(tokens, i, lemma):
            continue
        first, before = i, ""
        while first > 0 and len(before) < len(stem):
            first -= 1
            before = nfkc(tokens[first].surface) + before
        read = tail(tokens, last + 1)
        if before == stem and not _goes_into_another(tokens, last, read.stop):
            yield tokens[first].start, tokens[read.stop - 1].end


def _is_cut(tokens: Tokens, at: int, lemma: str) -> bool:
    """Whether Sudachi cuts a compound verb in two: 取り|交わし for 取り交わす."""
    if at + 1 == len(tokens) or tokens[at + 1].kind != "動詞":
        return False
    return tokens[at].surface + tokens[at + 1].lemma == lemma


def _goes_into_another(tokens: Tokens, verb: int, stop: int) -> bool:
    """Whether a verb is the first part of another one: 打つ in 打ち間違える."""
    if stop != verb + 1 or stop == len(tokens):
        return False
    return tokens[stop].kind == "動詞" and tokens[verb].pos[5].startswith("連用形")


def _inside(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in ranges)


def _goes_on(text: str, stop: int) -> bool:
    """Whether a loanword goes on: リード in リードタイム is another word."""
    if stop == len(text):
        return False
    if text[stop] == "率" and text[stop - 1] in "料費金額":
        return True  # 電気料率 is no 電気料
    return bool(_KATAKANA.match(text[stop - 1]) and _KATAKANA.match(text[stop])) or text[stop] in _PAPERS


def _glosses(text: str, start: int, end: int, term: Term) -> bool:
    """Whether the variant explains the term, or the term the variant, in brackets: MQL(マーケティング適格リード)."""
    wanted = nfkc(term.term)
    behind = _GLOSS.match(text, end)
    if behind and nfkc(text[behind.end() :]).startswith(wanted):
        return True
    before = text[:start].rstrip()
    return before.endswith(("(", "（", "「")) and nfkc(before[:-1].rstrip()).endswith(wanted)


def variants(terms: tuple[Term, ...]) -> Variants:
    """Return the variants of `terms`; made once for a guide."""
    return _variants(Same(terms))


@functools.lru_cache(maxsize=16)
def _variants(terms: Same[tuple[Term, ...]]) -> Variants:
    return Variants(terms.it)


def listed(view: View, guide: Guide) -> tuple[Variant, ...]:
    """Return the listed variants of an article, of overlapping ones the longest."""
    book = variants(guide.terms)
    kept: list[Variant] = []
    for candidates in book.find(view):
        places = Places()
        longest_first = sorted(candidates, key=lambda v: v.start - v.end)
        kept += sorted((v for v in longest_first if places.take(Span(v.start, v.end))), key=lambda v: v.start)
    return tuple(kept)
