"""The content as it was at the end of each month, out of git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from msglint.app.cli.files import SUFFIXES
from msglint.app.cli.project import Project
from msglint.app.cli.unusable import Unusable
from msglint.model import Source

MOST_MONTHS = 24


def months(project: Project) -> Iterator[tuple[date, list[Source]]]:
    """Yield the last day of each past month that has commits before it, and the articles committed by then.

    Oldest first, the last 24 months at most, without the present month. Raises Unusable without git, and outside a
    repository.
    """
    root = project.ground.root
    top = Path(os.fsdecode(_git(root, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    for day in _ends(project.environment.today):
        if revision := _git(root, "rev-list", "-1", f"--before={day.isoformat()}T23:59:59", "HEAD").decode().strip():
            yield day, list(_sources(revision, top, project))


def _ends(today: date) -> list[date]:
    """Return the last days of the months before that of `today`, oldest first."""
    ends, day = list[date](), today.replace(day=1) - timedelta(days=1)
    while len(ends) < MOST_MONTHS and day.year > 1:
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends[::-1]


def _sources(revision: str, top: Path, project: Project) -> Iterator[Source]:
    content = project.guide.content
    listed = _git(top, "ls-tree", "-r", "-z", "--format=%(objectmode) %(objectname) %(path)", revision)
    blobs, articles = list[bytes](), []
    for entry in filter(None, listed.split(b"\0")):
        mode, name, path = entry.split(b" ", 2)
        if mode.startswith(b"100") and path.lower().endswith(tuple(s.encode() for s in SUFFIXES)):
            article = project.ground.article(top / os.fsdecode(path))
            seen = article.guide_path
            if not seen.startswith("../") and content.include.match(seen) and not content.exclude.match(seen):
                blobs.append(name)
                articles.append(article)
    for article, read in zip(articles, _contents(top, blobs), strict=True):
        yield Source(article.path, read, article.guide_path)


def _contents(top: Path, blobs: list[bytes]) -> Iterator[bytes]:
    """Yield the contents of blobs, in one call of git."""
    out = _git(top, "cat-file", "--batch", given=b"\n".join([*blobs, b""])) if blobs else b""
    at = 0
    for _ in blobs:
        line = out.index(b"\n", at)
        size = int(out[at:line].split()[-1])
        yield out[line + 1 : line + 1 + size]
        at = line + 1 + size + 1


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], input=given, capture_output=True, check=False)
    except OSError:
        raise Unusable("--history には git が必要です。", "--history needs git.") from None
    if done.returncode:
        said = "".join(done.stderr.decode("utf-8", "replace").strip().splitlines()[:1])
        raise Unusable(f"--history を使えません。git の答え: {said}", f"--history cannot be used. git says: {said}")
    return done.stdout
