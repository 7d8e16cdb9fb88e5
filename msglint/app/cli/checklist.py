"""`msglint checklist`: the fifteen points of the alignment checklist, each with its evidence."""

from __future__ import annotations

from pathlib import Path

import click

from msglint.app.cli import options
from msglint.app.cli.output import print_data, print_text, require_folder, write_named
from msglint.app.cli.speech import Active, Command, Speaker, one_of
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

_MEMBERS = {
    "state": (
        f"{__name__}:state",
        Text("人が確認したことを記録します。", "Record what a person says of a point."),
    ),
}
_FORMATS = ("text", "html", "markdown", "json")
_POINTS = 15


@click.command(
    "checklist",
    cls=Active,
    members=_MEMBERS,
    about=Text(
        "営業とマーケティングの連携を、15の項目で点検します。項目ごとに「満たす」「満たさない」「証拠あり(人が確認)」"
        "「判定できない」のどれかと、その証拠、日付、リンクを表示します。合計点は付けません。\n"
        "証拠は、ガイド、記事の検査、gitの履歴、シートの一覧、取り込んだデータから集めます。",
        "Checks how sales and marketing are aligned, by fifteen points: each holds, does not hold, has evidence for a "
        "person to confirm, or cannot be told, with its evidence, day and link. There is no total score.\n"
        "The evidence comes from the guide, a check of the articles, git, the sheets and what was imported.",
    ),
)
@options.guide
@options.option(
    "--format",
    type=one_of("--format", *_FORMATS),
    metavar="|".join(_FORMATS),
    about=Text(
        "出力の形式です(既定: --output の拡張子に合う形式。なければtext)。",
        "Form of the output (default: that of --output's suffix, else text).",
    ),
)
@options.option(
    "--output", metavar="FILE", about=Text("画面ではなくファイルに出力します。", "Write to a file, not to the screen.")
)
@options.option(
    "--sheets",
    metavar="DIR",
    default="dist",
    about=Text(
        "msglint sheet が作ったフォルダーです(既定: ガイドと同じ場所の dist)。",
        "The folder that msglint sheet made (default: dist beside the guide).",
    ),
)
@options.common
@click.pass_context
def checklist(ctx: click.Context, guide: str | None, format: str | None, output: str | None, sheets: str) -> int:
    """Print the checklist, unless a command of its own was called."""
    if ctx.invoked_subcommand is not None:
        return 0
    require_folder(output)
    from msglint.app.cli.checklist_answer import answer

    said = answer(ctx.ensure_object(Speaker), guide, sheets, format or _form_of(output))
    if output is not None:
        write_named(Path(output), said.encode("utf-8", "replace"))
    else:
        (print_text if format in (None, "text") else print_data)(said)
    return 0


def _form_of(output: str | None) -> str:
    suffixes = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".json": "json"}
    return suffixes.get(Path(output).suffix.lower(), "text") if output else "text"


def _point(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() else 0
    if not 1 <= number <= _POINTS:
        raise Unusable(
            f"項目 {value} はありません。1から{_POINTS}の番号を指定してください。",
            f"There is no point {value}. Give a number from 1 to {_POINTS}.",
        )
    return number


@click.command(
    "state",
    cls=Command,
    about=Text(
        "チェックリストの項目 NUMBER について、人が確認したことを、誰がいつ述べたかとともに記録します。\n"
        "証拠がある項目は、人の確認で「満たす」になります。満たさないという記録は、いつでも優先します。"
        "記録は半年間数えます。",
        "Records what a person says of the point NUMBER, with who and when.\n"
        "A point with evidence holds once a person confirms it; that it does not hold counts always. "
        "A word counts for half a year.",
    ),
)
@click.argument("number", type=_point, metavar="NUMBER")
@options.guide
@options.option(
    "--holds/--fails",
    "holds",
    default=None,
    about=Text("満たす、または満たさない。", "It holds, or it does not."),
)
@options.option("--by", metavar="NAME", about=Text("誰が述べたか(役職など)。", "Who says so (a role will do)."))
@options.option("--said", metavar="TEXT", about=Text("何を確認したか。", "What was confirmed."))
@options.option("--link", metavar="LINK", about=Text("確かめられる場所です。", "Where it can be seen."))
@options.common
@click.pass_obj
def state(
    speaker: Speaker, number: int, guide: str | None, holds: bool | None, by: str | None, said: str | None,
    link: str | None,
) -> int:  # fmt: skip
    """Record a statement."""
    if holds is None:
        raise Unusable("--holds か --fails を付けてください。", "Say --holds or --fails.")
    for name, given in (("--by", by), ("--said", said)):
        if not (given or "").strip():
            raise Unusable(f"{name} を指定してください。", f"{name} is needed.")
    from msglint.app.cli.checklist_answer import record

    record(speaker, guide, number, str(said).strip(), str(by).strip(), link, holds=holds)
    return 0
