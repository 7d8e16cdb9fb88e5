"""The regular expressions of a prh dictionary in JavaScript, put together the way prh does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

REFERENCE = re.compile(r"\$([0-9]{1,2})", re.ASCII)
"""A group in `expected`; two digits where there are two, as in prh."""
_WRITTEN = re.compile(r"/(.*)/([dgimsuy]*)")
_SYNTAX = re.compile(r"[*+.?{}()\[\]^$|/]")
_SLASH = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|(/)|(\n)", re.DOTALL)
_HALF = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_FULL = "".join(chr(ord(character) + 0xFEE0) for character in _HALF)


class JsPattern(NamedTuple):
    """A JavaScript pattern; g, m and u always hold, the other flags count as prh lets them."""

    source: str
    ignore_case: bool = False
    dot_all: bool = False

    def __str__(self) -> str:
        """Return the pattern as JavaScript prints it, which is how `ignoreRules` names it."""
        printed = _SLASH.sub(lambda m: m[1] or ("\\/" if m[2] else "\\n"), self.source) or "(?:)"
        return f"/{printed}/g{'i' * self.ignore_case}mu"


def written(text: str) -> JsPattern | None:
    """Return the pattern when `text` is `/…/flags`, None when it is a literal.

    Raises ValueError for a flag that is given twice.
    """
    found = _WRITTEN.fullmatch(text)
    if not found:
        return None
    if len(set(found[2])) < len(found[2]):
        raise ValueError(found[2])
    return JsPattern(found[1], "i" in found[2], "s" in found[2])


def literal(text: str) -> JsPattern:
    """Return the pattern of a text that is no `/…/`; a backslash in it keeps its meaning, as in prh."""
    return JsPattern(_SYNTAX.sub(r"\\\g<0>", text))


def spread(expected: str) -> JsPattern:
    """Return the pattern of an `expected` without one: its letters and digits in either case and width.

    All else of it is read as a regular expression, as in prh.
    """
    return JsPattern("".join(map(_either, expected)))


def _either(character: str) -> str:
    upper, lower = _HALF.find(character.upper()), _HALF.find(character.lower())
    if upper < 0 and lower < 0:
        return character
    if upper == lower:
        return f"[{character}{_FULL[upper]}]"
    return f"[{character.upper()}{character.lower()}{''.join(_FULL[at] for at in (upper, lower) if at >= 0)}]"


def bounded(pattern: JsPattern) -> JsPattern:
    """Return `pattern` between word boundaries (before its first and after its last alternative only, as in prh)."""
    return pattern._replace(source=rf"\b{pattern.source}\b")


def combined(patterns: Sequence[JsPattern]) -> JsPattern:
    """Return what matches any of `patterns`; the flags are the first one's."""
    return patterns[0]._replace(source=f"(?:{'|'.join(p.source for p in patterns)})")
