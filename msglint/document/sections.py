"""Blocks as read → the document's blocks, numbered and in their sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from msglint.document.collected import Collected
from msglint.document.model import Block, Kind, Section
from msglint.model import Span


def finish(read: Iterable[Collected], length: int) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the blocks that have text (and all headings), and the sections of a source of `length` code points.

    A heading in a block quote opens no section: it belongs to the text that is quoted.
    """
    blocks, starts = list[Block](), list[int]()
    for found in read:
        context = found.context
        text, runs, references = found.finish()
        opens = context.kind is Kind.HEADING and not context.quote
        if not text and not opens:
            continue
        if opens or not starts:
            starts.append(len(blocks))
        outer = Span(found.start, found.end)
        number, section = len(blocks), len(starts) - 1
        kind, level, quote, group, row, column, label = context
        blocks.append(
            Block(number, kind, text, runs, outer, section, level, quote, group, row, column, label, references)
        )
    return tuple(blocks), tuple(_sections(blocks, starts, length))


def _sections(blocks: list[Block], starts: list[int], length: int) -> Iterator[Section]:
    for start, end in pairwise([*starts, len(blocks)]):
        first = blocks[start]
        until = blocks[end].outer.start if end < len(blocks) else length
        if first.kind is Kind.HEADING and not first.quote:
            yield Section(start, first.level, range(start, end), Span(first.outer.start, until))
        else:
            yield Section(_title(blocks[start:end]), 0, range(start, end), Span(0, until))


def _title(blocks: list[Block]) -> int | None:
    return next((b.index for b in blocks if b.kind is Kind.TITLE), None)
