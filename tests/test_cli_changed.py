from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Repository

from msglint.app.cli.changed import changes_since
from msglint.app.cli.unusable import Unusable


@pytest.fixture
def history(repository: Repository) -> Repository:
    repository.write("content/a.md", "1\n2\n3\n4\n5\n6\n")
    repository.git("init", "-q", "-b", "main")
    repository.git("add", ".")
    repository.git("commit", "-qm", "first")
    return repository


def hits(history: Repository, path: str, lines: int = 9, revision: str = "main") -> list[int]:
    changes = changes_since(revision, history.folder)
    return [n for n in range(1, lines + 1) if changes.hit(history.folder / path, n, n)]


def test_nothing_changed(history: Repository) -> None:
    assert not changes_since("HEAD", history.folder).touch(history.folder / "content/a.md")
    assert hits(history, "content/a.md") == []


def test_changed_added_and_deleted_lines(history: Repository) -> None:
    history.write("content/a.md", "1\nzwei\n3\n5\n6\n7\n8\n")
    assert hits(history, "content/a.md") == [2, 6, 7]


def test_staged_and_committed_changes_count(history: Repository) -> None:
    history.git("switch", "-qc", "branch")
    history.write("content/a.md", "1\nzwei\n3\n4\n5\n6\n")
    history.git("commit", "-qam", "second")
    history.write("content/a.md", "1\nzwei\n3\n4\n5\nsechs\n")
    history.git("add", ".")
    assert hits(history, "content/a.md") == [2, 6]


def test_what_others_did_since_is_no_change(history: Repository) -> None:
    history.git("switch", "-qc", "branch")
    history.write("content/a.md", "1\nzwei\n3\n4\n5\n6\n")
    history.git("commit", "-qam", "mine")
    history.git("switch", "-q", "main")
    history.write("content/a.md", "1\n2\n3\n4\nfive\n6\n")
    history.git("commit", "-qam", "theirs")
    history.git("switch", "-q", "branch")
    assert hits(history, "content/a.md") == [2]


def test_a_range_is_hit_by_any_of_its_lines(history: Repository) -> None:
    history.write("content/a.md", "1\n2\n3\n4\n5\nsechs\n")
    changes = changes_since("HEAD", history.folder)
    article = history.folder / "content/a.md"
    assert changes.hit(article, 4, 6)
    assert not changes.hit(article, 4, 5)
    assert not changes.hit(article, 7, 9)


def test_untracked_and_ignored_files_are_new(history: Repository) -> None:
    history.write(".gitignore", "ignored.md\n")
    history.write("content/new.md", "1\n2\n")
    history.write("content/ignored.md", "1\n2\n")
    assert hits(history, "content/new.md", 2) == [1, 2]
    assert hits(history, "content/ignored.md", 2) == [1, 2]


def test_renamed_file_keeps_its_old_lines(history: Repository) -> None:
    history.git("mv", "content/a.md", "content/b.md")
    history.write("content/b.md", "1\n2\n3\n4\nfive\n6\n")
    assert hits(history, "content/b.md") == [5]


@pytest.mark.parametrize(
    "name",
    ["事例/導入事例 その1.md", 'quote"d.md', "tab\there.md", "back\\slash.md", "trailing .md", "line\nend.md", "B.MD"],
)
def test_unusual_names(history: Repository, name: str) -> None:
    history.write(f"content/{name}", "1\n2\n3\n")
    history.git("add", ".")
    history.git("commit", "-qm", "second")
    assert hits(history, f"content/{name}") == []
    history.write(f"content/{name}", "1\n2\nthree\n")
    assert hits(history, f"content/{name}") == [3]


def test_lines_that_look_like_headers(history: Repository) -> None:
    history.write("content/a.md", "1\n++ b/content/clean.md\n@@ -1 +1,99 @@\n-- a/x\n5\n6\n")
    assert hits(history, "content/a.md") == [2, 3, 4]
    assert hits(history, "content/clean.md") == []


def test_a_file_that_git_takes_for_binary(history: Repository) -> None:
    history.write(".gitattributes", "*.md binary\n")
    history.write("content/a.md", "1\n2\n3\n4\nfive\n6\n")
    assert hits(history, "content/a.md") == [5]


def test_configuration_that_changes_the_output_of_diff(history: Repository) -> None:
    history.git("config", "diff.noprefix", "true")
    history.git("config", "diff.mnemonicPrefix", "true")
    history.git("config", "color.ui", "always")
    history.git("config", "diff.external", "false")
    history.git("config", "diff.relative", "true")
    history.write("content/a.md", "1\n2\n3\n4\nfive\n6\n")
    assert hits(history, "content/a.md") == [5]


def test_guide_below_the_top_of_the_repository(history: Repository) -> None:
    history.write("content/a.md", "1\n2\n3\n4\nfive\n6\n")
    changes = changes_since("HEAD", history.folder / "content")
    assert changes.hit(history.folder / "content/a.md", 5, 5)
    assert not changes.touch(history.folder / "content/clean.md")


def test_through_a_link(history: Repository, tmp_path: Path) -> None:
    history.write("content/a.md", "1\n2\n3\n4\nfive\n6\n")
    link = tmp_path / "link"
    link.symlink_to(history.folder)
    changes = changes_since("HEAD", link)
    assert changes.hit(link / "content/a.md", 5, 5)
    assert not changes.hit(link / "content/a.md", 4, 4)


@pytest.mark.parametrize("revision", ["nosuch", "-p", "--output=x", "HEAD~5", ""])
def test_no_such_revision(history: Repository, revision: str) -> None:
    with pytest.raises(Unusable) as refused:
        changes_since(revision, history.folder)
    assert refused.value.text == (
        f"--changed-since の {revision} というコミットは、このリポジトリーにありません。",
        f"--changed-since: this repository has no commit {revision}.",
    )


def test_outside_a_repository(repository: Repository) -> None:
    with pytest.raises(Unusable, match=r"^--changed-since cannot be used\. git says: fatal: not a git repository"):
        changes_since("HEAD", repository.folder)


def test_without_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository.folder))
    with pytest.raises(Unusable, match="--changed-since needs git"):
        changes_since("HEAD", repository.folder)
