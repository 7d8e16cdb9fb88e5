"""Commands that speak Japanese and English: their help, their options, and what they say to the person."""

from __future__ import annotations

import importlib
import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from msglint.app.cli.columns import listed
from msglint.app.cli.output import write_stream
from msglint.app.cli.unusable import Unusable, nearest
from msglint.model import Language, Problem, Text
from msglint.report.widths import fold, shown

LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Interrupted(Exception):
    """The user pressed Ctrl-C."""


@dataclass
class Speaker:
    """How this call talks: its language (of `--lang`, else of the guide once it is read) and how much it says."""

    chosen: Language | None = None
    guide_language: Language | None = None
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False

    @property
    def language(self) -> Language:
        """The language to speak."""
        return self.chosen or self.guide_language or "ja"

    def note(self, text: Text) -> None:
        """Say `text` on standard error, unless `-q` asks for silence."""
        if not self.quiet:
            self.line(text.in_(self.language))

    def detail(self, text: Text) -> None:
        """Say `text` on standard error when `-v` asks for it."""
        if self.verbose:
            self.line(text.in_(self.language))

    def error(self, text: Text) -> None:
        """Say on standard error what could not be done."""
        self.line(f"msglint: {text.in_(self.language)}")

    def problem(self, problem: Problem) -> None:
        """Say on standard error, as `file:line:column: message`, why an input cannot be used."""
        self.line(shown(problem.line_in(self.language)))

    def line(self, line: str) -> None:
        """Print one line on standard error."""
        write_stream(sys.stderr, line + "\n")


def spoken(arguments: Sequence[str]) -> Language | None:
    """Return the language that `--lang` names among `arguments`, wherever it stands before a `--`.

    Help and usage errors need it before the options are read.
    """
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    named = [after for option, after in itertools.pairwise(options) if option == "--lang"]
    named += [option.removeprefix("--lang=") for option in options if option.startswith("--lang=")]
    return next((language for language in LANGUAGES if language in named[-1:]), None)


def one_of(option: str, *words: str) -> Callable[[str], str]:
    """Return what reads the value of `option`: one of `words`, else it raises Unusable."""

    def read(value: str) -> str:
        if value in words:
            return value
        close = nearest(value, words)
        raise Unusable(
            f"{option} に {value} はありません。{close.ja}選べるのは {', '.join(words)} です。",
            f"{option} cannot be {value}.{close.en} Choose one of {', '.join(words)}.",
        )

    return read


class Option(click.Option):
    """An option whose help is written in both languages."""

    def __init__(self, *args: Any, about: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    @property
    def usage(self) -> str:
        """How it is written, with the name of its value."""
        names = ", ".join(sorted(self.opts, key=len))
        if self.is_flag or self.count:
            return names
        return f"{names} {self.metavar}"


_HELP = Text("この説明を表示します。", "Show this help.")


class Command(click.Command):
    """A command whose help is written in both languages."""

    def __init__(self, *args: Any, about: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `args`; raises Unusable where there are too many."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            extra = " ".join(rest)
            raise Unusable(f"引数が多すぎます: {extra}", f"Too many arguments: {extra}")
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page in the language of the call, as wide as the terminal."""
        import shutil

        speaker = ctx.ensure_object(Speaker)
        return help_page(self, ctx, speaker.language, min(shutil.get_terminal_size().columns, 100)).rstrip("\n")


class Group(Command, click.Group):
    """A group whose commands are loaded when they are called: `members` maps a name to module:attribute and summary."""

    def __init__(self, *args: Any, members: Mapping[str, tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, no_args_is_help=False, invoke_without_command=True, **kwargs)
        self.members = members

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of their use."""
        return list(self.members)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command called `cmd_name`; None when there is none."""
        if cmd_name not in self.members:
            return None
        module, _, attribute = self.members[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` call; raises Unusable, naming the most similar, when there is none."""
        if args[0] not in self.members and not args[0].startswith("-"):
            close = nearest(args[0], list(self.members))
            raise Unusable(
                f"{args[0]} というコマンドはありません。{close.ja}一覧は {ctx.command_path} --help で見られます。",
                f"There is no command {args[0]}.{close.en} See {ctx.command_path} --help.",
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called; with none, print the help and leave with status 2."""
        if ctx.args or getattr(ctx, "_protected_args", None):
            return super().invoke(ctx)
        ctx.ensure_object(Speaker).line(self.get_help(ctx))
        return 2


class Active(Group):
    """A group that is a command by itself: called with no member, it does its own work."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the member that was called; with none, do its own work."""
        if ctx.args or getattr(ctx, "_protected_args", None):
            return super().invoke(ctx)
        return click.Command.invoke(self, ctx)


def help_page(command: Command, ctx: click.Context, language: Language, columns: int) -> str:
    """Return the help of `command`, laid out in `columns`."""
    heading = Text("使い方: {}", "Usage: {}").in_(language).format(usage(command, ctx, language))
    about = "".join(f"  {line}".rstrip() + "\n" for line in fold(command.about.in_(language), columns - 2))
    parts = [f"{heading}\n", about]
    if isinstance(command, Group):
        rows = [(name, summary.in_(language)) for name, (_, summary) in command.members.items()]
        parts.append(Text("コマンド:\n", "Commands:\n").in_(language) + listed(rows, columns))
    rows = [(p.usage, p.about.in_(language)) for p in command.params if isinstance(p, Option)]
    rows.append(("-h, --help", _HELP.in_(language)))
    parts.append(Text("オプション:\n", "Options:\n").in_(language) + listed(rows, columns))
    return "\n".join(parts)


def usage(command: click.Command, ctx: click.Context, language: Language) -> str:
    """Return how `command` is called."""
    pieces = [ctx.command_path, Text("[オプション]", "[OPTIONS]").in_(language)]
    if isinstance(command, Group):
        called = Text("コマンド …", "COMMAND …").in_(language)
        pieces.append(f"[{called}]" if isinstance(command, Active) else called)
    pieces += [p.metavar or p.human_readable_name for p in command.params if isinstance(p, click.Argument)]
    return " ".join(pieces)
