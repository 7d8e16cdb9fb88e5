"""What became of the deals: why they were lost, how fast sales earns, and what there is to take into a meeting."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from msglint.loop.intervals import Movement, Share, moved
from msglint.loop.metrics import win_rate
from msglint.loop.model import Deal, Period
from msglint.loop.review.book import Book
from msglint.loop.review.periods import Span
from msglint.loop.velocity import Factor, Velocity, contributions, moved_most, velocity


@dataclass(frozen=True, slots=True)
class Loss:
    """The deals lost for one reason (None: for none given), and what they were worth together (円, where known)."""

    reason: str | None
    share: Share
    amount: int


@dataclass(frozen=True, slots=True)
class Pace:
    """Sales velocity of a quarter and of the one before, and which factor moved `most`.

    `parts` add up to the change of its logarithm. Both are only told where both quarters have deals enough.
    """

    now: Velocity
    before: Velocity
    parts: tuple[tuple[Factor, float], ...]
    most: Factor | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Sales velocity of the deals whose leads came from one source (None: not known)."""

    source: str | None
    pace: Velocity


@dataclass(frozen=True, slots=True)
class Selling:
    """Deals won of those closed in the quarter, and in the one before; losses by reason; velocity, and by source."""

    won: Share
    won_before: Share
    movement: Movement
    losses: tuple[Loss, ...]
    pace: Pace
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The sheets for one persona in one stage: `usable` of them may be used today."""

    persona: str
    stage: str
    usable: int
    sheets: int


def selling(book: Book, span: Span) -> Selling:
    """Return what became of the deals of the quarter `span`."""
    (before,) = span.before(1)
    won, won_before = win_rate(book.deals, span.days), win_rate(book.deals, before.days)
    now, then = velocity(book.deals, span.days), velocity(book.deals, before.days)
    enough = now.enough and then.enough
    parts = contributions(then, now) or {} if enough else {}
    pace = Pace(now, then, tuple(parts.items()), moved_most(then, now) if enough else None)
    return Selling(won, won_before, moved(won_before, won), losses(book, span.days), pace, segments(book, span.days))


def segments(book: Book, period: Period) -> tuple[Segment, ...]:
    """Return the velocity of `period` by the source of the deals' leads, the most deals first; none without deals."""
    sources = {lead.id: _reason(lead.source) for lead in book.leads}
    groups: defaultdict[str | None, list[Deal]] = defaultdict(list)
    for deal in book.deals:
        groups[sources.get(deal.lead or "")].append(deal)
    found = [Segment(source, velocity(deals, period)) for source, deals in groups.items()]
    known = [one for one in found if one.pace.number or one.pace.won.n]
    return tuple(sorted(known, key=lambda one: (one.source is None, -one.pace.number, one.source or "")))


def losses(book: Book, period: Period) -> tuple[Loss, ...]:
    """Return why deals were lost in `period`, the most frequent reason first."""
    lost = [deal for deal in book.deals if deal.outcome == "lost" and period.has(deal.closed_on)]
    groups: defaultdict[str | None, list[Deal]] = defaultdict(list)
    for deal in lost:
        groups[_reason(deal.lost_reason)].append(deal)
    found = [
        Loss(reason, Share(len(deals), len(lost)), sum(deal.amount or 0 for deal in deals))
        for reason, deals in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.share.k, one.reason is None, one.reason or "")))


def coverage(book: Book) -> tuple[Cell, ...]:
    """Return the sheets there are today for each persona and stage of the guide, in the guide's order."""
    known = book.holdings
    found = []
    for persona in known.personas:
        for stage in known.stages:
            mine = [one for one in known.sheets if (one.persona, one.stage) == (persona.id, stage.id)]
            usable = sum(one.usable(book.today) for one in mine)
            found.append(Cell(persona.name or persona.id, stage.name or stage.id, usable, len(mine)))
    return tuple(found)


def _reason(written: str | None) -> str | None:
    return " ".join(unicodedata.normalize("NFKC", written or "").split()) or None
