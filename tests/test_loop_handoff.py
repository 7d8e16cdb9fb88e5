"""Scores, hand-overs and working hours."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from stores import store as store
from stores import store_url as store_url

from msglint.guide.sales import ActionRule, Agreement, Calendar, FitRule, Handoff, Mql, Response
from msglint.loop import records
from msglint.loop.clock import Clock, holidays_in
from msglint.loop.fit import holds, own_columns
from msglint.loop.handoff import deadline, judge, score
from msglint.loop.judging import judge_all, rules
from msglint.loop.merging import Change, Plan
from msglint.loop.model import Action, Handover, Lead, Misread
from msglint.loop.revisions import in_force, kept, read
from msglint.loop.store import reading, writing
from msglint.loop.waiting import waiting

TOKYO = ZoneInfo("Asia/Tokyo")
PRICE = ActionRule("価格ページ閲覧", Decimal(30), half_life_days=Decimal(30))
DOWNLOAD = ActionRule("資料ダウンロード", Decimal(5), repeatable=True, cap=Decimal(15), half_life_days=Decimal(90))
ASKED = ActionRule("問い合わせ", Decimal(40))
GUIDE = Handoff(
    "2026-10",
    Mql(
        Decimal(80),
        (
            FitRule("employees", "at_least", Decimal(300), Decimal(20)),
            FitRule("industry", "in", ("製造業", "情報通信業"), Decimal(10)),
            FitRule("email", "matches", r"@(gmail|yahoo)\.", Decimal(-20)),
        ),
        (PRICE, DOWNLOAD, ASKED),
        ("価格ページ閲覧",),
    ),
    date(2026, 10, 1),
    Agreement("マーケティング部長", "営業部長", date(2026, 9, 25)),
    3,
    Response(Decimal(24), "business"),
    Calendar(),
    Decimal("0.30"),
)
LEAD = Lead("hubspot:1", "hubspot", "1", email="a@example.co.jp", employees="500", industry="製造業")


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


def did(action: str, moment: datetime) -> Action:
    return Action(LEAD.id, action, moment)


def points(*done: Action, of: Lead = LEAD, by: Handoff = GUIDE, when: datetime) -> dict[str, Decimal]:
    found = score(of, done, by, when)
    assert found.total == sum((line.points for line in found.lines), Decimal(0))
    return {getattr(line.rule, "action", None) or line.rule.field: line.points for line in found.lines}  # type: ignore[union-attr]


def test_an_action_is_worth_half_after_its_half_life() -> None:
    seen = did("価格ページ閲覧", at(10, 1))
    assert points(seen, when=at(10, 1))["価格ページ閲覧"] == 30
    assert points(seen, when=at(10, 31))["価格ページ閲覧"] == 15
    assert points(seen, when=at(11, 30))["価格ページ閲覧"] == Decimal("7.50")
    assert points(seen, when=at(10, 16))["価格ページ閲覧"] == Decimal("21.21")  # 30 · 2^−½


def test_of_an_action_that_is_not_repeatable_the_latest_counts_once() -> None:
    seen = (did("価格ページ閲覧", at(10, 1)), did("価格ページ閲覧", at(10, 31)))
    assert points(*seen, when=at(10, 31))["価格ページ閲覧"] == 30
    assert points(*reversed(seen), when=at(10, 31))["価格ページ閲覧"] == 30


def test_repeated_actions_add_up_to_their_cap() -> None:
    now = at(10, 10)
    for number, expected in ((1, 5), (2, 10), (3, 15), (4, 15), (9, 15)):
        found = score(LEAD, [did("資料ダウンロード", now)] * number, GUIDE, now)
        (line,) = (line for line in found.lines if line.rule == DOWNLOAD)
        assert (line.points, line.events, line.capped) == (Decimal(expected), number, number > 3)


def test_the_cap_of_a_negative_rule_bounds_it_from_below() -> None:
    rule = ActionRule("配信停止", Decimal(-30), repeatable=True, cap=Decimal(50))
    guide = GUIDE._replace(mql=GUIDE.mql._replace(actions=(rule,)))
    now = at(10, 10)
    assert points(*[did("配信停止", now)] * 3, by=guide, when=now)["配信停止"] == -50
    assert score(replace(LEAD, employees=None, industry=None), [did("配信停止", now)], guide, now).total == -30


def test_what_happens_later_does_not_count_yet() -> None:
    found = score(LEAD, [did("問い合わせ", at(10, 11))], GUIDE, at(10, 10))
    assert (found.total, found.missing) == (Decimal(30), ("価格ページ閲覧",))


def test_an_mql_needs_the_points_and_the_required_action_ever_before() -> None:
    seen, asked = did("価格ページ閲覧", at(10, 10)), did("問い合わせ", at(10, 10))
    assert not score(LEAD, [asked], GUIDE, at(10, 10)).is_mql  # 70 points, price page not seen
    assert score(LEAD, [seen, asked], GUIDE, at(10, 10)).is_mql  # 100
    none = replace(LEAD, employees="299", industry="小売業")
    assert score(none, [seen, asked], GUIDE, at(10, 10)).total == 70
    enough = replace(none, industry="製造業")
    just = score(enough, [seen, asked], GUIDE, at(10, 10))
    assert (just.total, just.is_mql) == (Decimal(80), True)
    old = did("価格ページ閲覧", at(1, 1))
    twice = [old, asked, *[did("資料ダウンロード", at(10, 10))] * 3]
    late = score(LEAD, twice, GUIDE, at(10, 10))
    assert late.missing == ()  # seen long ago, but seen
    assert late.is_mql


def test_names_of_actions_differ_in_width_and_blanks_only() -> None:
    found = score(LEAD, [did("価格 ページ閲覧", at(10, 1)), did("ﾀﾞｳﾝﾛｰﾄﾞ", at(10, 1))], GUIDE, at(10, 1))
    assert (found.missing, found.unscored) == ((), ("ﾀﾞｳﾝﾛｰﾄﾞ",))


@pytest.mark.parametrize(
    ("field", "operator", "operand", "value", "expected"),
    [
        ("employees", "at_least", Decimal(300), "300名", True),
        ("employees", "at_least", Decimal(300), "1,000人以上", True),
        ("employees", "at_least", Decimal(300), "300〜499", True),
        ("employees", "at_least", Decimal(300), "100-299", False),
        ("employees", "at_least", Decimal(300), "300名未満", False),
        ("employees", "at_least", Decimal(300), "多数", False),
        ("employees", "at_least", Decimal(300), None, False),
        ("employees", "at_most", Decimal(300), "1〜300", True),
        ("employees", "at_most", Decimal(300), "300名以上", False),
        ("industry", "equals", "IT・通信", "ＩＴ・通信", True),
        ("industry", "in", ("製造業", "卸売業"), "小売業;卸売業", True),
        ("industry", "in", ("製造業", "卸売業"), "小売業", False),
        ("email", "matches", r"@(gmail|yahoo)\.", "a@gmail.com", True),
        ("email", "matches", r"@(gmail|yahoo)\.", "a@example.co.jp", False),
        ("email", "matches", r"(a+)+$", "a" * 2000 + "!", False),
    ],
)
def test_fit(field: str, operator: str, operand: object, value: str | None, expected: bool) -> None:
    lead = Lead("csv:1", "csv", "1", **{field: value})  # type: ignore[arg-type]
    assert holds(FitRule(field, operator, operand), lead) is expected


def test_fit_on_a_column_of_the_guides_own() -> None:
    rule = FitRule("部署", "equals", "営業企画", Decimal(5))
    assert own_columns((*GUIDE.mql.fit, rule)) == ("部署",)
    assert holds(rule, replace(LEAD, fields={"部署": "営業企画"}))
    assert not holds(rule, LEAD)


DONE = [did("資料ダウンロード", at(10, 5)), did("価格ページ閲覧", at(10, 8)), did("問い合わせ", at(10, 9, 15))]


def test_a_lead_is_handed_over_at_the_first_moment_it_is_an_mql() -> None:
    found = judge(LEAD, DONE, [GUIDE], at(11, 1), TOKYO)
    assert found == Handover(LEAD.id, at(10, 9, 15), "guide", found.score if found else None, "2026-10")
    assert found is not None
    assert found.score == score(LEAD, DONE, GUIDE, at(10, 9, 15)).total
    assert judge(LEAD, DONE, [GUIDE], at(10, 9, 14), TOKYO) is None


def test_what_was_handed_over_stays_so_and_the_date_of_the_crm_holds() -> None:
    recorded = judge(LEAD, DONE, [GUIDE], at(11, 1), TOKYO)
    assert judge(LEAD, [], [GUIDE], at(12, 1), TOKYO, recorded) == recorded
    said = judge(replace(LEAD, mql_at=at(10, 6)), DONE, [GUIDE], at(11, 1), TOKYO, recorded)
    assert said is not None
    assert (said.mql_at, said.origin, said.score, said.revision) == (at(10, 6), "crm", Decimal("34.96"), "2026-10")


def test_the_revision_in_force_then_decides() -> None:
    lenient = GUIDE._replace(
        revision="2026-04", effective_from=date(2026, 4, 1), mql=GUIDE.mql._replace(threshold=Decimal(70))
    )
    seen = [did("価格ページ閲覧", at(9, 30, 23, 30)), did("問い合わせ", at(9, 30, 23, 30))]
    none = replace(LEAD, industry=None, employees=None)
    before = judge(none, seen, [lenient, GUIDE], at(11, 1), TOKYO)
    assert before == Handover(LEAD.id, at(9, 30, 23, 30), "guide", Decimal(70), "2026-04")
    later = [replace(action, at=action.at + timedelta(hours=1)) for action in seen]
    assert judge(none, later, [lenient, GUIDE], at(11, 1), TOKYO) is None
    assert in_force([GUIDE, lenient], date(2026, 9, 30)) == lenient
    assert in_force([GUIDE, lenient], date(2026, 10, 1)) == GUIDE
    assert in_force([GUIDE, lenient], date(2026, 3, 31)) is None


def test_a_minus_that_fades_hands_over_without_anything_happening() -> None:
    angry = ActionRule("苦情", Decimal(-20), half_life_days=Decimal(10))
    guide = GUIDE._replace(mql=Mql(Decimal(20), GUIDE.mql.fit, (angry,)))
    found = judge(LEAD, [did("苦情", at(10, 1, 0))], [guide], at(11, 1), TOKYO)
    assert found is not None
    assert (found.mql_at, found.score) == (at(10, 11, 0), Decimal(20))  # 30 − 20 · ½


def test_an_sql_needs_sales_decision_and_enough_of_bant() -> None:
    decided = replace(LEAD, mql_at=at(10, 5), sql_at=at(10, 7), budget=True, authority=True)
    for timeline, expected in ((True, at(10, 7)), (None, None), (False, None)):
        found = judge(replace(decided, timeline=timeline), [], [GUIDE], at(11, 1), TOKYO)
        assert found is not None
        assert found.sql_at == expected
    without = judge(replace(decided, timeline=True, sql_at=None), [], [GUIDE], at(11, 1), TOKYO)
    assert without is not None
    assert without.sql_at is None
    unasked = judge(decided, [], [GUIDE._replace(bant_minimum=None)], at(11, 1), TOKYO)
    assert unasked is not None
    assert unasked.sql_at == at(10, 7)


def test_a_revision_is_kept_and_read_back_whole() -> None:
    assert read(kept(GUIDE)) == GUIDE
    bare = Handoff()
    assert read(kept(bare)) == bare._replace(effective_from=date.min, agreed=Agreement())


def test_a_changed_definition_needs_a_new_revision(store: Engine) -> None:
    with writing(store) as connection:
        assert rules(connection, GUIDE) == [GUIDE]
        assert rules(connection, GUIDE) == [GUIDE]
    changed = GUIDE._replace(bant_minimum=2)
    with pytest.raises(Misread, match="its revision is still 2026-10"), writing(store) as connection:
        rules(connection, changed)
    with pytest.raises(Misread, match="the day of revision 2026-10"), writing(store) as connection:
        rules(connection, changed._replace(revision="2027-01"))
    new = changed._replace(revision="2027-01", effective_from=date(2027, 1, 1))
    with writing(store) as connection:
        assert rules(connection, new) == [GUIDE, new]


def test_judging_writes_once_and_takes_back_what_the_crm_takes_back(store: Engine) -> None:
    said = replace(LEAD, mql_at=at(10, 6))
    other = Lead("hubspot:2", "hubspot", "2")
    with writing(store) as connection:
        revisions = rules(connection, GUIDE)
        records.apply(connection, Plan(leads=(Change(None, said), Change(None, other))))
        assert judge_all(connection, revisions, at(11, 1), TOKYO).new == 1
        assert judge_all(connection, revisions, at(11, 2), TOKYO).changes == ()
    with writing(store) as connection:
        records.apply(connection, Plan(leads=(Change(said, LEAD),)))
        assert judge_all(connection, revisions, at(11, 2), TOKYO).withdrawn == (LEAD.id,)
    with reading(store) as connection:
        assert records.handovers(connection) == []


BUSINESS = Clock(TOKYO, Calendar(hours="09:00-18:00"), frozenset({date(2026, 11, 3)}))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at(10, 26, 10), 4, at(10, 26, 14)),
        (at(10, 26, 17), 2, at(10, 27, 10)),
        (at(10, 30, 17, 30), 1, at(11, 2, 9, 30)),  # a Friday evening
        (at(10, 31, 12), 1, at(11, 2, 10)),  # a Saturday
        (at(10, 26, 20), 1, at(10, 27, 10)),  # after hours
        (at(10, 26, 6), 1, at(10, 26, 10)),  # before hours
        (at(11, 2, 17), 2, at(11, 4, 10)),  # the 3rd is a holiday
        (at(10, 23, 17, 30), 24, at(10, 28, 14, 30)),
        (at(10, 26, 9), 9, at(10, 26, 18)),
    ],
)
def test_business_hours(start: datetime, hours: float, end: datetime) -> None:
    assert BUSINESS.after(start, hours) == end
    assert BUSINESS.between(start, end) == pytest.approx(hours)


def test_elapsed_hours_run_through_the_night() -> None:
    clock = Clock(TOKYO)
    assert clock.after(at(10, 30, 17), 24) == at(10, 31, 17)
    assert clock.between(at(10, 30, 17), at(10, 31, 17)) == 24
    assert clock.between(at(10, 31, 17), at(10, 30, 17)) == 0
    always = Clock(TOKYO, Calendar(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00"))
    assert always.after(at(10, 30, 17), 24) == at(10, 31, 17)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)), st.floats(0.1, 200), st.floats(0.1, 200))
def test_hours_add_up(start: datetime, first: float, second: float) -> None:
    begin = start.replace(tzinfo=UTC)
    middle, end = BUSINESS.after(begin, first), BUSINESS.after(begin, first + second)
    assert BUSINESS.between(begin, end) == pytest.approx(first + second, abs=1e-6)
    assert BUSINESS.between(begin, middle) + BUSINESS.between(middle, end) == pytest.approx(first + second, abs=1e-6)


def test_a_calendar_of_holidays_alone_ends() -> None:
    every = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(5000))
    assert Clock(TOKYO, Calendar(), every).after(at(10, 1), 24) == at(10, 1)


def test_holidays_as_the_cabinet_office_lists_them() -> None:
    rows = ["国民の祝日・休日月日,国民の祝日・休日名称", "2026/11/3,文化の日", "2026-11-23,勤労感謝の日", "", "x"]
    assert holidays_in(rows) == {date(2026, 11, 3), date(2026, 11, 23)}


def test_who_waits_and_who_is_overdue() -> None:
    people = [Lead(f"csv:{n}", "csv", str(n)) for n in range(6)]
    people[1] = replace(people[1], called_at=at(10, 27))
    people[2] = replace(people[2], rejected_at=at(10, 27))
    people[5] = Lead("forgotten:5", "forgotten", "5")
    moments = itertools.chain([at(10, 26, 10), at(10, 23), at(10, 23), at(10, 23, 17, 30), at(10, 29)], [at(10, 23)])
    handed = [Handover(lead.id, moment, "crm") for lead, moment in zip(people, moments, strict=True)]
    now = at(10, 28, 16, 30)
    found = waiting(people, handed, [GUIDE], BUSINESS, now)
    assert [(w.lead.id, w.due, round(w.late_hours, 2)) for w in found] == [
        ("csv:3", at(10, 28, 14, 30), 2.0),
        ("csv:0", at(10, 28, 16), 0.5),
    ]
    earlier = waiting(people, handed, [GUIDE], BUSINESS, at(10, 26, 12))
    assert [w.lead.id for w in earlier] == ["csv:1", "csv:2", "csv:3", "csv:0"]
    assert deadline(handed[0], [GUIDE._replace(response=None)], BUSINESS) is None
    elapsed = GUIDE._replace(response=Response(Decimal(24), "elapsed"))
    assert deadline(handed[3], [elapsed], BUSINESS) == at(10, 24, 17, 30)
