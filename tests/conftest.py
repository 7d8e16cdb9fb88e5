"""What the tests of the command line share: a content repository in a folder of its own, and real runs of msglint."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-01"

GUIDE = """\
version: 1
name: 試験用のガイド
content:
  include: ["content/**/*.md"]
  exclude: ["content/drafts/**"]
banned:
  - {phrase: 必ず成果が出る, reason: 成果を保証する表現は使えない, use: 成果につながりやすい}
  - {phrase: 業界最安, severity: warning}
  - {phrase: 弊社, severity: info}
rules: {register: off}
"""
CLEAN = "---\ntitle: 記事の題\n---\n\n読者の課題を整理します。\n"
BAD = "---\ntitle: 記事の題\n---\n\nこの施策なら必ず成果が出る。\n"


@dataclass(frozen=True)
class Ran:
    """What a run of msglint left behind."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Repository:
    """A folder with articles, in which msglint is run as a process of its own."""

    folder: Path

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def run(self, *arguments: str, within: str = ".", typed: bytes = b"", **variables: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "msglint", *arguments],
            cwd=self.folder / within,
            env=environment(**variables),
            input=typed,
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()


def environment(**variables: str) -> dict[str, str]:
    """Return the surroundings of a run: those of the tests, less what would change the output."""
    unwanted = ("NO_COLOR", "FORCE_COLOR", "TERM", "MSGLINT_TODAY")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted and not name.startswith("GIT_")}
    home = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return kept | home | {"PYTHONPATH": str(ROOT), "MSGLINT_TODAY": TODAY, "COLUMNS": "120"} | variables


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Return a repository with a guide and one clean article."""
    made = Repository(tmp_path)
    made.write("messaging.yaml", GUIDE)
    made.write("content/clean.md", CLEAN)
    return made
