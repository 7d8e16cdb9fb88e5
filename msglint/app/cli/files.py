"""Finds the guide and the articles, and reads them."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from msglint.app.cli.unusable import Unusable, reason
from msglint.guide.model import Content
from msglint.model import Problem, Source, Text

GUIDE = "messaging.yaml"
SUFFIXES = (".md", ".markdown", ".mdx")
_NOT_CONTENT = ("node_modules", "__pycache__")


class Article(NamedTuple):
    """A file to check: where it is, the path it is reported under, and the path that the guide's globs see.

    `content` is what was typed on standard input in its place.
    """

    file: Path
    path: str
    guide_path: str
    content: bytes | None = None

    def read(self) -> Source:
        """Return its bytes with its paths; raises OSError."""
        content = self.file.read_bytes() if self.content is None else self.content
        return Source(self.path, content, self.guide_path)


class Ground(NamedTuple):
    """The two folders paths are told from: `working`, where the user is, and `root`, where the guide is."""

    working: Path
    root: Path

    def article(self, file: Path, content: bytes | None = None) -> Article:
        """Return the article at `file` with both its paths."""
        absolute = os.path.normpath(self.working / file)
        seen = unicodedata.normalize("NFC", relative(absolute, self.root))
        return Article(Path(absolute), relative(absolute, self.working), seen, content)


@dataclass(slots=True)
class Listing:
    """The articles that were found, each once, how many were left out, and why paths could not be used."""

    articles: dict[str, Article] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    excluded: int = 0

    def add(self, article: Article) -> None:
        """Take `article` in, unless one of its path is there."""
        self.articles.setdefault(article.path, article)

    def fail(self, path: str, why: Text) -> None:
        """Take down that `path` could not be used."""
        self.problems.append(Problem(path, 1, 1, why))


def relative(path: str | Path, folder: Path) -> str:
    """Return `path` as seen from `folder`, with `/`, as text that can be printed anywhere."""
    try:
        seen = os.path.relpath(path, folder)
    except ValueError:  # another drive of Windows
        seen = str(path)
    return os.fsencode(seen.replace(os.sep, "/")).decode("utf-8", "replace")


def find_guide(working: Path, named: str | None) -> Path:
    """Return the guide: the one `named`, else the nearest at or above `working`; raises Unusable without one."""
    if named is not None:
        return working / named
    for folder in (working, *working.parents):
        if os.path.isfile(folder / GUIDE):  # noqa: PTH113  (Path's raises where it may not look)
            return folder / GUIDE
    raise Unusable(
        f"{GUIDE} が {working} にも、その上のフォルダーにもありません。--guide FILE で場所を指定してください。",
        f"There is no {GUIDE} in {working} or any folder above it. Name one with --guide FILE.",
    )


def content_articles(ground: Ground, content: Content) -> Listing:
    """List what the guide's `content` includes."""
    listing = Listing()
    for file in _walk(ground.root, ground, listing):
        article = ground.article(file)
        if content.include.match(article.guide_path):
            _take(article, content, listing, force_exclude=True)
    return listing


def asked_articles(
    paths: Sequence[str], ground: Ground, content: Content, *, force_exclude: bool, typed: Article | None = None
) -> Listing:
    """List the files that `paths` name, and the articles under the folders that they name; `-` is `typed`.

    The guide's `content.exclude` holds under folders, and for files with `force_exclude`.
    """
    listing = Listing()
    for path in paths:
        given = ground.working / path
        if path == "-" and typed:
            _take(typed, content, listing, force_exclude=force_exclude)
        elif os.path.isdir(given):  # noqa: PTH112  (as above)
            for file in _walk(given, ground, listing):
                _take(ground.article(file), content, listing, force_exclude=True)
        else:
            _take(ground.article(given), content, listing, force_exclude=force_exclude)
    return listing


def _take(article: Article, content: Content, listing: Listing, *, force_exclude: bool) -> None:
    if article.content is None and not os.path.lexists(article.file):
        listing.fail(article.path, Text("ファイルがありません。", "There is no such file."))
    elif force_exclude and content.exclude.match(article.guide_path):
        listing.excluded += 1
    elif article.file.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        listing.fail(
            article.path,
            Text(f"記事のファイルではありません。検査できるのは {kinds} です。", f"Not an article: give {kinds}."),
        )
    else:
        listing.add(article)


def _walk(folder: Path, ground: Ground, listing: Listing) -> Iterator[Path]:
    """Yield the articles under `folder` in path order; hidden files and linked folders are left alone."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        listing.fail(relative(folder, ground.working), reason(error))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _NOT_CONTENT:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), ground, listing)
        elif entry.name.lower().endswith(SUFFIXES) and _may_be_read(entry.path):
            yield Path(entry.path)


def _may_be_read(path: str) -> bool:
    """Whether `path` is a file or a link to nothing, which reading will tell; never a pipe, which would wait."""
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))  # noqa: PTH110, PTH113, PTH114


def read_articles(articles: Iterable[Article], problems: list[Problem]) -> Iterator[Source]:
    """Read each article when it is asked for; one that cannot be read adds to `problems`."""
    for article in articles:
        try:
            yield article.read()
        except OSError as error:
            problems.append(Problem(article.path, 1, 1, reason(error)))
