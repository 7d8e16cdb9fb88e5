"""Text between HTML tags, where no Markdown is read, although writers put some there."""

from __future__ import annotations

import html

from msglint.document.blocks import Blocks
from msglint.document.collected import Context
from msglint.document.model import PLACEHOLDER
from msglint.expression import expression
from msglint.model import Span

_LINE = expression(r"\r\n?|\n|[^\r\n]+")
_TARGET = r"\]\([^()\s]*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\)"
_MARKUP = expression(
    r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).{1,500}?(?<!`)(?P=ticks)(?!`)|~~.{1,500}?~~)"
    rf"|!\[(?P<alt>[^\[\]]{{0,500}}){_TARGET}"
    rf"|(?P<mark>\*\*|__|\[(?=[^\[\]]{{1,500}}{_TARGET})|{_TARGET})"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
)


def add_prose(blocks: Blocks, span: Span, context: Context) -> None:
    """Add the source range to the block being read; text begins one in `context` where there is none."""
    source = blocks.source
    for line in _LINE.finditer(source, span.start, span.end):
        if source[line.start()] in "\r\n":
            if blocks.block:
                blocks.block.soft_break(source[line.end() - 1], line.end() - 1)
        elif blocks.block or not line.group().isspace():
            _add_line(blocks, Span(*line.span()), context)


def _add_line(blocks: Blocks, line: Span, context: Context) -> None:
    source = blocks.source
    at = line.start
    if not (block := blocks.block):
        at += len(source[at : line.end]) - len(source[at : line.end].lstrip(" \t"))
        block = blocks.open(at, context)
    for match in _MARKUP.finditer(source, at, line.end):
        start, end = match.span()
        block.add(source[at:start], at, start - at)
        if match["code"]:
            block.add(PLACEHOLDER, start, end - start)
        elif match["entity"]:
            block.add(html.unescape(match.group()), start, end - start)
        elif match["alt"] is not None:
            blocks.begin_alt(start)
            blocks.current(start).add(match["alt"], match.start("alt"), len(match["alt"]))
            blocks.end_alt(end)
        at = end
    block.add(source[at : line.end], at, line.end - at)
