"""Where an article defines a term of the guide, and with which words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msglint.analysis.definitions import forms
from msglint.analysis.fold import nfkc
from msglint.analysis.tables import tables
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.document.sentences import Sentence
from msglint.guide.model import Guide, Term

if TYPE_CHECKING:
    from msglint.analysis.definitions.kinds import Head

_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE, Kind.CELL, Kind.DESCRIPTION})
_LISTED = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.FOOTNOTE})
_MEASURES = frozenset({"ratio", "count", "money", "time"})
_TELLS = re.compile(
    r"定義|意味|説明|解説|内容|概要|とは|どんな|何を指す|意味合い|definition|meaning|description", re.IGNORECASE
)
_TERMS = re.compile(
    r"用語|言葉|ことば|略語|略称|名称|項目|勘定科目|科目|指標|呼び名|キーワード|単語|term|word", re.IGNORECASE
)
_SUBJECT = re.compile(r"[^、。]{1,16}[はが]、|[^、。]{1,10}は")
_NAME_FIRST = 2
"""Forms that begin with the name; the others end with it."""
_SHORTEST = 5
_LONGEST = 600
"""Characters of a sentence: what is longer is no definition, but a table or code that lost its marks."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or a table's cell, that defines: its range in the block's text, and what it says in NFKC."""

    block: Block
    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Definition:
    """What an article says a term is; the first part is the definition, further ones go on with it."""

    term: Term
    parts: tuple[Part, ...]

    @property
    def said(self) -> str:
        """All that is said, the parts one behind the other."""
        return "".join(part.said for part in self.parts)

    def part(self, at: int) -> Part:
        """Return the part that offset `at` of `said` lies in."""
        for part in self.parts:
            at -= len(part.said)
            if at < 0:
                return part
        return self.parts[-1]


def definitions(view: View, guide: Guide) -> Iterator[Definition]:
    """Yield the definitions of the guide's terms that have one there, in reading order for each term."""
    found = [(term, names) for term, names in _defined(guide.terms) if any(name in view.readable for name in names)]
    if found:
        blocks = [(block, nfkc(block.text)) for block in view.document.blocks if block.text and not block.quote]
        for term, written in found:
            named = [(block, text) for block, text in blocks if any(name in text for name in written)]
            yield from _of(view, guide, term, written, named)


@functools.lru_cache(maxsize=4)
def _defined(terms: tuple[Term, ...]) -> tuple[tuple[Term, tuple[str, ...]], ...]:
    """Return the terms that have a definition, with all that they are called, in NFKC."""
    return tuple(
        (term, tuple(dict.fromkeys(nfkc(n) for n in (term.term, *term.expansion, *term.variants) if n)))
        for term in terms
        if term.definition
    )


def _of(
    view: View, guide: Guide, term: Term, written: tuple[str, ...], blocks: Sequence[tuple[Block, str]]
) -> Iterator[Definition]:
    """Yield the definitions of a term in blocks that name it, each with its text in NFKC."""
    named = forms.names(written)
    others = _others(guide, term)
    for block, text in blocks:
        if block.kind is Kind.HEADING:
            yield from _under_heading(view, term, named, block)
        elif block.kind is Kind.CELL and block.column == 0 and named.whole.fullmatch(text):
            yield from _in_row(view, guide, term, block)
        elif block.kind in _PROSE:
            yield from _in_block(view, term, named, others, block)


def _others(guide: Guide, term: Term) -> re.Pattern[str]:
    """Where a sentence goes on to define another term: 、SQLは…."""
    written = [re.escape(nfkc(t.term)) for t in guide.terms if t is not term]
    return re.compile(rf"、(?:一方、?)?「?(?:{'|'.join(written)})」?(?:\([^()]*\))?と?は" if written else r"(?!)")


def _in_block(
    view: View, term: Term, named: forms.Names, others: re.Pattern[str], block: Block
) -> Iterator[Definition]:
    sentences = view.sentences(block.index)
    for i, sentence in enumerate(sentences):
        text = nfkc(sentence.text)
        after = nfkc(sentences[i + 1].text) if i + 1 < len(sentences) else ""
        if len(text) > _LONGEST or not named.bare.search(text) or forms.is_refuted(after):
            continue
        if named.back.search(text):
            if i and not forms.is_others(text, ""):
                yield Definition(term, (_part(block, sentences[i - 1], nfkc(sentences[i - 1].text)),))
            continue
        if named.asked.search(text):
            if after and forms.defines(after):
                yield Definition(term, (_part(block, sentences[i + 1], after),))
            continue
        found = _said(term, named, text, first=i == 0 and block.kind in _LISTED)
        if found is None:
            continue
        said = others.split(found, maxsplit=1)[0]
        if not forms.is_question(said):
            yield Definition(term, (_part(block, sentence, said), *_going_on(block, named, sentences[i + 1 : i + 2])))


def _said(term: Term, named: forms.Names, text: str, *, first: bool) -> str | None:
    """Return what a sentence says a term is, None when it does not define it."""
    if (marked := _marked(term, named, text)) is not None:
        return marked
    listed = named.line.match(text) if first else None
    if listed and len(listed["said"]) >= _SHORTEST and not _is_label(term, listed["said"]):
        return listed["said"].strip()
    match = named.loose.search(text)
    alone = match and forms.opens(text[: match.start()]) and not _in_quotes(text, match.start("said"))
    if match and alone and _is_like(term, match["said"]) and not forms.is_others(text, ""):
        return match["said"].strip()
    return _in_brackets(term, named, text)


def _marked(term: Term, named: forms.Names, text: str) -> str | None:
    """Return what is said where the sentence is plainly a definition (Xとは…, …をXと呼ぶ)."""
    for n, form in enumerate(named.forms):
        match = form.search(text)
        if match is None or _in_quotes(text, match.start("said")):
            continue
        said, before = match["said"].strip(), text[: match.start()] if n < _NAME_FIRST else ""
        weak = n == 1 and forms.is_weak(said) and not _is_like(term, said) and not _is_measure(said)
        if not weak and (n >= _NAME_FIRST or forms.opens(before)) and not forms.is_others(text, before):
            return said
    return None


def _in_brackets(term: Term, named: forms.Names, text: str) -> str | None:
    """Return what stands in brackets behind a term, without its expansion, when that is a definition."""
    for match in named.bracket.finditer(text):
        known = {nfkc(n).casefold() for n in (term.term, *term.expansion, *term.variants)}
        pieces = [p.strip() for p in match["said"].split("、")]
        said = "、".join(p for p in pieces if p.casefold() not in known)
        said = re.sub(r"^(?:[A-Za-z][A-Za-z \-]+)[:,;、]\s*", "", said)
        if len(said) >= _SHORTEST and _is_like(term, said):
            return said
    return None


def _head(said: str) -> Head | None:
    """Return what a definition comes down to."""
    # Its expressions take long to make, and few articles define a term.
    from msglint.analysis.definitions.kinds import head
    from msglint.analysis.definitions.reading import read

    return head(read(said))


def _is_like(term: Term, said: str) -> bool:
    """Whether words come down to a thing of the same kind as the guide's definition does."""
    ours, theirs = _head(nfkc(term.definition)), _head(said)
    if ours is None or theirs is None:
        return False
    return theirs.words in {ours.words, "もの"} or bool(ours.kind and ours.kind == theirs.kind)


def _is_label(term: Term, said: str) -> bool:
    """Whether what stands behind a colon is of the term's concern but not the term: MQL:…の件数, SLA:…の方法."""
    found, ours = _head(said), _head(nfkc(term.definition))
    if found is None or ours is None or ours.kind in _MEASURES:
        return False
    return found.kind in {"count", "way", "act"} and found.kind != ours.kind


def _is_measure(said: str) -> bool:
    found = _head(said)
    return found is not None and found.kind in _MEASURES


def _in_quotes(text: str, at: int) -> bool:
    return text.count("「", 0, at) > text.count("」", 0, at)


def _part(block: Block, sentence: Sentence, said: str) -> Part:
    return Part(block, sentence.start, sentence.end, said)


def _going_on(block: Block, named: forms.Names, following: Sequence[Sentence]) -> Iterator[Part]:
    for sentence in following:
        text = nfkc(sentence.text)
        if forms.is_question(text) or forms.is_others(text, ""):
            return
        if forms.goes_on(text) and not re.match(r"[^、。]{1,12}とは", text):
            yield _part(block, sentence, text)


def _under_heading(view: View, term: Term, named: forms.Names, heading: Block) -> Iterator[Definition]:
    """Yield what the first sentence under a heading that names the term says of it without naming it again."""
    if not named.whole.fullmatch(nfkc(heading.text)):
        return
    block = next(iter(view.document.blocks[heading.index + 1 : heading.index + 2]), None)
    if block is None or block.kind is not Kind.PARAGRAPH or block.quote:
        return
    sentences = view.sentences(block.index)
    text = nfkc(sentences[0].text) if sentences else ""
    said = re.sub(r"^(?:これは|それは)、?", "", text)
    if not text or len(text) > _LONGEST or named.bare.search(text) or _SUBJECT.match(said) or forms.is_others(text, ""):
        return
    if forms.defines(text) or _is_like(term, said):
        yield Definition(term, (_part(block, sentences[0], said), *_going_on(block, named, sentences[1:2])))


def _in_row(view: View, guide: Guide, term: Term, cell: Block) -> Iterator[Definition]:
    """Yield what the row of a table says a term is: in the column so called, or in the only other one."""
    table = view.derived(tables, guide).get(-1 if cell.group is None else cell.group)
    if table is None or not cell.row:
        return
    row = [c for c in table.rows[cell.row] if c.column and c.text]
    heads = {c: nfkc(h.text) for c, h in table.heads.items()}
    told = [c for c in row if _TELLS.search(heads.get(c.column or 0, ""))]
    if not told and len(heads) == 2 and _TERMS.search(heads.get(0, "")):
        told = row
    for found in told[:1]:
        said = nfkc(found.text)
        if _SHORTEST <= len(said) <= _LONGEST:
            yield Definition(term, (Part(found, 0, len(found.text), said),))
