from __future__ import annotations

import json
import subprocess
import sys

import pytest
from report_sample import CLEAN, NEWS_RESULT, RUN

from msglint.report import FORMATS, encoder
from msglint.report.json import encode

WHOLE = """\
{
  "version": 1,
  "guide": "messaging.yaml",
  "files": [
    {
      "path": "content/clean.md",
      "diagnostics": []
    }
  ],
  "summary": {
    "files": 1,
    "error": 0,
    "warning": 0,
    "info": 0
  }
}
"""


def test_a_clean_file_is_listed() -> None:
    assert encode(CLEAN) == WHOLE


def test_a_diagnostic_has_its_keys_in_order() -> None:
    report = json.loads(encode(RUN))
    assert [f["path"] for f in report["files"]] == ["content/clean.md", "content/crm 導入.md", "content/news.md"]
    assert report["summary"] == {"files": 3, "error": 2, "warning": 3, "info": 1}
    missing, mismatch, _ = report["files"][2]["diagnostics"]
    assert list(mismatch.items()) == [
        ("rule", "fact-mismatch"),
        ("severity", "error"),
        ("message", "導入率は 37.2%(2024年)です。"),
        ("start", {"line": 1, "column": 6, "offset": 6}),
        ("end", {"line": 1, "column": 11, "offset": 11}),
        ("text", "47.2%"),
        ("entry", "crm-adoption"),
        ("score", None),
        ("fix", {"replacement": "37.2%", "safe": False}),
    ]
    assert (missing["text"], missing["fix"]) == ("", None)
    assert missing["start"] == missing["end"] == {"line": 1, "column": 1, "offset": 1}
    assert report["files"][1]["diagnostics"][2]["score"] == 0.97
    assert '"導入率は 37.2%(2024年)です。"' in encode(RUN)
    assert mismatch["start"]["offset"] == NEWS_RESULT.diagnostics[1].start.offset


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_found_by_its_name_and_says_the_same_twice(name: str) -> None:
    assert encoder(name)(RUN) == encoder(name)(RUN)


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="pdf"):
        encoder("pdf")


def test_only_the_format_asked_for_is_imported() -> None:
    code = (
        "import sys; from msglint.report import encoder; encoder('json');"
        "print(*sorted(m for m in sys.modules if m.startswith('msglint')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "msglint",
        "msglint.model",
        "msglint.report",
        "msglint.report.json",
        "msglint.report.words",
    ]
