"""Opens the store of the loop for a command, and says in one line what is missing for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msglint.app.cli.project import TODAY, Project, open_project, read_named
from msglint.app.cli.speech import Speaker
from msglint.app.cli.unusable import Unusable
from msglint.guide.sales import Handoff
from msglint.model import Text

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from msglint.loop.clock import Clock

DATABASE_URL = "MSGLINT_DATABASE_URL"
_ZONE = "Asia/Tokyo"


@dataclass(frozen=True, slots=True)
class Loop:
    """The guide and its store, and the moment it is taken to be now."""

    project: Project
    engine: Engine
    zone: ZoneInfo
    now: datetime

    @property
    def handoff(self) -> Handoff | None:
        """The guide's hand-over rules."""
        return self.project.guide.handoff

    def end_of(self, day: date) -> datetime:
        """Return the last moment of `day` in the organisation's zone."""
        begins = datetime.combine(day + timedelta(days=1), time(), self.zone)
        return begins.astimezone(UTC) - timedelta(seconds=1)

    def clock(self) -> Clock:
        """Return the clock of the guide's zone and holidays; raises Unusable or Misread for a file of no use."""
        from msglint.loop.clock import Clock, holidays_in
        from msglint.loop.encodings import decode

        calendar = self.handoff.calendar if self.handoff else None
        if calendar is None or calendar.holidays is None:
            return Clock(self.zone)
        file = self.project.ground.root / calendar.holidays
        called = Text(f"休日のファイル {calendar.holidays}", f"the file of holidays {calendar.holidays}")
        lines = decode(read_named(file, called)).text.splitlines()
        return Clock(self.zone, holidays=holidays_in(lines))


@contextmanager
def open_loop(speaker: Speaker, named_guide: str | None) -> Iterator[Loop]:
    """Give the store of the guide, and turn what the loop cannot use into one clear line.

    Raises Unusable without the extra `loop`, and when the store, or what is read meanwhile, cannot be used.
    """
    project = open_project(speaker, named_guide)
    zone = ZoneInfo(project.guide.imports.timezone or _ZONE)
    with speaking():
        from msglint.loop.store import file_url, open_store

        engine = open_store(os.environ.get(DATABASE_URL) or file_url(project.ground.root))
        try:
            loop = Loop(project, engine, zone, datetime.now(UTC).replace(microsecond=0))
            if os.environ.get(TODAY):
                loop = Loop(project, engine, zone, loop.end_of(project.environment.today))
            yield loop
        finally:
            engine.dispose()


@contextmanager
def speaking() -> Iterator[None]:
    """Turn what the loop cannot use into Unusable."""
    from msglint.loop.model import Misread, StoreUnusable

    try:
        yield
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    except (Misread, StoreUnusable) as error:
        raise Unusable(*error.text) from error
    except Exception as error:
        if not type(error).__module__.startswith("sqlalchemy."):
            raise
        why = " ".join(str(getattr(error, "orig", None) or error).split())
        raise Unusable(f"保存先を使えません({why})。", f"The store cannot be used ({why}).") from error


def _missing(error: ModuleNotFoundError) -> Unusable:
    if (error.name or "").partition(".")[0] not in ("sqlalchemy", "alembic", "psycopg"):
        raise error
    return Unusable(
        f"リードと商談を扱うには追加の部品が要ります({error.name})。pip install 'msglint[loop]' を実行してください。",
        f"Leads and deals need more to be installed ({error.name}). Run pip install 'msglint[loop]'.",
    )
