"""term-expansion: what an abbreviation stands for, where an article first uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msglint.analysis.fold import nfkc
from msglint.analysis.occurrences import occurrences, stands_alone
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.guide.model import Term
from msglint.model import Evidence, Fix, Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL, Kind.FOOTNOTE})
_LATIN = re.compile(r"[A-Za-z0-9]")
_PUNCTUATION = re.compile(r"[\s\-‐‑–—・、，,.:：;/／＆&()（）\[\]「」『』\"'“”]+")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_BETWEEN = 8
"""Letters that may stand between a term and its expansion: すなわち, つまり, 以下, とは …"""


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield the first use of each term that has an expansion, where the expansion is not next to it."""
    for term in ctx.guide.terms:
        if not term.expansion or nfkc(term.term) not in ctx.view.readable:
            continue
        first = next(_uses(ctx, term), None)
        if first is None:
            continue
        block, start, end = first
        span = block.span(start, end)
        if _explained(ctx.view, term, block, start, end):
            yield Evidence(span, f"entry:term:{term.term}")
            continue
        full = term.expansion[0]
        as_written = ctx.document.source[span.start : span.end] == term.term
        yield Violation(
            span,
            Text(
                f"略語「{term.term}」が初めて出てくるところです。何の略かを「{term.term}({full})」のように添えてください。",
                f'"{term.term}" is used here for the first time: say what it stands for, as in "{term.term}({full})".',
            ),
            entry=term.term,
            fix=Fix(f"{term.term}({full})", safe=False) if as_written else None,
        )


def _uses(ctx: Context, term: Term) -> Iterator[tuple[Block, int, int]]:
    wanted = nfkc(term.term)
    for block in ctx.view.body():
        if block.kind not in _PROSE or block.row == 0:
            continue
        folded = ctx.view.folded(block.index)
        for at, stop in occurrences(wanted, folded.text):
            start, end = folded.original(at, stop)
            if stands_alone(folded.text, at, stop) and _is_word(ctx.view, block, wanted, start, end):
                yield block, start, end


def _is_word(view: View, block: Block, wanted: str, start: int, end: int) -> bool:
    """Whether the characters are the term and not a part of a longer word: Latin letters at both ends tell already."""
    if _LATIN.match(wanted[0]) and _LATIN.match(wanted[-1]):
        return True
    tokens = view.tokens(block.index)
    return tokens.is_edge(start) and tokens.is_edge(end)


def _explained(view: View, term: Term, block: Block, start: int, end: int) -> bool:
    sentence = view.sentence(block, start)
    sides = block.text[sentence.start : start], block.text[end : max(end, sentence.end)]
    expansions = [_letters(expansion) for expansion in term.expansion]
    # Each word may have its own gloss: 予算(Budget)、決裁権(Authority).
    for around in (sides, [_IN_BRACKETS.sub("", side) for side in sides]):
        before, after = map(_letters, around)
        if any(_stands_beside(expansion, before, after) for expansion in expansions):
            return True
    return False


def _stands_beside(expansion: str, before: str, after: str) -> bool:
    if 0 <= after.find(expansion) <= _BETWEEN:
        return True
    at = before.rfind(expansion)
    return at >= 0 and len(before) - at - len(expansion) <= _BETWEEN


def _letters(text: str) -> str:
    """Letter case, hyphens, blanks, brackets and width do not matter."""
    return _PUNCTUATION.sub("", nfkc(text)).casefold()


_GUIDE = """
terms:
  - {term: MQL, expansion: Marketing Qualified Lead}
  - {term: SQL, expansion: [Sales Qualified Lead, 営業が認めた見込み顧客]}
  - {term: リード}
"""
_MQL = "MQL(Marketing Qualified Lead)"

RULE = Rule(
    id="term-expansion",
    severity=Severity.WARNING,
    check=check,
    summary=Text("初出で説明のない略語を見つける", "Finds abbreviations that are not spelt out at their first use"),
    page=Text(
        """略語は、知っている人には短く、知らない人には壁になります。ガイドの用語に`expansion`(正式な言い方)があれば、
記事の本文で最初に使うところに、それが並んでいるかを確かめます。指摘は1つの記事で1語につき1回だけです。

`MQL(Marketing Qualified Lead)`、`Marketing Qualified Lead(MQL)`、`MQL、すなわちMarketing Qualified Lead`のどれでも構いません。
大文字と小文字、ハイフン、全角と半角は問いません。題名、見出し、表の見出し行、画像の代替文字は「最初に使うところ」に数えません。""",
        """An abbreviation is short for those who know it and a wall for those who do not. Where the guide's term has an
`expansion`, its first use in the body has to stand next to it, in brackets or after すなわち; letter case, hyphens and width do not
matter. Titles, headings, a table's head and alt texts do not count as a first use. One report per article and term.""",
    ),
    examples=(
        Example("⟦MQL⟧を増やします。MQLの質も見ます。", _GUIDE),
        Example("# MQLとは\n\n⟦MQL⟧を定義します。", _GUIDE),
        Example(f"まず⟦MQL⟧を数えます。{_MQL}とは見込み顧客です。", _GUIDE),
        Example("**⟦MQL⟧**と⟦SQL⟧の違いを説明します。", _GUIDE),
        Example("| 指標 | 意味 |\n|---|---|\n| ⟦MQL⟧ | 数 |", _GUIDE),
        Example("- ⟦ＭＱＬ⟧の件数", _GUIDE),
        Example("---\ntitle: MQL(Marketing Qualified Lead)\n---\n⟦MQL⟧を渡します。", _GUIDE),
        Example(f"{_MQL}を増やします。MQLの質も見ます。", _GUIDE),
        Example("Marketing Qualified Lead(MQL)を渡します。", _GUIDE),
        Example("MQL、すなわちMarketing Qualified Leadを渡します。", _GUIDE),
        Example("ＭＱＬ（marketing-qualified lead）を渡します。", _GUIDE),
        Example("SQL(営業が認めた見込み顧客)を数えます。", _GUIDE),
        Example(
            "予算(Budget)、決裁権(Authority)の頭文字を並べたBAを使います。",
            "terms: [{term: BA, expansion: 予算・決裁権}]",
        ),
        Example("Marketing Qualified Lead(以下、MQL)を渡します。", _GUIDE),
        Example("# MQLとは\n\n![MQLの図](a.png)\n\n`MQL`は列の名前です。", _GUIDE),
        Example("MQLsやMySQLという名前の製品です。", _GUIDE),
        Example("リードを増やします。", _GUIDE),
    ),
)
