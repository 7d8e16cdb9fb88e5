"""Places in the units that other tools count in: UTF-8 bytes or UTF-16 code units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from msglint.model import Diagnostic, Lines, Position

_SIZES = {"utf-8": 1, "utf-16-le": 2}


class Place(NamedTuple):
    """Line and column from 1, offset from 0; column and offset in units, a BOM not counted."""

    line: int
    column: int
    offset: int


def places(
    text: str, diagnostics: Iterable[Diagnostic], encoding: Literal["utf-8", "utf-16-le"]
) -> dict[Position, Place]:
    """Return where each start and end is in the units of `encoding`; `text` is the file's, without its BOM.

    Walks the text once, so that many diagnostics in one long line stay cheap.
    """
    starts = Lines(text).starts
    positions = {p for d in diagnostics for p in (d.start, d.end)}
    offsets = {starts[p.line - 1] + p.column - 1 for p in positions} | {starts[p.line - 1] for p in positions}
    units, at, before = dict[int, int](), 0, 0
    for offset in sorted(offsets):
        before += len(text[at:offset].encode(encoding, "surrogatepass")) // _SIZES[encoding]
        units[offset], at = before, offset
    made = dict[Position, Place]()
    for p in positions:
        start = starts[p.line - 1]
        offset = units[start + p.column - 1]
        made[p] = Place(p.line, offset - units[start] + 1, offset)
    return made


def has_bom(text: str, diagnostic: Diagnostic) -> bool:
    """Whether the file begins with a BOM, which `text` is without: offsets count it, lines and columns do not."""
    start = diagnostic.start
    return start.offset > Lines(text).starts[start.line - 1] + start.column - 1
