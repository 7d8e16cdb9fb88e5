"""A parsed article: readable text in blocks that remember where they came from."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from msglint.model import Lines, Span, Text

PLACEHOLDER = "\ufffc"
"""Stands in a block's text for what is there but is not prose (code, struck-through text)."""


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    DESCRIPTION = "description"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    FOOTNOTE = "footnote"
    ALT = "alt"


class Run(NamedTuple):
    """`length` code points of block text at `text`, from `source_length` code points of the source at `source`.

    Where the two lengths differ (an entity, a placeholder) the run is one piece that cannot be cut.
    """

    text: int
    length: int
    source: int
    source_length: int


class Reference(NamedTuple):
    """A footnote reference: where in the block's text it stands, and the footnote's label."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table cell …, without markup; a phrase never crosses it.

    `group` numbers the list or table it is part of; `row` and `column` its place in a table (row 0 is
    the head). `section` indexes Document.sections. `quote` is true inside a block quote.
    """

    index: int
    kind: Kind
    text: str
    runs: tuple[Run, ...]
    outer: Span
    section: int = 0
    level: int = 0
    quote: bool = False
    group: int | None = None
    row: int | None = None
    column: int | None = None
    label: str | None = None
    references: tuple[Reference, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Map a non-empty range of block text to the source range from its first to its last character."""
        text, length, source, source_length = self.runs[bisect.bisect_left(self.runs, (start + 1,)) - 1]
        if length == source_length and end <= text + length:
            return Span(source - text + start, source - text + end)
        return Span(self._run(start, 0), self._run(end - 1, 1))

    def _run(self, offset: int, after: int) -> int:
        run = self.runs[bisect.bisect_left(self.runs, (offset + 1,)) - 1]
        if run.length == run.source_length:
            return run.source + offset - run.text + after
        return run.source + after * run.source_length

    @property
    def whole(self) -> Span:
        """The source range of all its text (empty, at its start, when it has none)."""
        return self.span(0, len(self.text)) if self.text else Span(self.outer.start, self.outer.start)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks up to the next heading of any level; `heading` is None before the first one.

    `level` is the heading's (0 before the first); `blocks` are indexes, half-open, the heading's own included.
    """

    heading: int | None
    level: int
    blocks: range
    span: Span


@dataclass(frozen=True, slots=True)
class SalesTag:
    """A section tagged for sales: its kind, the tag itself, and what it covers in the source."""

    kind: str
    span: Span
    covers: Span
    form: Literal["heading", "container", "comment"]


@dataclass(frozen=True, slots=True)
class TagProblem:
    """A sales tag written wrongly: unclosed, crossed, with no kind."""

    span: Span
    message: Text
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """A directive that silences rules: each rule named with its own place, and the source range it covers.

    `closed` is false for a `disable` that no `enable` ends, and for an `enable` that ends none; `unclosed` are the
    rules of which that is so. Of an action that is "unknown" `rules` has the word behind `msglint-` only. That, and an
    `enable`, covers nothing.
    """

    action: Literal["next-line", "disable", "file", "enable", "unknown"]
    rules: tuple[tuple[str, Span], ...]
    reason: str | None
    span: Span
    covers: Mapping[str, Span]
    closed: bool = True
    unclosed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the front matter: its plain value, and where key and value (without its quotes) stand.

    `items` are the values of a list, each with its own place, `entries` those of a mapping.
    """

    value: Any
    key: Span
    span: Span
    items: tuple[tuple[Any, Span], ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML at the top; `span` is its first line's `---`. `problems` are what could not be read."""

    entries: Mapping[str, Entry]
    span: Span
    problems: tuple[tuple[Span, Text], ...] = ()

    def text(self, key: str) -> str | None:
        """Return the value of `key` when it is a non-empty string."""
        entry = self.entries.get(key)
        return entry.value if entry and isinstance(entry.value, str) and entry.value.strip() else None


@dataclass(frozen=True, slots=True)
class Fence:
    """A code block: its info string, the source range of its content, and the code itself.

    `text` is without the marks of quotes and lists around it; its lines are the lines of `content`.
    """

    info: str
    content: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source text (without its BOM) and all that was read from it, in reading order."""

    path: str
    source: str
    lines: Lines
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    front: FrontMatter | None = None
    tags: tuple[SalesTag, ...] = ()
    tag_problems: tuple[TagProblem, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    fences: tuple[Fence, ...] = ()

    @property
    def top(self) -> Span:
        """Where what is missing is reported: the opening `---`, or empty at the start."""
        return self.front.span if self.front else Span(0, 0)
