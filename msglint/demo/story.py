"""How the demo's articles came to be: every commit with its day, and each file as it was then."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Tokyo")
GUIDE = "messaging.yaml"
HOLIDAYS = "holidays.csv"
_STORED = {".gitignore": "gitignore"}  # packages do not carry every hidden file


@dataclass(frozen=True, slots=True)
class Edit:
    """What one commit changed in a file: `was` became `now`."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: when, by which department, and what it added or edited, by path."""

    at: datetime
    by: str
    message: str
    add: tuple[str, ...] = ()
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it touched."""
        return (*self.add, *self.edits)


@functools.cache
def commits() -> tuple[Commit, ...]:
    """Return all commits, oldest first."""
    import yaml

    return tuple(map(_commit, yaml.safe_load(_read("history.yaml"))))


def written(number: int) -> dict[str, bytes]:
    """Return the files that commit `number` (from 0) wrote, by path, as they were then."""
    return {path: _as_of(path, number).encode() for path in commits()[number].paths}


def as_of(moment: datetime) -> dict[str, bytes]:
    """Return all files by path as they were at `moment`."""
    found: dict[str, bytes] = {}
    for number, commit in enumerate(commits()):
        if commit.at <= moment:
            found |= written(number)
    return found


def _as_of(path: str, number: int) -> str:
    """Return the file's text after commit `number`: the present one, with later edits undone, newest first."""
    text = _read(f"files/{_STORED.get(path, path)}")
    for commit in reversed(commits()[number + 1 :]):
        for edit in commit.edits.get(path, ()):
            if text.count(edit.now) != 1:
                raise ValueError(f"{path}: an edit of {commit.at:%Y-%m-%d} is not there once")
            text = text.replace(edit.now, edit.was)
    return text


def _commit(given: Mapping[str, Any]) -> Commit:
    at = datetime.strptime(given["at"], "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    edits = {path: tuple(_edits(listed)) for path, listed in given.get("edits", {}).items()}
    return Commit(at, given["by"], given["message"], tuple(given.get("add", ())), edits)


def _edits(listed: list[dict[str, str]]) -> Iterator[Edit]:
    return (Edit(**edit) for edit in listed)


def _read(name: str) -> str:
    return files("msglint.demo").joinpath(*name.split("/")).read_text("utf-8")
