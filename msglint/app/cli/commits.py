"""Asks git for the commits of each file: which, when, and what was written of them."""

from __future__ import annotations

import os
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msglint.loop.checklist.model import Revision

_MOST = 5_000
_START, _END = "\x01", "\x02"


def commits_of(root: Path) -> Mapping[str, tuple[Revision, ...]] | None:
    """Return the commits of each file under `root` by its path from there, newest first, of the last 5,000.

    None without git, outside a repository, and where the clone's history is cut off.
    """
    from msglint.loop.checklist.model import Revision

    if _git(root, "rev-parse", "--is-shallow-repository") != "false\n":
        return None
    form = f"--format={_START}%H %cs %B{_END}"
    told = _git(
        root, "log", f"-{_MOST}", "-z", "--name-only", "--no-renames", "--relative", "--diff-merges=first-parent", form
    )
    if told is None:
        return None
    found: defaultdict[str, list[Revision]] = defaultdict(list)
    for part in told.split(_START)[1:]:
        head, _, names = part.partition(_END)
        commit, day, *message = head.split(" ", 2)
        revision = Revision(commit, date.fromisoformat(day), "".join(message).strip())
        for name in names.replace("\n", "\0").split("\0"):
            if name:
                found[name].append(revision)
    return {path: tuple(revisions) for path, revisions in found.items()}


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except OSError:
        return None
    return None if done.returncode else os.fsdecode(done.stdout)
