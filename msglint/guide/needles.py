"""Literals that a pattern cannot match without, so that one pass over a text finds the rules worth running."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_STRINGS = 64
_LENGTH = 64
_MEMBERS = 6

_LETTERS = range(26)
_EVEN = str.maketrans(
    {chr(0xFF21 + i): chr(0x61 + i) for i in _LETTERS}
    | {chr(0xFF41 + i): chr(0x61 + i) for i in _LETTERS}
    | {chr(0xFF10 + i): chr(0x30 + i) for i in range(10)}
    | {"\u017f": "s", "\u212a": "k"}
)
_WIDE = re.compile("[Ａ-Ｚａ-ｚ０-９\u017f\u212a]")


def even(text: str) -> str:
    """Return `text` with letters and digits half-width and lower case, one character for one."""
    # Of bytes lower() changes A to Z alone, and ten times faster than a table does.
    lowered = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    return lowered.translate(_EVEN) if _WIDE.search(lowered) else lowered


class Needles(NamedTuple):
    """What is known of the text a part of a pattern matches, evened out.

    `exact` are all the texts it can be, when they are few; `some` are texts of which one is always inside (none:
    unknown).
    """

    exact: frozenset[str] | None
    some: frozenset[str]


UNKNOWN = Needles(None, frozenset())
NOTHING = Needles(frozenset({""}), frozenset())


def characters(members: Iterable[str], *, ignore_case: bool) -> Needles:
    """Return the needles of one character out of `members`."""
    found = set[str]()
    for member in members:
        if ignore_case and not _one_when_evened(member):
            return UNKNOWN
        found.add(even(member))
        if len(found) > _MEMBERS:
            return UNKNOWN
    return Needles(frozenset(found), frozenset(found)) if found else UNKNOWN


def _one_when_evened(character: str) -> bool:
    cases = {character, character.lower(), character.upper(), character.casefold(), character.title()}
    return len({even(case) for case in cases}) == 1


def sequence(parts: Sequence[Needles]) -> Needles:
    """Return the needles of `parts` one after the other."""
    run, runs, whole = frozenset({""}), list[frozenset[str]](), True
    for part in parts:
        joined = _joined(run, part.exact) if part.exact is not None else None
        if joined is not None:
            run = joined
            continue
        runs += [run, part.some]
        run, whole = frozenset({""}) if part.exact is None else part.exact, False
    return Needles(run if whole else None, _best([*runs, run]))


def _joined(heads: frozenset[str], tails: frozenset[str]) -> frozenset[str] | None:
    if len(heads) * len(tails) > _STRINGS:
        return None
    joined = frozenset(head + tail for head, tail in itertools.product(heads, tails))
    return None if any(len(text) > _LENGTH for text in joined) else joined


def _best(runs: Sequence[frozenset[str]]) -> frozenset[str]:
    usable = [run for run in runs if run and "" not in run]
    return max(usable, key=lambda run: (min(map(len, run)), -len(run)), default=frozenset())


def alternatives(parts: Sequence[Needles]) -> Needles:
    """Return the needles of one out of `parts`."""
    exact: frozenset[str] | None = None
    if all(part.exact is not None for part in parts):
        exact = frozenset(itertools.chain.from_iterable(part.exact or () for part in parts))
    known = all(part.some for part in parts)
    some = frozenset(itertools.chain.from_iterable(part.some for part in parts)) if known else frozenset[str]()
    return Needles(exact if exact is not None and len(exact) <= _STRINGS else None, some)


def repeated(part: Needles, least: int, most: int | None) -> Needles:
    """Return the needles of `part` between `least` and `most` times over (None: without end)."""
    if (least, most) == (0, 1):
        return alternatives([part, NOTHING])
    if least == most and least <= _MEMBERS:
        return sequence([part] * least)
    return Needles(None, part.some) if least else UNKNOWN
