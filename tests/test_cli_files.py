from __future__ import annotations

import os
from pathlib import Path

import pytest

from msglint.app.cli.files import (
    Ground,
    Listing,
    asked_articles,
    content_articles,
    find_guide,
    read_articles,
    relative,
)
from msglint.app.cli.unusable import Unusable
from msglint.guide.model import Content, Globs
from msglint.model import Problem, Text

CONTENT = Content(Globs(("content/**/*.md",)), Globs(("content/drafts/**",)))


def make(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("文", "utf-8")


def found(listing: Listing) -> list[str]:
    return sorted(listing.articles)


def asked(folder: Path, *paths: str, root: Path | None = None, force: bool = False) -> Listing:
    return asked_articles(paths, Ground(folder, root or folder), CONTENT, force_exclude=force)


def test_content_is_what_include_names_less_exclude(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md", "content/x/b.md", "content/drafts/c.md", "content/d.txt", "README.md")
    listing = content_articles(Ground(tmp_path, tmp_path), CONTENT)
    assert found(listing) == ["content/a.md", "content/x/b.md"]
    assert (listing.excluded, listing.problems) == (1, [])


def test_content_is_looked_for_from_the_guide_and_told_from_the_working_folder(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md", "content/x/b.md", "other/c.md")
    listing = content_articles(Ground(tmp_path / "content/x", tmp_path), CONTENT)
    assert [(a.path, a.guide_path) for a in listing.articles.values()] == [
        ("../a.md", "content/a.md"),
        ("b.md", "content/x/b.md"),
    ]


def test_include_of_everything_still_means_articles(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.MD", "c.markdown", "d.mdx", "e.html", "f.png", "g.yaml")
    listing = content_articles(Ground(tmp_path, tmp_path), Content(Globs(("**",))))
    assert found(listing) == ["a.md", "b.MD", "c.markdown", "d.mdx"]


def test_folder_gives_articles_under_it_whatever_include_says(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.md", "docs/b.markdown", "docs/x/c.mdx", "docs/d.rst", "content/drafts/e.md")
    assert found(asked(tmp_path, "docs", "content")) == ["docs/a.md", "docs/b.markdown", "docs/x/c.mdx"]


def test_hidden_and_foreign_folders_are_left_alone(tmp_path: Path) -> None:
    make(
        tmp_path, ".git/a.md", ".venv/lib/b.md", "node_modules/p/README.md", "x/node_modules/c.md", ".hidden.md", "d.md"
    )
    assert found(asked(tmp_path, ".")) == ["d.md"]
    assert found(asked(tmp_path, ".venv")) == [".venv/lib/b.md"]


def test_linked_folders_and_loops_are_not_walked(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md", "elsewhere/b.md")
    (tmp_path / "content/loop").symlink_to(tmp_path / "content")
    (tmp_path / "content/out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "content/self.md").symlink_to(tmp_path / "content/self.md")
    (tmp_path / "content/b.md").symlink_to(tmp_path / "elsewhere/b.md")
    listing = asked(tmp_path, "content")
    assert found(listing) == ["content/a.md", "content/b.md", "content/self.md"]
    problems: list[Problem] = []
    read = [source.path for source in read_articles(listing.articles.values(), problems)]
    assert read == ["content/a.md", "content/b.md"]
    assert [problem.path for problem in problems] == ["content/self.md"]
    assert found(asked(tmp_path, "content/out")) == ["content/out/b.md"]


def test_a_pipe_among_the_articles_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md")
    os.mkfifo(tmp_path / "content/pipe.md")
    assert found(asked(tmp_path, "content")) == ["content/a.md"]


def test_exclude_holds_for_named_files_only_when_forced(tmp_path: Path) -> None:
    make(tmp_path, "content/drafts/a.md", "content/b.md")
    assert found(asked(tmp_path, "content/drafts/a.md")) == ["content/drafts/a.md"]
    forced = asked(tmp_path, "content/drafts/a.md", "content/b.md", force=True)
    assert (found(forced), forced.excluded) == (["content/b.md"], 1)


def test_each_file_once_however_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md", "content/b.md")
    paths = ("content/a.md", "./content/a.md", "content/../content/a.md", str(tmp_path / "content/a.md"), "content")
    assert found(asked(tmp_path, *paths)) == ["content/a.md", "content/b.md"]


def test_what_cannot_be_used_is_told_and_the_rest_is_found(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md", "notes.txt")
    listing = asked(tmp_path, "content/none.md", "notes.txt", "content/a.md", "nowhere")
    assert found(listing) == ["content/a.md"]
    missing = Text("ファイルがありません。", "There is no such file.")
    assert listing.problems == [
        Problem("content/none.md", 1, 1, missing),
        Problem(
            "notes.txt",
            1,
            1,
            Text(
                "記事のファイルではありません。検査できるのは .md, .markdown, .mdx です。",
                "Not an article: give .md, .markdown, .mdx.",
            ),
        ),
        Problem("nowhere", 1, 1, missing),
    ]


def test_paths_outside_the_guide(tmp_path: Path) -> None:
    make(tmp_path, "site/content/a.md", "b.md")
    listing = asked(tmp_path / "site", "../b.md", root=tmp_path / "site/content")
    assert [(a.path, a.guide_path) for a in listing.articles.values()] == [("../b.md", "../../b.md")]


def test_globs_see_composed_characters(tmp_path: Path) -> None:
    decomposed = "content/か\u3099いど.md"
    make(tmp_path, decomposed)
    content = Content(Globs(("content/がいど.md",)))
    listing = content_articles(Ground(tmp_path, tmp_path), content)
    assert [(a.path, a.guide_path) for a in listing.articles.values()] == [(decomposed, "content/がいど.md")]


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.md")).write_text("文", "utf-8")
    listing = asked(tmp_path, ".")
    assert found(listing) == ["\ufffd.md"]
    assert [s.content.decode() for s in read_articles(listing.articles.values(), [])] == ["文"]


def test_relative_goes_up() -> None:
    assert relative("/a/b/c.md", Path("/a/x/y")) == "../../b/c.md"


def test_nearest_guide_wins(tmp_path: Path) -> None:
    make(tmp_path, "messaging.yaml", "site/messaging.yaml", "site/content/a.md", "other/b.md")
    assert find_guide(tmp_path / "site/content", None) == tmp_path / "site/messaging.yaml"
    assert find_guide(tmp_path / "other", None) == tmp_path / "messaging.yaml"
    assert find_guide(tmp_path / "site", "../messaging.yaml") == tmp_path / "site/../messaging.yaml"


def test_no_guide(tmp_path: Path) -> None:
    with pytest.raises(Unusable) as refused:
        find_guide(tmp_path, None)
    assert refused.value.text == (
        f"messaging.yaml が {tmp_path} にも、その上のフォルダーにもありません。--guide FILE で場所を指定してください。",
        f"There is no messaging.yaml in {tmp_path} or any folder above it. Name one with --guide FILE.",
    )
