"""What sales said of the sheets: the best and the worst, and those that should not be in use any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from msglint.loop.intervals import Share
from msglint.loop.metrics import usefulness
from msglint.loop.model import Feedback, FeedbackItem, Period, SheetVersion, Verdict
from msglint.loop.review.book import Book

Fault = Literal["expired", "stale", "superseded", "gone", "conflict"]

LISTED = 3
_SHOWN = ("helped", "shown_no_effect", "not_usable")


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody of sales said, in their own words."""

    on: date
    rep: str
    said: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class SheetUse:
    """One version of a sheet of which something was said in the period; `voices` of them (件), `words` among these.

    `used` and `shown` count all voices since the version came out; `previous` is `used` of the version before it.
    """

    sheet: str
    version: str
    title: str
    used: Share
    shown: Share
    voices: int
    words: tuple[Word, ...]
    previous: Share | None = None


@dataclass(frozen=True, slots=True)
class StaleUse:
    """A version that was shown `uses` times (回) in the period although something is the matter with it."""

    sheet: str
    version: str
    title: str
    article: str
    faults: tuple[Fault, ...]
    uses: int
    last: date
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """An item with the feedback that it is of."""

    item: FeedbackItem
    about: Feedback

    @property
    def key(self) -> tuple[str, str]:
        return self.item.sheet, self.item.version

    @property
    def shown(self) -> bool:
        return self.item.verdict in _SHOWN


def uses(book: Book, period: Period) -> tuple[SheetUse, ...]:
    """Return the versions of which something was said in `period`, the most surely useful first.

    Each is judged by all that was said of it until the end of the period, ranked by Wilson's lower bound (95%).
    """
    heard = _heard(book, period)
    ever = usefulness(book.items, book.feedback, Period(date.min, period.until))
    shares = {(one.sheet, one.version): one.used for one in ever}
    found = []
    for one in ever:
        now = [said for said in heard if said.key == (one.sheet, one.version)]
        if not now:
            continue
        before = _version_before(book, one.sheet, one.version, period.until)
        found.append(
            SheetUse(
                one.sheet,
                one.version,
                title_of(book, one.sheet),
                one.used,
                one.shown,
                len(now),
                _words(now),
                shares.get((one.sheet, before)) if before else None,
            )
        )
    return tuple(found)


def best(found: Sequence[SheetUse]) -> tuple[SheetUse, ...]:
    """Return the most surely useful: by Wilson's lower bound, of those that helped at all and more than not."""
    return tuple(one for one in found if one.used.k * 2 > one.used.n)[:LISTED]


def worst(found: Sequence[SheetUse]) -> tuple[SheetUse, ...]:
    """Return the most surely useless: by Wilson's upper bound, of those that helped in half of the cases or fewer."""
    poor = [one for one in found if one.used.n and one.used.k * 2 <= one.used.n]
    return tuple(sorted(poor, key=lambda one: (one.used.interval.high, one.sheet, one.version))[:LISTED])


def stale_uses(book: Book, period: Period) -> tuple[StaleUse, ...]:
    """Return the versions shown in `period` that were expired, out of date, replaced, withdrawn or in conflict."""
    heard = [said for said in _heard(book, period) if said.shown]
    known = {(one.sheet, one.version): one for one in book.versions}
    conflicts = _heard(book, Period(date.min, period.until))
    found = []
    for key in sorted({said.key for said in heard}):
        days = [said.about.met_on for said in heard if said.key == key]
        contrary = [said for said in conflicts if said.key == key and said.item.conflict]
        wrong = _faults(known.get(key), book, days, bool(contrary))
        if wrong:
            article = known[key].article if key in known else ""
            late = [day for number, day in enumerate(days) if any(number in hit for hit in wrong.values())]
            title = title_of(book, key[0])
            found.append(StaleUse(*key, title, article, tuple(wrong), len(late), max(late), _words(contrary)))
    return tuple(sorted(found, key=lambda one: (-one.uses, one.sheet, one.version)))


def title_of(book: Book, sheet: str) -> str:
    """Return what a sheet is called: its title where it is there today, else its name."""
    held = book.holdings.of(sheet)
    return held.title if held else sheet


def _faults(
    version: SheetVersion | None, book: Book, days: Sequence[date], conflict: bool
) -> dict[Fault, frozenset[int]]:
    """Return what is the matter with a version, and which of the `days` of its use (by number) that goes for."""
    every = frozenset(range(len(days)))
    if version is None:
        return {"conflict": every} if conflict else {}
    held = book.holdings.of(version.sheet)
    current = held is not None and held.version == version.version
    expires = held.expires_on if held and current else version.expires_on
    made = held.made_on if held and not current else None
    outdated = held.outdated if held and current else version.state == "stale"
    told: dict[Fault, frozenset[int]] = {
        "expired": frozenset(n for n in every if expires is not None and days[n] >= expires),
        "stale": every if outdated else frozenset(),
        "superseded": frozenset(n for n in every if made is not None and days[n] > made),
        "gone": every if held is None and book.holdings.sheets else frozenset(),
        "conflict": every if conflict else frozenset(),
    }
    return {fault: hit for fault, hit in told.items() if hit}


def _heard(book: Book, period: Period) -> list[_Said]:
    about = {one.id: one for one in book.feedback if period.has(one.met_on)}
    found = [_Said(item, about[item.feedback]) for item in book.items if item.feedback in about]
    return sorted(found, key=lambda said: (said.about.met_on, said.about.id, said.item.sheet))


def _words(heard: Iterable[_Said]) -> tuple[Word, ...]:
    return tuple(
        Word(said.about.met_on, said.about.rep, said.item.reason.strip(), said.item.verdict)
        for said in heard
        if said.item.reason and said.item.reason.strip()
    )


def _version_before(book: Book, sheet: str, version: str, until: date) -> str | None:
    """Return the version of `sheet` that was talked of before `version` was, the latest of several; never today's."""
    first: dict[str, date] = {}
    for said in _heard(book, Period(date.min, until)):
        if said.item.sheet == sheet:
            first.setdefault(said.item.version, said.about.met_on)
    held = book.holdings.of(sheet)
    earlier = [v for v, day in first.items() if day < first[version] and not (held and held.version == v)]
    return max(earlier, key=lambda other: first[other], default=None)
