"""The reviews in a real browser: they fit a phone and paper, day and night, and axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from loop_sample import book

from msglint.loop.model import FeedbackItem
from msglint.loop.review import Book, html, monthly, quarterly

pytestmark = pytest.mark.slow
LONG = "数字が2023年のままで、客先で指摘されたうえ、その場で正しい値を答えられず、次の打ち合わせまで宿題になった" * 3


def wordy() -> Book:
    """Return half a year in which sales wrote a lot, and all titles are long."""
    base = book()
    items = [
        FeedbackItem(one.feedback, one.sheet, one.version, one.verdict, LONG, one.conflict, one.edited)
        for one in base.items
    ]
    asked = [replace(one, request=LONG, need=LONG) for one in base.feedback]
    sheets = tuple(
        replace(one, title=f"{one.title}: 部門をまたいだ長い題のシートを作るとき") for one in base.holdings.sheets
    )
    return replace(base, items=items, feedback=asked, holdings=replace(base.holdings, sheets=sheets))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    for name, given in {"usual": book(), "wordy": wordy()}.items():
        (folder / f"{name}-month.html").write_text(html(monthly(given, "2026-10"), "ja"), "utf-8")
    (folder / "usual-quarter.html").write_text(html(quarterly(book(), "2026-Q3"), "en"), "utf-8")
    return folder


@pytest.fixture(scope="module")
def desk() -> Iterator[Any]:
    with opened(viewport={"width": 1280, "height": 900}) as page:
        yield page


NAMES = ("usual-month", "wordy-month", "usual-quarter")


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_and_complains_of_nothing(pages: Path, desk: Any, name: str) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    desk.on("console", lambda message: complaints.append(message.text))
    desk.on("request", lambda request: asked.append(request.url))
    address = (pages / f"{name}.html").as_uri()
    for width, scheme in ((1280, "light"), (768, "dark"), (390, "dark"), (320, "light")):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.emulate_media(color_scheme=scheme)
        desk.goto(address)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    assert {one.partition("#")[0] for one in asked} == {address}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(pages: Path, desk: Any, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    desk.goto((pages / f"{name}.html").as_uri())
    found = axe.Axe().run(desk).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == []


@pytest.mark.parametrize("name", ["usual-month", "wordy-month"])
def test_the_month_is_two_pages_of_a4(pages: Path, desk: Any, name: str, tmp_path: Path) -> None:
    desk.emulate_media(media="print")
    desk.goto((pages / f"{name}.html").as_uri())
    made = desk.pdf(path=tmp_path / "month.pdf", prefer_css_page_size=True, print_background=True)
    desk.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 2
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", made)


def test_the_words_of_the_curve_do_not_meet(pages: Path, desk: Any) -> None:
    desk.set_viewport_size({"width": 1280, "height": 900})
    desk.goto((pages / "usual-quarter.html").as_uri())
    for chart in desk.query_selector_all("svg.chart"):
        met = chart.evaluate(
            """svg => { const b = [...svg.querySelectorAll('text')]
              .map(t => [t.textContent, t.getBoundingClientRect()]);
            const found = []; b.forEach(([s, r], i) => b.slice(i + 1).forEach(([t, q]) => {
              if (r.left < q.right && q.left < r.right && r.top + 3 < q.bottom - 3 && q.top + 3 < r.bottom - 3)
                found.push([s, t]); })); return found; }"""
        )
        assert met == []
