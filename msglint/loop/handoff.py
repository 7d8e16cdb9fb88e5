"""Scores, and who is handed over: the guide's `handoff` as code.

Score at a moment: the points of the fit rules that hold, and for each action rule min(cap, Σ points · 0.5^(age ÷
half-life)) over its events so far; of one that is not repeatable the latest event alone. Each line is rounded to the
hundredth before they are added, so that the lines that are printed make up the score that decides.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import NamedTuple

from msglint.guide.sales import ActionRule, FitRule, Handoff
from msglint.loop.clock import Clock
from msglint.loop.fit import holds
from msglint.loop.model import Action, Handover, Lead
from msglint.loop.revisions import in_force

_CENT = Decimal("0.01")
_DAY_SECONDS = Decimal(24 * 60 * 60)
_MOST_DAYS = 2_000


class Line(NamedTuple):
    """What one rule gave: `events` of that kind so far, `capped` when the cap took something away."""

    rule: FitRule | ActionRule
    points: Decimal
    events: int = 0
    last: datetime | None = None
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """A lead's score at a moment, by one revision, with every line that makes it up.

    `missing` are the required actions that it has never done before then; `unscored` actions that no rule names.
    """

    lead: str
    at: datetime
    handoff: Handoff
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    unscored: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        """The points: the sum of the lines."""
        return sum((line.points for line in self.lines), Decimal("0.00"))

    @property
    def is_mql(self) -> bool:
        """Whether the lead is to be handed over: at or over the threshold, with every required action."""
        return self.total >= self.handoff.mql.threshold and not self.missing


def score(lead: Lead, actions: Iterable[Action], handoff: Handoff, at: datetime) -> Score:
    """Return the score of `lead` at `at` by `handoff`, from what it did until then."""
    done = _by_name(action for action in actions if action.at <= at)
    mql = handoff.mql
    lines = [Line(rule, rule.points.quantize(_CENT)) for rule in mql.fit if holds(rule, lead)]
    lines += [_line(rule, done[_name(rule.action)], at) for rule in mql.actions if _name(rule.action) in done]
    named = {_name(rule.action) for rule in mql.actions} | {_name(name) for name in mql.required_actions}
    missing = tuple(name for name in mql.required_actions if _name(name) not in done)
    unscored = tuple(sorted(events[0].action for name, events in done.items() if name not in named))
    return Score(lead.id, at, handoff, tuple(lines), missing, unscored)


def judge(
    lead: Lead,
    actions: Sequence[Action],
    revisions: Sequence[Handoff],
    now: datetime,
    zone: tzinfo,
    recorded: Handover | None = None,
) -> Handover | None:
    """Return the hand-over of `lead`, None when there is none.

    The CRM's own date holds; else what is `recorded` already; else the first moment at which the revision in force then
    calls it an MQL. It becomes an SQL by sales' decision, where BANT is at or over the minimum of that day's revision.
    """
    if lead.mql_at is not None:
        found: Handover | None = _of_crm(lead, lead.mql_at, actions, revisions, zone)
    elif recorded is not None and recorded.origin == "guide":
        found = recorded
    else:
        found = _first(lead, actions, revisions, now, zone)
    if found is None:
        return None
    return Handover(
        found.lead, found.mql_at, found.origin, found.score, found.revision, _sql(lead, found, revisions, zone)
    )


def deadline(handover: Handover, revisions: Sequence[Handoff], clock: Clock) -> datetime | None:
    """Return until when sales has to have called, by the revision in force at the hand-over; None without a rule."""
    handoff = in_force(revisions, handover.mql_at.astimezone(clock.zone).date())
    if handoff is None or handoff.response is None:
        return None
    return clock_of(handoff, clock).after(handover.mql_at, float(handoff.response.hours))


def clock_of(handoff: Handoff, clock: Clock) -> Clock:
    """Return the clock that `handoff` counts by, in the zone and with the holidays of `clock`."""
    business = handoff.response is not None and handoff.response.clock == "business"
    return Clock(clock.zone, handoff.calendar if business else None, clock.holidays)


def _of_crm(
    lead: Lead, at: datetime, actions: Sequence[Action], revisions: Sequence[Handoff], zone: tzinfo
) -> Handover:
    handoff = in_force(revisions, at.astimezone(zone).date())
    if handoff is None:
        return Handover(lead.id, at, "crm")
    return Handover(lead.id, at, "crm", score(lead, actions, handoff, at).total, handoff.revision)


def _first(
    lead: Lead, actions: Sequence[Action], revisions: Sequence[Handoff], now: datetime, zone: tzinfo
) -> Handover | None:
    for at in _moments(lead, actions, revisions, now, zone):
        handoff = in_force(revisions, at.astimezone(zone).date())
        if handoff is None or not _required_done(actions, handoff, at):  # a score is dear, and decides nothing then
            continue
        reached = score(lead, actions, handoff, at)
        if reached.is_mql:
            return Handover(lead.id, at, "guide", reached.total, handoff.revision)
    return None


def _required_done(actions: Iterable[Action], handoff: Handoff, at: datetime) -> bool:
    wanted = {_name(name) for name in handoff.mql.required_actions}
    return not wanted or wanted <= {_name(action.action) for action in actions if action.at <= at}


def _moments(
    lead: Lead, actions: Sequence[Action], revisions: Sequence[Handoff], now: datetime, zone: tzinfo
) -> Iterator[datetime]:
    """Yield the moments at which a score can rise, in order: what happened, a new revision, a fading minus, now."""
    begins = [
        datetime.combine(h.effective_from, time(), zone)
        for h in revisions
        if h.effective_from and h.effective_from.year > 1
    ]
    found = {action.at for action in actions} | set(begins) | {now}
    if lead.created_at is not None:
        found.add(lead.created_at)
    if any(rule.points < 0 and rule.half_life_days for h in revisions for rule in h.mql.actions) and actions:
        first = min(action.at for action in actions).astimezone(zone).date()
        last = min(now.astimezone(zone).date(), first + timedelta(days=_MOST_DAYS))
        found |= {datetime.combine(first + timedelta(days=n), time(), zone) for n in range(1, (last - first).days + 1)}
    yield from sorted(at for at in found if at <= now)


def _sql(lead: Lead, handover: Handover, revisions: Sequence[Handoff], zone: tzinfo) -> datetime | None:
    if lead.sql_at is None or lead.sql_at < handover.mql_at:
        return None
    handoff = in_force(revisions, lead.sql_at.astimezone(zone).date())
    minimum = (handoff.bant_minimum if handoff else None) or 0
    return lead.sql_at if lead.confirmed >= minimum else None


def _line(rule: ActionRule, events: Sequence[Action], at: datetime) -> Line:
    counted = events if rule.repeatable else events[-1:]
    points = sum((rule.points * _left(rule, event, at) for event in counted), Decimal(0))
    cap = rule.cap
    capped = cap is not None and abs(points) > cap
    if cap is not None and capped:
        points = cap if points > 0 else -cap
    return Line(rule, points.quantize(_CENT), len(events), events[-1].at, capped)


def _left(rule: ActionRule, event: Action, at: datetime) -> Decimal:
    """Return the share of an event's points that is left at `at`: it halves every `half_life_days`."""
    if rule.half_life_days is None:
        return Decimal(1)
    age = Decimal((at - event.at).total_seconds()) / _DAY_SECONDS
    return Decimal("0.5") ** (age / rule.half_life_days)


def _by_name(actions: Iterable[Action]) -> Mapping[str, list[Action]]:
    found: defaultdict[str, list[Action]] = defaultdict(list)
    for action in sorted(actions, key=lambda action: action.at):
        found[_name(action.action)].append(action)
    return dict(found)


def _name(action: str) -> str:
    return "".join(unicodedata.normalize("NFKC", action).casefold().split())
