"""How often leads became SQLs, by what is known of them: score, BANT, response, and the rules that gave points."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from msglint.guide.sales import Handoff
from msglint.loop.handoff import score
from msglint.loop.intervals import Movement, Share, moved
from msglint.loop.metrics import Conversion, conversion
from msglint.loop.model import Deal, Period
from msglint.loop.review.book import Book
from msglint.loop.review.sample import Resolved, Rule, Sample

Lift = Literal["dead", "unseen", "contrary", "agrees", "noise"]

_WIDTHS = (10, 20, 50, 100)
_MOST_BANDS = 8
_HOURS = (1, 4, 24, 72)


@dataclass(frozen=True, slots=True)
class Band:
    """How many of the leads from `low` up to `high` (None: without end) became SQLs."""

    low: float
    high: float | None
    share: Share


@dataclass(frozen=True, slots=True)
class BantBand:
    """Of the leads of which so many BANT items are confirmed: those that became SQLs, and deals won of those closed."""

    confirmed: int
    share: Share
    won: Share


@dataclass(frozen=True, slots=True)
class RuleLift:
    """What a rule of the score tells. `leads` (件) got points by it in the period.

    `with_` and `without`: SQLs among the resolved leads that did and did not. `difference` in points. `lift`: dead,
    nobody got points; unseen, none of the resolved did, or all; contrary, points go to the worse leads and not by
    chance; agrees, to the better ones; noise, nothing can be told.
    """

    rule: Rule
    leads: int
    with_: Share
    without: Share
    difference: Movement
    lift: Lift


def by_score(resolved: Sequence[Resolved]) -> tuple[Band, ...]:
    """Return the share of SQLs by score, in bands of 10 points (wider where these would be many), the highest open."""
    if not resolved:
        return ()
    scores = [float(one.score) for one in resolved]
    for width in _WIDTHS:
        first, last = (math.floor(bound / width) for bound in (min(scores), max(scores)))
        if last - first < _MOST_BANDS:
            break
    edges = [float(width * n) for n in range(first, min(last, first + _MOST_BANDS - 1) + 1)]
    return _bands(resolved, edges, lambda one: float(one.score))


def by_hours(resolved: Sequence[Resolved]) -> tuple[Band, ...]:
    """Return the share of SQLs by the hours until the call, of the leads where these are known."""
    known = [one for one in resolved if one.hours is not None]
    return _bands(known, [0.0, *map(float, _HOURS)], lambda one: one.hours or 0.0, upper=True) if known else ()


def by_bant(resolved: Sequence[Resolved], deals: Iterable[Deal]) -> tuple[BantBand, ...]:
    """Return the share of SQLs, and of deals won, by how many BANT items are confirmed."""
    closed = [deal for deal in deals if deal.outcome is not None]
    found = []
    for confirmed in range(5):
        mine = [one for one in resolved if one.confirmed == confirmed]
        theirs = [deal for deal in closed if deal.lead in {one.lead for one in mine}]
        won = Share(sum(deal.outcome == "won" for deal in theirs), len(theirs))
        found.append(BantBand(confirmed, share_of(mine), won))
    return tuple(found)


def by_revision(book: Book, period: Period) -> tuple[tuple[str | None, Conversion], ...]:
    """Return the conversion of the MQLs of `period` by the revision that they were handed over by, the earliest first.

    None stands for leads that the CRM called MQLs before there was any revision.
    """
    handed = [one for one in book.handovers if period.has(book.day(one.mql_at))]
    names = dict.fromkeys(one.revision for one in sorted(handed, key=lambda one: one.mql_at))
    return tuple(
        (name, conversion([one for one in handed if one.revision == name], period, book.now, book.clock.zone))
        for name in names
    )


def lifts(book: Book, found: Sample) -> tuple[RuleLift, ...]:
    """Return what each rule of the guide's score tells, in the guide's order."""
    if book.handoff is None:
        return ()
    rules: tuple[Rule, ...] = (*book.handoff.mql.fit, *book.handoff.mql.actions)
    known = [one for one in found.resolved if one.hit is not None]
    hits = _hits(book, book.handoff, found.period)
    return tuple(_lift(rule, hits.get(rule, 0), known) for rule in rules)


def share_of(resolved: Sequence[Resolved]) -> Share:
    """Return the share of SQLs among them."""
    return Share(sum(one.sql for one in resolved), len(resolved))


def _lift(rule: Rule, leads: int, known: Sequence[Resolved]) -> RuleLift:
    with_ = share_of([one for one in known if rule in (one.hit or ())])
    without = share_of([one for one in known if rule not in (one.hit or ())])
    difference = moved(without, with_)
    if not leads:
        lift: Lift = "dead"
    elif difference.noise is None:
        lift = "unseen"
    elif difference.noise:
        lift = "noise"
    else:
        lift = "agrees" if (difference.change > 0) == (rule.points > 0) else "contrary"
    return RuleLift(rule, leads, with_, without, difference, lift)


def _hits(book: Book, handoff: Handoff, period: Period) -> dict[Rule, int]:
    """Return how many leads got points by each rule in the period: of those that came or did anything in it."""
    found: dict[Rule, int] = {}
    for lead in book.leads:
        done = [action for action in book.actions.get(lead.id, ()) if period.has(book.day(action.at))]
        came = lead.created_at is not None and period.has(book.day(lead.created_at))
        if not done and not came:
            continue
        at = max((action.at for action in done), default=book.now)
        for line in score(lead, done, handoff, at).lines:
            found[line.rule] = found.get(line.rule, 0) + 1
    return found


def _bands(
    resolved: Sequence[Resolved], edges: Sequence[float], value: Callable[[Resolved], float], *, upper: bool = False
) -> tuple[Band, ...]:
    """Return the shares between the edges; an edge belongs to the band above it, with `upper` to the one below."""
    found = []
    for low, high in zip(edges, [*edges[1:], None], strict=True):
        mine = [one for one in resolved if _within(value(one), low, high, upper=upper)]
        found.append(Band(low, high, share_of(mine)))
    return tuple(found)


def _within(value: float, low: float, high: float | None, *, upper: bool) -> bool:
    if upper:
        return (value > low or low == 0) and (high is None or value <= high)
    return value >= low and (high is None or value < high)
