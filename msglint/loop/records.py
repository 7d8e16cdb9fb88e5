"""Reads and writes the loop's rows: plain functions over one connection."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from msglint.loop import tables
from msglint.loop.headers import Kind
from msglint.loop.merging import Change, Existing, Plan, digest
from msglint.loop.model import (
    GONE,
    Action,
    ActionItem,
    ArticleFigure,
    Deal,
    Feedback,
    FeedbackItem,
    HandoffRevision,
    Handover,
    Import,
    Lead,
    Review,
    SheetVersion,
    Statement,
    Visit,
)

Row = TypeVar("Row")


def leads(connection: Connection) -> list[Lead]:
    """Return all leads, by id."""
    return _all(connection, tables.LEAD, Lead, "id")


def deals(connection: Connection) -> list[Deal]:
    """Return all deals, by id."""
    return _all(connection, tables.DEAL, Deal, "id")


def actions(connection: Connection) -> dict[str, list[Action]]:
    """Return what each lead did, in order of time."""
    found: defaultdict[str, list[Action]] = defaultdict(list)
    for action in _all(connection, tables.ACTION, Action, "at", "id"):
        found[action.lead].append(action)
    return dict(found)


def handovers(connection: Connection) -> list[Handover]:
    """Return all hand-overs, in order of time."""
    return _all(connection, tables.HANDOVER, Handover, "mql_at", "lead")


def figures(connection: Connection) -> list[ArticleFigure]:
    """Return the counts of all pages."""
    return _all(connection, tables.ARTICLE_FIGURE, ArticleFigure, "path", "since", "until")


def revisions(connection: Connection) -> list[HandoffRevision]:
    """Return the revisions of the hand-over rules, in the order in which they came into force."""
    return _all(connection, tables.HANDOFF_REVISION, HandoffRevision, "effective_from")


def feedback(connection: Connection) -> list[Feedback]:
    """Return all that sales said, in order of the meetings' days."""
    return _all(connection, tables.FEEDBACK, Feedback, "met_on", "id")


def feedback_items(connection: Connection) -> list[FeedbackItem]:
    """Return what became of each sheet in each meeting."""
    return _all(connection, tables.FEEDBACK_ITEM, FeedbackItem, "feedback", "sheet")


def sheets(connection: Connection) -> list[SheetVersion]:
    """Return the versions of sheets that feedback is about."""
    return _all(connection, tables.SHEET, SheetVersion, "sheet", "version")


def action_items(connection: Connection) -> list[ActionItem]:
    """Return what is to be done, in order of the days it is due."""
    return _all(connection, tables.ACTION_ITEM, ActionItem, "due", "id")


def imports(connection: Connection) -> list[Import]:
    """Return when which files were imported, in order of time."""
    return _all(connection, tables.IMPORTED, Import, "at", "id")


def reviews(connection: Connection) -> list[Review]:
    """Return the reviews that were held, in order of their days."""
    return _all(connection, tables.REVIEW, Review, "held_on", "kind")


def statements(connection: Connection) -> list[Statement]:
    """Return what was stated for the checklist, in the order it was said."""
    return _all(connection, tables.STATEMENT, Statement, "on", "id")


def visits(connection: Connection) -> list[Visit]:
    """Return who used the portal on which day."""
    return _all(connection, tables.VISIT, Visit, "on", "person")


def add_revision(connection: Connection, revision: HandoffRevision) -> None:
    """Keep a revision that has not been seen before."""
    connection.execute(insert(tables.HANDOFF_REVISION), [dataclasses.asdict(revision)])


_RECORDS = {
    ActionItem: tables.ACTION_ITEM,
    Feedback: tables.FEEDBACK,
    FeedbackItem: tables.FEEDBACK_ITEM,
    Import: tables.IMPORTED,
    Review: tables.REVIEW,
    SheetVersion: tables.SHEET,
    Statement: tables.STATEMENT,
    Visit: tables.VISIT,
}


def add(
    connection: Connection,
    *rows: ActionItem | Feedback | FeedbackItem | Import | Review | SheetVersion | Statement | Visit,
) -> None:
    """Keep rows that are not there yet, in this order."""
    for row in rows:
        connection.execute(insert(_RECORDS[type(row)]).values(dataclasses.asdict(row)))


def existing(connection: Connection, kind: Kind) -> Existing:
    """Return what a file of `kind` is compared with."""
    people = {} if kind == "pages" else {lead.id: lead for lead in leads(connection)}
    return Existing(
        leads=people,
        deals={deal.id: deal for deal in deals(connection)} if kind == "deals" else {},
        actions=frozenset(a for done in actions(connection).values() for a in done)
        if kind == "actions"
        else frozenset(),
        figures={(f.path, f.since, f.until): f for f in figures(connection)} if kind == "pages" else {},
        forgotten=frozenset(connection.scalars(select(tables.FORGOTTEN.c.digest))),
    )


def apply(connection: Connection, plan: Plan) -> None:
    """Write what `plan` changes."""
    _put(connection, tables.LEAD, plan.leads, ("id",))
    _put(connection, tables.DEAL, plan.deals, ("id",))
    _put(connection, tables.ACTION, plan.actions, ())
    _put(connection, tables.ARTICLE_FIGURE, plan.figures, ("path", "since", "until"))


def put_handovers(connection: Connection, found: Iterable[Change[Handover]]) -> None:
    """Write the hand-overs that are new or changed."""
    _put(connection, tables.HANDOVER, list(found), ("lead",))


def withdraw(connection: Connection, lead: str) -> None:
    """Take back the hand-over of `lead`, which the CRM no longer knows of."""
    connection.execute(delete(tables.HANDOVER).where(tables.HANDOVER.c.lead == lead))


def forget(connection: Connection, email: str, on: date, token: Callable[[], str]) -> int:
    """Remove all that tells who has `email`; return how many leads that were.

    What is left counts in the figures: times and scores under an id made of `token()`. What the person did, and what
    sales wrote of the person, is deleted. Digests are kept, so that the next import does not bring anybody back.
    """
    ids = list(connection.scalars(select(tables.LEAD.c.id).where(tables.LEAD.c.email == email)))
    digests = {digest("email", email), *(digest("lead", id) for id in ids)}
    known = set(connection.scalars(select(tables.FORGOTTEN.c.digest)))
    for new in sorted(digests - known):
        connection.execute(insert(tables.FORGOTTEN).values(digest=new, on=on))
    for id in ids:
        _anonymize(connection, id, token())
    return len(ids)


def _anonymize(connection: Connection, id: str, token: str) -> None:
    deal, feedback, lead = tables.DEAL.c, tables.FEEDBACK.c, tables.LEAD.c
    theirs = select(deal.id).where(deal.lead == id)
    said = (feedback.lead == id) | feedback.deal.in_(theirs)
    connection.execute(update(tables.FEEDBACK).where(said).values(need=None, request=None))
    connection.execute(delete(tables.ACTION).where(tables.ACTION.c.lead == id))
    blank = dict.fromkeys(("email", "company", "employees", "industry", "title", "status", "reject_reason"))
    new = {"id": f"{GONE}:{token}", "system": GONE, "record": token, "fields": {}}
    connection.execute(update(tables.LEAD).where(lead.id == id).values(**blank, **new))


def _all(connection: Connection, table: Table, of: Callable[..., Row], *order: str) -> list[Row]:
    names = [field.name for field in dataclasses.fields(of)]  # type: ignore[arg-type]
    rows = connection.execute(select(*(table.c[name] for name in names)).order_by(*(table.c[name] for name in order)))
    return [of(*row) for row in rows]


def _put(connection: Connection, table: Table, changes: Sequence[Change[Any]], key: tuple[str, ...]) -> None:
    new = [dataclasses.asdict(change.after) for change in changes if change.before is None]
    old = [dataclasses.asdict(change.after) for change in changes if change.before is not None]
    if new:
        connection.execute(insert(table), new)
    if old:
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in old[0] if name not in key}
        statement = update(table).where(*(table.c[name] == bindparam(f"old_{name}") for name in key)).values(values)
        connection.execute(
            statement, [{(f"old_{n}" if n in key else f"new_{n}"): v for n, v in row.items()} for row in old]
        )
