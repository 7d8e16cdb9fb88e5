"""Blocks as read → the document's blocks, numbered and in their sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msglint.document.inline import Inline
from msglint.document.model import Block, Kind, Section
from msglint.model import Span


def finish(read: Iterable[Inline], length: int) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the blocks that have text (and all headings), and the sections of a source of `length` code points.

    A heading in a block quote opens no section: it belongs to the text that is quoted.
    """
    blocks, starts = list[Block](), list[int]()
    for inline in read:
        context = inline.context
        text, runs, references = inline.finish()
        opens = context.kind is Kind.HEADING and not context.quote
        if not text and not opens:
            continue
        if opens or not starts:
            starts.append(len(blocks))
        outer = Span(inline.start, inline.end)
        number, section = len(blocks), len(starts) - 1
        kind, level, quote, group, row, column, label = context
        blocks.append(
            Block(number, kind, text, runs, outer, section, level, quote, group, row, column, label, references)
        )
    return tuple(blocks), tuple(_sections(blocks, starts, length))


def _sections(blocks: list[Block], starts: list[int], length: int) -> Iterator[Section]:
    for i, start in enumerate(starts):
        end = starts[i + 1] if i + 1 < len(starts) else len(blocks)
        heading = start if blocks[start].kind is Kind.HEADING else _title(blocks[start:end]) if i == 0 else None
        span = Span(
            blocks[start].outer.start if heading == start and blocks[start].kind is Kind.HEADING else 0,
            blocks[end].outer.start if end < len(blocks) else length,
        )
        yield Section(heading, blocks[start].level if heading == start else 0, range(start, end), span)


def _title(blocks: list[Block]) -> int | None:
    return next((b.index for b in blocks if b.kind is Kind.TITLE), None)
