"""Asks git which lines of which articles changed."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msglint.app.cli.unusable import Unusable

_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ARTICLES = tuple(f":(top,icase,glob)**/*{suffix}" for suffix in (".md", ".markdown", ".mdx"))


@dataclass(frozen=True, slots=True)
class Changes:
    """The lines that are not as they were, by real path; of a file that git does not track, every line is."""

    tracked: frozenset[str]
    lines: dict[str, list[range]]

    def touch(self, file: Path) -> bool:
        """Whether anything in `file` was added or changed."""
        real = os.path.realpath(file)
        return real not in self.tracked or real in self.lines

    def hit(self, file: Path, first: int, last: int) -> bool:
        """Whether one of the lines `first` to `last` of `file` was added or changed (as git counts lines, from 1)."""
        real = os.path.realpath(file)
        hunks = self.lines.get(real, [])
        return real not in self.tracked or any(hunk.start <= last and first < hunk.stop for hunk in hunks)


def changes_since(revision: str, folder: Path) -> Changes:
    """Return what changed in the repository around `folder` since it left `revision`, commits or not.

    Raises Unusable without git, outside a repository, and for a revision that is none.
    """
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    base = _base(revision, folder)
    tracked = _git(top, "ls-files", "-z", "--", *_ARTICLES).split(b"\0")
    diff = _git(
        top, "-c", "core.quotePath=true", "diff", "--unified=0", "--find-renames", "--diff-filter=d", "--text",
        "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/",
        base, "--", *_ARTICLES,
    )  # fmt: skip
    lines: dict[str, list[range]] = {}
    for path, hunk in _hunks(diff):
        lines.setdefault(_real(top, path), []).append(hunk)
    return Changes(frozenset(_real(top, path) for path in tracked if path), lines)


def _real(top: Path, path: bytes) -> str:
    return os.path.realpath(top / os.fsdecode(path))


def _base(revision: str, folder: Path) -> str:
    """Return the commit where HEAD left `revision`: what others did there since is no change of this article."""
    commit = _run(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if revision.startswith("-") or commit.returncode:
        raise Unusable(
            f"--changed-since の {revision} というコミットは、このリポジトリーにありません。",
            f"--changed-since: this repository has no commit {revision}.",
        )
    fork = _run(folder, "merge-base", commit.stdout.decode().strip(), "HEAD")
    return (commit if fork.returncode else fork).stdout.decode().strip()


def _hunks(diff: bytes) -> Iterator[tuple[bytes, range]]:
    """Yield each path of `diff` with a range of its lines that are new."""
    path, skip = b"", 0
    for line in diff.split(b"\n"):
        if skip and line[:1] in b"+-":
            skip -= 1
        elif line.startswith(b"+++ "):
            path = _unquoted(line[4:]).removeprefix(b"b/")
        elif hunk := _HUNK.match(line):
            old, start, new = (int(n) if n is not None else 1 for n in hunk.groups())
            skip = old + new
            if new:
                yield path, range(start, start + new)


def _unquoted(name: bytes) -> bytes:
    """Undo git's quoting of an unusual name, which is C's, and a part of Python's."""
    if not name.startswith(b'"'):
        return name.removesuffix(b"\t")
    value: bytes = ast.literal_eval("b" + name.decode("ascii"))
    return value


def _git(folder: Path, *arguments: str) -> bytes:
    done = _run(folder, *arguments)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[:1]
        raise Unusable(
            f"--changed-since を使えません。git の答え: {''.join(said)}",
            f"--changed-since cannot be used. git says: {''.join(said)}",
        )
    return done.stdout


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError:
        raise Unusable("--changed-since には git が必要です。", "--changed-since needs git.") from None
