"""What stands inside a paragraph, by pulldown-cmark's events."""

from __future__ import annotations

from typing import Any

from msglint.document.blocks import Blocks
from msglint.document.events import Edge, Whole
from msglint.document.html import Html
from msglint.document.model import PLACEHOLDER
from msglint.document.ranges import Ranges
from msglint.model import Span


class Inlines:
    """Puts text, and what is not text, into the block being read; what `masks` cover is neither."""

    def __init__(self, blocks: Blocks, html: Html, masks: Ranges) -> None:
        self._masks = masks
        self._blocks = blocks
        self._source = blocks.source
        self._html = html

    # What takes in which event is said anew for each article: kept in the object, its own methods would be a cycle.

    def wholes(self) -> Whole:
        """Return what takes in whole events."""
        return {
            "Text": self._text,
            "Code": self._unread,
            "InlineHtml": lambda _, start, end: self._html.inline(start, end),
            "SoftBreak": self._soft_break,
            "HardBreak": self._hard_break,
            "FootnoteReference": self._reference,
        }

    def starts(self) -> Edge:
        """Return what takes in where something starts."""
        return {
            "Image": lambda _, start: self._blocks.begin_alt(start),
            "Link": self._begin_link,
            "Emphasis": self._begin_markup,
            "Strong": self._begin_markup,
            "Strikethrough": self._begin_struck,
        }

    def ends(self) -> Edge:
        """Return what takes in where something ends."""
        return {
            "Image": lambda _, end: self._blocks.end_alt(end),
            "Link": self._end_link,
            "Strikethrough": self._end_struck,
        }

    def _text(self, text: str, start: int, end: int) -> None:
        if self._masks:
            parts = list(self._masks.outside(Span(start, end)))
            if parts != [(start, end)]:
                for a, b in parts:
                    self._blocks.current(a).add(self._source[a:b], a, b - a)
                return
        if end - start != len(text) and self._source[start] == "&":
            end = self._source.find(";", start, end) + 1 or end  # blanks after it may be counted in
        if text != "*" or not self._failed_bold(start):
            (self._blocks.block or self._blocks.open(start)).add(text, start, end - start)

    def _failed_bold(self, at: int) -> bool:
        """Whether this * is of a ** that CommonMark takes for text, since it stands beside Japanese punctuation."""
        source = self._source
        first = at if source.startswith("**", at) else at - 1
        if first < 0 or not source.startswith("**", first) or source[first - 1 : first] == "\\":
            return False
        return not (source[first - 1 : first] + source[first + 2 : first + 3]).isascii()

    def _unread(self, _: str, start: int, end: int) -> None:
        self._blocks.current(start).add(PLACEHOLDER, start, end - start)

    def _soft_break(self, _: None, start: int, end: int) -> None:
        if self._blocks.block:
            self._blocks.block.soft_break(self._source[end - 1], end - 1)

    def _hard_break(self, _: None, start: int, end: int) -> None:
        self._blocks.current(start).add(self._source[end - 1], end - 1, 1)

    def _reference(self, label: str, start: int, end: int) -> None:
        self._blocks.current(start).references.append((start, label))

    def _begin_markup(self, _: str, start: int) -> None:
        self._blocks.current(start)

    def _begin_link(self, _: Any, start: int) -> None:
        self._blocks.current(start)
        if self._source[start] == "<":
            self._blocks.mark("<", start)

    def _end_link(self, _: Any, end: int) -> None:
        if self._source[end - 1] == ">":
            self._blocks.cut("<", end)

    # A single ~ is how Japanese writes ranges (10~20人), and no markup to most renderers.

    def _begin_struck(self, _: Any, start: int) -> None:
        if self._source.startswith("~~", start):
            self._blocks.mark("~", start)
        else:
            self._blocks.current(start).add("~", start, 1)

    def _end_struck(self, _: Any, end: int) -> None:
        if self._source.startswith("~~", end - 2):
            self._blocks.cut("~", end)
        else:
            self._blocks.current(end - 1).add("~", end - 1, 1)
