"""Sales tags in their three forms, and what is wrong with them."""

from __future__ import annotations

import pytest
from documents import cut, read

from msglint.document.model import Document


def tags(document: Document) -> list[tuple[str, str, str, str]]:
    return [(t.form, t.kind, cut(document, t.span), cut(document, t.covers)) for t in document.tags]


def problems(document: Document) -> list[tuple[str, str, str | None]]:
    """Return of each problem the place, its first words in English, and the kind."""
    assert all(p.message.ja for p in document.tag_problems)
    return [(cut(document, p.span), " ".join(p.message.en.split()[-3:]), p.kind) for p in document.tag_problems]


@pytest.mark.parametrize("attribute", ["{sales=summary}", "{ #id .c sales=summary }", '{sales="summary"}'])
def test_a_heading_covers_its_part_of_the_article(attribute: str) -> None:
    document = read(f"# 題\n\n## 要点 {attribute}\n\n本文\n\n### 小\n\n本文\n\n## 次\n\n本文\n")
    assert tags(document) == [
        ("heading", "summary", attribute, f"## 要点 {attribute}\n\n本文\n\n### 小\n\n本文\n\n"),
    ]
    assert document.blocks[1].text == "要点"
    assert document.tag_problems == ()


def test_heading_forms() -> None:
    document = read(
        "要点{sales=summary}\n===\n本文\n\n> ## 引用 {sales=proof}\n\n## 他 ## {sales}\n\n# {sales=}\n\n# {x=sales}\n"
    )
    assert tags(document)[0][:3] == ("heading", "summary", "{sales=summary}")
    assert [t.kind for t in document.tags] == ["summary"]
    assert problems(document) == [("{sales}", "summary or proof.", None), ("{sales=}", "summary or proof.", None)]


def test_the_last_heading_covers_the_rest() -> None:
    document = read("## 要点 {sales=summary}\n### 小\n本文")
    assert [cut(document, t.covers) for t in document.tags] == [document.source]


@pytest.mark.parametrize(
    "line", ["::: sales summary", ":::sales summary", ":::::  sales   summary  ", "::: sales summary :::"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_container_covers_the_lines_between(line: str, end: str) -> None:
    document = read(end.join(["前", line, "本文", "", "- 項目", ":::", "後", ""]))
    assert tags(document) == [("container", "summary", line.strip(), f"本文{end}{end}- 項目{end}")]
    assert document.tag_problems == ()
    assert [b.text for b in document.blocks] == ["前", "本文", "項目", "後"]


def test_containers_nest() -> None:
    document = read(
        "::: sales summary\n::: note\n注\n:::\n本文\n:::\n\n"
        ":::: sales proof\n::: sales objection\n反論\n:::\n::::\n\n"
        ":::::: sales problem\n::: note\n:::image x:::\n::::::\n"
    )
    assert [(t.kind, cut(document, t.covers)) for t in document.tags] == [
        ("summary", "::: note\n注\n:::\n本文\n"),
        ("proof", "::: sales objection\n反論\n:::\n"),
        ("objection", "反論\n"),
        ("problem", "::: note\n:::image x:::\n"),
    ]
    assert document.tag_problems == ()


@pytest.mark.parametrize(
    "comment",
    ["<!-- sales: summary -->", "<!--sales:summary-->", "<!--\nsales: summary\n-->", "<!-- sales：summary -->"],
)
def test_comments_cover_what_stands_between(comment: str) -> None:
    document = read(f"前\n\n{comment}\n本文\n\n- 項目 <!-- /sales --> 後\n")
    assert tags(document) == [("comment", "summary", comment, "\n本文\n\n- 項目 ")]
    assert document.tag_problems == ()


def test_kinds_are_kept_as_written() -> None:
    document = read("<!-- sales: 要点 Summary -->\n<!-- /sales: 要点 -->\n\n::: sales talk track\n:::\n")
    assert [t.kind for t in document.tags] == ["要点 Summary", "talk track"]


def test_no_tags_in_code_and_other_comments() -> None:
    document = read(
        "`<!-- sales: a -->`\n\n```\n<!-- sales: b -->\n::: sales c\n```\n\n    <!-- sales: d -->\n\n"
        "<pre><!-- sales: e --></pre>\n\n<!-- sales チームへ -->\n\n\\<!-- sales: f -->\n\n<!-- /salesforce -->\n\n"
        "::: salesforce x\n:::\n\n<!--\n::: sales g\n-->\n\n<script>\n<!-- sales: h -->\n</script>\n"
    )
    assert (document.tags, document.tag_problems) == ((), ())


@pytest.mark.parametrize(
    ("source", "found", "wrong"),
    [
        ("::: sales\n本文\n:::\n", [], [("::: sales", "summary or proof.", None)]),
        ("<!-- sales: -->本文<!-- /sales -->\n", [], [("<!-- sales: -->", "summary or proof.", None)]),
        (
            "::: sales summary\n本文\n",
            [("summary", "本文\n")],
            [("::: sales summary", "its part ends.", "summary")],
        ),
        (
            "<!-- sales: a -->\n本文\n<!-- sales: b -->\n次\n<!-- /sales -->\n",
            [("a", "\n本文\n"), ("b", "\n次\n")],
            [("<!-- sales: a -->", "its part ends.", "a")],
        ),
        ("本文\n\n<!-- /sales -->\n", [], [("<!-- /sales -->", "its part begins.", None)]),
        ("::: sales a\n本文\n:::\n:::\n", [("a", "本文\n")], [(":::", "its part begins.", None)]),
        ("本文\n:::\n\n::: note\n", [], []),
        (
            "::: sales a\n本文\n<!-- sales: b -->\n:::\n後\n<!-- /sales -->\n",
            [("a", "本文\n<!-- sales: b -->\n"), ("b", "\n:::\n後\n")],
            [("<!-- sales: b -->", "inner one first.", "b")],
        ),
        (
            "<!-- sales: a -->\n::: sales b\n本文\n<!-- /sales -->\n:::\n",
            [("a", "\n::: sales b\n本文\n"), ("b", "本文\n<!-- /sales -->\n")],
            [("::: sales b", "inner one first.", "b")],
        ),
        ("::: note\n<!-- sales: a -->\n:::\n<!-- /sales -->\n", [("a", "\n:::\n")], []),
        (
            ":::: sales a\n::: sales b\n本文\n::::\n後\n",
            [("a", "::: sales b\n本文\n"), ("b", "本文\n")],
            [("::: sales b", "its part ends.", "b")],
        ),
    ],
)
def test_tags_written_wrongly(
    source: str, found: list[tuple[str, str]], wrong: list[tuple[str, str, str | None]]
) -> None:
    document = read(source)
    assert [(t.kind, cut(document, t.covers)) for t in document.tags] == found
    assert problems(document) == wrong


def test_the_closing_mark_that_is_missing_is_named() -> None:
    document = read(":::: sales a\n\n<!-- sales: b -->\n")
    assert ["「::::」" in p.message.ja or "「<!-- /sales -->」" in p.message.ja for p in document.tag_problems] == [
        True,
        True,
    ]
