"""`msglint feedback import`: the answers to a form become feedback."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from msglint.app.cli import options
from msglint.app.cli.columns import listed
from msglint.app.cli.feedback_options import made
from msglint.app.cli.feedback_words import FIELDS, VERDICTS
from msglint.app.cli.output import print_text
from msglint.app.cli.project import read_named
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.store import Loop, open_loop
from msglint.app.cli.unusable import Unusable
from msglint.model import Language, Problem, Text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from msglint.loop.forms import Answers
    from msglint.loop.importers import Fault
    from msglint.loop.model import FeedbackItem
    from msglint.loop.questions import Question
    from msglint.loop.subjects import Sheets

DONE, FAULTY, UNUSABLE = 0, 1, 2
_MOST = 20
_WIDEST = 100
_DID = Text("取り込み: ", "Imported: ")
_WOULD = Text("取り込むと: ", "An import would give: ")
_REFUSED = Text("取り込まず: ", "Not imported: ")


@dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    file: str
    guide: str | None
    dry_run: bool
    strict: bool
    columns: Mapping[str, str]
    folder: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the file says, how many of its answers are new, and the rows that cannot be taken."""

    answers: Answers
    new: int
    faults: tuple[Fault, ...]


class Refused(Exception):
    """Some row cannot be taken, and then nothing was to go in."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__()


@click.command(
    "import",
    cls=Command,
    about=Text(
        "フォームの回答を取り込みます。Google フォームと Microsoft Forms のCSV(日本語・英語)を読めます。\n"
        "列は名前と質問の文から判断します。1行が1件の商談・リードの回答で、シートは「シート」と「評価」の列か、"
        "「評価 [シートの名前]」の列で書きます。\n"
        "読めない行は行番号と理由を表示し、残りを取り込みます。取り込み済みの回答は、何度取り込んでも変わりません。",
        "Imports the answers to a form: CSV of Google Forms and Microsoft Forms (Japanese or English).\n"
        "Columns are told by their names and the wording of questions. A row is of one deal or lead; sheets are in the "
        "columns Sheet and Verdict, or in columns called Verdict [name of the sheet].\n"
        "Rows that cannot be read are listed with line and reason, the others go in. A second time changes nothing.",
    ),
)
@click.argument("file", metavar="FILE")
@options.guide
@options.option(
    "--dry-run",
    is_flag=True,
    about=Text(
        "何も書き込まず、各列を何として読んだか、何が加わるかを表示します。",
        "Write nothing; show what each column was taken for and what would go in.",
    ),
)
@options.strict
@options.option(
    "--column",
    "columns",
    type=options.column,
    multiple=True,
    metavar="NAME=FIELD",
    about=Text(
        "列名 NAME を項目 FIELD(deal、verdict など)として読みます。繰り返せます。",
        "Read the column NAME as FIELD (such as deal or verdict). May be repeated.",
    ),
)
@made
@options.common
@click.pass_obj
def import_(speaker: Speaker, /, columns: tuple[tuple[str, str], ...], **given: Any) -> int:
    """Import a form's answers; 0, 1 when rows could not be read, 2 when nothing went in for that."""
    return _run(speaker, Call(columns=dict(columns), **given))


def _run(speaker: Speaker, call: Call) -> int:
    with open_loop(speaker, call.guide) as loop:
        content = read_named(loop.project.ground.working / Path(call.file), Text(call.file, call.file))
        try:
            outcome = put_in(loop, content, call)
        except Refused as refusal:
            outcome = refusal.outcome
    refused = call.strict and bool(outcome.faults)
    if not speaker.quiet or call.dry_run:
        lines = _report(outcome, call, loop.zone.key, speaker, refused=refused)
        print_text("".join(f"{line}\n" for line in lines))
    for fault in outcome.faults:
        speaker.problem(Problem(call.file, fault.line, 1, fault.reason))
    if refused:
        speaker.error(
            Text(
                "読めない行があるため、何も取り込みませんでした(--strict)。",
                "Nothing went in (--strict): rows cannot be read.",
            )
        )
        return UNUSABLE
    return FAULTY if outcome.faults else DONE


def put_in(loop: Loop, content: bytes, call: Call) -> Outcome:
    """Write the answers that are new; a dry run does all that and keeps nothing.

    Raises Unusable, and Refused when nothing is to go in since some row cannot be taken.
    """
    from msglint.app.cli.manifests import folder_of, sheets
    from msglint.loop import records
    from msglint.loop.model import Import, Misread
    from msglint.loop.store import rehearsing, writing

    with (rehearsing if call.dry_run else writing)(loop.engine) as connection:
        there = sheets(folder_of(loop.project, call.folder), records.sheets(connection))
        try:
            answers = _read(loop, content, connection, there, call)
        except Misread as misread:
            ja, en = misread.text
            raise Unusable(f"{call.file}: {ja}", f"{call.file}: {en}") from misread
        new, faults = _kept(connection, answers, there)
        if call.strict and faults:
            raise Refused(Outcome(answers, 0, faults))
        rows = len(answers.said) + answers.same + len(answers.faults)
        records.add(connection, Import(loop.now, "feedback", rows, new))
    return Outcome(answers, new, faults)


def _read(loop: Loop, content: bytes, connection: Connection, there: Sheets, call: Call) -> Answers:
    from msglint.loop import forms, records
    from msglint.loop.answers import Answer
    from msglint.loop.subjects import Subjects

    subjects = Subjects(tuple(records.deals(connection)), tuple(records.leads(connection)))
    items: defaultdict[str, list[FeedbackItem]] = defaultdict(list)
    for item in records.feedback_items(connection):
        items[item.feedback].append(item)
    kept = {one.id: Answer(one, tuple(items[one.id]), guessed=False) for one in records.feedback(connection)}
    return forms.read(content, subjects, there, loop.zone, kept=kept, named=call.columns)


def _kept(connection: Connection, answers: Answers, there: Sheets) -> tuple[int, tuple[Fault, ...]]:
    """Write the answers that are not there yet; return how many that were, and all rows that cannot be taken."""
    from msglint.loop.feedback import keep
    from msglint.loop.importers import Fault
    from msglint.loop.model import Misread

    new, faults = 0, list(answers.faults)
    for line, (feedback, items, _) in answers.said:
        try:
            new += keep(connection, feedback, items, there.present)
        except Misread as misread:
            faults.append(Fault(line, misread.text))
    return new, tuple(sorted(faults))


def _report(outcome: Outcome, call: Call, zone: str, speaker: Speaker, *, refused: bool) -> Iterator[str]:
    language, answers = speaker.language, outcome.answers
    yield Text(
        f"{call.file}: フォームの回答({answers.encoding}、見出しは{answers.header_line}行目)",
        f"{call.file}: answers to a form ({answers.encoding}, header on line {answers.header_line})",
    ).in_(language)
    if call.dry_run or speaker.verbose:
        pairs = zip(answers.header, answers.questions, strict=True)
        rows = [(" ".join(name.split()), _field(question).in_(language)) for name, question in pairs if question]
        yield from listed(rows, min(shutil.get_terminal_size().columns, _WIDEST)).splitlines()
    if answers.unknown:
        names = ", ".join(" ".join(name.split()) for name in answers.unknown)
        yield Text("  使わない列: ", "  Columns that are not used: ").in_(language) + names
    for note in _notes(answers, zone):
        yield f"  {note.in_(language)}"
    if call.dry_run:
        yield from _new(answers, language)
    heading = _WOULD if call.dry_run else _REFUSED if refused else _DID
    yield Text(
        f"{heading.ja}追加{outcome.new}、変更なし{answers.same}、読めない行{len(outcome.faults)}",
        f"{heading.en}new {outcome.new}, same {answers.same}, unreadable {len(outcome.faults)}",
    ).in_(language)


def _field(question: Question) -> Text:
    what = FIELDS[question.field]
    return Text(f"{what.ja}({question.sheet})", f"{what.en} ({question.sheet})") if question.sheet else what


def _notes(answers: Answers, zone: str) -> Iterator[Text]:
    yield Text(
        f"時差の書かれていない日時は {zone} の時刻として読みます。",
        f"Times that name no zone are read as those of {zone}.",
    )
    if answers.dropped:
        lines = ", ".join(map(str, answers.dropped))
        yield Text(f"合計や注意書きとして除いた行: {lines}", f"Lines of totals and small print: {lines}")
    if answers.edited:
        lines = ", ".join(map(str, answers.edited))
        yield Text(
            f"取り込んだ後にフォームで書き換えられた回答{len(answers.edited)}件は、前の内容のままです(行: {lines})。",
            f"{len(answers.edited)} answers were edited in the form after they were imported: what they said before "
            f"stands (lines: {lines}).",
        )
    guessed = sum(one.answer.guessed for one in answers.said)
    if guessed:
        yield Text(
            f"シートの版が書かれていない回答{guessed}件は、今の版についての回答とみなします。",
            f"{guessed} answers do not name the version of their sheets: they are taken to be on the present ones.",
        )


def _new(answers: Answers, language: Language) -> Iterator[str]:
    for line, (feedback, items, _) in answers.said[:_MOST]:
        sheets = ", ".join(f"{item.sheet}: {VERDICTS[item.verdict].in_(language)}" for item in items)
        about = feedback.deal or feedback.lead
        yield f"  + {line}: {feedback.met_on}  {about}  {feedback.rep}  {sheets}".rstrip()
    more = len(answers.said) - _MOST
    if more > 0:
        yield Text(f"  ほか{more}件", f"  and {more} more").in_(language)
