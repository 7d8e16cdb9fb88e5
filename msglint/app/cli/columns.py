"""Lays two columns out on a terminal, by the room that full-width characters take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msglint.report.widths import columns, fold, pad

_INDENT = "  "
_LEAST = 20


def listed(rows: Iterable[tuple[str, str]], width: int, *, most: int = 30) -> str:
    """Return `rows` as two columns within `width`; where the first is wider than `most` it gets a line of its own."""
    pairs = list(rows)
    left = max((columns(first) for first, _ in pairs if columns(first) <= most), default=0)
    room = max(width - 2 * len(_INDENT) - left, _LEAST)
    return "".join(line for first, second in pairs for line in _row(first, fold(second, room), left))


def _row(first: str, second: list[str], left: int) -> Iterator[str]:
    if columns(first) > left:
        yield f"{_INDENT}{first}\n"
        first = ""
    for line in second:
        yield f"{_INDENT}{pad(first, left)}{_INDENT}{line}".rstrip() + "\n"
        first = ""
