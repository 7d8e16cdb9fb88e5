"""Where a literal stands in a text, and not as a part of a longer word in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATIN = re.compile(r"[A-Za-z0-9]{2}")


def occurrences(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges at which `wanted` stands in `text`, overlapping ones included."""
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether neither edge of a range cuts a run of letters and digits (ROI in ROIC)."""
    return not (start and _LATIN.match(text, start - 1)) and not _LATIN.match(text, end - 1)
