"""Who was handed over and waits for a call, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from msglint.guide.sales import Handoff
from msglint.loop.clock import Clock
from msglint.loop.handoff import clock_of, deadline
from msglint.loop.model import Handover, Lead
from msglint.loop.revisions import in_force


class Waiting(NamedTuple):
    """A lead that waits. `due` None: no rule says until when. `late_hours` by the rule's own clock, 0 while in time."""

    lead: Lead
    handover: Handover
    due: datetime | None
    late_hours: float


def waiting(
    leads: Iterable[Lead], handovers: Iterable[Handover], revisions: Sequence[Handoff], clock: Clock, at: datetime
) -> list[Waiting]:
    """Return the leads that were handed over by `at` and not called, taken on or rejected by then, latest first."""
    people = {lead.id: lead for lead in leads}
    found = []
    for handover in handovers:
        lead = people[handover.lead]
        ended = (lead.called_at, lead.sql_at, lead.rejected_at)
        if lead.forgotten or handover.mql_at > at or any(moment is not None and moment <= at for moment in ended):
            continue
        due = deadline(handover, revisions, clock)
        found.append(Waiting(lead, handover, due, _late(handover, due, revisions, clock, at)))
    return sorted(found, key=lambda w: (-w.late_hours, w.due or w.handover.mql_at, w.lead.id))


def _late(handover: Handover, due: datetime | None, revisions: Sequence[Handoff], clock: Clock, at: datetime) -> float:
    handoff = in_force(revisions, handover.mql_at.astimezone(clock.zone).date())
    if due is None or handoff is None:
        return 0.0
    return clock_of(handoff, clock).between(due, at)
