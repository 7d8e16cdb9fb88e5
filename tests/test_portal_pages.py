"""The portal's pages: what is found, shown and handed out."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from urllib.parse import quote, unquote

import portal_sample as sample
import pytest
from portal_sample import texts
from sqlalchemy import Engine
from starlette.testclient import TestClient
from stores import store, store_url  # noqa: F401

from msglint.app.portal import Settings
from msglint.loop import records
from msglint.loop.merging import Change, Plan
from msglint.loop.model import Lead
from msglint.loop.store import reading, writing
from msglint.sheet.manifest import NAME, File, encode

A = "/sheets/content/a/one-pager"
TITLES = ["商談化率を高める3つの手順", "予算が足りないとき", "電話をかける順番の決め方", "ＭＱＬの数え方"]


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    made = sample.settings(tmp_path)
    sample.stock(made.engine)
    return made


@pytest.fixture
def browser(given: Settings) -> TestClient:
    return sample.browse(given)


def test_the_list_shows_all_sheets_the_most_useful_first(browser: TestClient) -> None:
    page = browser.get("/")
    assert page.status_code == 200
    assert texts(page.text, "h2")[:4] == TITLES
    assert texts(page.text, "span", "told") == ["4件中3件で役に立った"]
    assert texts(page.text, "span", "past") == ["前の版 2件中1件"]
    assert texts(page.text, "span", "told none") == ["この版の声はまだありません"] * 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "mql"}, [3]),
        ({"q": "３つ 商談"}, [0]),
        ({"q": "3つ 予算"}, []),
        ({"persona": "seller"}, [2, 3]),
        ({"stage": "problem", "persona": "marketer"}, [0]),
        ({"claim": "loop"}, [1, 3]),
        ({"state": "expired"}, [2]),
        ({"state": "current"}, [0]),
        ({"q": "電話", "page": "7"}, [2]),
        ({"page": "-1", "q": "   "}, [0, 1, 2, 3]),
    ],
)
def test_words_and_choices_narrow_the_list(browser: TestClient, asked: dict[str, str], found: list[int]) -> None:
    page = browser.get("/", params=asked)
    there = [one for one in texts(page.text, "h2") if one in TITLES]
    assert sorted(there) == sorted(TITLES[i] for i in found)
    assert f">{len(found)}件" in page.text


def test_the_matrix_leads_to_the_sheets_of_a_persona_at_a_stage(browser: TestClient) -> None:
    page = browser.get("/")
    assert 'href="/?persona=marketer&amp;stage=problem"' in page.text
    assert page.text.count('class="hole"') == 0


def test_many_sheets_come_in_pages(tmp_path: Path, given: Settings) -> None:
    many = [sample.sheet(f"content/{n:03}/one-pager", f"記事{n:03}", files={}) for n in range(100)]
    folder = sample.fill(tmp_path / "many", many)
    browser = sample.browse(dataclasses.replace(given, folder=folder))
    assert [len(texts(browser.get(f"/?page={n}").text, "article")) for n in (1, 2, 3, 99)] == [48, 48, 4, 4]
    assert 'rel="next" href="/?q=%E8%A8%98%E4%BA%8B&amp;page=2"' in browser.get("/", params={"q": "記事"}).text


def test_without_sheets_the_list_says_what_to_do(tmp_path: Path, given: Settings) -> None:
    page = sample.browse(dataclasses.replace(given, folder=tmp_path / "nothing")).get("/")
    assert (page.status_code, "msglint sheet を実行すると" in page.text) == (200, True)


def test_a_new_manifest_is_seen_at_once(given: Settings, browser: TestClient) -> None:
    assert "新しいシート" not in browser.get("/").text
    sample.fill(given.folder, [sample.sheet("content/z/one-pager", "新しいシート")])
    assert texts(browser.get("/").text, "h2")[0] == "新しいシート"


def test_a_sheet_shows_its_state_and_what_sales_said(browser: TestClient) -> None:
    page = browser.get(A)
    assert texts(page.text, "h1") == ["商談化率を高める3つの手順"]
    assert "承認 編集長 2026-09-01" in page.text
    assert texts(page.text, "p", "said") == ["料金の数字が古く、その場で訂正した"]
    assert 'src="/files/html/content/a/one-pager" sandbox=' in page.text
    assert "承認の期限が切れています" in browser.get("/sheets/content/c/one-pager").text
    assert "元の記事はこのあと直されています" in browser.get("/sheets/content/d/one-pager").text


def test_files_are_named_so_that_two_sheets_differ(browser: TestClient) -> None:
    got = browser.get("/files/pdf/content/a/one-pager")
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, sample.PDF, "application/pdf")
    plain, _, name = got.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="one-pager.pdf"'
    assert unquote(name) == "商談化率を高める3つの手順_マーケティング責任者_課題喚起_v1.pdf"
    slides = browser.get("/files/pptx/content/a/one-pager").headers["content-type"]
    assert slides == "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def test_a_title_cannot_break_the_name_of_a_file(tmp_path: Path, given: Settings) -> None:
    odd = sample.sheet("content/記事/one-pager", 'a/b\\c:"d"\r\nX-Evil: 1<>|?*')
    folder = sample.fill(tmp_path / "odd", [odd])
    got = sample.browse(dataclasses.replace(given, folder=folder)).get(f"/files/pdf/{quote(odd.name)}")
    assert got.status_code == 200
    assert "x-evil" not in got.headers
    assert unquote(got.headers["content-disposition"].partition("UTF-8''")[2]) == "a b c d X-Evil 1_v1.pdf"


@pytest.mark.parametrize(
    "path",
    [
        "/files/pdf/../loop.db",
        "/files/pdf/..%2f..%2floop.db",
        "/files/pdf/%2e%2e/%2e%2e/etc/passwd",
        "/files/json/manifest.json",
        "/files/pdf//etc/passwd",
        "/files/docx/content/a/one-pager",
        "/files/pdf/content/nobody/one-pager",
        "/sheets/content/a",
        "/sheets/../messaging.yaml",
        "/assets/..%2fbase.html.j2",
        "/assets/base.html.j2",
        "/reviews/2026-13",
        "/reviews/2026-Q5/page",
        "/leads/hubspot:999",
        "/feedback/nobody",
        "/anything",
    ],
)
def test_only_what_the_manifest_names_is_handed_out(browser: TestClient, path: str) -> None:
    got = browser.get(path)
    assert got.status_code == 404
    assert "ページがありません" in got.text


def test_a_manifest_or_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, given: Settings) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    out = sample.sheet("content/out/one-pager", "外へ", files={"pdf": File("../secret.pdf", "0")})
    link = sample.sheet("content/link/one-pager", "リンク", files={"pdf": File("content/link.pdf", "0")})
    folder = sample.fill(tmp_path / "leading", [link])
    (folder / "content/link.pdf").unlink()
    (folder / "content/link.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / NAME).write_bytes(encode("messaging.yaml", "0" * 12, [out, link]))
    browser = sample.browse(dataclasses.replace(given, folder=folder))
    assert [browser.get(f"/files/pdf/content/{name}/one-pager").status_code for name in ("out", "link")] == [404, 404]


def test_the_hand_over_list_tells_who_is_overdue(browser: TestClient) -> None:
    page = browser.get("/handover").text
    assert texts(page, "h2") == ["東都製作所 営業企画部長", "みなと物流 マーケティング課長"]
    assert "期限超過 1件" in page
    assert texts(page, "b", "bad") == ["期限超過 1件", "4日超過"]  # due on the 29th at 10:00, now the 2nd at 15:00
    assert '<time datetime="2026-11-03T12:00:00+09:00">11/03 12:00</time>' in page
    assert texts(browser.get("/handover?late=1").text, "h2") == ["東都製作所 営業企画部長"]
    assert texts(browser.get("/handover?mine=1").text, "h2") == ["東都製作所 営業企画部長"]
    assert "いま連絡を待つリードはありません" not in browser.get("/handover?mine=1&late=1").text


def test_who_was_called_leaves_the_list_at_once(given: Settings, browser: TestClient) -> None:
    assert "東都製作所" in browser.get("/handover").text
    (waits, *_) = [lead for lead in sample.leads() if lead.id == "hubspot:101"]
    called = Change(waits, dataclasses.replace(waits, called_at=sample.moment(30, 9)))
    with writing(given.engine) as connection:
        records.apply(connection, Plan(leads=(called,)))
    assert texts(browser.get("/handover").text, "h2") == ["みなと物流 マーケティング課長"]


def test_a_lead_whose_id_has_a_slash_can_be_opened(given: Settings, browser: TestClient) -> None:
    with writing(given.engine) as connection:
        records.apply(connection, Plan(leads=(Change(None, Lead("csv:2026/7", "csv", "2026/7", company="北の水産")),)))
    assert "北の水産" in browser.get("/leads/csv:2026/7").text


def test_a_lead_shows_why_it_was_handed_over(browser: TestClient) -> None:
    page = browser.get("/leads/hubspot:101").text
    rows = list(zip(texts(page, "th"), texts(page, "td"), strict=True))
    assert rows == [
        ("従業員数300以上", "+20.0"),
        ("価格ページ閲覧1回、最後は2026-10-28", "+40.0"),
        ("資料ダウンロード1回、最後は2026-10-27", "+5.0"),
        ("合計(しきい値 50)いまは 65.0", "65.0"),
    ]
    assert texts(page, "ul", "bant") == ["予算 未確認決裁権 未確認課題 確認済み導入時期 未確認"]


def test_no_page_shows_an_e_mail(browser: TestClient) -> None:
    paths = ["/", A, "/feedback", "/feedback?lead=hubspot:101", "/handover", "/leads/hubspot:101", "/reviews"]
    found = browser.get("/feedback").text
    form = {"token": sample.hidden(found, "token"), "id": sample.hidden(found, "id"), "do": "find", "find": "person101"}
    pages = [browser.get(path) for path in paths] + [browser.post("/feedback", data=form)]
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert not any("@example" in page.text for page in pages)


def test_reviews_are_listed_and_shown_in_a_frame_without_scripts(browser: TestClient) -> None:
    page = browser.get("/reviews")
    assert texts(page.text, "b") == ["2026年11月", "2026年10月", "2026年9月", "2026年10〜12月", "2026年7〜9月"]
    assert 'src="/reviews/2026-10/page" sandbox=' in browser.get("/reviews/2026-10").text
    for name in ("2026-10", "2026-Q3"):
        shown = browser.get(f"/reviews/{name}/page")
        assert (shown.status_code, shown.text.lower().startswith("<!doctype html>")) == (200, True)
        assert "sandbox" in shown.headers["content-security-policy"]
        assert "script-src" not in shown.headers["content-security-policy"]
    assert "まだ始まっていない期間です" in browser.get("/reviews/2027-01").text


def test_an_empty_store_gives_clear_pages(tmp_path: Path) -> None:
    browser = sample.browse(dataclasses.replace(sample.settings(tmp_path), guide=sample.guide("")))
    said = {
        "/": "この版の声はまだありません",
        "/feedback": "商談もリードもまだありません",
        "/handover": "引き渡しの条件がまだありません",
        "/reviews": "レビューに使うデータがまだありません",
    }
    for path, words in said.items():
        page = browser.get(path)
        assert (page.status_code, words in page.text) == (200, True), path


def test_the_language_is_the_guides_the_browsers_or_the_one_chosen(given: Settings) -> None:
    def heading(browser: TestClient) -> str:
        return texts(browser.get("/handover").text, "h1")[0]

    ja, en = "連絡を待つリード", "Leads that wait for a call"
    assert heading(sample.browse(given)) == ja
    assert heading(sample.browse(given, **{"accept-language": "en-US,en;q=0.9,ja;q=0.8"})) == en
    assert heading(sample.browse(given, **{"accept-language": "fr,ja;q=0.5,en;q=0.5"})) == ja
    assert heading(sample.browse(dataclasses.replace(given, language="en"))) == en
    browser = sample.browse(given)
    token = sample.hidden(browser.get("/").text, "token")
    chosen = browser.post("/language", data={"token": token, "language": "en", "next": "/handover"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/handover")
    assert heading(browser) == en
    assert "helped 3 of 4" in browser.get("/").text


def test_a_visit_is_kept_once_a_day_and_person(store: Engine, tmp_path: Path) -> None:  # noqa: F811
    given = dataclasses.replace(sample.settings(tmp_path), engine=store)
    for _ in range(2):
        browser = sample.browse(given)
        assert [browser.get(path).status_code for path in ("/", "/reviews", "/")] == [200] * 3
    with reading(store) as connection:
        assert [(one.on, one.person) for one in records.visits(connection)] == [(given.today, "営業A")]
