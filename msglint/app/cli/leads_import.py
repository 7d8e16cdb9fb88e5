"""`msglint leads import`: reads an export, writes what it changes, and says what was made of it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msglint.app.cli.columns import listed
from msglint.app.cli.leads_words import FIELDS, KINDS, SYSTEMS, shown_value
from msglint.app.cli.output import print_text
from msglint.app.cli.project import read_named
from msglint.app.cli.speech import Speaker
from msglint.app.cli.store import Loop, open_loop
from msglint.app.cli.unusable import Unusable
from msglint.model import Language, Problem, Text

if TYPE_CHECKING:
    from msglint.loop.headers import Kind, System
    from msglint.loop.importers import Reading
    from msglint.loop.judging import Judged
    from msglint.loop.merging import Change, Plan

DONE, FAULTY, UNUSABLE = 0, 1, 2
_MOST = 20
_WIDEST = 100
_DID = Text("取り込み: ", "Imported: ")
_WOULD = Text("取り込むと: ", "An import would give: ")
_REFUSED = Text("取り込まず: ", "Not imported: ")


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    file: str
    guide: str | None
    dry_run: bool
    strict: bool
    kind: Kind | None
    system: System | None
    columns: Mapping[str, str]


def run(speaker: Speaker, call: Call) -> int:
    """Import the file and return the exit status."""
    with open_loop(speaker, call.guide) as loop:
        reading = read_export(loop, call)
        plan, judged = put_in(loop, reading, call)
    refused = call.strict and bool(plan.faults)
    if not speaker.quiet or call.dry_run:
        lines = _report(reading, plan, judged, call, speaker, refused=refused)
        print_text("".join(f"{line}\n" for line in lines))
    for fault in plan.faults:
        speaker.problem(Problem(call.file, fault.line, 1, fault.reason))
    if refused:
        speaker.error(
            Text(
                "読めない行があるため、何も取り込みませんでした(--strict)。",
                "Nothing went in (--strict): rows cannot be read.",
            )
        )
        return UNUSABLE
    return FAULTY if plan.faults else DONE


def read_export(loop: Loop, call: Call) -> Reading:
    """Return what the file says; raises Unusable."""
    from msglint.loop.fit import own_columns
    from msglint.loop.importers import Choices, read
    from msglint.loop.model import Misread

    content = read_named(loop.project.ground.working / Path(call.file), Text(call.file, call.file))
    wanted = own_columns(loop.handoff.mql.fit) if loop.handoff else ()
    choices = Choices(call.kind, call.system, call.columns)
    try:
        return read(content, loop.project.guide.imports, wanted=wanted, choices=choices)
    except Misread as misread:
        ja, en = misread.text
        raise Unusable(f"{call.file}: {ja}", f"{call.file}: {en}") from misread


def put_in(loop: Loop, reading: Reading, call: Call) -> tuple[Plan, Judged]:
    """Write what the file changes, and judge who is handed over then; a dry run does all that and keeps nothing."""
    from msglint.loop import records
    from msglint.loop.judging import Judged, judge_all, rules
    from msglint.loop.merging import plan
    from msglint.loop.model import Import
    from msglint.loop.store import rehearsing, writing

    with (rehearsing if call.dry_run else writing)(loop.engine) as connection:
        revisions = rules(connection, loop.handoff)
        planned = plan(reading, records.existing(connection, reading.columns.kind))
        if call.strict and planned.faults:
            return planned, Judged()
        records.apply(connection, planned)
        rows = len(reading.rows) + len(reading.faults)
        kind = reading.columns.kind
        records.add(connection, Import(loop.now, kind, rows, min(rows, len(planned.changes))))
        if reading.columns.kind == "pages":
            return planned, Judged()
        return planned, judge_all(connection, revisions, loop.now, loop.zone)


def _report(
    reading: Reading, plan: Plan, judged: Judged, call: Call, speaker: Speaker, *, refused: bool
) -> Iterator[str]:
    language = speaker.language
    columns = reading.columns
    kind, system = KINDS[columns.kind].in_(language), SYSTEMS[columns.system].in_(language)
    yield Text(
        f"{call.file}: {kind}({system}、{reading.encoding}、見出しは{reading.header_line}行目)",
        f"{call.file}: {kind} ({system}, {reading.encoding}, header on line {reading.header_line})",
    ).in_(language)
    if call.dry_run or speaker.verbose:
        yield from _columns(reading, language)
    if columns.unknown:
        yield Text("  使わない列: ", "  Columns that are not used: ").in_(language) + ", ".join(columns.unknown)
    if columns.twice:
        yield Text("  同じ項目の2つ目の列: ", "  Second columns of a field: ").in_(language) + ", ".join(columns.twice)
    if reading.dropped:
        lines = ", ".join(map(str, reading.dropped))
        yield Text(f"  合計や注意書きとして除いた行: {lines}", f"  Lines of totals and small print: {lines}").in_(
            language
        )
    for note in (*reading.notes, *plan.notes):
        yield f"  {note.in_(language)}"
    if call.dry_run:
        yield from _changes(plan, language)
    yield _counts(plan, judged, call.dry_run, refused=refused).in_(language)


def _columns(reading: Reading, language: Language) -> Iterator[str]:
    pairs = zip(reading.columns.header, reading.columns.fields, strict=True)
    rows = [(name, _field(field).in_(language)) for name, field in pairs if field is not None]
    yield from listed(rows, min(shutil.get_terminal_size().columns, _WIDEST)).splitlines()


def _field(field: str) -> Text:
    named = field.removeprefix("fields.")
    return FIELDS.get(field) or Text(f"{named}(ガイドの条件の項目)", f"{named} (named by the guide)")


def _changes(plan: Plan, language: Language) -> Iterator[str]:
    for change in plan.changes[:_MOST]:
        yield f"  {_change(change, language)}"
    more = len(plan.changes) - _MOST
    if more > 0:
        yield Text(f"  ほか{more}件", f"  and {more} more").in_(language)


def _change(change: Change[Any], language: Language) -> str:
    after = dataclasses.asdict(change.after)
    name = after.get("id") or after.get("path") or f"{after.get('lead')} {after.get('action')}"
    if change.before is None:
        return f"+ {name}"
    before = dataclasses.asdict(change.before)
    parts = [
        f"{_field(key).in_(language)}: {shown_value(before[key])} → {shown_value(after[key])}"
        for key in after
        if before[key] != after[key]
    ]
    return f"~ {name}  {', '.join(parts)}"


def _counts(plan: Plan, judged: Judged, dry_run: bool, *, refused: bool) -> Text:
    new = sum(change.before is None for change in plan.changes)
    changed = len(plan.changes) - new
    gone = Text(f"、忘れる人の行{plan.forgotten}", f", of forgotten people {plan.forgotten}")
    gone = gone if plan.forgotten else Text("", "")
    handed = Text(f"。新しいMQL{judged.new}", f". New MQLs {judged.new}") if judged.new else Text("", "")
    heading = _WOULD if dry_run else _REFUSED if refused else _DID
    return Text(
        f"{heading.ja}追加{new}、変更{changed}、変更なし{plan.same}、読めない行{len(plan.faults)}{gone.ja}{handed.ja}",
        f"{heading.en}new {new}, changed {changed}, same {plan.same}, unreadable {len(plan.faults)}"
        f"{gone.en}{handed.en}",
    )
