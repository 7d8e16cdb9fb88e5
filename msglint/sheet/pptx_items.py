"""What stands on a slide from top to bottom: text, tables, diagrams, each with its height and how it is put there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from msglint.sheet.color import on
from msglint.sheet.diagram import Box, Drawing
from msglint.sheet.model import Inlines, Table, plain
from msglint.sheet.pptx_shapes import Place, group
from msglint.sheet.pptx_text import EMU, Line, Type, rgb, write

DIAGRAM_TEXT = 20.0
READ_WELL = 9.0
"""The largest size of a diagram's text, and the least it is given where text is to stand beside it, in points."""
_PAD = 5.0
_NARROW, _EXPLAINED = 0.5, 0.7
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


class Item(Protocol):
    """A part of a slide, which can be measured and placed; all lengths are points, `size` is that of the text."""

    def height(self, width: float, size: float, type: Type) -> float:
        """Return how high it is in `width`."""
        ...

    def place(self, slide: Any, box: tuple[float, float, float, float], size: float, type: Type) -> None:
        """Put it on a slide at left, top, width, height."""
        ...

    def split(self, room: float, width: float, size: float, type: Type) -> tuple[Item, Item] | None:
        """Return what fits into `room` and the rest, None when nothing does or it cannot be divided."""
        ...


@dataclass(frozen=True, slots=True)
class TextItem:
    """Paragraphs, in a text box of their own."""

    lines: tuple[Line, ...]
    fill: str | None = None

    def height(self, width: float, size: float, type: Type) -> float:
        """Return the height of all lines."""
        return sum(line.height(width - 2 * _PAD, size, type.measure) for line in self.lines) + 2 * _PAD

    def place(self, slide: Any, box: tuple[float, float, float, float], size: float, type: Type) -> None:
        """Put a text box on the slide, its text native."""
        from pptx.enum.text import MSO_ANCHOR

        shape = slide.shapes.add_textbox(*(round(value * EMU) for value in box))
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = round(_PAD * EMU)
        if self.fill:
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(self.fill)
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        write(frame, self.lines, size, type)

    def split(self, room: float, width: float, size: float, type: Type) -> tuple[Item, Item] | None:
        """Divide between paragraphs, never right after a heading; a paragraph that is alone, within its text."""
        heights = [line.height(width - 2 * _PAD, size, type.measure) for line in self.lines]
        fitting = sum(total + 2 * _PAD <= room for total in itertools.accumulate(heights))
        while fitting and self.lines[fitting - 1].bold and fitting < len(self.lines):
            fitting -= 1
        if 0 < fitting < len(self.lines):
            return TextItem(self.lines[:fitting], self.fill), TextItem(self.lines[fitting:], self.fill)
        whole = plain(self.lines[0].content)
        share = (room - 2 * _PAD) / max(heights[0], 1)
        if fitting or share < 0.2 or share >= 1 or len(self.lines[0].content) != 1:
            return None
        at = max(whole.rfind(mark, 0, int(len(whole) * share * 0.9)) for mark in "。、 ") + 1 or int(
            len(whole) * share * 0.9
        )
        first, rest = (replace(self.lines[0].content[0], text=text) for text in (whole[:at], whole[at:]))
        return (
            TextItem((replace(self.lines[0], content=(first,)),)),
            TextItem((replace(self.lines[0], content=(rest,), bullet="", number=0), *self.lines[1:])),
        )


@dataclass(frozen=True, slots=True)
class TableItem:
    """A native table; its text is a little smaller than the text around it."""

    table: Table
    emphasis: int = -1

    def height(self, width: float, size: float, type: Type) -> float:
        """Return the height of all rows."""
        return sum(self._heights(width, size, type)) + 2 * _PAD

    def _rows(self) -> tuple[tuple[Inlines, ...], ...]:
        return (self.table.head, *self.table.rows)

    def _widths(self, width: float) -> list[float]:
        columns = range(len(self.table.head))
        longest = [max(len(plain(row[c])) for row in self._rows()) for c in columns]
        shares = [min(max(math.sqrt(long), 2.0), 7.0) for long in longest]
        return [width * share / sum(shares) for share in shares]

    def _heights(self, width: float, size: float, type: Type) -> list[float]:
        widths, size = self._widths(width), size * _SMALLER
        return [
            max(
                Line(cell, before=0).height(w - 3 * _PAD, size, type.measure)
                for cell, w in zip(row, widths, strict=True)
            )
            + 1.6 * _PAD
            for row in self._rows()
        ]

    def place(self, slide: Any, box: tuple[float, float, float, float], size: float, type: Type) -> None:
        """Put a table on the slide: a dark head, thin lines between rows."""
        left, top, width, _ = box
        heights, widths = self._heights(width, size, type), self._widths(width)
        rows = self._rows()
        frame = slide.shapes.add_table(
            len(rows), len(widths), *(round(v * EMU) for v in (left, top + _PAD, width, sum(heights)))
        )
        table = frame.table
        table._tbl.tblPr.find(f"{{{_DRAWING}}}tableStyleId").text = _PLAIN_TABLE
        table.horz_banding = False
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = round(wide * EMU)
        for r, row in enumerate(rows):
            table.rows[r].height = round(heights[r] * EMU)
            for c, content in enumerate(row):
                self._fill(table.cell(r, c), content, size * _SMALLER, type, head=r == 0, column=c)

    def _fill(self, cell: Any, content: Inlines, size: float, type: Type, *, head: bool, column: int) -> None:
        cell.margin_left = cell.margin_right = round(1.4 * _PAD * EMU)
        cell.margin_top = cell.margin_bottom = round(0.7 * _PAD * EMU)
        if head:
            cell.fill.solid()
            cell.fill.fore_color.rgb = rgb(type.accent)
        else:
            cell.fill.background()
            _rule(cell)
        align = {"center": "ctr", "right": "r"}.get((*self.table.align, *[""] * len(self.table.head))[column], "")
        color = on("#" + type.accent)[1:].upper() if head else ""
        shown = tuple(replace(i, href=None) for i in content) if head else content
        strong = head or column == self.emphasis
        write(cell.text_frame, [Line(shown, bold=strong, color=color, before=0, align=align)], size, type)

    def split(self, room: float, width: float, size: float, type: Type) -> tuple[Item, Item] | None:
        """Divide between rows; the rest repeats the head."""
        heights = [h + 2 * _PAD * (i == 0) for i, h in enumerate(self._heights(width, size, type))]
        fitting = sum(total <= room for total in itertools.accumulate(heights)) - 1
        if fitting < 1 or fitting >= len(self.table.rows):
            return None
        rows = self.table.rows
        return tuple(replace(self, table=replace(self.table, rows=r)) for r in (rows[:fitting], rows[fitting:]))  # type: ignore[return-value]


_SMALLER = 0.85
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _rule(cell: Any) -> None:
    """Draw a thin line below a cell."""
    from pptx.oxml import parse_xml

    properties = cell._tc.get_or_add_tcPr()
    line = parse_xml(
        f'<a:lnB xmlns:a="{_DRAWING}" w="6350"><a:solidFill><a:srgbClr val="BFC7CF"/></a:solidFill></a:lnB>'
    )
    properties.insert(0, line)


@dataclass(frozen=True, slots=True)
class DiagramItem:
    """A drawing as native shapes, as large as there is room for; `number` gives each shape its own."""

    drawing: Drawing
    title: str
    room: float
    number: Callable[[], int]

    def _scale(self, width: float, room: float, text: float = DIAGRAM_TEXT) -> float:
        return self.drawing.scale(Box(width, room, text))

    def height(self, width: float, size: float, type: Type) -> float:
        """Return the least height it is read well with; what is left of a slide makes it larger."""
        room = self.room - 2 * _PAD
        return self.drawing.height * self._scale(width, room, READ_WELL) + 2 * _PAD

    def place(self, slide: Any, box: tuple[float, float, float, float], size: float, type: Type) -> None:
        """Put its shapes in the middle of the box."""
        left, top, width, height = box
        scale = self._scale(width, height - 2 * _PAD)
        indent = (width - self.drawing.width * scale) / 2
        place = Place((left + indent) * EMU, (top + _PAD) * EMU, scale * EMU)
        natural = (self.drawing.width, self.drawing.height)
        slide.shapes._spTree.append(group(self.drawing.svg, self.title, natural, place, type, self.number))

    def wide(self, width: float) -> float:
        """Return its width where it has the whole slide."""
        return self.drawing.width * self._scale(width, self.room - 2 * _PAD)

    def split(self, room: float, width: float, size: float, type: Type) -> tuple[Item, Item] | None:
        """A drawing is never divided."""
        return None


@dataclass(frozen=True, slots=True)
class BesideItem:
    """Two sections next to each other, one of them a narrow diagram; `share` is how much of the width the left gets."""

    left: tuple[Item, ...]
    right: tuple[Item, ...]
    share: float

    def height(self, width: float, size: float, type: Type) -> float:
        """Return the height of the higher side."""
        sides = ((self.left, self.share), (self.right, 1 - self.share))
        return max(total(items, width * share, size, type) for items, share in sides)

    def place(self, slide: Any, box: tuple[float, float, float, float], size: float, type: Type) -> None:
        """Put both sides next to each other."""
        left, top, width, height = box
        first = width * self.share
        place(slide, self.left, (left, top, first, height), size, type)
        place(slide, self.right, (left + first, top, width - first, height), size, type)

    def split(self, room: float, width: float, size: float, type: Type) -> tuple[Item, Item] | None:
        """Never divided: it was put together because it fits."""
        return None


def place(slide: Any, items: Sequence[Item], box: tuple[float, float, float, float], size: float, type: Type) -> None:
    """Put items below each other, with a little of what is left over between them."""
    left, top, width, room = box
    heights = [item.height(width, size, type) for item in items]
    gap = min(max(room - sum(heights), 0) / max(len(items), 1), 10.0)
    for i in [i for i, item in enumerate(items) if isinstance(item, DiagramItem | BesideItem)][:1]:
        heights[i] += max(room - sum(heights) - gap * len(items), 0)
    for item, height in zip(items, heights, strict=True):
        item.place(slide, (left, top, width, min(height, room)), size, type)
        top += height + gap


def beside(
    one: Sequence[Item], other: Sequence[Item], width: float, type: Type, most: float = _NARROW
) -> BesideItem | None:
    """Return two sections side by side where one of them is a diagram that needs no more than `most` of the width."""
    for some, text in ((one, other), (other, one)):
        drawn = [item for item in some if isinstance(item, DiagramItem)]
        if len(drawn) == 1 and len(some) <= 2 and all(isinstance(t, TextItem) for t in text):
            share = max(drawn[0].wide(width) / width + 0.03, 0.3)
            if share <= most:
                return BesideItem(tuple(one), tuple(other), share if some is one else 1 - share)
    return None


def explained(items: Sequence[Item], box: tuple[float, float], size: float, type: Type) -> Sequence[Item]:
    """Return a section that is one diagram and text below it with the text at its side, where that fits the box."""
    drawn, said = items[:1], items[1:]
    if said and isinstance(drawn[0], DiagramItem):
        both = beside(drawn, said, box[0], type, _EXPLAINED)
        if both and both.height(box[0], size, type) <= box[1]:
            return [both]
    return items


def texts(lines: Iterable[Line | Item]) -> Iterator[Item]:
    """Yield items, lines that follow each other as one text."""
    for text, some in itertools.groupby(lines, lambda x: isinstance(x, Line)):
        if text:
            yield TextItem(tuple(some))  # type: ignore[arg-type]
        else:
            yield from some  # type: ignore[misc]


def total(items: Sequence[Item], width: float, size: float, type: Type) -> float:
    """Return the height of items below each other."""
    return sum(item.height(width, size, type) for item in items)
