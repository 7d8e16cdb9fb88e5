"""The page of drift: what stands on it, what it may load, and where its drawings put things."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import itertools
import math
import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from conftest import Repository
from drift_sample import (
    CLAIMS,
    EMPTY,
    HOSTILE_HEADING,
    HOSTILE_SENTENCE,
    PATHS,
    SMALL,
    Sample,
    big,
    hostile,
)

from msglint.drift import chart, plot
from msglint.drift.gather import gather
from msglint.drift.model import ClaimPoint, Month, percent
from msglint.drift.page import encode
from msglint.drift.quotes import Openings, quote
from msglint.model import Language, Position, Span
from msglint.report.widths import columns

LINES = {"div", "li", "p", "q"}
VOID = {"meta", "input", "rect", "line", "circle", "path", "polyline", "br"}


class Element(NamedTuple):
    """A start tag with the text that stands in its element, blanks joined."""

    tag: str
    attributes: Mapping[str, str]
    pieces: list[str]
    within: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


class Tree(HTMLParser):
    """All elements of a page in order; fails where the page does not close what it opens."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(
            tag, {k: v or "" for k, v in attrs}, [], tuple(e.attributes.get("id", "") for e in self._open)
        )
        self.elements.append(element)
        if tag in LINES:
            self.handle_data(" ")
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {k: v or "" for k, v in attrs}, [], ()))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def by_id(self, name: str) -> Element:
        (element,) = (e for e in self.elements if e.attributes.get("id") == name)
        return element

    def all(self, tag: str, kind: str = "") -> list[Element]:
        return [
            e for e in self.elements if e.tag == tag and (not kind or kind in e.attributes.get("class", "").split())
        ]


def page(sample: Sample, language: Language = "ja") -> str:
    return encode(sample.drift, language=language, texts=sample.texts)


@pytest.fixture(scope="module")
def small() -> Tree:
    return Tree(page(SMALL))


def test_the_table_has_a_row_for_each_article_and_a_column_for_each_claim(small: Tree) -> None:
    heads = [(e.attributes["scope"], e.text) for e in small.all("th") if "first" in e.attributes.get("class", "")]
    assert heads == [("col", "記事"), *(("row", path) for path in PATHS)]
    claims = [e.text for e in small.all("th", "claim") if e.attributes["scope"] == "col"][: len(CLAIMS)]
    assert claims == [f"{n}{c.statement}" for n, c in enumerate(CLAIMS, 1)]
    rows = [[e.text for e in small.elements if e.tag == "td" and f"r{n}" in e.within] for n in (1, 2, 3)]
    assert rows == [["93⇄", "24", "5", "▲1/4"], ["9", "15", "6", "▲1/1"], ["93", "33", "90", "0/2"]]


def test_each_number_leads_to_its_sentence(small: Tree) -> None:
    links = [e.attributes["href"] for e in small.elements if e.tag == "a" and "r1" in e.within]
    assert links == ["#a1", "#s2c1", "#s3x1", "#s2c2", "#s2c3"]
    assert (
        small.by_id("s2c1").text
        == f"93 1 {CLAIMS[0].statement} どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。"
    )
    assert small.by_id("s3x1").text == (
        f"86 1 {CLAIMS[0].statement} 記事ごとに訴求が違っていても、商談化率には影響しません。"
    )


@pytest.mark.parametrize(
    "sample", [SMALL, EMPTY, hostile(), big(30, 12, 4, 2)], ids=["small", "empty", "hostile", "big"]
)
def test_every_link_leads_to_something_on_the_page(sample: Sample) -> None:
    tree = Tree(page(sample))
    ids = [e.attributes["id"] for e in tree.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    named = {
        e.attributes[a] for e in tree.elements for a in ("aria-labelledby", "aria-describedby") if a in e.attributes
    }
    links = {e.attributes["href"] for e in tree.elements if "href" in e.attributes}
    assert {link.removeprefix("#") for link in links} | named <= set(ids)
    assert all(link.startswith("#") for link in links)


def test_every_section_says_how_near_it_is(small: Tree) -> None:
    for number, section in enumerate((s for a in SMALL.drift.articles for s in a.sections), 1):
        text = small.by_id(f"s{number}").text
        assert text.startswith(f"{section.heading or '(冒頭)'} {section.start.line}行目 近さ {section.on_message:.3f}")
        assert ("▲ 主張から離れた節 (しきい値 0.370 未満)" in text) == section.off_message
        assert (f"ガイドで最も近い文: {section.nearest}" in text) == section.off_message


def test_the_headline_figures(small: Tree) -> None:
    figures = [e.text for e in small.elements if e.tag == "li" and e.within == ("", "", "", "")]
    assert figures == [
        "3 調べた記事",
        "7 記事の中の節",
        "2 主張から離れた節 (28.6%)",
        "1 主張と逆のことを述べた節",
        "1 どの記事も伝えていない主張(全3個)",
        "1 主張を1つも伝えていない記事",
    ]


def test_claims_that_nobody_carries_are_shown_with_the_nearest_sentence(small: Tree) -> None:
    text = " ".join(e.text for e in small.all("ul", "found"))
    assert text == (
        f"2 {CLAIMS[1].statement} feedback-loop 最も近い文(確からしさ 33。伝えているとみなすのは50から): "
        "content/sales/what-sales-needs.md 何を読み、何に困っているかを伝えて、初めて会話が始まります。 "
        f"content/news/autumn.md 最も近い主張(確からしさ 15): 2 {CLAIMS[1].statement}"
    )


def test_similar_sections_lead_to_both_places(small: Tree) -> None:
    (pairs,) = small.all("ol", "pairs")
    assert pairs.text == (
        "0.987 ＝ ほぼ同じ内容 content/marketing/one-message.md 主張をそろえる "
        "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。書き手が何人いても同じです。 "
        "content/sales/what-sales-needs.md 主張をそろえる "
        "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。 "
        "0.811 content/marketing/one-message.md (冒頭) どの記事も、同じ1つの主張から書きます。 "
        "content/sales/what-sales-needs.md 名簿より関心を渡す "
        "連絡先だけを渡しても、商談にはなりません。何を読み、何に困っているかを伝えて、初めて会話が始まります。"
    )


def test_the_map_has_a_mark_for_each_section_and_claim(small: Tree) -> None:
    marks = [e for e in small.elements if e.tag == "a" and "aria-label" in e.attributes and e.within[-1:] == ("",)]
    labels = {e.attributes["href"]: e.attributes["aria-label"] for e in marks}
    assert labels["#s4"] == "content/marketing/one-message.md 社員旅行のお知らせ 0.183"
    assert labels["#c2"] == f"主張 2: {CLAIMS[1].statement}"
    assert {f"#s{n}" for n in range(1, 8)} | {f"#c{n}" for n in range(1, 4)} <= set(labels)


def test_the_trend_is_drawn_and_told_in_figures(small: Tree) -> None:
    captions = [e.text for e in small.all("figcaption")]
    assert captions == [
        "▲ 主張から離れた節の割合28.6% 2026-09から -11.4ポイント",
        f"1 {CLAIMS[0].statement}66.7% 2026-09から +16.7ポイント",
        f"2 {CLAIMS[1].statement}0.0% 2026-09と同じ",
        f"3 {CLAIMS[2].statement}33.3% 2026-09から +33.3ポイント",
    ]
    (table,) = small.all("table", "numbers")
    assert table.text.endswith("2026-09-302540.0%50.0%0.0%0.0% 2026-10-313728.6%66.7%0.0%33.3%")


def test_the_page_in_english() -> None:
    tree = Tree(page(SMALL, "en"))
    (whole,) = tree.all("html")
    assert whole.attributes["lang"] == "en"
    data = "".join([*SMALL.texts.values(), *(c.statement for c in CLAIMS), SMALL.drift.articles[1].sections[0].nearest])
    japanese = re.findall(r"[ぁ-んァ-ヶー一-龠]+", tree.all("body")[0].text)
    assert len(japanese) > 50
    assert [words for words in japanese if words not in data] == []


def test_the_command_writes_the_page(repository: Repository) -> None:
    repository.write("content/<b>.md", "\ufeff# 題\n\n最初の文です。\n")
    repository.write("content/old.md", "# 題\n\n古い文字コードです。\n".encode("cp932"))
    ran = repository.run("drift", "--output", "report.html")
    assert (ran.status, ran.out) == (2, "")
    assert "content/old.md" in ran.err
    tree = Tree((repository.folder / "report.html").read_text("utf-8"))
    assert [e.text for e in tree.all("th", "first")] == ["記事", "content/<b>.md", "content/clean.md"]


def test_without_a_history_there_is_no_trend() -> None:
    tree = Tree(encode(dataclasses.replace(SMALL.drift, trend=()), language="ja", texts=SMALL.texts))
    assert tree.all("figure") == []
    assert "月ごとの動き" not in tree.all("body")[0].text


def test_without_the_articles_the_scores_are_still_there() -> None:
    tree = Tree(encode(SMALL.drift, language="ja", texts={}))
    assert tree.by_id("s2c1").text == f"93 1 {CLAIMS[0].statement}"


def test_the_page_is_the_same_each_time() -> None:
    assert page(SMALL) == page(SMALL)


@pytest.mark.parametrize("sample", [SMALL, EMPTY, hostile()], ids=["small", "empty", "hostile"])
def test_the_page_loads_nothing_and_runs_its_own_script_only(sample: Sample) -> None:
    tree = Tree(page(sample))
    loading = {"src", "srcset", "data", "action", "poster", "background", "style", "xlink:href"}
    assert [e for e in tree.elements if loading & e.attributes.keys()] == []
    assert [a for e in tree.elements for a in e.attributes if a.startswith("on")] == []
    assert {"link", "img", "iframe", "object", "base"} & {e.tag for e in tree.elements} == set()
    assert [v for e in tree.elements for v in e.attributes.values() if "http" in v or "//" in v] == []
    (style,), (script,) = tree.all("style"), tree.all("script")
    assert not re.search(r"url\(|@import|http", "".join(style.pieces + script.pieces))
    policy = next(e.attributes["content"] for e in tree.all("meta") if "http-equiv" in e.attributes)
    hashes = [base64.b64encode(hashlib.sha256("".join(e.pieces).encode()).digest()).decode() for e in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_what_is_hostile_is_only_text() -> None:
    written = page(hostile())
    tree = Tree(written)
    assert {e.tag for e in tree.elements} & {"img", "i", "u", "s"} == set()
    assert len(tree.all("script")) == 1
    assert "\u202e" not in written
    assert "\x1b" not in written
    assert tree.by_id("s1").text.startswith(f"{HOSTILE_HEADING} 1行目 近さ -0.200")
    assert tree.by_id("s1c1").text == f"60 1 ' onmouseover='alert(3)' <i>主張</i> {HOSTILE_SENTENCE}"
    assert tree.by_id("a1").attributes["data-path"] == 'content/"><script>alert(1)</script>\ufffd.md'


def test_a_large_picture_has_every_section_once() -> None:
    sample = big(40, 12, 9, 24)
    tree = Tree(page(sample))
    assert len(tree.all("li", "section")) == 360
    assert len([e for e in tree.all("details", "article") if "open" in e.attributes]) == 0
    assert len([e for e in tree.elements if e.tag == "tr" and "data-a" in e.attributes]) == 40


@pytest.mark.parametrize(("value", "shown"), [(0.0, 0), (0.29, 29), (0.499, 49), (0.5, 50), (0.999, 99), (1.0, 100)])
def test_percentages_are_rounded_down(value: float, shown: int) -> None:
    assert percent(value) == shown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**強い**主張と[リンク](https://example.com)です。", "強い主張とリンクです。"),
        ("次の\r\n行に`続く`文。", "次の行に続く文。"),
        ("<style>b</style>だけ", "<style>b</style>だけ"),
        ("あ" * 300, "あ" * 239 + "…"),
        ("", ""),
        ("B2B\ncontent and\nリード", "B2B content and リード"),
    ],
)
def test_a_quoted_sentence_is_what_a_reader_sees(written: str, read: str) -> None:
    text = f"前の文。{written}後の文。"
    assert quote(text, Span(4, 4 + len(written))) == read


@pytest.mark.parametrize(
    ("text", "start", "read"),
    [
        ("## 題\r\n\r\n本文です。\r\n- 項目\r\n\r\n## 次\r\n\r\n次の本文。", Position(1, 1, 1), "本文です。 ・項目"),
        ("## 題\n\n本文。\n\n## 次\n\n```mermaid\ngraph\n```\n次の**本文**。", Position(5, 1, 13), "次の本文。"),
        ("---\ntitle: 題\n---\n\n書き出し。\n\n## 次\n", Position(1, 1, 0), "書き出し。"),
        ("## 題\n\n::: sales summary\n\n- 一つ\n- 二つ\n\n:::\n", Position(1, 1, 0), "・一つ ・二つ"),
        ("## 題\n", Position(1, 1, 0), ""),
        ("## 題\n", Position(9, 1, 40), ""),
        ("い" * 200, Position(1, 1, 0), "い" * 89 + "…"),
    ],
)
def test_a_section_opens_with_its_first_words(text: str, start: Position, read: str) -> None:
    assert Openings(text).at(start) == read


def test_a_section_stands_for_its_surest_sentence() -> None:
    seen = gather(SMALL.drift, SMALL.texts, "(冒頭)")
    assert seen.sections[1].quote == "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。"
    assert seen.sections[3].quote == "今年の社員旅行は、温泉のある町に決まりました。集合は朝の8時です。"


def test_of_equal_sections_the_first_is_linked() -> None:
    parts = [SMALL.drift.articles[0].sections[1], SMALL.drift.articles[0].sections[1]]
    same = dataclasses.replace(SMALL.drift.articles[0], sections=tuple(parts))
    seen = gather(dataclasses.replace(SMALL.drift, articles=(same,)), SMALL.texts, "")
    assert [s.anchor if s else None for s in seen.articles[0].best] == ["s1c1", "s1c2", "s1c3"]


def _months(*shares: float) -> list[Month]:
    return [Month(date(2026, n, 28), 4, 9, {"a": share}, share / 10, 0.5) for n, share in enumerate(shares, 1)]


def test_a_line_goes_from_the_first_month_to_the_last() -> None:
    off, claim = chart.charts(_months(0.0, 0.5, 1.0), ["a"])
    assert claim.line == "36,108 164,59 292,10"
    assert (claim.top, off.top, off.claim, off.now, off.change) == (1.0, 0.1, None, 0.1, 10.0)


def test_a_claim_that_a_month_does_not_know_was_not_carried() -> None:
    _, claim = chart.charts(_months(0.5, 0.5), ["new"])
    assert [d.share for d in claim.dots] == [0.0, 0.0]


def test_one_month_is_a_dot_in_the_middle() -> None:
    _, claim = chart.charts(_months(0.5), ["a"])
    assert [(d.x, d.y) for d in claim.dots] == [(164.0, 59.0)]
    assert [(t.month, t.anchor) for t in chart.ticks(1)] == [(0, "middle")]


@pytest.mark.parametrize(("count", "named"), [(0, []), (2, [0, 1]), (3, [0, 1, 2]), (24, [0, 8, 15, 23])])
def test_months_are_named_where_there_is_room(count: int, named: list[int]) -> None:
    assert [t.month for t in chart.ticks(count)] == named
    places = [t.x for t in chart.ticks(count)]
    assert all(b - a >= 75 for a, b in itertools.pairwise(places))


def _plotted(points: list[tuple[float, float]], claims: list[tuple[float, float]]) -> plot.Plot:
    section = SMALL.drift.articles[0].sections[1]
    one = dataclasses.replace(
        SMALL.drift.articles[0], sections=tuple(dataclasses.replace(section, point=p) for p in points)
    )
    named = tuple(ClaimPoint(f"c{n}", "主張の言葉が長く続いていく文", p) for n, p in enumerate(claims))
    seen = gather(dataclasses.replace(SMALL.drift, articles=(one,), claims=named, uncarried=(), twins=()), {}, "")
    return plot.plot(seen.sections, seen.claims)


def test_up_is_up_and_right_is_right_on_the_map() -> None:
    drawn = _plotted([(-1.0, 0.5), (1.0, -0.5)], [])
    assert drawn.height == 524
    assert drawn.marks == ((44.0, 44.0), (916.0, 480.0))


def test_numbers_at_one_place_are_pushed_apart_and_led_back() -> None:
    drawn = _plotted([(-1.0, -0.4), (1.0, 0.4)], [(0.2, 0.1)] * 12)
    spots = [(b.x, b.y) for b in drawn.badges]
    assert min(math.dist(a, b) for i, a in enumerate(spots) for b in spots[:i]) >= 26
    assert all(13 < x < 947 and 13 < y < drawn.height - 13 for x, y in spots)
    assert sum(b.moved for b in drawn.badges) >= 11
    assert {b.true for b in drawn.badges} == {(567.2, round(drawn.height / 2 - 43.6, 1))}


def test_a_number_makes_way_for_the_mark_it_would_cover() -> None:
    drawn = _plotted([(0.0, 0.0), (1.0, 0.6)], [(0.0, 0.0)])
    assert math.dist(drawn.marks[0], (drawn.badges[0].x, drawn.badges[0].y)) >= 19


def test_names_do_not_overlap() -> None:
    drawn = _plotted([(-1.0, -0.4), (1.0, 0.4)], [(n / 20, (n % 3) / 25) for n in range(12)])
    boxes = []
    for b in (b for b in drawn.badges if b.name):
        wide = columns(b.name) * 6.6
        left = {"start": b.name_x, "middle": b.name_x - wide / 2, "end": b.name_x - wide}[b.anchor]
        boxes.append(plot.Box(left, b.name_y - 13, left + wide, b.name_y + 5))
    assert len(boxes) >= 6
    assert [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.meets(b)] == []


def test_a_single_point_is_in_the_middle() -> None:
    drawn = _plotted([(0.3, 0.3)], [])
    assert (drawn.height, drawn.marks) == (320, ((480.0, 160.0),))
