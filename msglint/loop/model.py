"""The rows of the loop: frozen, typed, and the same whether they come from a file, a form or the store.

Moments are aware and in UTC, days are of the organisation's own calendar, amounts are whole yen, scores are points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from msglint.model import Text

GONE = "forgotten"
"""The system of leads whose person is not to be known any more."""

Outcome = Literal["won", "lost"]
Origin = Literal["crm", "guide"]
Verdict = Literal["helped", "shown_no_effect", "not_usable", "not_used"]


class Misread(Exception):
    """A cell, a row or a whole file cannot be taken for what it should be; says why."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = Text(ja, en)
        super().__init__(en)


class StoreUnusable(Exception):
    """The store cannot be opened or read; says why in one line."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = Text(ja, en)
        super().__init__(en)


class BantItem(StrEnum):
    """What is asked before a lead counts as an SQL."""

    BUDGET = "budget"
    AUTHORITY = "authority"
    NEED = "need"
    TIMELINE = "timeline"


class Period(NamedTuple):
    """The days from `since` up to, but not including, `until`."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """Its length in days."""
        return (self.until - self.since).days

    def has(self, day: date | None) -> bool:
        """Whether `day` lies in it."""
        return day is not None and self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead as the CRM has it. `id` is `system:record`.

    `mql_at`, `sql_at` and `rejected_at` are what the CRM says of the hand-over, sales' decision for it and against
    it. `clocked` is False when one of `mql_at` and `called_at` was given as a day only, so that hours between them mean
    nothing. A BANT item is None when nobody asked. `fields` are further columns that the guide's fit rules name.
    `explore`: called although its score was too low, to learn what lies below the threshold.
    """

    id: str
    system: str
    record: str
    email: str | None = None
    company: str | None = None
    employees: str | None = None
    industry: str | None = None
    title: str | None = None
    owner: str | None = None
    source: str | None = None
    lifecycle: str | None = None
    status: str | None = None
    created_at: datetime | None = None
    mql_at: datetime | None = None
    called_at: datetime | None = None
    clocked: bool = True
    sql_at: datetime | None = None
    rejected_at: datetime | None = None
    reject_reason: str | None = None
    budget: bool | None = None
    authority: bool | None = None
    need: bool | None = None
    timeline: bool | None = None
    explore: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def bant(self) -> dict[BantItem, bool | None]:
        """What was found out of each item: True, False, or None when nobody asked."""
        return {item: getattr(self, item) for item in BantItem}

    @property
    def forgotten(self) -> bool:
        """Whether its person is not to be known any more, so that nobody can be called."""
        return self.system == GONE

    @property
    def confirmed(self) -> int:
        """How many BANT items are confirmed, 0 to 4."""
        return sum(value is True for value in self.bant.values())


@dataclass(frozen=True, slots=True)
class Action:
    """Something a lead did. `detail` tells apart what happened at the same moment (a page, a document)."""

    lead: str
    action: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal, its `amount` in yen. `expected_on` is the CRM's guess; `closed_on` is the day it was won or lost."""

    id: str
    system: str
    record: str
    lead: str | None = None
    name: str | None = None
    account: str | None = None
    owner: str | None = None
    pipeline: str | None = None
    stage: str | None = None
    amount: int | None = None
    opened_on: date | None = None
    expected_on: date | None = None
    closed_on: date | None = None
    outcome: Outcome | None = None
    lost_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleFigure:
    """How often a page was read and led to a conversion (件), from `since` to `until`, both days included."""

    path: str
    since: date
    until: date
    views: int | None = None
    conversions: int | None = None


@dataclass(frozen=True, slots=True)
class HandoffRevision:
    """A revision of the guide's hand-over rules: `definition` is the whole of `handoff` as plain JSON."""

    revision: str
    effective_from: date
    definition: Mapping[str, object]
    agreed_marketing: str | None = None
    agreed_sales: str | None = None
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """A lead that was handed over: when, by whom it was called an MQL, with which score, by which revision.

    `sql_at` is sales' decision, where BANT was at or over the minimum.
    """

    lead: str
    mql_at: datetime
    origin: Origin
    score: Decimal | None = None
    revision: str | None = None
    sql_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a sales person said after a meeting, of one deal or one lead. `temperature` 1 (cold) to 5 (hot)."""

    id: str
    met_on: date
    rep: str
    deal: str | None = None
    lead: str | None = None
    temperature: int | None = None
    as_promised: bool | None = None
    need: str | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True)
class FeedbackItem:
    """What became of one sheet in that meeting. `conflict`: not usable because it contradicts another message."""

    feedback: str
    sheet: str
    version: str
    verdict: Verdict
    reason: str | None = None
    conflict: bool = False
    edited: bool | None = None


@dataclass(frozen=True, slots=True)
class ActionItem:
    """What is to be done about the content or the criteria, by whom, until when, because of which feedback."""

    id: str
    kind: Literal["content", "criteria"]
    what: str
    owner: str
    due: date
    feedback: str | None = None
    closed_on: date | None = None
    closing_commit: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was imported: how many rows it had, and how many records it changed."""

    at: datetime
    kind: Literal["leads", "deals", "actions", "pages", "feedback"]
    rows: int
    changed: int


@dataclass(frozen=True, slots=True)
class Review:
    """A review meeting that was held, of `period` (2026-10 or 2026-Q3), with who was there from either side."""

    kind: Literal["monthly", "quarterly"]
    period: str
    held_on: date
    marketing: str
    sales: str
    minutes: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody states of one point of the checklist (1 to 15): whether it holds, and where to see it."""

    point: int
    said: str
    holds: bool
    by: str
    on: date
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody used the portal on that day."""

    on: date
    person: str


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """A version of a sheet as it was made: what feedback is about.

    `sheet` and `version` are the manifest's `name` and `version`; `source_sha256` is of the article's bytes.
    """

    sheet: str
    version: str
    article: str
    source_commit: str | None = None
    source_sha256: str | None = None
    state: Literal["unapproved", "approved", "stale"] = "unapproved"
    approved_by: str | None = None
    approved_on: date | None = None
    expires_on: date | None = None
