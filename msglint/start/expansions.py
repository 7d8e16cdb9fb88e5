"""Abbreviations that a guide might ask to be explained, with what articles say they stand for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msglint.start.observed import Observed

_MOSTLY = 0.5
"""The share of articles from which on it is usual to explain an abbreviation."""
_SHOWN = 30
"""How many of each kind a person reads through."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation, what it stands for (most frequent first), and in how many articles it is used and explained."""

    term: str
    expansions: tuple[str, ...]
    used: int
    explained: int

    @property
    def usual(self) -> bool:
        """Whether articles that use it mostly say what it stands for."""
        return self.explained >= _MOSTLY * self.used


def expansions(seen: Sequence[Observed]) -> tuple[Abbreviation, ...]:
    """Return the abbreviations used most: first those that articles mostly explain, then the others."""
    ordered = sorted(_all(seen), key=lambda a: (-a.used, a.term))
    return (*[a for a in ordered if a.usual][:_SHOWN], *[a for a in ordered if not a.usual][:_SHOWN])


def _all(seen: Sequence[Observed]) -> Iterator[Abbreviation]:
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    used = Counter(short for one in seen for short in one.abbreviations)
    by_article = Counter[str]()
    for one in seen:
        by_article.update({short for short, _ in one.explained})
        for short, long in one.explained:
            spelt[short][long] += 1
    for short, longs in spelt.items():
        yield Abbreviation(short, _each_once(longs), max(used[short], by_article[short]), by_article[short])


def _each_once(longs: Counter[str]) -> tuple[str, ...]:
    """Return expansions, most frequent first, in one letter case and number each."""
    found: dict[str, str] = {}
    for long, _ in longs.most_common():
        found.setdefault(long.replace("-", " ").casefold().removesuffix("s"), long)
    return tuple(found.values())
