"""The four figures of a period, and how they moved against the three periods before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from msglint.guide.sales import Handoff
from msglint.loop.handoff import clock_of, deadline
from msglint.loop.intervals import Movement, Share, counted, moved
from msglint.loop.metrics import Conversion, Limit, Response, conversion, mqls, response, sqls
from msglint.loop.model import Handover, Period
from msglint.loop.review.book import Book
from msglint.loop.review.periods import Span
from msglint.loop.revisions import in_force
from msglint.proportion import Interval

COMPARED = 3
"""How many periods before it a period is compared with."""


@dataclass(frozen=True, slots=True)
class Figures:
    """MQLs and SQLs (件) of a period, the conversion of its MQLs, and how fast sales called them."""

    span: Span
    mqls: int
    sqls: int
    conversion: Conversion
    response: Response

    @property
    def young(self) -> bool:
        """Whether most of its MQLs are too young to tell what becomes of them."""
        return self.conversion.immature > self.conversion.share.n


@dataclass(frozen=True, slots=True)
class Trend:
    """A period's figures beside those of the three `before`; each movement is against these together.

    MQLs and SQLs move in 件 a period, against the mean (of as many days, where one is not whole); rates move in points.
    `rated` is the period whose conversion is compared: this one, or the one before while most of its MQLs are young.
    `compared`: how many of the three something is known of, `begun` the first day known where that is not all of them.
    `hours`: within how many sales has to call, by the rules of the period's last day; `business`: working hours.
    """

    now: Figures
    before: tuple[Figures, ...]
    rated: Figures
    mqls: Movement
    sqls: Movement
    conversion: Movement
    response: Movement
    compared: int
    begun: date | None
    hours: float | None
    business: bool

    @property
    def periods(self) -> tuple[Figures, ...]:
        """All four periods, the earliest first."""
        return (*self.before, self.now)

    def known(self, one: Figures) -> bool:
        """Whether anything is known of that period: not before the first lead."""
        return one is self.now or one in self.before[len(self.before) - self.compared :]


def trend(book: Book, span: Span) -> Trend:
    """Return the four figures of `span` as known at the book's moment, and how they moved."""
    found = [figures(book, one) for one in (*span.before(COMPARED + 1), span)]
    earlier, now = found[-COMPARED - 1 : -1], found[-1]
    rated = found[-2] if now.young and not found[-2].young else now
    against = earlier if rated is now else found[:COMPARED]
    past = known_before(book, span)
    known = earlier[COMPARED - len(past) :] if past else []
    before, length = lengths(book, span)
    last = in_force(book.revisions, span.days.until)
    rule = last.response if last else None
    return Trend(
        now=now,
        before=tuple(earlier),
        rated=rated,
        mqls=moved_count([one.mqls for one in known], now.mqls, before, length),
        sqls=moved_count([one.sqls for one in known], now.sqls, before, length),
        conversion=moved(pooled([one.conversion.share for one in against]), rated.conversion.share),
        response=moved(pooled([one.response.share for one in earlier]), now.response.share),
        compared=len(known),
        begun=past[0].since if past and past[0].since > known[0].span.days.since else None,
        hours=float(rule.hours) if rule else None,
        business=rule is not None and rule.clock == "business",
    )


def figures(book: Book, span: Span) -> Figures:
    """Return the four figures of `span`, as known at the book's moment."""
    zone, days = book.clock.zone, span.days
    limit = limits(book.revisions, book)
    return Figures(
        span,
        mqls(book.handovers, days, zone),
        sqls(book.handovers, days, zone),
        conversion(book.handovers, days, book.now, zone),
        response(book.handovers, book.leads, days, book.now, zone, limit),
    )


def limits(revisions: Sequence[Handoff], book: Book) -> Callable[[Handover], Limit | None]:
    """Return what says until when a lead has to be called, and how its hours are counted, by the rules of its day."""

    def limit(handover: Handover) -> Limit | None:
        due = deadline(handover, revisions, book.clock)
        handoff = in_force(revisions, book.day(handover.mql_at))
        if due is None or handoff is None:
            return None
        return Limit(due, clock_of(handoff, book.clock).between)

    return limit


def known_before(book: Book, span: Span) -> list[Period]:
    """Return the days of the three periods before `span`, without those before the first lead that is known."""
    moments = [lead.created_at for lead in book.leads if lead.created_at]
    moments += [one.mql_at for one in book.handovers]
    if not moments:
        return []
    begun = book.day(min(moments))
    spans = (one.days for one in span.before(COMPARED))
    return [Period(max(days.since, begun), days.until) for days in spans if days.until > begun]


def lengths(book: Book, span: Span) -> tuple[int, int]:
    """Return how long the periods known before `span` are together, and `span` itself.

    In periods where all of them are whole, so that a count moves from the mean that anybody reckons; else in days.
    """
    past = known_before(book, span)
    whole = [one.days for one in span.before(COMPARED)][COMPARED - len(past) :]
    if past == whole and span.state(book.today) == "over":
        return len(past), 1
    return sum(period.days for period in past), span.until(book.today).days


def moved_count(before: Sequence[int], now: int, length_before: int, length: int) -> Movement:
    """Return how a count moved against periods so long together; with none it cannot be compared."""
    if not length_before:
        return Movement(0.0, Interval(0.0, 0.0), None)
    return counted(sum(before), now, length_before, length)


def pooled(shares: Sequence[Share]) -> Share:
    """Return the share of all their cases together."""
    return Share(sum(share.k for share in shares), sum(share.n for share in shares))
