"""The threshold: what it is worth, when another one is suggested, and that nothing is said of what nobody tried."""

from __future__ import annotations

import math
import random

import pytest

from msglint.loop.threshold import Advice, Case, advise, curve


def cases(*groups: tuple[float, int, int]) -> list[Case]:
    """Return for each group (score, SQLs, leads) its cases."""
    return [Case(score, number < sqls) for score, sqls, leads in groups for number in range(leads)]


def test_what_a_threshold_is_worth_by_hand() -> None:
    found = curve(cases((80, 1, 10), (90, 5, 10)), 80)
    # 80: 6 − 0.3·20; 85 and 90: 5 − 0.3·10
    assert [(point.threshold, point.value) for point in found.points] == [(80, 0.0), (85, 2.0), (90, 2.0)]
    assert found.best == 85  # of 85 and 90, which are worth the same, the nearer one
    assert found.floor == 80


def test_the_cost_is_what_a_further_lead_has_to_be_worth() -> None:
    found = curve(cases((80, 1, 10), (90, 5, 10)), 80, cost=0.05)
    assert [point.value for point in found.points] == [5.0, 4.5, 4.5]
    assert found.best == 80


def test_leads_called_to_learn_stand_for_those_like_them() -> None:
    learnt = [Case(70, sql, 5.0) for sql in (True, True, False, False)]
    found = curve(cases((80, 1, 10), (90, 5, 10)) + learnt, 80)
    # 5·(2 − 0.3·4) = 4 more than at 80
    assert [(point.threshold, point.value) for point in found.points[:3]] == [(70, 4.0), (75, 0.0), (80, 0.0)]
    assert (found.best, found.floor) == (70, 70)


def test_another_threshold_is_suggested_when_the_interval_leaves_the_current_one_out() -> None:
    advice = advise(cases((80, 3, 60), (100, 40, 60)), 80)
    assert advice.enough
    assert advice.suggested == 85
    assert advice.curve is not None
    assert advice.curve.interval == (85, 85)


def test_nothing_is_suggested_where_the_interval_has_the_current_one_in_it() -> None:
    advice = advise(cases((80, 18, 60), (100, 20, 60)), 80)
    assert advice.curve is not None
    assert advice.curve.interval.low <= 80 <= advice.curve.interval.high
    assert advice.suggested is None


@pytest.mark.parametrize(
    ("groups", "lacking", "lacking_sqls"),
    [
        (((80, 0, 59), (100, 40, 40)), 1, 0),
        (((80, 0, 60), (100, 24, 40)), 0, 1),
        (((80, 1, 2),), 98, 24),
    ],
)
def test_too_little_data_is_said_with_how_much_is_lacking(
    groups: tuple[tuple[float, int, int], ...], lacking: int, lacking_sqls: int
) -> None:
    advice = advise(cases(*groups), 80)
    assert (advice.lacking, advice.lacking_sqls, advice.enough) == (lacking, lacking_sqls, False)
    assert advice.suggested is None


def test_a_hundred_leads_with_25_sqls_are_enough() -> None:
    advice = advise(cases((80, 0, 60), (100, 25, 40)), 80)
    assert (advice.enough, advice.suggested) == (True, 85)


def test_nothing_is_known_below_the_lowest_score_that_was_called() -> None:
    advice = advise(cases((80, 90, 100), (90, 95, 100)), 80)  # all thresholds up to 80 would be worth the same
    assert advice.curve is not None
    assert [point.threshold for point in advice.curve.points] == [80, 85, 90]
    assert advice.suggested is None
    odd = curve(cases((82.5, 90, 100), (90, 95, 100)), 95)
    assert [point.threshold for point in odd.points] == [85, 90, 95]


def test_a_threshold_below_all_that_was_called_stays_where_it_is() -> None:
    advice = advise(cases((92, 50, 60), (100, 40, 60)), 80)
    assert advice.curve is not None
    assert advice.curve.best == 80
    assert advice.suggested is None


def test_without_cases() -> None:
    assert advise([], 80) == Advice(80, 0, 0, None)
    with pytest.raises(ValueError, match="no cases"):
        curve([], 80)


def test_the_same_every_time_and_in_any_order() -> None:
    drawn = leads(300, 1)
    mixed = drawn.copy()
    random.Random(5).shuffle(mixed)
    assert curve(drawn, 80) == curve(drawn, 80) == curve(mixed, 80)


def test_the_band_is_as_wide_as_theory_says() -> None:
    drawn = leads(400, 2)
    found = curve(drawn, 80)
    point = found.points[0]
    worth = [case.sql - 0.3 for case in drawn]
    mean = sum(worth) / len(worth)
    deviation = math.sqrt(len(worth) * sum((one - mean) ** 2 for one in worth) / len(worth))
    assert point.high - point.low == pytest.approx(2 * 1.645 * deviation, rel=0.06)
    assert point.low < point.value < point.high


def test_the_best_threshold_is_found_again_in_a_simulation() -> None:
    """An SQL is as likely as 0.3 at 105 points: below, a call is not worth it."""
    near = 0
    for seed in range(10):
        found = curve(leads(800, seed), 80)
        near += abs(found.best - 105) <= 5
        assert found.interval.low <= 105 <= found.interval.high
    assert near >= 7


def leads(count: int, seed: int) -> list[Case]:
    """Return leads of 80 to 130 points, of which one of 105 is an SQL with a probability of 0.3."""
    draw = random.Random(seed)
    scores = [draw.uniform(80, 130) for _ in range(count)]
    return [
        Case(score, draw.random() < 1 / (1 + math.exp(-(score - 105) / 6 - math.log(0.3 / 0.7)))) for score in scores
    ]
