"""What a comment covers that speaks of the next line."""

from __future__ import annotations

import bisect
import functools
import re

from msglint.document.events import events
from msglint.document.offsets import Offsets
from msglint.model import Lines, Span

_BLOCKS = frozenset(
    {"Paragraph", "Heading", "List", "Item", "Table", "BlockQuote", "CodeBlock", "HtmlBlock", "FootnoteDefinition"}
)
_NOTHING_BESIDE = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])?\s*")


class NextLine:
    """Finds the block or line below a comment; `comments` are all comments, in source order."""

    def __init__(self, source: str, lines: Lines, comments: list[Span], body: str, start: int) -> None:
        self._source = source
        self._lines = lines
        self._comments = comments
        self._body = body
        self._start = start
        self._passed = (0, 0)

    def after(self, comment: Span) -> Span:
        """Return what the comment covers.

        On lines of its own: from the next line to the end of the outermost block that begins there, or after the
        comments that follow. Beside text: the next line of the source.
        """
        first, last = self._line_of(comment.start), self._line_of(comment.end - 1)
        below = self._line(last + 1)
        if not all(self._only_comments(line) for line in range(first, last + 1)):
            return below
        target = self._line(self._below_comments(last + 1))
        return Span(below.start, max(target.end, self._block_end(target)))

    def _below_comments(self, line: int) -> int:
        """Return the first line from `line` on that is not only comments."""
        begin, end = self._passed
        if not begin <= line <= end:
            begin = end = line
            while end <= len(self._lines.starts) and self._only_comments(end):
                end += 1
            self._passed = begin, end
        return end

    def _line_of(self, offset: int) -> int:
        return self._lines.position(offset).line

    def _line(self, line: int) -> Span:
        """Return the range of a line, empty at the end of the source for the one after the last."""
        if line > len(self._lines.starts):
            return Span(len(self._source), len(self._source))
        return self._lines.span(line)

    def _only_comments(self, line: int) -> bool:
        """Whether there are comments on a line, and nothing beside them but the marks of a list or quote."""
        start, end = self._lines.span(line)
        i = bisect.bisect_right(self._comments, start, key=lambda c: c.end)
        at, beside = start, list[str]()
        while i < len(self._comments) and self._comments[i].start < end:
            beside.append(self._source[at : max(at, self._comments[i].start)])
            at = min(end, self._comments[i].end)
            i += 1
        return bool(beside) and bool(_NOTHING_BESIDE.fullmatch("".join([*beside, self._source[at:end]])))

    def _block_end(self, line: Span) -> int:
        starts, ends, offsets = self._outlines
        i = bisect.bisect_left(starts, line.start)
        return offsets.of(ends[i]) if i < len(starts) and starts[i] < line.end else 0

    @functools.cached_property
    def _outlines(self) -> tuple[list[int], list[int], Offsets]:
        """Where blocks start, in code points, and end, in bytes; the outermost of those that start together first."""
        raw = self._source[self._start :].encode()
        offsets = Offsets(raw, self._start)
        starts, ends = list[int](), list[int]()
        for event, where in events(self._body):
            tag = event.get("Start") if event.__class__ is dict else None
            if tag and (tag if tag.__class__ is str else next(iter(tag))) in _BLOCKS:
                starts.append(offsets.of(where["start"]))
                ends.append(where["end"])
        return starts, ends, Offsets(raw, self._start)
