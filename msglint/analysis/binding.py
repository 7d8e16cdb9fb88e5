"""Which subject a figure is about: the nearest one before it in the sentence, or the one it modifies."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msglint.analysis.phrases import Index, Match, compile_phrase
from msglint.analysis.quantities import Quantity, years
from msglint.analysis.tokens import Token, Tokens
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.document.sentences import Sentence
from msglint.guide.model import Fact, Guide

_MODIFIES = re.compile(
    r"(?:以上|以下|未満|超|前後|弱|強|程度|ほど)?"
    r"(?:という|といった|もの|に(?:のぼ|上)る|に達(?:する|した)|となった|となる|とされる|と(?:高|低)い|の|である)?"
    r"(?:日本の|日本企業の|国内の|現在の|「)?"
)
_OWN_NOUN = re.compile(
    r"(?:以上|以下|未満|超|前後|弱|強|程度|ほど|近く)?(?:もの|の)(?!水準|割合|比率|値|数字|数値|結果|低さ|高さ|まま|レベル|伸び|ところ|状態|で|です|だ|は|が|に)"
    r"|[がは](?=[^。]{2})"
)
_TIGHT = re.compile(
    r"[\s(（「:：=＝、]*(?:[はがもの]|では|について(?:は)?|とは)?[\s(（「:：=＝、]*(?:約|およそ|ほぼ|わずか|平均(?:で)?)?\s*"
)
_NEUTRAL = frozenset(
    (
        "調査 報告 レポート データ 統計 結果 発表 資料 平均 全体 現在 合計 実際 国内 日本 全国 直近 最新 今回 当時 "
        "今年 昨年 前年 本年 去年 今年度 昨年度 前年度 本年度 年度 年 月 同年 同社 約 推移 目安 基準 独自 自社 通常 "
        "以下 以上 時点 段階 年間 月間 過去 最近 前回"
    ).split()
)
_PRONOMINAL = frozenset("割合 比率 数字 数値 値 水準 率 それ これ 我々 私 私達 筆者 一般 ほぼ 同".split())
_POPULATION = frozenset("企業 会社 組織 人 方 割合 回答 回答者 担当者 責任者 マーケター 声 ところ 比率".split())
"""Who a relative clause speaks of: 人材の不足を挙げた企業が34.3% is about 人材の不足."""
_CHANGE = re.compile(
    r"(?:ほど|程度|も|近く|以上|だけ)?(?:の)?(?:増|減|上昇|上が|下が|低下|伸び|改善|向上|アップ|ダウン|高ま|縮|差|開き)"
)
_YEAR_ELSE = re.compile(r"(?:年度?)?(?:より|から|以降|以来|比|と比|に比|を(?:上|下)回|までに|まで)")
_LAST_YEAR = re.compile(r"(?:前年度?|昨年度?|去年|前回)[はがの、]?\s*(?:約|の)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what it is about: `fact` when its subject is registered.

    `near` are the facts that the sentence (in a table, the row) speaks of. `year` is the one stated for the
    figure, `previous` that it is said to be the year before the newest, `named_years` are all that the sentence
    names. `change`: it is a rise or fall by so much, not a level.
    """

    block: Block
    sentence: Sentence
    quantity: Quantity
    fact: Fact | None
    near: tuple[Fact, ...]
    year: int | None = None
    previous: bool = False
    named_years: frozenset[int] = frozenset()
    change: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    fact: Fact
    start: int
    end: int


def figures(view: View, guide: Guide) -> tuple[Bound, ...]:
    """Return every figure of the article with its subject; computed once for all rules."""
    return view.derived(_figures, guide)


def _figures(view: View, guide: Guide) -> tuple[Bound, ...]:
    return tuple(bound for block in view.body() for bound in _in_block(view, guide, block))


def _in_block(view: View, guide: Guide, block: Block) -> Iterator[Bound]:
    quantities = view.quantities(block.index)
    if not quantities:
        return
    if block.kind is Kind.CELL:
        yield from _in_cell(view, guide, block, quantities)
        return
    for quantity in quantities:
        sentence = view.sentence(block, quantity.start)
        mentions = [m for m in _mentions(view, guide, block) if sentence.start <= m.start and m.end <= sentence.end]
        fact = _subject(view, block, sentence, quantity, mentions)
        yield _bound(block, sentence, quantity, fact, mentions, view.quantities(block.index))


def _bound(
    block: Block,
    sentence: Sentence,
    quantity: Quantity,
    fact: Fact | None,
    mentions: list[_Mention],
    quantities: tuple[Quantity, ...],
) -> Bound:
    named = years(block.text[sentence.start : sentence.end])
    year = _year(block.text, sentence, quantity, quantities)
    previous = bool(_LAST_YEAR.search(block.text[max(sentence.start, quantity.outer[0] - 12) : quantity.outer[0]]))
    near = tuple(dict.fromkeys(m.fact for m in mentions))
    return Bound(
        block,
        sentence,
        quantity,
        fact,
        near,
        year,
        previous,
        frozenset(y.year for y in named),
        _is_change(quantity, block.text),
    )


def _year(text: str, sentence: Sentence, quantity: Quantity, quantities: tuple[Quantity, ...]) -> int | None:
    """The year stated for a figure: behind it in brackets, else the nearest before it that no other figure took."""
    offset = sentence.start
    named = years(text[sentence.start : sentence.end])
    for mention in named:
        gap = text[quantity.outer[1] : offset + mention.start]
        if mention.start + offset >= quantity.outer[1] and re.fullmatch(r"\s*[(（]\s*", gap):
            return mention.year
    before = [m for m in named if m.end + offset <= quantity.start]
    if not before:
        return None
    last = before[-1]
    between = [q for q in quantities if last.end + offset <= q.start < quantity.start and q.unit == quantity.unit]
    if between or _YEAR_ELSE.match(text[last.end + offset : last.end + offset + 8]):
        return None
    return last.year


@functools.lru_cache(maxsize=8)
def _keywords(facts: tuple[Fact, ...]) -> Index:
    return Index(compile_phrase(p) for p in dict.fromkeys(p for f in facts for entry in f.keywords for p in entry))


def _mentions(view: View, guide: Guide, block: Block) -> list[_Mention]:
    """Where the sentences of a block speak of registered subjects."""
    held = view.derived(_no_mentions, guide)
    if guide.facts and block.index not in held:
        held[block.index] = list(_find_mentions(view, guide, block.index))
    return held.get(block.index, [])


def _no_mentions(view: View, guide: Guide) -> dict[int, list[_Mention]]:
    return {}


def _find_mentions(view: View, guide: Guide, index: int) -> Iterator[_Mention]:
    found: dict[str, list[tuple[int, int]]] = {}
    for match in _said(view, guide, index):
        found.setdefault(match.pattern.phrase, []).append((match.start, match.end))
    if not found:
        return
    for fact in guide.facts:
        for entry in fact.keywords:
            if all(p in found for p in entry):
                for sentence in view.sentences(index):
                    places = [[r for r in found[p] if sentence.start <= r[0] < sentence.end] for p in entry]
                    if all(places):
                        yield from _hulls(fact, places)


def _said(view: View, guide: Guide, index: int) -> list[Match]:
    """Where keywords stand in a block."""
    return _keywords(guide.facts).find(view.tokens(index), view.derived(_literals, guide))


def _literals(view: View, guide: Guide) -> list[str]:
    return _keywords(guide.facts).literals(view.readable)


def _hulls(fact: Fact, places: list[list[tuple[int, int]]]) -> Iterator[_Mention]:
    if len(places) == 1:
        yield from (_Mention(fact, *r) for r in places[0])
        return
    first = [r[0] for r in places]
    yield _Mention(fact, min(a for a, _ in first), max(b for _, b in first))


def _subject(view: View, block: Block, sentence: Sentence, quantity: Quantity, mentions: list[_Mention]) -> Fact | None:
    """Return the fact that a figure of running text is about."""
    if quantity.role or not mentions:
        return None
    text, (start, end) = block.text, quantity.outer
    if _is_change(quantity, text):
        return None
    for m in mentions:
        if m.start >= end and _MODIFIES.fullmatch(text[end : m.start]) and end < m.start:
            return m.fact
    across = [m for m in mentions if m.start < start and end < m.end]
    before = sorted((m for m in mentions if m.end <= start), key=lambda m: (m.end, m.end - m.start))
    if not before:
        return across[0].fact if across else None
    mention = before[-1]
    tokens = view.tokens(block.index)
    if _competes(tokens, mention.end, start):
        return None
    if _OWN_NOUN.match(text[end : sentence.end]) and not _TIGHT.fullmatch(text[mention.end : start]):
        return None
    if _prepended(tokens, mention.start):
        return None
    return mention.fact


def _is_change(quantity: Quantity, text: str) -> bool:
    """A rise or fall by so much is not the level itself."""
    return quantity.unit != "ポイント" and (
        quantity.signed or bool(_CHANGE.match(text[quantity.end : quantity.end + 8]))
    )


def _competes(tokens: Tokens, start: int, end: int) -> bool:
    """Whether between a subject and a figure another subject is named (SFA導入率は, 中小企業が, 目標40%)."""
    nouns: list[Token] = []
    fresh, before = False, None
    for token in tokens.between(start, end):
        before, previous = token, before
        if (
            token.kind in {"名詞", "接尾辞", "代名詞", "接頭辞"}
            and token.pos[1] != "数詞"
            and token.pos[2] != "助数詞可能"
        ):
            relative = previous is not None and previous.kind in {"動詞", "助動詞"}
            if not (relative and token.surface in _POPULATION):
                nouns.append(token)
                fresh = True
            continue
        if fresh and token.kind == "助詞" and token.surface in {"は", "が", "も"} and not _neutral(nouns):
            return True
        if token.kind == "助詞" and token.surface == "の" and fresh:
            continue
        nouns, fresh = [], False
    return fresh and not _neutral(nouns)


def _neutral(nouns: list[Token]) -> bool:
    """Whether the words name a time, a source or the figure itself, and no other subject."""
    return (
        nouns[-1].norm in _NEUTRAL or nouns[-1].surface in _NEUTRAL or "".join(n.surface for n in nouns) in _PRONOMINAL
    )


def _prepended(tokens: Tokens, start: int) -> bool:
    """Whether another's name stands directly before the subject (米国のCRM導入率 is left to the guide's keywords)."""
    before = tokens.last(2, 0, start)
    return (
        len(before) == 2
        and before[1].surface == "の"
        and before[0].pos[1] == "固有名詞"
        and before[0].surface not in {"日本", "国内"}
    )


def _in_cell(view: View, guide: Guide, block: Block, quantities: tuple[Quantity, ...]) -> Iterator[Bound]:
    """A table row counts as one sentence, with the words of its header cells."""
    whole = Sentence(0, len(block.text), block.text)
    row, head = _row(view, block), _head(view, block)
    own = _mentions(view, guide, block)
    around = [head, *sorted((c for c in row if c is not block), key=lambda c: c.column or 0)]
    near = [m for c in around if c for m in _mentions(view, guide, c)]
    joined = [*own, *near] or list(_joined(view, guide, [*row, *([head] if head else [])]))
    alone = _only_one(view, row, block)
    for quantity in quantities:
        fact = None
        if not quantity.role and block.row and not _is_change(quantity, block.text):
            if any(m.end <= quantity.start for m in own):
                fact = _subject(view, block, whole, quantity, own)
            elif joined and (alone or _plain_head(head)):
                fact = joined[0].fact
        bound = _bound(block, whole, quantity, fact, joined, quantities)
        texts = " ".join(c.text for c in [*row, *([head] if head else [])])
        named = frozenset(y.year for y in years(texts))
        head_year = next((y.year for y in years(head.text)), None) if head else None
        row_years = {y.year for c in row if c is not block for y in years(c.text)}
        year = bound.year or head_year or (next(iter(row_years)) if len(row_years) == 1 else None)
        yield replace(bound, year=year, named_years=named)


def _row(view: View, block: Block) -> list[Block]:
    return [b for b in view.document.blocks if b.kind is Kind.CELL and b.group == block.group and b.row == block.row]


def _head(view: View, block: Block) -> Block | None:
    return next(
        (
            b
            for b in view.document.blocks
            if b.kind is Kind.CELL
            and b.group == block.group
            and b.row == 0
            and b.column == block.column
            and b is not block
        ),
        None,
    )


def _joined(view: View, guide: Guide, cells: list[Block]) -> Iterator[_Mention]:
    """Facts whose keywords are spread over the cells of a row."""
    found = {m.pattern.phrase for c in cells for m in _said(view, guide, c.index)}
    for fact in guide.facts:
        if any(len(entry) > 1 and all(p in found for p in entry) for entry in fact.keywords):
            yield _Mention(fact, 0, 0)


def _only_one(view: View, row: list[Block], block: Block) -> bool:
    unit = {q.unit for q in view.quantities(block.index)}
    return not any(q.unit in unit for c in row if c is not block for q in view.quantities(c.index))


def _plain_head(head: Block | None) -> bool:
    return head is None or bool(
        years(head.text)
        or re.fullmatch(r"\s*(?:値|数値|数字|割合|比率|結果|水準|内容|目安|基準|指標|実績|率)?\s*", head.text)
    )
