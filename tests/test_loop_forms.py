"""Answers to forms, as Google Forms and Microsoft Forms write them, become feedback or are refused with the line."""

from __future__ import annotations

import dataclasses
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from msglint.loop import forms, questions
from msglint.loop.answers import Answer
from msglint.loop.forms import Answers
from msglint.loop.model import Deal, Feedback, FeedbackItem, Lead, Misread, SheetVersion
from msglint.loop.questions import Question
from msglint.loop.subjects import Sheets, Subjects

TOKYO = ZoneInfo("Asia/Tokyo")
SUBJECTS = Subjects(
    deals=(
        Deal("hubspot:7", "hubspot", "7", name="甲社の案件", lead="hubspot:101"),
        Deal("hubspot:8", "hubspot", "8", name="乙社の案件"),
        Deal("csv:8", "csv", "8", name="丙社の案件"),
    ),
    leads=(Lead("hubspot:101", "hubspot", "101", email="a@example.co.jp"),),
)
CRM = SheetVersion("content/crm/one-pager", "v2", "content/crm.md", source_sha256="b" * 64)
OLD = dataclasses.replace(CRM, version="v1", source_sha256="a" * 64)
SEO = SheetVersion("content/seo/one-pager", "s1", "content/seo.md")
GONE = SheetVersion("content/gone/one-pager", "g1", "content/gone.md")
SHEETS = Sheets(
    present=(CRM, SEO),
    earlier=(OLD, GONE),
    titles={"CRM、入れる前に": CRM.sheet, "検索から始める": SEO.sheet},
    since={CRM.sheet: date(2026, 10, 10)},
)


def read(text: str | bytes, **given: object) -> Answers:
    content = text if isinstance(text, bytes) else text.encode()
    return forms.read(content, SUBJECTS, SHEETS, TOKYO, **given)  # type: ignore[arg-type]


def said(text: str | bytes) -> tuple[Feedback, tuple[FeedbackItem, ...]]:
    answers = read(text)
    assert answers.faults == ()
    (one,) = answers.said
    return one.answer.feedback, one.answer.items


def faults(text: str | bytes) -> list[tuple[int, str]]:
    return [(line, reason.en) for line, reason in read(text).faults]


GOOGLE = (
    "タイムスタンプ,メールアドレス,商談ID,リードの温度感を教えてください(1〜5),"
    "リードはコンテンツの内容に期待どおりでしたか,商談で使ったシート,シートは使えましたか,使えなかった理由,"
    "顧客の課題は何でしたか,要望\r\n"
    "2026/10/20 9:05:33,rep@example.co.jp,7,4,いいえ,content/crm/one-pager,使えなかった,"
    "料金が先月の改定前のまま,見積もりの根拠,料金の一覧\r\n"
)


def test_google_forms_in_japanese() -> None:
    feedback, items = said(GOOGLE)
    assert feedback == Feedback(
        id=feedback.id,
        met_on=date(2026, 10, 20),
        rep="rep@example.co.jp",
        deal="hubspot:7",
        temperature=4,
        as_promised=False,
        need="見積もりの根拠",
        request="料金の一覧",
    )
    assert feedback.id.startswith("form:")
    assert items == (FeedbackItem(feedback.id, CRM.sheet, "v2", "not_usable", "料金が先月の改定前のまま"),)
    answers = read(GOOGLE)
    assert (answers.encoding, answers.header_line, answers.unknown) == ("UTF-8", 1, ())
    assert answers.said[0].line == 2
    assert answers.said[0].answer.guessed


def test_google_forms_in_english_with_boxes_ticked() -> None:
    feedback, items = said(
        '"Timestamp","Email Address","Deal ID","How warm is the lead? (temperature)",'
        '"Did the lead expect what the content promised?","Which sheets did you show?","Verdict","Reason"\n'
        '"10/20/2026 15:45:22","rep@example.co.jp","甲社の案件","5","Yes",'
        '"content/crm/one-pager, content/seo/one-pager","Shown, no effect",""\n'
    )
    assert (feedback.met_on, feedback.deal, feedback.temperature, feedback.as_promised) == (
        date(2026, 10, 20),
        "hubspot:7",
        5,
        True,
    )
    assert [(item.sheet, item.version, item.verdict) for item in items] == [
        (CRM.sheet, "v2", "shown_no_effect"),
        (SEO.sheet, "s1", "shown_no_effect"),
    ]


MICROSOFT = (
    "\ufeffID,開始時刻,完了時刻,メール,名前,リードID,温度感,どのシートを使いましたか,版,評価,使えなかった理由(複数選択可)\r\n"
    "1,10/20/26 9:00:01,10/20/26 9:05:33,anonymous,営業A,a@example.co.jp,3,"
    "CRM、入れる前に;検索から始める;,,使えなかった,情報が古い;メッセージの矛盾;\r\n"
)


def test_microsoft_forms_in_japanese_as_excel_saves_it() -> None:
    feedback, items = said(MICROSOFT)
    assert (feedback.met_on, feedback.rep, feedback.lead) == (date(2026, 10, 20), "営業A", "hubspot:101")
    assert [(item.sheet, item.conflict) for item in items] == [(CRM.sheet, True), (SEO.sheet, True)]
    assert read(MICROSOFT).encoding == "UTF-8 (BOM)"
    assert read(MICROSOFT).unknown == ("開始時刻",)
    assert said(MICROSOFT.removeprefix("\ufeff").encode("cp932"))[1] == items


def test_microsoft_forms_in_english() -> None:
    feedback, items = said(
        "Id,Start time,Completion time,Email,Name,Deal name,Sheet,Sheet version,Rating,Did you edit the sheet?\n"
        "4,2026-10-05 09:00:01,2026-10-05 09:05:33,rep@example.com,R. Ep,甲社の案件,crm/one-pager.pdf,v1,Helped,Yes\n"
    )
    assert (feedback.rep, feedback.met_on) == ("R. Ep", date(2026, 10, 5))
    assert items == (FeedbackItem(feedback.id, CRM.sheet, "v1", "helped", edited=True),)


def test_a_grid_has_a_column_for_each_sheet() -> None:
    feedback, items = said(
        "タイムスタンプ,名前,商談または リード,シートの評価 [content/crm/one-pager],シートの評価 [検索から始める],"
        "使えなかった理由 [content/crm/one-pager]\n"
        "2026/10/20 9:05:33,営業A,101,使えなかった,,古い\n"
    )
    assert (feedback.deal, feedback.lead) == (None, "hubspot:101")
    assert [(item.sheet, item.verdict, item.reason) for item in items] == [(CRM.sheet, "not_usable", "古い")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026/10/20 9:05:33 午前 GMT+9", date(2026, 10, 20)),
        ("2026/10/20 11:30:00 午後 GMT+9", date(2026, 10, 20)),
        ("2026/10/20 11:30:00 PM GMT", date(2026, 10, 21)),
        ("2026/10/20 1:05:33 AM GMT+5:30", date(2026, 10, 20)),
        ("2026/10/20 23:59:59", date(2026, 10, 20)),
        ("2026-10-20T15:30:00Z", date(2026, 10, 21)),
        ("10/20/26 23:05", date(2026, 10, 20)),
        ("2026年10月20日 9時5分", date(2026, 10, 20)),
    ],
)
def test_times_as_forms_write_them(written: str, day: date) -> None:
    assert said(f"Timestamp,Name,Deal,Need\n{written},営業A,7,x\n")[0].met_on == day


def test_the_meetings_day_goes_before_the_answers() -> None:
    feedback, _ = said("Timestamp,商談日,Name,Deal,Need\n2026/10/20 9:05:33,2026/10/15,営業A,7,x\n")
    assert feedback.met_on == date(2026, 10, 15)


def test_the_same_answer_has_the_same_id_however_the_file_is_written() -> None:
    other = GOOGLE.replace("2026/10/20 9:05:33", "2026/10/20 9:05:33 午前 GMT+9").replace("料金の一覧", "料金の一覧表")
    assert said(other)[0].id == said(GOOGLE)[0].id
    assert said(GOOGLE.replace("9:05:33", "9:05:34"))[0].id != said(GOOGLE)[0].id
    assert said(GOOGLE.replace("rep@", "r2@"))[0].id != said(GOOGLE)[0].id
    answers = read(GOOGLE, kept=kept(GOOGLE))
    assert (answers.said, answers.faults, answers.same, answers.edited) == ((), (), 1, ())


def kept(text: str) -> dict[str, Answer]:
    """Return what a file says, as it is kept."""
    return {one.answer.feedback.id: one.answer for one in read(text).said}


@pytest.mark.parametrize(("was", "now"), [("料金の一覧", "納期"), ("使えなかった,料金が", "見せたが反応なし,料金が")])
def test_an_answer_that_was_edited_after_the_import_is_told(was: str, now: str) -> None:
    assert was in GOOGLE
    answers = read(GOOGLE.replace(was, now), kept=kept(GOOGLE))
    assert (answers.said, answers.faults, answers.same, answers.edited) == ((), (), 1, (2,))


def test_without_a_time_of_day_all_that_is_said_makes_the_id() -> None:
    plain = "商談日,担当者,商談,課題\n2026/10/20,営業A,7,料金\n2026/10/20,営業A,7,納期\n2026/10/20,営業A,7,料金\n"
    answers = read(plain)
    assert [one.answer.feedback.need for one in answers.said] == ["料金", "納期"]
    assert answers.same == 1


def test_one_time_person_and_deal_with_other_content_is_refused() -> None:
    row = GOOGLE.splitlines()[1]
    text = f"{GOOGLE}{row}\r\n{row.replace('料金の一覧', '納期')}\r\n"
    assert faults(text) == [(4, "Line 2 is of the same time, person and deal, with other content.")]
    assert (len(read(text).said), read(text).same) == (1, 1)


HEAD = "Timestamp,Name,Deal,Lead,Temperature,Sheet,Version,Verdict,Reason\n"
STAMP = "2026/10/20 9:05:33"
BAD_ROWS = {
    f"{STAMP},営業A,77,,,,,,": "There is no deal 77. Import it first with msglint leads import.",
    f"{STAMP},営業A,8,,,,,,": "8 is 2 deals (hubspot:8, csv:8).",
    f"{STAMP},営業A,,b@example.co.jp,,,,,": (
        "There is no lead b@example.co.jp. Import it first with msglint leads import."
    ),
    f"{STAMP},営業A,,,,,,,": "It does not say of which deal or lead it is.",
    f"{STAMP},anonymous,7,,,,,,": "It does not say whose answer it is.",
    f"{STAMP},,7,,,,,,": "It does not say whose answer it is.",
    ",営業A,7,,,,,,": "It does not say when the meeting was.",
    "きのう,営業A,7,,,,,,": "きのう cannot be read as a date or time.",
    f"{STAMP},営業A,7,,10,,,,": "The temperature 10 is no number from 1 (cold) to 5 (hot).",
    f"{STAMP},営業A,7,,熱い,,,,": "The temperature 熱い is no number from 1 (cold) to 5 (hot).",
    f"{STAMP},営業A,7,,,提案書,,使えた,": "There is no sheet 提案書.",
    f"{STAMP},営業A,7,,,one-pager,,使えた,": "There is no sheet one-pager.",
    f"{STAMP},営業A,7,,,crm/one-pager,v9,使えた,": "The sheet content/crm/one-pager has no version v9.",
    f"{STAMP},営業A,7,,,crm/one-pager,,まあまあ,": (
        "The verdict まあまあ is none of: helped, shown without effect, not usable, not used."
    ),
    f"{STAMP},営業A,7,,,crm/one-pager,,,": "It does not say what became of the sheet crm/one-pager.",
    f"{STAMP},営業A,7,,,crm/one-pager,,使えなかった,": (
        "It does not say why the sheet content/crm/one-pager was not usable."
    ),
    "2026/10/09 9:05:33,営業A,7,,,crm/one-pager,,使えた,": (
        "Which version of the sheet content/crm/one-pager? Its article has changed since 2026-10-09. Say which."
    ),
    f"{STAMP},営業A,7": "The header has 9 columns, this row 3.",
    f"{STAMP},営業A,7,,,,,,,余分": "The header has 9 columns, this row 10.",
}


@pytest.mark.parametrize("row", BAD_ROWS)
def test_a_row_that_cannot_be_taken_is_listed_and_the_others_go_in(row: str) -> None:
    text = f"{HEAD}{row}\n{STAMP},営業B,7,,3,,,,\n"
    assert faults(text) == [(2, BAD_ROWS[row])]
    assert [one.answer.feedback.rep for one in read(text).said] == ["営業B"]


def test_a_sheet_that_is_no_more_has_the_one_version_it_had() -> None:
    _, items = said(f"{HEAD}{STAMP},営業A,7,,,gone/one-pager,,使えた,\n")
    assert [(item.sheet, item.version) for item in items] == [(GONE.sheet, "g1")]


@pytest.mark.parametrize("nothing", ["なし", "特になし", "None", "-", "N/A", ""])
def test_no_sheet_is_no_item(nothing: str) -> None:
    assert said(f"{HEAD}{STAMP},営業A,7,,4,{nothing},,使わなかった,\n")[1] == ()


def test_a_conflict_counts_only_for_what_was_not_usable() -> None:
    head = "Timestamp,Name,Deal,Sheet,Verdict,Reason,メッセージの食い違い\n"
    for verdict, cell, expected in [
        ("使えなかった", "はい", True),
        ("使えなかった", "ほかの資料と矛盾する", True),
        ("使えなかった", "", False),
        ("使えなかった", "わからない", False),
        ("使えた", "はい", False),
    ]:
        _, (item,) = said(f"{head}{STAMP},営業A,7,crm/one-pager,{verdict},古い,{cell}\n")
        assert item.conflict is expected


def test_a_deal_and_another_ones_lead_are_refused() -> None:
    assert said(f"{HEAD}{STAMP},営業A,7,101,4,,,,\n")[0].lead is None
    assert faults(f"{HEAD}{STAMP},営業A,7,102,4,,,,\n") == [
        (2, "There is no lead 102. Import it first with msglint leads import.")
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "No header: none of the first 100 rows has 2 column names that are known."),
        ("", "The file is empty."),
        ("Timestamp,Name,Need\n", "A column is missing: Deal ID or Lead ID."),
        ("Timestamp,Deal,Need\n", "A column is missing: Name or Email."),
        ("Name,Deal,Need\n", "A column is missing: Timestamp or Meeting date."),
        ("Timestamp,Name,Deal,Sheet\n", "A column is missing: Verdict."),
        ('Timestamp,Name,Deal\n"a', "The row that begins on line 2 is not CSV"),
    ],
)
def test_what_is_no_form_is_refused(text: str, why: str) -> None:
    with pytest.raises(Misread) as caught:
        read(text)
    assert caught.value.text.en.startswith(why)


def test_excel_and_rubbish_are_refused() -> None:
    for content in (b"PK\x03\x04rest", b"\xff\xfe\x00", bytes(range(256)) * 20):
        with pytest.raises(Misread):
            read(content)


def test_columns_may_be_named() -> None:
    text = "記録,誰が,どれ,一言\n2026/10/20 9:05:33,営業A,7,安い\n"
    named = {"記録": "submitted", "誰が": "rep", "どれ": "about", "一言": "need"}
    (one,) = read(text, named=named).said
    assert (one.answer.feedback.deal, one.answer.feedback.need) == ("hubspot:7", "安い")
    with pytest.raises(Misread, match="cannot be nead"):
        read(text, named={"一言": "nead"})


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("商談で使ったシート", Question("sheet")),
        ("どの資料を見せましたか", Question("sheet")),
        ("シートは役に立ちましたか", Question("verdict")),
        ("シートが使えなかった理由", Question("reason")),
        ("Why could you not use the sheet?", Question("reason")),
        ("今回の案件の番号", Question("deal")),
        ("次に欲しいコンテンツ", Question("request")),
        ("評価 [検索から始める]", Question("verdict", "検索から始める")),
        ("バージョン [検索から始める]", Question("version", "検索から始める")),
        ("失注理由", None),
        ("会社の名前", None),
        ("担当部署", None),
        ("次回の商談はいつですか", None),
        ("シートの感想", None),
        ("開始時刻", None),
        ("合計点", None),
    ],
)
def test_what_a_question_asks(name: str, asked: Question | None) -> None:
    assert questions.questions([name], {}) == (asked,)


def test_a_name_goes_before_a_wording_and_the_first_of_two_counts() -> None:
    header = ["商談で使ったシート", "シート", "シート名"]
    assert questions.questions(header, {}) == (None, Question("sheet"), None)


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("使えた", "helped"),
        ("1. 使えました(商談が進んだ)", "helped"),
        ("○", "helped"),
        ("見せたが、効果なし", "shown_no_effect"),
        ("Shown, no effect", "shown_no_effect"),
        ("使えなかった(理由は次へ)", "not_usable"),
        ("NOT USABLE", "not_usable"),
        ("使わなかった", "not_used"),
        (" ", None),
    ],
)
def test_verdicts_in_the_words_of_forms(written: str, verdict: str | None) -> None:
    assert questions.verdict(written) == verdict


@pytest.mark.parametrize(
    ("written", "number"),
    [("4", 4), ("４(高い)", 4), ("5: とても熱い", 5), ("3.0", 3), ("★★☆☆☆", 2), ("", None), ("1点", 1)],
)
def test_temperatures_in_the_words_of_forms(written: str, number: int | None) -> None:
    assert questions.temperature(written) == number


@pytest.mark.parametrize("written", ["0", "6", "45", "4.5", "高い", "★★★★★★"])
def test_a_temperature_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(Misread):
        questions.temperature(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("はい", True),
        ("期待どおり", True),
        ("いいえ。", False),
        ("期待と違った", False),
        ("わからない", None),
        ("", None),
    ],
)
def test_whether_it_was_as_promised(written: str, expected: bool | None) -> None:
    assert questions.as_promised(written) is expected
