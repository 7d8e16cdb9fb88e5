"""One block's readable text while it is being read, each piece with its place in the source."""

from __future__ import annotations

from typing import NamedTuple

from msglint.document import tidy
from msglint.document.model import PLACEHOLDER, Kind, Reference, Run


class Context(NamedTuple):
    """Where a block stands; the fields are `Block`'s."""

    kind: Kind
    level: int = 0
    quote: bool = False
    group: int | None = None
    row: int | None = None
    column: int | None = None
    label: str | None = None


class Mark(NamedTuple):
    """Where something began that is not prose if it ends: `blocks` is how many blocks there were."""

    name: str
    part: int
    source: int
    blocks: int


class Collected:
    """Collects text as parts; `places[i]` is the source offset and length that `parts[i]` came from."""

    __slots__ = ("context", "end", "marks", "parts", "places", "references", "soft", "start")

    def __init__(self, context: Context, start: int) -> None:
        self.context = context
        self.start = self.end = start
        self.parts: list[str] = []
        self.places: list[tuple[int, int]] = []
        self.marks: list[Mark] = []
        self.soft: list[int] = []
        self.references: list[tuple[int, str]] = []

    def add(self, text: str, source: int, length: int) -> None:
        """Append `text`, which stands for `length` code points of the source at `source`."""
        self.parts.append(text)
        self.places.append((source, length))

    def soft_break(self, character: str, source: int) -> None:
        """Append a line end that the reader does not see between two full-width characters."""
        self.soft.append(len(self.parts))
        self.add(character, source, 1)

    def cut(self, mark: Mark, end: int, *, hidden: bool = False) -> None:
        """Take back all since `mark`: up to `end` the source is not prose, or (`hidden`) not seen at all."""
        del self.parts[mark.part :], self.places[mark.part :]
        self.soft = [i for i in self.soft if i < mark.part]
        self.references = [r for r in self.references if r[0] < mark.source]
        if not hidden:
            self.add(PLACEHOLDER, mark.source, end - mark.source)

    def finish(self) -> tuple[str, tuple[Run, ...], tuple[Reference, ...]]:
        """Return the text, its runs and its footnote references."""
        text = "".join(self.parts)
        pieces: tidy.Pieces = zip(self.parts, self.places, strict=True)
        if edits := tidy.edits(text, self._soft_offsets() if self.soft else (), quote=self.context.quote):
            pieces = list(tidy.apply(edits, pieces))
            text = "".join(part for part, _ in pieces)
        runs = _runs(pieces)
        return text, runs, self._placed(runs, len(text)) if self.references else ()

    def _soft_offsets(self) -> set[int]:
        found, at, soft = set[int](), 0, set(self.soft)
        for i, part in enumerate(self.parts):
            if i in soft:
                found.add(at)
            at += len(part)
        return found

    def _placed(self, runs: tuple[Run, ...], length: int) -> tuple[Reference, ...]:
        """Put each reference at the end of the text that stands before it in the source."""
        found, i, at = [], 0, 0
        for source, label in self.references:
            while i < len(runs) and runs[i].source < source:
                at = runs[i].text + min(runs[i].length, source - runs[i].source)
                i += 1
            found.append(Reference(min(at, length), label))
        return tuple(found)


def _runs(pieces: tidy.Pieces) -> tuple[Run, ...]:
    """Return the pieces as runs, joining those that follow each other both in the text and in the source."""
    runs = list[Run]()
    at = start = length = source = 0
    for part, (place, width) in pieces:
        n = len(part)
        if not n:
            continue
        if n == width and place == source + length and length:
            length += n
        else:
            if length:
                runs.append(Run(start, length, source, length))
            start, source, length = at, place, n
            if n != width:
                runs.append(Run(at, n, place, width))
                length = 0
        at += n
    if length:
        runs.append(Run(start, length, source, length))
    return tuple(runs)
