"""Who stands for a sheet, by the article's front matter: `approved: {by, date, sheet}`."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from msglint.document.model import FrontMatter
from msglint.sheet.model import Approval, State


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval as written: by whom, when, and of which versions or kinds of sheet (empty: of all)."""

    by: str
    day: date
    sheets: tuple[str, ...]


def approved(front: FrontMatter | None) -> Approved | None:
    """Return the approval of the article's sheets; None when there is none, or it does not say by whom and when."""
    entry = front.entries.get("approved") if front else None
    given: Mapping[str, Any] = entry.value if entry and isinstance(entry.value, dict) else {}
    by, day = str(given.get("by") or "").strip(), as_day(given.get("date"))
    if not by or day is None:
        return None
    sheets = given.get("sheet")
    listed = sheets if isinstance(sheets, list) else [] if sheets is None else [sheets]
    return Approved(by, day, tuple(str(sheet).strip() for sheet in listed))


def approval(given: Approved | None, kind: str, version: str, changed: date | None, months: int | None) -> Approval:
    """Return how a sheet of `kind` and `version` stands.

    An approval of versions holds for those versions; one that names none, or only kinds of sheet, as long as the
    article did not change (`changed`) after the day of the approval. It ends after `months`.
    """
    if given is None:
        return Approval()
    expires = None if months is None else later(given.day, months)
    if version in given.sheets:
        state: State = "current"
    elif not given.sheets or kind in given.sheets:
        state = "changed" if changed and changed > given.day else "current"
    else:
        state = "changed"
    return Approval(state, given.by, given.day, expires)


def later(day: date, months: int) -> date:
    """Return the day so many months later, the last of its month when there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, 9999)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def as_day(value: Any) -> date | None:
    """Return the day that a front matter's value is."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
