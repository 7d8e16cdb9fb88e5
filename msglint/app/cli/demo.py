"""`msglint demo`: writes a content repository with half a year of leads, deals and feedback, to try everything on."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from msglint.app.cli import options
from msglint.app.cli.output import print_text
from msglint.app.cli.project import TODAY
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.store import DATABASE_URL
from msglint.app.cli.unusable import Unusable
from msglint.model import Language, Text


@click.command(
    "demo",
    cls=Command,
    about=Text(
        "架空の会社のコンテンツリポジトリーを作ります。ガイド、記事、その履歴、半年分のリード、商談、"
        "フィードバックがそろい、すべてのコマンドを試せます。\n"
        "DIR は、まだないか空のフォルダーです。途中で失敗したときは何も残しません。",
        "Writes the content repository of a made-up company: guide, articles with their history, and half a year of "
        "leads, deals and feedback, so that every command can be tried.\n"
        "DIR must not exist yet, or be empty. When something fails, nothing is left behind.",
    ),
)
@options.option(
    "--into",
    metavar="DIR",
    about=Text("作るフォルダーです。", "The folder to make."),
)
@options.common
@click.pass_obj
def demo(speaker: Speaker, into: str | None) -> int:
    """Make the demo and tell what to try on it."""
    if not into:
        raise Unusable("--into DIR で、作るフォルダーを指定してください。", "Name the folder to make: --into DIR.")
    folder = Path(into)
    _require_free(folder)
    from msglint.app.cli.demo_build import build

    lead = build(folder, speaker)
    if not speaker.quiet:
        print_text("".join(f"{line}\n" for line in _told(into, lead, speaker.language)))
    return 0


def _require_free(folder: Path) -> None:
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise Unusable(
            f"{folder} を使えません({error.strerror})。", f"Cannot use {folder} ({error.strerror})."
        ) from error
    if taken:
        raise Unusable(
            f"{folder} はすでにあり、空ではありません。別の名前を指定してください。",
            f"{folder} is there already and not empty. Give another name.",
        )


def _told(into: str, lead: str, language: Language) -> Iterator[str]:
    from msglint.demo.market import TRY_ON

    tries = [
        ("msglint check", Text("営業が使えなかった記事", "an article that sales could not use")),
        (f"msglint leads score {lead}", Text("1件のリードのスコアの内訳", "what makes up a lead's score")),
        ("msglint review monthly 2026-10", Text("10月の会議の資料", "the report for October's meeting")),
        ("msglint review quarterly 2026-Q3", Text("第3四半期の会議の資料", "that for the third quarter's")),
        ("msglint checklist", Text("連携の点検、15項目", "the fifteen points of the checklist")),
        ("msglint serve", Text("営業のためのページ", "the pages for sales")),
    ]
    width = max(len(command) for command, _ in tries)
    yield Text(f"{into} を作りました。次のように試せます。", f"Made {into}. Try this:").in_(language)
    yield ""
    yield f"  cd {shlex.quote(into)}"
    yield f"  {_set(TODAY, str(TRY_ON))}"
    if os.environ.get(DATABASE_URL):
        yield f"  {_set(DATABASE_URL, '')}"
    yield from (f"  {command:{width}}   # {about.in_(language)}" for command, about in tries)


def _set(name: str, value: str) -> str:
    """Return how the shell at hand sets a variable."""
    if os.name == "nt":
        return f'$env:{name} = "{value}"'
    return f"export {name}={value}" if value else f"unset {name}"
