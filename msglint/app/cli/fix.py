"""`msglint fix`: puts the safe fixes into articles, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from msglint.app.cli import options
from msglint.app.cli.examine import Effort, asked, examine
from msglint.app.cli.files import Article, Listing
from msglint.app.cli.mend import Mended, difference, mend
from msglint.app.cli.output import print_data, write_file
from msglint.app.cli.project import Project, open_project, selected
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.unusable import reason
from msglint.model import InputInvalid, Problem, Text


@click.command(
    "fix",
    cls=Command,
    about=Text(
        "意味の変わらない安全な修正を、記事に書き込みます。\n"
        "PATH はファイルかフォルダーです。- は標準入力から1つの記事を読み、直した記事を標準出力に出します。"
        "何も指定しなければ、ガイドの content に当たる記事をすべて直します。",
        "Puts the safe fixes, which cannot change the meaning, into articles.\n"
        "PATH is a file or a folder; - reads one article from standard input and prints it with its fixes. "
        "With none, all articles of the guide's content are mended.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@options.guide
@options.option(
    "--diff",
    is_flag=True,
    about=Text("変わるところを表示するだけで、書き込みません。", "Show what would change, and change nothing."),
)
@options.selection
@options.reading
@options.effort
@options.common
@click.pass_obj
def fix(
    speaker: Speaker,
    paths: tuple[str, ...],
    guide: str | None,
    diff: bool,
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    stdin_filename: str,
    force_exclude: bool,
    jobs: int,
    no_cache: bool,
) -> int:
    """Mend what was asked for and return the exit status."""
    from msglint.engine import applicable

    project = open_project(speaker, guide)
    chosen = selected(project.rules, select, ignore)
    alone = replace(project, rules=tuple(rule._replace(corpus=None) for rule in chosen))
    listing = asked(alone, paths, stdin_filename=stdin_filename, force_exclude=force_exclude)
    run = examine(alone, alone.rules, list(listing.articles.values()), Effort(jobs, not no_cache), speaker)
    problems = [*listing.problems, *run.unreadable]
    fixable = [listing.articles[r.path] for r in run.results if applicable(r.diagnostics)]
    mended = [m for article in fixable if (m := _attempt(article, alone, problems))]
    if not diff:
        mended = [m for m in mended if _written(m, problems)]
    for problem in problems:
        speaker.problem(problem)
    print_data(_shown(listing, mended, diff=diff))
    _tell(mended, speaker, diff=diff)
    return 2 if problems else 0


def _attempt(article: Article, project: Project, problems: list[Problem]) -> Mended | None:
    try:
        return mend(article, project)
    except OSError as error:
        problems.append(Problem(article.path, 1, 1, reason(error)))
    except InputInvalid as error:
        problems += error.problems
    return None


def _written(mended: Mended, problems: list[Problem]) -> bool:
    """Put the fixed article in the place of the old one; an article from standard input has no place."""
    if mended.article.content is not None:
        return True
    try:
        write_file(mended.article.file, mended.after)
    except OSError as error:
        problems.append(Problem(mended.article.path, 1, 1, reason(error)))
        return False
    return True


def _shown(listing: Listing, mended: Sequence[Mended], *, diff: bool) -> str:
    """Return what belongs on standard output: the differences, else the article that came from standard input."""
    if diff:
        return "".join(difference(m) for m in mended)
    after = {m.article.path: m.after for m in mended}
    typed = (a for a in listing.articles.values() if a.content is not None)
    return "".join(after.get(a.path, a.content or b"").decode("utf-8", "replace") for a in typed)


def _tell(mended: Sequence[Mended], speaker: Speaker, *, diff: bool) -> None:
    places = sum(m.places for m in mended)
    if not places:
        speaker.note(Text("直すところはありません。", "Nothing to fix."))
        return
    ja = "直せます(--diff なので書き込んでいません)" if diff else "直しました"
    en = "Can fix" if diff else "Fixed"
    where = "place" if places == 1 else "places"
    files = "file" if len(mended) == 1 else "files"
    speaker.note(
        Text(f"{len(mended)}ファイルの{places}か所を{ja}。", f"{en} {places} {where} in {len(mended)} {files}.")
    )
