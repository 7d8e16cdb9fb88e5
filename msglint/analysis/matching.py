"""Whether a phrase stands at a place of a text: in any conjugation and spelling, and nothing that only looks alike."""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from msglint.analysis.conjugation import NEGATIVE, PASSIVE, Tail, negation_after_copula, tail
from msglint.analysis.fold import nfkc
from msglint.analysis.pattern import Pattern, bare, is_gap
from msglint.analysis.predicates import can, is_potential, is_read_as_suru, made_to, potential, predicate
from msglint.analysis.spelling import in_kana, kanji
from msglint.analysis.tokens import Token, Tokens
from msglint.analysis.words import TELLING, Element, same

_NOUN_SUFFIXES = frozenset(
    (
        "側 様 さま さん 達 たち 等 ら 内 上 間 後 前 時 中 別 毎 以外 以上 以下 自身 自体 同士 ごと 向け 宛 宛て "
        "全体 各位 方 なし"
    ).split()
)
_WITHIN = frozenset("間 内 別 毎".split())
"""Suffixes that make one word with the noun behind them: 業者間取引."""
_PIECES = frozenset("接頭辞 接尾辞 名詞 動詞".split())
"""What Sudachi may take the second part of a noun in kana for: 時代|お|くれ."""
_OF_ANOTHER = frozenset("きり っきり っぱなし".split())
"""What makes another word of a verb: 任せきり is no 任せる."""
_NEGATING = frozenset("非 不 未 無 反 脱 元 前 副 準".split())


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in a text; `negative` when its own auxiliaries deny it."""

    pattern: Pattern
    start: int
    end: int
    negative: bool = False


def match_at(pattern: Pattern, tokens: Tokens, start: int) -> Match | None:
    """Return the match that begins with the word `start`, unless it is part of a longer word."""
    match = _match(pattern, tokens, start)
    return match if match and _whole_word(pattern, tokens, start, match) else None


def _match(pattern: Pattern, tokens: Tokens, start: int) -> Match | None:
    at, shifted = start, False
    last = len(pattern.elements) - 1
    for k, element in enumerate(pattern.elements):
        if k:
            at = _skip(tokens, at, element)
        if at >= len(tokens):
            return None
        if k == last and pattern.predicate:
            return _match_predicate(pattern, element, tokens, start, at, shifted=shifted)
        if element.surface == "を" and element.kind == "助詞" and tokens[at].surface == "が":
            shifted = True
        elif not same(element, tokens[at], alone=last == 0):
            pieces = _pieces(element, tokens, at)
            if pieces == 0:
                return None
            at += pieces - 1
        at += 1
    return Match(pattern, tokens[start].start, tokens[at - 1].end)


def _pieces(element: Element, tokens: Tokens, at: int) -> int:
    """How many words of the text are one noun of the phrase, cut otherwise, in kana or in more kanji; 0 for none.

    泣き|寝入り for 泣き寝入り, みえる|化 for 見える化, まる|なげ for 丸投げ, 手間|要ら|ず for 手間いらず.
    """
    if element.kind != "名詞" or at + 1 == len(tokens) or tokens[at + 1].kind not in _PIECES:
        return 0
    own = len(kanji(element.surface))
    for count in (2, 3):
        joined = "".join(t.surface for t in tokens[at : at + count])
        if joined == element.surface:
            return count
        written = len(kanji(joined))
        if own > written and (written or len(joined) >= TELLING) and in_kana(joined, element.surface):
            return count
        begins = joined[0] == element.surface[0] and own < len(element.surface)
        if begins and written > own > 0 and in_kana(element.surface, joined):
            return count
    return 0


def _skip(tokens: Tokens, at: int, element: Element) -> int:
    """Step over blanks, 、 and an honorific before a word."""
    while at < len(tokens) and is_gap(tokens[at]):
        at += 1
    honorific = at < len(tokens) and tokens[at].norm == "御" and tokens[at].kind == "接頭辞" and element.norm != "御"
    return at + 1 if honorific and element.kind == "名詞" else at


def _match_predicate(
    pattern: Pattern, element: Element, tokens: Tokens, start: int, at: int, *, shifted: bool
) -> Match | None:
    behind = predicate(element, tokens, at, after_noun=at > start)
    if behind is None:
        return None
    copula = element.kind == "助動詞" and tokens[at].surface in {"で", "じゃ"}
    read = tail(tokens, behind + negation_after_copula(tokens, at) if copula else behind)
    if copula and any(t.norm in NEGATIVE for t in tokens[at : read.stop]):
        read = replace(read, negative=True)
    if made_to(element, tokens, at):
        read = replace(read, norms=("せる", *read.norms))  # 遊ばさ|れる for 遊ば|せる
    if not _meets(pattern, read):
        return None
    if potential(element) in (tokens[at].lemma, tokens[at].norm) and _is_willed(tokens, at, read):
        return None
    if shifted and not (PASSIVE & set(read.norms) or _is_possible(element, tokens, at, behind)):
        return None
    if read.stop == behind < len(tokens) and tokens[behind].surface in _OF_ANOTHER:
        return None
    if not start < at and read.stop == behind and _is_noun(tokens, start, behind):
        return None
    return Match(pattern, tokens[start].start, tokens[read.stop - 1].end, read.negative)


def _is_willed(tokens: Tokens, at: int, read: Tail) -> bool:
    """Whether a verb is said with will, as no potential is: 身につけたい and 身につけよう are of 身につける."""
    wills = (tokens[i].pos[5].startswith("意志推量形") for i in range(at, read.stop))
    return "たい" in read.norms or any(wills)


def _is_possible(element: Element, tokens: Tokens, at: int, behind: int) -> bool:
    """Whether the predicate at `at` is in the potential: 出せる, 動かせる, 検討できる."""
    spoken = tokens[at]
    return (
        "出来る" in {t.norm for t in tokens[at:behind]}
        or is_potential(tokens, at)
        or is_read_as_suru(element, spoken)
        or can(element, tokens, at)
        or potential(element) in (spoken.lemma, spoken.norm)
    )


def _is_noun(tokens: Tokens, start: int, behind: int) -> bool:
    """Whether a verb alone is used as a noun: 乗り換え割引, 乗り換えの案内; not 他社に乗り換え費用を減らす."""
    verb, after = tokens[behind - 1], tokens[behind] if behind < len(tokens) else None
    if after is None or after.surface == "がち" or verb.kind != "動詞" or not verb.pos[5].startswith("連用形"):
        return False
    before = tokens[start - 1] if start else None
    if before is not None and before.kind == "助詞" and before.surface in {"を", "に", "が", "と", "へ", "から"}:
        return False
    return after.kind in {"名詞", "接尾辞"} or (after.kind == "助詞" and after.surface in {"の", "を", "が"})


def _meets(pattern: Pattern, read: Tail) -> bool:
    """Whether the auxiliaries say what the phrase's say."""
    remaining = iter(read.norms)
    if not all(any(_same_auxiliary(want, has) for has in remaining) for want in pattern.required):
        return False
    # 失敗したくない is no promise of 失敗しない.
    wished = "たい" in read.norms and "たい" not in pattern.required
    return not pattern.negative or (not wished and any(n in NEGATIVE for n in read.norms))


def _same_auxiliary(want: str, has: str) -> bool:
    return want == has or (want in PASSIVE and has in PASSIVE)


def _whole_word(pattern: Pattern, tokens: Tokens, start: int, match: Match) -> bool:
    """Whether the match is no part of a longer word: no 非 before it, no noun that goes on behind a noun."""
    before = tokens[start - 1] if start else None
    if before and before.kind == "接頭辞" and before.norm in _NEGATING:
        return False
    if _cuts_latin(tokens.text, match.start) or _cuts_latin(tokens.text, match.end):
        return False
    if pattern.predicate or pattern.elements[-1].pos[1] == "形容詞的":  # 胡散臭い製品 ends no compound
        return True
    end = bisect.bisect_left(tokens.starts, match.end)
    last = pattern.elements[-1]
    if end == len(tokens) or last.kind not in {"名詞", "形状詞", "接尾辞", "代名詞"}:
        return True
    after = tokens[end]
    if unicodedata.category(after.surface[0])[0] == "S":
        return True  # ✨ is a noun to Sudachi
    if nfkc(after.surface) in _NOUN_SUFFIXES:
        beyond = tokens[end + 1] if end + 1 < len(tokens) else None
        return beyond is None or after.kind != "接尾辞" or beyond.kind != "名詞" or nfkc(after.surface) not in _WITHIN
    compound = after.kind in {"名詞", "接尾辞"} and not _counts(after)
    return not (compound and not after.surface.startswith("\ufffc"))


def _counts(token: Token) -> bool:
    """Whether a noun is a number, or one with its counter (1人, 一人)."""
    return token.pos[1] == "数詞" or nfkc(token.surface)[0].isdigit() or token.surface in {"一人", "二人"}


def _cuts_latin(text: str, at: int) -> bool:
    """Whether `at` lies inside a run of letters and digits (B2B in B2B2C)."""
    return 0 < at < len(text) and all(nfkc(c).isascii() and nfkc(c).isalnum() for c in text[at - 1 : at + 1])


def literally(pattern: Pattern, tokens: Tokens, text: str) -> Iterator[Match]:
    """Find the phrase as it is written, where the context made Sudachi cut it otherwise inside."""
    phrase = bare(pattern.phrase)
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if tokens.is_edge(at) and tokens.is_edge(end):
            match = Match(pattern, at, end)
            behind = bisect.bisect_left(tokens.starts, end)
            if pattern.predicate:
                read = tail(tokens, behind)
                match = Match(pattern, at, tokens.starts[read.stop], read.negative or pattern.negative)
            if _whole_word(pattern, tokens, bisect.bisect_left(tokens.starts, at), match):
                yield match
        at = text.find(phrase, at + 1)
