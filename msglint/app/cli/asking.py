"""Asks on the terminal, again until the answer can be used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

Answer = TypeVar("Answer")

_NEEDED = Text("これは省略できません。", "This cannot be left out.")


def may_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(speaker: Speaker, question: Text, read: Callable[[str], Answer]) -> Answer:
    """Return what `read` makes of the answer; one for which it raises Unusable or Misread is asked for again."""
    from msglint.loop.model import Misread

    while True:
        said = click.prompt(question.in_(speaker.language), default="", show_default=False, err=True)
        try:
            return read(str(said).strip())
        except (Unusable, Misread) as error:
            speaker.line(f"  {error.text.in_(speaker.language)}")


def ask_for(speaker: Speaker, question: Text) -> str:
    """Return an answer that is not empty."""

    def read(said: str) -> str:
        if not said:
            raise Unusable(*_NEEDED)
        return said

    return ask(speaker, question, read)


def choose(speaker: Speaker, question: Text, choices: Sequence[Text]) -> int:
    """Return which of `choices` (from 0) was chosen by its number (from 1)."""
    listed = Text(*("  ".join(f"{n} {c[at]}" for n, c in enumerate(choices, 1)) for at in (0, 1)))

    def read(said: str) -> int:
        if said.isascii() and said.isdigit() and 1 <= int(said) <= len(choices):
            return int(said) - 1
        raise Unusable(
            f"1から{len(choices)}の番号で答えてください。", f"Answer with a number from 1 to {len(choices)}."
        )

    return ask(speaker, Text(f"{question.ja} [{listed.ja}]", f"{question.en} [{listed.en}]"), read)


def agreed(speaker: Speaker, question: Text) -> bool:
    """Return whether the answer is yes; none is no."""
    from msglint.loop.questions import answer

    return bool(ask(speaker, Text(f"{question.ja} [y/N]", f"{question.en} [y/N]"), answer))


def require(missing: Sequence[str]) -> None:
    """Raise Unusable when options are missing, and nobody is there to be asked."""
    if missing:
        named = ", ".join(missing)
        raise Unusable(
            f"端末で実行していないため尋ねられません。{named} を指定してください。",
            f"This is no terminal to ask on. Give {named}.",
        )
