"""What sales could not use, by the version of the article it was made of: out of rows, and to a file and back.

Needs no database library, so that a check can read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from msglint.loop.model import Feedback, FeedbackItem, SheetVersion
from msglint.model import Complaint

VERSION = 1


class Voice(NamedTuple):
    """What one deal or lead (`who`) led sales to say of one sheet, made of `article` when its bytes had `sha256`."""

    who: str
    article: str
    sha256: str
    sheet: str
    version: str
    feedback: str
    met_on: str
    verdict: str
    reason: str | None
    conflict: bool


class Against(NamedTuple):
    """A complaint about `article` as its bytes were when they had `sha256`."""

    article: str
    sha256: str
    complaint: Complaint


def complaints(voices: Iterable[Voice]) -> tuple[Against, ...]:
    """Return who could not use what: of each deal or lead its latest word on a sheet of one version of an article.

    That it was not used at a later meeting takes nothing back.
    """
    latest: dict[tuple[str, str, str, str], Voice] = {}
    for voice in sorted(voices, key=lambda v: (v.met_on, v.feedback)):
        if voice.verdict != "not_used" and voice.sha256:
            latest[voice.who, voice.article, voice.sha256, voice.sheet] = voice
    return merged(_against(voice) for voice in latest.values() if voice.verdict == "not_usable")


def of_rows(
    feedback: Iterable[Feedback], items: Iterable[FeedbackItem], sheets: Iterable[SheetVersion]
) -> tuple[Against, ...]:
    """Return the complaints in the store's rows; what is not known to be of which article's bytes is left out."""
    said = {one.id: one for one in feedback}
    made = {(one.sheet, one.version): one for one in sheets}
    return complaints(_voice(item, said[item.feedback], made[item.sheet, item.version]) for item in items)


def _voice(item: FeedbackItem, said: Feedback, made: SheetVersion) -> Voice:
    return Voice(
        who=said.deal or said.lead or "",
        article=made.article,
        sha256=made.source_sha256 or "",
        sheet=item.sheet,
        version=item.version,
        feedback=item.feedback,
        met_on=said.met_on.isoformat(),
        verdict=item.verdict,
        reason=item.reason,
        conflict=item.conflict,
    )


def merged(*found: Iterable[Against]) -> tuple[Against, ...]:
    """Return all of `found`, each once, in the order of articles, sheets and days."""
    return tuple(sorted({one for some in found for one in some}, key=_order))


def encode(found: Iterable[Against]) -> bytes:
    """Return `found` as the file that `check` reads where it cannot ask the store."""
    listed = [{"article": a.article, "sha256": a.sha256} | a.complaint._asdict() for a in sorted(found, key=_order)]
    return (json.dumps({"version": VERSION, "open": listed}, ensure_ascii=False, indent=1) + "\n").encode()


def decode(content: bytes) -> tuple[Against, ...]:
    """Return what `encode` made `content` of; raises ValueError for another file."""
    try:
        whole: Any = json.loads(content)
        if whole["version"] != VERSION:
            raise ValueError
        return merged(_decoded(**given) for given in whole["open"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a file of open feedback") from error


def _against(voice: Voice) -> Against:
    said = (voice.sheet, voice.version, voice.feedback, voice.met_on, voice.reason or "", bool(voice.conflict))
    return Against(voice.article, voice.sha256, Complaint(*said))


def _order(one: Against) -> tuple[str, str, str, str, str]:
    return one.article, one.complaint.sheet, one.complaint.met_on, one.complaint.feedback, one.sha256


def _decoded(*, article: str, sha256: str, conflict: bool, **texts: str) -> Against:
    if not all(isinstance(text, str) for text in (article, sha256, *texts.values())):
        raise TypeError
    return Against(article, sha256, Complaint(**texts, conflict=bool(conflict)))
