"""The options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from msglint.app.cli.speech import LANGUAGES, Option, Speaker, one_of
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

MOST_JOBS = 1024

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def _jobs(value: str) -> int:
    """Return the number of processes; 0 leaves it to msglint. Raises Unusable when `value` is none."""
    text = "0" if value == "auto" else value
    if not (text.isascii() and text.isdigit()) or int(text) > MOST_JOBS:
        raise Unusable(
            f"--jobs に {value} は使えません。1以上の数か auto を指定してください。",
            f"--jobs cannot be {value}. Give a number from 1, or auto.",
        )
    return int(text)


def _names(value: str) -> tuple[str, ...]:
    """Return the names between the commas of `value`."""
    return tuple(name.strip() for name in value.split(",") if name.strip())


def column(value: str) -> tuple[str, str]:
    """Return a column's name and the field it is to be read as; raises Unusable when `value` says no such thing."""
    name, sign, field = value.rpartition("=")
    if not sign or not name or not field:
        raise Unusable(
            f"--column {value} は読めません。「列名=項目」の形で書いてください。",
            f"--column {value} cannot be read. Write it like NAME=FIELD.",
        )
    return name.strip(), field.strip()


def as_day(value: str) -> date | None:
    """Return the day that `value` is, written as 2026-10-31 and in no other way; None when it is none."""
    try:
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else None
    except ValueError:
        return None


def day_of(value: str, called: str, like: str = "2026-10-31") -> date:
    """Return the day that `value` is; raises Unusable, which calls it `called` and shows how a day is written."""
    if day := as_day(value):
        return day
    raise Unusable(
        f"{called} の {value} は日付ではありません。{like} のように書いてください。",
        f"{called} {value} is no day. Write it like {like}.",
    )


def option(*names: str, about: Text, **kwargs: Any) -> Callable[[Decorated], Decorated]:
    """Add an option whose help is written in both languages."""
    return click.option(*names, cls=Option, about=about, **kwargs)


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        setattr(ctx.ensure_object(Speaker), str(param.name), value)


def _together(*decorators: Callable[[Any], Any]) -> Callable[[Decorated], Decorated]:
    """Return one decorator for `decorators`, which keep their order in the help."""

    def decorate(function: Decorated) -> Decorated:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


language = option(
    "--lang",
    type=one_of("--lang", *LANGUAGES),
    metavar="|".join(LANGUAGES),
    expose_value=False,
    about=Text("表示の言語です(既定: ガイドの言語)。", "Language to speak (default: the guide's)."),
)

common = _together(
    language,
    option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_remember,
        about=Text("指摘とエラーだけを表示します。", "Print diagnostics and errors only."),
    ),
    option(
        "-v", "--verbose", is_flag=True, expose_value=False, callback=_remember,
        about=Text("何をしたかも表示します。", "Also say what was done."),
    ),
    option(
        "--no-color", is_flag=True, expose_value=False, callback=_remember,
        about=Text("色を付けません(環境変数 NO_COLOR でも同じ)。", "Use no colors (so does the variable NO_COLOR)."),
    ),
)  # fmt: skip

guide = option(
    "--guide",
    metavar="FILE",
    about=Text(
        "使うガイドです(既定: このフォルダーか、その上で最も近い messaging.yaml)。",
        "The guide to use (default: the nearest messaging.yaml, here or above).",
    ),
)

strict = option(
    "--strict",
    is_flag=True,
    about=Text("読めない行が1つでもあれば、何も取り込みません。", "Import nothing when any row cannot be read."),
)

selection = _together(
    option(
        "--select", type=_names, multiple=True, metavar="A,B",
        about=Text("このルールだけを使います。繰り返せます。", "Use these rules only. May be repeated."),
    ),
    option(
        "--ignore", type=_names, multiple=True, metavar="A,B",
        about=Text("このルールを使いません。繰り返せます。", "Do not use these rules. May be repeated."),
    ),
)  # fmt: skip

reading = _together(
    option(
        "--stdin-filename", metavar="NAME", default="stdin.md",
        about=Text(
            "- で標準入力から読む記事を、このファイルとして扱います(既定: stdin.md)。",
            "Take the article on standard input (-) for this file (default: stdin.md).",
        ),
    ),
    option(
        "--force-exclude", is_flag=True,
        about=Text(
            "名前を指定したファイルも、content.exclude に当たれば検査しません。",
            "Leave out named files too when content.exclude matches them.",
        ),
    ),
)  # fmt: skip

effort = _together(
    option(
        "--jobs", type=_jobs, default="auto", metavar="N",
        about=Text(
            "同時に使うプロセスの数です(既定: auto。51件以上で全コア)。",
            "Number of processes (default: auto, all cores for more than 50 files).",
        ),
    ),
    option(
        "--no-cache", is_flag=True,
        about=Text("前回の結果を使わず、残しません。", "Neither use nor keep earlier results."),
    ),
)  # fmt: skip
