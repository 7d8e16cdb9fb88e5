"""What an article says at a place, as a reader sees it: without Markdown's signs, in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msglint.model import Lines, Position, Span
from msglint.report.widths import shown

_LONGEST = 240
_OPENING = 90
_READ = 800
_BREAK = re.compile(r"(?<=[^\x00-\xff])[ \t]*\r?\n[ \t]*(?=[^\x00-\xff])")
"""A line's end in Japanese, where it stands for no blank."""
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FENCE = re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE)
"""The first or last line of a container, which is no text."""
_BLOCKS = frozenset({"Paragraph", "Heading", "Item", "TableCell", "CodeBlock"})


def quote(text: str, span: Span) -> str:
    """Return the sentence at `span` of an article's text, cut after 240 characters; "" when nothing is there."""
    written = text[span.start : span.end]
    return line("".join(_read(written)), _LONGEST) or line(written, _LONGEST)


class Openings:
    """Gives the first words of the sections of one article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = Lines(text).starts

    def at(self, start: Position) -> str:
        """Return the first 90 characters under the heading at `start`, "" when there is nothing."""
        if start.line > len(self._starts):
            return ""
        offset = self._starts[start.line - 1] + start.column - 1
        if front := _FRONT_MATTER.match(self._text):
            offset = max(offset, front.end())
        return line("".join(_body(self._text[offset : offset + _READ])), _OPENING)


def line(text: str, longest: int = 10_000) -> str:
    """Return `text` in one line that can be shown anywhere, with an ellipsis after `longest` characters."""
    joined = shown(" ".join(_BREAK.sub("", text).split()))
    return joined if len(joined) <= longest else joined[: longest - 1].rstrip() + "…"


def _read(markdown: str) -> Iterator[str]:
    for name, value in _events(markdown):
        yield from _piece(name, value)


def _body(markdown: str) -> Iterator[str]:
    """Yield what stands under the heading that `markdown` begins with, up to the next, without code blocks."""
    skipped = False
    for number, (name, value) in enumerate(_events(_FENCE.sub("", markdown))):
        block = _tag(value) if name in ("Start", "End") else None
        if name == "Start" and block == "Heading" and number:
            return
        if block in ("Heading", "CodeBlock"):
            skipped = name == "Start"
        elif name == "Start" and block == "Item":
            yield "・"
        elif not skipped:
            yield from _piece(name, value)


def _piece(name: str, value: object) -> Iterator[str]:
    if name in ("Text", "Code"):
        yield str(value)
    elif name in ("SoftBreak", "HardBreak"):
        yield "\n"
    elif name == "End" and _tag(value) in _BLOCKS:
        yield " "


def _tag(value: object) -> object:
    return next(iter(value)) if isinstance(value, dict) else value


def _events(markdown: str) -> Iterator[tuple[str, object]]:
    import pyromark

    for event in pyromark.events(markdown, options=pyromark.Options.ENABLE_TABLES):
        if isinstance(event, str):
            yield event, None
        else:
            yield next(iter(event.items()))
