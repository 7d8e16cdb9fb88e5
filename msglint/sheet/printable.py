"""Text that every format can hold."""

from __future__ import annotations

import re

_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Return `text` without what XML cannot hold, and without marks that turn the direction of reading."""
    return _UNHELD.sub("", text)
