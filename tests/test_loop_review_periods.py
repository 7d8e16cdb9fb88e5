"""Months and quarters: their names, days and neighbours."""

from __future__ import annotations

from datetime import date

import pytest

from msglint.loop.model import Misread, Period
from msglint.loop.review.periods import month, named, quarter


def test_a_month() -> None:
    october = month("2026-10")
    assert october.days == Period(date(2026, 10, 1), date(2026, 11, 1))
    assert october.said == ("2026年10月", "October 2026")
    assert october.short == ("10月", "Oct")
    assert [one.name for one in month("2026-02").before(3)] == ["2025-11", "2025-12", "2026-01"]
    assert month("2028-02").days.days == 29


def test_a_quarter_is_of_the_calendar_year() -> None:
    third = quarter("2026-Q3")
    assert third.days == Period(date(2026, 7, 1), date(2026, 10, 1))
    assert third.said == ("2026年7〜9月", "July to September 2026")
    assert [one.name for one in quarter("2026-Q1").before(2)] == ["2025-Q3", "2025-Q4"]
    assert quarter("2026-q4").name == "2026-Q4"
    assert named("2026-Q3") == third
    assert named("2026-10") == month("2026-10")


@pytest.mark.parametrize(
    ("today", "state", "until"),
    [
        (date(2026, 9, 30), "future", date(2026, 11, 1)),
        (date(2026, 10, 1), "running", date(2026, 10, 2)),
        (date(2026, 10, 31), "running", date(2026, 11, 1)),
        (date(2026, 11, 1), "over", date(2026, 11, 1)),
    ],
)
def test_how_far_it_has_come(today: date, state: str, until: date) -> None:
    assert month("2026-10").state(today) == state
    assert month("2026-10").until(today) == Period(date(2026, 10, 1), until)


@pytest.mark.parametrize(
    "name", ["2026-13", "2026-00", "2026-1", "202610", "２０２６-10", "1999-12", "10月", "", "2026-Q3"]
)
def test_what_is_no_month(name: str) -> None:
    with pytest.raises(Misread, match=r"is no month. Write it like 2026-10\."):
        month(name)


@pytest.mark.parametrize("name", ["2026-Q5", "2026-Q0", "2026Q3", "Q3", "2026-03"])
def test_what_is_no_quarter(name: str) -> None:
    with pytest.raises(Misread, match=r"is no quarter\."):
        quarter(name)
