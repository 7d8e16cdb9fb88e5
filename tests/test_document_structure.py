"""Blocks, lists, tables, quotes, sections and code blocks."""

from __future__ import annotations

import pytest
from documents import HIDDEN, cut, read, texts

from msglint.document.model import Fence, Kind, Section
from msglint.model import Span


def test_kinds_in_reading_order() -> None:
    assert texts(
        "# 題 #\n\n本文\n\n題2\n---\n"
        "- [x] 項目\n\n  続き\n  1. 内側\n\n> 引用\n> - 項目\n\n"
        "| 頭 | 頭2 |\n|--|--|\n| a\\|b | `c\\|d` |\n"
    ) == [
        (Kind.HEADING, "題"),
        (Kind.PARAGRAPH, "本文"),
        (Kind.HEADING, "題2"),
        (Kind.ITEM, "項目"),
        (Kind.ITEM, "続き"),
        (Kind.ITEM, "内側"),
        (Kind.PARAGRAPH, "引用"),
        (Kind.ITEM, "項目"),
        (Kind.CELL, "頭"),
        (Kind.CELL, "頭2"),
        (Kind.CELL, "a|b"),
        (Kind.CELL, HIDDEN),
    ]


def test_heading_levels_and_quotes() -> None:
    blocks = read("# 一\n\n二\n===\n\n> ### 三\n\n###### 六\n").blocks
    assert [(b.level, b.quote) for b in blocks] == [(1, False), (1, False), (3, True), (6, False)]


def test_lists_and_tables_are_groups() -> None:
    document = read("- a\n- b\n  - c\n\n段落\n\n- d\n\n|e|\n|-|\n|f|\n\n- g\n\n  |h|\n  |-|\n\n  i\n")
    assert [(b.text, b.group) for b in document.blocks] == [
        ("a", 0),
        ("b", 0),
        ("c", 0),
        ("段落", None),
        ("d", 1),
        ("e", 2),
        ("f", 2),
        ("g", 3),
        ("h", 4),
        ("i", 3),
    ]


def test_rows_and_columns() -> None:
    blocks = read("|a|b|\n|-|-|\n|c||\n||d|\n").blocks
    assert [(b.text, b.row, b.column) for b in blocks] == [("a", 0, 0), ("b", 0, 1), ("c", 1, 0), ("d", 2, 1)]


def test_a_list_inside_a_footnote_keeps_its_label() -> None:
    blocks = read("本文[^n]\n\n[^n]: - 項目\n    - 項目2\n\n後\n").blocks
    assert [(b.kind, b.label, b.group) for b in blocks] == [
        (Kind.PARAGRAPH, None, None),
        (Kind.ITEM, "n", 0),
        (Kind.ITEM, "n", 0),
        (Kind.PARAGRAPH, None, None),
    ]


def test_sections_run_from_heading_to_heading() -> None:
    source = "前書き\n\n# 一\n\n本文\n\n## 二\n\n> # 引用の見出し\n\n### \n"
    document = read(source)
    assert document.sections == (
        Section(None, 0, range(1), Span(0, 5)),
        Section(1, 1, range(1, 3), Span(5, 14)),
        Section(3, 2, range(3, 5), Span(14, source.index("###"))),
        Section(5, 3, range(5, 6), Span(source.index("###"), len(source))),
    )
    assert [b.section for b in document.blocks] == [0, 1, 1, 2, 2, 3]


def test_the_title_is_the_first_heading() -> None:
    source = "---\ndescription: 説明\ntitle: 題\n---\n前書き\n\n# 一\n"
    document = read(source)
    assert [b.kind for b in document.blocks] == [Kind.DESCRIPTION, Kind.TITLE, Kind.PARAGRAPH, Kind.HEADING]
    assert document.sections == (
        Section(1, 0, range(3), Span(0, source.index("#"))),
        Section(3, 1, range(3, 4), Span(source.index("#"), len(source))),
    )


def test_a_quoted_heading_at_the_top_is_not_the_section_s() -> None:
    assert [s.heading for s in read("> # 引用\n\n本文\n").sections] == [None]


def test_front_matter_without_title_has_no_section() -> None:
    document = read("---\nowner: 営業\n---\n# 一\n")
    assert [s.heading for s in document.sections] == [0]


def test_an_empty_article() -> None:
    document = read("")
    assert (document.blocks, document.sections, document.top) == ((), (), Span(0, 0))


@pytest.mark.parametrize(
    ("source", "info", "text", "content"),
    [
        ("```mermaid\ngraph TD\n  A-->B\n```\n", "mermaid", "graph TD\n  A-->B\n", "graph TD\n  A-->B\n"),
        ("~~~\r\na\r\nb\r\n~~~\r\n", "", "a\nb\n", "a\r\nb\r\n"),
        ("> - ```x y\n>   a\n>\n>     b\n>   ```\n", "x y", "a\n\n  b\n", "a\n>\n>     b\n"),
        ("    字下げ\n\n    続き\n", "", "字下げ\n\n続き\n", "字下げ\n\n    続き\n"),
        ("```\n```\n", "", "", ""),
        ("```a\n*", "a", "*", "*"),
    ],
)
def test_code_blocks(source: str, info: str, text: str, content: str) -> None:
    document = read(source)
    assert document.blocks == ()
    (fence,) = document.fences
    assert (fence.info, fence.text, cut(document, fence.content)) == (info, text, content)


def test_an_empty_code_block_is_empty_after_its_first_line() -> None:
    assert read("前\n\n```mermaid\n```\n").fences == (Fence("mermaid", Span(14, 14)),)


@pytest.mark.parametrize("line", [":::", "::: note", "::: note 要点", ":::tip 題 :::", "  :::", ":::: {.x}"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_container_lines_end_paragraphs_lists_and_tables(line: str, end: str) -> None:
    source = end.join(
        ["段落", line, "段落", line, "- 項目", line, "- 項目", "", "|頭|", "|-|", "|体|", line, "段落", ""]
    )
    document = read(source)
    assert [(b.kind, b.text) for b in document.blocks] == [
        (Kind.PARAGRAPH, "段落"),
        (Kind.PARAGRAPH, "段落"),
        (Kind.ITEM, "項目"),
        (Kind.ITEM, "項目"),
        (Kind.CELL, "頭"),
        (Kind.CELL, "体"),
        (Kind.PARAGRAPH, "段落"),
    ]
    if not line.startswith(" "):
        assert [b.group for b in document.blocks] == [None, None, 0, 1, 2, 2, None]


def test_container_lines_inside_an_item_end_its_paragraph_only() -> None:
    blocks = read("1. 手順\n\n   ::: note\n   注意\n   :::\n2. 手順2\n").blocks
    assert [(b.text, b.group) for b in blocks] == [("手順", 0), ("注意", 0), ("手順2", 0)]


def test_container_lines_where_no_thematic_break_can_stand() -> None:
    assert texts("段落\n    ::: note\n続き\n\n<div>\n::: 題\n中\n</div>\n") == [
        (Kind.PARAGRAPH, "段落"),
        (Kind.PARAGRAPH, "続き"),
        (Kind.PARAGRAPH, "中"),
    ]


def test_no_container_lines_in_code_and_comments() -> None:
    document = read("```\n::: a\n```\n\n    ::: b\n\n<!--\n::: c\n-->\n\n<pre>\n::: d\n</pre>\n\n文::: e\n")
    assert [f.text for f in document.fences] == ["::: a\n", "::: b\n"]
    assert [b.text for b in document.blocks] == ["文::: e"]
    assert document.tag_problems == ()


def test_an_inline_directive_at_the_start_of_a_line_is_no_container() -> None:
    assert texts(':::image alt-text="a":::を選ぶ\n\n:::image alt-text="b":::\n') == [
        (Kind.PARAGRAPH, f"{HIDDEN}を選ぶ")
    ]
