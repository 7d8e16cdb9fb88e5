"""NFKC with a way back: the folded text, and for each of its characters where it came from."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# Only where a mark joins the character before it can as much be lost in one place as is added in another.
_COMBINING = re.compile("[\u0300-\u036f\u1100-\u11ff\u3099\u309a\ufe00-\ufe2f\uff9e\uff9f]")
_JOINING = "\uff9e\uff9f"  # half-width voiced marks join the kana before them


class Folded(NamedTuple):
    """NFKC text; `starts[i]`, `ends[i]` are the range in the original that folded character `i` stands for."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty range of the folded text to the original."""
        return self.starts[start], self.ends[end - 1]


@functools.lru_cache(maxsize=256)
def aligned(text: str) -> str | None:
    """Return `text` in NFKC if that is the same text character for character, else None."""
    folded = nfkc(text)
    return folded if len(folded) == len(text) and (folded == text or not _COMBINING.search(text)) else None


def fold(text: str) -> Folded:
    """Return `text` in NFKC (full- and half-width and compatibility forms are one)."""
    if (same := aligned(text)) is not None:
        return Folded(same, range(len(text)), range(1, len(text) + 1))
    parts, starts, ends = [], list[int](), list[int]()
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or text[end] in _JOINING):
            end += 1
        piece = unicodedata.normalize("NFKC", text[at:end])
        parts.append(piece)
        starts += [at] * len(piece)
        ends += [end] * len(piece)
        at = end
    return Folded("".join(parts), starts, ends)


def nfkc(text: str) -> str:
    """Return `text` in NFKC."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
