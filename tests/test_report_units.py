"""The formats that count in other units: rdjsonl in UTF-8 bytes, textlint in UTF-16 code units."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import BOM, BROKEN, CLEAN, CRM, FILES, NEWS, RUN, in_language

from msglint.model import Diagnostic, Fix, Lines, Result, Run, Severity
from msglint.report import rdjsonl, textlint

ARTICLES = st.builds(str.__add__, st.sampled_from(["", BOM]), st.text("あa😀\u3099\n\r\t", max_size=40))


def messages(run: Run) -> list[tuple[str, dict[str, Any]]]:
    return [(f["filePath"], m) for f in json.loads(textlint.encode(run)) for m in f["messages"]]


def test_rdjsonl_counts_bytes_and_the_bom_among_them() -> None:
    found = [json.loads(line) for line in rdjsonl.encode(RUN).splitlines()]
    assert found[0] == {
        "message": "「必ず成果が出る」は使えません: 成果を保証する表現です。",
        "location": {
            "path": "content/crm 導入.md",
            "range": {"start": {"line": 3, "column": 38}, "end": {"line": 3, "column": 59}},
        },
        "severity": "ERROR",
        "source": {"name": "msglint"},
        "code": {"value": "banned-phrase"},
    }
    assert CRM.splitlines()[2].encode()[37:58].decode() == "必ず成果が出る"
    variant = {"start": {"line": 3, "column": 66}, "end": {"line": 3, "column": 75}}
    assert found[1]["suggestions"] == [{"range": variant, "text": "サーバー"}]
    assert found[2]["location"]["range"] == {"start": {"line": 4, "column": 1}, "end": {"line": 5, "column": 7}}
    assert [f["severity"] for f in found] == ["ERROR", "WARNING", "INFO", "WARNING", "ERROR", "WARNING"]
    assert found[3]["location"]["range"] == {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 4}}
    assert found[4]["location"]["range"] == {"start": {"line": 1, "column": 20}, "end": {"line": 1, "column": 25}}
    assert NEWS.splitlines()[0].encode()[19:24] == b"47.2%"
    assert found[5]["location"]["range"]["start"] == {"line": 2, "column": 1}
    assert rdjsonl.encode(CLEAN) == ""


def test_rdjsonl_reports_what_could_not_be_read() -> None:
    assert json.loads(rdjsonl.encode(in_language(BROKEN, "en"))) == {
        "message": "It is not UTF-8",
        "location": {"path": "content/壊れた,記事.md"},
        "severity": "ERROR",
        "source": {"name": "msglint"},
    }


def test_textlint_counts_utf16_without_the_bom() -> None:
    found = messages(RUN)
    assert found[0] == (
        "content/crm 導入.md",
        {
            "type": "lint",
            "ruleId": "banned-phrase",
            "message": "「必ず成果が出る」は使えません: 成果を保証する表現です。",
            "index": 24,
            "line": 3,
            "column": 14,
            "range": [24, 31],
            "loc": {"start": {"line": 3, "column": 14}, "end": {"line": 3, "column": 21}},
            "severity": 2,
        },
    )
    assert [m["severity"] for _, m in found] == [2, 1, 3, 1, 2, 1]
    assert [m["range"] for _, m in found] == [[24, 31], [34, 37], [44, 49], [0, 0], [6, 11], [16, 18]]
    assert found[2][1]["loc"] == {"start": {"line": 4, "column": 1}, "end": {"line": 5, "column": 3}}
    assert found[4][1]["column"] == 7


def test_textlint_fixes_by_itself_only_what_is_safe() -> None:
    found = [m for _, m in messages(in_language(RUN, "en"))]
    assert [m.get("fix") for m in found] == [None, {"range": [34, 37], "text": "サーバー"}, None, None, None, None]
    assert [m.get("suggestions") for m in found if "suggestions" in m] == [
        [
            {
                "id": "fact-mismatch",
                "message": "37.2% (not applied automatically: check the meaning first)",
                "fix": {"range": [6, 11], "text": "37.2%"},
            }
        ]
    ]


def test_textlint_lists_clean_files() -> None:
    assert [f["filePath"] for f in json.loads(textlint.encode(RUN))] == sorted(FILES)
    assert json.loads(textlint.encode(CLEAN)) == [{"messages": [], "filePath": "content/clean.md"}]


@given(ARTICLES, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=4))
def test_units_cut_out_what_was_reported(written: str, ranges: list[tuple[int, int]]) -> None:
    text = written.removeprefix(BOM)
    lines = Lines(text, bom=text != written)
    spans = sorted({(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in ranges})
    found = tuple(
        Diagnostic("a", "r", Severity.INFO, "m", lines.position(a), lines.position(b), text[a:b], fix=Fix("", True))
        for a, b in spans
    )
    run = Run("messaging.yaml", "ja", (Result("a", found),), texts={"a": text})

    utf16 = text.encode("utf-16-le")
    assert [utf16[2 * m["range"][0] : 2 * m["range"][1]].decode("utf-16-le") for _, m in messages(run)] == [
        d.text for d in found
    ]

    content, starts = written.encode(), [Lines(text).span(i + 1).start for i in range(len(Lines(text).starts))]
    offsets = [
        0 if i == 0 else len((written[: len(written) - len(text)] + text[:s]).encode()) for i, s in enumerate(starts)
    ]

    def at(place: dict[str, int]) -> int:
        return offsets[place["line"] - 1] + place["column"] - 1

    reported = [json.loads(line)["location"]["range"] for line in rdjsonl.encode(run).splitlines()]
    assert [content[at(r["start"]) : at(r["end"])].decode() for r in reported] == [d.text for d in found]


@pytest.mark.parametrize("encode", [rdjsonl.encode, textlint.encode])
def test_many_diagnostics_in_one_long_line_stay_cheap(encode: Any) -> None:
    text = "長い行😀" * 100_000
    lines = Lines(text)
    found = tuple(
        Diagnostic("a", "r", Severity.INFO, "m", lines.position(i), lines.position(i + 1), text[i])
        for i in range(0, len(text), 50)
    )
    assert encode(Run("messaging.yaml", "ja", (Result("a", found),), texts={"a": text})).count('"r"') == 8_000
