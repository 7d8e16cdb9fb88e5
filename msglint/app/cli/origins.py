"""Asks git which commit last touched each article."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msglint.app.cli.files import Article

_COMMIT = b"commit "
_FORMAT = "--format=commit %H %cs"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its 40 hex digits and its day, as its committer's clock had it."""

    id: str
    day: date


@dataclass(frozen=True, slots=True)
class History:
    """The last commit of each file by its real path; `shallow`: the clone's history is cut off, so none is known."""

    commits: dict[str, Commit]
    shallow: bool = False

    def of(self, file: Path) -> Commit | None:
        """Return the commit that last touched `file`; None when it is unknown, or the file has changed since."""
        return self.commits.get(os.path.realpath(file))


def history(articles: Collection[Article], folder: Path) -> History:
    """Return what git knows of `articles` in the repository around `folder`; nothing without git or a repository."""
    top = _git(folder, "rev-parse", "--show-toplevel", "--is-shallow-repository")
    if top is None or len(told := top.decode("utf-8", "surrogateescape").splitlines()) != 2:
        return History({})
    if told[1] == "true":
        return History({}, shallow=True)
    root = Path(told[0])
    wanted = {os.path.realpath(article.file) for article in articles}
    changed = _git(root, "diff", "--name-only", "--no-renames", "-z", "HEAD") or b""
    wanted -= {os.path.realpath(root / os.fsdecode(path)) for path in changed.split(b"\0") if path}
    found: dict[str, Commit] = {}
    for commit, path in _log(root):
        real = os.path.realpath(root / path)
        if real in wanted:
            found[real] = commit
            wanted.discard(real)
            if not wanted:
                break
    return History(found)


def _log(root: Path) -> Iterator[tuple[Commit, str]]:
    """Yield each commit with each file it touched, newest first; git is stopped when nobody asks any more."""
    command = [
        "git",
        "-C",
        str(root),
        "log",
        "-z",
        "--name-only",
        "--no-renames",
        "--diff-merges=first-parent",
        _FORMAT,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as git:
        try:
            yield from _parsed(git)
        finally:
            git.kill()


def _parsed(git: subprocess.Popen[bytes]) -> Iterator[tuple[Commit, str]]:
    commit: Commit | None = None
    for part in _parts(git):
        for name in part.split(b"\n"):
            if name.startswith(_COMMIT):
                _, id, day = name.decode().split(" ")
                commit = Commit(id, date.fromisoformat(day))
            elif name and commit:
                yield commit, os.fsdecode(name)


def _parts(git: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert git.stdout is not None
    rest = b""
    while read := git.stdout.read(1 << 16):
        *whole, rest = (rest + read).split(b"\0")
        yield from whole
    yield rest


def _git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return None if done.returncode else done.stdout
