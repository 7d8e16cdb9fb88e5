"""The page of drift in a real browser: it fits, it answers to the keyboard, it prints, and axe finds nothing.

Needs Chromium, and the packages playwright and axe-playwright-python; without them these tests are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import started
from drift_sample import EMPTY, SMALL, Sample, big, hostile

from msglint.drift.page import encode

pytestmark = pytest.mark.slow

SAMPLES = {"small": SMALL, "empty": EMPTY, "hostile": hostile(), "many": big(60, 12, 6, 24)}
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    for name, sample in SAMPLES.items():
        _write(made, name, sample)
    return made


def _write(folder: Path, name: str, sample: Sample) -> None:
    page = encode(sample.drift, language="ja", texts=sample.texts)
    (folder / f"{name}.html").write_text(page, "utf-8")


class Opened:
    """A page in a window of its own; remembers what it complains of and what it asks for."""

    def __init__(self, browser: Any, file: Path, **given: Any) -> None:
        self.window = browser.new_context(**({"viewport": DESKTOP} | given))
        self.page = self.window.new_page()
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def _refuse(self, dialog: Any) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.window.close()

    @property
    def focused(self) -> str:
        """Where the link that has the focus leads to, else the id of what has it."""
        found: str = self.page.evaluate(
            "(document.activeElement.getAttribute('href') ?? document.activeElement.id).replace('#', '')"
        )
        return found


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_fits_and_asks_for_nothing(browser: Any, folder: Path, name: str, view: dict[str, int]) -> None:
    file = folder / f"{name}.html"
    with Opened(browser, file, viewport=view) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") == view["width"]
        assert opened.complaints == []
        assert opened.asked == [file.as_uri()]


def test_arrows_lead_through_the_table_and_enter_to_the_sentence(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "small.html") as opened:
        page = opened.page
        assert page.evaluate("document.querySelectorAll('.matrix a[tabindex=\"0\"]').length") == 1
        page.focus(".matrix a[tabindex='0']")
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        assert opened.focused == "s6c3"
        assert page.inner_text("#tip").splitlines()[0] == "content/sales/what-sales-needs.md — 名簿より関心を渡す"
        assert "何を読み、何に困っているかを伝えて、初めて会話が始まります。" in page.inner_text("#tip")
        page.keyboard.press("Escape")
        assert page.is_hidden("#tip")
        assert not page.evaluate("document.getElementById('a3').open")
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        assert opened.focused == "s6c3"
        assert page.is_visible("#s6c3")


def test_arrows_lead_over_the_map(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "small.html") as opened:
        opened.page.focus(".map a[href='#s4']")
        opened.page.keyboard.press("ArrowRight")
        assert opened.focused == "s5"
        assert "0.368" in opened.page.inner_text("#tip")
        opened.page.hover(".map a[href='#s6']")
        assert "名簿より関心を渡す" in opened.page.inner_text("#tip")


def test_one_filter_for_the_table_the_map_and_the_list(browser: Any, folder: Path) -> None:
    def shown(page: Any) -> list[list[str]]:
        page.wait_for_timeout(250)
        script = "(s) => [...document.querySelectorAll(s)].filter(e => !e.hidden).map(e => e.dataset.a)"
        return [page.evaluate(script, s) for s in ("tr[data-a]", "details[data-a]", "g.on:not([hidden])")]

    with Opened(browser, folder / "small.html") as opened:
        page = opened.page
        assert shown(page) == [["1", "2", "3"]] * 2 + [["1", "2", "3"]]
        page.fill("#filter-text", "ＳＡＬＥＳ")
        assert shown(page)[:2] == [["3"], ["3"]]
        assert page.is_hidden(".map a[href='#s4']")
        assert page.inner_text("#filter-count").startswith("3件中1件")
        page.click("button[type='reset']")
        page.check("#filter-off")
        assert shown(page)[:2] == [["1", "2"], ["1", "2"]]
        assert page.is_hidden("#s2")
        assert page.is_visible("#s4")
        page.uncheck("#filter-off")
        page.check("#filter-against")
        assert shown(page)[:2] == [["1"], ["1"]]
        page.uncheck("#filter-against")
        page.select_option("#filter-claim", "-1")
        assert shown(page)[:2] == [["2"], ["2"]]
        page.fill("#filter-text", "どこにもない言葉")
        assert shown(page)[:2] == [[], []]
        assert page.is_visible("#none")
        page.evaluate("location.hash = '#s6'")
        page.wait_for_timeout(250)
        assert page.is_visible("#s6")


def test_an_address_with_a_place_unfolds_it(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "many.html") as opened:
        assert opened.page.is_hidden("#s100")
    with Opened(browser, (folder / "many.html")) as opened:
        opened.page.goto((folder / "many.html").as_uri() + "#s100")
        opened.page.reload()
        opened.page.wait_for_timeout(100)
        assert opened.page.is_visible("#s100")


def test_without_scripts_everything_can_be_reached(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "small.html", java_script_enabled=False) as opened:
        page = opened.page
        assert page.is_hidden(".filter")
        assert page.locator(".matrix a[tabindex]").count() == 0
        page.click("#a3 summary")
        assert page.is_visible("#s6c3")


def test_the_page_prints_on_a4_without_its_controls(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "many.html", color_scheme="dark") as opened:
        page = opened.page
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 688, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") == 688
        assert page.is_hidden(".filter")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["small", "empty", "hostile"])
def test_axe_finds_nothing(browser: Any, folder: Path, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    with Opened(browser, folder / f"{name}.html", color_scheme=scheme, bypass_csp=True) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        found = axe.Axe().run(opened.page).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
