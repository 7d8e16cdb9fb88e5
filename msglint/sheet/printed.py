"""How large a page is printed so that a sheet of one page fills one page of A4, and no more.

A page that runs no script cannot measure itself, so that its height is reckoned here by what `sheet.css` says for
print. Text is taken as wide as the widest fonts have it: rather a little room is left over than a second page begun.
"""

from __future__ import annotations

import bisect
import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import east_asian_width

from msglint.sheet.diagram import Drawing
from msglint.sheet.model import (
    Block,
    Code,
    Diagram,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Sheet,
    SheetSection,
    Table,
    plain,
)

WIDTH, HEIGHT = 527.0, 808.0
"""The room of a page of A4 between its margins, in points; a little higher, since more is reckoned than is needed."""
_BETWEEN = 20.0
_LINE = 1.55
_ONE_COLUMN = (12.6, 9.8)
_TWO_COLUMNS = (11.4, 6.8)
_STEP = 0.1
_SMALLEST_DRAWING, _READ = 0.62, 8.6
"""How much a drawing is made smaller before the text is, and from which size of text on."""
_PIXEL = 0.75
_MILLIMETRE = 72 / 25.4
_FRAME = 28.0
"""What a drawing's frame takes of the width, in points."""
_GAP, _MANY = 8.5, 4
_FACTS, _FOOTER = 0.8, 7.5


class Print(NamedTuple):
    """The size of text in points, the most height of a drawing in millimetres, the number of columns."""

    text: float
    drawing: float
    columns: int


USUAL = Print(9.2, 100.0, 1)
"""For sheets of any number of pages."""


def printed(sheet: Sheet, drawings: Sequence[Drawing]) -> Print:
    """Return how large a sheet is printed that is drawn with `drawings`, their sizes in CSS pixels."""
    if sheet.pages != 1:
        return USUAL
    wanted = [min(d.height * _PIXEL, d.height * (WIDTH - _FRAME) / d.width) for d in drawings]

    def left(tried: tuple[int, float]) -> float:
        columns, size = tried
        drawn = sum(wanted) * (1.0 if size > _READ else _SMALLEST_DRAWING)
        return HEIGHT - Reckoning(size, columns).height(sheet) - drawn

    at = min(bisect.bisect_left(_TRIED, 0.0, key=left), len(_TRIED) - 1)
    columns, size = _TRIED[at]
    room = HEIGHT - Reckoning(size, columns).height(sheet)
    share = max(room, 0.0) / len(wanted) if wanted and room < sum(wanted) else max(wanted, default=0.0)
    return Print(size, round(max(share / _MILLIMETRE, 20.0), 1), columns)


def _sizes(columns: int, most: float, least: float) -> list[tuple[int, float]]:
    return [(columns, round(most - i * _STEP, 1)) for i in range(round((most - least) / _STEP) + 1)]


_TRIED = _sizes(1, *_ONE_COLUMN) + _sizes(2, *_TWO_COLUMNS)
"""Numbers of columns with sizes of text, the best to read first."""


@functools.lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """Return the width of `text` in ems, about."""
    return sum(1.0 if east_asian_width(c) in "FWA" else 0.58 for c in text)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Reckons heights in points, where text has `size` points and stands in so many columns."""

    size: float
    columns: int

    def height(self, sheet: Sheet) -> float:
        """Return the height of a sheet without its drawings."""
        narrow = (WIDTH - _BETWEEN * (self.columns - 1)) / self.columns
        found, side = self._head(sheet) + 11, list[float]()
        for i, section in enumerate(sheet.sections):
            if self.columns > 1 and _wide(section):
                found += self._balanced(side) + _GAP + self._section(section, WIDTH)
                side = []
            else:
                side.append(_GAP + self._section(section, narrow))
            if i == 0:
                side += self._aside(sheet, narrow)
        return found + self._balanced(side) + self._foot(sheet)

    def _balanced(self, side: Sequence[float]) -> float:
        """Return the height of what is divided into columns, which are never quite of one height."""
        return sum(side) / self.columns + 4 * self.size * (self.columns - 1) if side else 0.0

    def text(self, said: str, width: float, em: float = 1.0, line: float = _LINE) -> float:
        """Return the height of a paragraph in a size of `em`, its lines `line` high."""
        room = max(width / (self.size * em) - 0.5, 1.0)
        return sum(max(1, math.ceil(ems(part) * 1.03 / room)) for part in said.split("\n")) * self.size * em * line

    def _head(self, sheet: Sheet) -> float:
        em = self.size
        found = 26 + 2.2 * em + em + self.text(sheet.title, WIDTH, 1.8, 1.4)
        chips = "".join(named.name for named in (sheet.stage, sheet.persona) if named)
        found += 2 * em if ems(chips) * 0.85 * em > WIDTH * 0.6 else 0
        if sheet.summary:
            found += 0.5 * em + self.text(sheet.summary, WIDTH)
        if sheet.key_message:
            found += (1.1 + 1.7 + 1.3) * em + self.text(sheet.key_message.statement, WIDTH - 2.3 * em, 1.12, 1.6)
        if sheet.faults:
            said = "\n".join(f"{f.line}0000{f.message}" for f in sheet.faults)
            found += 4 * em + self.text(said, WIDTH - 3.4 * em)
        return found + (4 * em if sheet.draft else 0)

    def _aside(self, sheet: Sheet, width: float) -> Iterator[float]:
        em = self.size
        if sheet.facts:
            yield _GAP + 2.3 * em
        for f in sheet.facts:
            room = width - 2.1 * em
            yield 2.4 * em + self.text(f.value, room, 1.35, 1.35) + self.text(f.subject, room, 0.9, 1.5)
            yield self.text(f"0000{f.source}", room, _FACTS) + self.text(f"00000000{f.caveat}", room, _FACTS)
        if sheet.persona and sheet.persona.challenges:
            yield _GAP + 2.3 * em
            yield from (0.3 * em + self.text(c, width - 1.4 * em, 0.92) for c in sheet.persona.challenges)

    def _section(self, section: SheetSection, width: float) -> float:
        found = 2.3 * self.size + sum(self.blocks(section.blocks, width - 1.6 * self.size * (len(section.answers) > 1)))
        return found + (self.text(plain(section.heading), width, 1.1, 1.4) + 0.4 * self.size if section.heading else 0)

    def blocks(self, blocks: Iterable[Block], width: float) -> Iterator[float]:
        """Yield the height of each block with the room above it, that of diagrams without the drawing."""
        em = self.size
        for block in blocks:
            match block:
                case Paragraph(content):
                    yield self.text(_said(content), width) + 0.6 * em
                case Heading(content):
                    yield self.text(_said(content), width, 1.1, 1.4) + 1.4 * em
                case ListBlock(items):
                    for item in items:
                        yield self.text(_said(item.content), width - 1.4 * em) + 0.27 * em
                        yield from self.blocks(item.children, width - 1.4 * em)
                    yield 0.6 * em
                case Table():
                    yield self._table(block, width)
                case Quote(inner):
                    yield from self.blocks(inner, width - 1.3 * em)
                case Code(text):
                    yield self.text(text, width - 1.8 * em, 0.9) + 2.2 * em
                case Diagram():
                    yield 2.4 * em + 3

    def _table(self, table: Table, width: float) -> float:
        rows = (table.head, *table.rows)
        longest = [max(ems(plain(row[c])) for row in rows) + 1 for c in range(len(table.head))]
        # A browser gives columns width by their text, but none less than its longest word.
        room = [width * min(max(long / sum(longest), 0.5 / len(longest)), 0.8) for long in longest]
        lines = (
            max(self.text(_said(c), w - 1.4 * self.size, 0.92) for c, w in zip(r, room, strict=True)) for r in rows
        )
        return sum(line + 0.8 * self.size for line in lines) + 0.6 * self.size

    def _foot(self, sheet: Sheet) -> float:
        approval, origin = sheet.approval, sheet.provenance
        said = 130 + ems(f"{approval.by}{origin.article}{origin.heading}") + (25 if approval.expires else 0)
        return 20 + math.ceil(said * _FOOTER / (WIDTH * 0.85) + 1) * _FOOTER * 1.6


def _wide(section: SheetSection) -> bool:
    """Whether a section has the whole width of the page."""
    return any(isinstance(b, Diagram) or (isinstance(b, Table) and len(b.head) >= _MANY) for b in section.blocks)


def _said(content: Inlines) -> str:
    return "".join(i.text for i in content)
