"""When: how far in the course of a purchase, and before or after which occasion."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from msglint.analysis.definitions.lexicon import lexicon
from msglint.analysis.definitions.reading import Difference, Reading
from msglint.model import Text

_STAGE = Text("段階", "the stage")
_TIME = Text("前か後か", "before or after")
_TIME_SPAN = Text("いつからいつまでか", "from when to when")
_FROM_TO = re.compile(r"(?P<start>[^、。]{2,14}?)(?:から|して?から)、?(?P<end>[^、。]{2,14}?)まで")
_BEFORE = frozenset({"前", "直前", "以前", "まえ", "間際", "目前", "先立つ"})
_AFTER = frozenset({"後", "直後", "以降", "以後", "あと"})
_FAR = 7.0
_PHASES = (
    (r"初期(?!費用|設定|投資|値|化|状態|コスト|不良|対応|教育)|序盤|前半|入り口の段階|浅い段階", 0.0, 1.0),
    (r"中期(?!経営|計画)|中盤", 1.0, 2.5),
    (r"(?:可能性|確度|意欲|温度感|意向)(?:の|が)(?:十分に)?高い", 1.8, 4.0),
    (
        r"後期|終盤|末期|最終(?=段階|局面|検討)|後半|意思が固ま|購入を決めた|発注を決めた|(?:受注|契約|購入)間近",
        2.6,
        3.9,
    ),
)
_LINK = (
    r"(?:の|に|を|が|する|した|になる|に至る|に進む|を結ぶ|を決める|を結んだ|を決めた|が終わった|が決まった|を終えた"
    r"|して|してから)?"
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    low: float
    high: float
    words: str
    at: int


def other_stage(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where the two lie in parts of the course that do not meet."""
    ours, theirs = _stretches(guide), _stretches(article)
    if not ours or not theirs:
        return
    low, high = min(s.low for s in ours), max(s.high for s in ours)
    if min(s.low for s in theirs) > high or max(s.high for s in theirs) < low:
        yield Difference(_STAGE, "・".join(s.words for s in ours), theirs[0].words, theirs[0].at)


def other_time(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield each occasion before which one of the two places what the other places after it."""
    ours, theirs = _occasions(guide), _occasions(article)
    for (name, side), (words, at) in theirs.items():
        other = (name, not side)
        if other in ours and (name, side) not in ours and other not in theirs:
            yield Difference(_TIME, ours[other][0], words, at)
            return


def other_course(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where one stretch of time begins with what the other ends with (受注から納品まで)."""
    ours, theirs = _FROM_TO.search(guide.text), _FROM_TO.search(article.text)
    if ours and theirs:
        begun, ended = _event(ours["start"]), _event(ours["end"])
        their_begun, their_ended = _event(theirs["start"]), _event(theirs["end"])
        if begun != their_begun and ended != their_ended and (begun == their_ended or ended == their_begun):
            yield Difference(_TIME_SPAN, ours.group(), theirs.group(), theirs.start())


def _event(words: str) -> str:
    last = re.findall(r"[一-龠ァ-ヶー]{2,}", words)
    name = last[-1] if last else words
    return lexicon().occasions.get(name, name)


@functools.cache
def _course() -> tuple[tuple[re.Pattern[str], float], ...]:
    end = (
        rf"{_LINK}(?P<just>直前|間際|目前|寸前|一歩手前)|{_LINK}(?P<before>前|向け|まで(?!に))|{_LINK}(?P<after>後|以降|直後|済み)"
        r"|(?:に|化)(?P<seen>[^、。]{1,10}と[^、。]{0,6}(?:判断|認め|見な|見込|決め))"
        r"|の?(?P<during>(?:の|している)?段階|フェーズ|ステージ|期(?!間|限))"
    )
    return tuple((re.compile(f"(?:{name})(?:{end})"), at) for name, at in lexicon().course)


def _stretches(reading: Reading) -> list[_Stretch]:
    found = [
        _Stretch(low, high, m.group(), m.start())
        for pattern, low, high in _PHASES
        for m in re.finditer(pattern, reading.text)
        if reading.holds(*m.span())
    ]
    for pattern, at in _course():
        for m in pattern.finditer(reading.text):
            if reading.holds(*m.span()):
                low, high = _bounds(m, at)
                found.append(_Stretch(low, high, m.group(), m.start()))
    return sorted(found, key=lambda s: s.at)


def _bounds(match: re.Match[str], at: float) -> tuple[float, float]:
    if match["just"]:
        return at - 1.0, at
    if match["seen"]:
        return at - 0.8, at + 0.5
    if match["before"]:
        return 0.0, at
    if match["after"]:
        return at, _FAR
    return at - 0.3, at + 0.3


def _occasions(reading: Reading) -> dict[tuple[str, bool], tuple[str, int]]:
    """Return what is said to be before (False) or after (True) an occasion, with its words and place."""
    found = dict[tuple[str, bool], tuple[str, int]]()
    tokens = reading.tokens
    for i, norm in enumerate(tokens.norms):
        surface = reading.text[tokens.starts[i] : tokens.starts[i + 1]]
        since = surface == "から" and i > 0 and reading.text[tokens.starts[i] - 1] in "てで"
        after = since or surface in _AFTER or norm in _AFTER
        if not after and surface not in _BEFORE and norm not in _BEFORE:
            after, ends = _compounded(surface)
            if not ends:
                continue
        start = tokens.starts[i]
        for name, at in _named_before(reading, i):
            if reading.holds(at, start):
                found.setdefault((name, after), (reading.text[at : tokens.starts[i + 1]], at))
    return found


def _compounded(surface: str) -> tuple[bool, bool]:
    """Read 入社後, 税引前 written as one word: whether it is after, and whether it is either."""
    ends = len(surface) > 2 and surface[-1] in "前後" and not surface.endswith(("午前", "午後", "前後"))
    return surface[-1:] == "後", ends


def _named_before(reading: Reading, i: int) -> Iterator[tuple[str, int]]:
    """Yield the noun and the verb that a 前 or 後 is said of: 商品を引き渡す前."""
    tokens, lexical = reading.tokens, lexicon().occasions
    surface = reading.text[tokens.starts[i] : tokens.starts[i + 1]]
    if len(surface) > 2 and surface[-1] in "前後" and _compounded(surface)[1]:
        stem = surface.rstrip("前後直")
        yield lexical.get(stem, stem), tokens.starts[i]
        return
    for j in range(i - 1, max(-1, i - 7), -1):
        token = tokens[j]
        if token.surface in "、。":
            return
        if token.kind in {"名詞", "動詞"} and token.norm not in {"為る", "居る", "成る", "決める", "行う", "有る"}:
            name = lexical.get(token.surface, lexical.get(token.norm, token.norm))
            yield name, token.start
            if token.kind == "名詞":
                return
