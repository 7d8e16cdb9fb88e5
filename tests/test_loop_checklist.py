"""The fifteen points, each by rows that make it hold, fail, be evidence, or be past telling."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from msglint.guide.model import Claim, Guide, Persona, Stage
from msglint.guide.sales import ActionRule, Agreement, Handoff, Mql, Response
from msglint.loop.checklist import answers, settled, telling
from msglint.loop.checklist.model import Answer, Article, Content, Ground, Made, Revision, Rows, State
from msglint.loop.checklist.page import html
from msglint.loop.checklist.points import POINTS
from msglint.loop.clock import Clock
from msglint.loop.model import (
    Action,
    ActionItem,
    ArticleFigure,
    Deal,
    Feedback,
    FeedbackItem,
    Handover,
    Import,
    Lead,
    Review,
    SheetVersion,
    Statement,
    Visit,
)
from msglint.model import Diagnostic, Position, Severity

ZONE = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
TODAY = date(2026, 10, 31)
HANDOFF = Handoff(
    revision="2026-10",
    effective_from=date(2026, 4, 1),
    agreed=Agreement("マーケティング部長", "営業部長", date(2026, 3, 27)),
    mql=Mql(Decimal(30), (), (ActionRule("価格ページ閲覧", Decimal(30)),), ("価格ページ閲覧",)),
    bant_minimum=3,
    response=Response(Decimal(24), "elapsed"),
    target_conversion=Decimal("0.3"),
)
GUIDE = Guide(
    path="messaging.yaml",
    name="試験用のガイド",
    personas=(Persona("lead", "責任者", ("商談が増えない",)),),
    stages=(Stage("problem", "課題喚起"),),
    claims=(Claim("one", "主張は1つにそろえる"),),
    handoff=HANDOFF,
)


def moment(day: date, hour: int = 1) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def lead(number: int, day: date, **given: Any) -> Lead:
    id = f"csv:{number}"
    return Lead(id, "csv", str(number), owner="担当-01", created_at=moment(day), called_at=moment(day, 5), **given)


def handed(number: int, day: date, score: str = "30.00") -> Handover:
    return Handover(f"csv:{number}", moment(day), "guide", Decimal(score), "2026-10")


def ground(rows: Rows | None = None, **given: Any) -> Ground:
    usual: dict[str, Any] = {
        "guide": GUIDE,
        "revisions": (HANDOFF,),
        "rows": rows or Rows(),
        "now": NOW,
        "zone": ZONE,
        "clock": Clock(ZONE),
    }
    return Ground(**usual | given)


def point(number: int, seen: Ground) -> Answer:
    found = answers(seen)
    assert [one.number for one in found] == list(range(1, 16))
    return found[number - 1]


def said(answer: Answer) -> str:
    return "\n".join(one.said.ja for one in answer.evidence)


def with_handoff(**changes: Any) -> Guide:
    return replace(GUIDE, handoff=HANDOFF._replace(**changes))


def version(
    state: Any = "approved", expires: date | None = date(2027, 1, 1), name: str = "a/one-pager"
) -> SheetVersion:
    return SheetVersion(name, "v1", "content/a.md", None, "0" * 64, state, "営業部長", date(2026, 7, 1), expires)


def test_1_is_evidence_until_a_person_confirms_it() -> None:
    last = Revision("a" * 40, date(2026, 9, 28))
    found = point(1, ground(guide_last=last))
    assert found.state is State.EVIDENCE
    assert said(found).splitlines() == [
        "messaging.yaml の handoff、版 2026-10、最後のコミット aaaaaaa(2026-09-28)",
        "合意: マーケティング部長、営業部長",
    ]
    assert [one.on for one in found.evidence] == [date(2026, 4, 1), date(2026, 3, 27)]
    word = Statement(1, "合意している", True, "営業部長", date(2026, 10, 6))
    confirmed = point(1, ground(Rows(statements=(word,))))
    assert (confirmed.state, confirmed.statement, confirmed.on) == (State.HOLDS, word, date(2026, 10, 6))


@pytest.mark.parametrize(
    ("guide", "why"),
    [
        (replace(GUIDE, handoff=None), "ガイドに handoff"),
        (with_handoff(agreed=Agreement("マーケティング部長", "", date(2026, 3, 27))), "両部門の合意"),
        (with_handoff(agreed=Agreement("マーケティング部長", "営業部長", None)), "両部門の合意"),
        (with_handoff(bant_minimum=None), "SQLの条件"),
        (with_handoff(mql=Mql()), "MQLの配点"),
    ],
)
def test_1_fails_where_the_definition_lacks_something(guide: Guide, why: str) -> None:
    found = point(1, ground(guide=guide))
    assert found.state is State.FAILS
    assert why in said(found)


def test_2_computes_every_score_again() -> None:
    day = date(2026, 10, 1)
    people = (lead(1, day), lead(2, day))
    done = {one.id: [Action(one.id, "価格ページ閲覧", moment(day))] for one in people}
    rows = Rows(leads=people, actions=done, handovers=(handed(1, day), handed(2, day)))
    assert point(2, ground(rows)).state is State.HOLDS
    assert "2件中2件" in said(point(2, ground(rows)))
    off = point(2, ground(replace(rows, handovers=(handed(1, day), handed(2, day, "31.00")))))
    assert off.state is State.FAILS
    assert "2件中1件" in said(off)
    assert "一致しない: csv:2" in said(off)
    assert point(2, ground()).state is State.HOLDS
    assert point(2, ground(guide=with_handoff(mql=Mql()))).state is State.FAILS


def test_3_wants_a_limit_and_an_owner_of_every_recent_mql() -> None:
    day, old = date(2026, 10, 1), date(2026, 7, 1)
    rows = Rows(leads=(lead(1, day), lead(2, old)), handovers=(handed(2, old), handed(1, day)))
    found = point(3, ground(rows))
    assert found.state is State.HOLDS
    assert "直近90日のMQL1件のうち、担当者なし0件" in said(found)
    assert "100.0%(1/1件" in said(found)
    alone = replace(rows, leads=(replace(lead(1, day), owner=None), replace(lead(2, old), owner=None)))
    assert "担当者なし: csv:1" in said(point(3, ground(alone)))
    assert "csv:2" not in said(point(3, ground(alone)))
    assert point(3, ground(alone)).state is State.FAILS
    assert point(3, ground(rows, guide=with_handoff(response=None))).state is State.FAILS


def test_4_fails_for_what_contradicts_and_not_for_what_lacks() -> None:
    articles = (Article("content/a.md", "lead", "problem"),)
    clean = point(4, ground(content=Content(articles, carried={"one": 1})))
    assert clean.state is State.EVIDENCE
    assert "主張1件のうち1件を、どれかの記事が伝えている" in said(clean)
    at = Position(7, 1, 80)
    wrong = Diagnostic("content/a.md", "fact-mismatch", Severity.ERROR, "…", at, at, "")
    missing = replace(wrong, rule="claim-missing", severity=Severity.WARNING)
    found = point(4, ground(content=Content(articles, (wrong, missing), {})))
    assert found.state is State.FAILS
    assert "指摘2件(うち食い違い1件)" in said(found)
    assert "content/a.md:7 fact-mismatch" in said(found)
    assert "どの記事も伝えていない主張: one" in said(found)
    assert point(4, ground(content=Content(articles, (missing,), None))).state is State.EVIDENCE
    assert point(4, ground()).state is State.UNKNOWN
    assert point(4, ground(content=Content(articles, unread=1))).state is State.UNKNOWN


def test_5_wants_a_reader_for_each_article() -> None:
    whole = Content((Article("content/a.md", "lead", "problem"),))
    assert point(5, ground(content=whole)).state is State.EVIDENCE
    lost = point(5, ground(content=Content((*whole.articles, Article("content/b.md", "nobody", None)))))
    assert (lost.state, lost.evidence[-1].link) == (State.FAILS, "content/b.md")
    assert point(5, ground(guide=replace(GUIDE, personas=()))).state is State.FAILS
    assert point(5, ground(guide=replace(GUIDE, personas=(Persona("lead", "責任者"),)))).state is State.FAILS


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (Made(version(), "lead", "problem", current=True, there=True), None),
        (Made(version("unapproved"), "lead", "problem", current=True, there=True), "未承認: 1枚"),
        (Made(version("stale"), "lead", "problem", current=True, there=True), "記事が変わった: 1枚"),
        (Made(version(), "lead", "problem", current=False, there=True), "記事が変わった: 1枚"),
        (Made(version(expires=TODAY), "lead", "problem", current=True, there=True), "期限切れ: 1枚"),
        (Made(version(), "lead", "problem", current=True, there=False), "ファイルがない: 1枚"),
    ],
)
def test_6_counts_sheets_that_can_be_handed_over(made: Made, why: str | None) -> None:
    found = point(6, ground(sheets=(made,)))
    assert found.state is (State.FAILS if why else State.HOLDS)
    assert (why or "今の記事のもの1枚") in said(found)
    assert ("責任者 × 課題喚起" in said(found)) is bool(why)


def test_6_cannot_be_told_without_a_manifest() -> None:
    assert point(6, ground()).state is State.UNKNOWN
    assert point(6, ground(sheets=())).state is State.FAILS


def feedback(id: str, day: date, **given: Any) -> Feedback:
    return Feedback(id, day, "担当-01", **({"lead": "csv:1"} | given))


def test_7_holds_by_use() -> None:
    deal = Deal("csv:D1", "csv", "D1", owner="担当-02", opened_on=date(2026, 10, 20))
    fresh = Rows(deals=(deal,), feedback=(feedback("f1", date(2026, 10, 2), lead=None, deal="csv:D1"),))
    found = point(7, ground(fresh))
    assert found.state is State.HOLDS
    assert "100.0%(1/1件" in said(found)
    assert "一度も答えていない担当者: 担当-02" in said(found)
    stale = replace(fresh, feedback=(feedback("f1", date(2026, 10, 1), lead=None, deal="csv:D1"),))
    assert point(7, ground(stale)).state is State.FAILS
    assert point(7, ground()).state is State.UNKNOWN


def test_8_follows_a_voice_to_its_commit() -> None:
    voice = feedback("f1", date(2026, 7, 1))
    item = FeedbackItem("f1", "a/one-pager", "v1", "not_usable", "図がない")
    fix = ActionItem("A-1", "content", "図を加える", "編集", date(2026, 7, 31), "f1", date(2026, 7, 21), "b" * 40)
    rows = Rows(feedback=(voice,), items=(item,), action_items=(fix,))
    found = point(8, ground(rows))
    assert found.state is State.EVIDENCE
    assert said(found).splitlines() == [
        "フィードバックから決めた対応1件、うち完了1件",
        "声を聞いてから完了まで、中央値20日",
        "図を加える(コミット bbbbbbb)",
    ]
    assert found.evidence[-1].link == "b" * 40
    untouched = replace(rows, action_items=())
    assert point(8, ground(untouched)).state is State.FAILS
    present = (Made(replace(version(), version="v2"), "lead", "problem", current=True, there=True),)
    assert point(8, ground(untouched, sheets=present)).state is State.EVIDENCE  # the article has changed since
    assert point(8, ground()).state is State.UNKNOWN


def test_9_wants_three_months_and_a_quarter() -> None:
    months = [Review("monthly", f"2026-0{m}", date(2026, m + 1, 5), "マ", "営", f"m/{m}.md") for m in (7, 8, 9)]
    quarter = Review("quarterly", "2026-Q3", date(2026, 10, 15), "マ", "営")
    files = frozenset({"m/7.md", "m/8.md", "m/9.md"})
    found = point(9, ground(Rows(reviews=(*months, quarter)), files=files))
    assert found.state is State.EVIDENCE
    assert said(found).splitlines()[0] == "2026-07 の会議(マ、営)"
    assert said(found).splitlines()[-1] == "2026-Q3 の会議(マ、営)、議事録なし"
    assert "2026-07 の会議(マ、営)、議事録なし" in said(point(9, ground(Rows(reviews=(*months, quarter)))))
    gap = point(9, ground(Rows(reviews=(*months[1:], quarter)), files=files))
    assert gap.state is State.FAILS
    assert "2026-07 の会議の記録がない" in said(gap)
    early = ground(Rows(reviews=(*months,)), now=datetime(2026, 10, 21, tzinfo=UTC), files=files)
    assert "2026-Q3 の会議の記録がない" in said(point(9, early))
    graced = ground(Rows(reviews=(*months,)), now=datetime(2026, 10, 20, tzinfo=UTC), files=files)
    assert "Q3" not in said(point(9, graced))
    assert point(9, ground()).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("days", "state", "gap"),
    [
        ((date(2026, 9, 26),), State.HOLDS, 35),
        ((date(2026, 9, 25),), State.FAILS, 36),
        ((date(2026, 8, 20), date(2026, 9, 30)), State.FAILS, 41),
        ((date(2025, 1, 1), date(2026, 10, 1)), State.HOLDS, 30),
    ],
)
def test_10_fails_after_a_gap(days: tuple[date, ...], state: State, gap: int) -> None:
    rows = Rows(imports=tuple(Import(moment(day), "leads", 1, 1) for day in days))
    found = point(10, ground(rows))
    assert found.state is state
    assert f"間隔{gap}日" in said(found)
    assert [line[:7] for line in said(found).splitlines()[1:]] == [f"2026-0{m}" for m in range(4, 10)]


def test_10_cannot_be_told_without_imports() -> None:
    rows = Rows(imports=(Import(moment(TODAY), "pages", 1, 1),))
    assert point(10, ground(rows)).state is State.UNKNOWN


def test_11_counts_verdicts_with_their_versions() -> None:
    items = (
        FeedbackItem("f1", "a/one-pager", "v1", "helped"),
        FeedbackItem("f1", "b/one-pager", "v1", "not_usable", "古い"),
    )
    rows = Rows(feedback=(feedback("f1", date(2026, 10, 2)),), items=items)
    found = point(11, ground(rows))
    assert found.state is State.HOLDS
    assert "直近90日の評価2件(2版): 役に立った1、変わらなかった0、使えなかった1、使わなかった0" in said(found)
    assert point(11, ground(replace(rows, items=()))).state is State.FAILS
    assert point(11, ground()).state is State.UNKNOWN


def test_12_wants_three_metrics_with_fresh_data() -> None:
    day = date(2026, 10, 1)
    pages = ArticleFigure("/a", day, date(2026, 10, 30), 10, 1)
    rows = Rows(leads=(lead(1, day),), handovers=(handed(1, day),), figures=(pages,))
    assert point(12, ground(rows)).state is State.EVIDENCE
    assert "目標30%" in said(point(12, ground(rows)))
    assert point(12, ground(replace(rows, figures=(replace(pages, conversions=None),)))).state is State.FAILS
    old = replace(pages, since=date(2026, 8, 1), until=date(2026, 9, 25))
    assert point(12, ground(replace(rows, figures=(old,)))).state is State.FAILS
    assert point(12, ground(rows, guide=with_handoff(target_conversion=None))).state is State.FAILS
    assert point(12, ground()).state is State.UNKNOWN


def test_13_is_a_word_and_stays_one() -> None:
    assert point(13, ground()).state is State.UNKNOWN
    word = Statement(13, "共有フォルダーを使っている", True, "営業課長", date(2026, 10, 5))
    assert point(13, ground(Rows(statements=(word,)))).state is State.EVIDENCE
    visits = (
        Visit(date(2026, 10, 2), "担当-01"),
        Visit(date(2026, 10, 3), "担当-01"),
        Visit(date(2026, 10, 1), "担当-02"),
    )
    found = point(13, ground(Rows(visits=visits, statements=(word,))))
    assert (found.state, said(found)) == (State.EVIDENCE, "直近30日にポータルを使った人1人(のべ2日)")


def test_14_shows_what_a_hand_over_tells() -> None:
    day = date(2026, 10, 1)
    rows = Rows(
        leads=(lead(1, day, need=True),),
        actions={"csv:1": [Action("csv:1", "価格ページ閲覧", moment(day), "/pricing")]},
        handovers=(handed(1, day),),
        feedback=(feedback("f1", day, temperature=4, as_promised=False),),
    )
    found = point(14, ground(rows))
    assert found.state is State.EVIDENCE
    assert [line.split(" ")[1][:7] for line in said(found).splitlines()] == ["100.0%(", "100.0%(", "0.0%(0/", "100.0%("]
    bare = replace(rows, leads=(lead(1, day),), actions={})
    assert point(14, ground(bare)).state is State.FAILS
    assert point(14, ground()).state is State.UNKNOWN


def test_14_is_of_the_last_ninety_days_and_hears_deals_as_the_review_does() -> None:
    day = date(2026, 10, 1)
    rows = Rows(
        leads=(lead(1, day),),
        handovers=(handed(1, day),),
        deals=(Deal("csv:D1", "csv", "D1", lead="csv:1", opened_on=day),),
        feedback=(
            feedback("old", date(2026, 6, 1), temperature=4, as_promised=False),
            feedback("new", day, lead=None, deal="csv:D1", temperature=1, as_promised=True),
        ),
    )
    told = said(point(14, ground(rows)))
    assert "直近90日に会い、温度の見立てが2段階以上違ったリード 100.0%(1/1件" in told
    assert "直近90日の面談のうち、期待と提案が違ったもの 0.0%(0/1件" in told


def test_7_and_11_count_what_is_said_of_a_deals_lead() -> None:
    deal = Deal(
        "csv:D1", "csv", "D1", "csv:1", opened_on=date(2026, 10, 2), closed_on=date(2026, 10, 20), outcome="won"
    )
    items = (FeedbackItem("f1", "a/one-pager", "v1", "helped"),)
    rows = Rows(leads=(lead(1, date(2026, 10, 1)),), deals=(deal,), feedback=(feedback("f1", date(2026, 10, 2)),))
    assert "声のあるもの 100.0%(1/1件" in said(point(7, ground(rows)))
    assert "評価のあるもの 100.0%(1/1件" in said(point(11, ground(replace(rows, items=items))))
    assert "評価のあるもの 0.0%(0/1件" in said(point(11, ground(rows)))


def test_15_wants_a_commit_or_front_matter_that_names_feedback() -> None:
    articles = (Article("content/a.md", "lead", "problem"), Article("content/b.md", "lead", "problem", ("f9",)))
    commit = Revision("c" * 40, date(2026, 10, 1), "図を加える")
    rows = Rows(feedback=(feedback("f1", date(2026, 9, 1)),))

    def found(message: str = "図を加える", known: Rows = rows, on: date = commit.on) -> Answer:
        changed = {"content/a.md": (Revision(commit.commit, on, message),), "content/b.md": ()}
        return point(15, ground(known, content=Content(articles, changes=changed)))

    assert found().state is State.FAILS
    assert found("f1 を受けて直す").state is State.EVIDENCE
    action = ActionItem("A-1", "content", "直す", "編集", TODAY, "f1", commit.on, "c" * 12)
    closed = found(known=replace(rows, action_items=(action,)))
    assert (closed.state, closed.evidence[-1]) == (State.EVIDENCE, closed.evidence[-1]._replace(link="content/a.md"))
    assert found(on=date(2026, 8, 1)).state is State.UNKNOWN
    named = Rows(feedback=(feedback("f9", date(2026, 9, 1)),))
    changed = {"content/b.md": (commit,)}
    assert point(15, ground(named, content=Content(articles, changes=changed))).state is State.EVIDENCE
    assert point(15, ground()).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("number", "seen", "holds", "state"),
    [
        (2, State.HOLDS, True, State.HOLDS),
        (2, State.HOLDS, False, State.FAILS),
        (2, State.FAILS, True, State.FAILS),
        (8, State.EVIDENCE, True, State.HOLDS),
        (8, State.EVIDENCE, False, State.FAILS),
        (8, State.UNKNOWN, True, State.EVIDENCE),
        (8, State.FAILS, True, State.FAILS),
        (13, State.EVIDENCE, True, State.EVIDENCE),
        (13, State.UNKNOWN, True, State.EVIDENCE),
        (13, State.UNKNOWN, False, State.FAILS),
    ],
)
def test_a_persons_word_settles_what_is_open_and_nothing_else(
    number: int, seen: State, holds: bool, state: State
) -> None:
    assert settled(POINTS[number - 1], seen, Statement(number, "…", holds, "誰か", TODAY)) is state


def test_the_latest_word_counts_for_half_a_year() -> None:
    first = Statement(13, "ある", True, "A", TODAY - timedelta(days=10))
    second = Statement(13, "なくなった", False, "B", TODAY - timedelta(days=5))
    coming = Statement(13, "また始める", True, "C", TODAY + timedelta(days=1))
    found = point(13, ground(Rows(statements=(first, second, coming))))
    assert (found.state, found.statement) == (State.FAILS, second)
    limit = replace(first, on=TODAY - timedelta(days=183))
    assert point(13, ground(Rows(statements=(limit,)))).state is State.EVIDENCE
    old = point(13, ground(Rows(statements=(replace(limit, on=TODAY - timedelta(days=184)),))))
    assert (old.state, old.outdated) == (State.UNKNOWN, True)
    assert "半年を過ぎたため数えない" in telling.text([old], TODAY, "ja")


def test_no_form_gives_a_total() -> None:
    found = answers(ground())
    for language in ("ja", "en"):
        for told in (telling.text(found, TODAY, language), telling.markdown(found, TODAY, language)):
            assert not re.search(r"\d+\s*/\s*15|15点|total score", told)
    data = json.loads(telling.as_json(found, TODAY))
    assert (data.keys(), len(data["points"])) == ({"version", "as_of", "points"}, 15)
    assert data["points"][3]["state"] == "unknown"
    assert data["points"][0]["evidence"][1] == {
        "said": {"ja": "合意: マーケティング部長、営業部長", "en": "agreed: マーケティング部長, 営業部長"},
        "on": "2026-03-27",
        "link": None,
    }


def test_markdown_takes_nothing_for_markup() -> None:
    word = Statement(13, "*すべて* を <b>見た</b>", True, "営業_課長", TODAY)
    told = telling.markdown(answers(ground(Rows(statements=(word,)))), TODAY, "ja")
    assert r"- 営業\_課長「\*すべて\* を \<b\>見た\</b\>」(満たす)  2026-10-31" in told.splitlines()


def test_the_page_runs_its_own_style_only_and_escapes_what_people_write() -> None:
    word = Statement(13, "<script>alert(1)</script>", True, "課長", TODAY, "javascript:alert(1)")
    page = html(answers(ground(Rows(statements=(word,)))), TODAY, "ja", company="A & B")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "A &amp; B" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert page.count('<li id="point-') == 15


def test_an_address_on_the_web_can_be_followed() -> None:
    word = Statement(13, "ある", True, "課長", TODAY, "https://example.com/tools")
    page = html(answers(ground(Rows(statements=(word,)))), TODAY, "en")
    assert '<a href="https://example.com/tools">https://example.com/tools</a>' in page
    assert '<html lang="en">' in page
