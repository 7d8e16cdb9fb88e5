"""Where a guide's regular expressions match."""

from __future__ import annotations

import contextlib
import functools
import re
from typing import Any

from msglint.guide.literals import shipped

PATIENCE = 1.0
"""Seconds that a guide's regular expression may take over one text."""


def matches(pattern: str, text: str) -> list[tuple[int, int]]:
    """Return the ranges of `text` that `pattern` matches; raises TimeoutError when it takes longer than PATIENCE."""
    own = _own(pattern)
    found = own.finditer(text) if own else _foreign(pattern).finditer(text, timeout=PATIENCE)
    return [match.span() for match in found]


@functools.lru_cache(maxsize=4096)
def _own(pattern: str) -> re.Pattern[str] | None:
    """Return an expression of msglint's own packs, which need no guard; None where the standard library has no word."""
    # To load regex takes as long as to read a guide.
    with contextlib.suppress(re.error):
        return re.compile(pattern) if pattern in shipped() else None
    return None


@functools.lru_cache(maxsize=4096)
def _foreign(pattern: str) -> Any:
    import regex

    return regex.compile(pattern)
