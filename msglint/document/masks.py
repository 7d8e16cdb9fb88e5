"""What is no Markdown is masked before Markdown is read, byte for byte, so that every place stays what it is.

`:::` lines become thematic breaks, which end paragraphs, lists and tables. In MDX, comments become HTML
comments, and imports and exports blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msglint.document.events import events
from msglint.document.offsets import Offsets
from msglint.document.ranges import Ranges
from msglint.model import Span

_LONE_CR = re.compile(r"\r(?!\n)")
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


class Masked(NamedTuple):
    """Markdown that is the source byte for byte, but for `masks`: comments, modules and container lines."""

    body: str
    comments: list[Span]
    containers: list[ContainerLine]
    masks: Ranges


def mask(source: str, start: int, *, mdx: bool) -> Masked:
    """Return the source from `start` on as Markdown, and what was masked."""
    body = _LONE_CR.sub("\n", source[start:])  # which pulldown-cmark takes for a line end only here and there
    if not mdx and ":::" not in body:
        return Masked(body, [], [], Ranges())
    raw = body.encode()
    verbatim = _verbatim(body, raw)
    masked = bytearray(raw)
    comments, modules = list[Span](), list[Span]()
    if mdx:
        comments = _in_source(_mask_comments(masked, raw, verbatim), raw, start)
        modules = _in_source(_mask_modules(masked, raw, verbatim), raw, start)
    containers = list(_mask_containers(masked, raw, verbatim, Offsets(raw, start)))
    return Masked(masked.decode(), comments, containers, Ranges([*comments, *modules, *(c.span for c in containers)]))


def _in_source(ranges: Iterable[Span], raw: bytes, start: int) -> list[Span]:
    offsets = Offsets(raw, start)
    return [Span(offsets.of(a), offsets.of(b)) for a, b in ranges]


def blank(body: str, lines: list[ContainerLine]) -> str:
    """Return a masked body with lines blank that are no thematic breaks where they stand."""
    raw = bytearray(body.encode())
    for line in lines:
        raw[line.byte : line.byte + 3] = b"   "
    return raw.decode()


def _verbatim(body: str, raw: bytes) -> Ranges:
    """Return the byte ranges of code and comments, in which nothing is markup."""
    return Ranges(
        Span(where["start"], where["end"])
        for event, where in events(body)
        if event.__class__ is not str and _is_verbatim(event, raw, where["start"])
    )


def _is_verbatim(event: dict[str, object], raw: bytes, start: int) -> bool:
    tag = event.get("Start")
    return (
        "Code" in event
        or (tag.__class__ is dict and "CodeBlock" in tag)
        or (("InlineHtml" in event or tag == "HtmlBlock") and raw.startswith(_VERBATIM_HTML, start))
    )


def _mask_comments(masked: bytearray, raw: bytes, verbatim: Ranges) -> Iterator[Span]:
    at = 0
    while (start := raw.find(b"{/*", at)) >= 0 and (end := raw.find(b"*/}", start + 3)) >= 0:
        at = start + 3
        if start not in verbatim:
            at = end + 3
            # Lines stay lines of what they are in; no filler can end the comment.
            inner = re.sub(rb"^>|[^\r\n\t >]", b"x", raw[start + 4 : end])
            masked[start:at] = b"<!--" + inner + b"-->" if at - start > 6 else b"<!--->"
            yield Span(start, at)


def _mask_modules(masked: bytearray, raw: bytes, verbatim: Ranges) -> Iterator[Span]:
    """Blank each import or export with the lines after it, up to an empty one."""
    at, begins, inside = 0, True, False
    for line in raw.splitlines(keepends=True):
        empty = not line.strip()
        inside = not empty and (inside or (begins and bool(_MODULE.match(line)) and at not in verbatim))
        if inside:
            masked[at : at + len(line)] = re.sub(rb"[^\r\n]", b" ", line)
            yield Span(at, at + len(line))
        begins = empty
        at += len(line)


def _mask_containers(masked: bytearray, raw: bytes, verbatim: Ranges, offsets: Offsets) -> Iterator[ContainerLine]:
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
