"""The monthly review, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from msglint.loop.model import Review
from msglint.loop.review import sheets, voices
from msglint.loop.review.book import Book
from msglint.loop.review.decisions import Decision, Grounds, decisions
from msglint.loop.review.figures import Trend, trend
from msglint.loop.review.gaps import Gap, gaps
from msglint.loop.review.periods import Kind, Span, State, month
from msglint.loop.review.sheets import SheetUse, StaleUse
from msglint.loop.review.voices import Quality, Request, Task


@dataclass(frozen=True, slots=True)
class Monthly:
    """The review of a month as known at the end of the day `as_of`; `held` says that the meeting was held.

    `target`: the share (0–1) of MQLs that the guide wants to become SQLs.
    """

    span: Span
    as_of: date
    state: State
    trend: Trend
    target: Decimal | None
    decisions: tuple[Decision, ...]
    best: tuple[SheetUse, ...]
    worst: tuple[SheetUse, ...]
    quality: Quality
    stale: tuple[StaleUse, ...]
    requests: tuple[Request, ...]
    tasks: tuple[Task, ...]
    upcoming: tuple[Task, ...]
    gaps: tuple[Gap, ...]
    held: Review | None

    @property
    def kind(self) -> Kind:
        """Which review it is."""
        return "monthly"


def monthly(book: Book, name: str) -> Monthly:
    """Return the review of the month called `name` (2026-10); raises Misread when there is no such month."""
    span = month(name)
    target = book.handoff.target_conversion if book.handoff else None
    moved, quality = trend(book, span), voices.quality(book, span)
    used = sheets.uses(book, span.days)
    worst, stale = sheets.worst(used), sheets.stale_uses(book, span.days)
    asked, agreed = voices.requests(book, span.days), voices.tasks(book, span.days)
    return Monthly(
        span=span,
        as_of=book.today,
        state=span.state(book.today),
        trend=moved,
        target=target,
        decisions=decisions(Grounds(moved, worst, stale, quality, asked, agreed, target)),
        best=sheets.best(used),
        worst=worst,
        quality=quality,
        stale=stale,
        requests=asked,
        tasks=agreed,
        upcoming=voices.upcoming(book, span.days),
        gaps=() if span.state(book.today) == "future" else gaps(book, span.days),
        held=held(book, "monthly", span),
    )


def held(book: Book, kind: Kind, span: Span) -> Review | None:
    """Return the meeting of that review; None when none is recorded."""
    return next((one for one in book.reviews if (one.kind, one.period) == (kind, span.name)), None)
