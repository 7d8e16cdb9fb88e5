from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from msglint.app.cli.baseline import encode, load, recorded, without
from msglint.app.cli.unusable import Unusable
from msglint.model import Diagnostic, Position, Result, Severity

PATHS = {"a.md": "content/a.md"}


def result(*texts: tuple[int, str], rule: str = "banned-phrase", entry: str | None = "必ず") -> Result:
    return Result("a.md", tuple(diagnostic(line, text, rule, entry) for line, text in texts))


def diagnostic(line: int, text: str, rule: str, entry: str | None) -> Diagnostic:
    start, end = Position(line, 1, line * 10), Position(line, 1 + len(text), line * 10 + len(text))
    return Diagnostic("a.md", rule, Severity.ERROR, "だめです。", start, end, text, entry)


def lines(results: tuple[Result, ...]) -> list[int]:
    return [d.start.line for r in results for d in r.diagnostics]


def test_known_diagnostics_are_left_out_wherever_their_lines_moved() -> None:
    known = recorded((result((3, "必ず"), (7, "かならず")),), PATHS)
    assert lines(without((result((30, "必ず"), (50, "かならず")),), known, PATHS)) == []


def test_one_more_of_the_same_is_new_and_it_is_the_last() -> None:
    known = recorded((result((3, "必ず"), (7, "必ず")),), PATHS)
    assert lines(without((result((3, "必ず"), (5, "必ず"), (7, "必ず")),), known, PATHS)) == [7]


@pytest.mark.parametrize(
    "other",
    [
        result((3, "かならず")),
        result((3, "必ず"), rule="register"),
        result((3, "必ず"), entry=None),
    ],
)
def test_another_text_rule_or_entry_is_new(other: Result) -> None:
    assert lines(without((other,), recorded((result((3, "必ず")),), PATHS), PATHS)) == [3]


def test_another_file_is_new() -> None:
    known = recorded((result((3, "必ず")),), {"a.md": "content/b.md"})
    assert lines(without((result((3, "必ず")),), known, PATHS)) == [3]


def test_file_is_ordered_readable_and_comes_back(tmp_path: Path) -> None:
    known = recorded((result((3, "必ず"), (9, "必ず")), result((1, "---"), rule="front-matter", entry=None)), PATHS)
    file = tmp_path / "baseline.json"
    file.write_bytes(encode(known))
    assert load(str(file)) == known
    assert json.loads(file.read_bytes()) == {
        "version": 1,
        "diagnostics": [
            {"path": "content/a.md", "rule": "banned-phrase", "entry": "必ず", "text": "必ず", "count": 2},
            {"path": "content/a.md", "rule": "front-matter", "entry": None, "text": "---", "count": 1},
        ],
    }
    assert "必ず" in file.read_text("utf-8")
    assert encode(Counter(dict(reversed(known.items())))) == encode(known)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"version": 1}',
        b'{"version": 1, "diagnostics": {"a": 1}}',
        b'{"version": 1, "diagnostics": [1]}',
        b'{"version": 1, "diagnostics": [{"path": "a", "rule": "b", "entry": null, "text": "c"}]}',
        b'{"version": 1, "diagnostics": [{"path": "a", "rule": "b", "entry": null, "text": [], "count": 1}]}',
        b'{"version": 1, "diagnostics": [{"path": "a", "rule": "b", "entry": null, "text": "c", "count": "1"}]}',
        b'{"version": 1, "diagnostics": [{"path": null, "rule": "b", "entry": null, "text": "c", "count": 1}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_baseline(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "b.json"
    file.write_bytes(content)
    with pytest.raises(Unusable) as refused:
        load(str(file))
    assert refused.value.text == (
        f"{file} はベースラインではありません。--write-baseline で作り直してください。",
        f"{file} is not a baseline. Make it anew with --write-baseline.",
    )


def test_baseline_of_another_version(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_bytes(b'{"version": 2, "diagnostics": []}')
    with pytest.raises(Unusable, match="is of another version of msglint"):
        load(str(file))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as refused:
        load(str(tmp_path / "none.json"))
    assert refused.value.text.ja == f"ベースライン {tmp_path}/none.json を読めません。ファイルがありません。"
