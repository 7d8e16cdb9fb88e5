"""The answers to a feedback form, as Google Forms and Microsoft Forms export them, become feedback."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from msglint.loop import csvfile, questions, times
from msglint.loop.answers import Answer, Cells, Reader, plain_day, read_answer
from msglint.loop.columns import normalized
from msglint.loop.csvfile import Row
from msglint.loop.encodings import decode
from msglint.loop.importers import Fault
from msglint.loop.model import Misread
from msglint.loop.questions import Question
from msglint.loop.subjects import Sheets, Subjects
from msglint.model import Text


class Said(NamedTuple):
    """The answer that begins on `line`."""

    line: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Answers:
    """What a form's file says. `dropped` are the lines of totals, `same` how many answers are there already."""

    encoding: str
    header_line: int
    header: tuple[str, ...]
    questions: tuple[Question | None, ...]
    said: tuple[Said, ...]
    faults: tuple[Fault, ...] = ()
    dropped: tuple[int, ...] = ()
    same: int = 0

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that nothing was made of."""
        pairs = zip(self.header, self.questions, strict=True)
        return tuple(name for name, asked in pairs if name and asked is None)


def read(
    content: bytes,
    subjects: Subjects,
    sheets: Sheets,
    zone: tzinfo,
    *,
    kept: Container[str] = frozenset(),
    named: Mapping[str, str] | None = None,
) -> Answers:
    """Return what the export in `content` says of deals, leads and sheets that there are.

    `zone` is that of times that name none, `kept` are the ids of feedback that is there already, `named` says of a
    column what it asks. Raises Misread when it is no form's export; rows that cannot be taken are in `faults`.
    """
    questions.refuse_strange(named or {})
    decoded = decode(content)
    own = {normalized(name) for name in named or {}}
    export = csvfile.read(decoded.text, lambda name: normalized(name) in own or questions.question(name) is not None)
    asked = questions.questions(export.header.cells, named or {})
    _require({question.field for question in asked if question})
    rows = list(export.rows)
    orders = {
        question.field: times.order_of(plain_day(row.cells[at]) for row in rows if at < len(row.cells))
        for at, question in enumerate(asked)
        if question and question.field in ("submitted", "met_on")
    }
    reader = Reader(subjects, sheets, zone, kept, orders)
    said, faults, same = _rows(rows, asked, reader)
    dropped = tuple(row.line for row in export.dropped)
    return Answers(
        decoded.encoding, export.header.line, export.header.cells, asked, tuple(said), tuple(faults), dropped, same
    )


def _require(fields: set[str]) -> None:
    """Raise Misread when no column says of whom, by whom, when, or what became of which sheet."""
    needed = [
        ({"deal", "lead", "about"}, Text("商談ID または リードID", "Deal ID or Lead ID")),
        ({"rep", "email"}, Text("営業担当 または メールアドレス", "Name or Email")),
        ({"submitted", "met_on"}, Text("タイムスタンプ または 商談日", "Timestamp or Meeting date")),
    ]
    if "sheet" in fields:
        needed.append(({"verdict"}, Text("評価(使えたか)", "Verdict")))
    for some, what in needed:
        if not some & fields:
            raise Misread(
                f"必要な列がありません: {what.ja}。列名が違うときは --column 列名=項目 で指定できます。",
                f"A column is missing: {what.en}. If it is called otherwise, say so with --column NAME=FIELD.",
            )


def _rows(rows: Iterable[Row], asked: Sequence[Question | None], reader: Reader) -> tuple[list[Said], list[Fault], int]:
    said: dict[str, Said] = {}
    faults: list[Fault] = []
    same = 0
    for row in rows:
        try:
            found = read_answer(_cells(row, asked), reader)
            first = said.setdefault(found.feedback.id, Said(row.line, found)) if found else None
            if first and first.answer != found:
                raise Misread(
                    f"{first.line}行目と同じ時刻、同じ人、同じ商談の回答ですが、内容が違います。",
                    f"Line {first.line} is of the same time, person and deal, with other content.",
                )
        except Misread as misread:
            faults.append(Fault(row.line, misread.text))
            continue
        same += first is None or first.line != row.line
    return list(said.values()), faults, same


def _cells(row: Row, asked: Sequence[Question | None]) -> Cells:
    """Return the answers that are not empty; raises Misread for a row that is longer or shorter than the header."""
    if len(row.cells) < len(asked) or any(row.cells[len(asked) :]):
        raise Misread(
            f"列の数が見出しと違います(見出しは{len(asked)}列、この行は{len(row.cells)}列)。",
            f"The header has {len(asked)} columns, this row {len(row.cells)}.",
        )
    return {question: cell for question, cell in zip(asked, row.cells, strict=False) if question and cell}
