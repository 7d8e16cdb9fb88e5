"""Which HTML elements stand around a text: what makes it a heading, a list item or a table's cell."""

from __future__ import annotations

import re

from msglint.document.blocks import Blocks
from msglint.document.collected import Context
from msglint.document.model import Kind

_ROW_END = re.compile(r"</?(?:tr|tbody|table)\b")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Surroundings:
    """Follows the opening and closing tags of an article's HTML, over all its HTML blocks."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._kind: Kind | None = None
        self._level = 0
        self._lists: list[int] = []
        self._table: int | None = None
        self._row = self._column = -1

    def enter(self, name: str, rest: str) -> None:
        """Take note of an opening tag; `rest` is the HTML after it."""
        self._outside_heading()
        if name in _HEADINGS:
            self._kind, self._level = Kind.HEADING, _HEADINGS[name]
        elif name in ("ul", "ol"):
            self._lists.append(self._lists[-1] if self._lists else self._blocks.new_group())
        elif name == "li":
            self._kind = Kind.ITEM
        elif name == "table":
            self._table, self._row = self._blocks.new_group(), -1
        elif name == "tr":
            # Row 0 is the head; a row with plain cells is none, even when its first cell is a header.
            cells = _ROW_END.split(rest.lower(), maxsplit=1)[0]
            self._row, self._column = max(self._row + 1, int("<td" in cells)), -1
        elif name in ("td", "th"):
            self._kind, self._column = Kind.CELL, self._column + 1

    def leave(self, name: str) -> None:
        """Take note of a closing tag."""
        self._outside_heading()
        if name in ("ul", "ol") and self._lists:
            self._lists.pop()
        if name == "table":
            self._table = None
        if name in ("li", "td", "th", "tr", "table", "ul", "ol"):
            self._kind = Kind.ITEM if self._lists and name in ("ul", "ol") else None

    def context(self) -> Context:
        """Return where a text stands that begins here."""
        around = self._blocks.context()
        match self._kind:
            case Kind.HEADING:
                return around._replace(kind=Kind.HEADING, level=self._level)
            case Kind.ITEM:
                group = self._lists[0] if self._lists else around.group
                return around._replace(kind=Kind.ITEM, group=group)
            case Kind.CELL if self._table is not None:
                return around._replace(kind=Kind.CELL, group=self._table, row=self._row, column=self._column)
        return around

    def _outside_heading(self) -> None:
        if self._kind is Kind.HEADING:
            self._kind = None
