"""Keeps that a review was held."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete

from msglint.loop import records
from msglint.loop.model import Misread, Review
from msglint.loop.review.periods import named
from msglint.loop.tables import REVIEW


def hold(connection: Connection, review: Review, today: date, *, correct: bool = False) -> None:
    """Keep `review`; `correct` puts it in place of what was recorded of that period.

    Raises Misread where something else is recorded already, where a side is missing, and for a day after `today` or
    before the period began. The same once more changes nothing.
    """
    _require_sound(review, today)
    before = next((r for r in records.reviews(connection) if (r.kind, r.period) == (review.kind, review.period)), None)
    if before == review:
        return
    if before is not None and not correct:
        raise Misread(
            f"{review.period} のレビューは{before.held_on}に開いたと記録済みです。直すときは --correct を付けます。",
            f"The review of {review.period} is recorded as held on {before.held_on}. Add --correct to change that.",
        )
    same = (REVIEW.c.kind == review.kind) & (REVIEW.c.period == review.period)
    connection.execute(delete(REVIEW).where(same))
    records.add(connection, review)


def _require_sound(review: Review, today: date) -> None:
    if not review.marketing or not review.sales:
        raise Misread(
            "両部門の出席者を書いてください。レビューは両方が揃って開きます。",
            "Name who was there of both sides: a review is held by both.",
        )
    if review.held_on > today:
        raise Misread(f"{review.held_on} はまだ来ていません。", f"{review.held_on} is yet to come.")
    if review.held_on < named(review.period).days.since:
        raise Misread(
            f"{review.period} のレビューを、その期間が始まる前の{review.held_on}に開くことはできません。",
            f"The review of {review.period} cannot have been held on {review.held_on}, before the period began.",
        )
