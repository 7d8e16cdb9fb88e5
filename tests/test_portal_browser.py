"""The portal in a real browser: found, taken along and rated on a phone and a desk, by keyboard and without scripts.

Needs Chromium, and the packages playwright and axe-playwright-python; without them these tests are skipped.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import portal_sample as sample
import pytest
from browser import opened

from msglint.app.portal import Passwords, Settings, users
from msglint.loop import records
from msglint.loop.store import reading

pytestmark = pytest.mark.slow
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PATHS = """/?q=%E3%81%AA%E3%81%84 /reviews/2026-10 / /sheets/content/a/one-pager /feedback?sheet=content/a/one-pager
    /feedback /handover /leads/hubspot:101 /reviews /nowhere""".split()


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = sample.settings(tmp_path_factory.mktemp("portal"), posts=1000)
    sample.stock(made.engine)
    return made


@pytest.fixture(scope="module")
def url(given: Settings) -> Iterator[str]:
    with sample.served(given) as address:
        yield address


class Seen:
    """A page that remembers what it complained of, and what it asked for that is not ours."""

    def __init__(self, page: Any, url: str) -> None:
        self.page, self.url = page, url
        self.complaints: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.outside.append(request.url)

    def fine(self, width: int) -> None:
        """Fail unless all was quiet, nothing came from outside, and the page is as wide as the window."""
        assert (self.complaints, self.outside) == ([], [])
        assert self.page.evaluate("document.documentElement.scrollWidth") == width


def helped(given: Settings, version: str = "versionone") -> int:
    with reading(given.engine) as connection:
        items = records.feedback_items(connection)
    return sum(i.sheet == "content/a/one-pager" and i.version == version and i.verdict == "helped" for i in items)


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_sheet_is_found_taken_along_and_rated(tmp_path: Path, view: dict[str, int], scripts: bool) -> None:
    given = sample.settings(tmp_path)
    sample.stock(given.engine)
    browser = {"viewport": view, "java_script_enabled": scripts, "has_touch": view is PHONE, "locale": "ja-JP"}
    with sample.served(given) as url, opened(**browser) as page:
        seen = Seen(page, url)
        page.goto(url)
        page.select_option("#persona", label="マーケティング責任者")
        if scripts:
            page.wait_for_url("**persona=marketer*")
        page.select_option("#stage", label="課題喚起")
        if scripts:
            page.wait_for_url("**stage=problem*")
        else:
            page.click("form.filters button")
        assert page.locator(".card h2").all_inner_texts() == ["商談化率を高める3つの手順"]
        with page.expect_download() as download:
            page.click(".card >> text=PDF")
        assert download.value.suggested_filename == "商談化率を高める3つの手順_マーケティング責任者_課題喚起_v1.pdf"
        assert Path(download.value.path()).read_bytes() == sample.PDF
        page.click(".card h2 a")
        assert page.frame_locator("iframe").locator("h1").inner_text() == "商談化率を高める3つの手順"
        page.click("text=使った結果を送る")
        taps = ["label:has(input[value='deal:hubspot:95'])", "label.verdict.helped", ".send button"]
        for tap in taps:
            page.tap(tap) if view is PHONE else page.click(tap)
        page.wait_for_selector("h1:has-text('受け取りました')")
        assert page.inner_text(".told") == "5件中4件で役に立った"
        page.goto(url)
        assert page.inner_text(".told >> nth=0") == "5件中4件で役に立った"
        if scripts:
            assert page.locator(".table").evaluate("it => it.scrollWidth <= it.clientWidth")
            seen.fine(view["width"])
    assert helped(given) == 4


def test_all_of_it_by_keyboard(url: str, given: Settings) -> None:
    before = helped(given)
    with opened(viewport=DESKTOP, locale="ja-JP") as page:
        seen = Seen(page, url)
        page.goto(url)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("3つ")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=3*")
        page.locator(".card h2 a").focus()
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/feedback?sheet=*")
        page.locator("#main").focus()
        page.keyboard.press("Tab")  # the first deal
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        chosen = page.evaluate("document.querySelector('[name=about]:checked').value")
        assert chosen == "deal:hubspot:91"
        for _ in range(3):
            page.keyboard.press("Tab")  # past the search
        page.keyboard.press("Space")
        assert page.evaluate("document.activeElement.value") == "helped"
        assert page.is_visible("#reason-0")
        assert not page.is_visible(".needed")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.value") == "not_usable"
        assert page.is_visible(".needed")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        page.locator(".send button").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('受け取りました')")
        seen.fine(DESKTOP["width"])
    assert helped(given) == before + 1


def test_a_missing_reason_is_said_and_shown(url: str) -> None:
    with opened(viewport=PHONE, locale="ja-JP") as page:
        page.goto(f"{url}/feedback?sheet=content/a/one-pager")
        page.click("label.verdict.not_usable")
        page.click(".send button")
        page.wait_for_selector("#faults")
        assert page.inner_text("#faults li >> nth=0") == "商談かリードを1つ選んでください。"
        assert page.evaluate("document.activeElement.id") == "faults"
        assert page.is_visible("#reason-0")
        assert page.get_attribute("#reason-0", "aria-invalid") == "true"


def test_sending_twice_in_one_breath_counts_once(url: str, given: Settings) -> None:
    before = helped(given)
    with opened(viewport=PHONE, locale="ja-JP") as page:
        page.goto(f"{url}/feedback?sheet=content/a/one-pager")
        page.click("label:has(input[value='deal:hubspot:95'])")
        page.click("label.verdict.helped")
        page.dblclick(".send button")
        page.wait_for_selector("h1:has-text('受け取りました')")
    assert helped(given) == before + 1


@pytest.mark.parametrize(("view", "language"), [(DESKTOP, "ja-JP"), (PHONE, "en-US")], ids=["desktop", "phone"])
def test_every_page_fits_and_asks_for_nothing_outside(url: str, view: dict[str, int], language: str) -> None:
    with opened(viewport=view, locale=language) as page:
        for path in PATHS:
            seen = Seen(page, url)
            page.goto(url + path)
            seen.complaints = [one for one in seen.complaints if "404 (Not Found)" not in one]
            seen.fine(view["width"])
            assert page.evaluate("document.documentElement.lang") == language[:2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(url: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    with opened(viewport=PHONE, color_scheme=scheme, bypass_csp=True, locale="ja-JP") as page:
        for path in PATHS[2:]:
            page.goto(url + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            found = axe.Axe().run(page, options={"iframes": False}).response["violations"]
            assert [(path, v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


def test_the_login_lets_in_and_out(given: Settings, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    (tmp_path / "users").write_text(users.added("", "営業A", "a long password"), encoding="utf-8")
    guarded = dataclasses.replace(given, gate=Passwords(tmp_path / "users"))
    with sample.served(guarded) as url, opened(viewport=PHONE, bypass_csp=True, locale="ja-JP") as page:
        seen = Seen(page, url)
        page.goto(f"{url}/handover")
        assert axe.Axe().run(page).response["violations"] == []
        page.fill("#name", "営業A")
        page.fill("#password", "a wrong password")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=名前かパスワードが違います。")
        page.fill("#password", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('連絡を待つリード')")
        page.click("text=ログアウト")
        page.wait_for_selector("h1:has-text('ログイン')")
        page.goto(f"{url}/sheets/content/a/one-pager")
        assert page.inner_text("h1") == "ログイン"
        seen.complaints = [one for one in seen.complaints if "401 (Unauthorized)" not in one]
        seen.fine(PHONE["width"])
