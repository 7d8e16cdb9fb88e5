"""The months and quarters that reviews are held of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from msglint.loop.model import Misread, Period
from msglint.model import Text

Kind = Literal["monthly", "quarterly"]
State = Literal["future", "running", "over"]

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-[Qq]([1-4])")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_FIRST, _LAST = 2000, 2099


@dataclass(frozen=True, slots=True)
class Span:
    """A month (2026-10) or a quarter of the calendar year (2026-Q3), by its name, with its days."""

    name: str
    days: Period
    months: int

    @property
    def said(self) -> Text:
        """What it is called in a sentence."""
        first = self.days.since
        if self.months == 1:
            return Text(f"{first.year}年{first.month}月", f"{_MONTHS[first.month - 1]} {first.year}")
        last = first.month + self.months - 1
        return Text(
            f"{first.year}年{first.month}〜{last}月",
            f"{_MONTHS[first.month - 1]} to {_MONTHS[last - 1]} {first.year}",
        )

    @property
    def short(self) -> Text:
        """What it is called under a column."""
        if self.months == 1:
            return Text(f"{self.days.since.month}月", _MONTHS[self.days.since.month - 1][:3])
        return Text(self.name[-2:], self.name[-2:])

    def state(self, today: date) -> State:
        """Whether it has not begun on `today`, is not over yet, or is over."""
        if today < self.days.since:
            return "future"
        return "running" if today < self.days.until else "over"

    def until(self, today: date) -> Period:
        """Return its days up to and including `today`, all of them when it is over or has not begun."""
        if self.state(today) != "running":
            return self.days
        return Period(self.days.since, date.fromordinal(today.toordinal() + 1))

    def before(self, count: int) -> tuple[Span, ...]:
        """Return the `count` months or quarters before it, the earliest first."""
        firsts = [_later(self.days.since, -self.months * back) for back in range(count, -1, -1)]
        return tuple(_span(since, until, self.months) for since, until in pairwise(firsts))


def month(name: str) -> Span:
    """Return the month called `name`; raises Misread when there is no such month."""
    found = _MONTH.fullmatch(name)
    if found is None or not 1 <= int(found[2]) <= 12 or not _FIRST <= int(found[1]) <= _LAST:
        raise Misread(
            f"「{name}」という月はありません。2026-10 のように書いてください。",
            f"{name} is no month. Write it like 2026-10.",
        )
    first = date(int(found[1]), int(found[2]), 1)
    return _span(first, _later(first, 1), 1)


def quarter(name: str) -> Span:
    """Return the quarter of the calendar year called `name`; raises Misread when there is no such quarter."""
    found = _QUARTER.fullmatch(name)
    if found is None or not _FIRST <= int(found[1]) <= _LAST:
        raise Misread(
            f"「{name}」という四半期はありません。2026-Q3(7〜9月)のように書いてください。",
            f"{name} is no quarter. Write it like 2026-Q3 (July to September).",
        )
    first = date(int(found[1]), 3 * int(found[2]) - 2, 1)
    return _span(first, _later(first, 3), 3)


def named(name: str) -> Span:
    """Return the month or quarter called `name`; raises Misread when there is neither."""
    return quarter(name) if "q" in name.lower() else month(name)


def _span(since: date, until: date, months: int) -> Span:
    name = f"{since:%Y-%m}" if months == 1 else f"{since.year}-Q{(since.month + 2) // 3}"
    return Span(name, Period(since, until), months)


def _later(day: date, months: int) -> date:
    """Return the first of the month that lies `months` after that of `day`."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
