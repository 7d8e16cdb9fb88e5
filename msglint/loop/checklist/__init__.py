"""The alignment checklist: fifteen points, each with its evidence. There is no total: 15 of 15 would be no truth."""

from __future__ import annotations

from msglint.loop.checklist.model import Answer, Ground, State
from msglint.loop.checklist.points import POINTS, Point
from msglint.loop.model import Statement

FRESH = 183
"""Days (日) that a person's word on a point counts."""


def answers(ground: Ground) -> tuple[Answer, ...]:
    """Return how each of the fifteen points stands on that day."""
    return tuple(_answer(point, ground) for point in POINTS)


def _answer(point: Point, ground: Ground) -> Answer:
    finding = point.look(ground)
    said = [one for one in ground.rows.statements if one.point == point.number and one.on <= ground.today]
    latest = said[-1] if said else None
    old = latest is not None and ground.age(latest.on) > FRESH
    state = finding.state if latest is None or old else settled(point, finding.state, latest)
    return Answer(point.number, point.title, state, tuple(finding.evidence), point.cannot, latest, old)


def settled(point: Point, seen: State, statement: Statement) -> State:
    """Return how the point stands, from what was `seen` and what a person states of it.

    That it does not hold counts always. That it holds confirms evidence, and makes evidence where nothing could be
    told; against what was seen it counts for nothing. Of what only people know, a word stays evidence.
    """
    if not statement.holds:
        return State.FAILS
    if seen is State.UNKNOWN:
        return State.EVIDENCE
    if seen is State.EVIDENCE and point.judge != "person":
        return State.HOLDS
    return seen
