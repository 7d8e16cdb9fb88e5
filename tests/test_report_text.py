from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import BROKEN, CLEAN, CRM_RESULT, NEWS_RESULT, RUN, diagnostic, in_language, result

from msglint.model import Fix, Lines, Result, Severity
from msglint.report.excerpt import Excerpt, excerpt
from msglint.report.text import encode
from msglint.report.widths import columns

WHOLE = """\
content/crm 導入.md:3:13: error banned-phrase
  「必ず成果が出る」は使えません: 成果を保証する表現です。
  3 │ 𠮷野さんは「か\u3099んばれば必ず成果が出る」と    サーバを増やした。
    │                       ^^^^^^^^^^^^^^

content/crm 導入.md:3:23: warning term-variant
  「サーバ」は「サーバー」と書きます。
  3 │ 𠮷野さんは「か\u3099んばれば必ず成果が出る」と    サーバを増やした。
    │                                             ^^^^^^
  修正候補: サーバー(msglint fix で直せます)

content/crm 導入.md:4:1: info near-duplicate
  content/news.md とほぼ同じ内容です。
  4 │ 次の
    │ ^^^^

content/news.md:1:1: warning claim-missing
  主張「一貫したメッセージ」がありません。
  1 │ 導入率😀は47.2%です。
    │ ^

content/news.md:1:6: error fact-mismatch
  導入率は 37.2%(2024年)です。
  1 │ 導入率😀は47.2%です。
    │           ^^^^^
  修正候補: 37.2%(自動では直しません。内容を確かめてから書き換えてください)

content/news.md:2:1: warning term-variant
  100%, 確か: いいえ
  二行目
  2 │ 出典は自社の
    │ ^^^^

3ファイルを検査: エラー2件、警告3件、情報1件
うち1件は msglint fix で直せます
"""

NARROW = """\
content/news.md:1:6: error fact-mismatch
  導入率は 37.2%(2024年)で
  す。
  1 │ …率😀は47.2%です。
    │        ^^^^^
  修正候補: 37.2%(自動では
  直しません。内容を確かめ
  てから書き換えてくださ
  い)

1ファイルを検査: エラー1
件、警告0件、情報0件
"""


def test_everything_about_a_diagnostic_is_shown_and_counted() -> None:
    assert encode(RUN) == WHOLE


def test_it_keeps_to_a_narrow_width() -> None:
    mismatch = next(d for d in NEWS_RESULT.diagnostics if d.rule == "fact-mismatch")
    lines = encode(replace(RUN, results=(Result("content/news.md", (mismatch,)),)), width=26)
    assert lines == NARROW


def test_summaries_in_both_languages() -> None:
    assert encode(CLEAN) == "1ファイルを検査: 問題は見つかりませんでした\n"
    assert encode(in_language(CLEAN, "en")) == "Checked 1 file: all good\n"
    assert encode(replace(CLEAN, results=())) == "検査するファイルはありませんでした\n"
    assert encode(in_language(replace(CLEAN, results=()), "en")) == "There were no files to check\n"
    assert encode(in_language(RUN, "en")).endswith(
        "\nChecked 3 files: 2 errors, 3 warnings, 1 info\n1 of them can be fixed by msglint fix\n"
    )


def test_nothing_is_called_clean_when_a_file_could_not_be_read() -> None:
    assert encode(BROKEN) == "1ファイルを検査: エラー0件、警告0件、情報0件\n1ファイルは読めませんでした\n"
    assert (
        encode(in_language(BROKEN, "en")) == "Checked 1 file: 0 errors, 0 warnings, 0 info\n1 file could not be read\n"
    )


def test_suggestions_in_english_and_a_deletion() -> None:
    path, text = "a.md", "とても大事なこと\n"
    found = [
        diagnostic(path, text, "とても", "r", Severity.INFO, "m", fix=Fix("", safe=True)),
        diagnostic(path, text, "大事", "r", Severity.INFO, "m", fix=Fix("重要", safe=False)),
    ]
    run = replace(RUN, results=(result(path, *found),), texts={path: text})
    suggestions = [line for line in encode(run).splitlines() if "修正候補" in line]
    assert suggestions == [
        "  修正候補: この部分を削る(msglint fix で直せます)",
        "  修正候補: 重要(自動では直しません。内容を確かめてから書き換えてください)",
    ]
    suggestions = [line for line in encode(in_language(run, "en")).splitlines() if "suggestion" in line]
    assert suggestions == [
        "  suggestion: delete this (msglint fix applies it)",
        "  suggestion: 重要 (not applied automatically: check the meaning first)",
    ]


def test_colour_changes_no_character() -> None:
    coloured = encode(RUN, color=True, width=60)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == encode(RUN, width=60)
    head, _, source, marks, *_ = coloured.splitlines()
    assert head == "\x1b[1mcontent/crm 導入.md\x1b[0m:3:13: \x1b[1;31merror\x1b[0m \x1b[2mbanned-phrase\x1b[0m"
    assert source.startswith("\x1b[2m  3 │ \x1b[0m")
    assert marks.endswith(" \x1b[1;31m^^^^^^^^^^^^^^\x1b[0m")
    assert "\x1b[1;33mwarning\x1b[0m" in coloured
    assert "\x1b[1;36minfo\x1b[0m" in coloured
    assert "  \x1b[32m修正候補:\x1b[0m サーバー" in coloured
    assert encode(CLEAN, color=True) == "\x1b[32m1ファイルを検査: 問題は見つかりませんでした\x1b[0m\n"


def test_nothing_written_in_an_article_reaches_the_terminal_as_a_command() -> None:
    path, text = "a\x1b[2J.md", "赤\x1b[31m字\u202e\x07\n"
    found = diagnostic(path, text, "字", "r", Severity.ERROR, "\x1b]0;題\x07です")
    written = encode(replace(RUN, results=(result(path, found),), texts={path: text}))
    assert written.splitlines()[:4] == [
        "a␛[2J.md:1:7: error r",
        "  ␛]0;題␇です",
        "  1 │ 赤␛[31m字\ufffd␇",
        "    │        ^^",
    ]


def test_a_file_without_its_text_still_gets_its_messages() -> None:
    written = encode(replace(RUN, results=(CRM_RESULT,), texts={}))
    assert written.splitlines()[:3] == [*WHOLE.splitlines()[:2], ""]


def shown_at(text: str, needle: str, width: int) -> Excerpt:
    found = diagnostic("a.md", text, needle, "r", Severity.ERROR, "m")
    return excerpt(text, Lines(text), found.start, found.end, width)


@pytest.mark.parametrize(
    ("text", "needle", "width", "line", "indent", "marks"),
    [
        pytest.param("前の行\r\nあいう\r\n次", "いう", 40, "あいう", 2, 4, id="CRLF is not shown"),
        pytest.param("a\rbc\rd", "c", 40, "bc", 1, 1, id="CR alone ends a line"),
        pytest.param("", "", 40, "", 0, 1, id="an empty file"),
        pytest.param("あ\n", "\n", 40, "あ", 2, 1, id="a line end alone is marked after the line"),
        pytest.param("ab cd\nef\ngh", "cd\nef", 40, "ab cd", 3, 2, id="a multi-line range marks its first line"),
        pytest.param("か\u3099き", "\u3099", 40, "か\u3099き", 0, 2, id="a combining mark is marked with its base"),
        pytest.param("家👨‍👩‍👧は", "は", 40, "家👨‍👩‍👧は", 4, 2, id="joined emoji are one"),
        pytest.param("🇯🇵🇺🇸x", "x", 40, "🇯🇵🇺🇸x", 4, 1, id="flags are pairs"),
        pytest.param("👍🏽☺️x", "x", 40, "👍🏽☺️x", 4, 1, id="skin tone and emoji style"),
        pytest.param("①→…x", "x", 40, "①→…x", 3, 1, id="ambiguous is one column"),
        pytest.param("ｱﾞＡA", "Ａ", 40, "ｱﾞＡA", 2, 2, id="half-width kana one, full-width Latin two"),
        pytest.param("a\tb\tc", "c", 40, "a   b   c", 8, 1, id="tabs go to the next stop"),
        pytest.param("あいうえおかきくけこ", "お", 20, "あいうえおかきくけこ", 8, 2, id="just fits"),
        pytest.param("あいうえおかきくけこ", "お", 12, "…うえおかき…", 5, 2, id="cut on both sides"),
        pytest.param("あいうえおかきくけこ", "あ", 12, "あいうえお…", 0, 2, id="cut on the right"),
        pytest.param("あいうえおかきくけこ", "こ", 12, "…かきくけこ", 9, 2, id="cut on the left"),
        pytest.param("あいうえおかきくけこ", "いうえおかきくけ", 12, "…いうえおか…", 1, 10, id="marks are cut too"),
    ],
)
def test_excerpt(text: str, needle: str, width: int, line: str, indent: int, marks: int) -> None:
    assert shown_at(text, needle, width) == Excerpt(line, indent, marks)


def test_an_empty_range_at_the_end_of_a_full_line_keeps_to_the_width() -> None:
    text = "あいうえお"
    end = Lines(text).position(5)
    assert excerpt(text, Lines(text), end, end, 10) == Excerpt("…いうえお", 9, 1)


@given(st.text("あa\t😀か\u3099\u200d👩🇯🇵️、「\r\n", max_size=60), st.data())
def test_no_excerpt_is_wider_than_asked(text: str, data: st.DataObject) -> None:
    lines = Lines(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    width = data.draw(st.integers(8, 40))
    seen = excerpt(text, lines, lines.position(start), lines.position(end), width)
    assert columns(seen.line) <= width
    assert seen.marks >= 1
    assert seen.indent + seen.marks <= width
