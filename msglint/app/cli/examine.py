"""Lists the articles that were asked for, and runs the engine over them."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msglint.app.cli.files import Article, Listing, asked_articles, content_articles, read_articles
from msglint.app.cli.models import analyzer_of, in_one_process, store_of, usable
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.guide.model import Content
from msglint.model import Problem, Run, Source, Text

if TYPE_CHECKING:
    from msglint.cache import Cache
    from msglint.rule import Rule

MEASURED = frozenset({"off-message"})
"""Rules that read the guide's `drift.reference`, wherever it is."""
_MANY = 50
_PATIENCE = 1.0
_CHECKING = Text("検査中", "Checking")


class Effort(NamedTuple):
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
    articles = compared(project, rules, named)
    project = _with_complaints(project, rules, named, speaker)
    paths = {article.path for article in named}
    unread: list[Problem] = []
    speaker.detail(
        Text(
            f"記事: {len(named)}件(比べる記事を含めて{len(articles)}件)、ルール: {len(rules)}件",
            f"articles: {len(named)} ({len(articles)} with those to compare), rules: {len(rules)}",
        )
    )
    run = examine_sources(
        project, rules, read_articles(articles, unread), effort, speaker, count=len(articles), named=paths
    )
    unreadable = (*run.unreadable, *(problem for problem in unread if problem.path in paths))
    return dataclasses.replace(run, unreadable=unreadable)


def _with_complaints(project: Project, rules: Sequence[Rule], named: Sequence[Article], speaker: Speaker) -> Project:
    """Return `project` with what sales could not use of the `named` articles, when a rule is on that reports it."""
    from msglint.app.cli.complaints import RULE, standing

    if project.guide.setting(RULE).severity == "off" or not any(rule.id == RULE for rule in rules):
        return project
    found = standing(project, named, speaker)
    return dataclasses.replace(project, environment=dataclasses.replace(project.environment, complaints=found))


def examine_sources(
    project: Project,
    rules: tuple[Rule, ...],
    sources: Iterable[Source],
    effort: Effort,
    speaker: Speaker,
    *,
    count: int,
    named: Collection[str] | None = None,
) -> Run:
    """Run the engine over `count` articles that were read, with the cache and a progress bar."""
    from msglint.engine import lint_corpus

    store = store_of(project) if effort.cached else None
    analyzer = analyzer_of(project, store)
    with (
        usable(project),
        _cache(project, effort) as cache,
        store or contextlib.nullcontext(),
        progress(count, speaker) as counted,
    ):
        return lint_corpus(
            sources,
            project.guide,
            rules=rules,
            environment=project.environment,
            named=named,
            analyzer=analyzer,
            jobs=1 if in_one_process(analyzer) else effort.jobs or _jobs(count),
            cache=cache,
            progress=counted,
        )


def _cache(project: Project, effort: Effort) -> contextlib.AbstractContextManager[Cache | None]:
    if not effort.cached:
        return contextlib.nullcontext()
    from msglint.cache import FOLDER, Cache

    return Cache(project.ground.root / FOLDER)


def compared(project: Project, rules: Sequence[Rule], named: Sequence[Article]) -> list[Article]:
    """Return `named` and, if a rule that is on compares articles, all that they are compared with, in path order.

    These are the guide's content and the reference articles that sections are measured by.
    """
    articles = {article.path: article for article in named}
    comparing = {r.id for r in rules if r.corpus and project.guide.setting(r.id).severity != "off"}
    if comparing:
        articles = content_articles(project.ground, project.guide.content).articles | articles
    if MEASURED & comparing and (reference := project.guide.drift.reference):
        articles = content_articles(project.ground, Content(reference)).articles | articles
    return [articles[path] for path in sorted(articles)]


def _jobs(articles: int) -> int:
    """Return how many processes are worth their start."""
    if articles <= _MANY:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def progress(total: int, speaker: Speaker, doing: Text = _CHECKING) -> Iterator[Callable[[int], None] | None]:
    """Give a function that counts what is done: a bar on a terminal after a second, and nothing elsewhere."""
    if speaker.quiet or not sys.stderr.isatty():
        yield None
        return
    import click

    start, done, shown = time.monotonic(), 0, False
    label = doing.in_(speaker.language)
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
