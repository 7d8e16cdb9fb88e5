"""Which of many patterns are worth running over a text: those whose literals it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msglint.analysis.literals import Literals
from msglint.guide.needles import even


class Sieve:
    """Patterns by the literals that each cannot match without (none: unknown, such a pattern always passes)."""

    def __init__(self, needles: Sequence[Sequence[str]]) -> None:
        self._always = [i for i, some in enumerate(needles) if not some]
        self._by_needle: dict[str, list[int]] = {}
        for i, some in enumerate(needles):
            for needle in some:
                self._by_needle.setdefault(needle, []).append(i)
        self._needles = Literals(self._by_needle)

    @property
    def always(self) -> tuple[int, ...]:
        """The indexes of the patterns of which it is unknown what they need."""
        return tuple(self._always)

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in `text` a pattern may match: its index, and where a literal that it needs begins."""
        for needle, at in self._needles.places(even(text)) if self._by_needle else ():
            yield from ((i, at) for i in self._by_needle[needle])

    def passing(self, text: str) -> list[int]:
        """Return the indexes of the patterns that can match in `text`, in order."""
        found = set(self._always)
        for needle in self._needles.present(even(text)) if self._by_needle else ():
            found.update(self._by_needle[needle])
        return sorted(found)
