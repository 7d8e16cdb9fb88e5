"""What the checklist looks at, and what it finds: frozen values, nothing read and nothing printed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import NamedTuple

from msglint.guide.model import Guide
from msglint.guide.sales import Handoff
from msglint.loop.clock import Clock
from msglint.loop.intervals import Share
from msglint.loop.model import (
    Action,
    ActionItem,
    ArticleFigure,
    Deal,
    Feedback,
    FeedbackItem,
    Handover,
    Import,
    Lead,
    Review,
    SheetVersion,
    Statement,
    Visit,
)
from msglint.model import Diagnostic, Text


class State(StrEnum):
    """What can be said of a point."""

    HOLDS = "holds"
    FAILS = "fails"
    EVIDENCE = "evidence"
    UNKNOWN = "unknown"


STATES = {
    State.HOLDS: Text("満たす", "holds"),
    State.FAILS: Text("満たさない", "does not hold"),
    State.EVIDENCE: Text("証拠あり(人が確認)", "evidence (for a person to confirm)"),
    State.UNKNOWN: Text("判定できない", "cannot be told"),
}


class Evidence(NamedTuple):
    """One thing that was seen: of which day, and where to look (a path from the guide's folder, or an address)."""

    said: Text
    on: date | None = None
    link: str | None = None


def noted(ja: str, en: str, on: date | None = None, link: str | None = None) -> Evidence:
    """Return one thing that was seen, said in both languages."""
    return Evidence(Text(ja, en), on, link)


def counted(ja: str, en: str, share: Share, on: date | None = None) -> Evidence:
    """Return a share as evidence: what it is of, the rate, the number of cases and the interval."""
    said = share.said()
    return Evidence(Text(f"{ja} {said.ja}", f"{en} {said.en}"), on)


class Finding(NamedTuple):
    """What a rule makes of its point, before anybody's word counts."""

    state: State
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a point stands, with what speaks for it. `statement`: the word of a person that counts, if there is one."""

    number: int
    title: Text
    state: State
    evidence: tuple[Evidence, ...]
    cannot: Text
    statement: Statement | None = None
    outdated: bool = False

    @property
    def on(self) -> date | None:
        """The day of the newest thing that speaks for it."""
        days = [one.on for one in self.evidence if one.on is not None]
        return max([*days, self.statement.on] if self.statement else days, default=None)


class Revision(NamedTuple):
    """A commit: 40 hex digits, its day, and what its author wrote of it."""

    commit: str
    on: date
    message: str = ""


class Article(NamedTuple):
    """An article: persona and stage as its front matter says, the feedback it names, and the last commit of it."""

    path: str
    persona: str | None
    stage: str | None
    feedback: tuple[str, ...] = ()
    last: Revision | None = None


class Made(NamedTuple):
    """A sheet that was made, with its article's persona and stage.

    `current`: it is of today's article. `there`: its files are where they should be.
    """

    version: SheetVersion
    persona: str
    stage: str
    current: bool
    there: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What checking the articles gave.

    `carried` is the number of articles that carry each claim, None when the guide does not ask; `excused` how many
    diagnostics were silenced on purpose; `unread` the articles that could not be checked. `changes` are the commits of
    each article, newest first; None without git.
    """

    articles: tuple[Article, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    carried: Mapping[str, int] | None = None
    excused: int = 0
    unread: int = 0
    changes: Mapping[str, tuple[Revision, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """What the store has."""

    leads: tuple[Lead, ...] = ()
    actions: Mapping[str, Sequence[Action]] = field(default_factory=dict)
    handovers: tuple[Handover, ...] = ()
    deals: tuple[Deal, ...] = ()
    figures: tuple[ArticleFigure, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    items: tuple[FeedbackItem, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    imports: tuple[Import, ...] = ()
    reviews: tuple[Review, ...] = ()
    statements: tuple[Statement, ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """All that the fifteen points are judged by, as of `now`.

    `sheets` is None when no folder of sheets was found; `guide_last` the last commit of the guide, None without one;
    `files` are the paths that evidence may name and that are there.
    """

    guide: Guide
    revisions: tuple[Handoff, ...]
    rows: Rows
    now: datetime
    zone: tzinfo
    clock: Clock
    content: Content = Content()
    sheets: tuple[Made, ...] | None = None
    guide_last: Revision | None = None
    files: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The day it is judged by."""
        return self.now.astimezone(self.zone).date()

    def age(self, day: date) -> int:
        """Return how many days ago `day` was, negative in the future."""
        return (self.today - day).days

    def day_of(self, moment: datetime) -> date:
        """Return the organisation's day of `moment`."""
        return moment.astimezone(self.zone).date()
