"""From how much on: the figures of a definition, as limits that another definition may contradict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from msglint.analysis.definitions.reading import Difference, Reading
from msglint.model import Text

_ASPECT = Text("数の条件", "the figure")
_PERIOD = Text("期間の区切り", "the period")
_COUNTED = frozenset({"つ", "個", "項目", "要素", "種類", "条件", "件", "問", "指標", "領域", "分野", "段階", "回", ""})
_DAYS_IN_MONTH = 30
_UPPER = frozenset({"at_most", "under"})
_LOWER = frozenset({"at_least", "over"})
_REACHED = re.compile(
    r"[^、。]{0,8}(?:満た|達|到達|超|そろ|揃|確認|クリア|当てはま|該当|なっ|なる|経|過ぎ|続|勤|在籍|保管|保存|前|後|間|の|だけ"
    r"|組み合わせ|を|が)"
)
_ALL = re.compile(
    r"(?:すべて|全て|全部|全項目|全員)(?:の[^、。]{1,6})?(?:が|を)?(?:満た|確認|そろ|揃|クリア|当てはま|該当)"
)
_HALF_YEAR = re.compile(r"半年間?(?!ごと|に[1一])(?:(?P<most>以内|未満|まで)|(?P<least>以上|を?超))?")
_OUT_OF = re.compile(r"(?:の[^、。の]{1,6})?の?(?:うち|中の)")
_N = r"(?P<n>[0-9]{1,3})"
_EVERY = r"(?:ごと|おき|毎|に(?:[0-9一]回|[一1]度)|あたり|当たり|に(?!わた|及|以|1[0-9]))"
_SPANS = (
    (
        365,
        r"年間(?!以|[0-9])|年次|毎年|各年|(?<!半)年ごと|年額|一年|年に[0-9一]|(?<![0-9半])年[0-9一]回|会計年度|毎期|12倍"
        rf"|{_N}年(?:間の|{_EVERY})",
    ),
    (182, r"半年(?:ごと|に|おき)|半期"),
    (91, r"四半期"),
    (
        30,
        r"月次|毎月|(?<![かヶカ])月ごと|月額|月々|12で割|月間|ひと月|一[かヶカ]月|単月|月に[0-9一]"
        rf"|(?<![0-9かヶカ])月[0-9一]回|{_N}[かヶカ]月(?:間の|{_EVERY})",
    ),
    (7, rf"週次|毎週|(?<![0-9])週(?:間)?ごと|週に[0-9一]|(?<![0-9])週[0-9一]回|隔週|{_N}週(?:間)?{_EVERY}"),
    (1, rf"日次|毎日|(?<![0-9])日ごと|{_N}日(?:間)?{_EVERY}"),
)


@dataclass(frozen=True, slots=True)
class _Limit:
    low: Decimal
    high: Decimal
    side: int
    words: str
    at: int
    loose: bool
    slack: Decimal = Decimal(0)


def other_limit(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield each kind of figure that both give and of which no figure agrees."""
    ours, theirs = _limits(guide), _limits(article)
    for unit, mine in ours.items():
        # Where the guide sets a limit (80点以上), a figure that is only mentioned (2つの軸) is none.
        firm = all(a.side for a in mine)
        limits = [b for b in theirs.get(unit, []) if not (b.loose and firm)]
        if limits and not any(_agree(a, b) for a in mine for b in limits):
            yield Difference(_ASPECT, mine[0].words, limits[0].words, limits[0].at)


def other_period(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where one definition counts by the year and the other by the month or the like."""
    ours, theirs = _spans(guide), _spans(article)
    if ours and theirs and not any(abs(a - b) * 10 <= a for a in ours for b in theirs):
        words, at = next(iter(theirs.values()))
        yield Difference(_PERIOD, next(iter(ours.values()))[0], words, at)


def _spans(reading: Reading) -> dict[int, tuple[str, int]]:
    """Return the lengths of the periods by which a definition counts, in days."""
    found = dict[int, tuple[str, int]]()
    for days, pattern in _SPANS:
        for m in re.finditer(pattern, reading.text):
            if reading.holds(*m.span()):
                times = int(m["n"]) if "n" in m.re.groupindex and m["n"] else 2 if m.group() == "隔週" else 1
                found.setdefault(days * times, (m.group(), m.start()))
    return found


def _limits(reading: Reading) -> dict[str, list[_Limit]]:
    found = defaultdict[str, list[_Limit]](list)
    for quantity in reading.quantities:
        start, end = quantity.outer
        if quantity.role or not reading.holds(start, end) or _OUT_OF.match(reading.text, end):
            continue
        loose = not quantity.marks and not _REACHED.match(reading.text, end)
        unit, factor, stretch = _unit(quantity.unit)
        if unit != "時間" and not quantity.marks and quantity.low == quantity.high == 1:
            continue
        side = -1 if _UPPER & set(quantity.marks) else 1 if _LOWER & set(quantity.marks) else 0
        words = reading.text[start:end].strip()
        low, high = quantity.low * factor, quantity.high * factor * stretch
        slack = Decimal("0.05") if unit == "時間" else Decimal(0)
        found[unit].append(_Limit(low, high, side, words, start, loose, slack))
    for m in _HALF_YEAR.finditer(reading.text):
        if reading.holds(*m.span()):
            side = -1 if m["most"] else 1 if m["least"] else 0
            half = Decimal(_DAYS_IN_MONTH * 24 * 6)
            found["時間"].append(_Limit(half, half, side, m.group(), m.start(), not side, Decimal("0.05")))
    if (whole := _ALL.search(reading.text)) and reading.holds(*whole.span()):
        found["つ"].append(_Limit(Decimal(-1), Decimal(-1), 0, whole.group(), whole.start(), loose=False))
    return found


def _unit(unit: str) -> tuple[str, int, Decimal]:
    """Return the unit that figures of `unit` are compared in, how many of it one is, and how far that may stretch."""
    if unit in _COUNTED:
        return "つ", 1, Decimal(1)
    if unit == "か月":
        return "時間", _DAYS_IN_MONTH * 24, Decimal(1)
    # Ten working days are two weeks.
    return ("時間", 24, Decimal("1.5")) if unit == "営業日" else (unit, 1, Decimal(1))


def _agree(a: _Limit, b: _Limit) -> bool:
    if a.side * b.side < 0:
        return False
    # A month is 28 to 31 days and a year 365: 5 in a hundred are not a different length of time.
    near = abs(a.low - b.low) <= abs(a.low) * a.slack and abs(a.high - b.high) <= abs(a.high) * a.slack
    exact = a.low == a.high and b.low == b.high
    stretched = (a.low == a.high) != (b.low == b.high) and a.low <= b.high and b.low <= a.high
    return near or (not exact and stretched)
