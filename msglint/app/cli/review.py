"""`msglint review`: the reports for the monthly and the quarterly review, and the record that one was held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from msglint.app.cli import options
from msglint.app.cli.speech import Command, Group, Speaker, one_of
from msglint.model import Text

FORMATS = ("text", "html", "markdown", "json")

_MEMBERS = {
    "monthly": (
        f"{__name__}:monthly",
        Text("月次レビューの資料を作ります。", "Make the report for the monthly review."),
    ),
    "quarterly": (
        f"{__name__}:quarterly",
        Text("四半期レビューの資料を作ります。", "Make the report for the quarterly review."),
    ),
    "held": (f"{__name__}:held", Text("レビューを開いたことを記録します。", "Record that a review was held.")),
}


@click.command(
    "review",
    cls=Group,
    members=_MEMBERS,
    about=Text(
        "マーケティングと営業が同じ数字で話し合うための資料を作ります。",
        "Makes the reports that marketing and sales go through together.",
    ),
)
@options.language
def review() -> None:
    """Do nothing by itself."""


def _report(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that both reports take."""
    for add in reversed(
        (
            options.guide,
            options.option(
                "--format",
                type=one_of("--format", *FORMATS),
                metavar="|".join(FORMATS),
                about=Text(
                    "出力の形式です(既定: --output の拡張子から。なければ text)。",
                    "Form of the output (default: by the suffix of --output, else text).",
                ),
            ),
            options.option(
                "--output",
                metavar="FILE",
                about=Text("画面ではなく FILE に書きます。", "Write to FILE instead of the screen."),
            ),
            options.option(
                "--sheets",
                metavar="DIR",
                default="dist",
                about=Text(
                    "msglint sheet がシートを置いたフォルダーです(既定: dist)。",
                    "The folder that msglint sheet put the sheets in (default: dist).",
                ),
            ),
            options.common,
            click.pass_obj,
        )
    ):
        function = add(function)
    return function


@click.command(
    "monthly",
    cls=Command,
    about=Text(
        "MONTH(2026-10 のように書く)のレビュー資料を作ります。4つの数字と直近3か月との比較、使えたシートと"
        "使えなかったシート、リードの質、営業からの要望、先月の宿題、データの欠けが載ります。",
        "Makes the report of MONTH (like 2026-10): the four figures against the last three months, the best and worst "
        "sheets, the quality of leads, requests of sales, last month's actions, and gaps in the data.",
    ),
)
@click.argument("month", metavar="MONTH")
@_report
def monthly(speaker: Speaker, /, month: str, **given: Any) -> int:
    """Make the report of a month."""
    from msglint.app.cli.review_report import Call, run

    return run(speaker, Call("monthly", month, **given))


@click.command(
    "quarterly",
    cls=Command,
    about=Text(
        "QUARTER(2026-Q3 のように書く。Q3は7〜9月)のレビュー資料を作ります。しきい値の見直しは、"
        "根拠が足りるときだけ、ガイドの変更案とともに載ります。",
        "Makes the report of QUARTER (like 2026-Q3: July to September). A new threshold is suggested only where the "
        "data warrants it, with the change of the guide.",
    ),
)
@click.argument("quarter", metavar="QUARTER")
@_report
def quarterly(speaker: Speaker, /, quarter: str, **given: Any) -> int:
    """Make the report of a quarter."""
    from msglint.app.cli.review_report import Call, run

    return run(speaker, Call("quarterly", quarter, **given))


def _day(value: str) -> date:
    return options.day_of(value, "--on", "2026-11-05")


@click.command(
    "held",
    cls=Command,
    about=Text(
        "PERIOD(2026-10 か 2026-Q3)のレビューを開いたことを、両部門の出席者と議事録とともに記録します。",
        "Records that the review of PERIOD (2026-10 or 2026-Q3) was held, with who was there of both sides, and the "
        "minutes.",
    ),
)
@click.argument("period", metavar="PERIOD")
@options.guide
@options.option(
    "--on", type=_day, metavar="DAY", about=Text("開いた日です(既定: 今日)。", "The day it was held (default: today).")
)
@options.option(
    "--marketing",
    required=True,
    metavar="NAMES",
    about=Text("マーケティング側の出席者です。", "Who was there of marketing."),
)
@options.option(
    "--sales", required=True, metavar="NAMES", about=Text("営業側の出席者です。", "Who was there of sales.")
)
@options.option(
    "--minutes",
    metavar="FILE|URL",
    about=Text("議事録のファイルかURLです。", "The file or address of the minutes."),
)
@options.option(
    "--correct",
    is_flag=True,
    about=Text("前に記録した内容を、この内容に直します。", "Put this in place of what was recorded before."),
)
@options.common
@click.pass_obj
def held(speaker: Speaker, /, period: str, **given: Any) -> int:
    """Record that a review was held."""
    from msglint.app.cli.review_held import Call, run

    return run(speaker, Call(period, **given))
