"""What one row of an export says, by kind of file: cells in, the values of a record out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from msglint.loop import amounts, times
from msglint.loop.columns import normalized
from msglint.loop.headers import Kind, System
from msglint.loop.model import BantItem, Misread

Cells = Mapping[str, str]
Values = dict[str, Any]

_CLOSED = {"closedwon": "won", "closedlost": "lost"}  # what HubSpot and Salesforce call them out of the box
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
_SHORT_ID = re.compile(r"[A-Za-z0-9]{15}", re.ASCII)
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_MONTH = re.compile(r"(\d{4})[-/年]?(\d{1,2})月?", re.ASCII)
_MOMENTS = ("created_at", "mql_at", "called_at", "sql_at", "rejected_at")
_PARTS = re.compile(r"[;,\s]+")
_LONGEST = 2_000


class Terms(NamedTuple):
    """What rows are read by: the guide's zone and stages, the order of days in each column, the file's own period."""

    system: System
    zone: ZoneInfo | None = None
    stages: Mapping[str, str] = {}
    orders: Mapping[str, times.Order | None] = {}
    period: tuple[date, date] | None = None

    def when(self, cells: Cells, field: str) -> times.When | None:
        """Return the time in the cell of `field`; raises Misread."""
        return times.read(cells.get(field, ""), self.zone, self.orders.get(field))

    def moment(self, cells: Cells, field: str) -> datetime | None:
        """Return that time as a moment: a day alone is its first; raises Misread without a zone."""
        when = self.when(cells, field)
        return None if when is None else times.moment_of(when, self.zone)


def record_id(written: str, system: System) -> str:
    """Return the id of a record as the CRM means it; raises Misread for one that Excel has shortened.

    Salesforce's reports show 15 characters of the 18 that its other exports do.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    if _SCIENTIFIC.fullmatch(text):
        raise Misread(
            f"ID「{written}」は桁が失われています(Excelの指数表示)。CRMから書き出し直してください。",
            f"The id {written} has lost digits (Excel's scientific notation). Export it again.",
        )
    text = re.sub(r"(?<=\d)\.0$", "", text)
    if system == "salesforce" and _SHORT_ID.fullmatch(text):
        parts = (text[at : at + 5] for at in (0, 5, 10))
        text += "".join(_CHECK[sum(1 << i for i, c in enumerate(part) if c.isupper())] for part in parts)
    return text


def email_of(written: str) -> str | None:
    """Return an address in lower case, None for an empty cell; raises Misread for what is none."""
    text = unicodedata.normalize("NFKC", written).strip().lower()
    if not text:
        return None
    if not _EMAIL.fullmatch(text):
        raise Misread(f"「{written}」はメールアドレスではありません。", f"{written} is no e-mail address.")
    return text


def lead(cells: Cells, terms: Terms) -> Values:
    """Return what a row says of a lead."""
    values: Values = {"record": record_id(cells.get("record", ""), terms.system)}
    for field, cell in cells.items():
        if field in _MOMENTS:
            values[field] = terms.moment(cells, field)
        elif field == "email":
            values[field] = email_of(cell)
        elif field in set(BantItem):
            values[field] = amounts.answer(cell)
        elif field == "explore":
            values[field] = bool(amounts.answer(cell))
        elif field.startswith("fields."):
            values.setdefault("fields", {})[field.removeprefix("fields.")] = cell
        elif field != "record":
            values[field] = cell or None
    given = [terms.when(cells, field) for field in ("mql_at", "called_at") if field in cells]
    if given:
        values["clocked"] = all(when is None or when.moment is not None for when in given)
    return values


def deal(cells: Cells, terms: Terms) -> Values:
    """Return what a row says of a deal; `leads` and `email` are whom it is about."""
    values: Values = {"record": record_id(cells.get("record", ""), terms.system)}
    for field in ("name", "pipeline", "owner", "account", "lost_reason", "stage"):
        if field in cells:
            values[field] = cells[field] or None
    if "amount" in cells:
        values["amount"] = _amount(cells)
    if "opened_on" in cells:
        opened = terms.when(cells, "opened_on")
        values["opened_on"] = opened.day if opened else None
    outcome = _outcome(cells.get("stage"), terms)
    if "stage" in cells:
        values["outcome"] = outcome
    if "close_date" in cells:
        close = terms.when(cells, "close_date")
        day = close.day if close else None
        # The date of an open deal is a guess (HubSpot fills in the last day of the month): never a closing.
        values |= {"closed_on": day if outcome else None, "expected_on": None if outcome else day}
    ids = [record_id(part, terms.system) for part in _PARTS.split(cells.get("lead", "")) if part]
    return values | {"leads": ids, "email": email_of(cells.get("email", ""))}


def action(cells: Cells, terms: Terms) -> Values:
    """Return what a row of an action log says; `leads` and `email` are who did it."""
    name, at = cells.get("action", ""), terms.moment(cells, "at")
    ids = [record_id(part, terms.system) for part in [cells.get("lead", "")] if part]
    email = email_of(cells.get("email", ""))
    if not name:
        raise Misread("行動の名前がありません。", "The action has no name.")
    if at is None:
        raise Misread("行動の日時がありません。", "The action has no time.")
    if not ids and email is None:
        raise Misread("誰の行動かわかりません(IDもメールもありません)。", "Whose action? Neither id nor e-mail.")
    return {"leads": ids, "email": email, "action": name, "at": at, "detail": cells.get("detail", "")}


def page(cells: Cells, terms: Terms) -> Values:
    """Return what a row says of a page: its path without host and query, its period and its counts."""
    written = cells.get("path", "")
    path = urlsplit(written).path if written else ""
    if not path:
        raise Misread("ページのパスがありません。", "There is no path of a page.")
    since, until = _period(cells, terms)
    counts = {field: amounts.count(cells[field]) for field in ("views", "conversions") if field in cells}
    return {"path": path, "since": since, "until": until} | counts


READERS: dict[Kind, Callable[[Cells, Terms], Values]] = {
    "leads": lead,
    "deals": deal,
    "actions": action,
    "pages": page,
}


def _amount(cells: Cells) -> int | None:
    currency = unicodedata.normalize("NFKC", cells.get("currency", "")).strip().upper()
    if currency and currency not in ("JPY", "円", "日本円", "YEN"):
        raise Misread(f"通貨が円ではありません({currency})。", f"The currency is not yen ({currency}).")
    return amounts.yen(cells["amount"])


def _outcome(stage: str | None, terms: Terms) -> str | None:
    """Return what the stage means, None while the deal is open; raises Misread for one that nobody explained."""
    if stage is None:
        return None
    meanings = _CLOSED | {normalized(label): meaning for label, meaning in terms.stages.items()}
    meaning = meanings.get(normalized(stage))
    if meaning is None:
        raise Misread(
            f"ステージ「{stage}」がわかりません。ガイドの imports.stages に won、lost、open のどれかを書いてください。",
            f"The stage {stage or '(empty)'} is unknown. Say in imports.stages whether it is won, lost or open.",
        )
    return None if meaning == "open" else meaning


def _period(cells: Cells, terms: Terms) -> tuple[date, date]:
    if cells.get("day"):
        when = terms.when(cells, "day")
        if when is not None:
            return when.day, when.day
    if cells.get("month"):
        match = _MONTH.fullmatch(unicodedata.normalize("NFKC", cells["month"]).strip())
        if not match or not 1 <= int(match[2]) <= 12:
            raise Misread(f"「{cells['month']}」は月ではありません。", f"{cells['month']} is no month.")
        first = date(int(match[1]), int(match[2]), 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if terms.period is None:
        raise Misread(
            "いつの数値かわかりません(日付の列も、GA4の開始日・終了日の行もありません)。",
            "Of which days? There is no column of dates, nor GA4's lines of start and end date.",
        )
    return terms.period
