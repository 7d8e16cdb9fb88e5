"""An export becomes typed values: what each column was taken for, what each row says, and which rows say nonsense.

Pure: bytes in, a Reading out. What it changes is for `merging` to find out, and for `records` to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msglint.guide.sales import Imports
from msglint.loop import columns, csvfile, times
from msglint.loop.columns import Columns
from msglint.loop.csvfile import Export, Row
from msglint.loop.encodings import decode
from msglint.loop.headers import Kind, System
from msglint.loop.model import Misread
from msglint.loop.rows import READERS, Cells, Terms, Values
from msglint.model import Text

_PERIOD = re.compile(r"#\s*(Start date|End date|開始日|終了日)\s*[::]\s*(\d{8})", re.IGNORECASE)
_TIMES = frozenset("created_at mql_at called_at sql_at rejected_at opened_on close_date at day".split())


class Fault(NamedTuple):
    """Why the row that begins on `line` cannot be taken."""

    line: int
    reason: Text


class Imported(NamedTuple):
    """A row that was understood: only the columns that the file has."""

    line: int
    values: Values


class Choices(NamedTuple):
    """What the person says of the file, so that nothing has to be found out."""

    kind: Kind | None = None
    system: System | None = None
    columns: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says. `dropped` are the lines of totals and small print, `notes` what was taken for granted."""

    encoding: str
    header_line: int
    columns: Columns
    rows: tuple[Imported, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Text, ...] = ()
    dropped: tuple[int, ...] = ()


def read(content: bytes, imports: Imports, *, wanted: Sequence[str] = (), choices: Choices | None = None) -> Reading:
    """Return what the export in `content` says, by the guide's `imports`.

    `wanted` are the columns that the guide's fit rules name. Raises Misread when it is no export that can be read at
    all; rows that cannot be taken are in `faults`.
    """
    chosen = choices or Choices()
    decoded = decode(content)
    own = {columns.normalized(name) for name in (*chosen.columns, *wanted)}
    export = csvfile.read(decoded.text, lambda name: columns.is_known(name) or columns.normalized(name) in own)
    header = columns.recognize(
        export.header.cells, kind=chosen.kind, system=chosen.system, named=chosen.columns, wanted=wanted
    )
    terms = _terms(export, header, imports)
    rows, faults = _rows(export.rows, header, terms)
    return Reading(
        decoded.encoding,
        export.header.line,
        header,
        tuple(rows),
        tuple(faults),
        tuple(_notes(header, imports)),
        tuple(row.line for row in export.dropped),
    )


def _terms(export: Export, header: Columns, imports: Imports) -> Terms:
    orders = {
        field: times.order_of(row.cells[at] for row in export.rows if at < len(row.cells))
        for at, field in enumerate(header.fields)
        if field in _TIMES
    }
    zone = ZoneInfo(imports.timezone) if imports.timezone else None
    return Terms(header.system, zone, dict(imports.stages), orders, _period(export.preamble))


def _period(preamble: Iterable[Row]) -> tuple[date, date] | None:
    """Return the days that GA4 says its figures are of."""
    found = [match for row in preamble for cell in row.cells if (match := _PERIOD.match(cell))]
    days: dict[bool, date] = {}
    for match in found:
        when = times.read(match[2], None)
        if when is not None:
            days.setdefault(match[1].lower() in ("start date", "開始日"), when.day)
    return (days[True], days[False]) if len(days) == 2 else None


def _rows(rows: Iterable[Row], header: Columns, terms: Terms) -> tuple[list[Imported], list[Fault]]:
    taken: list[Imported] = []
    faults: list[Fault] = []
    seen: dict[str, Imported] = {}
    for row in rows:
        try:
            imported = Imported(row.line, READERS[header.kind](_cells(row, header), terms))
            first = _first(imported, seen)
        except Misread as misread:
            faults.append(Fault(row.line, misread.text))
            continue
        if first:
            taken.append(imported)
    return taken, faults


def _cells(row: Row, header: Columns) -> Cells:
    """Return the cells by field; raises Misread for a row that is shorter or longer than the header."""
    width = len(header.fields)
    if len(row.cells) < width or any(row.cells[width:]):
        raise Misread(
            f"列の数が見出しと違います(見出しは{width}列、この行は{len(row.cells)}列)。",
            f"The header has {width} columns, this row {len(row.cells)}.",
        )
    return {field: cell for field, cell in zip(header.fields, row.cells, strict=False) if field is not None}


def _first(imported: Imported, seen: dict[str, Imported]) -> bool:
    """Whether a record is there for the first time; raises Misread for one that is there twice and not the same."""
    record = imported.values.get("record")
    if record is None:
        return True
    if not record:
        raise Misread("IDがありません。", "It has no id.")
    earlier = seen.setdefault(record, imported)
    if earlier.values != imported.values:
        raise Misread(
            f"ID {record} は{earlier.line}行目にもあり、内容が違います。",
            f"The id {record} is on line {earlier.line} too, with other content.",
        )
    return earlier is imported


def _notes(header: Columns, imports: Imports) -> Iterable[Text]:
    """Say what is taken for granted."""
    if imports.timezone and header.kind != "pages":
        yield Text(
            f"時差の書かれていない日時は {imports.timezone} の時刻として読みます。",
            f"Times that name no zone are read as those of {imports.timezone}.",
        )
    if header.kind == "deals":
        yield Text(
            "進行中の商談の完了予定日は、CRMが埋めた推測のことがあるため、期間の計算には使いません。",
            "The close date of an open deal may be the CRM's guess: it is not used for cycle lengths.",
        )
    if header.kind == "leads" and header.system == "salesforce" and "sql_at" in header.fields:
        name = header.header[header.fields.index("sql_at")]
        yield Text(
            f"「{name}」を、営業がSQLと判断した日時とみなします。",
            f"{name} is taken for the time at which sales decided that it is an SQL.",
        )
    if header.response_time:
        yield Text(
            f"「{header.response_time}」は、起点と単位を確かめられないため使いません。",
            f"{header.response_time} is not used: where it starts and its unit cannot be told.",
        )
