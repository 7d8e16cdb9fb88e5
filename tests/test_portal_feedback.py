"""Feedback by the portal's form: three taps, counted once, and nothing that was typed is lost."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import portal_sample as sample
import pytest
from portal_sample import filled, hidden, texts
from sqlalchemy import Engine
from starlette.testclient import TestClient
from stores import store, store_url  # noqa: F401

from msglint.app.portal import Proxied, Settings
from msglint.loop import records
from msglint.loop.model import Feedback, FeedbackItem
from msglint.loop.store import reading

FORM = "/feedback?sheet=content/a/one-pager"


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    made = sample.settings(tmp_path)
    sample.stock(made.engine)
    return made


@pytest.fixture
def either(store: Engine, tmp_path: Path) -> Settings:  # noqa: F811
    """Return a portal on SQLite, and one on PostgreSQL."""
    sample.stock(store)
    return dataclasses.replace(sample.settings(tmp_path), engine=store)


@pytest.fixture
def browser(given: Settings) -> TestClient:
    return sample.browse(given)


def kept(given: Settings) -> list[tuple[Feedback, list[FeedbackItem]]]:
    """Return what the portal has kept."""
    with reading(given.engine) as connection:
        items = records.feedback_items(connection)
        said = [one for one in records.feedback(connection) if one.id.startswith("portal:")]
        return [(one, [item for item in items if item.feedback == one.id]) for one in said]


def test_three_answers_are_kept_and_counted(either: Settings) -> None:
    given, browser = either, sample.browse(either)
    form = filled(browser.get(FORM).text)
    sent = browser.post("/feedback", data=form)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/feedback/{form['id']}")
    id = f"portal:{form['id']}"
    assert kept(given) == [
        (
            Feedback(id, date(2026, 11, 2), "営業A", deal="hubspot:95"),
            [FeedbackItem(id, "content/a/one-pager", "versionone", "helped")],
        )
    ]
    thanks = browser.get(sent.headers["location"]).text
    assert "南海電機 新規導入" in thanks
    assert texts(thanks, "span", "told") == ["5件中4件で役に立った"]
    assert texts(browser.get("/").text, "span", "told") == ["5件中4件で役に立った"]


def test_a_form_that_is_sent_twice_counts_once(given: Settings, browser: TestClient) -> None:
    form = filled(browser.get(FORM).text)
    assert browser.post("/feedback", data=form).headers["location"] == f"/feedback/{form['id']}"
    again = browser.post("/feedback", data=form | {"verdict-0": "not_used"})
    assert again.headers["location"] == f"/feedback/{form['id']}?again=1"
    assert [[item.verdict for item in items] for _, items in kept(given)] == [["helped"]]
    assert "2回目は数えていません" in browser.get(again.headers["location"]).text


def test_all_that_can_be_said_is_kept(either: Settings) -> None:
    given, browser = either, sample.browse(either)
    form = filled(
        browser.get("/feedback?sheet=content/a/one-pager&lead=hubspot:102").text,
        about="lead:hubspot:102",
        verdict="not_usable",
        **{
            "reason-0": "価格表が\r\n去年のまま\x00",
            "conflict-0": "1",
            "temperature": "4",
            "as_promised": "no",
            "need": "  稟議に通す根拠 ",
            "request": "事例を🎌1つ",
            "met_on": "2026-10-30",
            "rep": "営業Ｂ",
        },
    )
    assert browser.post("/feedback", data=form).status_code == 303
    id = f"portal:{form['id']}"
    assert kept(given) == [
        (
            Feedback(id, date(2026, 10, 30), "営業Ｂ", None, "hubspot:102", 4, False, "稟議に通す根拠", "事例を🎌1つ"),
            [
                FeedbackItem(
                    id, "content/a/one-pager", "versionone", "not_usable", "価格表が\n去年のまま", conflict=True
                )
            ],
        )
    ]
    assert "価格表が\n去年のまま" in browser.get("/sheets/content/a/one-pager").text
    assert 'value="営業Ｂ"' in browser.get(FORM).text, "the name is remembered where nobody logs in"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"about": ""}, "商談かリードを1つ選んでください。"),
        ({"about": "deal:"}, "商談かリードを1つ選んでください。"),
        ({"about": "deal:hubspot:777"}, "hubspot:777 という商談はありません。"),
        ({"about": "lead:hubspot:91"}, "hubspot:91 というリードはありません。"),
        ({"verdict-0": "not_usable"}, "使えなかった理由を書いてください。"),
        ({"verdict-0": "not_usable", "reason-0": " \n "}, "使えなかった理由を書いてください。"),
        ({"verdict-0": "great"}, "評価は4つの中から選んでください。"),
        ({"verdict-0": "", "request": ""}, "シートの評価か、温度感などの気づきを1つ以上入れてください。"),
        ({"temperature": "6"}, "温度感は1〜5から選んでください。"),
        ({"met_on": "2026-11-03"}, "商談の日は、この1年の今日までにしてください。"),
        ({"met_on": "２０２６"}, "商談の日は、この1年の今日までにしてください。"),
        ({"need": "長" * 2001}, "2000文字までにしてください。"),
        ({"version-0": "neverwas"}, "版 neverwas はありません"),
        ({"sheet-1": "content/a/one-pager", "version-1": "versionone", "verdict-1": "helped"}, "2回書かれています"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    given: Settings, browser: TestClient, change: dict[str, str], why: str
) -> None:
    form = filled(browser.get(FORM).text, request="次は図がほしい") | change
    sent = browser.post("/feedback", data=form)
    assert (sent.status_code, why in sent.text) == (422, True)
    assert form["request"] in sent.text
    assert hidden(sent.text, "id") == form["id"]
    assert kept(given) == []


def test_deals_are_found_by_name_company_owner_and_id(browser: TestClient) -> None:
    page = browser.get("/feedback").text
    form = {"token": hidden(page, "token"), "id": hidden(page, "id"), "do": "find"}

    def found(words: str) -> list[str]:
        return texts(browser.post("/feedback", data=form | {"find": words}).text, "b")[:-3]

    assert texts(page, "b")[:5] == [
        f"{name} 新規導入" for name in ("北都商事", "東都製作所", "南海電機", "中央化学", "みなと物流")
    ], "one's own and the latest first, those that are closed not at all"
    assert found("みなと") == ["みなと物流 新規導入", "みなと物流 マーケティング課長"]
    assert found("９６") == ["西山食品 新規導入"]
    assert found("hubspot:103") == ["北都商事 総務部"]
    assert found("営業c") == ["南海電機 新規導入"]
    assert found("どこにもない") == []


def test_looking_for_something_loses_nothing(given: Settings, browser: TestClient) -> None:
    form = filled(browser.get(FORM).text, verdict="not_usable", **{"reason-0": "古い", "temperature": "2"})
    looked = browser.post("/feedback", data=form | {"do": "find_sheet", "find_sheet": "電話"})
    assert looked.status_code == 200
    assert 'value="deal:hubspot:95" checked' in looked.text
    assert 'value="not_usable" checked' in looked.text
    assert ">古い</textarea>" in looked.text
    assert hidden(looked.text, "sheet-1") == "content/c/one-pager"
    both = form | {
        "do": "send",
        "sheet-1": "content/c/one-pager",
        "version-1": "versionone",
        "verdict-1": "shown_no_effect",
        "edited-1": "1",
    }
    assert browser.post("/feedback", data=both).status_code == 303
    ((said, items),) = kept(given)
    assert (said.temperature, [(i.sheet, i.verdict, i.reason, i.edited) for i in items]) == (
        2,
        [("content/a/one-pager", "not_usable", "古い", None), ("content/c/one-pager", "shown_no_effect", None, True)],
    )


def test_a_former_version_can_be_said_something_of(given: Settings, browser: TestClient) -> None:
    form = filled(browser.get(FORM).text, **{"version-0": "versionold"})
    assert browser.post("/feedback", data=form).status_code == 303
    ((_, items),) = kept(given)
    assert [item.version for item in items] == ["versionold"]


def test_what_is_typed_is_never_markup(given: Settings, browser: TestClient) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    form = filled(browser.get(FORM).text, verdict="not_usable", **{"reason-0": evil, "need": evil, "find": evil})
    for page in (browser.post("/feedback", data=form | {"do": "find"}), browser.post("/feedback", data=form)):
        assert "<script>alert" not in page.text
        assert "<img" not in page.text
    for path in (f"/feedback/{form['id']}", "/sheets/content/a/one-pager"):
        page = browser.get(path)
        assert "&lt;script&gt;alert(1)" in page.text
        assert "<img" not in page.text
    ((said, _),) = kept(given)
    assert said.need == evil


def test_nobody_speaks_in_the_name_of_another(given: Settings) -> None:
    proxied = dataclasses.replace(given, gate=Proxied("x-forwarded-user"), proxies=frozenset({"10.0.0.2"}))
    browser = sample.browse(proxied, "10.0.0.2", **{"x-forwarded-user": "営業C".encode()})
    page = browser.get(FORM).text
    assert 'name="rep"' not in page
    assert browser.post("/feedback", data=filled(page, rep="営業B")).status_code == 303
    assert [said.rep for said, _ in kept(given)] == ["営業C"]


def test_not_more_than_a_person_can_mean(given: Settings) -> None:
    browser = sample.browse(dataclasses.replace(given, posts=2))
    page = browser.get(FORM).text
    answers = [browser.post("/feedback", data=filled(page, id=f"{n:022}")) for n in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert 0 < int(answers[2].headers["retry-after"]) <= 61
    assert len(kept(given)) == 2
