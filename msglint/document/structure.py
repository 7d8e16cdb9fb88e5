"""What blocks an article is made of, by pulldown-cmark's events."""

from __future__ import annotations

from typing import Any

from msglint.document.blocks import Blocks
from msglint.document.collected import Collected
from msglint.document.events import Edge, Whole
from msglint.document.html import Html
from msglint.document.model import Fence, Kind
from msglint.model import Span


class Structure:
    """Opens and closes blocks; collects code blocks, the headings' (name, value) attributes, thematic breaks."""

    def __init__(self, blocks: Blocks, html: Html) -> None:
        self.fences: list[Fence] = []
        self.attributes: list[tuple[Collected, str, str | None]] = []
        self.rules: set[int] = set()
        self._blocks = blocks
        self._html = html
        self._html_lines: list[Span] = []
        self._info = ""
        self._lists = self._row = self._column = 0
        self._around: list[tuple[int, int | None, str | None]] = []

    # What takes in which event is said anew for each article: kept in the object, its own methods would be a cycle.

    def wholes(self) -> Whole:
        """Return what takes in whole events."""
        return {
            "Html": lambda _, start, end: self._html_lines.append(Span(start, end)),
            "Rule": self._rule,
        }

    def starts(self) -> Edge:
        """Return what takes in where something starts."""
        return {
            "Paragraph": self._open,
            "Heading": self._begin_heading,
            "List": self._begin_list,
            "Item": self._begin_item,
            "BlockQuote": self._begin_quote,
            "FootnoteDefinition": self._begin_footnote,
            "Table": self._begin_table,
            "TableHead": self._begin_row,
            "TableRow": self._begin_row,
            "TableCell": self._begin_cell,
            "CodeBlock": self._begin_code,
            "HtmlBlock": self._begin_html,
        }

    def ends(self) -> Edge:
        """Return what takes in where something ends."""
        return {
            "Paragraph": self._close,
            "Heading": self._close,
            "List": self._end_list,
            "Item": self._end_item,
            "BlockQuote": self._end_quote,
            "FootnoteDefinition": self._end_footnote,
            "Table": self._end_table,
            "TableCell": self._close,
            "CodeBlock": self._end_code,
            "HtmlBlock": self._end_html,
        }

    def _open(self, _: Any, start: int) -> None:
        self._blocks.open(start)

    def _close(self, _: Any, end: int) -> None:
        self._blocks.close(end)

    def _rule(self, _: None, start: int, end: int) -> None:
        self._blocks.close(start)
        self.rules.add(start)

    def _begin_heading(self, tag: Any, start: int) -> None:
        heading = tag["Heading"]
        context = self._blocks.context()._replace(kind=Kind.HEADING, level=int(heading["level"][1:]))
        block = self._blocks.open(start, context)
        self.attributes += [(block, name, value) for name, value in heading["attrs"]]

    def _begin_list(self, _: Any, start: int) -> None:
        self._blocks.close(start)
        if not self._lists:
            self._blocks.group = self._blocks.new_group()
        self._lists += 1

    def _end_list(self, _: Any, end: int) -> None:
        self._lists -= 1
        if not self._lists:
            self._blocks.group = None

    def _begin_item(self, _: Any, start: int) -> None:
        self._blocks.close(start)
        self._blocks.kinds.append(Kind.ITEM)

    def _end_item(self, _: Any, end: int) -> None:
        self._blocks.close(end)
        self._blocks.kinds.pop()

    def _begin_quote(self, _: Any, start: int) -> None:
        self._blocks.close(start)
        self._blocks.quote += 1

    def _end_quote(self, _: Any, end: int) -> None:
        self._blocks.close(end)
        self._blocks.quote -= 1

    def _begin_footnote(self, tag: Any, start: int) -> None:
        self._enter(start)
        self._lists, self._blocks.group, self._blocks.label = 0, None, tag["FootnoteDefinition"]
        self._blocks.kinds.append(Kind.FOOTNOTE)

    def _end_footnote(self, _: Any, end: int) -> None:
        self._leave(end)
        self._blocks.kinds.pop()

    def _begin_table(self, _: Any, start: int) -> None:
        self._enter(start)
        self._blocks.group, self._row = self._blocks.new_group(), -1

    def _end_table(self, _: Any, end: int) -> None:
        self._leave(end)

    def _enter(self, start: int) -> None:
        """Begin what has lists and groups of its own."""
        self._blocks.close(start)
        self._around.append((self._lists, self._blocks.group, self._blocks.label))

    def _leave(self, end: int) -> None:
        self._blocks.close(end)
        self._lists, self._blocks.group, self._blocks.label = self._around.pop()

    def _begin_row(self, _: Any, start: int) -> None:
        self._row += 1
        self._column = -1

    def _begin_cell(self, _: Any, start: int) -> None:
        self._column += 1
        context = self._blocks.context()._replace(kind=Kind.CELL, row=self._row, column=self._column)
        self._blocks.open(start, context)

    def _begin_code(self, tag: Any, start: int) -> None:
        self._blocks.close(start)
        kind = tag["CodeBlock"]
        self._info = "" if kind == "Indented" else kind["Fenced"]
        self._blocks.block = Collected(self._blocks.context(), start)  # takes in the code, and is none of the blocks

    def _end_code(self, _: Any, end: int) -> None:
        code, self._blocks.block = self._blocks.block, None
        if code is None:
            return
        if code.places:
            content = Span(code.places[0][0], sum(code.places[-1]))
        else:
            line = self._blocks.source.find("\n", code.start, end) + 1 or end
            content = Span(line, line)
        self.fences.append(Fence(self._info, content, "".join(code.parts)))

    def _begin_html(self, _: Any, start: int) -> None:
        self._blocks.close(start)
        self._html_lines = []

    def _end_html(self, _: Any, end: int) -> None:
        if self._html_lines:
            self._html.read(self._html_lines)
