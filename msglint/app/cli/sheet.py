"""`msglint sheet`: makes the sales sheets and the page where sales finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from msglint.app.cli import options
from msglint.app.cli.examine import Effort, asked, examine, progress
from msglint.app.cli.output import print_text, write_named
from msglint.app.cli.project import Project, open_project
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.unusable import Unusable, nearest
from msglint.model import Problem, Run, Text

if TYPE_CHECKING:
    from msglint.app.cli.making import Made, Plan
    from msglint.sheet.manifest import Record
    from msglint.sheet.model import Sheet

Rate: TypeAlias = "Callable[[Iterable[Record]], Mapping[str, tuple[int, int]]]"
DONE, LACKING, UNUSABLE = 0, 1, 2
_MAKING = Text("作成中", "Making")


@dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    paths: tuple[str, ...]
    guide: str | None
    output: str
    format: tuple[tuple[str, ...], ...]
    check: bool
    draft: bool
    allow_errors: bool
    keep: bool
    jobs: int
    no_cache: bool


def _formats(value: str) -> tuple[str, ...]:
    from msglint.sheet.formats import FORMATS

    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    for name in names:
        if name not in FORMATS:
            close = nearest(name, list(FORMATS))
            raise Unusable(
                f"--format に {name} はありません。{close.ja}選べるのは {', '.join(FORMATS)} です。",
                f"--format cannot be {name}.{close.en} Choose from {', '.join(FORMATS)}.",
            )
    return names


@click.command(
    "sheet",
    cls=Command,
    about=Text(
        "記事のタグを付けた節から、営業が商談に持っていくシートと、一覧ページを作ります。\n"
        "PATH はファイルかフォルダーです。何も指定しなければ、ガイドの content に当たる記事をすべて使います。"
        "元の記事、ガイド、テンプレートが変わったシートだけを作り直します。\n"
        "終了コード: 0 は完了、1 は作れないシートや(--check で)古いシートがあった場合、"
        "2 は使えない指定、ガイド、ファイルがあった場合です。",
        "Makes the sheets that sales takes into meetings from the tagged sections of articles, and an index page.\n"
        "PATH is a file or a folder. With none, all articles of the guide's content are used. "
        "Only sheets whose article, guide or template changed are made again.\n"
        "Exit status: 0 done, 1 a sheet cannot be made or (--check) is out of date, "
        "2 the call, the guide or a file cannot be used.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@options.guide
@options.option(
    "--output",
    metavar="DIR",
    default="dist",
    about=Text("シートを置くフォルダーです(既定: dist)。", "The folder for the sheets (default: dist)."),
)
@options.option(
    "--format",
    type=_formats,
    multiple=True,
    metavar="A,B",
    about=Text(
        "この形式だけを作ります(html, pdf, pptx, docx。既定: ガイドの formats)。",
        "Make these formats only (html, pdf, pptx, docx; default: the guide's formats).",
    ),
)
@options.option(
    "--check",
    is_flag=True,
    about=Text(
        "作り直しが必要なシートを挙げるだけで、何も作りません。",
        "Only tell which sheets are out of date, and make nothing.",
    ),
)
@options.option(
    "--draft",
    is_flag=True,
    about=Text(
        "タグのない記事からも、下書きのシートを作ります。", "Also propose sheets for articles without tags, as drafts."
    ),
)
@options.option(
    "--allow-errors",
    is_flag=True,
    about=Text(
        "誤りのある記事からも作ります。シートにはその旨が載ります。",
        "Make sheets of articles with errors too; the sheets say so.",
    ),
)
@options.option(
    "--keep",
    is_flag=True,
    about=Text("前の版のファイルを、番号を付けて残します。", "Keep the files of earlier versions, by number."),
)
@options.effort
@options.common
@click.pass_obj
def sheet(speaker: Speaker, /, **given: object) -> int:
    """Make or check the sheets and return the exit status."""
    return _run(speaker, Call(**given))  # type: ignore[arg-type]


def _run(speaker: Speaker, call: Call) -> int:
    from msglint.app.cli.meaning import measured
    from msglint.app.cli.useful import useful

    folder = Path(call.output)
    if folder.exists() and not folder.is_dir():
        raise Unusable(f"{folder} はフォルダーではありません。", f"{folder} is no folder.")
    project = measured(open_project(speaker, call.guide), speaker)
    return make_in(folder, project, call, speaker, lambda made: useful(project, made, speaker, call.guide))


def make_in(folder: Path, project: Project, call: Call, speaker: Speaker, rate: Rate) -> int:
    """Make or check in `folder` the sheets of `project`, return the exit status; `rate` tells how useful they are."""
    from msglint.app.cli.collect import collect
    from msglint.app.cli.looks import looks
    from msglint.app.cli.making import Plan, read_manifest

    look, known = looks(project), read_manifest(folder)
    listing = asked(project, call.paths, stdin_filename="", force_exclude=False)
    articles = list(listing.articles.values())
    run = examine(project, project.rules, articles, Effort(call.jobs, not call.no_cache), speaker)
    run = replace(run, unreadable=(*listing.problems, *run.unreadable))
    for problem in run.unreadable:
        speaker.problem(problem)
    found = list(collect(project, articles, run, speaker, draft=call.draft))
    faulty = {s.name for s in found if s.faults and not call.allow_errors}
    for one in found:
        if one.name in faulty:
            _tell_faults(one, project, speaker)
    kinds = {k.id: k for k in project.guide.sheets}
    only = {name for names in call.format for name in names}
    plans = [
        Plan(s, look[s.kind], _chosen(kinds[s.kind].formats if s.kind in kinds else (), only), known.get(s.name))
        for s in found
        if s.name not in faulty
    ]
    whole = not call.paths and not run.unreadable
    gone = [r for name, r in known.items() if whole and name not in {s.name for s in found}]
    if call.check:
        return _checked(plans, gone, folder, faulty, run)
    held = {name: r for name, r in known.items() if r not in gone}
    held |= {name: replace(known[name], outdated=True) for name in faulty if name in known}
    return _made(
        project, plans, gone, held, folder, call, speaker, rate, lacking=bool(faulty), unusable=bool(run.unreadable)
    )


def _chosen(formats: Sequence[str], only: set[str]) -> tuple[str, ...]:
    """Return the formats to make: the guide's (all usual ones without a definition), or those asked for."""
    from msglint.guide.sales import SheetKind

    return tuple(sorted(only)) if only else tuple(formats) or SheetKind("").formats


def _tell_faults(one: Sheet, project: Project, speaker: Speaker) -> None:
    article = project.ground.article(project.ground.root / one.provenance.article)
    for fault in one.faults:
        message = Text(f"シートを作れません: {fault.message}", f"No sheet can be made: {fault.message}")
        speaker.problem(Problem(article.path, fault.line, 1, message))


def _checked(plans: Sequence[Plan], gone: Sequence[Record], folder: Path, faulty: set[str], run: Run) -> int:
    from msglint.sheet.model import Unrenderable

    lines = []
    for plan in plans:
        try:
            lines += [f"{(folder / plan.sheet.name).as_posix()}.{format}" for format in plan.stale(folder)]
        except Unrenderable:
            lines.append((folder / plan.sheet.name).as_posix())
    lines += [(folder / file.path).as_posix() for one in gone for file in one.files.values()]
    print_text("".join(f"{line}\n" for line in sorted(lines)))
    return UNUSABLE if run.unreadable else LACKING if lines or faulty else DONE


def _made(
    project: Project, plans: Sequence[Plan], gone: Sequence[Record], held: Mapping[str, Record], folder: Path,
    call: Call, speaker: Speaker, rate: Rate, *, lacking: bool, unusable: bool,
) -> int:  # fmt: skip
    from msglint.app.cli.looks import looks
    from msglint.app.cli.making import made_all, make_folder, remove
    from msglint.sheet import index, manifest
    from msglint.sheet.build import REVISION

    make_folder(folder)
    with progress(len(plans), speaker, _MAKING) as count:
        made = made_all(plans, folder, keep=call.keep, count=count)
    remove(gone, folder)
    lacking = _tell_failures(made, speaker) or lacking
    for plan in plans:
        if made[plan.sheet.name].written:
            _tell_undrawn(plan, project, speaker)
    records = dict(held) | {name: one.record for name, one in made.items() if one.record}
    guide = project.guide
    write_named(folder / manifest.NAME, manifest.encode(guide.path, guide.digest[:REVISION], records.values()))
    rated = rate(records.values())
    write_named(folder / index.NAME, index.index(records.values(), guide, looks(project)[""], rated))
    _tell(made, len(records), folder, speaker)
    return UNUSABLE if unusable else LACKING if lacking else DONE


def _tell_undrawn(plan: Plan, project: Project, speaker: Speaker) -> None:
    from msglint.sheet.diagram import undrawn

    article = project.ground.article(project.ground.root / plan.sheet.provenance.article)
    for diagram in undrawn(plan.sheet, plan.look):
        message = Text(
            "図を描けないため、元の書き方のままシートに載せました。",
            "The diagram cannot be drawn here; the sheet shows its source.",
        )
        speaker.problem(Problem(article.path, diagram.line, 1, message))


def _tell_failures(made: Mapping[str, Made], speaker: Speaker) -> bool:
    """Say which files could not be made, those of one reason together; return whether there are any."""
    reasons: dict[tuple[str, Text], list[str]] = {}
    for name, one in made.items():
        for failure in one.failures:
            reasons.setdefault(failure, []).append(name)
    for (format, why), names in reasons.items():
        which = f"{names[0]}.{format}"
        ja, en = (
            (which, which) if len(names) == 1 else (f"{which} など{len(names)}個", f"{which} and {len(names) - 1} more")
        )
        speaker.error(Text(f"{ja}を作れません。{why.ja}", f"Cannot make {en}. {why.en}"))
    return bool(reasons)


def _tell(made: Mapping[str, Made], there: int, folder: Path, speaker: Speaker) -> None:
    written = sum(one.written for one in made.values())
    where = (folder / "index.html").as_posix()
    speaker.note(
        Text(
            f"シート{there}枚のうち、{written}個のファイルを作りました。一覧は {where} です。"
            if there
            else "営業シートになる記事がありません。節にタグを付けるか、--draft で下書きを作れます。",
            f"Sheets: {there}, files made: {written}. See {where}."
            if there
            else "No article gives a sheet. Tag sections, or try --draft.",
        )
    )
