"""The sheets that there are, with what sales said of them: found by words, persona, stage, claim and state."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from msglint.app.cli.making import read_manifest
from msglint.app.cli.manifests import sheet_versions
from msglint.loop.intervals import Share
from msglint.loop.metrics import Usefulness, usefulness
from msglint.loop.model import Feedback, FeedbackItem, Period, SheetVersion
from msglint.sheet.manifest import NAME, Record

ALWAYS = Period(date.min, date.max)
_NOBODY = Share(0, 0)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What `msglint sheet` has made: the sheets by name, and the version of each that there is now."""

    records: Mapping[str, Record]
    versions: tuple[SheetVersion, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet as it is shown. `state` is the day's.

    `used`: helped of shown, of this version. `asked`: shown of all that was said of it. `before`: helped of shown, of
    the version before it that sales said something of.
    """

    record: Record
    state: str
    used: Share = _NOBODY
    asked: Share = _NOBODY
    before: Share = _NOBODY
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for; empty fields ask for nothing."""

    q: str = ""
    persona: str = ""
    stage: str = ""
    claim: str = ""
    state: str = ""

    @property
    def given(self) -> bool:
        """Whether anything is asked for."""
        return any((self.q, self.persona, self.stage, self.claim, self.state))


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person said of a sheet."""

    feedback: Feedback
    item: FeedbackItem


def shelf(folder: Path) -> Shelf:
    """Return the sheets in `folder`, read anew once the manifest changes; none without one. Raises Unusable."""
    try:
        stat = (folder / NAME).stat()
    except OSError:
        return Shelf({}, ())
    return _read(folder, (stat.st_mtime_ns, stat.st_size, stat.st_ino))


@functools.lru_cache(maxsize=2)
def _read(folder: Path, _: object) -> Shelf:
    return Shelf(read_manifest(folder), sheet_versions(folder))


def cards(
    records: Iterable[Record], items: Sequence[FeedbackItem], feedback: Sequence[Feedback], today: date
) -> list[Card]:
    """Return the sheets, those most surely useful first, then the newest.

    Ranked by Wilson's lower bound of the present version, then of the one before.
    """
    said = {(one.sheet, one.version): one for one in usefulness(items, feedback, ALWAYS)}
    before = _former(items, feedback)
    made = [_card(record, said, before.get(record.name, []), today) for record in records]
    by_day = sorted(sorted(made, key=lambda c: c.record.name), key=lambda c: c.record.day, reverse=True)
    return sorted(by_day, key=lambda c: (-_sure(c.used), -_sure(c.before)))


def found(cards: Iterable[Card], search: Search) -> list[Card]:
    """Return the cards that have all the words, in whatever width they are written, and all that was chosen."""
    words = fold(search.q).split()
    return [
        card
        for card in cards
        if all(word in card.folded for word in words)
        and search.persona in ("", card.record.persona)
        and search.stage in ("", card.record.stage)
        and search.claim in ("", card.record.claim)
        and search.state in ("", card.state)
    ]


def voices(sheet: str, items: Iterable[FeedbackItem], feedback: Iterable[Feedback]) -> list[Voice]:
    """Return what was said of `sheet`, the latest first."""
    known = {one.id: one for one in feedback}
    said = [Voice(known[item.feedback], item) for item in items if item.sheet == sheet]
    return sorted(said, key=lambda v: (v.feedback.met_on, v.feedback.id), reverse=True)


def fold(text: str) -> str:
    """Return `text` as it is compared: one width, one case."""
    return unicodedata.normalize("NFKC", text).casefold()


def file_of(folder: Path, record: Record, format: str) -> Path | None:
    """Return a sheet's file; None when there is none, or it does not lie in `folder`."""
    known = record.files.get(format)
    if known is None:
        return None
    file = (folder / known.path).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() else None


def file_name(record: Record, format: str) -> str:
    """Return what a file is called once it is downloaded, so that two sheets do not both become one-pager.pdf."""
    parts = (record.title, record.persona_name, record.stage_name, f"v{record.number}")
    plain = ("".join(c if c.isprintable() and c not in '\\/:*?"<>|' else " " for c in part) for part in parts)
    return f"{'_'.join(filter(None, (' '.join(part.split()).strip('.')[:50] for part in plain)))}.{format}"


def _former(items: Iterable[FeedbackItem], feedback: Iterable[Feedback]) -> dict[str, list[str]]:
    """Return the versions of each sheet that something was said of, the latest first."""
    met = {one.id: one.met_on for one in feedback}
    last: defaultdict[str, dict[str, date]] = defaultdict(dict)
    for item in items:
        known = last[item.sheet]
        known[item.version] = max(met[item.feedback], known.get(item.version, date.min))
    return {sheet: sorted(known, key=lambda v: (known[v], v), reverse=True) for sheet, known in last.items()}


def _card(record: Record, said: Mapping[tuple[str, str], Usefulness], versions: Sequence[str], today: date) -> Card:
    now = said.get((record.name, record.version))
    former = next((said[record.name, v] for v in versions if v != record.version), None)
    expired = record.state == "current" and record.expires and record.expires <= today.isoformat()
    return Card(
        record,
        "expired" if expired else record.state,
        now.used if now else _NOBODY,
        now.shown if now else _NOBODY,
        former.used if former else _NOBODY,
        _words(record.title, record.persona_name, record.stage_name, record.claim_statement, record.text),
    )


@functools.lru_cache(maxsize=5_000)
def _words(*parts: Any) -> str:
    return fold("\n".join(parts))


def _sure(share: Share) -> float:
    return share.interval.low if share.n else 0.0
