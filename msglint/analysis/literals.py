"""Which of many literals stand in a text, by one pass for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(self._literals)
        found = {hit[0] for hit in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        return [self._literals[i] for i in sorted(found)]
