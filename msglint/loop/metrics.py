"""The figures that both departments trust: pure functions over typed rows, one definition each.

A period is [since, until) in days of the organisation's zone; "as of" is the moment up to which things are known.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import NamedTuple

from msglint.guide.sales import Handoff
from msglint.loop.intervals import Share
from msglint.loop.model import Deal, Feedback, FeedbackItem, Handover, Lead, Period

MATURE_DAYS = 30
"""Days that an MQL is given to become an SQL before it counts as one that did not."""
_USED = ("helped", "shown_no_effect", "not_usable")
_BANDS = (Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal("1.5"))
_GAP = 2


@dataclass(frozen=True, slots=True)
class Conversion:
    """MQL → SQL of a cohort, and the number of its MQLs (件) that are too young to tell."""

    share: Share
    immature: int


@dataclass(frozen=True, slots=True)
class Response:
    """How fast sales called. `median` and `p90` in hours of the rule's clock, over the leads that were called.

    `overdue` are the ids of those not called although the time is over. Left out (件): `pending`, not due yet;
    `unclocked`, with days that have no time, so that nothing can be said; `unruled`, under no rule.
    """

    share: Share
    median: float | None
    p90: float | None
    overdue: tuple[str, ...]
    pending: int
    unclocked: int
    unruled: int


class Limit(NamedTuple):
    """Until when a lead has to be called, and how to count the hours between two moments for it."""

    due: datetime
    hours: Callable[[datetime, datetime], float]


@dataclass(frozen=True, slots=True)
class Usefulness:
    """What became of one version of a sheet. `used` is helped of shown; `shown` is shown of all that was said."""

    sheet: str
    version: str
    used: Share
    shown: Share


def mqls(handovers: Iterable[Handover], period: Period, zone: tzinfo) -> int:
    """Return the number of leads (件) whose first hand-over as an MQL is in the period.

    Source: hand-over rules of the guide (`handoff.mql`); each lead counts once, at its first.
    """
    return sum(period.has(_day(handover.mql_at, zone)) for handover in handovers)


def sqls(handovers: Iterable[Handover], period: Period, zone: tzinfo) -> int:
    """Return the number of leads (件) that became SQLs in the period: sales' decision, BANT at or over the minimum.

    Source: hand-over rules of the guide (`handoff.sql`). SQL ÷ MQL of one period is a ratio of counts, no rate.
    """
    return sum(period.has(_day(handover.sql_at, zone)) for handover in handovers)


def conversion(
    handovers: Iterable[Handover], period: Period, as_of: datetime, zone: tzinfo, days: int = MATURE_DAYS
) -> Conversion:
    """Return the share (0–1) of the period's MQLs, at least `days` old at `as_of`, that were SQLs within `days` days.

    Source: cohort conversion; every MQL had the same time, so that a growing month does not look like a falling rate.
    """
    cohort = [
        handover for handover in handovers if period.has(_day(handover.mql_at, zone)) and handover.mql_at <= as_of
    ]
    window = timedelta(days=days)
    mature = [handover for handover in cohort if handover.mql_at + window <= as_of]
    won = sum(handover.sql_at is not None and handover.sql_at - handover.mql_at <= window for handover in mature)
    return Conversion(Share(won, len(mature)), len(cohort) - len(mature))


def response(
    handovers: Iterable[Handover],
    leads: Iterable[Lead],
    period: Period,
    as_of: datetime,
    zone: tzinfo,
    limit: Callable[[Handover], Limit | None],
) -> Response:
    """Return the share (0–1) of the period's MQLs that were called in time: of those called or overdue at `as_of`.

    Source: hand-over rules of the guide (`handoff.response`). Not due yet and not called counts neither way. Quantiles
    are interpolated between the two nearest cases (Hyndman and Fan's type 7).
    """
    people = {lead.id: lead for lead in leads}
    hours: list[float] = []
    overdue: list[str] = []
    in_time = pending = unclocked = unruled = 0
    for handover in handovers:
        if not period.has(_day(handover.mql_at, zone)) or handover.mql_at > as_of:
            continue
        lead, rule = people[handover.lead], limit(handover)
        called = lead.called_at if lead.called_at is not None and lead.called_at <= as_of else None
        if rule is None:
            unruled += 1
        elif not lead.clocked:
            unclocked += 1
        elif called is not None:
            in_time += called <= rule.due
            hours.append(rule.hours(handover.mql_at, called))
        elif rule.due < as_of:
            overdue.append(lead.id)
        else:
            pending += 1
    share = Share(in_time, len(hours) + len(overdue))
    middle = statistics.median(hours) if hours else None
    return Response(share, middle, _p90(hours), tuple(sorted(overdue)), pending, unclocked, unruled)


def win_rate(deals: Iterable[Deal], period: Period) -> Share:
    """Return won ÷ (won + lost), 0–1, of the deals closed in the period.

    Source: the usual definition of win rate; deals still open count neither way.
    """
    closed = [deal for deal in deals if period.has(deal.closed_on)]
    return Share(sum(deal.outcome == "won" for deal in closed), len(closed))


def usefulness(items: Iterable[FeedbackItem], feedback: Iterable[Feedback], period: Period) -> list[Usefulness]:
    """Return what sales said in the period of each version of a sheet, the most surely useful first.

    Helped ÷ (helped + shown without effect + not usable), 0–1, ranked by Wilson's lower bound (95%). Not used is not
    bad: it counts in `shown` alone. Each deal or lead has one voice a version, its latest. Source: Wilson (1927).
    """
    said = {one.id: one for one in feedback if period.has(one.met_on)}
    voices: dict[tuple[str, str, str], FeedbackItem] = {}
    heard = [item for item in items if item.feedback in said]
    for item in sorted(heard, key=lambda item: (said[item.feedback].met_on, item.feedback)):
        about = said[item.feedback]
        voices[item.sheet, item.version, about.deal or about.lead or ""] = item
    grouped: defaultdict[tuple[str, str], list[FeedbackItem]] = defaultdict(list)
    for (sheet, version, _), item in voices.items():
        grouped[sheet, version].append(item)
    found = [_useful(sheet, version, group) for (sheet, version), group in grouped.items()]
    return sorted(found, key=lambda one: (-one.used.interval.low, -one.used.n, one.sheet, one.version))


def temperature_gap(
    feedback: Iterable[Feedback],
    deals: Iterable[Deal],
    handovers: Iterable[Handover],
    revisions: Iterable[Handoff],
    period: Period,
) -> Share:
    """Return the share (0–1) of leads met in the period whose band and sales' temperature differ by 2 or more.

    Marketing's band (1–5) is the score at the hand-over against the threshold of the revision that gave it: under a
    quarter, a half, the whole, one and a half times it, and above. What is said of a deal is said of its lead; of
    several temperatures of a lead in the period the first counts. Source: a convention of msglint's, no measurement.
    """
    thresholds = {rules.revision: rules.mql.threshold for rules in revisions}
    bands = {
        one.lead: band(one.score, thresholds[one.revision])
        for one in handovers
        if one.score is not None and one.revision in thresholds
    }
    owners = {deal.id: deal.lead for deal in deals}
    first: dict[str, int] = {}
    for one in sorted(feedback, key=lambda one: (one.met_on, one.id)):
        lead = one.lead or owners.get(one.deal or "")
        if period.has(one.met_on) and lead in bands and one.temperature is not None:
            first.setdefault(lead, one.temperature)
    return Share(sum(abs(bands[lead] - said) >= _GAP for lead, said in first.items()), len(first))


def kept_promise(feedback: Iterable[Feedback], period: Period) -> Share:
    """Return the share (0–1) of the period's meetings in which the lead expected what was proposed.

    Of the meetings where sales said whether it did. Source: sales' feedback (`as_promised`).
    """
    said = [one.as_promised for one in feedback if period.has(one.met_on) and one.as_promised is not None]
    return Share(sum(said), len(said))


def rejections(leads: Iterable[Lead], period: Period, zone: tzinfo) -> list[str]:
    """Return the ids of the leads that sales sent back in the period, in order of time.

    Source: the CRM (`rejected_at`).
    """
    found = [(lead.rejected_at, lead.id) for lead in leads if lead.rejected_at is not None]
    return [id for at, id in sorted(found) if period.has(_day(at, zone))]


def spoken_of(deals: Iterable[Deal], feedback: Iterable[Feedback]) -> list[Deal]:
    """Return the deals of which sales said anything: of the deal itself or of the lead that it is of.

    Source: sales' feedback.
    """
    voices = {one.deal or one.lead for one in feedback} - {None}
    return [deal for deal in deals if deal.id in voices or deal.lead in voices]


def band(score: Decimal, threshold: Decimal) -> int:
    """Return how warm marketing holds a lead of `score`, 1 (cold) to 5 (hot), against the threshold of an MQL."""
    return 1 + sum(score >= threshold * edge for edge in _BANDS)


def _useful(sheet: str, version: str, items: Sequence[FeedbackItem]) -> Usefulness:
    used = [item for item in items if item.verdict in _USED]
    helped = sum(item.verdict == "helped" for item in used)
    return Usefulness(sheet, version, Share(helped, len(used)), Share(len(used), len(items)))


def _p90(hours: Sequence[float]) -> float | None:
    if len(hours) < 2:
        return hours[0] if hours else None
    return statistics.quantiles(hours, n=10, method="inclusive")[-1]


def _day(moment: datetime | None, zone: tzinfo) -> date | None:
    return None if moment is None else moment.astimezone(zone).date()
