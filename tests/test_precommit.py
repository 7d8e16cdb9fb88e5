"""The hooks as a team uses them: the real pre-commit installs this working tree and guards a content repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import BAD, CLEAN, ROOT, Ran, Repository, environment

pytestmark = pytest.mark.slow

DRAFT = "content/drafts/idea.md"


@dataclass(frozen=True)
class Hooks:
    """This working tree as a repository that pre-commit can install, and where pre-commit keeps its environments."""

    url: Path
    revision: str
    home: Path

    def variables(self) -> dict[str, str]:
        surroundings = environment(PRE_COMMIT_HOME=str(self.home))
        del surroundings["PYTHONPATH"]  # so that the hook runs what it installed
        return surroundings


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    copy = Repository(tmp_path_factory.mktemp("hooks"))
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in os.fsdecode(listed.stdout).split("\0"):
        if name and (ROOT / name).is_file():
            (copy.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy.folder / name)
    copy.git("init", "-q")
    copy.git("add", ".")
    copy.git("commit", "-qm", "all")
    return Hooks(copy.folder, copy.git("rev-parse", "HEAD").strip(), tmp_path_factory.mktemp("home"))


@pytest.fixture
def guarded(repository: Repository, hooks: Hooks) -> Repository:
    """Return a repository whose commits pass through the hooks."""
    repository.git("init", "-q")
    repository.git("add", ".")
    repository.git("commit", "-qm", "before")
    repository.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {hooks.url}\n  rev: {hooks.revision}\n  hooks: [{{id: msglint}}, {{id: msglint-guide}}]\n",
    )
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"], cwd=repository.folder, env=hooks.variables(), check=True
    )
    return repository


def commit(repository: Repository, hooks: Hooks) -> Ran:
    """Commit everything, as a writer would."""
    repository.git("add", ".")
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "an article"],
        cwd=repository.folder,
        env=hooks.variables(),
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def commits(repository: Repository) -> int:
    return int(repository.git("rev-list", "--count", "HEAD"))


def test_manifest_is_valid() -> None:
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], check=True
    )


def test_bad_article_is_refused_until_it_is_mended(guarded: Repository, hooks: Hooks) -> None:
    guarded.write("content/new.md", BAD.replace("必ず成果が出る", "必ず成果が出ます"))
    refused = commit(guarded, hooks)
    assert refused.status == 1
    assert "content/new.md:5:7: error banned-phrase" in refused.err
    assert "成果を保証する表現は使えない" in refused.err
    assert commits(guarded) == 1
    guarded.write("content/new.md", CLEAN)
    passed = commit(guarded, hooks)
    assert passed.status == 0, passed
    assert commits(guarded) == 2


def test_fix_mends_what_was_refused(guarded: Repository, hooks: Hooks) -> None:
    guarded.write("content/new.md", BAD)
    assert commit(guarded, hooks).status == 1
    assert guarded.run("fix").status == 0
    assert commit(guarded, hooks).status == 0
    assert guarded.git("show", "HEAD:content/new.md") == BAD.replace("必ず成果が出る", "成果につながりやすい")


def test_excluded_article_stays_excluded(guarded: Repository, hooks: Hooks) -> None:
    guarded.write(DRAFT, BAD)
    assert commit(guarded, hooks).status == 0
    assert DRAFT in guarded.git("show", "--name-only", "HEAD")


def test_broken_guide_is_refused(guarded: Repository, hooks: Hooks) -> None:
    guarded.write("messaging.yaml", "version: 1\nname: x\nbaned: []\n")
    refused = commit(guarded, hooks)
    assert refused.status == 1
    assert "messaging.yaml:3:1: " in refused.err
    assert commits(guarded) == 1
