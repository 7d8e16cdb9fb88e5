"""The answers to a feedback form, as Google Forms and Microsoft Forms export them, become feedback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import NamedTuple

from msglint.loop import csvfile, questions, times
from msglint.loop.answers import Again, Answer, Cells, Reader, plain_day, read_answer
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
    """What a form's file says. `dropped` are the lines of totals, `same` how many answers are there already.

    `edited`: the lines of those among them that say something else by now.
    """

    encoding: str
    header_line: int
    header: tuple[str, ...]
    questions: tuple[Question | None, ...]
    said: tuple[Said, ...]
    faults: tuple[Fault, ...] = ()
    dropped: tuple[int, ...] = ()
    same: int = 0
    edited: tuple[int, ...] = ()

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
    kept: Mapping[str, Answer] | None = None,
    named: Mapping[str, str] | None = None,
) -> Answers:
    """Return what the export in `content` says of deals, leads and sheets that there are.

    `zone` is that of times that name none, `kept` is the feedback that is there already, by id; `named` says of a
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
    reader = Reader(subjects, sheets, zone, kept or {}, orders)
    dropped = tuple(row.line for row in export.dropped)
    found = _Rows()
    for row in rows:
        found.take(row, asked, reader)
    return Answers(
        decoded.encoding,
        export.header.line,
        export.header.cells,
        asked,
        tuple(found.said.values()),
        tuple(found.faults),
        dropped,
        found.same,
        tuple(found.edited),
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


@dataclass(slots=True)
class _Rows:
    """What the rows so far say."""

    said: dict[str, Said] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    same: int = 0
    edited: list[int] = field(default_factory=list)

    def take(self, row: Row, asked: Sequence[Question | None], reader: Reader) -> None:
        """Add what `row` says, or why it cannot be taken."""
        try:
            found = read_answer(_cells(row, asked), reader)
            if isinstance(found, Again):
                self.same += 1
                self.edited += [row.line] if found.edited else []
                return
            first = self.said.setdefault(found.feedback.id, Said(row.line, found))
            if first.answer != found:
                raise Misread(
                    f"{first.line}行目と同じ時刻、同じ人、同じ商談の回答ですが、内容が違います。",
                    f"Line {first.line} is of the same time, person and deal, with other content.",
                )
        except Misread as misread:
            self.faults.append(Fault(row.line, misread.text))
            return
        self.same += first.line != row.line


def _cells(row: Row, asked: Sequence[Question | None]) -> Cells:
    """Return the answers that are not empty; raises Misread for a row that is longer or shorter than the header."""
    if len(row.cells) < len(asked) or any(row.cells[len(asked) :]):
        raise Misread(
            f"列の数が見出しと違います(見出しは{len(asked)}列、この行は{len(row.cells)}列)。",
            f"The header has {len(asked)} columns, this row {len(row.cells)}.",
        )
    return {question: cell for question, cell in zip(asked, row.cells, strict=False) if question and cell}
