"""The XML formats, Checkstyle and JUnit, parsed back."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import BROKEN, CLEAN, RUN, diagnostic, in_language, result

from msglint.model import Severity
from msglint.report import checkstyle, junit

JUNIT = """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="msglint" tests="4" failures="2" errors="1">
  <testsuite name="msglint" tests="4" failures="2" errors="1">
    <testcase classname="msglint" name="content/壊れた,記事.md">
      <error type="unreadable" message="UTF-8 として読めません">content/壊れた,記事.md:1:1: UTF-8 として読めません</error>
    </testcase>
    <testcase classname="msglint" name="content/clean.md" />
    <testcase classname="msglint" name="content/crm 導入.md">
      <failure type="error" message="エラー1件、警告1件、情報1件">content/crm 導入.md:3:13: error banned-phrase 「必ず成果が出る」は使えません: 成果を保証する表現です。
content/crm 導入.md:3:23: warning term-variant 「サーバ」は「サーバー」と書きます。
content/crm 導入.md:4:1: info near-duplicate content/news.md とほぼ同じ内容です。</failure>
    </testcase>
    <testcase classname="msglint" name="content/news.md">
      <failure type="error" message="エラー1件、警告2件、情報0件">content/news.md:1:1: warning claim-missing 主張「一貫したメッセージ」がありません。
content/news.md:1:6: error fact-mismatch 導入率は 37.2%(2024年)です。
content/news.md:2:1: warning term-variant 100%, 確か: いいえ
二行目</failure>
    </testcase>
  </testsuite>
</testsuites>
"""  # noqa: E501


def test_junit_has_a_case_for_each_file() -> None:
    assert junit.encode(replace(RUN, unreadable=BROKEN.unreadable)) == JUNIT


def test_junit_in_english() -> None:
    suites = ET.fromstring(junit.encode(in_language(replace(RUN, unreadable=BROKEN.unreadable), "en")))
    assert [e.get("message") for e in suites.iter("failure")] == [
        "1 error, 1 warning, 1 info",
        "1 error, 2 warnings, 0 info",
    ]
    assert [e.get("message") for e in suites.iter("error")] == ["It is not UTF-8"]


def test_checkstyle_lists_every_file() -> None:
    root = ET.fromstring(checkstyle.encode(replace(RUN, unreadable=BROKEN.unreadable)))
    assert root.tag == "checkstyle"
    assert [f.get("name") for f in root] == [
        "content/壊れた,記事.md",
        "content/clean.md",
        "content/crm 導入.md",
        "content/news.md",
    ]
    assert [[e.get("source") for e in f] for f in root] == [
        ["msglint.unreadable"],
        [],
        ["msglint.banned-phrase", "msglint.term-variant", "msglint.near-duplicate"],
        ["msglint.claim-missing", "msglint.fact-mismatch", "msglint.term-variant"],
    ]
    assert root[2][0].attrib == {
        "line": "3",
        "column": "13",
        "severity": "error",
        "message": "「必ず成果が出る」は使えません: 成果を保証する表現です。",
        "source": "msglint.banned-phrase",
    }
    assert root[0][0].attrib == {
        "line": "1",
        "column": "1",
        "severity": "error",
        "message": "UTF-8 として読めません",
        "source": "msglint.unreadable",
    }
    assert root[3][2].get("message") == "100%, 確か: いいえ\n二行目"
    assert [e.get("severity") for e in root.iter("error")] == [
        "error",
        "error",
        "warning",
        "info",
        "warning",
        "error",
        "warning",
    ]


def test_no_files_are_still_a_document() -> None:
    empty = replace(CLEAN, results=())
    assert checkstyle.encode(empty) == '<?xml version="1.0" encoding="utf-8"?>\n<checkstyle version="4.3" />\n'
    assert ET.fromstring(junit.encode(empty)).get("tests") == "0"


@pytest.mark.parametrize("encode", [checkstyle.encode, junit.encode])
def test_what_xml_cannot_write_is_dropped(encode: object) -> None:
    assert callable(encode)
    message = "a\x00\x08\x0b\x1b\ud800\ufffe\uffffb<&>\"'\t😀\x7f"
    found = diagnostic("x\x01.md", "x", "x", "r", Severity.ERROR, message)
    root = ET.fromstring(encode(replace(RUN, results=(result("x\x01.md", found),))))
    (case,) = [e for e in root.iter() if e.get("name") == "x.md"]
    kept = case[0].get("message") if case[0].tag == "error" else case[0].text
    assert kept is not None
    assert kept.endswith("ab<&>\"'\t😀\x7f")


@given(st.text())
def test_every_message_is_well_formed_xml(message: str) -> None:
    run = replace(RUN, results=(result("x", diagnostic("x", "x", "x", "r", Severity.ERROR, message)),))
    assert len(list(ET.fromstring(checkstyle.encode(run)).iter("error"))) == 1
    assert len(list(ET.fromstring(junit.encode(run)).iter("failure"))) == 1
