from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from report_sample import BROKEN, CLEAN, RUN, diagnostic, in_language, result

from msglint.model import Run, Severity
from msglint.report.gitlab import encode

PATH = "a.md"
WARNING = Severity.WARNING


def issues(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(encode(run))
    return found


def names(*texts: str, message: str = "m") -> list[str]:
    found = [diagnostic(PATH, text, "サーバ", "term-variant", WARNING, message, entry="サーバー") for text in texts]
    return [i["fingerprint"] for i in issues(replace(RUN, results=(result(PATH, *found),)))]


def test_an_issue() -> None:
    first = issues(RUN)[0]
    assert re.fullmatch("[0-9a-f]{64}", first.pop("fingerprint"))
    assert first == {
        "description": "「必ず成果が出る」は使えません: 成果を保証する表現です。",
        "check_name": "banned-phrase",
        "severity": "critical",
        "location": {"path": "content/crm 導入.md", "lines": {"begin": 3, "end": 3}},
    }
    assert [i["severity"] for i in issues(RUN)] == ["critical", "major", "info", "major", "critical", "major"]
    assert issues(RUN)[2]["location"]["lines"] == {"begin": 4, "end": 5}
    assert issues(CLEAN) == []


def test_fingerprints_stay_when_lines_move_and_messages_change() -> None:
    assert names("サーバ") == names("増えた行\n\nここにもサーバ", message="other words")


def test_fingerprints_tell_apart_what_differs() -> None:
    twice = names("サーバ", "次のサーバ")
    assert len(set(twice)) == 2
    assert twice[0] == names("サーバ")[0]
    here = diagnostic(PATH, "---", "---", "claim-missing", WARNING, "m", entry="one")
    variants = [
        here,
        replace(here, entry="two"),
        replace(here, rule="front-matter"),
        replace(here, path="b.md"),
        replace(here, text="--"),
        replace(here, entry=None),
    ]
    found = issues(replace(RUN, results=tuple(result(d.path, d) for d in variants)))
    assert len({i["fingerprint"] for i in found}) == len(variants)


def test_what_could_not_be_read_blocks() -> None:
    (found,) = issues(in_language(BROKEN, "en"))
    assert found.pop("fingerprint") == issues(BROKEN)[0]["fingerprint"]
    assert found == {
        "description": "It is not UTF-8",
        "check_name": "unreadable",
        "severity": "blocker",
        "location": {"path": "content/壊れた,記事.md", "lines": {"begin": 1}},
    }
