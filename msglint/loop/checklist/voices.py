"""Points 7, 11 and 14: what sales says, and what it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from msglint.loop.checklist.agreement import RECENT
from msglint.loop.checklist.model import Evidence, Finding, Ground, State, counted, noted
from msglint.loop.intervals import Share
from msglint.loop.metrics import kept_promise, spoken_of, temperature_gap
from msglint.loop.model import Period
from msglint.model import Text

WINDOW = 30
"""Days (日) in which feedback has to have come, and after which it counts as untouched."""
_LISTED = 3
_VERDICTS = {
    "helped": Text("役に立った", "helped"),
    "shown_no_effect": Text("変わらなかった", "no effect"),
    "not_usable": Text("使えなかった", "not usable"),
    "not_used": Text("使わなかった", "not used"),
}
NOTHING = noted("フィードバックがない", "there is no feedback")


def collected(ground: Ground) -> Finding:
    """7: there is a way to collect sales' feedback, and it is used: some came in the last 30 days."""
    rows = ground.rows
    if not rows.feedback and not rows.deals and not rows.leads:
        return Finding(State.UNKNOWN, [noted("リードも商談も取り込まれていない", "no leads or deals were imported")])
    recent = [one for one in rows.feedback if 0 <= ground.age(one.met_on) < WINDOW]
    newest = max((one.met_on for one in rows.feedback), default=None)
    seen = [
        noted(
            f"直近{WINDOW}日のフィードバック{len(recent)}件",
            f"feedback of the last {WINDOW} days: {len(recent)}",
            newest,
        )
    ]
    moved = [
        deal
        for deal in rows.deals
        if any(day and 0 <= ground.age(day) < WINDOW for day in (deal.opened_on, deal.closed_on))
    ]
    if moved:
        share = Share(len(spoken_of(moved, rows.feedback)), len(moved))
        ja, en = (
            f"直近{WINDOW}日に動いた商談のうち、声のあるもの",
            f"deals that moved in {WINDOW} days and have feedback:",
        )
        seen.append(counted(ja, en, share, ground.today))
    owners = {lead.owner for lead in rows.leads} | {deal.owner for deal in rows.deals}
    silent = sorted(owner for owner in owners - {one.rep for one in rows.feedback} if owner)
    if silent:
        names = silent[:_LISTED]
        seen.append(noted("一度も答えていない担当者: " + "、".join(names), "never answered: " + ", ".join(names)))
    return Finding(State.HOLDS if recent else State.FAILS, seen)


def usable_or_not(ground: Ground) -> Finding:
    """11: it is known which content was usable in deals: verdicts with reasons, by version, of the last 90 days."""
    rows = ground.rows
    if not rows.feedback:
        return Finding(State.UNKNOWN, [NOTHING])
    recent = {one.id: one for one in rows.feedback if 0 <= ground.age(one.met_on) < RECENT}
    items = [item for item in rows.items if item.feedback in recent]
    counts = Counter(item.verdict for item in items)
    listed = [(text, counts[verdict]) for verdict, text in _VERDICTS.items()]  # type: ignore[index]
    versions = len({(item.sheet, item.version) for item in items})
    seen = [
        noted(
            f"直近{RECENT}日の評価{len(items)}件({versions}版): " + "、".join(f"{t.ja}{n}" for t, n in listed),
            f"verdicts of the last {RECENT} days: {len(items)} ({versions} versions): "
            + ", ".join(f"{t.en} {n}" for t, n in listed),
            max((recent[item.feedback].met_on for item in items), default=None),
        )
    ]
    closed = [deal for deal in rows.deals if deal.closed_on and 0 <= ground.age(deal.closed_on) < RECENT]
    judged = {item.feedback for item in rows.items}
    if closed:
        share = Share(len(spoken_of(closed, [one for one in rows.feedback if one.id in judged])), len(closed))
        seen.append(counted("終わった商談のうち、評価のあるもの", "closed deals with a verdict:", share, ground.today))
    return Finding(State.HOLDS if items else State.FAILS, seen)


def warmth(ground: Ground) -> Finding:
    """14: warmth and problems of a lead reach sales: what a hand-over tells, and how far both sides are apart."""
    rows = ground.rows
    handed = [one for one in rows.handovers if 0 <= ground.age(ground.day_of(one.mql_at)) < RECENT]
    if not handed:
        return Finding(State.UNKNOWN, [noted(f"直近{RECENT}日のMQLがない", f"no MQLs in the last {RECENT} days")])
    people = {lead.id: lead for lead in rows.leads}
    known = Share(sum(any(a.detail for a in rows.actions.get(one.lead, ())) for one in handed), len(handed))
    asked = Share(sum(people[one.lead].need is not None for one in handed), len(handed))
    seen = [
        counted(
            f"直近{RECENT}日のMQLのうち、読んだものの記録があるもの",
            f"MQLs of the last {RECENT} days with what they read:",
            known,
            ground.today,
        ),
        counted("そのうち、課題を確かめたもの", "of them, those whose need was asked:", asked, ground.today),
        *_both_sides(ground),
    ]
    return Finding(State.EVIDENCE if known.k or asked.k else State.FAILS, seen)


def _both_sides(ground: Ground) -> Iterator[Evidence]:
    """Yield how far marketing's and sales' views of leads are apart."""
    rows = ground.rows
    recent = Period(ground.today - timedelta(days=RECENT - 1), ground.today + timedelta(days=1))
    apart = temperature_gap(rows.feedback, rows.deals, rows.handovers, ground.revisions, recent)
    if apart.n:
        yield counted(
            f"直近{RECENT}日に会い、温度の見立てが2段階以上違ったリード",
            f"leads met in the last {RECENT} days whose warmth was judged 2 or more apart:",
            apart,
            ground.today,
        )
    kept = kept_promise(rows.feedback, recent)
    if kept.n:
        yield counted(
            f"直近{RECENT}日の面談のうち、期待と提案が違ったもの",
            f"meetings of the last {RECENT} days where the lead expected something else:",
            Share(kept.n - kept.k, kept.n),
            ground.today,
        )
