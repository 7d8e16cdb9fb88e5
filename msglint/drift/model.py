"""What `msglint drift` shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from msglint.analysis.encoder import Identity
from msglint.model import Position, Span


class Place(NamedTuple):
    """A section: its article, the offset where it starts, and its heading (None before the first one)."""

    path: str
    offset: int
    heading: str | None


def percent(value: float) -> int:
    """Return a probability in percent, rounded down: what misses 50% is never shown as if it reached it."""
    return round(value * 1000) // 10


@dataclass(frozen=True, slots=True)
class Scored:
    """A probability for a claim, and the sentence it rests on."""

    value: float
    span: Span


@dataclass(frozen=True, slots=True)
class SectionDrift:
    """One section: how surely it carries and contradicts each claim, and how near it is to the message.

    `on_message` under the threshold makes it `off_message`. `nearest` is the guide's nearest sentence; `point` the
    section's place on the map.
    """

    heading: str | None
    start: Position
    claims: Mapping[str, Scored]
    contradictions: Mapping[str, Scored]
    on_message: float
    off_message: bool
    nearest: str
    point: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class ArticleDrift:
    """One article and its sections in order; `carries` are the claims one of them supports, in the guide's order."""

    path: str
    carries: tuple[str, ...]
    sections: tuple[SectionDrift, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """Two sections of different articles and the cosine of their vectors; `duplicate`: near-duplicate reports them."""

    similarity: float
    first: Place
    second: Place
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Month:
    """The content as it was at the end of a month (of the newest, as it is now).

    `coverage` is the share of articles that carry each claim, `off_message` the share of sections off message.
    """

    day: date
    articles: int
    sections: int
    coverage: Mapping[str, float]
    off_message: float
    on_message: float


@dataclass(frozen=True, slots=True)
class ClaimPoint:
    """A claim: its id, its statement, and its place on the map of sections."""

    id: str
    statement: str
    point: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drift:
    """The whole picture; `twins` are the most similar pairs, most similar first, `trend` the months, oldest first."""

    guide: str
    encoder: Identity
    threshold: float
    claims: tuple[ClaimPoint, ...]
    articles: tuple[ArticleDrift, ...]
    uncarried: tuple[str, ...]
    twins: tuple[Twins, ...]
    trend: tuple[Month, ...] = ()

    @property
    def silent(self) -> tuple[str, ...]:
        """The articles that carry no claim."""
        return tuple(a.path for a in self.articles if not a.carries)
