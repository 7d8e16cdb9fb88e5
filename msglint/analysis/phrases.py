"""Finding a guide's phrases in Japanese text: in every conjugation and spelling, and nothing that only looks alike."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from msglint.analysis.conjugation import LIGHT, NEGATIVE, PASSIVE, Tail, negation_after_copula, tail
from msglint.analysis.fold import nfkc
from msglint.analysis.literals import Literals
from msglint.analysis.spelling import hiragana, kanji, reading, same_word
from msglint.analysis.tokens import Token, Tokens, tokenize
from msglint.model import Places, Span

GAPS = frozenset("、,，")
_SURU = frozenset({"為る", "出来る", "致す", "為さる"})
_HUMBLE = frozenset({"為る", "致す", "為さる", "下さる", "頂く", "申し上げる"})
_COPULA = frozenset({"だ", "です"})
_SPELT = frozenset({"動詞", "形容詞", "名詞", "副詞", "形状詞"})
_NOUN_SUFFIXES = frozenset(
    (
        "側 様 さま さん 達 たち 等 ら 内 上 間 後 前 時 中 別 毎 以外 以上 以下 自身 自体 同士 ごと 向け 宛 宛て "
        "全体 各位"
    ).split()
)
_TELLING = 4
"""Kana that a word has at least for its reading alone to tell which word it is."""
_NEGATING = frozenset("非 不 未 無 反 脱 元 前 副 準".split())
_POTENTIAL = dict(zip("うくぐすつぬぶむる", "えけげせてねべめれ", strict=True))
_ROWS = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase as it is compared with text."""

    norm: str
    lemma: str
    surface: str
    kind: str
    pos: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The normalised forms a matching word can begin with."""
        if self.norm == "為る":
            return _SURU
        if self.kind == "助動詞" and self.norm in _COPULA:
            return _COPULA
        return frozenset({self.norm})


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A phrase ready to be compared: its words, and what a predicate at its end insists on.

    `required` are the auxiliaries that carry meaning (たい, られる); `negative` whether the phrase itself denies.
    """

    phrase: str
    elements: tuple[Element, ...]
    predicate: bool = False
    required: tuple[str, ...] = ()
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in a text; `negative` when its own auxiliaries deny it."""

    pattern: Pattern
    start: int
    end: int
    negative: bool = False


@functools.lru_cache(maxsize=8192)
def compile_phrase(phrase: str) -> Pattern:
    """Return the pattern of `phrase`; it has no elements when the phrase is only punctuation."""
    tokens = [t for t in tokenize(_bare(phrase)) if not _is_gap(t)]
    head = _head(tokens)
    if head is None:
        return Pattern(phrase, tuple(map(_element, tokens)))
    read = tail(tokens, head + 1)
    norms = read.norms
    required = tuple(n for n in norms if n not in LIGHT and n not in NEGATIVE)
    return Pattern(
        phrase,
        tuple(map(_element, tokens[: head + 1])),
        predicate=True,
        required=required,
        negative=any(n in NEGATIVE for n in norms),
    )


def _bare(phrase: str) -> str:
    return nfkc(phrase).strip(" 。．.!！?？")


def _head(tokens: Sequence[Token]) -> int | None:
    """Return the index of the predicate that the phrase ends in, without its auxiliaries."""
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        copula = token.norm in _COPULA and at > 0 and tokens[at - 1].kind in {"名詞", "形状詞", "接尾辞", "代名詞"}
        if token.kind in {"動詞", "形容詞"} or (token.kind == "助動詞" and copula):
            read = tail(tokens, at + 1)
            return at if read.stop == len(tokens) else None
        if token.kind not in {"助動詞", "助詞", "形状詞"}:
            return None
    return None


def _element(token: Token) -> Element:
    return Element(token.norm, token.lemma, token.surface, token.kind, token.pos)


def _is_gap(token: Token) -> bool:
    return token.surface in GAPS or token.kind == "空白"


class Index:
    """Patterns by the words they begin with, so that a text is gone through once for all of them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_key: dict[str, list[Pattern]] = {}
        self._by_character: dict[str, list[Pattern]] = {}
        self._by_literal: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            if pattern.elements:
                self._add(pattern)
        self._automaton = Literals(self._by_literal)

    def _add(self, pattern: Pattern) -> None:
        first = pattern.elements[0]
        for key in first.keys | {first.lemma, first.surface}:
            self._by_key.setdefault(key, []).append(pattern)
        if first.kind == "動詞" and len(pattern.elements) == 1:
            self._by_key.setdefault("御", []).append(pattern)
        if first.kind in _SPELT:
            for character in {first.surface[0], hiragana(reading(first.surface)[:1])} - {""}:
                self._by_character.setdefault(character, []).append(pattern)
        self._by_literal.setdefault(_bare(pattern.phrase), []).append(pattern)

    def literals(self, text: str) -> list[str]:
        """Return the phrases that stand in `text` (in NFKC) as they are written: what `find` has to look for."""
        return self._automaton.present(text)

    def find(self, tokens: Tokens, literals: Sequence[str]) -> list[Match]:
        """Return where patterns stand in the text of `tokens`; of one pattern the longest at a place.

        `literals` are those of the article, found once for all its blocks.
        """
        found = list(self._find_words(tokens))
        if literals and (folded := tokens.folded) is not None:
            found += [m for text in literals if text in folded for m in self._find_literal(text, tokens, folded)]
        return _longest(found) if len(found) > 1 else found

    def _find_words(self, tokens: Tokens) -> Iterator[Match]:
        text, starts = tokens.text, tokens.starts
        for i, norm in enumerate(tokens.norms):
            near = self._by_key.get(norm)
            spelt = self._by_character.get(text[starts[i]])
            if near is None and spelt is None:
                continue
            for pattern in (*(near or ()), *(p for p in spelt or () if p not in (near or ()))):
                if (match := _match(pattern, tokens, i)) and _whole_word(pattern, tokens, i, match):
                    yield match

    def _find_literal(self, text: str, tokens: Tokens, folded: str) -> Iterator[Match]:
        return (match for pattern in self._by_literal[text] for match in _literal(pattern, tokens, folded))


def _longest(found: list[Match]) -> list[Match]:
    """Of one pattern's matches that overlap keep the longest."""
    kept, places = list[Match](), dict[int, Places]()
    for match in sorted(found, key=lambda m: m.start - m.end):
        if places.setdefault(id(match.pattern), Places()).take(Span(match.start, match.end)):
            kept.append(match)
    return kept


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
        elif not _same(element, tokens[at], alone=last == 0):
            return None
        at += 1
    return Match(pattern, tokens[start].start, tokens[at - 1].end)


def _skip(tokens: Tokens, at: int, element: Element) -> int:
    """Step over blanks, 、 and an honorific before a word."""
    while at < len(tokens) and _is_gap(tokens[at]):
        at += 1
    honorific = at < len(tokens) and tokens[at].norm == "御" and tokens[at].kind == "接頭辞" and element.norm != "御"
    return at + 1 if honorific and element.kind == "名詞" else at


def _match_predicate(
    pattern: Pattern, element: Element, tokens: Tokens, start: int, at: int, *, shifted: bool
) -> Match | None:
    behind = _predicate(element, tokens, at, after_noun=at > start)
    if behind is None:
        return None
    copula = element.kind == "助動詞" and tokens[at].surface in {"で", "じゃ"}
    read = tail(tokens, behind + negation_after_copula(tokens, at) if copula else behind)
    if copula and any(t.norm in NEGATIVE for t in tokens[at : read.stop]):
        read = replace(read, negative=True)
    if not _meets(pattern, element, tokens, at, behind, read):
        return None
    potential = (
        bool(PASSIVE & set(read.norms)) or "出来る" in {t.norm for t in tokens[at:behind]} or _potential(tokens[at])
    )
    if shifted and not potential:
        return None
    return Match(pattern, tokens[start].start, tokens[read.stop - 1].end, read.negative)


def _potential(token: Token) -> bool:
    """Whether a verb is the potential of another (出せる of 出す)."""
    return (
        token.kind == "動詞"
        and token.lemma.endswith(("える", "ける", "げる", "せる", "てる", "ねる", "べる", "める", "れる"))
        and (nfkc(token.lemma)[-2:] != token.norm[-2:])
    )


def _predicate(element: Element, tokens: Tokens, at: int, *, after_noun: bool) -> int | None:
    """Return the index behind the predicate at `at` when it is `element` in some form."""
    token = tokens[at]
    if element.norm == "為る":
        return _light_verb(tokens, at) if after_noun else (at + 1 if token.norm == "為る" else None)
    if element.kind == "助動詞":
        return (
            at + 1
            if token.kind in {"助動詞", "助詞"}
            and (token.norm in _COPULA or token.surface == "で")
            and (token.kind == "助動詞" or _negation_follows(tokens, at))
            else None
        )
    if element.norm == "無い" and element.kind == "形容詞":
        return _absence(tokens, at)
    if token.kind == element.kind and _same(element, token, alone=not after_noun):
        return at + 1
    if token.kind == "動詞" and potential(element) in (token.lemma, token.norm):
        return at + 1
    return _honorific_verb(element, tokens, at)


def _negation_follows(tokens: Tokens, at: int) -> bool:
    return any(t.norm in {"無い", "有る", "御座る"} for t in tokens[at + 1 : at + 3])


def _light_verb(tokens: Tokens, at: int) -> int | None:
    """する after its noun: also できる, いたす, なさる, くださる, いただく, になる."""
    token = tokens[at]
    if token.norm in _SURU and token.kind == "動詞":
        return at + 1
    if not (at > 1 and tokens[at - 2].norm == "御"):
        return None
    if token.norm in _HUMBLE and token.kind == "動詞":
        return at + 1
    if token.surface == "に" and at + 1 < len(tokens) and tokens[at + 1].norm == "成る":
        return at + 2
    return None


def _absence(tokens: Tokens, at: int) -> int | None:
    """ない as an adjective, or ありません, ございません."""
    if tokens[at].norm == "無い":
        return at + 1
    if (
        tokens[at].norm in {"有る", "御座る"}
        and at + 2 < len(tokens)
        and tokens[at + 1].norm == "ます"
        and tokens[at + 2].norm == "ず"
    ):
        return at + 3
    return None


def _honorific_verb(element: Element, tokens: Tokens, at: int) -> int | None:
    """お読みになる, お読みいただく for 読む."""
    if element.kind != "動詞" or not tokens[at].surface.startswith(("お", "ご", "御")):
        return None
    said, behind = tokens[at].surface, at + 1
    wanted = {stem(element.norm, element.pos), stem(element.lemma, element.pos)}
    while said[1:] not in wanted:
        # Sudachi may cut the stem (広|げ) or keep it with its お (お下げ).
        if behind == len(tokens) or len(said) > 8:
            return None
        said, behind = said + tokens[behind].surface, behind + 1
    if behind < len(tokens) and tokens[behind].norm in _HUMBLE:
        return behind + 1
    if behind + 1 < len(tokens) and tokens[behind].surface == "に" and tokens[behind + 1].norm == "成る":
        return behind + 2
    return None


def potential(element: Element) -> str | None:
    """Return the potential verb of a 五段 verb (動かす → 動かせる), which Sudachi may hold for a verb of its own."""
    if element.kind != "動詞" or "五段" not in element.pos[4] or element.lemma[-1] not in _POTENTIAL:
        return None
    return element.lemma[:-1] + _POTENTIAL[element.lemma[-1]] + "る"


def stem(lemma: str, pos: tuple[str, ...]) -> str:
    """Return the 連用形 of a verb in dictionary form (読む → 読み, 届ける → 届け)."""
    if "五段" in pos[4]:
        return lemma[:-1] + _ROWS.get(lemma[-1], "")
    return lemma.removesuffix("る")


def _meets(pattern: Pattern, element: Element, tokens: Tokens, at: int, behind: int, read: Tail) -> bool:
    """Whether the auxiliaries say what the phrase's say."""
    remaining = iter(read.norms)
    if not all(any(_same_auxiliary(want, has) for has in remaining) for want in pattern.required):
        return False
    return not pattern.negative or any(n in NEGATIVE for n in read.norms)


def _same_auxiliary(want: str, has: str) -> bool:
    return want == has or (want in PASSIVE and has in PASSIVE)


def _same(element: Element, token: Token, *, alone: bool = False) -> bool:
    """Whether a word of the text is a word of the phrase; `alone`: the phrase has no other word to tell homonyms by."""
    if element.norm == token.norm or token.surface == element.surface or nfkc(token.surface) == element.surface:
        return True
    if element.kind != token.kind or element.kind not in _SPELT or element.pos[4] != token.pos[4]:
        return False
    if not kanji(token.surface) or not kanji(element.surface):
        return _same_in_kana(element, token, alone=alone)
    if token.surface[0] not in (element.surface[0], element.lemma[0]):
        return False
    return token.lemma == element.lemma or same_word(element.norm, element.lemma, token.norm, token.lemma)


def _same_in_kana(element: Element, token: Token, *, alone: bool) -> bool:
    """夢をかなえる for 夢を叶える: the same reading and conjugation, one of the two without kanji."""
    sound = reading(element.lemma)
    if len(sound) < (_TELLING if alone else 2) or reading(token.surface)[:1] != sound[:1]:
        return False
    return token.lemma == element.lemma or reading(token.lemma) == sound


def _whole_word(pattern: Pattern, tokens: Tokens, start: int, match: Match) -> bool:
    """Whether the match is no part of a longer word: no 非 before it, no noun that goes on behind a noun."""
    before = tokens[start - 1] if start else None
    if before and before.kind == "接頭辞" and before.norm in _NEGATING:
        return False
    if _cuts_latin(tokens.text, match.start) or _cuts_latin(tokens.text, match.end):
        return False
    if pattern.predicate:
        return True
    end = bisect.bisect_left(tokens.starts, match.end)
    last = pattern.elements[-1]
    if end == len(tokens) or last.kind not in {"名詞", "形状詞", "接尾辞", "代名詞"}:
        return True
    after = tokens[end]
    compound = (
        after.kind in {"名詞", "接尾辞"} and after.pos[1] not in {"数詞"} and nfkc(after.surface) not in _NOUN_SUFFIXES
    )
    return not (compound and not after.surface.startswith("\ufffc"))


def _cuts_latin(text: str, at: int) -> bool:
    """Whether `at` lies inside a run of letters and digits (B2B in B2B2C)."""
    return 0 < at < len(text) and all(nfkc(c).isascii() and nfkc(c).isalnum() for c in text[at - 1 : at + 1])


def _literal(pattern: Pattern, tokens: Tokens, text: str) -> Iterator[Match]:
    """Find the phrase as it is written, where the context made Sudachi cut it otherwise inside."""
    phrase = _bare(pattern.phrase)
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
