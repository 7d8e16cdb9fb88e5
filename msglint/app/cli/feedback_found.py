"""The feedback that was asked for, with what is still open of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from msglint.app.cli.store import Loop

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from msglint.loop.complaints import Against
    from msglint.loop.model import Feedback, FeedbackItem


@dataclass(frozen=True, slots=True)
class Filter:
    """Which feedback is meant; None and False leave it open."""

    since: date | None = None
    until: date | None = None
    deal: str | None = None
    lead: str | None = None
    rep: str | None = None
    sheet: str | None = None
    verdict: str | None = None
    only_open: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One feedback with its items, the article of each sheet, and the sheets whose article nobody has changed since."""

    feedback: Feedback
    items: tuple[FeedbackItem, ...]
    articles: Mapping[str, str]
    open: frozenset[str]


def talks(loop: Loop, wanted: Filter) -> list[Talk]:
    """Return the feedback that `wanted` means, the latest meeting first; raises Misread for an unknown deal or lead."""
    from msglint.loop import feedback as kept
    from msglint.loop import records
    from msglint.loop.store import reading

    with reading(loop.engine) as connection:
        said, every = records.feedback(connection), records.feedback_items(connection)
        articles = {one.sheet: one.article for one in records.sheets(connection)}
        unanswered = standing(loop, kept.against(connection))
        about = _about(connection, wanted)
    items: dict[str, list[FeedbackItem]] = {}
    for item in every:
        items.setdefault(item.feedback, []).append(item)
    still = {(one.complaint.feedback, one.complaint.sheet) for one in unanswered}
    found = [
        Talk(
            one,
            (own := tuple(items.get(one.id, ()))),
            articles,
            frozenset(i.sheet for i in own if (one.id, i.sheet) in still),
        )
        for one in reversed(said)
    ]
    return [talk for talk in found if about(talk.feedback) and _fits(talk, wanted)]


def standing(loop: Loop, found: Sequence[Against]) -> list[Against]:
    """Return of `found` what is about articles as they are committed."""
    from msglint.app.cli.committed import committed

    ground = loop.project.ground
    named = {one.article: ground.article(ground.root / one.article) for one in found}
    now = committed(ground.root, named.values())
    return [one for one in found if one.sha256 in now[one.article]]


def _about(connection: Connection, wanted: Filter) -> Callable[[Feedback], bool]:
    from msglint.loop import records
    from msglint.loop.subjects import Subjects

    deal = Subjects(deals=tuple(records.deals(connection))).deal(wanted.deal).id if wanted.deal else None
    lead = Subjects(leads=tuple(records.leads(connection))).lead(wanted.lead).id if wanted.lead else None
    return lambda said: deal in (None, said.deal) and lead in (None, said.lead)


def _fits(talk: Talk, wanted: Filter) -> bool:
    said = talk.feedback
    some = [
        item
        for item in talk.items
        if (wanted.verdict in (None, item.verdict))
        and (wanted.sheet is None or item.sheet == wanted.sheet or item.sheet.endswith(f"/{wanted.sheet}"))
        and (not wanted.only_open or item.sheet in talk.open)
    ]
    of_sheets = wanted.verdict is not None or wanted.sheet is not None or wanted.only_open
    return (
        (wanted.since is None or wanted.since <= said.met_on)
        and (wanted.until is None or said.met_on <= wanted.until)
        and wanted.rep in (None, said.rep)
        and (bool(some) or not of_sheets)
    )
