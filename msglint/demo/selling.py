"""What sales made of the leads: calls, decisions and deals, as the hand-over rules of each day give them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from msglint.demo.market import END, LAST, Prospect, drawn, working_moment
from msglint.demo.story import ZONE
from msglint.guide.sales import Handoff
from msglint.loop.clock import Clock
from msglint.loop.handoff import judge, score
from msglint.loop.model import Deal, Lead
from msglint.loop.revisions import in_force
from msglint.loop.rows import record_id

REPS = tuple(f"担当-{number:02}" for number in range(1, 7))
_SLOW = {"担当-05": 2.1}
_REASONS = {
    "時期が先": 30,
    "情報収集のみ": 26,
    "決裁者に会えない": 15,
    "予算がない": 13,
    "連絡がつかない": 10,
    "他社に決定済み": 6,
}
_LOST = {"時期の見送り": 32, "予算の不足": 24, "他社に決定": 22, "社内の合意が取れず": 22}
_STAGES = ((14, "初回商談"), (30, "提案中"), (10_000, "見積提出"))
_NEVER_CALLED = 0.035
_EXPLORED, _EXPLORE_FROM = 0.2, 45
_OTHERS, _OTHERS_FROM = 46, 700


@dataclass(frozen=True, slots=True)
class Case:
    """A lead with what became of it; `lead` is how it stands at the end."""

    prospect: Prospect
    lead: Lead
    deal: Deal | None = None


def cases(
    random: Random, prospects: Sequence[Prospect], revisions: Sequence[Handoff], clock: Clock
) -> tuple[Case, ...]:
    """Return every lead with its calls, decisions and deal, as the `revisions` hand it over."""
    return tuple(_case(random, prospect, revisions, clock) for prospect in prospects)


def other_deals(random: Random) -> tuple[Deal, ...]:
    """Return deals that came without a lead: by referral, or with companies that were customers before."""
    first = date(2025, 11, 4)
    days = sorted(first + timedelta(days=random.randrange((LAST - first).days)) for _ in range(_OTHERS))
    return tuple(
        _deal(random, _OTHERS_FROM + number, f"サンプルホールディングス㈱{number:02}", random.choice(REPS), day, 0.4)
        for number, day in enumerate(days, 1)
    )


def _case(random: Random, prospect: Prospect, revisions: Sequence[Handoff], clock: Clock) -> Case:
    handed = judge(prospect.lead, prospect.actions, revisions, END, ZONE)
    lead = prospect.lead
    if handed is not None:
        # The CRM's own date comes a moment later, from a workflow; a few leads the workflow missed.
        noticed = handed.mql_at + timedelta(minutes=random.randint(1, 9)) if random.random() > 0.03 else None
        lead, reached, at = replace(lead, mql_at=noticed), float(handed.score or 0), handed.mql_at
    else:
        found = _below(random, prospect, revisions)
        if found is None:
            return Case(prospect, lead)
        at, reached = found
        lead = replace(lead, mql_at=at, explore=True)
    lead = replace(lead, owner=_owner(random, lead), lifecycle="marketingqualifiedlead")
    if lead.mql_at is None or random.random() < _NEVER_CALLED:
        return Case(prospect, lead)
    return _called(random, prospect, lead, at, reached, clock)


def _owner(random: Random, lead: Lead) -> str | None:
    return random.choice(REPS) if random.random() > 0.02 else None


def _below(random: Random, prospect: Prospect, revisions: Sequence[Handoff]) -> tuple[datetime, float] | None:
    """Return when and with how many points a lead below the threshold is called all the same, to learn from it."""
    last = prospect.actions[-1].at
    handoff = in_force(revisions, last.astimezone(ZONE).date())
    if handoff is None:
        return None
    points = float(score(prospect.lead, prospect.actions, handoff, last).total)
    if points < _EXPLORE_FROM or random.random() > _EXPLORED:
        return None
    return last + timedelta(minutes=30), points


def _called(random: Random, prospect: Prospect, lead: Lead, at: datetime, reached: float, clock: Clock) -> Case:
    hours = math.exp(random.gauss(math.log(6.5), 0.95)) * _SLOW.get(lead.owner or "", 1.0)
    called = clock.after(at, hours).replace(second=0, microsecond=0)
    if called > END:
        return Case(prospect, lead)
    lead = replace(lead, called_at=called, need=random.random() < 0.82)
    chance = _share(-0.95 + 0.028 * (reached - 75) + 0.55 * prospect.heat - (0.5 if hours > 9 else 0))
    decided = called + timedelta(days=math.exp(random.gauss(math.log(6), 0.6)))
    decided = working_moment(random, _workday(decided.astimezone(ZONE).date()))
    if decided > END:
        return Case(prospect, lead)
    if random.random() >= chance:
        return Case(prospect, _turned_down(random, lead, decided))
    flags = [True, True, True, random.random() < 0.45]
    random.shuffle(flags)
    budget, authority, need, timeline = (flag or None for flag in flags)
    lead = replace(
        lead, sql_at=decided, budget=budget, authority=authority, need=need, timeline=timeline,
        lifecycle="salesqualifiedlead",
    )  # fmt: skip
    opened = min(_workday(decided.astimezone(ZONE).date() + timedelta(days=random.randint(0, 4))), LAST)
    deal = _deal(random, int(lead.record) % 10_000, lead.company or "", lead.owner or REPS[0], opened, prospect.heat)
    return Case(prospect, lead, replace(deal, lead=lead.id))


def _turned_down(random: Random, lead: Lead, at: datetime) -> Lead:
    lead = replace(lead, budget=random.choice((False, None)), authority=random.choice((True, False, None)))
    if random.random() > 0.78:
        return lead
    return replace(lead, rejected_at=at, reject_reason=drawn(random, _REASONS))


def _deal(random: Random, number: int, account: str, owner: str, opened: date, heat: float) -> Deal:
    record = record_id(f"0065g00000{number:05}", "salesforce")
    amount = round(math.exp(random.gauss(math.log(1_650_000), 0.55)) / 10_000) * 10_000
    closed = _workday(opened + timedelta(days=max(9, round(math.exp(random.gauss(math.log(46), 0.5))))))
    won = random.random() < _share(-0.55 + 0.4 * heat)
    deal = Deal(
        f"salesforce:{record}", "salesforce", record, name=f"{account} 連携支援", account=account, owner=owner,
        amount=amount, opened_on=opened,
    )  # fmt: skip
    if closed > LAST:
        age = (LAST - opened).days
        stage = next(stage for most, stage in _STAGES if age <= most)
        month = closed.replace(day=1) + timedelta(days=31)
        expected = month.replace(day=1) - timedelta(days=1)
        return replace(deal, stage=stage, expected_on=expected, amount=amount if stage != "初回商談" else None)
    if won:
        return replace(deal, closed_on=closed, outcome="won", stage="受注")
    return replace(deal, closed_on=closed, outcome="lost", stage="失注", lost_reason=drawn(random, _LOST))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _workday(day: date) -> date:
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())


def snapshot(case: Case, at: datetime) -> Case | None:
    """Return how the CRM showed the case at `at`; None before the lead was there."""
    lead, deal = case.lead, case.deal
    if lead.created_at is None or lead.created_at > at:
        return None
    blank = dict(_not_yet(lead, at))
    return Case(case.prospect, replace(lead, **blank), None if deal is None else deal_as_of(deal, at))


def deal_as_of(deal: Deal, at: datetime) -> Deal | None:
    """Return how the CRM showed the deal at `at`; None before it was opened. Open, it shows a guess of its end."""
    day = at.astimezone(ZONE).date()
    if deal.opened_on is None or deal.opened_on > day:
        return None
    if deal.closed_on is None or deal.closed_on <= day:
        return deal
    month_end = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return replace(deal, stage="提案中", closed_on=None, outcome=None, lost_reason=None, expected_on=month_end)


def _not_yet(lead: Lead, at: datetime) -> Iterator[tuple[str, Any]]:
    later = {
        name: (moment := getattr(lead, name)) is None or moment > at
        for name in ("mql_at", "called_at", "sql_at", "rejected_at")
    }
    yield from ((name, None) for name, yes in later.items() if yes)
    if later["called_at"]:
        yield from ((name, None) for name in ("need", "budget", "authority", "timeline"))
    if later["mql_at"]:
        yield from (("owner", None), ("lifecycle", "lead"), ("explore", False))
    elif later["sql_at"]:
        yield from (("lifecycle", "marketingqualifiedlead"), ("budget", None), ("authority", None), ("timeline", None))
    if later["rejected_at"]:
        yield ("reject_reason", None)


def end_of(day: date) -> datetime:
    """Return the last minute of `day`."""
    return datetime.combine(day, time(23, 59), ZONE).astimezone(UTC)
