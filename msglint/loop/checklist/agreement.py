"""Points 1 to 3: what both departments agreed on, and whether it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msglint.guide.sales import Handoff
from msglint.loop.checklist.model import Evidence, Finding, Ground, State, noted
from msglint.loop.handoff import clock_of, deadline, score
from msglint.loop.metrics import Limit, response
from msglint.loop.model import Handover, Period
from msglint.loop.revisions import in_force
from msglint.model import Text

RECENT = 90
"""Days (日) whose hand-overs are looked at."""
_OLD = 365
_LISTED = 3


def definition(ground: Ground) -> Finding:
    """1: MQL and SQL are defined in writing and both sides agreed: the guide says so, by whom and when."""
    handoff = ground.guide.handoff
    if handoff is None:
        return Finding(State.FAILS, [_no_handoff(ground)])
    seen = [_revision(handoff, ground)]
    missing = list(_undefined(handoff))
    seen += [Evidence(text) for text in missing]
    agreed = handoff.agreed
    if agreed and agreed.marketing and agreed.sales and agreed.date:
        said = Text(f"合意: {agreed.marketing}、{agreed.sales}", f"agreed: {agreed.marketing}, {agreed.sales}")
        seen.append(Evidence(said, agreed.date))
        if ground.age(agreed.date) > _OLD:
            seen.append(noted("合意から1年を過ぎている", "the agreement is more than a year old"))
    else:
        missing.append(
            Text("両部門の合意(責任者と日付)が書かれていない", "no agreement of both sides, with names and day")
        )
        seen.append(Evidence(missing[-1]))
    return Finding(State.FAILS if missing else State.EVIDENCE, seen)


def scoring(ground: Ground) -> Finding:
    """2: the scoring criteria are set: points a rule, and the scores of the hand-overs add up by them."""
    handoff = ground.guide.handoff
    if handoff is None:
        return Finding(State.FAILS, [_no_handoff(ground)])
    rules = len(handoff.mql.fit) + len(handoff.mql.actions)
    fading = sum(rule.half_life_days is not None for rule in handoff.mql.actions)
    capped = sum(rule.cap is not None for rule in handoff.mql.actions)
    seen = [
        noted(
            f"配点{rules}件(属性{len(handoff.mql.fit)}、行動{len(handoff.mql.actions)}。うち減衰{fading}、上限{capped})",
            f"{rules} rules ({len(handoff.mql.fit)} fit, {len(handoff.mql.actions)} action; "
            f"{fading} fade, {capped} capped)",
            handoff.effective_from,
            ground.guide.path,
        )
    ]
    if not rules:
        return Finding(State.FAILS, seen)
    agree, wrong = _recomputed(ground)
    total = len(agree) + len(wrong)
    seen.append(
        noted(
            f"記録したスコアと計算し直したスコアの一致: {total}件中{len(agree)}件",
            f"recorded scores that come out the same when computed again: {len(agree)} of {total}",
            ground.today,
        )
    )
    seen += [noted(f"一致しない: {id}", f"differs: {id}") for id in wrong[:_LISTED]]
    return Finding(State.FAILS if wrong else State.HOLDS, seen)


def answering(ground: Ground) -> Finding:
    """3: what happens after an MQL is ruled, time and person: a limit is set, and every MQL has an owner."""
    handoff = ground.guide.handoff
    if handoff is None or handoff.response is None:
        missing = Text("handoff.response(何時間以内に連絡するか)がない", "no handoff.response: until when to call")
        return Finding(State.FAILS, [Evidence(missing, None, ground.guide.path)])
    hours, clock = handoff.response.hours, handoff.response.clock
    kind = Text("営業時間", "business hours") if clock == "business" else Text("時間", "hours")
    seen = [
        noted(
            f"引き渡しから{hours}{kind.ja}以内に連絡",
            f"a call within {hours} {kind.en}",
            handoff.effective_from,
            ground.guide.path,
        )
    ]
    people = {lead.id: lead for lead in ground.rows.leads}
    recent = _recent(ground)
    alone = [h.lead for h in recent if not people[h.lead].owner and not people[h.lead].forgotten]
    seen.append(
        noted(
            f"直近{RECENT}日のMQL{len(recent)}件のうち、担当者なし{len(alone)}件",
            f"MQLs of the last {RECENT} days: {len(recent)}, of them without an owner {len(alone)}",
            ground.today,
        )
    )
    seen += [noted(f"担当者なし: {id}", f"no owner: {id}") for id in alone[:_LISTED]]
    if recent:
        seen.append(_in_time(ground))
    return Finding(State.FAILS if alone else State.HOLDS, seen)


def _no_handoff(ground: Ground) -> Evidence:
    said = Text("ガイドに handoff(引き渡しの条件)がない", "the guide has no handoff")
    return Evidence(said, None, ground.guide.path)


def _revision(handoff: Handoff, ground: Ground) -> Evidence:
    path, last = ground.guide.path, ground.guide_last
    by = (
        Text(f"、最後のコミット {last.commit[:7]}({last.on})", f", last commit {last.commit[:7]} ({last.on})")
        if last
        else None
    )
    return noted(
        f"{path} の handoff、版 {handoff.revision}{by.ja if by else ''}",
        f"handoff in {path}, revision {handoff.revision}{by.en if by else ''}",
        handoff.effective_from,
        path,
    )


def _undefined(handoff: Handoff) -> Iterator[Text]:
    if not handoff.mql.fit and not handoff.mql.actions:
        yield Text("MQLの配点がない", "no rules that score an MQL")
    if handoff.bant_minimum is None:
        yield Text("SQLの条件(sql.bant_minimum)がない", "no condition of an SQL (sql.bant_minimum)")


def _recomputed(ground: Ground) -> tuple[list[str], list[str]]:
    """Return the leads whose recorded score comes out again, and those whose score does not."""
    revisions = {revision.revision: revision for revision in ground.revisions}
    people = {lead.id: lead for lead in ground.rows.leads}
    agree: list[str] = []
    wrong: list[str] = []
    for one in ground.rows.handovers:
        lead, rules = people[one.lead], revisions.get(one.revision or "")
        if one.score is None or rules is None or lead.forgotten:
            continue
        again = score(lead, ground.rows.actions.get(lead.id, ()), rules, one.mql_at).total
        (agree if again == one.score else wrong).append(lead.id)
    return agree, wrong


def _recent(ground: Ground) -> list[Handover]:
    return [one for one in ground.rows.handovers if 0 <= ground.age(ground.day_of(one.mql_at)) < RECENT]


def _in_time(ground: Ground) -> Evidence:
    def limit(one: Handover) -> Limit | None:
        due = deadline(one, ground.revisions, ground.clock)
        rules = in_force(ground.revisions, ground.day_of(one.mql_at))
        return None if due is None or rules is None else Limit(due, clock_of(rules, ground.clock).between)

    period = Period(ground.today - timedelta(days=RECENT - 1), ground.today + timedelta(days=1))
    found = response(ground.rows.handovers, ground.rows.leads, period, ground.now, ground.zone, limit)
    said = found.share.said()
    return noted(
        f"期限内に連絡した割合 {said.ja}、期限超過{len(found.overdue)}件",
        f"called in time {said.en}, overdue {len(found.overdue)}",
        ground.today,
    )
