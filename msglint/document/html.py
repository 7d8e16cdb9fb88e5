"""HTML in Markdown: comments, tags, and the prose between them."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from msglint.document.blocks import Blocks
from msglint.document.model import PLACEHOLDER
from msglint.document.prose import add_prose
from msglint.document.ranges import Ranges
from msglint.document.surroundings import Surroundings
from msglint.model import Span

_TAG = r"<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
_TOKEN = re.compile(rf"(?P<comment><!--(?:-?>|.*?-->|.*))|<[!?][^>]*>|{_TAG}", re.DOTALL)
_INLINE_TAG = re.compile(_TAG)

_RAW = frozenset({"script", "style", "pre", "svg", "textarea", "template"})
_UNREAD = frozenset({"rt", "rp"})
"""Readings beside kanji: a phrase is matched in the word itself."""
_NOT_PROSE = frozenset({"code", "del", "s", "strike"}) | _RAW | _UNREAD
_WITHIN_TEXT = frozenset(
    re.findall(
        r"\w+",
        """a abbr acronym b bdi bdo big button cite data dfn em font i input ins kbd label mark meter nobr output
        progress q rb ruby samp small span strong sub sup time tt u var wbr""",
    )
)


class Html:
    """Reads the HTML of one article; collects its comments, and the ranges between tags that are not prose.

    What `masks` cover is no HTML.
    """

    def __init__(self, blocks: Blocks, masks: Ranges) -> None:
        self.comments: list[Span] = []
        self.hidden: list[Span] = []
        self._blocks = blocks
        self._masks = masks
        self._around = Surroundings(blocks)
        self._quotes = 0
        self._never_closed: set[str] = set()

    def inline(self, start: int, end: int) -> None:
        """Read a tag or comment inside a paragraph."""
        blocks = self._blocks
        if blocks.source.startswith("<!--", start):
            self.comments.append(Span(start, end))
        elif match := _INLINE_TAG.match(blocks.source, start, end):
            name = match["name"].lower()
            if name in ("br", "img"):
                blocks.current(start).add("\n" if name == "br" else PLACEHOLDER, start, end - start)
            elif name in _NOT_PROSE and match["close"]:
                blocks.cut(name, end, hidden=name in _UNREAD)
            elif name in _NOT_PROSE and blocks.source[end - 2] != "/":
                blocks.mark(name, start)

    def read(self, pieces: list[Span]) -> None:
        """Read a block of HTML; `pieces` are its lines, without what stands before them in quotes and lists."""
        begin = self.hidden[-1].end if self.hidden else 0
        lines = [Span(max(p.start, begin), p.end) for p in pieces if p.end > begin]
        if self._masks:
            lines = [part for line in lines for part in self._masks.outside(line)]
        joined = _Joined(self._blocks.source, lines)
        at = 0
        while match := _TOKEN.search(joined.text, at):
            self._text(joined, at, match.start())
            at = self._token(joined, match)
        self._text(joined, at, len(joined.text))
        self._blocks.close(pieces[-1].end)

    def _text(self, joined: _Joined, start: int, end: int) -> None:
        for span in joined.spans(start, end):
            add_prose(self._blocks, span, self._around.context())

    def _token(self, joined: _Joined, match: re.Match[str]) -> int:
        """Take in a comment or tag, and return where reading goes on."""
        span = joined.span(match.start(), match.end())
        if match["comment"] and match.group().endswith("-->"):
            self.comments.append(span)
        if not match["name"]:
            return match.end()
        name = match["name"].lower()
        if name in _NOT_PROSE and not match["close"]:
            return self._not_prose(joined, match, name)
        if name in ("br", "img") or ":" in name:
            self._blocks.current(span.start).add("\n" if name == "br" else PLACEHOLDER, *_width(span))
        elif name not in _WITHIN_TEXT | _NOT_PROSE:
            self._blocks.close(span.start)
            self._structure(name, bool(match["close"]), joined, match.end())
        return match.end()

    def _structure(self, name: str, closing: bool, joined: _Joined, at: int) -> None:
        if name == "blockquote" and (self._quotes if closing else self._later(name, joined.place(at))):
            self._quotes += -1 if closing else 1
            self._blocks.quote += -1 if closing else 1
        if closing:
            self._around.leave(name)
        else:
            self._around.enter(name, joined.text[at : at + 5000])

    def _not_prose(self, joined: _Joined, match: re.Match[str], name: str) -> int:
        """Pass over an element that is not prose, and return where reading goes on."""
        start = joined.place(match.start())
        if closing := _closing(name).search(joined.text, match.end()):
            span = joined.span(match.start(), closing.end())
            if name in _RAW:
                self._blocks.close(start)
            elif name not in _UNREAD:
                self._blocks.current(start).add(PLACEHOLDER, *_width(span))
            return closing.end()
        if end := self._later(name, joined.place(match.end())):
            self.hidden.append(Span(start, end))
            return len(joined.text)
        return len(joined.text) if name in _RAW else match.end()

    def _later(self, name: str, at: int) -> int | None:
        """Return where the next closing tag of the name ends in the source, if there is one after `at`."""
        if name in self._never_closed:
            return None
        if match := _closing(name).search(self._blocks.source, at):
            return match.end()
        self._never_closed.add(name)
        return None


class _Joined:
    """Lines of HTML as one text, and the place of each character in the source."""

    def __init__(self, source: str, pieces: list[Span]) -> None:
        self._begins, self._pieces, at = list[int](), list[Span](), 0
        for piece in pieces:
            if self._pieces and self._pieces[-1].end == piece.start:
                self._pieces[-1] = Span(self._pieces[-1].start, piece.end)
            else:
                self._begins.append(at)
                self._pieces.append(piece)
            at += piece.end - piece.start
        self.text = "".join(source[p.start : p.end] for p in self._pieces)

    def place(self, at: int) -> int:
        """Return the source offset of a character, or of the end."""
        i = bisect.bisect_right(self._begins, at) - 1
        return self._pieces[i].start + at - self._begins[i]

    def span(self, start: int, end: int) -> Span:
        """Return the source range from the first to the last character of a range that is not empty."""
        return Span(self.place(start), self.place(end - 1) + 1)

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Yield the source ranges that a range of the text came from."""
        i = bisect.bisect_right(self._begins, start) - 1
        while start < end:
            begin, piece = self._begins[i], self._pieces[i]
            stop = min(begin + piece.end - piece.start, end)
            yield Span(piece.start + start - begin, piece.start + stop - begin)
            start, i = stop, i + 1


def _width(span: Span) -> tuple[int, int]:
    return span.start, span.end - span.start


@functools.cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s*>", re.IGNORECASE)
