"""The quarterly review, as data: exact values on small data made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from loop_sample import GUIDE_TEXT, HANDOFF, HOLDINGS, NOW, TOKYO, at, book, empty, handed

from msglint.guide.model import Persona, Stage
from msglint.guide.sales import ActionRule, FitRule, Handoff, Mql
from msglint.loop.clock import Clock
from msglint.loop.intervals import Share
from msglint.loop.model import Action, Deal, Feedback, FeedbackItem, Handover, Lead
from msglint.loop.review import Book, Holding, Holdings, html, quarterly
from msglint.loop.review.quarterly import Quarterly
from msglint.loop.review.sample import sample

JULY = date(2026, 7, 10)
RULES = Handoff(
    revision="2026-04",
    effective_from=date(2026, 4, 1),
    mql=Mql(
        Decimal(50),
        (FitRule("employees", "at_least", Decimal(300), Decimal(20)),),
        (
            ActionRule("価格ページ閲覧", Decimal(50)),
            ActionRule("問い合わせ", Decimal(40)),
            ActionRule("動画視聴", Decimal(5)),
        ),
    ),
    bant_minimum=3,
)


def quarter(**given: Any) -> Quarterly:
    whole: dict[str, Any] = {"handoff": RULES, "revisions": (RULES,)}
    return quarterly(Book(NOW, Clock(TOKYO), **(whole | given)), "2026-Q3")


def called(number: int, *, large: bool = False, sql: bool = False, day: date = JULY, **given: Any) -> Lead:
    """Return a lead called two hours after its hand-over at ten; SQLs five days later."""
    whole: dict[str, Any] = {"called_at": at(day, 12), "employees": "500" if large else "10", "owner": "営業A"}
    if sql:
        whole |= {"sql_at": at(day) + timedelta(days=5), "budget": True, "authority": True, "need": True}
    return Lead(f"csv:{number}", "csv", str(number), **(whole | given))


def acted(lead: Lead, *names: str, day: date = JULY) -> list[Action]:
    """Return what the lead did, at ten, an hour between each."""
    return [Action(lead.id, name, at(day, 10 + n)) for n, name in enumerate(names)]


def known(*given: tuple[Lead, list[Action]], **more: Any) -> Book:
    leads = [lead for lead, _ in given]
    handovers = [handed(lead.id, JULY, 50, sql_after=5 if lead.sql_at else None) for lead in leads]
    actions = {lead.id: done for lead, done in given}
    whole: dict[str, Any] = {"handoff": RULES, "revisions": (RULES,), "handovers": handovers}
    return Book(NOW, Clock(TOKYO), leads=leads, actions=actions, **(whole | more))


PRICE = "価格ページ閲覧"


def test_a_lead_is_judged_by_its_highest_score_until_the_call() -> None:
    lead = called(1, large=True)
    late = Action(lead.id, "問い合わせ", at(JULY, 13))  # an hour after the call
    asked = Action(lead.id, "動画視聴", at(JULY, 11))
    found = sample(known((lead, [*acted(lead, PRICE), asked, late])), quarterly(empty(), "2026-Q3").span.days)
    (one,) = found.resolved
    assert (one.score, one.sql, one.confirmed) == (Decimal("75.00"), False, 0)
    assert {getattr(rule, "action", "fit") for rule in one.hit or ()} == {PRICE, "動画視聴", "fit"}


def test_who_teaches_nothing_is_counted() -> None:
    young = date(2026, 10, 20)
    leads = [called(1), called(2, called_at=None), called(3, day=young), called(4)]
    handovers = [handed("csv:1", JULY), handed("csv:2", JULY), handed("csv:3", young), handed("csv:4", JULY)]
    actions = {"csv:1": acted(leads[0], PRICE), "csv:3": acted(leads[2], PRICE, day=young)}
    given = Book(NOW, Clock(TOKYO), RULES, (RULES,), leads=leads, actions=actions, handovers=handovers)
    found = sample(given, quarterly(given, "2026-Q4").criteria.sample.period)
    assert [one.lead for one in found.resolved] == ["csv:1"]
    assert (found.uncalled, found.young, found.unscored) == (1, 1, 1)


def test_rates_by_score_bant_and_hours() -> None:
    rows = [(called(n, sql=n < 3), acted(called(n), PRICE)) for n in range(10)]
    rows += [(called(n, large=True, sql=n < 18), acted(called(n), PRICE)) for n in range(10, 20)]
    deals = [Deal(f"csv:D{n}", "csv", f"D{n}", f"csv:{n}", closed_on=date(2026, 9, 1), outcome="won" if n else "lost")
             for n in range(3)]  # fmt: skip
    found = quarterly(known(*rows, deals=deals), "2026-Q3").criteria
    assert [(one.low, one.high, one.share) for one in found.scores] == [
        (50, 60, Share(3, 10)),
        (60, 70, Share(0, 0)),
        (70, None, Share(8, 10)),
    ]
    assert [(one.confirmed, one.share, one.won) for one in found.bant if one.share.n] == [
        (0, Share(0, 9), Share(0, 0)),
        (3, Share(11, 11), Share(2, 3)),
    ]
    assert found.hours == ()  # the rules say nothing of hours
    clocked = quarterly(known(*rows, handoff=HANDOFF, revisions=(HANDOFF,)), "2026-Q3").criteria
    assert [(one.low, one.high, one.share.n) for one in clocked.hours] == [
        (0, 1, 0), (1, 4, 20), (4, 24, 0), (24, 72, 0), (72, None, 0),
    ]  # fmt: skip


def test_dead_rules_and_rules_against_their_points() -> None:
    rows = [(called(n, sql=n < 12), acted(called(n), PRICE)) for n in range(20)]
    rows += [(called(n, sql=n < 21), acted(called(n), PRICE, "問い合わせ")) for n in range(20, 40)]
    found = {getattr(one.rule, "action", "employees"): one for one in quarterly(known(*rows), "2026-Q3").criteria.rules}
    assert {name: one.lift for name, one in found.items()} == {
        "employees": "dead",
        PRICE: "unseen",
        "問い合わせ": "contrary",
        "動画視聴": "dead",
    }
    assert (found["問い合わせ"].with_, found["問い合わせ"].without) == (Share(1, 20), Share(12, 20))
    assert found["問い合わせ"].difference.change == pytest.approx(-55.0)
    assert (found[PRICE].leads, found["動画視聴"].leads) == (40, 0)


def test_the_difference_is_the_one_statsmodels_gives() -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason="statsmodels is not installed")
    rows = [(called(n, sql=n < 12), acted(called(n), PRICE)) for n in range(20)]
    rows += [(called(n, sql=n < 26), acted(called(n), PRICE, "問い合わせ")) for n in range(20, 45)]
    one = quarterly(known(*rows), "2026-Q3").criteria.rules[2]
    low, high = proportion.confint_proportions_2indep(6, 25, 12, 20, method="newcomb", compare="diff")
    assert tuple(one.difference.interval) == pytest.approx((100 * low, 100 * high), abs=0.01)
    bound = proportion.proportion_confint(6, 25, method="wilson")
    assert tuple(one.with_.interval) == pytest.approx(bound, abs=1e-6)


def test_leads_called_below_the_threshold_to_learn_stand_for_those_like_them() -> None:
    explored = called(1, sql=True, explore=True)
    actions = {"csv:1": acted(explored, "問い合わせ")}
    others = [Lead(f"csv:{n}", "csv", str(n)) for n in range(2, 6)]
    actions |= {lead.id: acted(lead, "問い合わせ" if lead.record != "5" else "動画視聴") for lead in others}
    given = Book(NOW, Clock(TOKYO), RULES, (RULES,), leads=[explored, *others], actions=actions)
    found = quarterly(given, "2026-Q3").criteria.sample
    (one,) = found.resolved
    assert (one.score, one.sql, one.weight, found.explored) == (Decimal("40.00"), True, 4.0, 1)  # 1 and 3 others at 40


def test_the_threshold_is_left_alone_without_data() -> None:
    advice = quarterly(known((called(1), acted(called(1), PRICE))), "2026-Q3").criteria.advice
    assert advice is not None
    assert (advice.lacking, advice.lacking_sqls, advice.suggested) == (99, 25, None)


def warranted() -> Book:
    """Return a book in which 60 leads of 50 points gave 2 SQLs, and 60 of 70 points gave 45."""
    rows = [(called(n, sql=n < 2), acted(called(n), PRICE)) for n in range(60)]
    rows += [(called(n, large=True, sql=n < 105), acted(called(n), PRICE)) for n in range(60, 120)]
    text = GUIDE_TEXT.replace("threshold: 80 ", "threshold: 50 ")
    return known(*rows, holdings=replace(HOLDINGS, guide_text=text))


def test_a_quarter_differs_by_what_anybody_reckons() -> None:
    """65 after 46 are 19 more, although the earlier quarter had a day less."""
    leads = [Lead(f"csv:{n}", "csv", str(n), created_at=at(date(2026, 4, 1))) for n in range(111)]
    handovers = [handed(one.id, date(2026, 4, 2) if n < 46 else date(2026, 7, 2)) for n, one in enumerate(leads)]
    found = quarter(leads=leads, handovers=handovers).trend
    assert (found.compared, found.now.mqls, found.before[-1].mqls) == (1, 65, 46)
    assert found.mqls.change == pytest.approx(19.0)


def test_velocity_of_each_source_with_the_factors_alone_where_few_deals_are_closed() -> None:
    leads = [Lead(f"csv:{n}", "csv", str(n), source=("紹介", "広告")[n % 2]) for n in range(42)]
    deals = [
        Deal(
            f"csv:{n}", "csv", str(n), lead=None if n == 40 else f"csv:{n}", amount=1_000_000,
            opened_on=date(2026, 7, 1), closed_on=date(2026, 7, 11) if n not in (1, 40) else None,
            outcome=None if n in (1, 40) else "won" if n < 20 else "lost",
        )
        for n in range(41)
    ]  # fmt: skip
    review = quarter(leads=leads, deals=deals)
    found = review.selling.segments
    assert [(one.source, one.pace.number, one.pace.won, one.pace.value) for one in found] == [
        ("広告", 20, Share(9, 19), None),
        ("紹介", 20, Share(10, 20), 20 * 1_000_000 * 0.5 / 10),
        (None, 1, Share(0, 0), None),
    ]
    page = html(review, "ja")
    assert "1,000,000</" in page
    assert "終わった商談が20件に満たない流入元は、要素だけを示します。" in page


def test_a_suggestion_with_its_change_of_the_guide() -> None:
    found = quarterly(warranted(), "2026-Q3")
    criteria = found.criteria
    assert criteria.advice is not None
    assert criteria.advice.suggested == 55
    assert [(one.threshold, one.mqls, one.sqls, one.calls) for one in criteria.expected] == [
        (50, 120, 47, 120),
        (55, 60, 45, 60),
    ]
    assert criteria.proposal is not None
    assert (criteria.proposal.revision, criteria.proposal.effective_from) == ("2026-12", date(2026, 12, 1))
    assert found.questions[0].ask == (
        "MQLのしきい値を50点から55点に変えるか",
        "Change the threshold of an MQL from 50 to 55 points?",
    )


def test_the_funnel_by_what_was_read_first() -> None:
    leads = [called(1, sql=True, source="展示会"), called(2, source="展示会"), called(3, source=" "), called(4)]
    read = Action("csv:1", "記事閲覧", at(JULY, 8), "https://example.co.jp/blog/crm/?utm_source=x#top")
    before = Action("csv:1", "記事閲覧", at(JULY, 7), "/unknown")
    later = Action("csv:2", "記事閲覧", at(JULY, 20), "/blog/case")  # after the hand-over
    deal = Deal("csv:D", "csv", "D", "csv:3", outcome="won", closed_on=date(2026, 9, 1))
    feedback = Feedback("f", date(2026, 8, 1), "営業A", "csv:D")
    item = FeedbackItem("f", "content/case/one-pager", "v2", "helped")
    handovers = [handed(lead.id, JULY, sql_after=5 if lead.sql_at else None) for lead in leads]
    given = Book(NOW, Clock(TOKYO), RULES, (RULES,), leads, [deal], {"csv:1": [before, read], "csv:2": [later]},
                 handovers, [feedback], [item], holdings=HOLDINGS)  # fmt: skip
    found = quarterly(given, "2026-Q3").funnel
    assert [(row.origin, row.mqls, row.conversion.share, row.deals, row.won) for row in found.cells] == [
        (("展示会", "marketing-manager", "problem"), 1, Share(1, 1), 0, Share(0, 0)),
        (("展示会", None, None), 1, Share(0, 1), 0, Share(0, 0)),
        ((None, "sales-manager", "comparison"), 1, Share(0, 1), 1, Share(1, 1)),
        ((None, None, None), 1, Share(0, 1), 0, Share(0, 0)),
    ]
    assert [(row.origin.source, row.mqls) for row in found.sources] == [("展示会", 2), (None, 2)]
    assert found.traced == Share(2, 4)


def test_two_articles_of_one_name_tell_nothing() -> None:
    holdings = Holdings(
        (Holding("a", "1", "A", "content/a/index.md", "p"), Holding("b", "1", "B", "content/b/index.md", "q"))
    )
    lead = called(1)
    read = Action("csv:1", "記事閲覧", at(JULY, 8), "/a/index.html")
    found = quarterly(known((lead, [read]), holdings=holdings), "2026-Q3").funnel
    assert found.traced == Share(0, 1)


def test_velocity_and_losses() -> None:
    def deal(number: int, outcome: Any, closed: date, days: int, reason: str | None = None) -> Deal:
        opened = closed - timedelta(days=days)
        return Deal(f"csv:{number}", "csv", str(number), amount=3_000_000, opened_on=opened, closed_on=closed,
                    outcome=outcome, lost_reason=reason)  # fmt: skip

    spring = [deal(n, "won" if n < 10 else "lost", date(2026, 5, 1), 60) for n in range(20)]
    summer = [
        deal(n, "won" if n < 30 else "lost", date(2026, 8, 1), 30, "価格" if n < 35 else None) for n in range(20, 40)
    ]
    found = quarter(deals=spring + summer).selling
    assert (found.won, found.won_before, found.movement.noise) == (Share(10, 20), Share(10, 20), True)
    assert [(one.reason, one.share, one.amount) for one in found.losses] == [
        ("価格", Share(5, 10), 15_000_000),
        (None, Share(5, 10), 15_000_000),
    ]
    # before: 20 × 3,000,000 × 0.5 ÷ 60; now: 20 × 3,000,000 × 0.5 ÷ 45
    assert [found.pace.before.value, found.pace.now.value] == pytest.approx([500_000, 666_666.67], abs=0.01)
    assert found.pace.most == "days"
    few = quarter(deals=spring[:5] + summer).selling
    assert (few.pace.before.value, few.pace.most, few.pace.parts) == (None, None, ())


def test_coverage_shows_the_holes() -> None:
    sheets = (
        Holding("a", "1", "A", "a.md", "p", "s", approved=True),
        Holding("b", "1", "B", "b.md", "p", "s", approved=True, outdated=True),
        Holding("c", "1", "C", "c.md", "p", "t", approved=True, expires_on=date(2026, 11, 5)),
    )
    holdings = Holdings(sheets, (Stage("s", "課題"), Stage("t", "比較")), (Persona("p", "部長"), Persona("q")))
    found = quarter(holdings=holdings).coverage
    assert [(one.persona, one.stage, one.usable, one.sheets) for one in found] == [
        ("部長", "課題", 1, 2),
        ("部長", "比較", 0, 1),
        ("q", "課題", 0, 0),
        ("q", "比較", 0, 0),
    ]


def test_rates_by_revision() -> None:
    leads = [called(1, sql=True), called(2)]
    handovers = [handed("csv:1", JULY, sql_after=5), Handover("csv:2", at(JULY), "crm")]
    given = Book(NOW, Clock(TOKYO), RULES, (RULES,), leads, handovers=handovers)
    found = quarterly(given, "2026-Q3").criteria.revisions
    assert [(name, one.share) for name, one in found] == [("2026-04", Share(1, 1)), (None, Share(0, 1))]


@pytest.mark.parametrize("handoff", [None, RULES])
def test_an_empty_store(handoff: Handoff | None) -> None:
    found = quarterly(empty(handoff=handoff), "2026-Q3")
    assert (found.criteria.sample.resolved, found.criteria.scores, found.criteria.proposal) == ((), (), None)
    assert (found.funnel.cells, found.coverage, found.selling.losses) == ((), (), ())


def test_half_a_year_and_a_quarter_to_come() -> None:
    found = quarterly(book(), "2026-Q3")
    assert len(found.questions) == 3
    assert found == quarterly(book(), "2026-Q3")
    assert quarterly(book(), "2027-Q1").state == "future"
    assert quarterly(book(now=datetime.fromisoformat("2026-08-01T00:00:00+00:00")), "2026-Q3").state == "running"
