"""Finding a guide's phrases in Japanese text: in every conjugation and spelling, and nothing that only looks alike."""

from __future__ import annotations

import bisect
import functools
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from msglint.analysis.conjugation import LIGHT, NEGATIVE, PASSIVE, Tail, negation_after_copula, tail
from msglint.analysis.fold import nfkc
from msglint.analysis.literals import Literals
from msglint.analysis.occurrences import occurrences
from msglint.analysis.predicates import can, is_potential, is_read_as_suru, potential, predicate
from msglint.analysis.tokens import Token, Tokens, pos_of, tokenize
from msglint.analysis.words import COPULA, Element, Need, beginnings, element_of, need_of, same
from msglint.model import Places, Span

GAPS = frozenset("、,，")
_NOUN_SUFFIXES = frozenset(
    (
        "側 様 さま さん 達 たち 等 ら 内 上 間 後 前 時 中 別 毎 以外 以上 以下 自身 自体 同士 ごと 向け 宛 宛て "
        "全体 各位 方 なし"
    ).split()
)
_NEGATING = frozenset("非 不 未 無 反 脱 元 前 副 準".split())


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
        return Pattern(phrase, tuple(map(element_of, tokens)))
    read = tail(tokens, head + 1)
    norms = read.norms
    required = tuple(n for n in norms if n not in LIGHT and n not in NEGATIVE)
    return Pattern(
        phrase,
        tuple(map(element_of, tokens[: head + 1])),
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
        copula = token.norm in COPULA and at > 0 and tokens[at - 1].kind in {"名詞", "形状詞", "接尾辞", "代名詞"}
        if token.kind in {"動詞", "形容詞"} or (token.kind == "助動詞" and copula):
            read = tail(tokens, at + 1)
            return at if read.stop == len(tokens) else None
        if token.kind not in {"助動詞", "助詞", "形状詞"}:
            return None
    return None


def _is_gap(token: Token) -> bool:
    return token.surface in GAPS or token.kind == "空白"


@functools.lru_cache(maxsize=8192)
def _needs(pattern: Pattern) -> tuple[Need, ...]:
    return tuple(need for element in pattern.elements if (need := need_of(element)))


class _Head(NamedTuple):
    """How a pattern can begin: the normalised forms of its first word, what this begins with; and all as written."""

    keys: frozenset[str]
    beginnings: frozenset[str]
    literal: str


@functools.lru_cache(maxsize=8192)
def _head_of(pattern: Pattern) -> _Head:
    first = pattern.elements[0]
    honorific = {"御"} if first.kind == "動詞" and len(pattern.elements) == 1 else set()
    return _Head(first.keys | {first.lemma, first.surface} | honorific, beginnings(first), _bare(pattern.phrase))


class Index:
    """Patterns by the words they begin with, so that a text is gone through once for all of them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_key: dict[str, list[Pattern]] = {}
        self._by_beginning: dict[str, list[Pattern]] = {}
        self._by_literal: dict[str, list[Pattern]] = {}
        self.patterns = [pattern for pattern in patterns if pattern.elements]
        for pattern in self.patterns:
            self._add(pattern)
        self._automaton = Literals(self._by_literal)

    def _add(self, pattern: Pattern) -> None:
        head = _head_of(pattern)
        for key in head.keys:
            self._by_key.setdefault(key, []).append(pattern)
        for beginning in head.beginnings:
            self._by_beginning.setdefault(beginning, []).append(pattern)
        self._by_literal.setdefault(head.literal, []).append(pattern)

    def narrowed(self, norms: Collection[str], text: str) -> Index:
        """Return the index of the patterns that an article can match: `norms` are its words, `text` is in NFKC."""
        known = self._needed.norms.intersection(norms)
        begun = {beginning for beginning in self._needed.beginnings if beginning in text}
        return Index(p for p in self.patterns if all(need.met(known, begun) for need in _needs(p)))

    @functools.cached_property
    def _needed(self) -> Need:
        """All that any word of the patterns needs."""
        needs = [need for pattern in self.patterns for need in _needs(pattern)]
        return Need(
            frozenset[str]().union(*(need.norms for need in needs)),
            frozenset[str]().union(*(need.beginnings for need in needs)),
        )

    def literals(self, text: str) -> list[str]:
        """Return the phrases that stand in `text` (in NFKC) as they are written: what `find` has to look for."""
        return self._automaton.present(text)

    @property
    def beginnings(self) -> Collection[str]:
        """What the patterns begin with that begin with a word that can be spelt in several ways."""
        return self._by_beginning.keys()

    def knows(self, tokens: Tokens) -> bool:
        """Whether a text has a word that a pattern begins with, whatever its spelling."""
        return not self._by_key.keys().isdisjoint(tokens.norms)

    def find(self, tokens: Tokens, literals: Sequence[str]) -> list[Match]:
        """Return where patterns stand in the text of `tokens`; of one pattern the longest at a place.

        `literals` are those of the article, found once for all its blocks.
        """
        found = list(self._find_words(tokens))
        if literals and (folded := tokens.folded) is not None:
            found += [m for text in literals if text in folded for m in self._find_literal(text, tokens, folded)]
        return _longest(found) if len(found) > 1 else found

    def _find_words(self, tokens: Tokens) -> Iterator[Match]:
        text, keys, by_beginning = tokens.text, self._by_key, self._by_beginning
        near = {i: keys[norm] for i, norm in enumerate(tokens.norms) if norm in keys} if self.knows(tokens) else {}
        spelt: dict[int, list[Pattern]] = {}
        for beginning in [b for b in by_beginning if b in text]:
            for at, _ in occurrences(beginning, text):
                if (i := tokens.starting(at)) is not None:
                    spelt.setdefault(i, []).extend(by_beginning[beginning])
        for i in sorted(near.keys() | spelt.keys()):
            kind, known = pos_of(tokens.pos_ids[i])[0], near.get(i, ())
            alike = (p for p in dict.fromkeys(spelt.get(i, ())) if p.elements[0].kind == kind and p not in known)
            for pattern in (*known, *alike):
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
        elif not same(element, tokens[at], alone=last == 0):
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
    behind = predicate(element, tokens, at, after_noun=at > start)
    if behind is None:
        return None
    copula = element.kind == "助動詞" and tokens[at].surface in {"で", "じゃ"}
    read = tail(tokens, behind + negation_after_copula(tokens, at) if copula else behind)
    if copula and any(t.norm in NEGATIVE for t in tokens[at : read.stop]):
        read = replace(read, negative=True)
    if not _meets(pattern, read):
        return None
    if shifted and not (PASSIVE & set(read.norms) or _is_possible(element, tokens, at, behind)):
        return None
    if not start < at and read.stop == behind and _is_noun(tokens, start, behind):
        return None
    return Match(pattern, tokens[start].start, tokens[read.stop - 1].end, read.negative)


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
    if after is None or verb.kind != "動詞" or not verb.pos[5].startswith("連用形"):
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
    if pattern.predicate:
        return True
    end = bisect.bisect_left(tokens.starts, match.end)
    last = pattern.elements[-1]
    if end == len(tokens) or last.kind not in {"名詞", "形状詞", "接尾辞", "代名詞"}:
        return True
    after = tokens[end]
    if unicodedata.category(after.surface[0])[0] == "S":
        return True  # ✨ is a noun to Sudachi
    compound = after.kind in {"名詞", "接尾辞"} and not _counts(after) and nfkc(after.surface) not in _NOUN_SUFFIXES
    return not (compound and not after.surface.startswith("\ufffc"))


def _counts(token: Token) -> bool:
    """Whether a noun is a number, or one with its counter (1人, 一人)."""
    return token.pos[1] == "数詞" or nfkc(token.surface)[0].isdigit() or token.surface in {"一人", "二人"}


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
