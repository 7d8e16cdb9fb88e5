"""Who was handed over and waits for a call; and why a lead was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from msglint.app.portal.call import Call, missing, page, sorry
from msglint.app.portal.library import fold
from msglint.app.portal.meetings import lead_title
from msglint.loop.naming import FIELDS, rule_name
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.guide.sales import Handoff
    from msglint.loop.model import Action, Handover, Lead
    from msglint.loop.waiting import Waiting

_MOST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A lead that waits, as it is shown: moments in the organisation's zone, `late` in hours, `days` since due."""

    lead: Lead
    title: str
    score: str
    since: datetime
    due: datetime | None
    late: float
    days: int


def waiting(call: Call) -> Response:
    """Return the hand-over list: overdue ones first."""
    from msglint.loop.model import Misread

    handoff = call.settings.guide.handoff
    if handoff is None:
        return _no_rules(call)
    try:
        rows = [_row(call, one) for one in _waiting(call, handoff)]
    except Misread as misread:
        return sorry(call, 200, Text("引き渡しの一覧を出せません", "The list cannot be made"), misread.text)
    mine, late = bool(call.query.get("mine")), bool(call.query.get("late"))
    own = fold(call.caller.person)
    shown = [r for r in rows if (not late or r.late > 0) and (not mine or fold(r.lead.owner or "") == own)]
    return page(
        call,
        "handover.html.j2",
        rows=shown[:_MOST],
        shown=len(shown),
        there=len(rows),
        overdue=sum(r.late > 0 for r in rows),
        mine=mine,
        late=late,
        handoff=handoff,
    )


def lead(call: Call) -> Response:
    """Return what is known of a lead: what it did, and the lines that made up its score when it was handed over."""
    from msglint.loop import records
    from msglint.loop.handoff import score
    from msglint.loop.revisions import in_force, read

    settings = call.settings
    with call.reading() as connection:
        found = next((one for one in records.leads(connection) if one.id == call.path["id"]), None)
        if found is None or found.forgotten:
            return missing(call)
        done = records.actions(connection).get(found.id, [])
        handed = next((one for one in records.handovers(connection) if one.lead == found.id), None)
        said = [one for one in records.feedback(connection) if one.lead == found.id]
        revisions = [read(revision) for revision in records.revisions(connection)]
    own, now = settings.guide.handoff, settings.now()
    at = handed.mql_at if handed else now
    handoff = in_force(revisions or ([own] if own else []), at.astimezone(settings.zone).date())
    made = score(found, done, handoff, at) if handoff else None
    return page(
        call,
        "lead.html.j2",
        lead=found,
        title=lead_title(found),
        made=made,
        lines=[(call.say(rule_name(line.rule)), line, _local(call, line.last)) for line in made.lines] if made else [],
        total_now=score(found, done, handoff, now).total if handoff else None,
        since=_local(call, handed.mql_at) if handed else None,
        done=[(_local(call, action.at), action) for action in _latest(done)],
        said=said,
        bant=[(call.say(FIELDS[item]), value) for item, value in found.bant.items()],
    )


def _waiting(call: Call, handoff: Handoff) -> Sequence[Waiting]:
    from msglint.loop import records
    from msglint.loop.waiting import waiting as find

    settings = call.settings
    revisions, handed = call.memory.handed.get(lambda: _handed(call, handoff))
    with call.reading() as connection:
        leads = records.leads(connection)
    known = {lead.id for lead in leads}
    return find(leads, [h for h in handed if h.lead in known], revisions, settings.clock, settings.now())


def _handed(call: Call, handoff: Handoff) -> tuple[list[Handoff], list[Handover]]:
    """Return the rules, and who was handed over until now; all leads are judged for it, which takes its time."""
    from msglint.loop import records
    from msglint.loop.judging import judged_as_of, rules
    from msglint.loop.store import writing

    with writing(call.settings.engine) as connection:
        revisions = rules(connection, handoff)
    with call.reading() as connection:
        leads, actions = records.leads(connection), records.actions(connection)
        recorded = records.handovers(connection)
    return revisions, judged_as_of(leads, actions, revisions, recorded, call.settings.now(), call.settings.zone)


def _row(call: Call, one: Waiting) -> Row:
    score = one.handover.score
    return Row(
        one.lead,
        lead_title(one.lead),
        "" if score is None else f"{score:.0f}",
        one.handover.mql_at.astimezone(call.settings.zone),
        _local(call, one.due),
        one.late_hours,
        (call.settings.now() - one.due).days if one.due else 0,
    )


def _latest(done: Sequence[Action]) -> list[Action]:
    return sorted(done, key=lambda action: action.at, reverse=True)[:50]


def _local(call: Call, moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(call.settings.zone)


def _no_rules(call: Call) -> Response:
    return sorry(
        call,
        200,
        Text("引き渡しの条件がまだありません", "There are no hand-over rules yet"),
        Text(
            "ガイド(messaging.yaml)の handoff に、点数としきい値、連絡の期限を書くと、"
            "連絡を待つリードがここに並びます。",
            "Write points, threshold and response time into handoff of the guide (messaging.yaml); "
            "leads that wait for a call are listed here then.",
        ),
    )
