from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sheet_sample as sample
from articles import guide_of
from browser import started
from sheet_varied import drawn, varied
from sheets import GUIDE

from msglint.guide.model import Guide
from msglint.sheet.index import index, matrix, ordered
from msglint.sheet.manifest import File, Record, decode, encode, record
from msglint.sheet.render_html import render


def listed(name: str, **given: Any) -> Record:
    return Record(**({"name": name, "kind": "one-pager", "title": name, "article": f"{name}.md"} | given))


RECORDS = (
    listed("b", persona="marketer", stage="problem", claim="one", day="2026-09-01", text="予算の話\nＭＱＬ"),
    listed("a", persona="seller", stage="comparison", claim="loop", day="2026-09-02", text="転換率 </script><b>"),
    listed(
        "c", persona="marketer", stage="problem", state="current", expires="2026-01-01", text="予算と転換率", number=3
    ),
    listed("d", state="current", expires="2999-01-01", outdated=True, faults=2, text="MQL"),
)


@pytest.fixture(scope="module")
def guide() -> Guide:
    return guide_of(GUIDE)


def test_the_most_useful_come_first_then_the_newest() -> None:
    assert [r.name for r in ordered(RECORDS, {})] == ["a", "b", "c", "d"]
    assert [r.name for r in ordered(RECORDS, {"c": (1, 1), "d": (18, 20), "b": (0, 9)})] == ["d", "c", "a", "b"]


def test_the_matrix_shows_its_holes(guide: Guide) -> None:
    rows = matrix(RECORDS, guide)
    assert [(r.id, [(c.stage, c.count) for c in r.cells]) for r in rows] == [
        ("marketer", [("problem", 2), ("comparison", 0)]),
        ("seller", [("problem", 0), ("comparison", 1)]),
    ]
    assert index(RECORDS, guide, sample.LOOK).decode().count('class="hole"') == 2


def test_the_index_is_safe_and_the_same_each_time(guide: Guide) -> None:
    hostile = listed("x", title='<script>alert("x")</script>', text="</script><script>alert(1)</script>")
    page = index([hostile], guide, sample.LOOK).decode()
    assert page.count("<script") == 2
    assert len(re.findall(r"<script>.+?</script>", page, re.DOTALL)) == 1
    assert page == index([hostile], guide, sample.LOOK).decode()
    assert "msglint" in index([], guide, sample.PALE).decode()


def test_the_manifest_can_be_read_again() -> None:
    files = {"html": File("a/one-pager.html", "0" * 16)}
    told = record(sample.FULL, files, number=2, kept=("a/one-pager.1.html",))
    content = encode("messaging.yaml", "abc", [told, *RECORDS])
    assert decode(content) == {r.name: r for r in (told, *RECORDS)}
    assert [s["name"] for s in json.loads(content)["sheets"]] == sorted(r.name for r in (told, *RECORDS))
    assert (told.state, told.approved_by, told.expires) == ("current", "営業部長", "2027-04-01")
    assert told.facts == ("first-call", "crm-adoption")
    assert "37.2%(2024年)" in told.text


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"version":2,"sheets":[]}', b'{"version":1,"sheets":[{}]}']
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a manifest"):
        decode(content)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    made = tmp_path_factory.mktemp("sheets")
    (made / "pages").mkdir()
    (made / "pages" / "資料 1.html").write_bytes(render(sample.FULL, sample.LOOK))
    (made / "pages" / "b.pptx").write_bytes(b"PK")
    files = {"html": File("pages/資料 1.html", ""), "pptx": File("pages/b.pptx", "")}
    first = listed(
        "e", title="見られるシート", persona="seller", stage="problem", day="2026-10-01", files=files, text="見る"
    )
    (made / "index.html").write_bytes(index([first, *RECORDS], guide, sample.LOOK))
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with started() as chromium:
        yield chromium


@pytest.fixture
def page(folder: Path, browser: Any) -> Iterator[Any]:
    context = browser.new_context(accept_downloads=True)
    made = context.new_page()
    made.goto((folder / "index.html").as_uri())
    yield made
    context.close()


def shown(page: Any) -> list[str]:
    return [h.inner_text() for h in page.query_selector_all(".card:not([hidden]) h2")]


def test_search_and_filters(page: Any) -> None:
    assert shown(page) == ["見られるシート", "a", "b", "c", "d"]
    page.fill("#q", "予算")
    assert (shown(page), page.inner_text("#count")) == (["b", "c"], "2件")
    page.fill("#q", "予算　転換率")
    assert shown(page) == ["c"]
    page.fill("#q", "mql")
    assert shown(page) == ["b", "d"]
    page.fill("#q", "どこにもない")
    assert (shown(page), page.is_visible("#none")) == ([], True)
    page.click("button[type=reset]")
    page.locator(".card[hidden]").first.wait_for(state="detached")  # reset tells the page after the click
    page.select_option("#persona", "marketer")
    page.select_option("#stage", "problem")
    assert shown(page) == ["b", "c"]
    assert page.url.endswith("#persona=marketer&stage=problem")
    page.reload()
    assert shown(page) == ["b", "c"]


def test_an_approval_that_ended_shows_as_expired(page: Any) -> None:
    page.select_option("#state", "expired")
    assert shown(page) == ["c"]
    assert page.inner_text(".card:not([hidden]) .state") == "承認の期限切れ"
    page.select_option("#state", "current")
    assert shown(page) == ["d"]
    assert "元の記事が更新済み" in page.inner_text(".card:not([hidden]) .tags")


def test_the_keyboard_is_enough(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("見る")
    assert shown(page) == ["見られるシート"]
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    frame = page.frame_locator("#page")
    assert frame.locator("h1").inner_text() == sample.FULL.title
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert page.evaluate("document.activeElement.className") == "preview"


def test_a_cell_of_the_matrix_filters(page: Any) -> None:
    page.click(".coverage button[data-persona=marketer]")
    assert shown(page) == ["b", "c"]


def test_a_download(page: Any) -> None:
    with page.expect_download() as download:
        page.click("a[download]")
    assert Path(download.value.path()).read_bytes() == b"PK"


def test_nothing_is_asked_of_the_outside_and_nothing_fails(page: Any, folder: Path) -> None:
    asked, said = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.reload()
    page.click(".preview")
    page.frame_locator("#page").locator("h1").wait_for()
    page.goto((folder / "pages" / "資料 1.html").as_uri())
    assert {url.split(":")[0] for url in asked} == {"file"}
    assert said == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_sticks_out(folder: Path, browser: Any, scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    pages = [folder / "index.html"]
    for i, sheet in enumerate(sample.ALL):
        pages.append(folder / f"{i}.html")
        pages[-1].write_bytes(render(sheet, sample.PALE if i == 1 else sample.LOOK))
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800})
    made = context.new_page()
    for file in pages:
        made.goto(file.as_uri())
        assert [v["id"] for v in axe.run(made).response["violations"]] == []
        assert made.evaluate("document.documentElement.scrollWidth") == width
    context.close()


PRINTED = [sample.FULL, sample.PLAIN, *map(varied, (0, 5, 9, 11)), *map(drawn, (2, 7))]


@pytest.mark.parametrize("font", [None, "Noto Sans CJK JP"], ids=["usual", "wide"])
def test_a_sheet_of_one_page_is_printed_on_one_and_fills_it(folder: Path, browser: Any, font: str | None) -> None:
    made = browser.new_page(viewport={"width": 703, "height": 1055})  # the room of A4 between its margins
    made.emulate_media(media="print")
    shares = []
    for i, sheet in enumerate(PRINTED):
        file = folder / f"printed-{i}.html"
        file.write_bytes(render(sheet, replace(sample.LOOK, font=font)))
        made.goto(file.as_uri())
        heights = "['main', 'footer'].map(n => document.querySelector(n).getBoundingClientRect().height)"
        shares.append(sum(made.evaluate(heights)) / 1055)
        content = made.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == 1, sheet.title
    made.close()
    assert max(shares) <= 1
    assert all(share > 0.75 for sheet, share in zip(PRINTED, shares, strict=True) if sheet is not sample.PLAIN)
