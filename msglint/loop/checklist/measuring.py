"""Points 9, 10, 12 and 13: meetings, figures and tools."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from msglint.loop.checklist.model import Evidence, Finding, Ground, State, noted
from msglint.loop.metrics import conversion
from msglint.loop.model import Period, Review
from msglint.model import Text

LONGEST_GAP = 35
"""Days (日) without new data after which nothing is measured regularly any more."""
_GRACE = 20  # days that a meeting may take place after its period
_MONTHS = 3
_SERIES = 6
_READERS = 30


class _Due(NamedTuple):
    kind: Literal["monthly", "quarterly"]
    period: str


def meetings(ground: Ground) -> Finding:
    """9: reviews are held: of each of the last three months and the last quarter, with both sides and minutes."""
    held = {(review.kind, review.period): review for review in ground.rows.reviews}
    if not held:
        return Finding(State.UNKNOWN, [noted("会議の記録がない", "no meeting was recorded")])
    due = list(_due(ground.today))
    seen = [_meeting(review, ground) for one in due if (review := held.get(one))]
    missing = [one.period for one in due if one not in held]
    seen += [noted(f"{period} の会議の記録がない", f"no meeting was recorded of {period}") for period in missing]
    return Finding(State.FAILS if missing else State.EVIDENCE, seen)


def conversion_measured(ground: Ground) -> Finding:
    """10: conversion is measured regularly: the months' cohorts, and no gap over 35 days between imports."""
    days = sorted({ground.day_of(one.at) for one in ground.rows.imports if one.kind in ("leads", "deals")})
    if not days:
        return Finding(State.UNKNOWN, [noted("リードも商談も取り込まれていない", "no leads or deals were imported")])
    since = ground.today - timedelta(days=31 * _SERIES)
    ends = [*([day for day in days if day >= since] or days[-1:]), ground.today]
    gap = max((after - before).days for before, after in itertools.pairwise(ends))
    seen = [
        noted(
            f"最後の取り込み。半年で最も長い間隔{gap}日({LONGEST_GAP}日以内であること)",
            f"last import; longest gap of six months {gap} days (at most {LONGEST_GAP})",
            days[-1],
        )
    ]
    for period in _months(ground.today, _SERIES):
        found = conversion(ground.rows.handovers, period, ground.now, ground.zone)
        said, young = found.share.said(), found.immature
        month = f"{period.since:%Y-%m}"
        seen.append(
            noted(
                f"{month}のMQLからSQL: {said.ja}" + (f"、30日未満{young}件" if young else ""),
                f"MQL to SQL of {month}: {said.en}" + (f", {young} under 30 days" if young else ""),
            )
        )
    return Finding(State.HOLDS if gap <= LONGEST_GAP else State.FAILS, seen)


def metrics_set(ground: Ground) -> Finding:
    """12: effect metrics are set, page views, conversions and the rate of deals, and have data of the last 35 days."""
    rows = ground.rows
    handoff = ground.guide.handoff
    views = max((one.until for one in rows.figures if one.views is not None), default=None)
    events = max((one.until for one in rows.figures if one.conversions is not None), default=None)
    handed = max((ground.day_of(one.mql_at) for one in rows.handovers), default=None)
    target = handoff.target_conversion if handoff else None
    rate = Text("商談化率(MQL→SQL)", "MQL to SQL")
    if target is not None:
        rate = Text(f"{rate.ja}、目標{target * 100:.0f}%", f"{rate.en}, target {target * 100:.0f}%")
    listed = ((Text("閲覧数", "page views"), views), (Text("コンバージョン", "conversions"), events), (rate, handed))
    if not any(day for _, day in listed):
        return Finding(State.UNKNOWN, [noted("数値が取り込まれていない", "no figures were imported")])
    seen, lacking = [], target is None
    for name, day in listed:
        lacking = lacking or day is None or ground.age(day) > LONGEST_GAP
        none = day is None
        seen.append(
            noted(
                f"{name.ja}: {'データなし' if none else '最後のデータ'}",
                f"{name.en}: {'no data' if none else 'last data'}",
                day,
            )
        )
    if target is None:
        seen.append(noted("目標(handoff.target_conversion)がない", "no target (handoff.target_conversion)"))
    return Finding(State.FAILS if lacking else State.EVIDENCE, seen)


def tools(ground: Ground) -> Finding:
    """13: there are tools to share information: who used the portal; of other tools only people can tell."""
    recent = [visit for visit in ground.rows.visits if 0 <= ground.age(visit.on) < _READERS]
    if not recent:
        return Finding(
            State.UNKNOWN,
            [noted(f"直近{_READERS}日のポータルの利用がない", f"nobody used the portal in {_READERS} days")],
        )
    people = len({visit.person for visit in recent})
    said = Text(
        f"直近{_READERS}日にポータルを使った人{people}人(のべ{len(recent)}日)",
        f"people who used the portal in {_READERS} days: {people} ({len(recent)} visits)",
    )
    return Finding(State.EVIDENCE, [Evidence(said, max(visit.on for visit in recent))])


def _due(today: date) -> Iterator[_Due]:
    """Yield the meetings that should have been held by `today`: they have 20 days after their period's end."""
    settled = today - timedelta(days=_GRACE)
    months = list(_months(settled, _MONTHS))
    yield from (_Due("monthly", f"{period.since:%Y-%m}") for period in months)
    quarter = (settled.month - 1) // 3
    year, number = (settled.year, quarter) if quarter else (settled.year - 1, 4)
    yield _Due("quarterly", f"{year}-Q{number}")


def _months(today: date, count: int) -> Iterator[Period]:
    """Yield the last `count` whole months before that of `today`, oldest first."""
    firsts = [today.replace(day=1)]
    for _ in range(count):
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    firsts.reverse()
    yield from (Period(since, until) for since, until in itertools.pairwise(firsts))


def _meeting(review: Review, ground: Ground) -> Evidence:
    both = review.marketing, review.sales
    there = review.minutes is None or "://" in review.minutes or review.minutes in ground.files
    lost = Text("", "") if there and review.minutes else Text("、議事録なし", ", no minutes")
    said = Text(
        f"{review.period} の会議({'、'.join(both)}){lost.ja}", f"review of {review.period} ({', '.join(both)}){lost.en}"
    )
    return Evidence(said, review.held_on, review.minutes)
