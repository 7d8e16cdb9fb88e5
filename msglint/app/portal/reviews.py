"""The reviews of months and quarters, as they are held in the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from msglint.app.portal import call as calls
from msglint.app.portal.call import Call, missing, sorry
from msglint.app.portal.shield import SHOWN_POLICY
from msglint.loop.model import Misread, Review
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.loop.review.periods import Span

MONTHS, QUARTERS = 12, 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A month or quarter in the list, and the meeting when it was held."""

    span: Span
    held: Review | None
    running: bool


def index(call: Call) -> Response:
    """Return the months and quarters that something is known of, the latest first."""
    from msglint.loop import records, review

    with call.reading() as connection:
        held: dict[Any, Review] = {(one.kind, one.period): one for one in records.reviews(connection)}
        days = [handover.mql_at.astimezone(call.settings.zone).date() for handover in records.handovers(connection)]
        days += [one.met_on for one in records.feedback(connection)]
        days += [deal.opened_on for deal in records.deals(connection) if deal.opened_on]
    if not days:
        return _nothing(call)
    today = call.settings.today
    this = review.month(f"{today:%Y-%m}"), review.quarter(f"{today.year}-Q{(today.month + 2) // 3}")
    months, quarters = (
        [
            Entry(span, held.get((kind, span.name)), span.state(today) == "running")
            for span in reversed((*now.before(count - 1), now))
            if span.days.until > min(days)
        ]
        for now, kind, count in ((this[0], "monthly", MONTHS), (this[1], "quarterly", QUARTERS))
    )
    return calls.page(call, "reviews.html.j2", months=months, quarters=quarters)


def frame(call: Call) -> Response:
    """Return the page that a review is shown in."""
    span = _span(call.path["period"])
    if span is None:
        return missing(call)
    if span.state(call.settings.today) == "future":
        return sorry(
            call,
            200,
            span.said,
            Text("まだ始まっていない期間です。", "This has not begun yet."),
        )
    return calls.page(call, "review.html.j2", span=span)


def page(call: Call) -> Response:
    """Return the review itself: a document of its own."""
    from msglint.loop import review

    span = _span(call.path["period"])
    if span is None:
        return missing(call)
    settings = call.settings
    with call.reading() as connection:
        known = settings.holdings()
        book = review.read_book(connection, settings.guide.handoff, settings.clock, settings.now(), known)
    made = review.monthly(book, span.name) if span.months == 1 else review.quarterly(book, span.name)
    document = review.html(made, call.caller.language).encode("utf-8", "replace")
    return HTMLResponse(document, headers={"content-security-policy": SHOWN_POLICY})


def _span(name: str) -> Span | None:
    from msglint.loop import review

    try:
        return review.quarter(name) if "Q" in name else review.month(name)
    except Misread:
        return None


def _nothing(call: Call) -> Response:
    return sorry(
        call,
        200,
        Text("レビューに使うデータがまだありません", "There is nothing to review yet"),
        Text(
            "リードや商談のCSVを msglint leads import で取り込むか、フィードバックを送ると、"
            "月ごとのレビューがここに並びます。",
            "Import leads and deals with msglint leads import, or send feedback; the months are listed here then.",
        ),
    )
