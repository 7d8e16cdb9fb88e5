"""Every figure against numbers worked out by hand, or given by statsmodels or in the literature."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msglint.guide.sales import Calendar, Handoff, Mql
from msglint.loop.clock import Clock
from msglint.loop.intervals import Share, counted, moved
from msglint.loop.metrics import (
    Limit,
    band,
    conversion,
    mqls,
    response,
    spoken_of,
    sqls,
    temperature_gap,
    usefulness,
    win_rate,
)
from msglint.loop.model import Deal, Feedback, FeedbackItem, Handover, Lead, Period, Verdict
from msglint.loop.velocity import Velocity, contributions, moved_most, product, velocity
from msglint.model import Text
from msglint.proportion import wilson

TOKYO = ZoneInfo("Asia/Tokyo")
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [  # the lower bounds of the design, all of them the values that statsmodels gives for method="wilson"
        (1, 1, 0.207, 1.0),
        (3, 3, 0.439, 1.0),
        (8, 10, 0.490, 0.943),
        (18, 20, 0.699, 0.972),
        (40, 50, 0.670, 0.888),
        (0, 10, 0.0, 0.278),
        (0, 0, 0.0, 1.0),
        (6, 20, 0.145, 0.519),
        (120, 400, 0.257, 0.347),
    ],
)
def test_wilson(k: int, n: int, low: float, high: float) -> None:
    assert tuple(wilson(k, n)) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_solves_the_equation_that_defines_it(k: int, more: int) -> None:
    n = k + more
    low, high = wilson(k, n)
    assert 0 <= low <= high <= 1
    for bound in (low, high):
        if 0 < bound < 1 and n:  # the bounds are the shares that lie just z standard errors from k/n
            assert abs(k / n - bound) == pytest.approx(1.959964 * math.sqrt(bound * (1 - bound) / n), abs=1e-9)


@pytest.mark.parametrize(("k", "n"), [(2, 1), (-1, 5)])
def test_shares_that_cannot_be(k: int, n: int) -> None:
    with pytest.raises(ValueError, match=f"{k} of {n}"):
        wilson(k, n)


def test_small_numbers_are_said_to_be_small() -> None:
    assert Share(8, 10).said() == Text(
        "80.0%(8/10件、95%区間 49〜94%、件数が少ない)", "80.0% (8/10, 95% interval 49 to 94%, few cases)"
    )
    assert Share(40, 50).said().ja == "80.0%(40/50件、95%区間 67〜89%)"
    assert Share(0, 0).said() == Text("対象なし", "no cases")


POINTS = Text("ポイント", " points")


def test_a_change_that_noise_explains_is_called_noise() -> None:
    down = moved(Share(20, 60), Share(18, 60))  # 33.3% to 30.0%
    assert down.noise is True
    assert down.said(POINTS) == Text("3ポイント減(偶然のゆらぎの範囲)", "down 3 points (within noise)")
    clear = moved(Share(120, 400), Share(80, 400))  # 30% to 20% with 400 each
    assert clear.noise is False
    assert clear.said(POINTS).en == "down 10 points (more than noise)"
    assert moved(Share(0, 0), Share(1, 2)).said(POINTS).en == "cannot be compared"
    assert moved(Share(1, 2), Share(1, 2)).said(POINTS).en == "no change (within noise)"


def test_the_difference_of_two_shares_is_newcombes() -> None:
    # Newcombe 1998, table II, example (a): 56/70 and 48/80 give 0.0524 to 0.3339 by method 10
    interval = moved(Share(48, 80), Share(56, 70)).interval
    assert tuple(interval) == pytest.approx((5.24, 33.39), abs=0.01)


def test_counts_of_months_of_different_length() -> None:
    assert counted(60, 64, 30, 31).noise is True
    fewer = counted(60, 30, 30, 31)
    assert fewer.noise is False
    assert fewer.change == pytest.approx(-32.0)
    assert counted(0, 0, 30, 31).noise is None
    assert counted(0, 3, 30, 31).noise is True
    assert counted(0, 10, 30, 31).noise is False
    assert counted(30, 28, 31, 28).change == pytest.approx(28 - 30 * 28 / 31)


HANDED = [
    Handover("csv:1", at(10, 1, 0), "crm", sql_at=at(10, 20)),
    Handover("csv:2", at(10, 1, 9), "crm", sql_at=at(11, 5)),
    Handover("csv:3", at(10, 31, 23, 59), "crm"),
    Handover("csv:4", at(9, 30, 23, 59), "crm", sql_at=at(10, 1, 8)),
    Handover("csv:5", at(11, 1, 0), "crm"),
    Handover("csv:6", at(10, 2), "crm"),
]


def test_mqls_and_sqls_of_a_month_of_the_organisations_zone() -> None:
    assert mqls(HANDED, OCTOBER, TOKYO) == 4
    assert sqls(HANDED, OCTOBER, TOKYO) == 2
    utc = ZoneInfo("UTC")  # where csv:1 falls into September and csv:5 into October
    assert [mqls([HANDED[n]], OCTOBER, zone) for n in (0, 4) for zone in (TOKYO, utc)] == [1, 0, 0, 1]


def test_conversion_is_of_a_cohort_and_leaves_the_young_out() -> None:
    found = conversion(HANDED, OCTOBER, at(11, 15), TOKYO)
    # mature on 15 November: 1, 2 and 6; 1 within 30 days, 2 after 35, 6 not; 3 is 15 days old
    assert (found.share, found.immature) == (Share(1, 3), 1)
    assert conversion(HANDED, OCTOBER, at(12, 31), TOKYO).share == Share(1, 4)
    assert conversion(HANDED, OCTOBER, at(12, 31), TOKYO, days=60).share == Share(2, 4)
    early = conversion(HANDED, OCTOBER, at(10, 10), TOKYO)
    assert (early.share, early.immature) == (Share(0, 0), 3)


def limited(clock: Clock, hours: float = 24) -> object:
    return lambda handover: Limit(clock.after(handover.mql_at, hours), clock.between)


def test_response_counts_called_and_overdue() -> None:
    def called(number: int, moment: datetime | None, *, clocked: bool = True) -> Lead:
        return Lead(f"csv:{number}", "csv", str(number), called_at=moment, clocked=clocked)

    handed = [Handover(f"csv:{n}", at(10, 5), "crm") for n in range(1, 7)] + [Handover("csv:7", at(10, 30), "crm")]
    people = [
        called(1, at(10, 5, 12)),  # 2 hours
        called(2, at(10, 6, 10)),  # 24 hours: in time
        called(3, at(10, 6, 14)),  # 28 hours: late
        called(4, None),  # overdue
        called(5, at(10, 6), clocked=False),
        called(6, at(11, 9)),  # called after the day of the report: overdue by then
        called(7, None),  # not due
    ]
    found = response(handed, people, OCTOBER, at(10, 31, 9), TOKYO, limited(Clock(TOKYO)))  # type: ignore[arg-type]
    assert found.share == Share(2, 5)
    assert (found.overdue, found.pending, found.unclocked, found.unruled) == (("csv:4", "csv:6"), 1, 1, 0)
    assert (found.median, found.p90) == pytest.approx((24, 24 + 0.8 * 4))  # of 2, 24, 28: numpy.percentile gives 27.2
    business = response(
        [Handover("csv:1", at(10, 30, 17, 30), "crm")],
        [called(1, at(11, 2, 9, 30))],
        OCTOBER,
        at(11, 2),
        TOKYO,
        limited(Clock(TOKYO, Calendar())),  # type: ignore[arg-type]
    )
    assert (business.share, business.median, business.p90) == (Share(1, 1), 1.0, 1.0)
    nothing = response(handed, people, OCTOBER, at(10, 31), TOKYO, lambda handover: None)
    assert (nothing.share, nothing.median, nothing.unruled) == (Share(0, 0), None, 7)


def deal(number: int, opened: date | None, closed: date | None = None, **known: object) -> Deal:
    base = Deal(f"csv:{number}", "csv", str(number), opened_on=opened, closed_on=closed)
    return replace(base, **known)  # type: ignore[arg-type]


DEALS = [
    deal(1, date(2026, 8, 1), date(2026, 10, 10), outcome="won", amount=1_000_000),  # 70 days
    deal(2, date(2026, 9, 1), date(2026, 10, 1), outcome="won", amount=3_000_000),  # 30 days
    deal(3, date(2026, 9, 1), date(2026, 10, 31), outcome="lost", amount=9_000_000),
    deal(4, date(2026, 9, 1), date(2026, 11, 1), outcome="won", amount=5_000_000),  # closed after the period
    deal(5, date(2026, 10, 31)),
    deal(6, date(2026, 11, 1)),  # opened after the period
    deal(7, date(2026, 1, 1), date(2026, 9, 30), outcome="lost"),  # closed before it, within the year
    deal(8, date(2025, 1, 1), date(2025, 10, 31), outcome="won", amount=7_000_000),  # more than a year ago
    deal(9, None, date(2026, 10, 5), outcome="won", amount=None),
]


def test_win_rate() -> None:
    assert win_rate(DEALS, OCTOBER) == Share(3, 4)


def test_velocity_says_its_four_factors_and_withholds_the_product_of_few() -> None:
    found = velocity(DEALS, OCTOBER)
    assert found == Velocity(5, 2_000_000.0, Share(3, 5), 50.0, without_amount=1, without_days=1)
    assert (found.enough, found.missing, found.value) == (False, 15, None)
    assert found.product == pytest.approx(5 * 2_000_000 * 0.6 / 50)
    nothing = velocity([], OCTOBER)
    assert (nothing.amount, nothing.days, nothing.value, nothing.product) == (None, None, None, None)


def test_the_product_of_the_design() -> None:
    value = product(43, 2_981_387, 0.408, 67.8)
    assert value == pytest.approx(771_466.87, abs=0.01)
    assert round(value or 0, -3) == 771_000
    assert product(43, 2_981_387, 0.408, 0) is None


def test_velocity_with_enough_deals() -> None:
    many = [
        deal(n, date(2026, 9, 1), date(2026, 10, 1), outcome="won" if n % 2 else "lost", amount=100) for n in range(20)
    ]
    found = velocity(many, OCTOBER)
    assert found.value == pytest.approx(20 * 100 * 0.5 / 30)


def test_which_factor_moved() -> None:
    before = Velocity(40, 3_000_000.0, Share(20, 50), 60.0)
    after = Velocity(44, 3_000_000.0, Share(20, 50), 90.0)
    made = contributions(before, after)
    assert made is not None
    assert made == {
        "number": pytest.approx(math.log(1.1)),
        "amount": 0.0,
        "win_rate": 0.0,
        "days": pytest.approx(-math.log(1.5)),
    }
    assert sum(made.values()) == pytest.approx(math.log((after.product or 0) / (before.product or 1)))
    assert moved_most(before, after) == "days"
    assert moved_most(before, before) is None
    assert moved_most(velocity([], OCTOBER), after) is None


def test_usefulness_is_ranked_by_the_lower_bound_with_one_voice_a_deal() -> None:
    items: list[FeedbackItem] = []
    said: list[Feedback] = []

    def say(sheet: str, version: str, deal: str, verdict: Verdict, day: int = 5) -> None:
        said.append(Feedback(str(len(said)), date(2026, 10, day), "営業A", deal=deal))
        items.append(FeedbackItem(said[-1].id, sheet, version, verdict, "理由"))

    for n in range(10):
        say("wide", "1", f"d{n}", "helped" if n < 8 else "not_usable")
    say("lucky", "1", "d1", "helped")
    say("changed", "1", "d1", "not_usable", day=4)
    say("changed", "1", "d1", "helped", day=6)
    say("changed", "1", "d2", "shown_no_effect")
    say("changed", "2", "d2", "not_used")
    found = usefulness(items, said, OCTOBER)
    assert [(one.sheet, one.version, one.used, one.shown) for one in found] == [
        ("wide", "1", Share(8, 10), Share(10, 10)),
        ("lucky", "1", Share(1, 1), Share(1, 1)),
        ("changed", "1", Share(1, 2), Share(2, 2)),
        ("changed", "2", Share(0, 0), Share(0, 1)),
    ]
    assert usefulness(items, said, Period(date(2026, 11, 1), date(2026, 12, 1))) == []


def test_temperature_gap() -> None:
    assert [band(Decimal(score), Decimal(80)) for score in (-20, 19, 20, 39, 40, 79, 80, 119, 120)] == [
        1, 1, 2, 2, 3, 3, 4, 4, 5,
    ]  # fmt: skip
    handed = [
        Handover(f"csv:{n}", at(10, 1), "guide", Decimal(score), "1") for n, score in enumerate((80, 80, 130, 80))
    ]
    temperatures = ((0, 3), (1, 2), (2, 3), (7, 1))
    said = [
        Feedback(str(i), date(2026, 10, 5), "営業A", lead=f"csv:{n}", temperature=t)
        for i, (n, t) in enumerate(temperatures)
    ]
    said.append(Feedback("9", date(2026, 10, 9), "営業A", lead="csv:0", temperature=1))  # its second: the first counts
    said.append(Feedback("8", date(2026, 10, 5), "営業A", lead="csv:3"))
    rules = [Handoff("1", Mql(Decimal(80)))]
    month = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert temperature_gap(said, [], handed, rules, month) == Share(2, 3)
    assert temperature_gap(said, [], handed, rules, Period(date(2026, 10, 6), date(2026, 11, 1))) == Share(1, 1)


def test_warmth_is_judged_by_the_rules_that_gave_the_score() -> None:
    """75 points were over the threshold of 70, and are under that of 80."""
    handed = [Handover("csv:1", at(9, 1), "guide", Decimal(75), "old"), Handover("csv:2", at(9, 1), "crm")]
    said = [Feedback(str(n), date(2026, 10, 5), "営業A", lead=f"csv:{n}", temperature=5) for n in (1, 2)]
    month = Period(date(2026, 10, 1), date(2026, 11, 1))
    cold = [replace(one, temperature=2) for one in said]
    rules = [Handoff("old", Mql(Decimal(70))), Handoff("new", Mql(Decimal(80)))]
    assert temperature_gap(said, [], handed, rules, month) == Share(0, 1)
    assert temperature_gap(cold, [], handed, rules, month) == Share(1, 1)


def test_what_is_said_of_a_deal_is_said_of_its_lead() -> None:
    handed = [Handover("csv:1", at(9, 1), "guide", Decimal(80), "1")]
    deals = [replace(deal(1, date(2026, 9, 1)), lead="csv:1"), deal(2, date(2026, 9, 1))]
    said = [Feedback(str(n), date(2026, 10, 5), "営業A", deal=one.id, temperature=1) for n, one in enumerate(deals)]
    month = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert temperature_gap(said, deals, handed, [Handoff("1", Mql(Decimal(80)))], month) == Share(1, 1)
    assert spoken_of(deals, [Feedback("1", date(2026, 10, 5), "営業A", lead="csv:1")]) == deals[:1]
    assert spoken_of(deals, said) == deals


def test_a_year_that_ends_on_a_leap_day() -> None:
    leap = Period(date(2028, 2, 1), date(2028, 2, 29))
    old = deal(1, date(2027, 1, 1), date(2027, 2, 28), outcome="won", amount=1)
    new = deal(2, date(2027, 1, 1), date(2027, 3, 1), outcome="won", amount=1)
    assert velocity([old, new], leap).won == Share(1, 1)
    assert (new.closed_on or leap.since) - (old.closed_on or leap.since) == timedelta(days=1)
