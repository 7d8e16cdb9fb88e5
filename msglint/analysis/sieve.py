"""Which of many patterns are worth running over a text: those whose literals it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msglint.guide.needles import even


class Sieve:
    """Patterns by the literals that each cannot match without (none: unknown, such a pattern always passes)."""

    def __init__(self, needles: Sequence[Sequence[str]]) -> None:
        self._always = [i for i, some in enumerate(needles) if not some]
        by_needle: dict[str, list[int]] = {}
        for i, some in enumerate(needles):
            for needle in some:
                by_needle.setdefault(needle, []).append(i)
        self._indexes = list(by_needle.values())
        self._automaton = _automaton(list(by_needle)) if by_needle else None

    def passing(self, text: str) -> list[int]:
        """Return the indexes of the patterns that can match in `text`, in order."""
        found = set(self._always)
        if self._automaton:
            for needle in {hit[0] for hit in self._automaton.find_matches_as_indexes(even(text), overlapping=True)}:
                found.update(self._indexes[needle])
        return sorted(found)


def _automaton(needles: list[str]) -> Any:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(needles)
