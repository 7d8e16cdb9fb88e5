"""What became of a period's leads, by where they came from and what they read: as far as the data says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msglint.loop.intervals import Share
from msglint.loop.metrics import Conversion, conversion
from msglint.loop.model import Handover, Period
from msglint.loop.review.book import Book, Holding

_ADDRESS = re.compile(r"^[a-z]+://[^/]*", re.IGNORECASE)
_AFTER = re.compile(r"[?#].*$")
_SUFFIX = re.compile(r"\.(?:md|mdx|markdown|html?)$", re.IGNORECASE)


class Origin(NamedTuple):
    """Where a lead came from, and the persona and stage of what it read first; None where that is not known."""

    source: str | None = None
    persona: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The MQLs (件) of one origin, how many became SQLs, how many have a deal, and deals won of those closed."""

    origin: Origin
    mqls: int
    conversion: Conversion
    deals: int
    won: Share


@dataclass(frozen=True, slots=True)
class Funnel:
    """The period's leads by source, by persona, by stage, and by all three together; the largest group first.

    `traced`: of the MQLs, those of which it is known what they read.
    """

    sources: tuple[Row, ...]
    personas: tuple[Row, ...]
    stages: tuple[Row, ...]
    cells: tuple[Row, ...]
    traced: Share


def funnel(book: Book, period: Period) -> Funnel:
    """Return what became, until the book's moment, of the MQLs of `period`."""
    handed = [one for one in book.handovers if period.has(book.day(one.mql_at))]
    origins = _origins(book, handed)

    def rows(part: Callable[[Origin], Origin]) -> tuple[Row, ...]:
        groups: defaultdict[Origin, list[Handover]] = defaultdict(list)
        for one in handed:
            groups[part(origins[one.lead])].append(one)
        found = [_row(book, origin, group, period) for origin, group in groups.items()]
        return tuple(sorted(found, key=lambda row: (-row.mqls, [(p is None, p or "") for p in row.origin])))

    known = sum(any(origins[one.lead][1:]) for one in handed)
    return Funnel(
        rows(lambda origin: Origin(source=origin.source)),
        rows(lambda origin: Origin(persona=origin.persona)),
        rows(lambda origin: Origin(stage=origin.stage)),
        rows(lambda origin: origin),
        Share(known, len(handed)),
    )


def _row(book: Book, origin: Origin, group: Sequence[Handover], period: Period) -> Row:
    leads = {one.lead for one in group}
    deals = [deal for deal in book.deals if deal.lead in leads]
    closed = [deal for deal in deals if deal.outcome is not None]
    won = Share(sum(deal.outcome == "won" for deal in closed), len(closed))
    share = conversion(group, period, book.now, book.clock.zone)
    return Row(origin, len(group), share, len({deal.lead for deal in deals}), won)


def _origins(book: Book, handed: Sequence[Handover]) -> dict[str, Origin]:
    """Return each lead's origin: what it read first before the hand-over, else the first sheet that it was shown."""
    sources = {lead.id: lead.source for lead in book.leads}
    sheets = _first_sheets(book)
    by_name = _articles(book.holdings.sheets)
    found = {}
    for one in handed:
        done = sorted((a for a in book.actions.get(one.lead, ()) if a.at <= one.mql_at), key=lambda a: a.at)
        read = next((by_name[name] for a in done if (name := _name(a.detail)) in by_name), None) or sheets.get(one.lead)
        source = (sources.get(one.lead) or "").strip() or None
        found[one.lead] = Origin(source, read.persona if read else None, read.stage if read else None)
    return found


def _first_sheets(book: Book) -> dict[str, Holding]:
    """Return the first sheet that was shown to each lead, or in a deal of its."""
    owners = {deal.id: deal.lead for deal in book.deals}
    about = {one.id: one.lead or owners.get(one.deal or "") for one in book.feedback}
    order = {one.id: number for number, one in enumerate(book.feedback)}
    found: dict[str, Holding] = {}
    for item in sorted(book.items, key=lambda item: order.get(item.feedback, 0)):
        lead, held = about.get(item.feedback), book.holdings.of(item.sheet)
        if lead and held and item.verdict != "not_used":
            found.setdefault(lead, held)
    return found


def _articles(sheets: Sequence[Holding]) -> dict[str, Holding]:
    """Return the sheets by the names that their articles go by in a log; a name of several articles tells nothing."""
    names: defaultdict[str, dict[str, Holding]] = defaultdict(dict)
    for held in sheets:
        names[_name(held.article)].setdefault(held.article, held)
    return {name: next(iter(of.values())) for name, of in names.items() if name and len(of) == 1}


def _name(path: str) -> str:
    """Return the last part of a path or address without its suffix: what an article is called on the web and in git."""
    bare = _AFTER.sub("", _ADDRESS.sub("", path.strip())).rstrip("/")
    return _SUFFIX.sub("", bare.rpartition("/")[2]).casefold()
