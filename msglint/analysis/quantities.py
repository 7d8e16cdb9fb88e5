"""Figures in Japanese text: 37.2%, 三割七分, 約4割, 1万2,000社, 24時間以内, 2〜5点, +1.0ポイント.

What counts something is a figure; what names something is not: years, dates, times, ordinals, versions,
identifiers, ratios (1対3), and indefinite numbers (数百社, 半数). When in doubt, it is not one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from msglint.analysis.agreement import agrees
from msglint.analysis.figures import Figure, figure, fraction
from msglint.analysis.marks import Mark, Role, surroundings
from msglint.analysis.naming import is_attached, is_name, name_end
from msglint.analysis.numerals import DIGITS, KANJI, narrow
from msglint.analysis.units import canonical
from msglint.analysis.years import YearMention, years
from msglint.expression import expression

__all__ = ["Mark", "Quantity", "Role", "YearMention", "agrees", "canonical", "quantities", "years"]

_COUNTERS = (
    "割厘%％パポﾊﾎ㌫㌽時分秒日営週箇個かカヵヶケ年円ドペ倍米社人名件点回台本枚冊店校施団部拠種項段歳文つ余"
    "以未超を品坪世言業"
)
_HALVED = "年月日時かヶケヵカ箇"
_RUN = expression(rf"[0-9{KANJI}]+(?:[.,・][0-9{DIGITS}]+)*")
_URL = expression(r"[A-Za-z]+://[!-~]+")
_CURRENCY = {"$": "ドル", "¥": "円", "€": "ユーロ"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text.

    `start` to `end` is the figure with its unit, without sign and marks (37.2% in 約37.2%以上); `outer` takes
    them in. `low` and `high` are in `unit`, the canonical one ("" for a bare number), and equal unless it is a
    range (2〜5点) or a band (60%台). `marks` say how it is meant, in reading order. `signed`: a sign is written.
    `role`: "per" for the base of a rate (1社当たり, 100点満点), "sample" for how many were asked (500社のうち, n=300).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    text: str
    marks: tuple[Mark, ...]
    outer: tuple[int, int]
    signed: bool
    role: Role | None

    @property
    def per(self) -> bool:
        """Whether it is the base of a rate, not a figure about something."""
        return self.role == "per"


def quantities(text: str, own: frozenset[str] = frozenset()) -> tuple[Quantity, ...]:
    """Return the figures in `text`, in reading order, without overlap; `own` are a guide's units beside the known."""
    if not _candidates(own).present.search(text):
        return ()
    line = narrow(text)
    if "://" in line:
        line = _URL.sub(lambda found: "\ufffc" * len(found.group()), line)
    return tuple(_scan(text, line, own))


class _Candidates(NamedTuple):
    """What shows that a text has figures, and where in narrow text one may begin."""

    present: re.Pattern[str]
    candidate: re.Pattern[str]


@functools.lru_cache(maxsize=8)
def _candidates(own: frozenset[str]) -> _Candidates:
    counters = _COUNTERS + re.escape("".join(sorted({unit[0] for unit in own})))
    return _Candidates(
        expression(f"[0-9０-９半{KANJI}](?:(?<=[0-9０-９])|(?<=半)(?=[{_HALVED}])|(?<!半)(?=[{counters}]))"),
        expression(
            f"[0-9半{KANJI}](?:(?<=[0-9])|(?<=半)(?<![前後上下大過夜一数{KANJI}0-9年月日間倍]半)(?=[{_HALVED}])"
            f"|(?<!半)[{KANJI}]{{0,24}}(?=[{counters}]|(?:[・、〜-]|から|ないし)[{KANJI}]))"
        ),
    )


def _scan(text: str, line: str, own: frozenset[str]) -> Iterator[Quantity]:
    at, candidate = 0, _candidates(own).candidate
    while found := candidate.search(line, at):
        start = found.start()
        at = name_end(line, start)
        if at > start:
            continue
        run = _RUN.match(line, start)
        past = run.end() if run else start + 1
        at, read = fraction(line, start)
        if at == start:
            read = figure(line, start, own)
        quantity = read and _quantity(text, line, start, read)
        if quantity:
            yield quantity
        at = max(at, read.end if read else past, start if quantity else past)


def _quantity(text: str, line: str, start: int, read: Figure) -> Quantity | None:
    unit = read.unit
    if not unit and start and line[start - 1] in _CURRENCY:
        start, unit = start - 1, _CURRENCY[line[start - 1]]
    if is_attached(line, start, read):
        return None
    around = surroundings(line, start, read.end + ("band" in read.marks), unit)
    if is_name(line, start, read, around):
        return None
    marks = dict.fromkeys((*around.marks, *read.marks))
    low = -read.low if around.sign < 0 else read.low
    high = low if read.low == read.high else read.high
    return Quantity(
        start,
        read.end,
        _simplest(low),
        _simplest(high),
        unit,
        text[start : read.end],
        tuple(marks),
        around[:2],
        around.sign != 0,
        around.role,
    )


def _simplest(number: Decimal) -> Decimal:
    """Return 15000 for 1.5万's 15000.0, so that equal figures are also written alike."""
    return Decimal(f"{number.normalize():f}")
