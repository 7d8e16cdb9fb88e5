"""What was made, as data: for programs, for the index page, and to know next time what is still of today."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from msglint.sheet import said
from msglint.sheet.model import Named, Sheet

NAME = "manifest.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class File:
    """A file that was made: its path from the output folder, and the stamp of what it was made from."""

    path: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Record:
    """One sheet as the manifest tells of it; the fields are Sheet's, days as YYYY-MM-DD, empty when there is none.

    `claim` is the id of the claim it carries most. `state` is the approval's, never "expired": compare `expires`.
    `number` counts the sheet's versions from 1; `kept` are the files of earlier ones. `outdated`: the article has
    changed, but no new sheet could be made. `text` is what the sheet says, for searching.
    """

    name: str
    kind: str
    title: str
    article: str
    persona: str = ""
    persona_name: str = ""
    stage: str = ""
    stage_name: str = ""
    claim: str = ""
    claim_statement: str = ""
    state: str = "unapproved"
    approved_by: str = ""
    approved_on: str = ""
    expires: str = ""
    day: str = ""
    commit: str = ""
    sha256: str = ""
    version: str = ""
    number: int = 1
    pages: int | None = None
    faults: int = 0
    facts: tuple[str, ...] = ()
    files: dict[str, File] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    outdated: bool = False
    text: str = ""


def record(sheet: Sheet, files: dict[str, File], *, number: int = 1, kept: tuple[str, ...] = ()) -> Record:
    """Return what the manifest says of `sheet`."""
    nobody = Named("", "")
    persona, stage = sheet.persona or nobody, sheet.stage or nobody
    return Record(
        name=sheet.name,
        kind=sheet.kind,
        title=sheet.title,
        article=sheet.provenance.article,
        persona=persona.id,
        persona_name=persona.name,
        stage=stage.id,
        stage_name=stage.name,
        claim=sheet.key_message.claim if sheet.key_message else "",
        claim_statement=sheet.key_message.statement if sheet.key_message else "",
        state=sheet.approval.state,
        approved_by=sheet.approval.by,
        approved_on=_day(sheet.approval.day),
        expires=_day(sheet.approval.expires),
        day=_day(sheet.provenance.day),
        commit=sheet.provenance.commit,
        sha256=sheet.provenance.sha256,
        version=sheet.version,
        number=number,
        pages=sheet.pages,
        faults=len(sheet.faults),
        facts=tuple(fact.id for fact in sheet.facts),
        files=files,
        kept=kept,
        text="\n".join(said.lines(sheet)),
    )


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def encode(guide: str, revision: str, records: Iterable[Record]) -> bytes:
    """Return the manifest as JSON, sheets in the order of their names."""
    listed = [asdict(r) for r in sorted(records, key=lambda r: r.name)]
    whole = {"version": VERSION, "guide": {"path": guide, "revision": revision}, "sheets": listed}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def decode(content: bytes) -> dict[str, Record]:
    """Return the records of a manifest by name; raises ValueError when it is none that this msglint can read."""
    try:
        whole = json.loads(content)
        if whole["version"] != VERSION:
            raise ValueError
        return {r["name"]: _record(r) for r in whole["sheets"]}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a manifest") from error


def _record(given: dict[str, Any]) -> Record:
    known = {f.name: given[f.name] for f in fields(Record) if f.name in given}
    known["files"] = {format: File(file["path"], file["stamp"]) for format, file in given["files"].items()}
    known |= {name: tuple(given.get(name, ())) for name in ("facts", "kept")}
    return Record(**known)
