"""Which of many literals stand in a text, by one pass for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from msglint.analysis.occurrences import occurrences

_FEW = 16
"""Literals that are looked for one by one faster than an automaton is built."""


class Literals:
    """A set of non-empty literals to be looked for."""

    def __init__(self, literals: Iterable[str]) -> None:
        self._literals = [text for text in dict.fromkeys(literals) if text]
        self._automaton: Any = None

    def present(self, text: str) -> list[str]:
        """Return the literals that stand somewhere in `text`, in the order they were given."""
        if not self._literals:
            return []
        if len(self._literals) <= _FEW:
            return [literal for literal in self._literals if literal in text]
        return [self._literals[i] for i in sorted({hit[0] for hit in self._matches(text)})]

    def places(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each place of a literal in `text`, overlapping ones too: the literal, and where it begins."""
        if len(self._literals) <= _FEW:
            for literal in self._literals:
                yield from ((literal, at) for at, _ in occurrences(literal, text))
        else:
            yield from ((self._literals[i], at) for i, at, _ in self._matches(text))

    def _matches(self, text: str) -> Iterable[tuple[int, int, int]]:
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._literals)
        return cast("Iterable[tuple[int, int, int]]", self._automaton.find_matches_as_indexes(text, overlapping=True))
