"""`msglint feedback export`: feedback as CSV, and what is open as the file that `check` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from msglint.app.cli import options
from msglint.app.cli.complaints import EXPORTED
from msglint.app.cli.feedback_found import Filter, Talk, standing, talks
from msglint.app.cli.feedback_options import filtered, refuse_filters
from msglint.app.cli.output import print_data, require_folder, write_named
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.store import open_loop
from msglint.model import Text

_SAID = ("id", "met_on", "rep", "deal", "lead", "temperature", "as_promised", "need", "request")
_ITEM = ("sheet", "version", "verdict", "reason", "conflict", "edited")


@click.command(
    "export",
    cls=Command,
    about=Text(
        "フィードバックをCSV(Excelで開けるUTF-8)で書き出します。1行が1つのシートの評価です。\n"
        "--open を付けると、まだ直されていない記事についての「使えなかった」という声を、ガイドの隣の "
        "messaging.feedback.json に書きます。保存先がPostgreSQLのチームやCIでは、このファイルをコミットしておくと、"
        "msglint check の feedback-open がそこから読みます(営業の書いた理由がそのまま入ります)。",
        "Exports feedback as CSV (UTF-8 that Excel opens): a row for each sheet.\n"
        "With --open, writes what was not usable of articles that have not changed since to messaging.feedback.json "
        "beside the guide. Commit it where the store is PostgreSQL, and for CI: the rule feedback-open reads it there "
        "(it holds the reasons in sales' own words).",
    ),
)
@options.guide
@options.option(
    "--open", "only_open", is_flag=True, about=Text("check が読むファイルを書きます。", "Write check's file.")
)
@filtered
@options.option(
    "--output",
    metavar="FILE",
    about=Text(
        "画面ではなくファイルに出力します(--open の既定: messaging.feedback.json)。",
        "Write to this file (default with --open: messaging.feedback.json).",
    ),
)
@options.common
@click.pass_obj
def export(speaker: Speaker, /, guide: str | None, only_open: bool, output: str | None, **wanted: Any) -> int:
    """Write feedback as CSV, or what is open for `check`."""
    require_folder(output)
    if only_open:
        refuse_filters(wanted, "--open")
        _export_open(speaker, guide, output)
    else:
        _export_csv(speaker, guide, Filter(**wanted), output)
    return 0


def _export_csv(speaker: Speaker, guide: str | None, wanted: Filter, output: str | None) -> None:
    with open_loop(speaker, guide) as loop:
        from msglint.loop.csvfile import write

        found = talks(loop, wanted)
        content = write([(*_SAID, *_ITEM, "open"), *_rows(found)])
    if output is None:
        print_data(content)
    else:
        write_named(Path(output), content.encode())
        speaker.note(Text(f"{output} に{len(found)}件を書きました。", f"Wrote {len(found)} feedback to {output}."))


def _rows(found: Sequence[Talk]) -> Iterator[list[str]]:
    for talk in found:
        said = [_cell(getattr(talk.feedback, name)) for name in _SAID]
        for item in talk.items:
            yield [*said, *(_cell(getattr(item, name)) for name in _ITEM), _cell(item.sheet in talk.open)]
        if not talk.items:
            yield [*said, *[""] * (len(_ITEM) + 1)]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _export_open(speaker: Speaker, guide: str | None, output: str | None) -> None:
    with open_loop(speaker, guide) as loop:
        from msglint.loop.complaints import encode
        from msglint.loop.feedback import against
        from msglint.loop.store import reading

        with reading(loop.engine) as connection:
            found = standing(loop, against(connection))
        file = Path(output) if output else loop.project.ground.root / EXPORTED
    write_named(file, encode(found))
    speaker.note(
        Text(
            f"まだ直されていない記事についての声{len(found)}件を {file.name} に書きました。",
            f"Wrote {len(found)} complaints about articles that have not changed since to {file.name}.",
        )
    )
