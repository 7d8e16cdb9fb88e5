"""Comments that silence rules: what they name, and what they cover."""

from __future__ import annotations

import pytest
from documents import cut, read

from msglint.document.model import Document, Suppression
from msglint.model import Span

NEXT = "<!-- msglint-disable-next-line banned-phrase -- 引用のため -->"


def only(document: Document) -> Suppression:
    (suppression,) = document.suppressions
    return suppression


def covered(source: str) -> str:
    document = read(source)
    return cut(document, document.suppressions[0].covers["banned-phrase"])


@pytest.mark.parametrize(
    ("comment", "action", "rules", "reason"),
    [
        (NEXT, "next-line", ["banned-phrase"], "引用のため"),
        ("<!--msglint-disable-next-line a-->", "next-line", ["a"], None),
        ("<!-- msglint-disable a, b、c，d -- 理由 -- 続き -->", "disable", ["a", "b", "c", "d"], "理由 -- 続き"),
        ("<!-- msglint-disable-file\n  a\n  b\n  -- 理由\n-->", "file", ["a", "b"], "理由"),
        ("<!-- msglint-enable -->", "enable", [], None),
        ("<!-- msglint-disable -- 理由 -->", "disable", [], "理由"),
        ("<!-- msglint-disable a -- -->", "disable", ["a"], None),
        ("<!-- msglint-disable a --理由 -->", "disable", ["a"], "理由"),
        ("<!-- msglint-disable a--b -->", "disable", ["a--b"], None),
    ],
)
def test_what_a_directive_says(comment: str, action: str, rules: list[str], reason: str | None) -> None:
    document = read(f"前\n\n{comment}\n本文\n")
    suppression = only(document)
    assert (suppression.action, suppression.reason) == (action, reason)
    assert [name for name, _ in suppression.rules] == [cut(document, span) for _, span in suppression.rules] == rules
    assert cut(document, suppression.span) == comment
    assert list(suppression.covers) == ([] if action == "enable" else rules)


@pytest.mark.parametrize(
    "source",
    [
        "<!-- 注: msglint-disable a -->\n",
        "`<!-- msglint-disable a -->`\n",
        "    <!-- msglint-disable a -->\n",
        "```\n<!-- msglint-disable a -->\n```\n",
        "{/* msglint-disable a */}\n",
        "<!-- msglint-disable a\n",
    ],
)
def test_no_directives(source: str) -> None:
    assert read(source).suppressions == ()


@pytest.mark.parametrize("word", ["disable-line", "disabled", "ignore"])
def test_an_unknown_directive_covers_nothing(word: str) -> None:
    source = f"<!-- msglint-{word} banned-phrase -- 理由 -->\n本文\n"
    suppression = only(read(source))
    at = source.index(word)
    assert suppression.action == "unknown"
    assert suppression.rules == ((word, Span(at, at + len(word))),)
    assert suppression.covers == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"{NEXT}\n一行目\n二行目\n\n次\n", "一行目\n二行目\n"),
        (f"前\n{NEXT}\n一行目\n二行目\n\n次\n", "一行目\n二行目\n"),
        (f"{NEXT}\n- 一\n  - 二\n- 三\n\n次\n", "- 一\n  - 二\n- 三\n\n"),
        (f"{NEXT}\n|頭|\n|-|\n|体|\n\n次\n", "|頭|\n|-|\n|体|\n"),
        (f"{NEXT}\n## 見出し\n本文\n", "## 見出し\n"),
        (f"{NEXT}\n見出し\n---\n本文\n", "見出し\n---\n"),
        (f"{NEXT}\n> 引用\n> 続き\n\n次\n", "> 引用\n> 続き\n"),
        (f"{NEXT}\n```mermaid\na\n```\n次\n", "```mermaid\na\n```"),
        (f"{NEXT}\n<div>\n一\n</div>\n\n次\n", "<div>\n一\n</div>\n"),
        (f"- 前\n\n  {NEXT}\n- 一\n  二\n- 三\n", "- 一\n  二\n"),
        (f"> 前\n>\n> {NEXT}\n> 一\n> 二\n\n次\n", "> 一\n> 二\n"),
        (f"{NEXT} <!-- メモ -->\n一\n二\n", "一\n二\n"),
        (f"{NEXT}\n\n次\n", "\n"),
        (f"{NEXT}\n::: sales summary\n本文\n:::\n", "::: sales summary\n"),
        (f"{NEXT}\n<!-- msglint-disable-next-line x -->\n一\n二\n", "<!-- msglint-disable-next-line x -->\n一\n二\n"),
        (f"{NEXT}\n<!-- sales: a -->\n一\n二\n", "<!-- sales: a -->\n一\n二\n"),
        (f"一 {NEXT}\n二\n三\n", "二\n"),
        (f"{NEXT} 一\n二\n三\n", "二\n"),
        (f"## 見出し {NEXT}\n二\n三\n", "二\n"),
        (f"本文\n\n{NEXT}", ""),
        (f"{NEXT}\r\n一\r\n二\r\n\r\n三", "一\r\n二\r\n"),
        ("<!--\nmsglint-disable-next-line banned-phrase\n-->\n一\n二\n", "一\n二\n"),
    ],
)
def test_what_the_next_line_is(source: str, expected: str) -> None:
    found = covered(source)
    assert found.rstrip("\r\n") == expected.rstrip("\r\n")
    assert found.startswith(expected[:1])


def test_a_region_ends_at_the_next_enable_of_the_rule_or_of_all() -> None:
    source = (
        "<!-- msglint-disable a b c -->\n一\n<!-- msglint-enable b -->\n二\n<!-- msglint-enable x a -->\n三\n"
        "<!-- msglint-disable a -->\n四\n<!-- msglint-enable -->\n五\n<!-- msglint-disable a b -->\n六\n"
        "<!-- msglint-enable b -->\n七"
    )
    document = read(source)
    regions = [s for s in document.suppressions if s.action == "disable"]
    parts = [{name: cut(document, span)[-8:] for name, span in s.covers.items()} for s in regions]
    ends = [{name: span.end for name, span in s.covers.items()} for s in regions]
    assert [set(p) for p in parts] == [{"a", "b", "c"}, {"a"}, {"a", "b"}]
    assert ends == [
        {
            "a": source.index("<!-- msglint-enable x"),
            "b": source.index("<!-- msglint-enable b"),
            "c": source.index("<!-- msglint-enable -->"),
        },
        {"a": source.index("<!-- msglint-enable -->")},
        {"a": len(source), "b": source.rindex("<!-- msglint-enable b")},
    ]
    assert all(span.start == s.span.end for s in regions for span in s.covers.values())
    assert [(s.closed, s.unclosed) for s in regions] == [(True, ()), (True, ()), (False, ("a",))]


def test_a_file_is_covered_with_its_front_matter_and_a_region_is_not() -> None:
    source = "---\ntitle: 題\n---\n<!-- msglint-disable-file a --> <!-- msglint-disable a -->\n本文\n"
    document = read(source)
    assert [s.covers["a"] for s in document.suppressions] == [
        Span(0, len(source)),
        Span(source.index("\n本文"), len(source)),
    ]
