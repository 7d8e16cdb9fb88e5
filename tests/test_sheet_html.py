from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sheet_sample as sample

from msglint.model import Text
from msglint.sheet.color import READABLE, contrast, on, readable
from msglint.sheet.diagram import Drawing
from msglint.sheet.model import Diagram, Look, Sheet, Unrenderable
from msglint.sheet.printed import USUAL, printed
from msglint.sheet.render_html import render
from msglint.sheet.said import lines
from msglint.sheet.svg import inlined


class Page(HTMLParser):
    """What a page holds: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._unread = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._unread = tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._unread = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._unread else data


def page_of(sheet: Sheet, look: Look = sample.LOOK) -> tuple[str, Page]:
    page = render(sheet, look).decode()
    return page, Page(page)


@pytest.mark.parametrize("sheet", sample.ALL, ids=lambda s: s.name)
def test_all_that_a_sheet_says_is_on_the_page(sheet: Sheet) -> None:
    _, page = page_of(sheet)
    read = re.sub(r"\s", "", page.text)
    drawn = {line for s in sheet.sections for b in s.blocks if isinstance(b, Diagram) for line in b.source.splitlines()}
    for line in lines(sheet):
        if line in drawn and "<svg" in page_of(sheet)[0]:
            continue
        for part in re.split(r"[\s\t]+", line):
            assert part in read


@pytest.mark.parametrize("sheet", sample.ALL, ids=lambda s: s.name)
def test_the_page_runs_nothing_and_asks_for_nothing(sheet: Sheet) -> None:
    page, parsed = page_of(sheet)
    names = {name for name, _ in parsed.tags}
    assert not names & {"script", "iframe", "object", "link", "form", "base"}
    drawn = "svg" in names
    for _, attributes in parsed.tags:
        assert not [name for name in attributes if name.startswith("on") or (name == "style" and not drawn)]
        assert (attributes.get("src") or "data:image/").startswith("data:image/")
        assert (attributes.get("href") or "https://").startswith(("https://", "#d"))
    (policy,) = [a["content"] or "" for n, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy"]
    written = dict.fromkeys(
        read
        for style in re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
        for read in (style, html.unescape(style))
    )
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in written]
    attributes_too = "; style-src-attr 'unsafe-inline'" if drawn else ""
    assert policy == (
        f"default-src 'none'; img-src data:; style-src {' '.join(hashes)}{attributes_too}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert render(sample.FULL, sample.LOOK) == render(sample.FULL, sample.LOOK)


def test_figures_are_printed_with_source_and_caveat() -> None:
    _, page = page_of(sample.FULL)
    at = [page.text.index(t) for t in ("37.2%(2024年)", "日本企業のCRM導入率", "HubSpot調査", "HubSpot独自調査のため")]
    assert at == sorted(at)


def test_drafts_and_faults_say_so_on_top() -> None:
    _, page = page_of(sample.HOSTILE)
    above = page.text[: page.text.rindex("#set page")]
    assert "msglint が記事から抜き出したものです" in above
    assert "14行目: 日本企業のCRM導入率は 37.2%(2024年)です。" in above
    assert "下書き" not in page_of(sample.FULL)[1].text


def test_objections_are_questions_with_answers() -> None:
    page, _ = page_of(sample.FULL)
    assert page.count('class="answer"') == 2
    assert page.index("「今は忙しい」と断られる") < page.index("次に動く時期だけを伺い")


def test_english_sheets_speak_english() -> None:
    page, parsed = page_of(replace(sample.FULL, language="en"))
    assert '<html lang="en">' in page
    assert "Figures used here" in parsed.text
    assert "この資料の数字" not in parsed.text


def test_the_guides_own_template() -> None:
    own = (
        b'{% from "blocks.html.j2" import blocks with context %}'
        b"<h1>{{ sheet.title }}</h1>{{ blocks(sheet.sections[0].blocks) }}"
    )
    page = render(sample.HOSTILE, replace(sample.LOOK, templates={"html": own})).decode()
    assert page.startswith("<h1>&lt;script&gt;")
    assert "<del>消した文</del>" in page


@pytest.mark.parametrize(
    "template",
    [
        b"{{ sheet.nothing }}",
        b"{% if %}",
        b"\xff",
        b"{{ sheet.__class__.__mro__ }}",
        b"{{ 1/0 }}",
        b"{% include 'x' %}",
    ],
)
def test_an_own_template_that_cannot_be_used_is_told(template: bytes) -> None:
    with pytest.raises(Unrenderable) as raised:
        render(sample.FULL, replace(sample.LOOK, templates={"html": template}))
    assert raised.value.reason.ja.startswith("ガイドのHTMLテンプレートを使えません(")


@pytest.mark.parametrize("color", ["#0b5fa5", "#ffd54a", "#000000", "#ffffff", "#808080", "#ff0000"])
def test_colours_can_be_read(color: str) -> None:
    assert contrast(on(color), color) >= READABLE
    for paper in ("#ffffff", "#171b20"):
        assert contrast(readable(color, paper), paper) >= READABLE


def test_a_colour_that_can_be_read_is_left() -> None:
    assert readable("#0b5fa5", "#ffffff") == "#0b5fa5"
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_drawings_are_made_safe() -> None:
    drawn = inlined(
        '<svg xmlns="http://www.w3.org/2000/svg" id="m" onload="x()"><style>#m .a{fill:red}#b{}</style>'
        '<script>alert(1)</script><foreignObject><p>x</p></foreignObject><a href="javascript:x()"><text>鍵</text></a>'
        '<defs><marker id="b"/></defs><path marker-end="url(#b)" style="fill:url(http://x)"/><use href="#b"/>'
        '<image href="http://x/y.png"/><text>図の字</text></svg>',
        "d1-",
        "循環の図",
    )
    assert drawn is not None
    assert "script" not in drawn
    assert "onload" not in drawn
    assert "http://x" not in drawn
    assert 'role="img" aria-label="循環の図"' in drawn
    assert "#d1-m .a{fill:red}#d1-b{}" in drawn
    assert 'marker-end="url(#d1-b)"' in drawn
    assert "図の字" in drawn
    assert inlined("<svg>", "", "") is None
    assert inlined("<p/>", "", "") is None
    assert inlined('<!DOCTYPE x [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "", "") is None


def test_unrenderable_speaks_both_languages() -> None:
    assert Unrenderable(Text("ない", "missing")).reason.in_("en") == "missing"


def test_a_diagram_is_drawn_or_shown_as_it_is_written() -> None:
    pytest.importorskip("merman")
    page, parsed = page_of(sample.FULL)
    assert 'aria-label="引き渡しから改善までの循環"' in page
    assert "フィードバックを集める" in re.sub(r"\s", "", parsed.text)
    assert "この図は描けなかった" not in parsed.text
    _, broken = page_of(sample.HOSTILE)
    assert "この図は描けなかったため、元の書き方のまま載せています。" in broken.text
    assert "A[商談(初回)] -->" in broken.text


def test_objections_without_and_with_headings_of_their_own() -> None:
    intro = sample.paragraph("前置きです。")
    inner = sample.FULL.of("objection")[0]
    sheet = replace(sample.PLAIN, sections=(replace(inner, blocks=(intro, *inner.blocks)), sample.section(
        "objection", "よくある反論と答え", "予算がない", sample.paragraph("時期を伺います。"))))  # fmt: skip
    page, parsed = page_of(sheet)
    read = [m[1] for m in re.finditer(r"<h3[^>]*>(.*?)</h3>", page)]
    assert read == ["電話をためらう声に", "「資料を見ただけです」と言われる", "「今は忙しい」と断られる", "予算がない"]
    assert page.count('class="question"') == 3
    assert parsed.text.index("電話をためらう声に") < parsed.text.index("前置きです。")


def test_a_table_may_say_nothing_of_its_columns() -> None:
    table = replace(sample.table("列|欄", "値|内容"), align=())
    page, _ = page_of(replace(sample.PLAIN, sections=(sample.section("proof", "根拠", "", table),)))
    assert "<td>内容</td>" in page


def test_the_less_a_sheet_says_the_larger_it_is_printed() -> None:
    sizes = [printed(sheet, []) for sheet in (sample.PLAIN, sample.FULL)]
    assert (sizes[0].text, sizes[0].columns, sizes[1].columns) == (12.6, 1, 2)
    assert sizes[0].text > sizes[1].text
    assert printed(replace(sample.FULL, pages=None), []) == USUAL
    tall = Drawing("", 300, 3000, 15)
    assert printed(sample.PLAIN, [tall]).drawing < 230
    assert printed(sample.PLAIN, [tall, tall]).drawing < printed(sample.PLAIN, [tall]).drawing
