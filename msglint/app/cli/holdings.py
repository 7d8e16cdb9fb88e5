"""What reviews need to know of the sheets that were made, and of the guide's own file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msglint.app.cli.making import read_manifest
from msglint.app.cli.manifests import day_of
from msglint.app.cli.project import Project, read_named
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.loop.review import Holding, Holdings
    from msglint.sheet.manifest import Record


def holdings(project: Project, folder: Path) -> Holdings:
    """Return the sheets of the manifest in `folder` (none without one) and what the guide says they are for.

    Raises Unusable when the manifest or the guide's file cannot be read.
    """
    from msglint.loop.review import Holdings

    guide = project.guide
    shown = Path(guide.path)
    written = read_named(project.ground.working / shown, Text(f"ガイド {shown}", f"the guide {shown}"))
    return Holdings(
        tuple(_holding(record) for record in read_manifest(folder).values()),
        guide.stages,
        guide.personas,
        guide.path,
        written.decode("utf-8-sig", "replace"),
    )


def _holding(record: Record) -> Holding:
    from msglint.loop.review import Holding

    return Holding(
        record.name,
        record.version,
        record.title,
        record.article,
        record.persona or None,
        record.stage or None,
        record.state == "current",
        day_of(record.expires),
        record.outdated,
        day_of(record.day),
    )
