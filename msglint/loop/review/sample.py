"""The leads that teach something of the hand-over rules: called long enough ago to know what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from msglint.guide.sales import ActionRule, FitRule, Handoff
from msglint.loop.handoff import Score, score
from msglint.loop.metrics import MATURE_DAYS
from msglint.loop.model import Handover, Lead, Period
from msglint.loop.review.book import Book
from msglint.loop.review.figures import limits
from msglint.loop.revisions import in_force
from msglint.loop.threshold import Case

Rule = FitRule | ActionRule


@dataclass(frozen=True, slots=True)
class Resolved:
    """A lead that sales called. `sql`: it was an SQL within 30 days from `since`, the hand-over or (explored) the call.

    `score` is by today's rules, the highest from then until the call (at the very hand-over nearly all have the
    threshold's); `hit` the rules that gave it points (None: not known
    any more); `hours` until the call, by the clock of
    its day's rules, None where that is not known. `weight`: for how many leads it stands.
    """

    lead: str
    since: datetime
    score: Decimal
    hit: frozenset[Rule] | None
    sql: bool
    confirmed: int
    hours: float | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The resolved leads of `period`, and how many (件) were left out.

    `uncalled`: nobody called; `young`: handed over less than 30 days ago; `unscored`: nothing is recorded that a score
    could rest on. `explored`: of the resolved, those called below the threshold to learn.
    """

    period: Period
    resolved: tuple[Resolved, ...]
    uncalled: int
    young: int
    unscored: int
    explored: int

    @property
    def cases(self) -> list[Case]:
        """What the threshold is judged by."""
        return [Case(float(one.score), one.sql, one.weight) for one in self.resolved]


def sample(book: Book, period: Period) -> Sample:
    """Return the leads of `period` that teach something, scored by the guide's present rules.

    Leads are of the period of their hand-over, explored ones of that of their call.
    """
    handoff = book.handoff
    if handoff is None:
        return Sample(period, (), 0, 0, 0, 0)
    handed = [one for one in book.handovers if period.has(book.day(one.mql_at))]
    people = {lead.id: lead for lead in book.leads}
    called = [one for one in handed if _contacted(people[one.lead], book)]
    ripe = [one for one in called if one.mql_at + timedelta(days=MATURE_DAYS) <= book.now]
    scored = {one.lead: _scored(one, people[one.lead], book, handoff) for one in ripe}
    found = [_resolved(one, people[one.lead], scored[one.lead], book) for one in ripe]
    known = [one for one in found if one is not None]
    explored = list(_explored(book, handoff, period))
    return Sample(
        period,
        tuple(known + explored),
        uncalled=len(handed) - len(called),
        young=len(called) - len(ripe),
        unscored=len(found) - len(known),
        explored=len(explored),
    )


def _contacted(lead: Lead, book: Book) -> bool:
    ends = (lead.called_at, lead.sql_at, lead.rejected_at)
    return any(moment is not None and moment <= book.now for moment in ends)


def _scored(one: Handover, lead: Lead, book: Book, handoff: Handoff) -> Score | None:
    """Return the highest score from hand-over to call by today's rules; None when there is nothing to base it on."""
    done = book.actions.get(lead.id, ())
    if lead.forgotten or all(action.at > one.mql_at for action in done):
        return None
    ends = [end for end in (lead.called_at, lead.sql_at, lead.rejected_at) if end is not None]
    moments = [one.mql_at, *(action.at for action in done if one.mql_at < action.at <= min(ends))]
    return max((score(lead, done, handoff, at) for at in moments), key=lambda found: found.total)


def _resolved(one: Handover, lead: Lead, found: Score | None, book: Book) -> Resolved | None:
    reached = found.total if found else _kept(one, lead, book)
    if reached is None:
        return None
    hit = frozenset(line.rule for line in found.lines if line.points) if found else None
    sql = one.sql_at is not None and one.sql_at - one.mql_at <= timedelta(days=MATURE_DAYS)
    return Resolved(one.lead, one.mql_at, reached, hit, sql, lead.confirmed, _hours(one, lead, book))


def _kept(one: Handover, lead: Lead, book: Book) -> Decimal | None:
    """Return the score that was kept of somebody who is forgotten; None when it is by other rules than today's."""
    same = book.handoff is not None and one.revision == book.handoff.revision
    return one.score if lead.forgotten and same else None


def _hours(one: Handover, lead: Lead, book: Book) -> float | None:
    limit = limits(book.revisions, book)(one)
    if limit is None or lead.called_at is None or not lead.clocked:
        return None
    return limit.hours(one.mql_at, lead.called_at)


def _explored(book: Book, handoff: Handoff, period: Period) -> Iterator[Resolved]:
    """Yield the leads below the threshold that were called to learn, each standing for those like it."""
    handed = {one.lead for one in book.handovers}
    found = [
        (lead, lead.called_at, score(lead, book.actions.get(lead.id, ()), handoff, lead.called_at))
        for lead in book.leads
        if lead.explore and lead.id not in handed and lead.called_at and period.has(book.day(lead.called_at))
    ]
    below = [(lead, at, s) for lead, at, s in found if s.total < handoff.mql.threshold]
    weight = _weight([s.total for _, _, s in below], book, handoff, period)
    for lead, at, reached in below:
        if at + timedelta(days=MATURE_DAYS) > book.now:
            continue
        rules = in_force(book.revisions, book.day(at))
        enough = lead.confirmed >= ((rules.bant_minimum if rules else None) or 0)
        sql = lead.sql_at is not None and timedelta() <= lead.sql_at - at <= timedelta(days=MATURE_DAYS) and enough
        hit = frozenset(line.rule for line in reached.lines if line.points)
        yield Resolved(lead.id, at, reached.total, hit, sql, lead.confirmed, None, weight)


def _weight(scores: Sequence[Decimal], book: Book, handoff: Handoff, period: Period) -> float:
    """Return for how many leads one that was explored stands: all that came as near to the threshold, by their best."""
    if not scores:
        return 1.0
    handed = {one.lead for one in book.handovers}
    others = [lead for lead in book.leads if lead.id not in handed and not lead.explore]
    tops = (_top(lead, book, handoff, period) for lead in others)
    near = sum(top is not None and min(scores) <= top < handoff.mql.threshold for top in tops)
    return (near + len(scores)) / len(scores)


def _top(lead: Lead, book: Book, handoff: Handoff, period: Period) -> Decimal | None:
    """Return the highest score that `lead` had in `period`; None when it did nothing then."""
    done = book.actions.get(lead.id, ())
    moments = [action.at for action in done if period.has(book.day(action.at))]
    return max((score(lead, done, handoff, at).total for at in moments), default=None)
