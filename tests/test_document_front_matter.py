"""The front matter: entries with their places, title and description as text, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from documents import cut, read, texts
from hypothesis import example, given
from hypothesis import strategies as st

from msglint.document.front_matter import front_matter
from msglint.document.model import Kind
from msglint.model import Span
from msglint.yamlnodes import compose, pairs


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("closing", ["---", "...", "---  "])
def test_entries_know_their_places(end: str, closing: str) -> None:
    source = end.join(
        [
            "--- ",
            "title: '題の''名''' # 注",
            '"persona": "buyer"',
            "updated: 2026-10-31",
            "claims: [a, 'b']",
            "views: 1.50",
            "owner:",
            "approved:",
            "  by: 営業",
            closing,
            "本文",
            "",
        ]
    )
    document = read(source)
    assert document.front is not None
    assert document.front.problems == ()
    assert document.front.span == document.top == Span(0, 3)
    entries = document.front.entries
    assert {key: entry.value for key, entry in entries.items()} == {
        "title": "題の'名'",
        "persona": "buyer",
        "updated": date(2026, 10, 31),
        "claims": ["a", "b"],
        "views": Decimal("1.50"),
        "owner": None,
        "approved": {"by": "営業"},
    }
    assert {key: cut(document, entry.span) for key, entry in entries.items()} == {
        "title": "題の''名''",
        "persona": "buyer",
        "updated": "2026-10-31",
        "claims": "[a, 'b']",
        "views": "1.50",
        "owner": "",
        "approved": "by: 営業",
    }
    assert [cut(document, entry.key) for entry in entries.values()] == list(entries)
    assert [(value, cut(document, span)) for value, span in entries["claims"].items] == [("a", "a"), ("b", "b")]
    assert [(b.kind, b.text) for b in document.blocks] == [(Kind.TITLE, "題の'名'"), (Kind.PARAGRAPH, "本文")]
    assert document.front.text("persona") == "buyer"
    assert document.front.text("owner") is None


@pytest.mark.parametrize(
    ("scalar", "text"),
    [
        ("必ず成果が出る", "必ず成果が出る"),
        ("必ず成果が\n  出る", "必ず成果が出る"),
        ("the\n  end", "the\nend"),
        ("一つ目\n\n  二つ目", "一つ目\n二つ目"),
        ("'必ず ''成果'' が\n  出る'", "必ず '成果' が出る"),
        ('"必ず \\"成果\\" \\u304C\\\n  出る\\x21"', '必ず "成果" が出る!'),
        ('"a\\tb\\\\c\\/d\\_e"', "a\tb\\c/d\xa0e"),
        (">\n  必ず\n  成果が\n  出る\n\n  次\n", "必ず成果が出る\n次"),
        (">-\n  必ず\n  成果\n", "必ず成果"),
        ("|\n  必ず\n  成果\n", "必ず\n成果"),
        ("|2-  # 注 | 注\n    必ず\n", "必ず"),
        ("!!str 必ず", "必ず"),
        ("必ず**成果** `x` &amp; <b>太字</b>", "必ず**成果** `x` &amp; <b>太字</b>"),
        ("詳細はhttps://example.com/aへ", "詳細は\ufffcへ"),
    ],
)
def test_the_title_in_every_style(scalar: str, text: str) -> None:
    assert texts(f"---\ntitle: {scalar}\nx: 1\n---\n") == [(Kind.TITLE, text)]


def test_a_range_of_the_title_maps_to_the_source() -> None:
    document = read('---\ntitle: "必ず\\u6210\n  果が出る"\n---\n')
    (title,) = document.blocks
    assert title.text == "必ず成果が出る"
    assert cut(document, title.span(0, 7)) == "必ず\\u6210\n  果が出る"
    assert cut(document, title.span(2, 3)) == "\\u6210"
    assert cut(document, title.outer) == '"必ず\\u6210\n  果が出る"'


def test_only_title_and_description_are_prose() -> None:
    assert texts("---\nlead: だめ\ntitle: 題\ntags: [だめ]\ndescription: 説明\n---\n") == [
        (Kind.TITLE, "題"),
        (Kind.DESCRIPTION, "説明"),
    ]
    assert texts("---\ntitle: 2026\ndescription: [a]\n---\n") == []
    assert texts("---\ntitle: ''\ndescription: ' '\n---\n") == []


@pytest.mark.parametrize(
    "source",
    [
        "\n---\ntitle: 題\n---\n",
        " ---\ntitle: 題\n---\n",
        "----\ntitle: 題\n---\n",
        "---\ntitle: 題\n",
        "---\ntitle: 題\n ---\n",
        "---title: 題\n---\n",
        "# 見出し\n\n---\ntitle: 題\n---\n",
        "---\n\n区切り線の下の段落\n\n---\n",
    ],
)
def test_no_front_matter(source: str) -> None:
    document = read(source)
    assert document.front is None
    assert Kind.TITLE not in {b.kind for b in document.blocks}
    assert "題" in document.blocks[-1].text or "段落" in document.blocks[-1].text


def test_a_later_pair_of_rules_is_markdown() -> None:
    assert texts("---\ntitle: 題\n---\n---\n本文: 段落\n---\n") == [(Kind.TITLE, "題"), (Kind.HEADING, "本文: 段落")]


@pytest.mark.parametrize("yaml", ["", "\n\n", "# 注\n", "~\n"])
def test_empty_front_matter(yaml: str) -> None:
    document = read(f"---\n{yaml}---\n本文\n")
    assert document.front is not None
    assert (dict(document.front.entries), document.front.problems) == ({}, ())
    assert [b.text for b in document.blocks] == ["本文"]


@pytest.mark.parametrize(
    ("yaml", "place", "words"),
    [
        ("title: 題: 副題\nx: 1\n", ": 副題", "引用符"),
        ("title：題\n", "title：題", "半角"),
        ("- a\n", "- a", "title: 記事の題名"),
        ("title: [a\n", "title: [a", "]"),
        ("title: 題\ntitle: 題2\n", "title", "2回"),
        ("title: 題\n\towner: a\n", "\towner: a", "YAML"),
        ("title: &a 題\n", "&a 題", "アンカー"),
    ],
)
def test_problems_have_a_place(yaml: str, place: str, words: str) -> None:
    document = read(f"---\n{yaml}---\n本文\n")
    assert document.front is not None
    ((span, message),) = document.front.problems
    assert cut(document, span) == place
    assert words in message.ja
    assert message.en
    assert document.blocks[-1].text == "本文"


def test_of_a_key_written_twice_the_second_is_reported_and_the_first_taken() -> None:
    document = read("---\ntitle: 題\ntitle: 題2\n---\n")
    assert document.front is not None
    assert document.front.entries["title"].value == "題"
    assert [span for span, _ in document.front.problems] == [Span(13, 18)]
    assert [b.text for b in document.blocks] == ["題"]


_STYLES = st.sampled_from(["{}", "'{}'", '"{}"', "|\n  {}", ">-\n  {}"])
_SCALARS = st.lists(
    st.sampled_from(
        ["必ず", "成果が。", "abc", " ", "\n  ", "\n\n  ", "\r\n  ", "''", '\\"', "\\u3042", "\\n", "😀", "|", ">"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@given(_STYLES, _SCALARS)
@example("{}", "| a\n  b")
def test_a_scalar_reads_as_yaml_reads_it(style: str, content: str) -> None:
    yaml = f"title: {style.format(content)}\n"
    front, blocks, _ = front_matter(f"---\n{yaml}---\n")
    assert front is not None
    if front.problems or not blocks:
        return
    root = compose(yaml)
    assert root is not None
    ((_, value),) = pairs(root)
    assert "".join(blocks[0].finish()[0].split()) == "".join(value.text.split())
