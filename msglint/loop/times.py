"""Days and moments as exports write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal, NamedTuple

from msglint.loop.model import Misread
from msglint.model import Text

Order = Literal["mdy", "dmy"]

_DAY = r"(?P<y>\d{4})\s*(?P<s>[-/.年])\s*(?P<m>\d{1,2})\s*(?:(?P=s)|月)\s*(?P<d>\d{1,2})日?"
_COMPACT = r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
_FOREIGN = r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4})"
_CLOCK = (
    r"(?:[T\s,]\s*(?P<half>AM|PM|午前|午後)?\s*(?P<H>\d{1,2})(?::|時)(?P<M>\d{1,2})分?(?::?(?P<S>\d{2})秒?(?:\.\d+)?)?"
    r"\s*(?P<after>AM|PM)?\s*(?P<zone>Z|UTC|GMT|JST|[+-]\d{2}:?\d{2})?)?"
)
_FORMS = tuple(re.compile(day + _CLOCK, re.ASCII | re.IGNORECASE) for day in (_DAY, _COMPACT, _FOREIGN))
_DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.](\d{1,2})[/.]\d{4}(?!\d)", re.ASCII)
_EPOCH_MS = re.compile(r"1\d{12}", re.ASCII)
_WEEKDAY = re.compile(r"\((?:[月火水木金土日]|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\)", re.IGNORECASE)
_NAMED = {"z": UTC, "utc": UTC, "gmt": UTC, "jst": timezone(timedelta(hours=9))}
_FIRST, _LAST = 1990, 2100
_SET_ZONE = Text(
    "ガイドの imports.timezone に Asia/Tokyo のように書いてください。",
    "Set imports.timezone in the guide, such as Asia/Tokyo.",
)


class When(NamedTuple):
    """A day, and the moment where a time of day was given."""

    day: date
    moment: datetime | None = None


def order_of(column: Iterable[str]) -> Order | None:
    """Return in which order a column writes 10/31/2026; None when all its days could be months."""
    pairs = [(int(m[1]), int(m[2])) for m in map(_DAY_FIRST.match, column) if m]
    if any(first > 12 for first, _ in pairs):
        return None if any(second > 12 for _, second in pairs) else "dmy"
    return "mdy" if any(second > 12 for _, second in pairs) else None


def read(written: str, zone: tzinfo | None, order: Order | None = None) -> When | None:
    """Return the day and moment of a cell, None for an empty one; raises Misread.

    `zone` is that of times that name none, and of the days of those that do: without it both are refused, since nine
    hours move a day. A day alone needs none.
    """
    text = _WEEKDAY.sub("", unicodedata.normalize("NFKC", written)).strip()
    if not text:
        return None
    if _EPOCH_MS.fullmatch(text):
        return _local(datetime.fromtimestamp(int(text) / 1000, UTC), zone, written)
    found = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if found is None:
        raise Misread(f"「{written}」を日時として読めません。", f"{written} cannot be read as a date or time.")
    parts = found.groupdict()
    try:
        day = date(int(parts["y"]), *_month_and_day(parts, order, written))
        when = When(day) if parts["H"] is None else _at(day, parts, zone, written)
    except ValueError:
        raise Misread(f"「{written}」という日時はありません。", f"There is no such time as {written}.") from None
    if not _FIRST <= when.day.year < _LAST:
        raise Misread(f"「{written}」は年が範囲の外です。", f"The year of {written} is out of range.")
    return when


def moment_of(when: When, zone: tzinfo | None) -> datetime:
    """Return its moment, in UTC; that of a day alone is its beginning; raises Misread for a day without a zone."""
    if when.moment is not None:
        return when.moment
    return _placed(datetime.combine(when.day, time()), zone, str(when.day))


def _month_and_day(parts: dict[str, str | None], order: Order | None, written: str) -> tuple[int, int]:
    if parts.get("a") is None:
        return int(str(parts["m"])), int(str(parts["d"]))
    first, second = int(str(parts["a"])), int(str(parts["b"]))
    if order is None and first != second:
        raise Misread(
            f"「{written}」は月と日のどちらが先かわかりません。年-月-日の形で書き出してください。",
            f"{written}: month or day first? Export dates as YYYY-MM-DD.",
        )
    return (second, first) if order == "dmy" else (first, second)


def _at(day: date, parts: dict[str, str | None], zone: tzinfo | None, written: str) -> When:
    hour, half = int(str(parts["H"])), (parts["half"] or parts["after"] or "").lower()
    if half:
        if hour > 12:
            raise ValueError
        hour = hour % 12 + (12 if half in ("pm", "午後") else 0)
    naive = datetime(day.year, day.month, day.day, hour, int(str(parts["M"])), int(parts["S"] or 0))
    named = (parts["zone"] or "").lower()
    if named:
        return _local(naive.replace(tzinfo=_NAMED.get(named) or _offset(named)), zone, written)
    return When(day, _placed(naive, zone, written))


def _placed(naive: datetime, zone: tzinfo | None, written: str) -> datetime:
    if zone is None:
        raise Misread(
            f"「{written}」がどの地域の時刻かわかりません。{_SET_ZONE.ja}",
            f"{written} names no time zone. {_SET_ZONE.en}",
        )
    return naive.replace(tzinfo=zone).astimezone(UTC)


def _offset(named: str) -> tzinfo:
    digits = named[1:].replace(":", "")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-delta if named[0] == "-" else delta)


def _local(moment: datetime, zone: tzinfo | None, written: str) -> When:
    if zone is None:
        raise Misread(
            f"「{written}」が何日になるかは地域によります。{_SET_ZONE.ja}",
            f"Which day {written} is depends on the place. {_SET_ZONE.en}",
        )
    return When(moment.astimezone(zone).date(), moment.astimezone(UTC))
