"""`msglint drift`: which article carries which claim, and what has drifted from all of them."""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msglint.app.cli import options
from msglint.app.cli.examine import Effort, asked, compared, examine, examine_sources
from msglint.app.cli.files import Listing, read_articles
from msglint.app.cli.meaning import measured, undivided
from msglint.app.cli.models import encoder_of
from msglint.app.cli.output import print_data, print_text, require_folder, write_named
from msglint.app.cli.project import Project, open_project
from msglint.app.cli.reporters import room
from msglint.app.cli.speech import Command, Speaker, one_of
from msglint.app.cli.unusable import Unusable
from msglint.model import InputInvalid, Run, Text

if TYPE_CHECKING:
    from msglint.drift.model import Drift, Month
    from msglint.rule import Rule

DONE, UNUSABLE = 0, 2
_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".txt": "text"}


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    paths: tuple[str, ...]
    guide: str | None
    format: str | None
    output: str | None
    history: bool
    stdin_filename: str
    force_exclude: bool
    jobs: int
    no_cache: bool


@click.command(
    "drift",
    cls=Command,
    about=Text(
        "どの記事がどの主張を伝えているか、どの節が主張から離れているかを一覧にします。\n"
        "PATH はファイルかフォルダーです。何も指定しなければ、ガイドの content に当たる記事をすべて見ます。",
        "Shows which article carries which claim, and which sections are off message.\n"
        "PATH is a file or a folder. With none, all articles of the guide's content are shown.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@options.guide
@options.option(
    "--format",
    type=one_of("--format", "text", "json"),
    metavar="text|json",
    about=Text("出力の形式です(既定: text)。", "Form of the output (default: text)."),
)
@options.option(
    "--output",
    metavar="FILE",
    about=Text(
        "画面ではなくファイルに出力します。形式は拡張子(.html、.json、.txt)で決まります。",
        "Write to a file, not to the screen; its suffix (.html, .json, .txt) says in what form.",
    ),
)
@options.option(
    "--history",
    is_flag=True,
    about=Text("git をさかのぼり、月ごとの動きも調べます。", "Also go back through git, month by month."),
)
@options.reading
@options.effort
@options.common
@click.pass_obj
def drift(speaker: Speaker, /, **given: object) -> int:
    """Show the picture and return the exit status."""
    return _shown(speaker, Call(**given))  # type: ignore[arg-type]


def _shown(speaker: Speaker, call: Call) -> int:
    require_folder(call.output)
    form = _form(call)
    project = measured(open_project(speaker, call.guide), speaker)
    whole = dataclasses.replace(project, guide=undivided(project.guide))
    listing = asked(project, call.paths, stdin_filename=call.stdin_filename, force_exclude=call.force_exclude)
    rules = _rules(project)
    effort = Effort(call.jobs, not call.no_cache)
    articles = compared(whole, rules, list(listing.articles.values()))
    run = examine(whole, rules, articles, effort, speaker)
    problems = [*listing.problems, *(p for p in run.unreadable if p.path in listing.articles)]
    for problem in problems:
        speaker.problem(problem)
    picture = _picture(run, project)
    if call.history:
        picture = dataclasses.replace(picture, trend=(*_past(whole, rules, effort, speaker), _now(picture, project)))
    shown = tuple(a for a in picture.articles if a.path in listing.articles)
    _print(dataclasses.replace(picture, articles=shown), form, call, speaker, listing)
    return UNUSABLE if problems else DONE


def _form(call: Call) -> str:
    """Return how to write: as `--format` says, else as the suffix of `--output` does; raises Unusable."""
    if call.output is None or call.format is not None:
        return call.format or "text"
    suffix = Path(call.output).suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise Unusable(
            f"--output の {call.output} の形式がわかりません。拡張子は {known} のどれかにしてください。",
            f"The form of --output {call.output} is unknown. Use one of the suffixes {known}.",
        )
    return _SUFFIXES[suffix]


def _rules(project: Project) -> tuple[Rule, ...]:
    from msglint.drift.measure import RULES

    return tuple(rule.surveying for rule in project.rules if rule.id in RULES)


def _picture(run: Run, project: Project) -> Drift:
    from msglint.analysis.on_message import THRESHOLD
    from msglint.drift.measure import measure

    rule = next(rule for rule in project.rules if rule.id == "near-duplicate")
    chosen = {o.name: o.default for o in rule.options} | dict(project.guide.setting(rule.id).options)
    threshold = project.environment.threshold
    return measure(
        run,
        project.guide,
        encoder_of(project),
        THRESHOLD if threshold is None else threshold,
        similarity=float(chosen["similarity"]),
    )


def _past(project: Project, rules: tuple[Rule, ...], effort: Effort, speaker: Speaker) -> list[Month]:
    from msglint.app.cli.history import months

    found = []
    for day, sources in months(project):
        run = examine_sources(project, rules, sources, effort, speaker, count=len(sources))
        found.append(_month(day, _picture(run, project)))
    return found


def _now(picture: Drift, project: Project) -> Month:
    return _month(project.environment.today, picture)


def _month(day: date, picture: Drift) -> Month:
    from msglint.drift.trend import month

    return month(day, picture)


def _print(picture: Drift, form: str, call: Call, speaker: Speaker, listing: Listing) -> None:
    if form == "html":
        from msglint.drift.page import encode as encode_page

        report = encode_page(picture, language=speaker.language, texts=_texts(listing))
    elif form == "json":
        from msglint.drift.json import encode as encode_json

        report = encode_json(picture)
    else:
        from msglint.drift.text import encode as encode_text

        report = encode_text(picture, language=speaker.language, width=room(to_file=call.output is not None))
    if call.output is not None:
        write_named(Path(call.output), report.encode("utf-8", "replace"))
    elif form == "text":
        print_text(report)
    else:
        print_data(report)


def _texts(listing: Listing) -> dict[str, str]:
    """Return what the articles say, by path; of one that cannot be used nothing, as has been told."""
    from msglint.document.decode import decode

    texts = {}
    for source in read_articles(listing.articles.values(), []):
        with contextlib.suppress(InputInvalid):
            texts[source.path] = decode(source)[0]
    return texts
