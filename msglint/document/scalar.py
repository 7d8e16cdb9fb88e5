"""A YAML scalar as text whose every character knows its place, whatever its style."""

from __future__ import annotations

import re

from msglint.document.collected import Collected, Context
from msglint.document.model import Kind
from msglint.model import Span

_TAG = re.compile(r"(?:!\S*\s+)+")
_LITERAL = re.compile(rf"(?:{_TAG.pattern})?\|")
_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n?|\n)[ \t\r\n]*")
_BREAK = r"[ \t]*(?P<newline>\r\n?|\n)(?P<more>[ \t\r\n]*)"
_PIECES = {
    '"': re.compile(
        rf"(?P<joined>\\(?:\r\n?|\n)[ \t]*)|(?P<escape>\\(?:x..|u.{{4}}|U.{{8}}|.))|{_BREAK}|[^\\ \t\r\n]+|[ \t]"
    ),
    "'": re.compile(rf"(?P<quote>'')|{_BREAK}|[^' \t\r\n]+|[ \t]"),
    "": re.compile(rf"{_BREAK}|[^ \t\r\n]+|[ \t]"),
}
_ESCAPES = dict(zip("0abtnvfre_NLP", "\0\a\b\t\n\v\f\r\x1b\xa0\x85\u2028\u2029", strict=True))


def content(source: str, node: Span) -> Span:
    """Return what a scalar at `node` says: without its tag, quotes or block header (as it is when it is empty)."""
    start, end = node
    if tag := _TAG.match(source, start, end):
        start = tag.end()
    if source[start : start + 1] in ('"', "'"):
        return Span(start + 1, end - 1) if end - start > 2 else Span(start, end)
    if header := _HEADER.match(source, start, end):
        start = header.end()
    while end > start and source[end - 1] in " \t\r\n":
        end -= 1
    return Span(start, end) if start < end else node


def read_scalar(source: str, node: Span, kind: Kind) -> Collected:
    """Return the block of a scalar: line breaks that YAML folds are soft, as in Markdown."""
    block = Collected(Context(kind), node.start)
    block.end = node.end
    start, end = content(source, node)
    literal = bool(_LITERAL.match(source, node.start, start))
    for match in _PIECES[_quote(source, node, start)].finditer(source, start, end):
        groups, (a, b) = match.groupdict(), match.span()
        if groups["newline"]:
            at = match.end("newline") - 1
            if literal or "\n" in match["more"] or "\r" in match["more"]:
                block.add(source[at], at, 1)
            else:
                block.soft_break(source[at], at)
        elif groups.get("escape"):
            block.add(_unescaped(match["escape"][1:]), a, b - a)
        elif groups.get("quote"):
            block.add("'", a, b - a)
        elif not groups.get("joined"):
            block.add(match.group(), a, b - a)
    return block


def _quote(source: str, node: Span, start: int) -> str:
    """Return the quotation mark before the content, or an empty text when there is none."""
    mark = source[start - 1 : start] if start > node.start else ""
    return mark if mark in ('"', "'") else ""


def _unescaped(escape: str) -> str:
    if escape[0] in "xuU":
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape[0], escape[0])
