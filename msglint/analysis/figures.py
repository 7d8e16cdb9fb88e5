"""Reads one figure at one place of a text: a number with its unit, a range, a fraction."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from msglint.analysis.marks import Mark
from msglint.analysis.numerals import KANJI, NUMBER, shared_scale, value
from msglint.analysis.units import SUBUNITS, after_kanji, after_number, convert, rounded, unit
from msglint.expression import expression

_NUMBER = expression(NUMBER)
_NOT_COUNTED = expression(r"目(?![標安的指次])")
_BAND = expression("台(?![数湾頭風帳詞車座])")
_PER_MILLE = expression("(?<![割分])(?:(?P<bu>[1-9一二三四五六七八九])分)?(?P<rin>[1-9一二三四五六七八九])厘")
_PER_CENT = expression("(?P<bu>[1-9一二三四五六七八九])分(?![0-9一-龠間])")
_OF_RATE = expression(r"率(?:[はがも]|[:=])?[ 、]?(?:約|わずか|たった|およそ)?\Z")
_AND = frozenset({" ", "と"})
"""What may stand between a unit and a smaller one: 1年と6か月."""
_NO_UNIT = frozenset({"アップ", "ダウン", "オーバー", "プラス", "マイナス", "オフ", "オン", "イン"})
_HALF = expression("半(?![額期分数導年角端身ば])")
_HALVED = frozenset({"時間", "か月", "倍", "%"})
_HALF_OF = expression("半(?P<unit>年|[かヶケヵカ箇]月|月(?![板状])|日|時間)間?(?![期度額分生制])")
_TENTHS = expression("(?:(?P<bu>[0-9一二三四五六七八九])分(?![野類間]))?(?:(?P<rin>[0-9一二三四五六七八九])厘)?")

_FRACTION = expression(
    rf"(?P<below>{NUMBER})[ ]?分の[ ]?(?P<above>{NUMBER})(?P<of>[ァ-ヴ一-龠](?<![以未超前程強弱近])|[A-Za-z%つ])?"
)
_TO = expression(r"[ \n]?(?:(?P<dash>[–—-])|〜|(?P<word>から|ないし|乃至))[ \n]?約?")
_OR = expression("[、,・]")
_CHANGED = (
    "上昇|増|減|低下|改善|伸|拡大|縮小|下が|上が|引き上|引き下|短縮|向上|高ま|回復|倍増|急|変|なっ|なりまし|達|移|跳|落"
    "|成長|推移|悪化|膨|広が|下落"
)
_CHANGE = expression(
    rf"(?:以上|超|程度|近く|弱|強)?(?:へ|(?:に|まで)(?:まで)?、?(?:[。\s]|\Z|[一-龠]{{0,2}}(?:{_CHANGED}))"
    rf"|[、と][^。]{{0,25}}(?:{_CHANGED}))"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as read: `low` and `high` in `unit`, the canonical one.

    `known` tells a unit of the table from any word in katakana. `number` and `spelling` are as written (in
    narrow text). `marks` stand inside it: about for two or three (2、3社), over for 120余社.
    """

    end: int
    low: Decimal
    high: Decimal
    unit: str
    known: bool
    number: str
    spelling: str
    marks: tuple[Mark, ...] = ()


def figure(line: str, at: int, own: frozenset[str] = frozenset()) -> Figure | None:
    """Return the figure that begins at `at` of narrow text, a range as one; None when no number does.

    `own` are units that a guide has and the table has not.
    """
    first = _half_of(line, at) or _measured(line, at, own)
    if first is None:
        return None
    if to := _TO.match(line, first.end):
        second = _measured(line, to.end(), own)
        joined = second and _joined(first, second, dash=bool(to["dash"]))
        if joined and not (to["word"] == "から" and (not joined.known or _CHANGE.match(line, joined.end))):
            return joined
    elif not first.unit and _OR.match(line, first.end):
        return _two_or_three(first, _measured(line, first.end + 1, own)) or first
    return first


def fraction(line: str, at: int) -> tuple[int, Figure | None]:
    """Read 4分の3 as 75 %; the figure is None when it has no exact value (3分の1), the end `at` without one."""
    found = _FRACTION.match(line, at)
    if found is None:
        return at, None
    below, above = value(found["below"]), value(found["above"])
    end = found.end("above")
    if found["of"] or not below or above is None:
        return end, None
    percent = Fraction(above) * 100 / Fraction(below)
    share = Decimal(percent.numerator) / Decimal(percent.denominator)
    if Fraction(share) != percent:
        return end, None
    return end, Figure(end, share, share, "%", True, found["below"], "分の")


def _measured(line: str, at: int, own: frozenset[str]) -> Figure | None:
    """Read a number with its unit and what goes on after it: 3割7分2厘, 1時間30分, 2年6か月, 1年半."""
    read = _tenth_rate(line, at) or _single(line, at, own)
    if read is None or not read.known:
        return read
    if read.spelling == "割":
        found = _TENTHS.match(line, read.end)
        end, more = (found.end(), _tenths(found)) if found else (read.end, Decimal(0))
    else:
        end, more = _smaller(line, read, own)
    if end == read.end and read.unit in _HALVED and _HALF.match(line, end):
        end, more = end + 1, convert(Decimal("0.5"), unit(read.spelling).factor)
    if end == read.end:
        return _banded(line, read)
    return replace(read, end=end, low=rounded(read.low + more), high=rounded(read.high + more))


def _half_of(line: str, at: int) -> Figure | None:
    """Read 半年 as six months, 半日 as twelve hours."""
    found = _HALF_OF.match(line, at)
    if found is None:
        return None
    spelling = found["unit"].replace("月", "か月") if found["unit"] == "月" else found["unit"]
    name, factor = unit(spelling)
    amount = convert(Decimal("0.5"), factor)
    return Figure(found.end(), amount, amount, name, True, "半", spelling)


def _tenths(found: re.Match[str]) -> Decimal:
    percent, tenth = value(found["bu"] or "0"), value(found["rin"] or "0")
    return (percent or Decimal(0)) + (tenth or Decimal(0)) / 10


def _smaller(line: str, read: Figure, own: frozenset[str]) -> tuple[int, Decimal]:
    """Give the end and the sum of the smaller units that follow at once."""
    end, more, spelling = read.end, Decimal(0), read.spelling
    while (smaller := SUBUNITS.get(spelling)) and (part := _single(line, end + (line[end : end + 1] in _AND), own)):
        if not part.known or part.unit != read.unit or not any(unit in part.spelling for unit in smaller):
            break
        end, more, spelling = part.end, more + part.low, part.spelling
    return end, more


def _single(line: str, at: int, own: frozenset[str]) -> Figure | None:
    number = _NUMBER.match(line, at)
    amount = value(number.group()) if number else None
    if number is None or amount is None:
        return None
    end = number.end()
    after = (after_kanji if line[at] in KANJI else after_number)(own).match(line, end)
    groups = after.groupdict() if after else {}
    known = groups.get("unit")
    spelling = known or groups.get("other")
    if after is None or spelling is None or spelling in _NO_UNIT:
        return Figure(end, amount, amount, "", False, number.group(), "")
    if _NOT_COUNTED.match(line, after.end()):
        return None
    name, factor = unit(known) if known else (spelling, 1)
    low = convert(amount, Fraction(factor))
    marks: tuple[Mark, ...] = ("over",) if groups["more"] else ()
    return Figure(after.end(), low, low, name, bool(known), number.group(), spelling, marks)


def _banded(line: str, read: Figure) -> Figure:
    """Read 60%台 as from 60 to below 70 %, 37%台 as from 37 to below 38 %."""
    if not read.known or read.low != read.high or not _BAND.match(line, read.end):
        return read
    amount = value(read.number) or Decimal(1)
    step = Decimal(1).scaleb(int(amount.normalize().as_tuple().exponent))
    return replace(read, high=read.low + convert(step, unit(read.spelling).factor), marks=("band",))


def _tenth_rate(line: str, at: int) -> Figure | None:
    """Read 2分5厘 and 3厘 as 2.5 % and 0.3 %, and 2分 as 2 % where it is said of a rate; else 分 are minutes."""
    found = _PER_MILLE.match(line, at)
    if found is None and _OF_RATE.search(line, max(0, at - 8), at):
        found = _PER_CENT.match(line, at)
    if found is None or found.group() == "九分九厘":
        return None
    groups = found.groupdict()
    percent = (value(groups["bu"] or "0") or Decimal(0)) + (value(groups.get("rin") or "0") or Decimal(0)) / 10
    return Figure(found.end(), percent, percent, "%", True, found.group()[0], "厘")


def _two_or_three(first: Figure, second: Figure | None) -> Figure | None:
    if second is None or not second.known or len(first.number) > 1 or first.low + 1 != value(second.number):
        return None
    return replace(second, low=convert(first.low, unit(second.spelling).factor), marks=("about",))


def _joined(first: Figure, second: Figure, *, dash: bool) -> Figure | None:
    """Return the range from `first` to `second`, or None when the two are no range."""
    low = first.low
    if not first.unit and second.unit:
        low = convert(low * shared_scale(first.number, second.number), unit(second.spelling).factor)
    elif first.unit != second.unit:
        return None
    if low >= second.high or (dash and not second.known):
        return None
    return replace(second, low=low, number=first.number)
