"""Reads what a review is made from; nothing is written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from msglint.guide.sales import Handoff
from msglint.loop import records, revisions
from msglint.loop.clock import Clock
from msglint.loop.judging import judged_as_of
from msglint.loop.review.book import Book, Holdings

_NOTHING = Holdings()


def read_book(
    connection: Connection, handoff: Handoff | None, clock: Clock, now: datetime, holdings: Holdings = _NOTHING
) -> Book:
    """Return all that a review at `now` is made from: `handoff` is the guide's, `holdings` its sheets.

    A revision that the store knows already holds as it was first seen.
    """
    known = [revisions.read(revision) for revision in records.revisions(connection)]
    if handoff is not None and all(one.revision != handoff.revision for one in known):
        known.append(handoff)
    leads, actions = records.leads(connection), records.actions(connection)
    handed = judged_as_of(leads, actions, known, records.handovers(connection), now, clock.zone)
    return Book(
        now=now,
        clock=clock,
        handoff=handoff,
        revisions=tuple(known),
        leads=leads,
        deals=records.deals(connection),
        actions=actions,
        handovers=handed,
        feedback=records.feedback(connection),
        items=records.feedback_items(connection),
        versions=records.sheets(connection),
        tasks=records.action_items(connection),
        imports=records.imports(connection),
        reviews=records.reviews(connection),
        holdings=holdings,
    )
