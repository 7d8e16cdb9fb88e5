"""A content repository as an editor has it open: its guide, and the other articles that one is compared with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.app.cli.examine import compared
from msglint.app.cli.files import Article, Ground, read_articles
from msglint.app.cli.meaning import measured
from msglint.app.cli.models import analyzer_of, store_of
from msglint.app.cli.project import Project, open_project
from msglint.app.cli.speech import Speaker
from msglint.cache import FOLDER, Cache
from msglint.model import InputInvalid, Problem, Result, Source, Text
from msglint.rule import Rule

if TYPE_CHECKING:
    from msglint.analysis.view import Sudachi
    from msglint.draft import Draft


class Desk:
    """The guide at `file`, loaded, and drafts of the articles that were read so far.

    All of it is used by one thread. Raises InputInvalid with the guide's problems.
    """

    def __init__(self, file: Path, speaker: Speaker) -> None:
        from importlib.util import find_spec

        project = measured(open_project(speaker, str(file), file.parent), speaker)
        self.file = file
        self.project: Project = project
        self.rules: tuple[Rule, ...] = tuple(r for r in project.rules if not r.needs or find_spec(r.needs))
        self._analyzer: Sudachi = analyzer_of(project, store_of(project))
        self._drafts: dict[str, Draft] = {}

    @property
    def _ground(self) -> Ground:
        return self.project.ground

    def article(self, file: Path) -> Article | None:
        """Return the article at `file`; None for a file that the guide's `content` leaves out."""
        article, content = self._ground.article(file), self.project.guide.content
        shown = content.include.match(article.guide_path) and not content.exclude.match(article.guide_path)
        return article if shown else None

    def check(self, article: Article, text: str) -> Result:
        """Return what is wrong with an article as it is being written, among the others. Raises InputInvalid."""
        from msglint.engine import lint_among

        return lint_among(
            Source(article.path, text.encode("utf-8", "replace"), article.guide_path),
            self._drafts.values(),
            self.project.guide,
            rules=self.rules,
            analyzer=self._analyzer,
            environment=self.project.environment,
        )

    def gather(self) -> Iterator[None]:
        """Read all articles that one is compared with, one a step: from the cache, or anew."""
        yield from self._read(compared(self.project, self.rules, []))

    def reread(self, file: Path) -> None:
        """Read an article that changed on the disk; forget one that is gone."""
        article = self.article(file)
        if article is None:
            return
        self._drafts.pop(article.path, None)
        if os.path.isfile(file):  # noqa: PTH113  (Path's raises where it may not look)
            for _ in self._read([article]):
                pass

    def _read(self, articles: list[Article]) -> Iterator[None]:
        from msglint.workers import drafts

        sources = read_articles(articles, [])
        with Cache(self._ground.root / FOLDER) as cache:
            made = drafts(
                sources,
                self.project.guide,
                self.rules,
                self.project.environment,
                analyzer=self._analyzer if self._analyzer.models else None,
                cache=cache,
            )
            for source, outcome in made:
                if not isinstance(outcome, InputInvalid):
                    self._drafts[source.path] = outcome
                yield


def problems_of(file: Path, text: str, speaker: Speaker) -> tuple[Problem, ...]:
    """Return what is wrong with a guide as it is being written; what lies in files that it extends is at its top."""
    from msglint.guide.load import load_guide
    from msglint.rule import catalogue, discover

    try:
        guide = load_guide(
            Source(file.name, text.encode("utf-8", "replace")),
            catalogue=catalogue(discover()),
            read=lambda path: (file.parent / path).read_bytes(),
            plugins=lambda: catalogue(discover(plugins=True)),
        )
    except InputInvalid as invalid:
        return tuple(p if p.path == file.name else _from_elsewhere(p, file.name) for p in invalid.problems)
    speaker.guide_language = guide.language
    return ()


def _from_elsewhere(problem: Problem, guide: str) -> Problem:
    at = f"{problem.path}:{problem.line}:{problem.column}: "
    return Problem(guide, 1, 1, Text(at + problem.message.ja, at + problem.message.en))
