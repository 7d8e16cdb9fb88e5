"""What sales says after a meeting is kept, or refused with the reason; once, however often it is sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, get_args

from sqlalchemy import Connection, Table, select, update

from msglint.analysis.objections import CONFLICTS, TIMES, Objection, objections
from msglint.loop import records, tables
from msglint.loop.complaints import Against, of_rows
from msglint.loop.model import Feedback, FeedbackItem, Misread, SheetVersion, Verdict
from msglint.model import Complaint

Current = Callable[[str, str], bool]
"""Whether an article (by its path) is still the one whose bytes had a SHA-256."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def keep(
    connection: Connection, feedback: Feedback, items: Sequence[FeedbackItem], sheets: Iterable[SheetVersion] = ()
) -> bool:
    """Write one feedback with its items, and of `sheets` the versions it names that the store has not seen.

    Returns False, and writes nothing, when a feedback of this id is there already. Raises Misread for what cannot be:
    an unknown deal, lead or version of a sheet, not usable for no reason, a temperature outside 1 to 5.
    """
    if _there(connection, tables.FEEDBACK, id=feedback.id):
        return False
    _require_sound(feedback)
    _require_known(connection, feedback)
    new = _versions(connection, feedback, items, sheets)
    records.add(connection, *new, feedback, *items)
    return True


class OpenItem(NamedTuple):
    """A sheet that sales could not use, while its article has not changed since."""

    article: str
    objection: Objection


def open_items(
    connection: Connection, current: Current, *, times: int = TIMES, conflicts: int = CONFLICTS
) -> tuple[OpenItem, ...]:
    """Return the sheets that were not usable in `times` deals or leads, or in `conflicts` for a conflict of message.

    Only of articles that are `current`; in the order of articles and sheets. This is what `feedback-open` reports.
    """
    by_article: dict[str, list[Complaint]] = {}
    for one in against(connection):
        if current(one.article, one.sha256):
            by_article.setdefault(one.article, []).append(one.complaint)
    return tuple(
        OpenItem(article, objection)
        for article, said in by_article.items()
        for objection in objections(said, times, conflicts)
    )


def against(connection: Connection) -> tuple[Against, ...]:
    """Return all complaints, of whatever version of an article, in the order of articles, sheets and days."""
    return of_rows(records.feedback(connection), records.feedback_items(connection), records.sheets(connection))


def next_number(connection: Connection) -> str:
    """Return the number of the next action: one more than the highest there is."""
    ids = connection.scalars(select(tables.ACTION_ITEM.c.id))
    return str(max((int(id) for id in ids if id.isascii() and id.isdigit()), default=0) + 1)


def close(connection: Connection, action: str, on: date, commit: str | None) -> None:
    """Take down that the action called `action` was done on that day, with which commit.

    Raises Misread when there is none, and when it is closed already.
    """
    table = tables.ACTION_ITEM
    found = connection.execute(select(table.c.closed_on).where(table.c.id == action)).one_or_none()
    if found is None:
        raise Misread(f"改善項目 {action} はありません。", f"There is no action {action}.")
    if found.closed_on is not None:
        raise Misread(
            f"改善項目 {action} は {found.closed_on} に完了しています。",
            f"The action {action} was closed on {found.closed_on}.",
        )
    connection.execute(update(table).where(table.c.id == action).values(closed_on=on, closing_commit=commit))


def _there(connection: Connection, table: Table, **key: str) -> bool:
    found = select(1).where(*(table.c[name] == value for name, value in key.items()))
    return connection.scalar(found) is not None


def _require_sound(feedback: Feedback) -> None:
    if not feedback.id or not feedback.rep.strip():
        raise Misread("誰のフィードバックか書かれていません。", "It does not say whose feedback it is.")
    if (feedback.deal is None) == (feedback.lead is None):
        raise Misread("商談かリードの、どちらか1つを指定してください。", "Name either a deal or a lead.")
    if feedback.temperature is not None and not 1 <= feedback.temperature <= 5:
        raise Misread(
            f"温度感は1(低い)から5(高い)です。{feedback.temperature} は使えません。",
            f"The temperature is 1 (cold) to 5 (hot), not {feedback.temperature}.",
        )
    _require_writable(feedback)


def _require_writable(row: Feedback | FeedbackItem) -> None:
    """Raise Misread for characters that no store takes: NUL and halves of a pair."""
    for value in dataclasses.asdict(row).values():
        if isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
            raise Misread("保存できない文字が入っています。", "It contains characters that cannot be kept.")


def _require_known(connection: Connection, feedback: Feedback) -> None:
    if feedback.deal is not None and not _there(connection, tables.DEAL, id=feedback.deal):
        raise Misread(
            f"{feedback.deal} という商談はありません。先に msglint leads import で取り込んでください。",
            f"There is no deal {feedback.deal}. Import it first with msglint leads import.",
        )
    if feedback.lead is not None and not _there(connection, tables.LEAD, id=feedback.lead):
        raise Misread(
            f"{feedback.lead} というリードはありません。先に msglint leads import で取り込んでください。",
            f"There is no lead {feedback.lead}. Import it first with msglint leads import.",
        )


def _versions(
    connection: Connection, feedback: Feedback, items: Sequence[FeedbackItem], sheets: Iterable[SheetVersion]
) -> list[SheetVersion]:
    """Return the versions that `items` name and the store has not seen; raises Misread for an item that cannot be."""
    made = {(one.sheet, one.version): one for one in sheets}
    new, named = [], set[str]()
    for item in items:
        _require_item(item, feedback)
        if item.sheet in named:
            raise Misread(f"シート {item.sheet} が2回書かれています。", f"The sheet {item.sheet} is there twice.")
        named.add(item.sheet)
        if _there(connection, tables.SHEET, sheet=item.sheet, version=item.version):
            continue
        if (item.sheet, item.version) not in made:
            raise Misread(
                f"シート {item.sheet} に版 {item.version} はありません。msglint sheet が作った版を指定してください。",
                f"There is no version {item.version} of the sheet {item.sheet} among those that msglint sheet made.",
            )
        new.append(made[item.sheet, item.version])
    return new


def _require_item(item: FeedbackItem, feedback: Feedback) -> None:
    if item.feedback != feedback.id:
        raise ValueError(f"an item of the feedback {item.feedback} came with {feedback.id}")
    if item.verdict not in VERDICTS:
        raise Misread(
            f"シートの評価に {item.verdict} はありません。選べるのは {', '.join(VERDICTS)} です。",
            f"There is no verdict {item.verdict}. Choose one of {', '.join(VERDICTS)}.",
        )
    if item.verdict == "not_usable" and not (item.reason or "").strip():
        raise Misread(
            f"シート {item.sheet} が使えなかった理由を書いてください。",
            f"Say why the sheet {item.sheet} was not usable.",
        )
    _require_writable(item)
