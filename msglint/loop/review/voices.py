"""What sales said of the leads and asked for, and what became of what was agreed."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from msglint.loop.intervals import Movement, Share
from msglint.loop.metrics import kept_promise, rejections, temperature_gap
from msglint.loop.model import ActionItem, Feedback, Period
from msglint.loop.review.book import Book
from msglint.loop.review.figures import known_before, lengths, moved_count
from msglint.loop.review.periods import Span
from msglint.loop.review.sheets import Word

Done = Literal["done", "late", "open"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Leads that sales sent back for one reason (None: for none given), where they came from, and what was said."""

    reason: str | None
    share: Share
    sources: tuple[tuple[str | None, int], ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the leads were: `rejected` (件) against the `compared` periods before it, in groups by reason.

    `promised`: of the meetings where that was said, those where the lead expected what was proposed. `gap`: leads of
    whose warmth marketing and sales think differently. `temperatures`: how many meetings had each warmth, 1 to 5.
    """

    rejected: int
    movement: Movement
    compared: int
    groups: tuple[Rejected, ...]
    promised: Share
    gap: Share | None
    temperatures: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Task:
    """Something that was agreed, and what became of it by the end of the period."""

    id: str
    kind: Literal["content", "criteria"]
    what: str
    owner: str
    due: date
    state: Done
    closed_on: date | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What sales asked for, of which deal or lead, and what is done about it (None: nobody was named yet)."""

    on: date
    rep: str
    said: str
    about: str
    task: Task | None


def quality(book: Book, span: Span) -> Quality:
    """Return how good the leads of `span` were, by what sales said."""
    zone = book.clock.zone
    people = {lead.id: lead for lead in book.leads}
    groups: defaultdict[str | None, list[str]] = defaultdict(list)
    found = rejections(book.leads, span.days, zone)
    for id in found:
        groups[_reason(people[id].reject_reason)].append(id)
    before = known_before(book, span)
    earlier = [len(rejections(book.leads, days, zone)) for days in before]
    said = [one for one in book.feedback if span.days.has(one.met_on)]
    warmth = Counter(one.temperature for one in said)
    made = [
        Rejected(
            reason,
            Share(len(ids), len(found)),
            tuple(Counter(people[id].source for id in ids).most_common()),
            _needs(said, set(ids)),
        )
        for reason, ids in groups.items()
    ]
    return Quality(
        len(found),
        moved_count(earlier, len(found), *lengths(book, span)),
        len(before),
        tuple(sorted(made, key=lambda one: (-one.share.k, one.reason is None, one.reason or ""))),
        kept_promise(book.feedback, span.days),
        temperature_gap(book.feedback, book.deals, book.handovers, book.revisions, span.days) if book.handoff else None,
        (warmth[1], warmth[2], warmth[3], warmth[4], warmth[5]),
    )


def requests(book: Book, period: Period) -> tuple[Request, ...]:
    """Return what sales asked for in `period`, what nobody takes care of first."""
    tasks = {task.feedback: task for task in book.tasks if task.feedback}
    found = [
        Request(
            one.met_on,
            one.rep,
            one.request.strip(),
            one.deal or one.lead or "",
            _task(tasks[one.id], book.today) if one.id in tasks else None,
        )
        for one in book.feedback
        if period.has(one.met_on) and one.request and one.request.strip()
    ]
    return tuple(sorted(found, key=lambda one: (one.task is not None, one.on)))


def tasks(book: Book, period: Period) -> tuple[Task, ...]:
    """Return what was due by the end of `period` and still open at its beginning, or was closed in it; open first."""
    found = [
        _task(task, book.today)
        for task in book.tasks
        if period.has(task.closed_on)
        or (task.due < period.until and (task.closed_on is None or task.closed_on >= period.since))
    ]
    order = {"late": 0, "open": 1, "done": 2}
    return tuple(sorted(found, key=lambda one: (order[one.state], one.due, one.id)))


def upcoming(book: Book, period: Period) -> tuple[Task, ...]:
    """Return what is due after `period` and not done yet."""
    return tuple(_task(one, book.today) for one in book.tasks if one.due >= period.until and one.closed_on is None)


def _task(task: ActionItem, today: date) -> Task:
    done = task.closed_on is not None and task.closed_on <= today
    state: Done = "done" if done else "late" if task.due < today else "open"
    return Task(
        task.id, task.kind, task.what, task.owner, task.due, state,
        task.closed_on if done else None, task.closing_commit if done else None,
    )  # fmt: skip


def _reason(written: str | None) -> str | None:
    """Return a reason as it is grouped: width and blanks do not tell two apart."""
    return " ".join(unicodedata.normalize("NFKC", written or "").split()) or None


def _needs(said: list[Feedback], ids: set[str]) -> tuple[Word, ...]:
    return tuple(
        Word(one.met_on, one.rep, one.need.strip()) for one in said if one.lead in ids and one.need and one.need.strip()
    )
