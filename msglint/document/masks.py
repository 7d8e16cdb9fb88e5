"""What is no Markdown is masked before Markdown is read, byte for byte, so that every place stays what it is.

`:::` lines become thematic breaks, which end paragraphs, lists and tables. In MDX, comments become HTML
comments, and imports and exports blank lines.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple

from msglint.document.events import events
from msglint.document.offsets import Offsets
from msglint.model import Span

_COLONS = re.compile(
    rb"(?<![^\r\n])(?P<indent>[ \t]*+)(?P<line>(?P<colons>:{3,}+)"
    rb"(?!\w[^\r\n]*:::[ \t]*[^\s:])"  # an inline directive, text goes on after it
    rb"(?P<info>[^\r\n]*))"
)
_MODULE = re.compile(
    rb"import\s+(?:['\"]|[\w$*{}, \t]+\sfrom\s+['\"]|\{[^}]*$)"
    rb"|export\s+(?:default|const|let|var|function|class|async|\{|\*)"
)
_VERBATIM_HTML = (b"<!--", b"<pre", b"<script", b"<style", b"<textarea")


class ContainerLine(NamedTuple):
    """A line `::: info`: where it stands from its colons to its last character, and with its line end.

    `byte` is the offset of its colons in the body.
    """

    span: Span
    line: Span
    colons: int
    info: str
    byte: int


def mask(source: str, start: int, *, mdx: bool) -> tuple[str, list[ContainerLine]]:
    """Return the source from `start` on as Markdown, and the container lines that were cut out of it."""
    body = source[start:]
    if not mdx and ":::" not in body:
        return body, []
    raw = body.encode()
    verbatim = _Ranges(body, raw)
    masked = bytearray(raw)
    if mdx:
        _mask_comments(masked, raw, verbatim)
        _mask_modules(masked, raw, verbatim)
    lines = list(_mask_containers(masked, raw, verbatim, Offsets(raw, start)))
    return masked.decode(), lines


def blank(body: str, lines: list[ContainerLine]) -> str:
    """Return a masked body with lines blank that are no thematic breaks where they stand."""
    raw = bytearray(body.encode())
    for line in lines:
        raw[line.byte : line.byte + 3] = b"   "
    return raw.decode()


class _Ranges:
    """The byte ranges of code and comments, in which nothing is markup."""

    def __init__(self, body: str, raw: bytes) -> None:
        self._starts, self._ends = list[int](), list[int]()
        for event, where in events(body):
            if event.__class__ is not str and _is_verbatim(event, raw, where["start"]):
                self._starts.append(where["start"])
                self._ends.append(where["end"])

    def __contains__(self, at: int) -> bool:
        i = bisect.bisect_right(self._starts, at) - 1
        return i >= 0 and at < self._ends[i]


def _is_verbatim(event: dict[str, object], raw: bytes, start: int) -> bool:
    tag = event.get("Start")
    return (
        "Code" in event
        or (tag.__class__ is dict and "CodeBlock" in tag)
        or (("InlineHtml" in event or tag == "HtmlBlock") and raw.startswith(_VERBATIM_HTML, start))
    )


def _mask_comments(masked: bytearray, raw: bytes, verbatim: _Ranges) -> None:
    at = 0
    while (start := raw.find(b"{/*", at)) >= 0 and (end := raw.find(b"*/}", start + 3)) >= 0:
        at = start + 3
        if start not in verbatim:
            at = end + 3
            # Lines stay lines of what they are in; no filler can end the comment.
            inner = re.sub(rb"^>|[^\r\n\t >]", b"x", raw[start + 4 : end])
            masked[start:at] = b"<!--" + inner + b"-->" if at - start > 6 else b"<!--->"


def _mask_modules(masked: bytearray, raw: bytes, verbatim: _Ranges) -> None:
    """Blank each import or export with the lines after it, up to an empty one."""
    at, begins, inside = 0, True, False
    for line in raw.splitlines(keepends=True):
        empty = not line.strip()
        inside = not empty and (inside or (begins and bool(_MODULE.match(line)) and at not in verbatim))
        if inside:
            masked[at : at + len(line)] = re.sub(rb"[^\r\n]", b" ", line)
        begins = empty
        at += len(line)


def _mask_containers(masked: bytearray, raw: bytes, verbatim: _Ranges, offsets: Offsets) -> Iterator[ContainerLine]:
    for match in _COLONS.finditer(raw):
        start, end = match.span("line")
        if start in verbatim or masked[start] != raw[start]:
            continue
        masked[start:end] = b"***" + b" " * (end - start - 3)
        last = start + len(match["line"].rstrip())
        after = end + len(re.match(rb"\r\n?|\n|", raw[end : end + 2]).group())  # type: ignore[union-attr]
        begin = offsets.of(match.start())
        span = Span(offsets.of(start), offsets.of(last))
        info = match["info"].decode().strip()
        yield ContainerLine(span, Span(begin, offsets.of(after)), len(match["colons"]), info, start)
