"""Mermaid diagrams, read and drawn by merman: the only place that knows it, pinned since it calls itself experimental.

It has no wheel for every platform; where it is missing, `available` says so and nothing else here may be called.
"""

from __future__ import annotations

import bisect
import functools
import importlib.util
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msglint.model import Text

LANGUAGE = "mermaid"
_READING = frozenset({"parse", "config"})
_UNCLOSED = "Unterminated"
_PLACELESS = ("fallback location", "did not report a precise")
_LABEL = re.compile(r"[\[({|]\s*([^\[\](){}|\"]*[\[({][^\[\](){}|\"]*[\])}][^\[\](){}|\"]*)[\])}|]")


class Slip(NamedTuple):
    """What keeps a diagram from being read: the line of its source (from 1), and what is wrong there."""

    line: int
    reason: Text


def language(info: str) -> str:
    """Return the language that a code block's info string names, in small letters, or nothing."""
    words = info.split()
    return words[0].strip("{}.").lower() if words else ""


@functools.cache
def available() -> bool:
    """Whether diagrams can be read here."""
    return importlib.util.find_spec("merman") is not None


def drawer() -> str:
    """Return the name and version of what draws diagrams here, or that there is none."""
    if not available():
        return "no merman"
    from importlib.metadata import version

    return f"merman {version('merman')}"


def slip(source: str) -> Slip | None:
    """Return the first thing that keeps mermaid from reading `source`, None when it can be read."""
    found = _error(source)
    if found is None:
        return None
    lines = source.splitlines()
    message = str(found["message"])
    line = int(found["span"]["line"]) if found.get("span") else 1
    if any(mark in related["message"] for related in found.get("related", ()) for mark in _PLACELESS):
        line = _first(lines, message, line)
    line = min(max(line, 1), max(len(lines), 1))
    while line > 1 and not lines[line - 1].strip():
        line -= 1
    return Slip(line, _reason(found["id"], message, lines[line - 1] if lines else ""))


def svg(source: str, config: Mapping[str, Any]) -> str | None:
    """Draw `source` with mermaid's own settings `config`; None when it cannot be read, or is too large to be drawn."""
    options = {"svg": {"pipeline": "resvg-safe", "diagram_id": "d"}, "site_config": config}
    return _merman("render_svg", source, options)


def _first(lines: Sequence[str], message: str, last: int) -> int:
    """Return the first line up to which the source cannot be read for the same reason, or a label is left open."""

    def fails(count: int) -> bool:
        error = _error("\n".join(lines[:count]))
        return error is not None and (error["message"] == message or error["message"].startswith(_UNCLOSED))

    return bisect.bisect_left(range(last + 1), True, lo=1, hi=last, key=fails)


def _error(source: str) -> dict[str, Any] | None:
    found = _merman("analyze_json", source)
    diagnostics = json.loads(found)["diagnostics"] if found else []
    return next((d for d in diagnostics if d["severity"] == "error" and d["category"] in _READING), None)


def _merman(operation: str, source: str, options: Mapping[str, Any] | None = None) -> str | None:
    """Run one of merman's operations; None when it refuses the source."""
    import merman

    readable = source.encode("utf-8", "replace").decode()
    try:
        made: str = getattr(merman.Merman(), operation)(readable, json.dumps(options) if options else None)
    except (merman.MermanError, merman.merman_uniffi.InternalError):
        return None
    return made


def _reason(kind: str, message: str, line: str) -> Text:
    if kind.endswith("no_diagram"):
        return Text(
            "何の図か分かりません。1行目を flowchart TD(流れ図)、sequenceDiagram(やり取りの図)などで始めてください。",
            "What kind of diagram it is cannot be told: begin it with flowchart TD, sequenceDiagram or the like.",
        )
    if label := _bracketed(message, line):
        return Text(
            f"文字の中に半角のかっこがあるため、図を描けません。「{label}」を半角の引用符で囲むか"
            f'(["{label}"])、全角のかっこに替えてください。',
            f'Half-width brackets inside a label cannot be read: quote it (["{label}"]), or use full-width brackets.',
        )
    if message.startswith((_UNCLOSED, "EOF")) or "end of input" in message:
        return Text(
            f"図が途中で終わっています。閉じるかっこや引用符、end の書き忘れがないか確かめてください({message})。",
            f"The diagram ends before it is complete: is a closing bracket, a quote or an end missing? ({message})",
        )
    return Text(
        f"この行の書き方を mermaid が読めないため、図を描けません({message})。",
        f"Mermaid cannot read this line, so that the diagram cannot be drawn ({message}).",
    )


def _bracketed(message: str, line: str) -> str | None:
    """Return the label of `line` with half-width brackets inside, where that is what mermaid complains of."""
    found = _LABEL.search(line) if message.startswith("Invalid text label") else None
    return found[1].strip() if found else None
