"""The monthly review, as data: exact values on small data made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from loop_sample import HANDOFF, HOLDINGS, NOW, TODAY, TOKYO, VERSIONS, at, book, empty, handed

from msglint.guide.sales import Handoff
from msglint.loop.clock import Clock
from msglint.loop.intervals import Share
from msglint.loop.model import ActionItem, Deal, Feedback, FeedbackItem, Handover, Import, Lead, Review, SheetVersion
from msglint.loop.review import Book, Holding, Holdings, monthly
from msglint.loop.review.sheets import Word

CRM, COST = "content/crm/one-pager", "content/cost/one-pager"


def lead(number: int, **given: Any) -> Lead:
    whole: dict[str, Any] = {"owner": "営業A", "created_at": at(date(2026, 7, 1))}
    return Lead(f"csv:{number}", "csv", str(number), **(whole | given))


def small(handovers: list[Handover], leads: list[Lead], **given: Any) -> Book:
    whole: dict[str, Any] = {"handoff": HANDOFF, "revisions": (HANDOFF,), "holdings": HOLDINGS, "versions": VERSIONS}
    return Book(NOW, Clock(TOKYO), leads=leads, handovers=handovers, **(whole | given))


def months(counts: dict[int, int], sqls: dict[int, int] | None = None) -> Book:
    """Return so many MQLs on the 2nd of each month of 2026, so many of them SQLs after 10 days, all called in time."""
    handovers, leads = [], []
    for month, count in counts.items():
        for number in range(count):
            one = lead(1000 * month + number, called_at=at(date(2026, month, 2), 12))
            won = number < (sqls or {}).get(month, 0)
            leads.append(one)
            handovers.append(handed(one.id, date(2026, month, 2), sql_after=10 if won else None))
    return small(handovers, leads)


def test_the_four_figures_against_three_months() -> None:
    found = monthly(months({7: 40, 8: 40, 9: 40, 10: 40}, {7: 12, 8: 12, 9: 12, 10: 12}), "2026-10").trend
    assert [(one.span.name, one.mqls, one.sqls) for one in found.periods] == [
        ("2026-07", 40, 12),
        ("2026-08", 40, 12),
        ("2026-09", 40, 12),
        ("2026-10", 40, 12),
    ]
    assert found.compared == 3
    assert found.mqls.change == pytest.approx(0.0)  # against the mean of the three, however long each is
    assert found.mqls.noise is True
    assert found.now.conversion.share == Share(12, 40)
    assert found.conversion.change == pytest.approx(0.0)
    assert found.now.response.share == Share(40, 40)
    assert [found.now.response.median, found.now.response.p90] == pytest.approx([2.0, 2.0])
    assert (found.hours, found.business) == (24.0, False)


def test_down_four_points_on_sixty_mqls_is_noise() -> None:
    found = monthly(months({7: 60, 8: 60, 9: 60, 10: 60}, {7: 18, 8: 18, 9: 18, 10: 16}), "2026-10").trend
    assert found.conversion.change == pytest.approx(-100 * (54 / 180 - 16 / 60))
    assert found.conversion.noise is True
    assert found.sqls.noise is True


def test_a_fall_that_noise_does_not_explain_is_called_one() -> None:
    review = monthly(months({7: 60, 8: 60, 9: 60, 10: 60}, {7: 30, 8: 30, 9: 30, 10: 9}), "2026-10")
    assert review.trend.conversion.change == pytest.approx(-35.0)
    assert review.trend.conversion.noise is False
    assert review.decisions[0].ask.ja == "MQLからSQLへの率の低さに、どう手を打つか"


def test_while_most_mqls_are_young_the_month_before_is_rated() -> None:
    base = months({8: 30, 9: 30}, {8: 9, 9: 12})
    late = [lead(n) for n in range(10)]
    young = [handed(one.id, date(2026, 10, 20), sql_after=1 if n < 4 else None) for n, one in enumerate(late)]
    found = monthly(replace(base, leads=[*base.leads, *late], handovers=[*base.handovers, *young]), "2026-10").trend
    assert (found.now.mqls, found.now.sqls) == (10, 4)
    assert (found.now.conversion.share, found.now.conversion.immature) == (Share(0, 0), 10)
    assert found.rated.span.name == "2026-09"
    assert found.rated.conversion.share == Share(12, 30)
    assert found.conversion.change == pytest.approx(10.0)  # from 9/30: June and July have nothing


def test_months_before_the_first_lead_are_not_compared_with() -> None:
    leads = [lead(n, created_at=at(date(2026, 9, 16))) for n in range(40)]
    handovers = [handed(one.id, date(2026, 9, 20) if n < 10 else date(2026, 10, 5)) for n, one in enumerate(leads)]
    found = monthly(small(handovers, leads), "2026-10").trend
    assert (found.compared, found.begun) == (1, date(2026, 9, 16))
    assert found.mqls.change == pytest.approx(30 - 10 * 31 / 15)
    assert [found.known(one) for one in found.periods] == [False, False, True, True]


def test_a_running_month_is_compared_by_its_days() -> None:
    found = monthly(months({8: 31, 9: 30, 10: 31, 11: 5}), "2026-11")
    assert found.state == "running"
    assert found.trend.mqls.change == pytest.approx(0.0)  # one a day, and five days


def test_calls_overdue_come_first() -> None:
    leads = [lead(1, called_at=at(date(2026, 10, 3), 12)), lead(2), lead(3)]
    handovers = [handed(f"csv:{n}", date(2026, 10, 2)) for n in (1, 2)] + [handed("csv:3", date(2026, 11, 5), 80)]
    review = monthly(small(handovers, leads), "2026-10")
    response = review.trend.now.response
    assert (response.share, response.overdue) == (Share(0, 2), ("csv:2",))
    assert response.median == 26.0
    assert review.decisions[0].ask == (
        "期限を過ぎても連絡していない1件に、誰がいつ連絡するか",
        "Who calls 1 overdue lead, and when?",
    )


# --- sheets


def said(
    id: str, day: date, deal: str, *items: tuple[str, str, str], **given: Any
) -> tuple[Feedback, list[FeedbackItem]]:
    """Return a feedback of a deal with its items: sheet, verdict, reason."""
    one = Feedback(id, day, given.pop("rep", "営業A"), deal, None, **given)
    made = [
        FeedbackItem(id, sheet, "v2", verdict, reason or None)  # type: ignore[arg-type]
        for sheet, verdict, reason in items
    ]
    return one, made


def heard(*given: tuple[Feedback, list[FeedbackItem]], **more: Any) -> Book:
    return small([], [], feedback=[one for one, _ in given], items=[i for _, items in given for i in items], **more)


def test_best_and_worst_sheets_with_sales_own_words() -> None:
    october = date(2026, 10, 10)
    helped = [said(f"a{n}", october, f"csv:{n}", (CRM, "helped", "最初に使えた" if n == 3 else "")) for n in range(4)]
    failed = [said(f"b{n}", october, f"csv:{n}", (COST, "not_usable", "数字が古い")) for n in range(3)]
    before = [said("c", date(2026, 8, 1), "csv:9", (CRM, "shown_no_effect", ""))]
    review = monthly(heard(*helped, *failed, *before), "2026-10")
    (best,), (worst,) = review.best, review.worst
    assert (best.sheet, best.version, best.title) == (CRM, "v2", "CRM導入前に確かめたい3つのこと")
    assert (best.used, best.voices) == (Share(4, 5), 4)  # all of the version, of which four in October
    assert best.words == (Word(october, "営業A", "最初に使えた", "helped"),)
    assert (worst.sheet, worst.used) == (COST, Share(0, 3))
    assert [word.said for word in worst.words] == ["数字が古い"] * 3
    assert review.decisions[0].ask.ja == "「人手不足でも続く運用の費用と内訳」を直すか、使うのをやめるか"


def test_a_single_voice_does_not_make_the_best() -> None:
    many = [
        said(f"a{n}", date(2026, 10, 5), f"csv:{n}", (COST, "helped" if n < 8 else "not_used", "")) for n in range(10)
    ]
    once = said("b", date(2026, 10, 5), "csv:20", (CRM, "helped", ""))
    review = monthly(heard(*many, once), "2026-10")
    assert [one.sheet for one in review.best] == [COST, CRM]
    assert [round(one.used.interval.low, 3) for one in review.best] == [0.676, 0.207]
    assert review.best[0].shown == Share(8, 10)  # not used is not bad


def test_what_was_said_in_another_month_alone_is_not_listed() -> None:
    review = monthly(heard(said("a", date(2026, 9, 30), "csv:1", (CRM, "helped", ""))), "2026-10")
    assert (review.best, review.worst) == ((), ())


def test_the_version_before_stands_beside() -> None:
    old = Feedback("o", date(2026, 8, 1), "営業A", "csv:1")
    item = FeedbackItem("o", CRM, "v1", "shown_no_effect")
    new, items = said("n", date(2026, 10, 5), "csv:2", (CRM, "helped", ""))
    review = monthly(small([], [], feedback=[old, new], items=[item, *items]), "2026-10")
    assert review.best[0].previous == Share(0, 1)


def test_old_sheets_still_in_use() -> None:
    def used(id: str, sheet: str, version: str, conflict: bool = False) -> tuple[Feedback, FeedbackItem]:
        verdict: Any = "not_usable" if conflict else "helped"
        reason = "提案と逆" if conflict else None
        return Feedback(id, date(2026, 10, 9), "営業A", f"csv:{id}"), FeedbackItem(
            id, sheet, version, verdict, reason, conflict
        )

    rows = [
        used("1", COST, "v1"),  # expired on 10 July
        used("2", CRM, "v1"),  # the store knows it as stale; the manifest has v2 since 1 May
        used("3", "content/old/one-pager", "v2"),  # its article has changed
        used("4", "content/case/one-pager", "v2", conflict=True),
        used("5", "content/nurture/one-pager", "v2"),  # nothing is the matter
    ]
    review = monthly(small([], [], feedback=[f for f, _ in rows], items=[i for _, i in rows]), "2026-10")
    assert {one.sheet: one.faults for one in review.stale} == {
        COST: ("expired", "superseded"),
        CRM: ("stale", "superseded"),
        "content/old/one-pager": ("stale",),
        "content/case/one-pager": ("conflict",),
    }
    assert next(one for one in review.stale if "conflict" in one.faults).words[0].said == "提案と逆"


def test_uses_are_counted_from_when_something_was_the_matter() -> None:
    """Of three meetings two were on or after the day on which the sheet expired."""
    version = SheetVersion("s", "1", "s.md", state="approved", approved_by="編集長", approved_on=date(2026, 1, 1),
                           expires_on=date(2026, 10, 9))  # fmt: skip
    held = Holdings((Holding("s", "1", "題", "s.md", expires_on=date(2026, 10, 9), approved=True),))
    said = [Feedback(f"f{day}", date(2026, 10, day), "営業A", f"csv:{day}") for day in (8, 9, 20)]
    items = [FeedbackItem(one.id, "s", "1", "helped") for one in said]
    (found,) = monthly(small([], [], feedback=said, items=items, versions=[version], holdings=held), "2026-10").stale
    assert (found.faults, found.uses, found.last) == (("expired",), 2, date(2026, 10, 20))


def test_a_sheet_expires_on_the_very_day_and_one_not_shown_is_not_in_use() -> None:
    version = SheetVersion("s", "1", "s.md", state="approved", approved_by="編集長", approved_on=date(2026, 1, 1),
                           expires_on=date(2026, 10, 9))  # fmt: skip
    held = Holdings((Holding("s", "1", "題", "s.md", expires_on=date(2026, 10, 9), approved=True),))

    def faults(day: date, verdict: Any) -> list[tuple[str, ...]]:
        one, item = Feedback("f", day, "営業A", "csv:1"), FeedbackItem("f", "s", "1", verdict)
        given = small([], [], feedback=[one], items=[item], versions=[version], holdings=held)
        return [use.faults for use in monthly(given, "2026-10").stale]

    assert faults(date(2026, 10, 8), "helped") == []
    assert faults(date(2026, 10, 9), "helped") == [("expired",)]
    assert faults(date(2026, 10, 9), "not_used") == []


# --- leads, requests, what was agreed


def test_rejections_are_grouped_by_reason_however_it_is_written() -> None:
    back = at(date(2026, 10, 8))
    leads = [
        lead(1, rejected_at=back, reject_reason="予算がない", source="展示会"),
        lead(2, rejected_at=back, reject_reason=" 予算がない　", source="展示会"),
        lead(3, rejected_at=back, reject_reason="ＢＡＮＴ不足", source=None),
        lead(4, rejected_at=back),
        lead(5, rejected_at=at(date(2026, 9, 8)), reject_reason="予算がない"),
    ]
    heard = Feedback("f", date(2026, 10, 8), "営業B", None, "csv:2", need="更新する人がいない")
    found = monthly(small([], leads, feedback=[heard]), "2026-10").quality
    assert found.rejected == 4
    assert [(one.reason, one.share) for one in found.groups] == [
        ("予算がない", Share(2, 4)),
        ("BANT不足", Share(1, 4)),
        (None, Share(1, 4)),
    ]
    assert found.groups[0].sources == (("展示会", 2),)
    assert [word.said for word in found.groups[0].words] == ["更新する人がいない"]


def test_expectation_and_warmth() -> None:
    leads = [lead(1), lead(2)]
    handovers = [handed("csv:1", date(2026, 10, 2), 120), handed("csv:2", date(2026, 10, 2), 80)]
    deal = Deal("csv:D1", "csv", "D1", "csv:1", opened_on=date(2026, 10, 3))
    feedback = [
        Feedback("a", date(2026, 10, 5), "営業A", "csv:D1", temperature=1, as_promised=False),  # marketing: 5
        Feedback("b", date(2026, 10, 6), "営業A", None, "csv:2", 4, True),  # marketing: 4
        Feedback("c", date(2026, 10, 7), "営業A", None, "csv:2"),
    ]
    found = monthly(small(handovers, leads, deals=[deal], feedback=feedback), "2026-10").quality
    assert (found.promised, found.gap) == (Share(1, 2), Share(1, 2))
    assert found.temperatures == (1, 0, 0, 1, 0)


def test_requests_have_an_owner_and_a_day_or_nobody() -> None:
    feedback = [
        Feedback("a", date(2026, 10, 5), "営業A", "csv:D1", request="事例がほしい"),
        Feedback("b", date(2026, 10, 1), "営業B", "csv:D2", request="比較表がほしい"),
        Feedback("c", date(2026, 9, 1), "営業B", "csv:D2", request="前の月"),
    ]
    task = ActionItem("t", "content", "比較表", "編集担当", date(2026, 11, 20), "b")
    review = monthly(small([], [], feedback=feedback, tasks=[task]), "2026-10")
    assert [(one.said, one.about, one.task and one.task.owner) for one in review.requests] == [
        ("事例がほしい", "csv:D1", None),
        ("比較表がほしい", "csv:D2", "編集担当"),
    ]
    assert [one.what for one in review.upcoming] == ["比較表"]


def test_what_became_of_what_was_agreed() -> None:
    def task(id: str, due: date, closed: date | None = None, commit: str | None = None) -> ActionItem:
        return ActionItem(id, "content", f"{id}を直す", "編集担当", due, None, closed, commit)

    given = [
        task("done", date(2026, 10, 20), date(2026, 10, 10), "abc123"),
        task("late", date(2026, 9, 10)),
        task("early", date(2026, 12, 1), date(2026, 10, 30)),
        task("long ago", date(2026, 9, 1), date(2026, 9, 30), "def456"),
        task("to come", date(2026, 12, 1)),
    ]
    review = monthly(small([], [], tasks=given), "2026-10")
    assert [(one.id, one.state, one.commit) for one in review.tasks] == [
        ("late", "late", None),
        ("done", "done", "abc123"),
        ("early", "done", None),
    ]
    assert [one.id for one in review.upcoming] == ["to come"]


# --- gaps, decisions, edges


def test_gaps_in_the_data() -> None:
    october = at(date(2026, 10, 5))
    leads = [
        lead(1, owner=None),
        lead(2, clocked=False, sql_at=october + timedelta(days=1)),
        lead(3, rejected_at=october),
    ]
    handovers = [handed(f"csv:{n}", date(2026, 10, 2)) for n in (1, 2)]
    handovers[1] = replace(handovers[1], origin="crm", score=Decimal(20))
    closed: dict[str, Any] = {"closed_on": date(2026, 10, 20)}
    deals = [
        Deal("csv:W", "csv", "W", "csv:1", outcome="won", opened_on=date(2026, 10, 1), **closed),
        Deal("csv:L", "csv", "L", outcome="lost", opened_on=date(2026, 10, 1), **closed),
    ]
    voices = [Feedback("f", date(2026, 10, 9), "営業A", None, "csv:1")]
    imports = [Import(at(date(2026, 9, 1)), "leads", 1, 1), Import(NOW, "actions", 1, 1)]
    given = small(handovers, leads, deals=deals, feedback=voices, imports=imports, holdings=Holdings())
    found = {one.id: (one.n, one.of, one.examples) for one in monthly(given, "2026-10").gaps}
    assert found == {
        "owner": (1, 2, ("csv:1",)),
        "clock": (1, 2, ("csv:2",)),
        "actions": (2, 2, ("csv:1", "csv:2")),
        "criteria": (1, 2, ("csv:2",)),
        "bant": (1, 1, ("csv:2",)),
        "reason": (1, 1, ("csv:3",)),
        "feedback": (1, 2, ("csv:L",)),
        "lost_reason": (1, 1, ("csv:L",)),
        "amount": (1, 1, ("csv:W",)),
        "lead": (1, 2, ("csv:L",)),
        "import-leads": (1, 1, ()),
        "import-deals": (1, 1, ()),
        "sheets": (1, 1, ()),
    }


def test_a_lead_called_to_explore_is_no_gap_though_it_scores_below_the_threshold() -> None:
    low = [replace(handed(f"csv:{n}", date(2026, 10, 2)), origin="crm", score=Decimal(20)) for n in (1, 2)]
    given = small(low, [lead(1), lead(2, explore=True)])
    found = {one.id: (one.n, one.of, one.examples) for one in monthly(given, "2026-10").gaps}
    assert found["criteria"] == (1, 1, ("csv:1",))


def test_a_handoff_that_changed_under_the_same_revision_is_a_gap() -> None:
    changed = HANDOFF._replace(mql=HANDOFF.mql._replace(threshold=Decimal(70)))
    found = {one.id for one in monthly(small([], [], handoff=changed), "2026-10").gaps}
    assert "revision" in found
    assert "revision" not in {one.id for one in monthly(small([], []), "2026-10").gaps}


def test_three_decisions_from_half_a_year() -> None:
    review = monthly(book(), "2026-10")
    assert len(review.decisions) == 3
    assert {one.section for one in review.decisions} <= {"figures", "sheets", "stale", "quality", "requests", "actions"}
    assert review.held is None
    met = Review("monthly", "2026-10", TODAY, "マーケティング部", "営業部", "minutes/2026-10.md")
    assert monthly(book(reviews=(met, replace(met, period="2026-09"))), "2026-10").held == met


def test_the_same_book_gives_the_same_review() -> None:
    assert monthly(book(), "2026-10") == monthly(book(), "2026-10")


@pytest.mark.parametrize("handoff", [None, HANDOFF])
def test_an_empty_store(handoff: Handoff | None) -> None:
    review = monthly(empty(handoff=handoff), "2026-10")
    assert [(one.mqls, one.sqls, one.conversion.share.n) for one in review.trend.periods] == [(0, 0, 0)] * 4
    assert (review.trend.compared, review.trend.mqls.noise, review.trend.conversion.noise) == (0, None, None)
    assert (review.decisions, review.best, review.stale, review.requests, review.tasks) == ((), (), (), (), ())
    assert {"import-leads", "import-deals", "sheets"} <= {one.id for one in review.gaps}


def test_one_lead() -> None:
    one = lead(1, called_at=at(date(2026, 10, 2), 11), created_at=at(date(2026, 10, 1)))
    found = monthly(small([handed("csv:1", date(2026, 10, 2), sql_after=2)], [one]), "2026-10").trend
    assert (found.now.mqls, found.now.sqls, found.now.conversion.share) == (1, 1, Share(1, 1))
    assert (found.now.response.share, found.now.response.median, found.now.response.p90) == (Share(1, 1), 1.0, 1.0)


def test_a_month_to_come_has_no_gaps_yet() -> None:
    review = monthly(book(), "2027-01")
    assert review.state == "future"
    assert review.gaps == ()
    assert review.trend.now.mqls == 0


def test_days_are_those_of_the_organisation() -> None:
    late = Handover(
        "csv:1", datetime.fromisoformat("2026-09-30T15:30:00+00:00"), "guide", Decimal(80), HANDOFF.revision
    )
    assert monthly(small([late], [lead(1)]), "2026-10").trend.now.mqls == 1  # half past midnight in Tokyo
