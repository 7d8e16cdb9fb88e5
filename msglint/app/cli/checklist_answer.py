"""Gathers what the checklist is judged by, and answers it; records what people state of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msglint.app.cli.files import Article as File
from msglint.app.cli.files import content_articles
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.app.cli.store import Loop, open_loop
from msglint.model import InputInvalid, Run, Text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from msglint.loop.checklist.model import Article, Content, Ground, Made, Revision, Rows

Changes: TypeAlias = "Mapping[str, tuple[Revision, ...]]"
_CARRYING = "claim-missing"


def answer(speaker: Speaker, guide: str | None, sheets: str, form: str) -> str:
    """Return the checklist in `form`: text, html, markdown or json."""
    with open_loop(speaker, guide) as loop:
        from msglint.loop.checklist import answers, telling
        from msglint.loop.checklist.page import html

        ground = _ground(loop, loop.project.ground.root / sheets, speaker)
        found, language = answers(ground), speaker.language
        match form:
            case "html":
                return html(found, ground.today, language, company=loop.project.guide.name)
            case "markdown":
                return telling.markdown(found, ground.today, language)
            case "json":
                return telling.as_json(found, ground.today)
        return telling.text(found, ground.today, language)


def record(
    speaker: Speaker, guide: str | None, point: int, said: str, by: str, link: str | None, *, holds: bool
) -> None:
    """Keep what `by` states of the point, as of today."""
    with open_loop(speaker, guide) as loop:
        from msglint.loop import records
        from msglint.loop.checklist.points import POINTS
        from msglint.loop.model import Statement
        from msglint.loop.store import writing

        on = loop.project.environment.today
        with writing(loop.engine) as connection:
            records.add(connection, Statement(point, said, holds, by, on, link))
    title = POINTS[point - 1].title
    speaker.note(Text(f"記録しました({on}、{by}): {point} {title.ja}", f"Recorded ({on}, {by}): {point} {title.en}"))


def _ground(loop: Loop, folder: Path, speaker: Speaker) -> Ground:
    from msglint.app.cli.commits import commits_of
    from msglint.loop.checklist.model import Ground
    from msglint.loop.judging import rules
    from msglint.loop.store import writing

    with writing(loop.engine) as connection:
        revisions, rows = tuple(rules(connection, loop.handoff)), _rows(connection)
    project, root = loop.project, loop.project.ground.root
    changes = commits_of(root)
    files = list(content_articles(project.ground, project.guide.content).articles.values())
    guide = (changes or {}).get(Path(project.guide.path).name, ())
    return Ground(
        guide=project.guide,
        revisions=revisions,
        rows=rows,
        now=loop.now,
        zone=loop.zone,
        clock=loop.clock(),
        content=_content(project, files, changes, speaker),
        sheets=_sheets(folder, files),
        guide_last=next(iter(guide), None),
        files=frozenset(r.minutes for r in rows.reviews if r.minutes and (root / r.minutes).is_file()),
    )


def _rows(connection: Connection) -> Rows:
    from msglint.loop import records
    from msglint.loop.checklist.model import Rows

    return Rows(
        leads=tuple(records.leads(connection)),
        actions=records.actions(connection),
        handovers=tuple(records.handovers(connection)),
        deals=tuple(records.deals(connection)),
        figures=tuple(records.figures(connection)),
        feedback=tuple(records.feedback(connection)),
        items=tuple(records.feedback_items(connection)),
        action_items=tuple(records.action_items(connection)),
        imports=tuple(records.imports(connection)),
        reviews=tuple(records.reviews(connection)),
        statements=tuple(records.statements(connection)),
        visits=tuple(records.visits(connection)),
    )


def _content(project: Project, files: Sequence[File], changes: Changes | None, speaker: Speaker) -> Content:
    """Check the articles, and return what that gave."""
    from msglint.app.cli.examine import Effort, examine
    from msglint.app.cli.meaning import measured
    from msglint.app.cli.project import runnable
    from msglint.loop.checklist.model import Content

    if not files:
        return Content(changes=changes)
    project = measured(project, speaker)
    chosen = runnable(project, project.rules, (), speaker)
    rules = tuple(rule.surveying if rule.id == _CARRYING else rule for rule in chosen)
    run = examine(project, rules, files, Effort(0, cached=True), speaker)
    read = [_article(file, changes) for file in files]
    return Content(
        articles=tuple(one for one, _ in read),
        diagnostics=tuple(run.diagnostics),
        carried=None if project.guide.setting(_CARRYING).severity == "off" else _carried(run),
        excused=sum(excused for _, excused in read),
        unread=len(run.unreadable),
        changes=None if changes is None else {file.guide_path: changes.get(file.guide_path, ()) for file in files},
    )


def _article(file: File, changes: Changes | None) -> tuple[Article, int]:
    """Return the article, and how many diagnostics of it somebody silenced with a reason; raises Unusable."""
    from msglint.document.parse import parse
    from msglint.loop.checklist.model import Article

    try:
        document = parse(file.read())
    except (OSError, InputInvalid):  # the check has told of it
        return Article(file.guide_path, None, None), 0
    front = document.front
    entry = front.entries.get("feedback") if front else None
    named = entry.value if entry else ()
    ids = tuple(str(id) for id in (named if isinstance(named, list) else [named] if named else []))
    persona, stage = (front.text("persona"), front.text("stage")) if front else (None, None)
    last = next(iter((changes or {}).get(file.guide_path, ())), None)
    excused = sum(len(one.rules) for one in document.suppressions if one.covers and one.reason)
    return Article(file.guide_path, persona, stage, ids, last), excused


def _carried(run: Run) -> Counter[str]:
    """Return how many articles carry each claim."""
    from msglint.analysis.meaning import CARRIED

    found: Counter[str] = Counter()
    for result in run.results:
        scores = [one.value["claims"] for one in result.evidence if one.rule == _CARRYING and one.about == "section"]
        found.update({claim for claims in scores for claim, (value, *_) in claims.items() if value >= CARRIED})
    return found


def _sheets(folder: Path, files: Sequence[File]) -> tuple[Made, ...] | None:
    """Return the sheets of the manifest in `folder`; None when there is none. Raises Unusable."""
    from msglint.app.cli.making import read_manifest
    from msglint.app.cli.manifests import version_of
    from msglint.loop.checklist.model import Made
    from msglint.sheet.manifest import NAME

    if not (folder / NAME).is_file():
        return None
    articles = {file.guide_path: file for file in files}
    return tuple(
        Made(
            version_of(one),
            one.persona,
            one.stage,
            one.article in articles and not one.outdated and _digest(articles[one.article]) == one.sha256,
            all((folder / file.path).is_file() for file in one.files.values()),
        )
        for _, one in sorted(read_manifest(folder).items())
    )


def _digest(file: File) -> str:
    try:
        return hashlib.sha256(file.read().content).hexdigest()
    except OSError:
        return ""
