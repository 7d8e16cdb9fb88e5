"""The half year as one value, and the steps in which it went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from msglint.demo import story
from msglint.demo.market import END, LAST, prospects
from msglint.demo.selling import Case, cases, other_deals
from msglint.demo.story import ZONE
from msglint.demo.traffic import Month, traffic
from msglint.demo.voices import Told, told
from msglint.guide.sales import Handoff
from msglint.loop.clock import Clock, holidays_in
from msglint.loop.model import Deal

_SEED = 20261031


class Step(NamedTuple):
    """The exports of a month: taken `at` a moment, of what happened `since` then."""

    at: datetime
    since: datetime
    month: date

    @property
    def day(self) -> date:
        """The day of the exports."""
        return self.at.astimezone(ZONE).date()


@dataclass(frozen=True, slots=True)
class HalfYear:
    """All that happened: leads with what became of them, other deals, page figures, and what sales said."""

    cases: tuple[Case, ...]
    others: tuple[Deal, ...]
    traffic: tuple[Month, ...]
    told: tuple[Told, ...]

    def told_in(self, step: Step) -> tuple[Told, ...]:
        """Return what sales wrote between the exports of a month and those before."""
        return tuple(one for one in self.told if step.since < one.at <= step.at)

    @property
    def shown(self) -> str:
        """The id of a lead worth looking at: handed over last month for many reasons, and not called yet."""
        waiting = [
            case
            for case in self.cases
            if case.lead.mql_at is not None and case.lead.called_at is None and not case.lead.explore
        ]
        return max(waiting, key=lambda case: (len({a.action for a in case.prospect.actions}), case.lead.id)).lead.id


def half_year(revisions: Sequence[Handoff]) -> HalfYear:
    """Return the half year that the `revisions` of the hand-over rules gave: the same in every run."""
    random = Random(_SEED)
    holidays = story.as_of(END)[story.HOLIDAYS].decode().splitlines()
    clock = Clock(ZONE, revisions[-1].calendar, holidays_in(holidays))
    came = cases(random, prospects(random), revisions, clock)
    others = other_deals(random)
    return HalfYear(came, others, traffic(random), told(random, came, others))


def steps() -> Iterator[int | Step]:
    """Yield what happened, in order: the number of a commit, or a month's exports."""
    exports = list(_months())
    for number, commit in enumerate(story.commits()):
        while exports and exports[0].at < commit.at:
            yield exports.pop(0)
        yield number
    yield from exports


def _months() -> Iterator[Step]:
    """Yield the exports: on the first working morning after each month, and at the end of the last."""
    since = datetime(2026, 3, 31, tzinfo=UTC)
    for month in range(4, LAST.month + 1):
        first = date(2026, month, 1)
        day = (first + timedelta(days=31)).replace(day=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        at = END if month == LAST.month else datetime.combine(day, time(9, 30), ZONE).astimezone(UTC)
        yield Step(at, since, first)
        since = at
