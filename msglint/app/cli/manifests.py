"""Which versions of sheets there are, by the manifest that `msglint sheet` wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msglint.app.cli.making import read_manifest
from msglint.app.cli.project import Project
from msglint.sheet.manifest import NAME

if TYPE_CHECKING:
    from msglint.loop.model import SheetVersion
    from msglint.loop.subjects import Sheets
    from msglint.sheet.manifest import Record

FOLDER = "dist"
"""Where `msglint sheet` puts its sheets unless `--output` says otherwise."""

_State = Literal["unapproved", "approved", "stale"]
_STATES: dict[str, _State] = {"current": "approved", "changed": "stale"}


def sheet_versions(folder: Path) -> tuple[SheetVersion, ...]:
    """Return the present version of each sheet in `folder`, by name; none without a manifest. Raises Unusable."""
    return tuple(version_of(record) for _, record in sorted(read_manifest(folder).items()) if record.version)


def sheets(folder: Path, earlier: Iterable[SheetVersion]) -> Sheets:
    """Return the sheets in `folder` with the `earlier` versions of which there is feedback. Raises Unusable."""
    from msglint.loop.subjects import Sheets

    found: dict[str, set[str]] = {}
    records = read_manifest(folder)
    for name, record in records.items():
        found.setdefault(record.title, set()).add(name)
    return Sheets(
        sheet_versions(folder),
        tuple(earlier),
        {title: next(iter(names)) for title, names in found.items() if len(names) == 1},
        {name: day for name, record in records.items() if (day := day_of(record.day))},
    )


def folder_of(project: Project, named: str | None) -> Path:
    """Return where the sheets are: in `named`, else where `msglint sheet` puts them, here or beside the guide."""
    if named is not None:
        return project.ground.working / named
    here = project.ground.working / FOLDER
    return here if (here / NAME).is_file() else project.ground.root / FOLDER


def version_of(record: Record) -> SheetVersion:
    """Return the version of a sheet as the store keeps it."""
    from msglint.loop.model import SheetVersion

    approved_on = day_of(record.approved_on)
    known = _STATES.get(record.state, "unapproved")
    state = known if known != "approved" or (approved_on and record.approved_by) else "unapproved"
    return SheetVersion(
        sheet=record.name,
        version=record.version,
        article=record.article,
        source_commit=record.commit or None,
        source_sha256=record.sha256 or None,
        state=state,
        approved_by=record.approved_by or None,
        approved_on=approved_on,
        expires_on=day_of(record.expires),
    )


def day_of(written: str) -> date | None:
    """Return the day that a manifest has written, None where it has none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
