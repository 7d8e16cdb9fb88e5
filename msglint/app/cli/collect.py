"""Makes sheets, as values, of the articles that were checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from msglint.app.cli.files import Article
from msglint.app.cli.origins import History, history
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.document.model import Document
from msglint.document.parse import parse
from msglint.model import Result, Run, Text
from msglint.sheet.build import Origin, sheets
from msglint.sheet.model import Sheet, Unrenderable


def collect(
    project: Project, articles: Sequence[Article], run: Run, speaker: Speaker, *, draft: bool
) -> Iterator[Sheet]:
    """Yield the sheets of all articles, with `draft` of untagged ones too; raises Unusable when two have one name."""
    commits = history(articles, project.ground.root)
    if commits.shallow:
        speaker.note(
            Text(
                "git の履歴が途中までしかないため、シートにコミットを載せません"
                "(actions/checkout なら fetch-depth: 0 を指定してください)。",
                "The clone's history is cut off, so sheets name no commit (actions/checkout: fetch-depth: 0).",
            )
        )
    by_path, seen = {a.path: a for a in articles}, dict[str, str]()
    for result in run.results:
        for one in _of(project, by_path[result.path], result, commits, draft=draft):
            other = seen.setdefault(one.name, result.path)
            if other != result.path:
                raise Unusable(
                    f"{other} と {result.path} のシートは、同じ名前になります。どちらかの名前を変えてください。",
                    f"The sheets of {other} and {result.path} would have one name. Rename one of them.",
                )
            yield one


def _of(project: Project, article: Article, result: Result, commits: History, *, draft: bool) -> tuple[Sheet, ...]:
    """Return the sheets of one article that was checked."""
    source = article.read()
    document = parse(source)
    commit = commits.of(article.file)
    origin = Origin(
        article.guide_path,
        hashlib.sha256(source.content).hexdigest(),
        commit.id if commit else "",
        commit.day if commit else None,
    )
    try:
        if document.tags:
            return sheets(document, result, project.guide, origin)
    except Unrenderable as error:
        raise Unusable(error.reason.ja, error.reason.en) from error
    return _drafted(project, document, result, origin) if draft else ()


def _drafted(project: Project, document: Document, result: Result, origin: Origin) -> tuple[Sheet, ...]:
    from msglint.app.cli.models import encoder_of
    from msglint.sheet.draft import draft

    made = draft(document, result, project.guide, origin, encoder_of(project).encode)
    return (made,) if made else ()
