"""Parts of an article's Markdown → a sheet's blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import groupby

from msglint.model import Lines
from msglint.sheet.inlines import INLINE, Reader, tidied
from msglint.sheet.model import (
    MERMAID,
    Align,
    Block,
    Code,
    Diagram,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Table,
)
from msglint.sheet.tree import Node

_ALIGN: Mapping[str, Align] = {"Left": "left", "Center": "center", "Right": "right"}
_DEEPEST = 3
_UNREAD = frozenset({"script", "style", "template", "noscript", "textarea", "head", "title", "svg", "iframe", "object"})
_WITHIN_TEXT = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i img input ins kbd label mark q rp rt ruby s samp small span "
    "strong sub sup time tt u var wbr".split()
)


class Builder:
    """Builds the blocks of one section; footnotes that its text points to come at its end."""

    def __init__(self, source: str, lines: Lines, footnotes: Mapping[str, Node], title: str) -> None:
        self._reader = Reader(source)
        self._lines = lines
        self._footnotes = footnotes
        self._title = title

    def build(self, nodes: Sequence[Node]) -> tuple[Block, ...]:
        """Return what `nodes` say, headings counted from the highest among them."""
        blocks = list(self._blocks(nodes))
        done = 0
        while done < len(self._reader.notes):  # a footnote may point to another one
            label, mark = list(self._reader.notes.items())[done]
            blocks += self._note(label, mark)
            done += 1
        top = min((b.level for b in blocks if isinstance(b, Heading)), default=1)
        return tuple(
            replace(b, level=min(b.level - top + 1, _DEEPEST)) if isinstance(b, Heading) else b for b in blocks
        )

    def inlines(self, node: Node) -> Inlines:
        """Return the text of a heading or cell."""
        return self._reader.read(node.children)

    def _blocks(self, nodes: Sequence[Node]) -> Iterator[Block]:
        for inline, group in groupby(nodes, lambda n: n.name in INLINE):
            if inline:
                if content := self._reader.read(group):
                    yield Paragraph(content)
            else:
                for node in group:
                    yield from self._block(node)

    def _block(self, node: Node) -> Iterator[Block]:
        match node.name:
            case "Paragraph":
                yield from (Paragraph(content) for content in [self.inlines(node)] if content)
            case "Heading":
                if content := self.inlines(node):
                    self._title = "".join(i.text for i in content)
                    yield Heading(content, int(node.value["level"][1:]))
            case "List":
                if items := tuple(self._items(node)):
                    yield ListBlock(items, node.value is not None, 1 if node.value is None else node.value)
            case "BlockQuote":
                if blocks := tuple(self._blocks(node.children)):
                    yield Quote(blocks)
            case "Table":
                yield from self._table(node)
            case "CodeBlock":
                yield from self._code(node)
            case "HtmlBlock":
                yield from _html("".join(n.value for n in node.children if n.name in ("Html", "Text")))

    def _items(self, node: Node) -> Iterator[ListItem]:
        for item in node.children:
            first = item.children[0].children if item.children and item.children[0].name == "Paragraph" else []
            checked = next((n.value for n in (*item.children, *first) if n.name == "TaskListMarker"), None)
            blocks = list(self._blocks(item.children))
            content: Inlines = ()
            if blocks and isinstance(first_block := blocks[0], Paragraph):
                content, blocks = first_block.content, blocks[1:]
            if content or blocks:
                yield ListItem(content, tuple(blocks), checked)

    def _table(self, node: Node) -> Iterator[Table]:
        rows = [tuple(self.inlines(cell) for cell in row.children) for row in node.children]
        if not rows or not rows[0]:
            return
        columns = len(rows[0])
        align = tuple(_ALIGN.get(a, "") for a in node.value)[:columns]
        whole = [(*row, *((),) * (columns - len(row)))[:columns] for row in rows[1:]]
        yield Table(rows[0], tuple(row for row in whole if any(row)), align)

    def _code(self, node: Node) -> Iterator[Block]:
        text = "".join(n.value for n in node.children).rstrip("\n")
        info = node.value["Fenced"] if isinstance(node.value, dict) else ""
        language = info.split()[0].strip("{}.").lower() if info.split() else ""
        if not text.strip():
            return
        if language == MERMAID:
            line = self._lines.position(node.children[0].span.start).line
            yield Diagram(text, line, self._title)
        else:
            yield Code(text, language)

    def _note(self, label: str, mark: str) -> Iterator[Block]:
        node = self._footnotes.get(label)
        blocks = list(self._blocks(node.children)) if node else []
        if blocks and isinstance(blocks[0], Paragraph):
            blocks[0] = Paragraph((Inline(f"{mark} "), *blocks[0].content))
        yield from blocks


def _html(text: str) -> Iterator[Paragraph]:
    """Yield the text of HTML, a paragraph for each of its parts; nothing of what is no text."""
    parser = _Html()
    parser.feed(text)
    parser.close()
    for paragraph in [*parser.paragraphs, parser.open]:
        if content := tidied(Inline(piece) for piece in paragraph):
            yield Paragraph(content)


class _Html(HTMLParser):
    """Collects text, parted where elements that are no part of a line begin or end."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[list[str]] = []
        self.open: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Take in an opening tag."""
        self._unread += tag in _UNREAD
        if tag == "br":
            self.open.append("\n")
        elif tag not in _WITHIN_TEXT:
            self._part()

    def handle_endtag(self, tag: str) -> None:
        """Take in a closing tag."""
        self._unread = max(0, self._unread - (tag in _UNREAD))
        if tag not in _WITHIN_TEXT and tag != "br":
            self._part()

    def handle_data(self, data: str) -> None:
        """Take in text."""
        if not self._unread:
            self.open.append(data)

    def _part(self) -> None:
        self.paragraphs.append(self.open)
        self.open = []
