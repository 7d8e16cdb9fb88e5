"""Who is handed over, decided over everything the store has, by the revision of the rules in force then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import Connection

from msglint.guide.sales import Handoff
from msglint.loop import records
from msglint.loop.handoff import judge
from msglint.loop.merging import Change
from msglint.loop.model import Action, Handover, Lead, Misread
from msglint.loop.revisions import kept, read


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging changed: hand-overs that are new, those that became SQLs or moved, and those taken back."""

    changes: tuple[Change[Handover], ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """How many leads were handed over that had not been."""
        return sum(change.before is None for change in self.changes)


def rules(connection: Connection, handoff: Handoff | None) -> list[Handoff]:
    """Return all revisions of the hand-over rules, the guide's `handoff` among them, which is kept when it is new.

    Raises Misread where the guide says something else under the name of a revision that was seen before.
    """
    known = records.revisions(connection)
    if handoff is not None:
        current = kept(handoff)
        before = next((revision for revision in known if revision.revision == current.revision), None)
        if before is None:
            _refuse_same_day(current.effective_from, known)
            records.add_revision(connection, current)
            known.append(current)
        elif before != current:
            raise Misread(
                f"handoff の内容が変わりましたが、revision が {current.revision} のままです。新しくしてください。",
                f"handoff has changed, but its revision is still {current.revision}. Give it a new one.",
            )
    return [read(revision) for revision in known]


def _refuse_same_day(day: object, known: Sequence[object]) -> None:
    taken = next((r for r in known if getattr(r, "effective_from", None) == day), None)
    if taken is not None:
        name = getattr(taken, "revision", "")
        raise Misread(
            f"handoff の effective_from が revision {name} と同じ日です。別の日にしてください。",
            f"effective_from of handoff is the day of revision {name}. Give it another day.",
        )


def judge_all(connection: Connection, revisions: Sequence[Handoff], now: datetime, zone: tzinfo) -> Judged:
    """Judge every lead, write the hand-overs, and return what changed."""
    recorded = {handover.lead: handover for handover in records.handovers(connection)}
    done = records.actions(connection)
    changes, withdrawn = [], []
    for lead in records.leads(connection):
        before = recorded.get(lead.id)
        if lead.forgotten:
            continue
        after = judge(lead, done.get(lead.id, ()), revisions, now, zone, before)
        if after is None:
            withdrawn += [lead.id] if before else []
        elif after != before:
            changes.append(Change(before, after))
    records.put_handovers(connection, changes)
    for id in withdrawn:
        records.withdraw(connection, id)
    return Judged(tuple(changes), tuple(withdrawn))


def judged_as_of(
    leads: Iterable[Lead],
    actions: Mapping[str, Sequence[Action]],
    revisions: Sequence[Handoff],
    recorded: Iterable[Handover],
    at: datetime,
    zone: tzinfo,
) -> list[Handover]:
    """Return the hand-overs until `at`: those recorded, and those that the rules make of the leads by then."""
    before = {handover.lead: handover for handover in recorded}
    found = (
        before.get(lead.id)
        if lead.forgotten
        else judge(lead, actions.get(lead.id, ()), revisions, at, zone, before.get(lead.id))
        for lead in leads
    )
    return [handover for handover in found if handover is not None and handover.mql_at <= at]
