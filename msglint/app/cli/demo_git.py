"""Makes commits that are the same on every machine: given names and days, nobody's own settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msglint.app.cli.unusable import Unusable

_MAIL = "demo@sample.example"
_FIXED = (
    "core.autocrlf=false",
    "commit.gpgsign=false",
    "gc.auto=0",
    "init.defaultBranch=main",
    "core.hooksPath=/dev/null",
)


class Git:
    """A new repository in `folder`; without git nothing is done, and `there` is False."""

    def __init__(self, folder: Path) -> None:
        self.there = shutil.which("git") is not None
        self._folder = folder
        if self.there:
            self._run("init", "-q", "--template=")

    def commit(self, message: str, *, by: str, at: datetime, paths: Sequence[str]) -> str | None:
        """Commit `paths` and return the commit's id; None without git."""
        if not self.there:
            return None
        self._run("add", "-f", "--", *paths)
        day = at.isoformat()
        named = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
                 (("NAME", by), ("EMAIL", _MAIL), ("DATE", day))}  # fmt: skip
        self._run("commit", "-q", "--no-verify", "-m", message, **named)
        return self._run("rev-parse", "HEAD").strip()

    def _run(self, *arguments: str, **variables: str) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        settings = [part for setting in _FIXED for part in ("-c", setting)]
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self._folder,
            env=kept | alone | variables,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = "".join(done.stderr.decode("utf-8", "replace").strip().splitlines()[:1])
            raise Unusable(f"git でコミットを作れません。git の答え: {said}", f"git cannot commit. It says: {said}")
        return done.stdout.decode("utf-8", "replace")
