"""One meeting's feedback as the options of `msglint feedback add` give it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from msglint.app.cli.unusable import Unusable

if TYPE_CHECKING:
    from msglint.loop.model import Feedback, FeedbackItem, SheetVersion, Verdict
    from msglint.loop.subjects import Sheets, Subjects


@dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    guide: str | None
    deal: str | None
    lead: str | None
    rep: str | None
    met_on: date | None
    temperature: str | None
    as_promised: str | None
    need: str | None
    request: str | None
    helped: tuple[str, ...]
    no_effect: tuple[str, ...]
    not_usable: tuple[str, ...]
    conflict: tuple[str, ...]
    not_used: tuple[str, ...]
    edited: tuple[str, ...]
    folder: str | None

    @property
    def says_something(self) -> bool:
        """Whether it has an answer of any kind."""
        said = (self.temperature, self.as_promised, self.need, self.request)
        sheets = (self.helped, self.no_effect, self.not_usable, self.conflict, self.not_used)
        return any(one is not None for one in said) or any(sheets)

    @property
    def missing(self) -> list[str]:
        """The options without which nothing can be kept."""
        about = [] if self.deal or self.lead else ["--deal (--lead)"]
        rep = [] if self.rep else ["--rep"]
        said = [] if self.says_something else ["--helped, --not-usable, --temperature …"]
        return [*about, *rep, *said]


@dataclass(frozen=True, slots=True)
class Known:
    """The deals, leads and sheets there are, and the day it is."""

    subjects: Subjects
    sheets: Sheets
    today: date


def feedback_of(call: Call, known: Known) -> Feedback:
    """Return what the options say of the meeting; raises Misread and Unusable."""
    from msglint.loop.model import Feedback
    from msglint.loop.questions import temperature

    return Feedback(
        id=f"cli:{secrets.token_hex(5)}",
        met_on=met_on_of(call.met_on, known.today),
        rep=call.rep or "",
        deal=known.subjects.deal(call.deal).id if call.deal else None,
        lead=known.subjects.lead(call.lead).id if call.lead else None,
        temperature=temperature(call.temperature or ""),
        as_promised={"yes": True, "no": False}.get(call.as_promised or ""),
        need=call.need or None,
        request=call.request or None,
    )


def met_on_of(given: date | None, today: date) -> date:
    """Return the day of the meeting, today unless it is given; raises Unusable for one to come."""
    if given is not None and given > today:
        raise Unusable(
            f"商談の日 {given} は、今日({today})より後です。", f"The meeting's day {given} is after today ({today})."
        )
    return given or today


def items_of(call: Call, feedback: Feedback, sheets: Sheets) -> Iterator[FeedbackItem]:
    """Yield what the options say of each sheet; raises Misread and Unusable."""
    edited = {version_of(written, feedback, sheets).sheet for written in call.edited}
    named: tuple[tuple[Verdict, tuple[str, ...], bool], ...] = (
        ("helped", call.helped, False),
        ("shown_no_effect", call.no_effect, False),
        ("not_usable", call.not_usable, False),
        ("not_usable", call.conflict, True),
        ("not_used", call.not_used, False),
    )
    found = [
        _item(written, verdict, feedback, sheets, conflict=conflict)
        for verdict, some, conflict in named
        for written in some
    ]
    if strange := edited - {item.sheet for item in found}:
        name = min(strange)
        raise Unusable(
            f"--edited の {name} が、ほかのオプションで挙げられていません。",
            f"--edited {name} is in none of the other options.",
        )
    for item in found:
        yield replace(item, edited=True) if item.sheet in edited else item


def _item(written: str, verdict: Verdict, feedback: Feedback, sheets: Sheets, *, conflict: bool) -> FeedbackItem:
    from msglint.loop.model import FeedbackItem

    name, _, reason = written.partition("=") if verdict == "not_usable" else (written, "", "")
    made = version_of(name, feedback, sheets)
    return FeedbackItem(feedback.id, made.sheet, made.version, verdict, reason.strip() or None, conflict)


def version_of(written: str, feedback: Feedback, sheets: Sheets) -> SheetVersion:
    """Return the version of a sheet that SHEET or SHEET@VERSION names; raises Misread."""
    name, sign, version = written.rpartition("@")
    if not sign or sheets.name(written) is not None:
        name, version = written, ""
    return sheets.version(name.strip(), version, feedback.met_on)
