"""Working hours: how long sales has had, and until when."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import NamedTuple

from msglint.guide.sales import Calendar

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MOST_DAYS = 4_000
_DAY = re.compile(r"\s*(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?", re.ASCII)


class Hours(NamedTuple):
    """The hours of one working day, in UTC."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """Counts hours: all of them, or with a `calendar` those of business only, holidays left out."""

    zone: tzinfo
    calendar: Calendar | None = None
    holidays: frozenset[date] = frozenset()

    def after(self, start: datetime, hours: float) -> datetime:
        """Return the moment when `hours` have passed since `start`; with no working day in sight the last one seen."""
        left = timedelta(hours=hours)
        if self.calendar is None:
            return start + left
        end = start
        for opens, closes in self._working(start):
            begins = max(opens, start)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
            end = closes
        return end

    def between(self, start: datetime, end: datetime) -> float:
        """Return how many hours passed from `start` to `end`, 0 when `end` is earlier."""
        if self.calendar is None:
            return max((end - start).total_seconds() / 3600, 0.0)
        spent = timedelta()
        for opens, closes in self._working(start):
            if opens >= end:
                break
            spent += max(min(closes, end) - max(opens, start), timedelta())
        return spent.total_seconds() / 3600

    def _working(self, start: datetime) -> Iterator[Hours]:
        """Yield the working days that are not over at `start`."""
        assert self.calendar is not None
        opens, closes = (_minutes(text) for text in self.calendar.hours.split("-"))
        first = start.astimezone(self.zone).date()
        for day in islice(_days(first), _MOST_DAYS):
            if _WEEK[day.weekday()] not in self.calendar.workdays or day in self.holidays:
                continue
            hours = Hours(self._at(day, opens), self._at(day, closes))
            if hours.closes > start:
                yield hours

    def _at(self, day: date, minutes: int) -> datetime:
        days, rest = divmod(minutes, 24 * 60)
        local = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), self.zone)
        return local.astimezone(UTC)


def holidays_in(rows: Iterable[str]) -> frozenset[date]:
    """Return the days that lines of a CSV begin with (as the Cabinet Office's list of holidays does)."""
    found = (_DAY.match(unicodedata.normalize("NFKC", row)) for row in rows)
    return frozenset(date(int(m[1]), int(m[2]), int(m[3])) for m in found if m)


def _days(first: date) -> Iterator[date]:
    while True:
        yield first
        first += timedelta(days=1)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
