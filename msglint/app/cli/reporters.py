"""Finds the reporter of a format, and chooses what only the one for people takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable, nearest
from msglint.model import Run
from msglint.report import FORMATS, encoder

TEXT = "text"
WIDEST = 120
_FILE_WIDTH = 80


def reporter(name: str, *, plugins: bool) -> Callable[[Run], str]:
    """Return the encoder of the format called `name`, which may be a plugin's; raises Unusable when there is none."""
    if name in FORMATS:
        return encoder(name)
    offered = _offered() if plugins else {}
    if name in offered:
        return offered[name]()
    known = [*FORMATS, *offered]
    close = nearest(name, known)
    raise Unusable(
        f"--format に {name} はありません。{close.ja}選べるのは {', '.join(known)} です。",
        f"--format cannot be {name}.{close.en} Choose one of {', '.join(known)}.",
    )


def _offered() -> dict[str, Callable[[], Callable[[Run], str]]]:
    from importlib.metadata import entry_points

    return {point.name: point.load for point in entry_points(group="msglint.reporters")}


def text_report(run: Run, speaker: Speaker, *, to_file: bool) -> str:
    """Return the report for people: on a terminal as wide as it is and in color, in a file plain."""
    from msglint.report import text

    write = text.findings if speaker.quiet else text.encode
    return write(run, color=not to_file and colored(speaker), width=room(to_file=to_file))


def room(*, to_file: bool) -> int:
    """Return how many columns a text for people may take."""
    import shutil

    return _FILE_WIDTH if to_file else min(shutil.get_terminal_size().columns, WIDEST)


def colored(speaker: Speaker) -> bool:
    """Whether standard output is to be in color."""
    if speaker.no_color or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
