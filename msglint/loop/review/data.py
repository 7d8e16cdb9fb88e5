"""A review as plain data for JSON: everything that it is made of, and what follows from that."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from msglint.guide.sales import ActionRule, FitRule
from msglint.loop.intervals import Share
from msglint.loop.review.monthly import Monthly
from msglint.loop.review.periods import Span
from msglint.loop.review.quarterly import Quarterly
from msglint.loop.review.sample import Sample
from msglint.loop.threshold import Advice
from msglint.loop.velocity import Velocity
from msglint.model import Text

VERSION = 1


def as_json(review: Monthly | Quarterly) -> dict[str, Any]:
    """Return the review as plain data: shares with rate and interval, days as YYYY-MM-DD, texts in both languages."""
    fields = {field.name: plain(getattr(review, field.name)) for field in dataclasses.fields(review)}
    span = fields.pop("span")
    return {"version": VERSION, "kind": review.kind, **span, **fields}


def plain(value: Any) -> Any:
    """Return `value` as JSON has it."""
    match value:
        case Text():
            return {"ja": value.ja, "en": value.en}
        case Share():
            low, high = value.interval
            rate = None if value.rate is None else round(value.rate, 6)
            return {
                "k": value.k,
                "n": value.n,
                "rate": rate,
                "low": round(low, 6),
                "high": round(high, 6),
                "few": value.few,
            }
        case Span():
            last = date.fromordinal(value.days.until.toordinal() - 1)
            return {"period": value.name, "since": value.days.since.isoformat(), "until": last.isoformat()}
        case FitRule():
            return {"field": value.field, value.operator: plain(value.operand), "points": plain(value.points)}
        case ActionRule():
            return {name: plain(part) for name, part in value._asdict().items()}
        case Sample():
            counts = {name: getattr(value, name) for name in ("uncalled", "young", "unscored", "explored")}
            return {"since": value.period.since.isoformat(), "resolved": len(value.resolved), **counts}
    return _plain(value)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        made = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return made | {name: plain(getattr(value, name)) for name in _DERIVED.get(type(value), ())}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value


_DERIVED: dict[type, tuple[str, ...]] = {
    Velocity: ("value", "enough", "missing"),
    Advice: ("enough", "lacking", "lacking_sqls"),
}
