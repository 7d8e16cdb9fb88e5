"""Lists the articles that were asked for, and runs the engine over them."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.app.cli.files import Article, Listing, asked_articles, content_articles, read_articles
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.model import Problem, Run, Text

if TYPE_CHECKING:
    from msglint.rule import Rule

_MANY = 50
_PATIENCE = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class Effort:
    """How the engine is to work: processes (0: as many as are worth it), and whether earlier results count."""

    jobs: int
    cached: bool


def asked(project: Project, paths: Sequence[str], *, stdin_filename: str, force_exclude: bool) -> Listing:
    """List the articles that `paths` name, or without any, those of the guide's `content`.

    Raises Unusable when there is none and none was excluded on purpose.
    """
    content = project.guide.content
    if paths:
        typed = project.ground.article(Path(stdin_filename), _typed()) if "-" in paths else None
        listing = asked_articles(paths, project.ground, content, force_exclude=force_exclude, typed=typed)
    else:
        listing = content_articles(project.ground, content)
    if not (listing.articles or listing.problems or (listing.excluded and force_exclude)):
        _nothing(paths, listing)
    return listing


def _typed() -> bytes:
    if sys.stdin is None:
        raise Unusable("標準入力がありません。", "There is no standard input.")
    return sys.stdin.buffer.read()


def _nothing(paths: Sequence[str], listing: Listing) -> None:
    where = ", ".join(paths)
    ja = f"{where} に検査する記事がありません。" if paths else "ガイドの content.include に当たる記事がありません。"
    en = f"There is no article to check in {where}." if paths else "No article matches the guide's content.include."
    if listing.excluded:
        ja += f"content.exclude が{listing.excluded}件を除いています。"
        en += f" content.exclude leaves out {listing.excluded}."
    raise Unusable(ja, en)


def examine(
    project: Project, rules: tuple[Rule, ...], named: Sequence[Article], effort: Effort, speaker: Speaker
) -> Run:
    """Check the `named` articles, against each other and against all of `content` when a rule compares articles."""
    from msglint.cache import FOLDER, Cache
    from msglint.engine import lint_corpus

    articles = _compared(project, rules, named)
    paths = {article.path for article in named}
    unread: list[Problem] = []
    speaker.detail(
        Text(
            f"記事: {len(named)}件(比べる記事を含めて{len(articles)}件)、ルール: {len(rules)}件",
            f"articles: {len(named)} ({len(articles)} with those to compare), rules: {len(rules)}",
        )
    )
    cache = Cache(project.ground.root / FOLDER) if effort.cached else None
    with cache or contextlib.nullcontext(), _progress(len(articles), speaker) as progress:
        run = lint_corpus(
            read_articles(articles, unread),
            project.guide,
            rules=rules,
            environment=project.environment,
            named=paths,
            jobs=effort.jobs or _jobs(len(articles)),
            cache=cache,
            progress=progress,
        )
    unreadable = (*run.unreadable, *(problem for problem in unread if problem.path in paths))
    return dataclasses.replace(run, unreadable=unreadable)


def _compared(project: Project, rules: Sequence[Rule], named: Sequence[Article]) -> list[Article]:
    """Return `named` and, if a rule that is on compares articles, all others of the guide's content."""
    articles = {article.path: article for article in named}
    if any(rule.corpus and project.guide.setting(rule.id).severity != "off" for rule in rules):
        articles = content_articles(project.ground, project.guide.content).articles | articles
    return [articles[path] for path in sorted(articles)]


def _jobs(articles: int) -> int:
    """Return how many processes are worth their start."""
    if articles <= _MANY:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _progress(total: int, speaker: Speaker) -> Iterator[Callable[[int], None] | None]:
    """Give a function that counts what is done: a bar on a terminal after a second, and nothing elsewhere."""
    if speaker.quiet or not sys.stderr.isatty():
        yield None
        return
    import click

    start, done, shown = time.monotonic(), 0, False
    label = Text("検査中", "Checking").in_(speaker.language)
    bar = click.progressbar(length=total, label=label, show_eta=False, file=sys.stderr)

    def count(more: int) -> None:
        nonlocal done, shown
        done += more
        if not shown and time.monotonic() - start > _PATIENCE:
            shown = True
            bar.__enter__()
            bar.update(done)
        elif shown:
            bar.update(more)

    try:
        yield count
    finally:
        if shown:
            bar.render_finish()
