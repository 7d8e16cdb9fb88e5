"""One row of a feedback form becomes the feedback of one meeting, with what became of each sheet."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import NamedTuple

from msglint.loop import questions, times
from msglint.loop.columns import normalized
from msglint.loop.model import Deal, Feedback, FeedbackItem, Lead, Misread
from msglint.loop.questions import Question
from msglint.loop.subjects import Sheets, Subjects
from msglint.loop.times import Order, When

Cells = Mapping[Question, str]

_SEPARATORS = (r"[;\n]", r"[;\n,、]")
_SHORT_YEAR = re.compile(r"^(\d{1,2}/\d{1,2}/)(\d{2})(?=\s|$)", re.ASCII)
_HALF_AFTER = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s*(午前|午後)")
_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII | re.IGNORECASE)
_NOBODY = frozenset({"anonymous", "匿名"})
_NO_SHEET = frozenset(map(normalized, "なし 特になし 無し 使っていない 使わなかった none nothing n/a -".split()))


class Answer(NamedTuple):
    """What was said, and of which sheets. `guessed`: of which version of them was not."""

    feedback: Feedback
    items: tuple[FeedbackItem, ...]
    guessed: bool


class Again(NamedTuple):
    """An answer that was kept before. `edited`: the form says something else by now."""

    edited: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """What rows are read by: who and what there is, how the file writes days, and the answers kept before, by id."""

    subjects: Subjects
    sheets: Sheets
    zone: tzinfo
    kept: Mapping[str, Answer]
    orders: Mapping[str, Order | None]


def read_answer(cells: Cells, reader: Reader) -> Answer | Again:
    """Return what a row says, or that it is kept already; raises Misread."""
    submitted = _when(cells, "submitted", reader)
    met = _when(cells, "met_on", reader) or submitted
    rep = _of(cells, "rep") or _of(cells, "email")
    if met is None:
        raise Misread("いつの商談か書かれていません。", "It does not say when the meeting was.")
    if not rep or normalized(rep) in _NOBODY:
        raise Misread("誰の回答か書かれていません。", "It does not say whose answer it is.")
    id = _id(cells, submitted, rep)
    if id in reader.kept:
        return Again(_edited(cells, met.day, reader.kept[id]))
    about = _about(cells, reader.subjects)
    feedback = Feedback(
        id=id,
        met_on=met.day,
        rep=rep,
        deal=about.id if isinstance(about, Deal) else None,
        lead=None if isinstance(about, Deal) else about.id,
        temperature=questions.temperature(_of(cells, "temperature")),
        as_promised=questions.as_promised(_of(cells, "as_promised")),
        need=_of(cells, "need") or None,
        request=_of(cells, "request") or None,
    )
    items = tuple(_items(cells, feedback, reader.sheets))
    guessed = bool(items) and not any(question.field == "version" for question in cells)
    return Answer(feedback, items, guessed)


def _edited(cells: Cells, met_on: date, kept: Answer) -> bool:
    """Whether a row says something else than what was kept of it.

    Sheets are not compared by name: their titles, and what a cell is taken apart by, may have changed since.
    """
    was = kept.feedback
    said = (met_on, questions.temperature(_of(cells, "temperature")), questions.as_promised(_of(cells, "as_promised")))
    words = (_of(cells, "need") or None, _of(cells, "request") or None)
    if (*said, *words) != (was.met_on, was.temperature, was.as_promised, was.need, was.request):
        return True
    verdicts = {questions.verdict(cell) for question, cell in cells.items() if question.field == "verdict"}
    reasons = {cell for question, cell in cells.items() if question.field == "reason"}
    return bool(kept.items) and (verdicts, reasons) != (
        {item.verdict for item in kept.items},
        {item.reason for item in kept.items if item.reason},
    )


def _of(cells: Cells, field: str) -> str:
    return cells.get(Question(field), "")


def _id(cells: Cells, submitted: When | None, rep: str) -> str:
    """Return what tells an answer from all others: its time and who it is by and about, else all that it says."""
    if submitted and submitted.moment:
        about = (_of(cells, field) for field in ("deal", "lead", "about"))
        parts = [_of(cells, "response"), submitted.moment.isoformat(), rep, *about]
    else:
        parts = [part for question in sorted(cells, key=repr) for part in (repr(question), cells[question])]
    return f"form:{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"


def _when(cells: Cells, field: str, reader: Reader) -> When | None:
    return times.read(plain_day(_of(cells, field)), reader.zone, reader.orders.get(field))


def plain_day(written: str) -> str:
    """Return a time as other exports write it: 10/31/26 is Excel's, 9:05:33 午前 GMT+9 is Google's."""
    text = unicodedata.normalize("NFKC", written).strip()
    text = _OFFSET.sub(lambda m: f"{m[1]}{int(m[2]):02}:{m[3] or '00'}", text)
    return _SHORT_YEAR.sub(r"\g<1>20\2", _HALF_AFTER.sub(r"\2 \1", text))


def _about(cells: Cells, subjects: Subjects) -> Deal | Lead:
    deal, lead = _of(cells, "deal"), _of(cells, "lead")
    if deal:
        found = subjects.deal(deal)
        if lead and found.lead and subjects.lead(lead).id != found.lead:
            raise Misread(
                f"商談 {deal} はリード {lead} の商談ではありません。", f"The deal {deal} is not the lead {lead}'s."
            )
        return found
    if lead:
        return subjects.lead(lead)
    if either := _of(cells, "about"):
        return subjects.either(either)
    raise Misread("どの商談・リードの回答か書かれていません。", "It does not say of which deal or lead it is.")


def _items(cells: Cells, feedback: Feedback, sheets: Sheets) -> Iterator[FeedbackItem]:
    """Yield what became of each sheet: of those that were ticked, and of the rows of a grid."""
    for written in _ticked(_of(cells, "sheet"), sheets):
        yield _item(written, None, cells, feedback, sheets)
    for sheet in dict.fromkeys(question.sheet for question in cells if question.sheet):
        yield _item(sheet, sheet, cells, feedback, sheets)


def _item(written: str, row: str | None, cells: Cells, feedback: Feedback, sheets: Sheets) -> FeedbackItem:
    """Return what became of the sheet called `written`; `row` is its row in a grid. Raises Misread."""

    def said(field: str) -> str:
        return cells.get(Question(field, row)) or _of(cells, field)

    verdict = questions.verdict(cells.get(Question("verdict", row), ""))
    if verdict is None:
        raise Misread(f"シート {written} の評価がありません。", f"It does not say what became of the sheet {written}.")
    version = sheets.version(written, said("version"), feedback.met_on)
    reason = said("reason") or None
    if verdict == "not_usable" and reason is None:
        raise Misread(
            f"シート {version.sheet} が使えなかった理由がありません。",
            f"It does not say why the sheet {version.sheet} was not usable.",
        )
    clash = questions.conflict(said("conflict")) or questions.tells_of_conflict(reason or "")
    return FeedbackItem(
        feedback=feedback.id,
        sheet=version.sheet,
        version=version.version,
        verdict=verdict,
        reason=reason,
        conflict=clash and verdict == "not_usable",
        edited=questions.answer(said("edited")),
    )


def _ticked(written: str, sheets: Sheets) -> list[str]:
    """Return the sheets in a cell: Google writes ", " between boxes that are ticked, Microsoft ";".

    Titles may hold commas themselves: a cell is taken apart no further than it takes to know all its parts.
    """
    parts = [written] if written and normalized(written) not in _NO_SHEET else []
    for separators in _SEPARATORS:
        if all(map(sheets.name, parts)):
            break
        parts = [part.strip() for part in re.split(separators, written) if part.strip()]
    return parts
