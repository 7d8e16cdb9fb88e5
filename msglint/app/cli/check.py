"""`msglint check`: lists, filters and prints what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from msglint.app.cli import baseline, options
from msglint.app.cli.examine import Effort, asked, examine
from msglint.app.cli.files import Article
from msglint.app.cli.meaning import measured
from msglint.app.cli.output import print_data, print_text, require_folder, write_named
from msglint.app.cli.project import open_project, runnable, selected
from msglint.app.cli.reporters import TEXT, reporter, text_report
from msglint.app.cli.speech import Command, Speaker, one_of
from msglint.model import Diagnostic, Result, Run, Severity, Text
from msglint.report import FORMATS

if TYPE_CHECKING:
    from msglint.app.cli.changed import Changes

CLEAN, FOUND, UNUSABLE = 0, 1, 2
_LEVELS = (*(str(severity) for severity in Severity), "never")


class Call(NamedTuple):
    """The options of one call."""

    paths: tuple[str, ...]
    guide: str | None
    format: str
    output: str | None
    select: tuple[tuple[str, ...], ...]
    ignore: tuple[tuple[str, ...], ...]
    fail_on: str
    baseline: str | None
    write_baseline: str | None
    changed_since: str | None
    statistics: bool
    stdin_filename: str
    force_exclude: bool
    jobs: int
    no_cache: bool


@click.command(
    "check",
    cls=Command,
    about=Text(
        "記事をガイドに照らして検査します。\n"
        "PATH はファイルかフォルダーです。- は標準入力から1つの記事を読みます。"
        "何も指定しなければ、ガイドの content に当たる記事をすべて検査します。\n"
        "終了コード: 0 は --fail-on 以上の指摘なし、1 はあり、2 は使えない指定、ガイド、ファイルがあった場合です。",
        "Checks articles against the guide.\n"
        "PATH is a file or a folder; - reads one article from standard input. "
        "With none, all articles of the guide's content are checked.\n"
        "Exit status: 0 nothing at or above --fail-on, 1 something, 2 the call, the guide or a file cannot be used.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@options.guide
@options.option(
    "--format",
    default="text",
    metavar="FORMAT",
    about=Text(
        f"出力の形式です: {', '.join(FORMATS)}(既定: {TEXT})。",
        f"Form of the output: {', '.join(FORMATS)} (default: {TEXT}).",
    ),
)
@options.option(
    "--output", metavar="FILE", about=Text("画面ではなくファイルに出力します。", "Write to a file, not to the screen.")
)
@options.selection
@options.option(
    "--fail-on",
    type=one_of("--fail-on", *_LEVELS),
    default="error",
    metavar="|".join(_LEVELS),
    about=Text(
        "この重大度以上の指摘があれば、終了コードを1にします(既定: error)。",
        "Exit with 1 for diagnostics of this severity or worse (default: error).",
    ),
)
@options.option(
    "--baseline",
    metavar="FILE",
    about=Text("このファイルに記録した指摘は表示しません。", "Leave out the diagnostics recorded in this file."),
)
@options.option(
    "--write-baseline",
    metavar="FILE",
    about=Text("今の指摘をすべてこのファイルに記録します。", "Record all present diagnostics in this file."),
)
@options.option(
    "--changed-since",
    metavar="REV",
    about=Text(
        "git のコミット REV から変わった行の指摘だけを表示します。",
        "Show diagnostics on lines that changed since the git commit REV only.",
    ),
)
@options.option(
    "--statistics",
    is_flag=True,
    about=Text("ルールと用語ごとの件数を表示します。", "Show counts by rule and entry."),
)
@options.reading
@options.effort
@options.common
@click.pass_obj
def check(speaker: Speaker, /, **given: Any) -> int:
    """Check what was asked for and return the exit status."""
    return _checked(speaker, Call(**given))


def _checked(speaker: Speaker, call: Call) -> int:
    for target in (call.output, call.write_baseline):
        require_folder(target)
    project = measured(open_project(speaker, call.guide), speaker)
    encode = reporter(call.format, plugins=project.guide.plugins)
    rules = runnable(project, selected(project.rules, call.select, call.ignore), call.select, speaker)
    known = baseline.load(call.baseline) if call.baseline is not None and call.write_baseline is None else None
    listing = asked(project, call.paths, stdin_filename=call.stdin_filename, force_exclude=call.force_exclude)
    changes = _changes(call.changed_since, project.ground.root)
    named = [a for a in listing.articles.values() if changes is None or changes.touch(a.file)]
    run = examine(project, rules, named, Effort(call.jobs, not call.no_cache), speaker)
    run = replace(run, unreadable=(*listing.problems, *run.unreadable))
    for problem in run.unreadable:
        speaker.problem(problem)
    paths = {article.path: article.guide_path for article in named}
    if call.write_baseline is not None:
        return _record(run, Path(call.write_baseline), paths, speaker)
    if known is not None:
        _tell_gone(baseline.gone(known, run, paths), speaker)
        run = replace(run, results=baseline.without(run.results, known, paths))
    if changes:
        run = replace(run, results=_on_changed_lines(run.results, changes, listing.articles))
    _print(run, encode, call, speaker)
    return status(run, call.fail_on)


def _changes(revision: str | None, folder: Path) -> Changes | None:
    if revision is None:
        return None
    from msglint.app.cli.changed import changes_since

    return changes_since(revision, folder)


def _record(run: Run, file: Path, paths: Mapping[str, str], speaker: Speaker) -> int:
    found = baseline.recorded(run.results, paths)
    write_named(file, baseline.encode(found))
    speaker.note(
        Text(
            f"指摘{found.total()}件をベースライン {file} に記録しました。",
            f"Recorded {found.total()} diagnostics in the baseline {file}.",
        )
    )
    return UNUSABLE if run.unreadable else CLEAN


def _tell_gone(gone: int, speaker: Speaker) -> None:
    if gone:
        speaker.note(
            Text(
                f"ベースラインの{gone}件は、もう見つかりません。--write-baseline で作り直すと減らせます。",
                f"{gone} of the baseline's diagnostics are gone. Make it anew with --write-baseline.",
            )
        )


def _on_changed_lines(
    results: Sequence[Result], changes: Changes, articles: Mapping[str, Article]
) -> tuple[Result, ...]:
    def changed(d: Diagnostic) -> bool:
        return changes.hit(articles[d.path].file, d.start.line, d.end.line)

    return tuple(replace(r, diagnostics=tuple(filter(changed, r.diagnostics))) for r in results)


def _print(run: Run, encode: Callable[[Run], str], call: Call, speaker: Speaker) -> None:
    for_people = call.format == TEXT
    report = text_report(run, speaker, to_file=call.output is not None) if for_people else encode(run)
    if call.statistics:
        from msglint.report.statistics import statistics

        counted = statistics(run)
        if for_people:
            report += f"\n{counted}"
        else:
            speaker.line(counted.rstrip("\n"))
    if call.output is not None:
        write_named(Path(call.output), report.encode("utf-8", "replace"))
    elif for_people:
        print_text(report)
    else:
        print_data(report)


def status(run: Run, fail_on: str) -> int:
    """Return the exit status: 2 when something could not be looked at, 1 for a diagnostic as bad as `fail_on`."""
    if run.unreadable:
        return UNUSABLE
    bad = fail_on != "never" and any(d.severity.rank <= Severity(fail_on).rank for d in run.diagnostics)
    return FOUND if bad else CLEAN
