"""How useful sales found the sheets, for the page that lists them."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msglint.app.cli.complaints import store_file
from msglint.app.cli.project import Project
from msglint.app.cli.speech import Speaker

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from msglint.sheet.manifest import Record


def useful(
    project: Project, records: Iterable[Record], speaker: Speaker, named: str | None
) -> Mapping[str, tuple[int, int]]:
    """Return (helped, asked) of the present version of each sheet by its name; none where there is no store to ask.

    Raises Unusable when the store is there and cannot be used.
    """
    file = store_file(project.ground.root)
    if (file is not None and not os.path.isfile(file)) or importlib.util.find_spec("sqlalchemy") is None:  # noqa: PTH113
        return {}
    from msglint.app.cli.store import open_loop

    with open_loop(speaker, named) as loop:
        return rated(loop.engine, records)


def rated(engine: Engine, records: Iterable[Record]) -> Mapping[str, tuple[int, int]]:
    """Return (helped, asked) of the present version of each sheet by its name, as the store has it."""
    from msglint.loop import records as rows
    from msglint.loop.metrics import usefulness
    from msglint.loop.model import Period
    from msglint.loop.store import reading

    ever = Period(date.min, date.max)
    with reading(engine) as connection:
        said = usefulness(rows.feedback_items(connection), rows.feedback(connection), ever)
    now = {(one.name, one.version) for one in records}
    return {one.sheet: (one.used.k, one.used.n) for one in said if (one.sheet, one.version) in now}
