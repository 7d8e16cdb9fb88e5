"""Exports as HubSpot, Salesforce and GA4 write them: what is read, what is refused, what a second import changes."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msglint.guide.sales import Imports
from msglint.loop.importers import Choices, Reading, read
from msglint.loop.merging import Existing, Plan, digest, plan
from msglint.loop.model import Action, ArticleFigure, Deal, Lead, Misread

GUIDE = Imports("Asia/Tokyo", (("提案中", "open"), ("受注", "won"), ("失注", "lost"), ("Negotiation", "open")))

HUBSPOT_DEALS = (
    "\ufeffRecord ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Associated Contact IDs\r\n"
    '101,"鈴木商事, 新規",closedwon,2026-10-20 15:00,営業A,"1,200,000",default,2026-08-01 09:00,11\r\n'
    "102,佐藤工業,提案中,2026-10-31 23:59,営業B,,default,2026-10-02 10:00,\r\n"
    "103,高橋製作所,closedlost,2026-10-21 10:00,営業B,800000,default,2026-09-01 10:00,11;99\r\n"
)
SALESFORCE_DEALS = (
    "商談レポート\r\n\r\n作成者: 営業企画\r\n\r\n"
    "商談 ID,商談名,フェーズ,金額,完了予定日,作成日,商談 所有者,取引先名,確度 (%)\r\n"
    '0065g00000AbCdE,①㈱髙島 導入,受注,"\\1,200,000",2026/10/20,2026/08/01,営業A,㈱髙島,100\r\n'
    '0065g00000AbCdF,B社,提案中,"(1,000)",2026/10/31,2026/08/01,営業A,B社,50\r\n'
    '総計,,,"\\1,199,000",,,,,\r\n\r\n'
    "機密情報 - 配布禁止\r\n"
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\r\n'
)
LEADS = (
    "Record ID,Email,Create Date,Number of Employees,Became a Marketing Qualified Lead Date,"
    "Became a Sales Qualified Lead Date,Date of first engagement,予算,決裁権,課題,導入時期\n"
    "11,A@Example.co.jp,2026-10-01 09:00,300名,2026-10-05 10:00,2026-10-09 12:00,2026-10-05 11:30,○,○,未確認,○\n"
    "12,b@example.co.jp,2026-10-01 09:00,50,2026-10-05,,2026-10-06 11:30,,,,\n"
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return (
        datetime(2026, 10, day, hour - 9, minute, tzinfo=UTC) if hour >= 9 else datetime(2026, 10, day - 1, hour + 15)
    )


def taken(text: str | bytes, guide: Imports = GUIDE, **choices: object) -> Reading:
    content = text.encode() if isinstance(text, str) else text
    return read(content, guide, choices=Choices(**choices))  # type: ignore[arg-type]


def after(found: Plan) -> list[object]:
    return [change.after for change in found.changes]


def faults(found: Plan) -> dict[int, str]:
    return {fault.line: fault.reason.en for fault in found.faults}


def leads_of(text: str) -> Mapping[str, Lead]:
    return {change.after.id: change.after for change in plan(taken(text), Existing()).leads}


def test_deals_of_hubspot() -> None:
    reading = taken(HUBSPOT_DEALS)
    assert (reading.columns.kind, reading.columns.system, reading.encoding) == ("deals", "hubspot", "UTF-8 (BOM)")
    assert reading.columns.unknown == ()
    found = plan(reading, Existing(leads={"hubspot:11": Lead("hubspot:11", "hubspot", "11")}))
    assert found.faults == ()
    first, second, third = after(found)
    assert first == Deal(
        "hubspot:101",
        "hubspot",
        "101",
        lead="hubspot:11",
        name="鈴木商事, 新規",
        owner="営業A",
        pipeline="default",
        stage="closedwon",
        amount=1_200_000,
        opened_on=date(2026, 8, 1),
        closed_on=date(2026, 10, 20),
        outcome="won",
    )
    assert isinstance(second, Deal)
    assert isinstance(third, Deal)
    assert (second.amount, second.outcome, second.closed_on, second.expected_on) == (
        None,
        None,
        None,
        date(2026, 10, 31),
    )
    assert (third.outcome, third.lead) == ("lost", "hubspot:11")


def test_deals_of_salesforce_in_cp932() -> None:
    reading = taken(SALESFORCE_DEALS.encode("cp932"))
    assert (reading.columns.kind, reading.columns.system, reading.encoding) == ("deals", "salesforce", "CP932")
    assert (reading.header_line, reading.dropped) == (5, (8, 10, 11))
    assert reading.columns.unknown == ("確度 (%)",)
    first, second = after(plan(reading, Existing()))
    assert isinstance(first, Deal)
    assert isinstance(second, Deal)
    assert (first.record, first.name, first.account) == ("0065g00000AbCdEAAV", "①㈱髙島 導入", "㈱髙島")
    assert (first.amount, first.outcome, first.closed_on) == (1_200_000, "won", date(2026, 10, 20))
    assert (second.amount, second.outcome, second.closed_on) == (-1000, None, None)


def test_the_same_record_comes_with_15_and_with_18_characters() -> None:
    api = "Id,Name,StageName,Amount,CloseDate,CreatedDate\n0065g00000AbCdEAAV,①㈱髙島 導入,受注,1200000.0,2026-10-20,"
    reading = taken(api + "2026-08-01T03:00:00.000Z\n")
    assert reading.columns.system == "salesforce"
    report = plan(taken(SALESFORCE_DEALS.encode("cp932")), Existing()).deals[0].after
    found = plan(reading, Existing(deals={report.id: report}))
    assert (found.changes, found.same) == ((), 1)


@pytest.mark.parametrize("text", [HUBSPOT_DEALS, SALESFORCE_DEALS, LEADS])
def test_the_same_file_changes_nothing(text: str) -> None:
    reading = taken(text)
    first = plan(reading, Existing())
    assert first.changes
    there = Existing(leads={c.after.id: c.after for c in first.leads}, deals={c.after.id: c.after for c in first.deals})
    second = plan(reading, there)
    assert (second.changes, second.same) == ((), len(first.changes))


def test_leads_with_bant_and_times() -> None:
    reading = taken(LEADS)
    assert (reading.columns.kind, reading.columns.system) == ("leads", "hubspot")
    first, second = after(plan(reading, Existing()))
    assert first == Lead(
        "hubspot:11",
        "hubspot",
        "11",
        email="a@example.co.jp",
        employees="300名",
        created_at=at(1, 9),
        mql_at=at(5, 10),
        called_at=at(5, 11, 30),
        sql_at=at(9, 12),
        budget=True,
        authority=True,
        need=None,
        timeline=True,
    )
    assert isinstance(second, Lead)
    assert (second.mql_at, second.clocked) == (datetime(2026, 10, 4, 15, tzinfo=UTC), False)


def test_columns_that_a_file_lacks_keep_what_is_known() -> None:
    before = leads_of(LEADS)
    status = "Record ID,Email,Lead Status\n11,,Connected\n"
    (change,) = plan(taken(status), Existing(leads=before)).leads
    assert change.before == before["hubspot:11"]
    assert (change.after.email, change.after.status) == (None, "Connected")
    assert (change.after.mql_at, change.after.budget) == (at(5, 10), True)


def test_bad_rows_are_named_with_line_and_reason_and_the_others_go_in() -> None:
    text = (
        "Record ID,Deal Name,Deal Stage,Close Date,Amount,Create Date\n"
        "1,a,受注,2026-10-20,100,2026-10-01\n"
        "2,b,謎,2026-10-20,100,2026-10-01\n"
        "3,c,受注,,100,2026-10-01\n"
        "4,d,受注,2026-09-30,100,2026-10-01\n"
        "5,e,受注,2026-10-20,$100,2026-10-01\n"
        "6,f,受注,2026-10-20\n"
        '7,"g\n2行目",受注,2026-10-20,100,2026-10-01,多い\n'
        ",h,受注,2026-10-20,100,2026-10-01\n"
        "1,a,受注,2026-10-20,100,2026-10-01\n"
        "1,a,受注,2026-10-20,999,2026-10-01\n"
        "1.5E+10,i,受注,2026-10-20,100,2026-10-01\n"
    )
    found = plan(taken(text), Existing())
    assert [change.after.record for change in found.deals] == ["1"]
    assert {line: reason.split(" ")[0] for line, reason in faults(found).items()} == {
        3: "The",
        4: "It",
        5: "It",
        6: "$100",
        7: "The",
        8: "The",
        10: "It",
        12: "The",
        13: "The",
    }
    assert "謎" in faults(found)[3]
    assert "imports.stages" in faults(found)[3]
    assert faults(found)[5] == "It was closed (2026-09-30) before it was opened (2026-10-01)."
    assert faults(found)[8] == "The header has 6 columns, this row 7."


def test_leads_that_cannot_be() -> None:
    text = (
        "Record ID,Email,MQL日,SQL日,却下日\n"
        "1,a@example.co.jp,2026-10-05,2026-10-04,\n"
        "2,b@example.co.jp,2026-10-05,2026-10-06,2026-10-07\n"
        "3,c@example.co.jp,,2026-10-06,\n"
        "4,not an address,,,\n"
    )
    found = plan(taken(text), Existing())
    assert [change.after.record for change in found.leads] == ["3"]
    assert sorted(faults(found)) == [2, 3, 5]
    assert "1 leads are SQLs without a time of MQL" in found.notes[0].en


def test_times_without_a_zone_are_refused_unless_the_guide_says_where() -> None:
    found = plan(taken(LEADS, Imports()), Existing())
    assert found.changes == ()
    assert sorted(faults(found)) == [2, 3]
    assert "imports.timezone" in faults(found)[2]


def test_actions_find_their_leads_by_id_and_by_address() -> None:
    log = (
        "リードID,メールアドレス,行動,日時,URL\n"
        "11,,価格ページ閲覧,2026/10/05 10:00,/price\n"
        ",A@example.co.jp,価格ページ閲覧,2026/10/05 10:00,/price\n"
        ",b@example.co.jp,資料ダウンロード,2026-10-05T01:00:00Z,\n"
        ",x@example.co.jp,資料ダウンロード,2026/10/05 10:00,\n"
        "11,,,2026/10/05 10:00,\n"
        "11,,問い合わせ,,\n"
    )
    there = Existing(leads=leads_of(LEADS))
    found = plan(taken(log), there)
    assert after(found) == [
        Action("hubspot:11", "価格ページ閲覧", at(5, 10), "/price"),
        Action("hubspot:12", "資料ダウンロード", at(5, 10)),
    ]
    assert found.same == 1  # the second row says what the first said
    assert faults(found)[5] == "The lead x@example.co.jp has not been imported yet. Import the leads first."
    assert sorted(faults(found)) == [5, 6, 7]
    again = plan(taken(log), Existing(leads=there.leads, actions=frozenset(c.after for c in found.actions)))
    assert (again.changes, again.same) == ((), 3)


def test_an_address_of_two_leads_is_no_guess() -> None:
    people = {
        f"{system}:{record}": Lead(f"{system}:{record}", system, record, email="a@example.co.jp")
        for system, record in (("hubspot", "1"), ("salesforce", "2"))
    }
    log = "Email,Action,Date\na@example.co.jp,問い合わせ,2026-10-05 10:00\n"
    found = plan(taken(log), Existing(leads=people))
    assert faults(found) == {2: "a@example.co.jp is 2 leads (hubspot:1, salesforce:2)."}
    chosen = plan(taken(log, system="hubspot"), Existing(leads=people))
    assert [change.after.lead for change in chosen.actions] == ["hubspot:1"]


GA4 = (
    "# ----------------------------------------\n# ページとスクリーン\n# 開始日: 20261001\n# 終了日: 20261031\n"
    "# ----------------------------------------\n\n"
    "ページパスとスクリーン クラス,表示回数,アクティブ ユーザー,キーイベント\n"
    "/crm,1234,900,12\n/crm?utm_source=x,6,5,0\nhttps://example.co.jp/loop,300,200,3.0\n,1540,,15\n"
)


def test_page_figures_of_ga4() -> None:
    reading = taken(GA4)
    found = plan(reading, Existing())
    october = (date(2026, 10, 1), date(2026, 10, 31))
    assert after(found) == [ArticleFigure("/crm", *october, 1240, 12), ArticleFigure("/loop", *october, 300, 3)]
    assert sorted(faults(found)) == [11]  # a total without a path
    there = Existing(figures={(f.path, f.since, f.until): f for f in (c.after for c in found.figures)})
    assert plan(reading, there).same == 2
    views = "Page path,Month,Views\n/crm,2026年10月,1300\n"
    (change,) = plan(taken(views), there).figures
    assert change.after == ArticleFigure("/crm", *october, 1300, 12)


def test_page_figures_by_day() -> None:
    text = 'ページ,日付,PV,CV\n/crm,2026/10/01,"1,234",\n/crm,20261002,5,1\n/crm,,5,1\n/crm,2026/10/03,-1,0\n'
    found = plan(taken(text), Existing())
    first, second = date(2026, 10, 1), date(2026, 10, 2)
    assert after(found) == [ArticleFigure("/crm", first, first, 1234), ArticleFigure("/crm", second, second, 5, 1)]
    assert sorted(faults(found)) == [4, 5]


def test_who_is_forgotten_stays_out() -> None:
    gone = frozenset({digest("email", "a@example.co.jp"), digest("lead", "hubspot:12")})
    found = plan(taken(LEADS), Existing(forgotten=gone))
    assert (found.changes, found.forgotten, found.faults) == ((), 2, ())
    log = "リードID,Email,行動,日時\n,a@example.co.jp,問い合わせ,2026/10/05 10:00\n"
    assert plan(taken(log), Existing(forgotten=gone)).forgotten == 1


def test_the_kind_is_told_by_the_columns_or_by_the_person() -> None:
    bare = "Record ID,Create Date\n1,2026-10-01\n"
    assert taken(bare).columns.kind == "leads"
    assert taken(LEADS, kind="leads", system="csv").columns.system == "csv"
    with pytest.raises(Misread, match="A column is missing: Deal Stage or Amount or Close Date"):
        taken(bare, kind="deals")
    with pytest.raises(Misread, match="cannot be mql_at"):
        taken(HUBSPOT_DEALS, columns={"Pipeline": "mql_at"})


def test_a_column_can_be_named_by_the_person() -> None:
    text = "Record ID,Email,引き渡し\n1,a@example.co.jp,2026-10-05 10:00\n"
    assert taken(text).columns.unknown == ("引き渡し",)
    (change,) = plan(taken(text, columns={"引き渡し": "mql_at"}), Existing()).leads
    assert change.after.mql_at == at(5, 10)


def test_columns_that_the_guide_scores_by_are_kept() -> None:
    text = "Record ID,Email,部署,趣味\n1,a@example.co.jp,営業企画,釣り\n"
    reading = read(text.encode(), GUIDE, wanted=("部署",))
    assert reading.columns.unknown == ("趣味",)
    (change,) = plan(reading, Existing()).leads
    assert change.after.fields == {"部署": "営業企画"}


def test_the_response_time_is_never_used_and_that_is_said() -> None:
    reading = taken("Record ID,Email,Lead response time\n1,a@example.co.jp,3600000\n")
    assert "Lead response time is not used" in reading.notes[-1].en
    assert reading.columns.unknown == ()
    assert reading.rows[0].values == {"record": "1", "email": "a@example.co.jp"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty"),
        ("\ufeff\r\n", "The file is empty"),
        ("a,b\n1,2\n", "No header"),
        ("x\n" * 100 + "Record ID,Deal Stage\n", "No header"),
        ('Record ID,Deal Stage\n1,"受注\n2,受注\n', "row that begins on line 2"),
    ],
)
def test_files_that_are_no_export(content: str, said: str) -> None:
    with pytest.raises(Misread, match=said):
        taken(content)


def test_small_print_that_nobody_quoted_is_dropped_and_no_deal_is() -> None:
    text = (
        "Opportunity ID,Opportunity Name,Stage,Close Date,Created Date\n"
        "7,Copyright, Closed Won,2026-10-20,2026-10-01\n"
        "Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\n"
        "Confidential Information - Do Not Distribute\n"
    )
    reading = taken(text)
    assert (reading.faults, reading.dropped, [row.values["record"] for row in reading.rows]) == ((), (3, 4), ["7"])


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters(delimiter: str) -> None:
    text = "Record ID,Deal Name,Deal Stage,Close Date,Create Date\n1,a,受注,2026-10-20,2026-10-01\n"
    reading = taken(text.replace(",", delimiter).encode("utf-16"))
    assert [change.after.record for change in plan(reading, Existing()).deals] == ["1"]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"Record ID,Deal Stage,Amount,Close Date\n", b"Email,Action,Date,URL\n"):
        with contextlib.suppress(Misread):
            plan(taken(start + content), Existing())
