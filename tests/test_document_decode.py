"""Bytes that are no UTF-8 text are refused with a word about what they are; everything else is an article."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from documents import read
from hypothesis import given
from hypothesis import strategies as st

from msglint.document.parse import parse
from msglint.model import InputInvalid, Position, Problem, Source

TEXT = "# 見出し\n\n記事の本文です。商談につながる内容を、営業に渡します。\n"


def refused(content: bytes) -> Problem:
    with pytest.raises(InputInvalid) as error:
        parse(Source("content/a.md", content))
    (problem,) = error.value.problems
    assert problem.path == "content/a.md"
    return problem


@pytest.mark.parametrize(
    ("content", "name", "line", "column"),
    [
        (TEXT.encode("cp932"), "Shift_JIS", 1, 3),
        (("title\n\n\n" + TEXT).encode("cp932"), "Shift_JIS", 4, 3),
        (TEXT.encode("euc_jp"), "EUC-JP", 1, 3),
        (TEXT.encode("iso2022_jp"), "ISO-2022-JP", 1, 3),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16", 1, 1),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16", 1, 1),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "UTF-32", 1, 1),
    ],
)
def test_the_encoding_is_named(content: bytes, name: str, line: int, column: int) -> None:
    problem = refused(content)
    assert (problem.line, problem.column) == (line, column)
    assert name in problem.message.ja
    assert name in problem.message.en


def test_damage_in_utf8_is_told_from_another_encoding() -> None:
    content = TEXT.encode()
    at = content.index("商談".encode())
    problem = refused(codecs.BOM_UTF8 + content[:at] + b"\xff" + content[at:])
    assert (problem.line, problem.column) == (3, 9)
    assert "壊れていないか" in problem.message.ja
    assert "damaged" in problem.message.en


@pytest.mark.parametrize("content", ["記事\n\0".encode(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff"])
def test_binary_files_are_refused(content: bytes) -> None:
    assert "NUL" in refused(content).message.ja


def test_a_bom_is_no_text() -> None:
    document = read(codecs.BOM_UTF8 + "---\ntitle: 題\n---\n本文\n".encode())
    assert document.source.startswith("---")
    assert document.front is not None
    assert document.lines.position(0) == Position(1, 1, 1)
    assert [b.text for b in document.blocks] == ["題", "本文"]


def test_only_one_bom_is_taken_off() -> None:
    assert read(codecs.BOM_UTF8 * 2 + "本文".encode()).source == "\ufeff本文"


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        assert refused(content).line >= 1
    else:
        if "\0" in text:
            assert "NUL" in refused(content).message.ja
        elif "\x1b" not in text:
            assert read(content).source == text


def test_this_file_is_an_article_too() -> None:
    assert read(Path(__file__).read_bytes()).blocks
