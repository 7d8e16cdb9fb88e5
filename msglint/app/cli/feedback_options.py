"""The options that the commands of `msglint feedback` share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from msglint.app.cli import options
from msglint.app.cli.speech import one_of
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

VERDICTS = ("helped", "shown_no_effect", "not_usable", "not_used")

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def day(option: str) -> Callable[[str], date]:
    """Return what reads the value of `option`, blanks around it or not, as a day."""
    return lambda value: options.day_of(value.strip(), option)


made = options.option(
    "--sheets",
    "folder",
    metavar="DIR",
    about=Text(
        "msglint sheet がシートを置いたフォルダーです(既定: dist)。", "Where msglint sheet put them (default: dist)."
    ),
)

_FILTERS = (
    options.option(
        "--since",
        type=day("--since"),
        metavar="DAY",
        about=Text("この日以後の商談だけ。", "Meetings from this day on."),
    ),
    options.option(
        "--until", type=day("--until"), metavar="DAY", about=Text("この日以前の商談だけ。", "Meetings up to this day.")
    ),
    options.option("--deal", metavar="ID", about=Text("この商談についてだけ。", "Of this deal only.")),
    options.option("--lead", metavar="ID", about=Text("このリードについてだけ。", "Of this lead only.")),
    options.option("--rep", metavar="NAME", about=Text("この営業担当のものだけ。", "Of this person only.")),
    options.option("--sheet", metavar="SHEET", about=Text("このシートについてだけ。", "On this sheet only.")),
    options.option(
        "--verdict",
        type=one_of("--verdict", *VERDICTS),
        metavar="|".join(VERDICTS),
        about=Text("この評価のあるものだけ。", "With this verdict only."),
    ),
)


def filtered(function: Decorated) -> Decorated:
    """Add the options that say which feedback is meant."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


def refuse_filters(wanted: dict[str, Any], flag: str) -> None:
    """Raise Unusable when feedback is to be filtered where `flag` shows something else."""
    given = next((f"--{name}" for name, value in wanted.items() if value is not None), None)
    if given:
        raise Unusable(f"{given} は {flag} と一緒に使えません。", f"{given} cannot be used with {flag}.")
