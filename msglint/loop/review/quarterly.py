"""The quarterly review, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from msglint.loop.metrics import Conversion
from msglint.loop.model import Period, Review
from msglint.loop.review import calibration, selling
from msglint.loop.review.book import Book
from msglint.loop.review.calibration import Band, BantBand, RuleLift
from msglint.loop.review.decisions import Decision
from msglint.loop.review.figures import Trend, trend
from msglint.loop.review.funnel import Funnel, funnel
from msglint.loop.review.gaps import Gap, gaps
from msglint.loop.review.monthly import held
from msglint.loop.review.periods import Kind, Span, State, quarter
from msglint.loop.review.proposal import Proposal, propose
from msglint.loop.review.questions import questions
from msglint.loop.review.sample import Sample, sample
from msglint.loop.review.selling import Cell, Selling
from msglint.loop.threshold import Advice, advise


@dataclass(frozen=True, slots=True)
class Expected:
    """What a threshold would have made of the quarter: MQLs and SQLs (件), and calls (件) for each of sales."""

    threshold: float
    mqls: float
    sqls: float
    calls: float | None


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the called leads of the year say of the hand-over rules, all scored by today's.

    `advice` is None without rules. `expected` (before, after) and `proposal` are there when a threshold is suggested.
    """

    revision: str | None
    sample: Sample
    scores: tuple[Band, ...]
    bant: tuple[BantBand, ...]
    hours: tuple[Band, ...]
    rules: tuple[RuleLift, ...]
    revisions: tuple[tuple[str | None, Conversion], ...]
    advice: Advice | None
    expected: tuple[Expected, ...]
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Quarterly:
    """The review of a quarter as known at the end of the day `as_of`; `held` says that the meeting was held.

    `target`: the share (0–1) of MQLs that the guide wants to become SQLs. `signers`: who agreed for marketing and for
    sales last time. `names`: what the guide calls its personas and stages, by their ids.
    """

    span: Span
    as_of: date
    state: State
    trend: Trend
    target: Decimal | None
    questions: tuple[Decision, ...]
    criteria: Criteria
    funnel: Funnel
    selling: Selling
    coverage: tuple[Cell, ...]
    names: dict[str, str]
    gaps: tuple[Gap, ...]
    signers: tuple[str, str]
    held: Review | None

    @property
    def kind(self) -> Kind:
        """Which review it is."""
        return "quarterly"


def quarterly(book: Book, name: str) -> Quarterly:
    """Return the review of the quarter called `name` (2026-Q3); raises Misread when there is no such quarter."""
    span = quarter(name)
    moved = trend(book, span)
    criteria = _criteria(book, span, moved)
    sold, covered = selling.selling(book, span), selling.coverage(book)
    agreed = book.handoff.agreed if book.handoff else None
    return Quarterly(
        span=span,
        as_of=book.today,
        state=span.state(book.today),
        trend=moved,
        target=book.handoff.target_conversion if book.handoff else None,
        questions=questions(moved, criteria.advice, criteria.rules, sold, covered),
        criteria=criteria,
        funnel=funnel(book, span.days),
        selling=sold,
        coverage=covered,
        names=_names(book),
        gaps=() if span.state(book.today) == "future" else gaps(book, span.days),
        signers=(agreed.marketing, agreed.sales) if agreed else ("", ""),
        held=held(book, "quarterly", span),
    )


def _names(book: Book) -> dict[str, str]:
    personas = {one.id: one.name or one.id for one in book.holdings.personas}
    return personas | {one.id: one.name or one.id for one in book.holdings.stages}


def _criteria(book: Book, span: Span, moved: Trend) -> Criteria:
    """Return what the twelve months that end with the quarter say: a quarter alone has too few leads."""
    year = Period(span.before(3)[0].days.since, span.days.until)
    found = sample(book, year)
    handoff = book.handoff
    advice = advise(found.cases, float(handoff.mql.threshold)) if handoff else None
    suggested = advice.suggested if advice else None
    called = [lead for lead in book.leads if lead.called_at and span.days.has(book.day(lead.called_at))]
    callers = {lead.owner for lead in called if lead.owner}
    return Criteria(
        revision=handoff.revision if handoff else None,
        sample=found,
        scores=calibration.by_score(found.resolved),
        bant=calibration.by_bant(found.resolved, book.deals),
        hours=calibration.by_hours(found.resolved),
        rules=calibration.lifts(book, found),
        revisions=calibration.by_revision(book, year),
        advice=advice,
        expected=tuple(_expected(advice, found, moved.now.mqls, len(callers))) if advice and suggested else (),
        proposal=propose(book, suggested) if suggested is not None else None,
    )


def _expected(advice: Advice, found: Sample, mqls: int, callers: int) -> Iterator[Expected]:
    """Yield what the quarter would have been by the current and the suggested threshold, from the year's leads."""
    assert advice.suggested is not None
    now = sum(case.weight for case in found.cases if case.score >= advice.current)
    for threshold in (advice.current, advice.suggested):
        over = [case for case in found.cases if case.score >= threshold]
        scale = mqls / now if now else 0.0
        leads = sum(case.weight for case in over) * scale
        sqls = sum(case.weight for case in over if case.sql) * scale
        yield Expected(threshold, leads, sqls, leads / callers if callers else None)
