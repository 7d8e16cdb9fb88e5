"""The repository's own content is clean, and the broken copies are reported to the letter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures"
ARTICLES = sorted((ROOT / "content").rglob("*.md"))
RULES = (
    "banned-phrase",
    "fact-caveat",
    "fact-mismatch",
    "fact-source",
    "fact-stale",
    "fact-unregistered",
    "figure-conflict",
    "front-matter",
    "persona-vocabulary",
    "register",
    "sheet-section",
    "term-expansion",
    "term-variant",
    "unused-suppression",
)


class Found(NamedTuple):
    path: str
    line: int
    rule: str
    text: str


def run_check(folder: Path) -> tuple[int, dict[str, Any]]:
    """Return the exit status and the JSON report of `msglint check` in `folder` on 2026-11-01."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-m", "msglint", "check", "--format", "json", "--no-cache"],
        cwd=folder,
        env=os.environ | {"MSGLINT_TODAY": "2026-11-01", "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def found(report: dict[str, Any]) -> list[Found]:
    return [
        Found(file["path"], d["start"]["line"], d["rule"], d["text"])
        for file in report["files"]
        for d in file["diagnostics"]
    ]


def entries(kind: str) -> list[Found]:
    expected = yaml.safe_load((FIXTURES / "expected.yaml").read_text(encoding="utf-8"))
    return [Found(**entry) for entry in expected[kind]]


def front_matter(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    return loaded


def test_own_content_is_clean() -> None:
    status, report = run_check(ROOT)
    assert found(report) == []
    assert status == 0
    assert sorted(file["path"] for file in report["files"]) == sorted(str(p.relative_to(ROOT)) for p in ARTICLES)


def test_every_persona_and_stage_is_served() -> None:
    assert len(ARTICLES) >= 12
    matter = [front_matter(path) for path in ARTICLES]
    personas = Counter(article["persona"] for article in matter)
    stages = Counter(article["stage"] for article in matter)
    assert set(personas) == {"marketing-manager", "sales-manager", "content-writer"}
    assert set(stages) == {"awareness", "problem", "comparison"}
    assert min(personas.values()) >= 3
    assert min(stages.values()) >= 4


def test_every_way_of_tagging_is_shown() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in ARTICLES)
    forms = set(re.findall(r"\{sales=|^::: sales|<!-- sales:", text, re.MULTILINE))
    assert forms == {"{sales=", "::: sales", "<!-- sales:"}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_an_article_is_neither_a_note_nor_a_book(path: Path) -> None:
    body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert 1500 <= len(re.sub(r"\s", "", body)) <= 4000


@pytest.fixture(scope="module")
def broken() -> list[Found]:
    status, report = run_check(FIXTURES)
    assert status == 1
    return found(report)


def test_broken_copies_are_reported_exactly(broken: list[Found]) -> None:
    planted = Counter(entries("planted"))
    reported = Counter(broken)
    assert {"missed": sorted(planted - reported), "false alarms": sorted(reported - planted)} == {
        "missed": [],
        "false alarms": [],
    }


def test_look_alikes_are_left_alone(broken: list[Found]) -> None:
    reported = {(f.path, f.line, f.rule, f.text) for f in broken}
    for entry in entries("lookalikes"):
        line = (FIXTURES / entry.path).read_text(encoding="utf-8").splitlines()[entry.line - 1]
        assert entry.text in line
        assert entry not in reported


@pytest.mark.parametrize("kind", ["planted", "lookalikes"])
def test_every_rule_has_three_places(kind: str) -> None:
    counts = Counter(entry.rule for entry in entries(kind))
    assert {rule: counts[rule] for rule in RULES if counts[rule] < 3} == {}
