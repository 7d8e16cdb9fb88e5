"""All that a review is made from: the store's rows as of a moment, and what is known of the sheets and the guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from msglint.guide.model import Persona, Stage
from msglint.guide.sales import Handoff
from msglint.loop.clock import Clock
from msglint.loop.model import (
    Action,
    ActionItem,
    Deal,
    Feedback,
    FeedbackItem,
    Handover,
    Import,
    Lead,
    Review,
    SheetVersion,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A sheet that sales can take into a meeting today.

    `outdated`: its article has changed since it was made, of what it said on `made_on`. From the day `expires_on` it is
    expired.
    """

    sheet: str
    version: str
    title: str
    article: str
    persona: str | None = None
    stage: str | None = None
    approved: bool = False
    expires_on: date | None = None
    outdated: bool = False
    made_on: date | None = None

    def usable(self, day: date) -> bool:
        """Whether it may be used on `day`: approved, not expired, and of the article as it is."""
        return self.approved and not self.outdated and (self.expires_on is None or self.expires_on > day)


@dataclass(frozen=True, slots=True)
class Holdings:
    """The sheets there are, the guide's stages and personas they are for, and the guide's own file as it is written.

    `guide` is the path that the proposed change is headed by.
    """

    sheets: tuple[Holding, ...] = ()
    stages: tuple[Stage, ...] = ()
    personas: tuple[Persona, ...] = ()
    guide: str = "messaging.yaml"
    guide_text: str | None = None

    def of(self, sheet: str) -> Holding | None:
        """Return the sheet called `sheet` as it is today; None when there is none."""
        return next((held for held in self.sheets if held.sheet == sheet), None)


@dataclass(frozen=True, slots=True)
class Book:
    """What is known at `now`. `handoff` is the guide's; `revisions` are all there were, that one among them."""

    now: datetime
    clock: Clock
    handoff: Handoff | None = None
    revisions: Sequence[Handoff] = ()
    leads: Sequence[Lead] = ()
    deals: Sequence[Deal] = ()
    actions: Mapping[str, Sequence[Action]] = field(default_factory=dict)
    handovers: Sequence[Handover] = ()
    feedback: Sequence[Feedback] = ()
    items: Sequence[FeedbackItem] = ()
    versions: Sequence[SheetVersion] = ()
    tasks: Sequence[ActionItem] = ()
    imports: Sequence[Import] = ()
    reviews: Sequence[Review] = ()
    holdings: Holdings = Holdings()

    @property
    def today(self) -> date:
        """The day it is, in the organisation's zone."""
        return self.day(self.now)

    def day(self, moment: datetime) -> date:
        """Return the day of `moment` in the organisation's zone."""
        return moment.astimezone(self.clock.zone).date()
