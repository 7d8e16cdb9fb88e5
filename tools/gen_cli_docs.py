"""Writes docs/cli.md from the commands' own help; with `--check` it writes nothing and fails where it is stale."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from msglint.app.cli.main import msglint_command
from msglint.app.cli.speech import Command, Group, help_page
from msglint.model import Language

FILE = Path(__file__).parent.parent / "docs" / "cli.md"
COLUMNS = 100
LANGUAGES: tuple[Language, ...] = ("ja", "en")


def page() -> str:
    """Return the page: the help of every command, in Japanese and then in English."""
    parts = [
        "<!-- tools/gen_cli_docs.py が各コマンドの --help から作ります。直接は編集しません。 -->",
        "# コマンド / Commands",
    ]
    for command, ctx in _commands(msglint_command, click.Context(msglint_command, info_name="msglint")):
        parts.append(f"## {ctx.command_path}")
        parts += [f"```text\n{help_page(command, ctx, language, COLUMNS).rstrip()}\n```" for language in LANGUAGES]
    return "\n\n".join(parts) + "\n"


def _commands(command: Command, ctx: click.Context) -> Iterator[tuple[Command, click.Context]]:
    yield command, ctx
    if isinstance(command, Group):
        for name in command.list_commands(ctx):
            member = command.get_command(ctx, name)
            assert isinstance(member, Command)
            yield from _commands(member, click.Context(member, parent=ctx, info_name=name))


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with `--check` return 1 when it is stale."""
    wanted = page().encode()
    fresh = FILE.is_file() and FILE.read_bytes() == wanted
    if "--check" in arguments:
        if not fresh:
            print("stale: docs/cli.md (run tools/gen_cli_docs.py)")
        return 0 if fresh else 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
