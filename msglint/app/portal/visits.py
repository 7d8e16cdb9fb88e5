"""Who used the portal on which day: what the checklist counts."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from msglint.app.portal.call import Call

_log = logging.getLogger("msglint.portal")


@dataclass(slots=True)
class Today:
    """Who was here already on the day that it is, so that the store need not be asked at every page."""

    day: date = date.min
    people: set[str] = field(default_factory=set)
    _lock: Any = field(default_factory=threading.Lock)

    def first(self, day: date, person: str) -> bool:
        """Whether `person` has not been here on `day`, as far as this process knows; from now on they have."""
        with self._lock:
            if day != self.day:
                self.day, self.people = day, set()
            new = person not in self.people
            self.people.add(person)
            return new


def record(call: Call, today: Today) -> None:
    """Keep that the caller was here today, once."""
    from sqlalchemy.exc import SQLAlchemyError

    from msglint.loop import records
    from msglint.loop.model import Visit
    from msglint.loop.store import writing

    visit = Visit(call.settings.today, call.caller.person)
    if not visit.person or not today.first(visit.on, visit.person):
        return
    try:
        with writing(call.settings.engine) as connection:
            if visit not in records.visits(connection):
                records.add(connection, visit)
    except SQLAlchemyError as error:  # nobody is kept from reading because the visit could not be counted
        _log.warning("a visit was not recorded: %s", " ".join(str(error).split()))
