"""Which sheets of an article sales has called not usable, often enough to count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msglint.model import Complaint

TIMES = 2
CONFLICTS = 1


class Objection(NamedTuple):
    """A sheet that sales found not usable, and what was said of it, in order of the meetings' days."""

    sheet: str
    complaints: tuple[Complaint, ...]

    @property
    def conflict(self) -> bool:
        """Whether somebody said that it contradicts another message."""
        return any(complaint.conflict for complaint in self.complaints)


def objections(complaints: Iterable[Complaint], times: int = TIMES, conflicts: int = CONFLICTS) -> list[Objection]:
    """Return the sheets with `times` complaints, or with `conflicts` of a contradiction, in the order of their names.

    Each complaint is the voice of another deal or lead.
    """
    by_sheet: dict[str, list[Complaint]] = {}
    for complaint in sorted(complaints, key=lambda c: (c.sheet, c.met_on, c.feedback)):
        by_sheet.setdefault(complaint.sheet, []).append(complaint)
    return [
        Objection(sheet, tuple(said))
        for sheet, said in by_sheet.items()
        if len(said) >= times or sum(complaint.conflict for complaint in said) >= conflicts
    ]
