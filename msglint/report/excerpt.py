"""The source line of a diagnostic, cut to the room there is, and where its marks go."""

from __future__ import annotations

import bisect
from typing import NamedTuple

from msglint.model import Lines, Position
from msglint.report.widths import Cell, cells, shown

_TAB = 4
_CUT = "…"


class Excerpt(NamedTuple):
    """A source line as shown, and the marks under it: how many columns in, and how many."""

    line: str
    indent: int
    marks: int


def excerpt(text: str, lines: Lines, start: Position, end: Position, width: int) -> Excerpt:
    """Show the line of `start` in at most `width` columns around the range; a range over several lines marks the first.

    Looks at one width of text to each side only, so that a line of megabytes costs no more than a short one.
    """
    line = lines.span(start.line)
    stop = line.end
    while stop > line.start and text[stop - 1] in "\r\n":
        stop -= 1
    first = line.start + start.column - 1
    last = stop if end.line > start.line else line.start + end.column - 1
    low, high = max(line.start, first - width), min(stop, first + width)
    drawn = _expanded(cells(shown(text[low:high])))
    before, after = _marked(drawn, first - low, last - low, high - low)
    if low == line.start and high == stop and _columns(drawn) + (before == after) <= width:
        left, right = 0, len(drawn)
    else:
        left, right = _window(drawn, before, after, width - 2 * len(_CUT))
    head = _CUT if left or low > line.start else ""
    tail = _CUT if right < len(drawn) or high < stop else ""
    return Excerpt(
        head + _text(drawn[left:right]) + tail,
        len(head) + _columns(drawn[left:before]),
        max(1, _columns(drawn[before : min(right, after)])),
    )


def _marked(drawn: list[Cell], first: int, last: int, length: int) -> tuple[int, int]:
    """Return which cells the offsets `first` to `last` fall in, half-open; all of a cell that they begin inside of."""
    starts = [cell.start for cell in drawn]
    before = len(drawn) if first >= length else bisect.bisect_right(starts, first) - 1
    return before, max(before, bisect.bisect_left(starts, last))


def _expanded(drawn: list[Cell]) -> list[Cell]:
    """Give tabs the columns to the next stop."""
    made, at = list[Cell](), 0
    for cell in drawn:
        if cell.text[0] == "\t":
            cell = Cell(" " * (_TAB - at % _TAB), _TAB - at % _TAB, cell.start)
        made.append(cell)
        at += cell.columns
    return made


def _window(drawn: list[Cell], left: int, right: int, room: int) -> tuple[int, int]:
    """Widen `left` to `right` to both sides, cell by cell, while `room` lasts."""
    for at in range(left, right):
        room -= drawn[at].columns
        if room < 0:
            return left, at
    wider = True
    while wider:
        wider = False
        if left and drawn[left - 1].columns <= room:
            left, room, wider = left - 1, room - drawn[left - 1].columns, True
        if right < len(drawn) and drawn[right].columns <= room:
            right, room, wider = right + 1, room - drawn[right].columns, True
    return left, right


def _columns(drawn: list[Cell]) -> int:
    return sum(cell.columns for cell in drawn)


def _text(drawn: list[Cell]) -> str:
    return "".join(cell.text for cell in drawn)
