"""The entry point: finds the command, runs it, and turns whatever happens into one clear line and a status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import msglint
from msglint.app.cli import options
from msglint.app.cli.output import make_speakable
from msglint.app.cli.speech import Group, Interrupted, Speaker, spoken
from msglint.app.cli.unusable import Unusable
from msglint.model import InputInvalid, Text

UNUSABLE = 2
INTERRUPTED = 130

COMMANDS = {
    "check": ("msglint.app.cli.check:check", Text("記事を検査します。", "Check articles.")),
    "fix": ("msglint.app.cli.fix:fix", Text("安全な修正を記事に書き込みます。", "Put the safe fixes into articles.")),
    "drift": (
        "msglint.app.cli.drift:drift",
        Text(
            "どの記事がどの主張を伝え、どの節がずれているかを一覧にします。",
            "Show which article carries which claim, and what has drifted.",
        ),
    ),
    "calibrate": (
        "msglint.app.cli.calibrate:calibrate",
        Text("ずれを見つけるしきい値を記事から学びます。", "Learn the threshold of drift from the articles."),
    ),
    "sheet": (
        "msglint.app.cli.sheet:sheet",
        Text(
            "タグを付けた節から営業シートと一覧ページを作ります。",
            "Make the sales sheets and their index page from tagged sections.",
        ),
    ),
    "leads": (
        "msglint.app.cli.leads:leads",
        Text(
            "リードと商談をCSVから取り込み、スコアと引き渡しを表示します。",
            "Import leads and deals from CSV; show scores and hand-overs.",
        ),
    ),
    "feedback": (
        "msglint.app.cli.feedback:feedback",
        Text(
            "営業のフィードバックを記録し、記事の改善につなげます。",
            "Record what sales says, and bring it back into the content.",
        ),
    ),
    "review": (
        "msglint.app.cli.review:review",
        Text("月次・四半期レビューの資料を作ります。", "Make the reports for the monthly and quarterly reviews."),
    ),
    "serve": (
        "msglint.app.cli.serve:serve",
        Text(
            "営業がシートを探し、使った結果を送る画面を開きます。",
            "Serve the portal where sales finds and rates the sheets.",
        ),
    ),
    "checklist": (
        "msglint.app.cli.checklist:checklist",
        Text(
            "営業とマーケティングの連携を15項目で点検します。",
            "Check by fifteen points how sales and marketing are aligned.",
        ),
    ),
    "demo": (
        "msglint.app.cli.demo:demo",
        Text("試すためのリポジトリーを作ります。", "Write a repository to try everything on."),
    ),
    "init": (
        "msglint.app.cli.init:init",
        Text("記事を読み、最初のガイドを書きます。", "Read the articles and write a first guide."),
    ),
    "lsp": (
        "msglint.app.cli.lsp:lsp",
        Text("エディターに指摘を出す言語サーバーです。", "The language server for editors."),
    ),
    "guide": (
        "msglint.app.cli.guide:guide",
        Text(
            "ガイドだけを検査し、辞書の用例を試し、JSON Schemaを出力します。",
            "Check the guide alone, run its dictionary's specs, print its JSON Schema.",
        ),
    ),
    "rules": (
        "msglint.app.cli.rules:rules",
        Text("ルールの一覧と、それぞれの説明を表示します。", "List the rules, or explain one."),
    ),
}


class Msglint(Group):
    """The group of all commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` call; raises Unusable without one, with a hint where `check` was forgotten."""
        if args[0] not in self.members and Path(args[0]).exists():
            raise Unusable(
                f"{args[0]} はコマンドではありません。検査するには msglint check {args[0]} と書きます。",
                f"{args[0]} is no command. To check it, write msglint check {args[0]}.",
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; Ctrl-C raises Interrupted, which click does not write about."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Interrupted from None


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"msglint {msglint.__version__}")
        ctx.exit()


@click.command(
    cls=Msglint,
    members=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    about=Text(
        "日本語のB2B記事を、1つのメッセージガイド(messaging.yaml)に照らして検査します。\n"
        "各コマンドの説明は msglint コマンド --help で見られます。",
        "Checks Japanese B2B articles against one messaging guide (messaging.yaml).\n"
        "msglint COMMAND --help explains a command.",
    ),
)
@options.language
@options.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    about=Text("版を表示します。", "Show the version."),
)
def msglint_command() -> None:
    """Do nothing by itself."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line `arguments` (without the program's name) and return the exit status."""
    make_speakable(sys.stdout)
    make_speakable(sys.stderr)
    speaker = Speaker(spoken(arguments))
    try:
        status = msglint_command.main(list(arguments), "msglint", standalone_mode=False, obj=speaker)
    except Unusable as error:
        speaker.error(error.text)
    except InputInvalid as error:
        for problem in error.problems:
            speaker.problem(problem)
    except click.UsageError as error:
        speaker.error(_usage(error))
    except (Interrupted, click.Abort):
        speaker.error(Text("中断しました。", "Interrupted."))
        return INTERRUPTED
    except Exception as error:
        _bug(speaker, error)
    else:
        return int(status or 0)
    return UNUSABLE


def _usage(error: click.UsageError) -> Text:
    """Return what is wrong with the call, for the mistakes that click finds itself."""
    name = getattr(error, "option_name", "")
    match error:
        case click.NoSuchOption():
            close = next(iter(error.possibilities or ()), None)
            return Text(
                f"{name} というオプションはありません。" + (f"{close} のことですか。" if close else ""),
                f"There is no option {name}." + (f" Did you mean {close}?" if close else ""),
            )
        case click.BadOptionUsage() if "requires" in error.message:
            return Text(f"{name} には値が必要です。", f"{name} needs a value.")
        case click.BadOptionUsage():
            return Text(f"{name} は値を取りません。", f"{name} takes no value.")
    return Text(f"使い方が違います: {error.format_message()}", error.format_message())


def _bug(speaker: Speaker, error: Exception) -> None:
    """Own up to a defect of msglint."""
    if speaker.verbose:
        import traceback

        speaker.line("".join(traceback.format_exception(error)).rstrip())
    said = " ".join(f"{type(error).__name__}: {error}".split())
    speaker.error(
        Text(
            f"msglint の不具合です({said})。-v を付けてもう一度実行し、その出力を msglint の開発元に知らせてください。",
            f"This is a defect of msglint ({said}). Run it again with -v and send the output to its developers.",
        )
    )


def main() -> None:
    """Run the command line that the process was called with."""
    # Articles are made of many small values without cycles: looking for cycles as often as is usual costs a tenth.
    gc.set_threshold(500_000, 20, 20)
    # Sentences make small matrices: to wake threads for them costs several times what they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status = run(sys.argv[1:])
    gc.freeze()  # nothing of it is worth looking through for cycles again before the process ends
    sys.exit(status)
