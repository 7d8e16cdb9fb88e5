"""What holds for every article, whatever is in it: places, order, and that reading takes no time to speak of."""

from __future__ import annotations

import pytest
from documents import check, read
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import within

from msglint.document.parse import parse
from msglint.document.sentences import quotes, sentences
from msglint.model import Source

PROSE = "必ず 成果が出る。 見込み客 MQL abc 。 ！？ 「 」 （ ） 😀 が 𠮷 葛󠄀 \u200b \u3000 \ufeff \x0b \u2028".split(" ")
BLANK = [" ", "    ", "\t", "\n", "\n\n", "\r\n", "\r"]
MARKUP = [
    *"** * _ __ ~~ ~ ` `` # > | \\ \\| & &amp; &#12354; [ ] ![ ](u) [^1] {{x}} $x$ --- === :::".split(" "),
    *[
        "## ",
        "- ",
        "1. ",
        "```\n",
        "\n|a|b|\n|-|-|\n",
        "\n[^1]: ",
        "![alt](u)",
        "https://a.b/c",
        "<https://a.b>",
        "[!NOTE]",
    ],
]
TAGS = (
    "<br> <del> </del> <s> <code> </code> <rt> </rt> <div> </div> <p> <table> <tr> <th> <td> </table> <li> <ul> </ul>"
)
HTML = [
    *TAGS.split(" "),
    *"<h2> </h2> <pre> </pre> <svg> </svg> <script> </script> <blockquote> </blockquote> <!-- -->".split(" "),
]
OURS = [
    "{sales=summary}",
    "{sales}",
    "<!-- sales: summary -->",
    "<!-- /sales -->",
    "\n::: sales proof\n",
    "\n:::\n",
    "\n:::: note\n",
    "<!-- msglint-disable-next-line a-b -- 理由 -->",
    "<!-- msglint-disable a, b -->",
    "<!-- msglint-enable -->",
    "{/* msglint-disable-file a */}",
    "{/*",
    "*/}",
    "import a from 'b'\n",
]
BODY = st.lists(st.sampled_from([*PROSE, *BLANK, *MARKUP, *HTML, *OURS]), max_size=40).map("".join)
TOP = st.sampled_from(["", "\ufeff", "---\n", "---\ntitle: 題\n---\n", "---\ntitle: >\n  必ず\n  成果\n---\r\n"])


@settings(max_examples=400)
@given(TOP, BODY, st.sampled_from(["a.md", "a.mdx"]))
def test_every_character_knows_its_place(top: str, body: str, path: str) -> None:
    document = read(top + body, path)
    for block in document.blocks:
        if block.text:
            assert block.outer.contains(block.span(0, len(block.text)))
    for problem in document.tag_problems:
        assert problem.span.start < problem.span.end <= len(document.source)


@given(st.text(max_size=200))
def test_any_text_is_an_article(text: str) -> None:
    if "\0" not in text and "\x1b" not in text:
        read(text.encode("utf-8", "replace"))


@given(st.text("「」『』“”（）()。！?.aあ \n", max_size=60))
def test_brackets_never_lose_a_sentence(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "source",
    [
        ">" * 10_000 + "a",
        "[" * 10_000,
        "*a " * 50_000,
        "- " * 5_000 + "a",
        "".join("  " * i + "- a\n" for i in range(500)),
        "必ず**成果**が出る。" * 40_000,
        "あ" * 1_700_000,
        "あ\n" * 50_000,
        "「" * 100_000 + "）" * 100_000,
        "あ.a" * 200_000,
        "a" + " " * 1_000_000 + "b",
        "{{" * 20_000,
        "https://a.b/c " * 50_000,
        "# a {sales=b}\n" * 5_000,
        "::: sales a\n" * 10_000,
        "<!-- sales: a -->\n" * 10_000,
        "<!-- msglint-disable-next-line a -->\n" * 10_000,
        "<!-- msglint-disable-next-line a -->\n本文\n\n" * 5_000,
        "<s>\n\nx\n\n" * 5_000 + "</s>\n",
        "<div>" + "`a``b" * 20_000 + "</div>",
        "> <div>a\r\n" * 10_000,
        "<table>" + "<tr><td>a" * 5_000,
        "---\ntitle: |\n" + "  あ\n" * 20_000 + "---\n",
        "---\n" + "[" * 20_000 + "\n---\n",
    ],
    ids=range(24),
)
def test_reading_is_fast_and_never_deep(source: str) -> None:
    with within(2):
        document = parse(Source("a.md", source.encode()))
        for block in document.blocks:
            sentences(block)
            quotes(block.text)
    check(document)
