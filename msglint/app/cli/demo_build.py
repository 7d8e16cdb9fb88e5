"""Builds the demo in a folder beside the one it is for: step by step, as its half year went, by the real importers."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.app.cli.demo_git import Git
from msglint.app.cli.files import GUIDE, Ground
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.guide.model import Guide
from msglint.guide.sales import Handoff
from msglint.model import Environment, Source, Text

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from msglint.app.cli.store import Loop
    from msglint.demo.half_year import HalfYear, Step
    from msglint.demo.voices import Told
    from msglint.loop.model import SheetVersion

_OUTPUT = "dist"
_EXPORTS = "exports"
_ASKS_STORE = "feedback-open"


def build(into: Path, speaker: Speaker) -> str:
    """Make the demo at `into` and return the id of a lead worth looking at; raises Unusable, leaving nothing."""
    into = into.absolute()
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        with _beside(into) as folder:
            return _filled(folder, speaker)
    except OSError as error:
        raise Unusable(f"{into} を作れません({error.strerror})。", f"Cannot make {into} ({error.strerror}).") from error


@contextmanager
def _beside(into: Path) -> Iterator[Path]:
    """Give a folder that takes the place of `into` when all went well, and is removed otherwise."""
    folder = Path(tempfile.mkdtemp(prefix=f".{into.name}.", dir=into.parent))
    try:
        yield folder
        if into.exists():  # empty, and perhaps the folder somebody is in: it stays the same folder
            for child in sorted(folder.iterdir()):
                child.rename(into / child.name)
        else:
            mask = os.umask(0)
            os.umask(mask)
            folder.chmod(0o777 & ~mask)
            folder.rename(into)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class _Site:
    """The folder as it grows, and what is remembered of it: commits by day, versions of sheets by article."""

    folder: Path
    git: Git
    engine: Engine
    speaker: Speaker
    commits: dict[str, str] = field(default_factory=dict)
    editions: dict[str, list[SheetVersion]] = field(default_factory=dict)
    guides: dict[bytes, Guide] = field(default_factory=dict)

    def write(self, path: str, content: bytes) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def guide(self, content: bytes) -> Guide:
        if content not in self.guides:
            self.guides[content] = _guide(content, self.folder)
        return self.guides[content]

    def project(self, day: date) -> Project:
        from msglint.rule import discover

        guide = self.guide((self.folder / GUIDE).read_bytes())
        return Project(Ground(self.folder, self.folder), guide, discover(), Environment(day, self.speaker.language))

    def loop(self, now: datetime) -> Loop:
        from msglint.app.cli.store import Loop
        from msglint.demo.story import ZONE

        return Loop(self.project(now.astimezone(ZONE).date()), self.engine, ZONE, now)


def _filled(folder: Path, speaker: Speaker) -> str:
    from msglint.app.cli.store import speaking

    quiet = dataclasses.replace(speaker, quiet=True, verbose=False)
    git = Git(folder)
    if not git.there:
        speaker.note(
            Text(
                "git がないため、履歴のないデモを作ります(コミットに関わる表示は出ません)。",
                "There is no git: the demo has no history, and nothing that needs commits.",
            )
        )
    with speaking():
        from msglint.loop.store import file_url, open_store

        engine = open_store(file_url(folder))
        try:
            return _lived(_Site(folder, git, engine, quiet))
        finally:
            engine.dispose()


def _lived(site: _Site) -> str:
    """Go through the half year in order, then write down what people agreed on, and make the sheets."""
    from msglint.demo.half_year import half_year, steps
    from msglint.demo.market import LAST

    year = half_year(_handoffs(site))
    told: list[tuple[str, Told]] = []
    for step in steps():
        if isinstance(step, int):
            _commit(site, step)
        else:
            told += _take_in(site, year, step)
    _agree(site, told)
    _make_sheets(site, LAST)
    return year.shown


def _take_in(site: _Site, year: HalfYear, step: Step) -> Iterator[tuple[str, Told]]:
    """Import the exports of a month, and yield what sales said in it, each with the id it was kept under."""
    from msglint.app.cli import feedback_import
    from msglint.demo.exports import FORM, answers, monthly

    for name, content in monthly(year, step):
        _import(site, f"{_EXPORTS}/{step.day}/{name}", content, step.at)
    said = year.told_in(step)
    content = answers(said, site.editions)
    path = f"{_EXPORTS}/{step.day}/{FORM}"
    site.write(path, content)
    call = feedback_import.Call(path, None, dry_run=False, strict=True, columns={}, folder=None)
    kept = feedback_import.put_in(site.loop(step.at), content, call).answers.said
    yield from zip((one.answer.feedback.id for one in kept), said, strict=True)


def _handoffs(site: _Site) -> list[Handoff]:
    """Return the hand-over rules of each version of the guide."""
    from msglint.demo import story

    numbers = [number for number, commit in enumerate(story.commits()) if GUIDE in commit.paths]
    found = [site.guide(story.written(number)[GUIDE]).handoff for number in numbers]
    return [handoff for handoff in found if handoff is not None]


def _guide(content: bytes, folder: Path) -> Guide:
    from msglint.guide.load import load_guide
    from msglint.rule import catalogue, discover

    return load_guide(
        Source(GUIDE, content), catalogue=catalogue(discover()), read=lambda path: (folder / path).read_bytes()
    )


def _commit(site: _Site, number: int) -> None:
    from msglint.demo import story

    commit = story.commits()[number]
    files = story.written(number)
    for path, content in files.items():
        site.write(path, content)
    if id := site.git.commit(commit.message, by=commit.by, at=commit.at, paths=sorted(files)):
        site.commits[str(commit.at.date())] = id
    articles = sorted(path for path in files if path.startswith("content/"))
    if articles:
        _remember(site, articles, commit.at.date())


def _remember(site: _Site, articles: list[str], day: date) -> None:
    """Keep which version of its sheet each of the articles gives now."""
    from msglint.app.cli.collect import collect
    from msglint.app.cli.examine import Effort, examine
    from msglint.app.cli.manifests import version_of
    from msglint.loop import records
    from msglint.loop.store import writing
    from msglint.sheet.manifest import record

    project = site.project(day)
    named = [project.ground.article(site.folder / path) for path in articles]
    alone = tuple(rule for rule in project.rules if not rule.corpus and rule.id != _ASKS_STORE)
    run = examine(project, alone, named, Effort(1, cached=False), site.speaker)
    made = [version_of(record(sheet, {})) for sheet in collect(project, named, run, site.speaker, draft=False)]
    for one in made:
        site.editions.setdefault(one.article, []).append(one)
    with writing(site.engine) as connection:
        records.add(connection, *made)


def _import(site: _Site, path: str, content: bytes, at: datetime) -> None:
    from msglint.app.cli.leads_import import Call, put_in, read_export

    file = site.write(path, content)
    loop = site.loop(at)
    call = Call(str(file), None, dry_run=False, strict=True, kind=None, system=None, columns={})
    put_in(loop, read_export(loop, call), call)


def _agree(site: _Site, told: Sequence[tuple[str, Told]]) -> None:
    from msglint.demo import agreements
    from msglint.loop import records
    from msglint.loop.store import writing

    with writing(site.engine) as connection:
        records.add(
            connection,
            *agreements.action_items(told, site.commits),
            *agreements.reviews(),
            *agreements.statements(),
            *agreements.visits(),
        )


def _make_sheets(site: _Site, day: date) -> None:
    from msglint.app.cli.sheet import Call, make_in
    from msglint.app.cli.useful import rated

    folder = site.folder / _OUTPUT
    call = Call(
        (), None, str(folder), (), check=False, draft=False, allow_errors=False, keep=False, jobs=1, no_cache=True
    )
    make_in(folder, site.project(day), call, site.speaker, lambda made: rated(site.engine, made))
