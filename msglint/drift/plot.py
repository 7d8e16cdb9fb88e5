"""The flat map: where marks stand on the drawing, and where the claims' names find room."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msglint.drift.view import ClaimView, SectionView
from msglint.report.widths import cells, columns

WIDTH = 960
_LOWEST, _HIGHEST = 320, 560
_MARGIN = 44
_BADGE = 13
_MARK = 5
_LINE = 18
_COLUMN = 6.6
_LENGTHS = (30, 20)
"""How many columns of a claim's words may stand on the map: fewer where that covers less."""
_ROUNDS = 300
_FEW = 80
"""Up to so many sections numbers make way for them; among more they stand where they belong."""

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a place."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, point: Point) -> bool:
        """Whether a mark at `point` would be covered."""
        x, y = point
        return self.left - _MARK < x < self.right + _MARK and self.top - _MARK < y < self.bottom + _MARK


@dataclass(frozen=True, slots=True)
class Badge:
    """A claim on the map: its true place, that of its number, and its name with the side it stands on.

    `name` is "" where it found no room: its words stand in the list of claims.
    """

    claim: ClaimView
    true: Point
    x: float
    y: float
    name: str = ""
    name_x: float = 0.0
    name_y: float = 0.0
    anchor: str = "start"

    @property
    def moved(self) -> bool:
        """Whether the number stands so far from its true place that a line has to lead there."""
        return math.dist(self.true, (self.x, self.y)) > 4


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing: its height, the place of each section, and the claims."""

    height: int
    marks: tuple[Point, ...]
    badges: tuple[Badge, ...]

    @property
    def sparse(self) -> bool:
        """Whether so few sections are there that each is to be seen, whatever is written across it."""
        return len(self.marks) <= _FEW


def plot(sections: Sequence[SectionView], claims: Sequence[ClaimView]) -> Plot:
    """Return the map of `sections` and `claims`, equally scaled both ways, as large as its drawing."""
    points = [s.point for s in sections] + [c.point for c in claims]
    if not points:
        return Plot(_LOWEST, (), ())
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide, high = max(max(xs) - min(xs), 0.01), max(max(ys) - min(ys), 0.001)
    height = round(min(max((WIDTH - 2 * _MARGIN) * high / wide + 2 * _MARGIN, _LOWEST), _HIGHEST))
    scale = min((WIDTH - 2 * _MARGIN) / wide, (height - 2 * _MARGIN) / high)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    placed = [
        (round(WIDTH / 2 + (x - middle[0]) * scale, 1), round(height / 2 - (y - middle[1]) * scale, 1))
        for x, y in points
    ]
    marks = tuple(placed[: len(sections)])
    return Plot(height, marks, _badges(claims, placed[len(sections) :], marks, height))


def _badges(
    claims: Sequence[ClaimView], true: Sequence[Point], marks: Sequence[Point], height: int
) -> tuple[Badge, ...]:
    spread = _spread(true, marks if len(marks) <= _FEW else (), height)
    taken = [Box(x - _BADGE, y - _BADGE, x + _BADGE, y + _BADGE) for x, y in spread]
    made = []
    for claim, at, (x, y) in zip(claims, true, spread, strict=True):
        names = dict.fromkeys(_short(claim.statement, longest) for longest in _LENGTHS)
        free = [
            (sum(map(box.holds, marks)), number, box, anchor, name)
            for number, (name, (box, anchor)) in enumerate((n, r) for n in names for r in _rooms(x, y, _wide(n)))
            if box.left > 2 and box.right < WIDTH - 2 and box.top > 2 and box.bottom < height - 2
            if not any(box.meets(other) for other in taken)
        ]
        if not free:
            made.append(Badge(claim, at, x, y))
            continue
        _, _, box, anchor, name = min(free)
        taken.append(box)
        name_x = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[anchor]
        made.append(Badge(claim, at, x, y, name, round(name_x, 1), round(box.bottom - 5, 1), anchor))
    return tuple(made)


def _wide(name: str) -> float:
    return columns(name) * _COLUMN


def _spread(points: Sequence[Point], fixed: Sequence[Point], height: int) -> list[Point]:
    """Push points apart, and off the `fixed` ones, until numbers drawn there cover nothing; always the same way."""
    found, apart, off = list(points), 2 * _BADGE + 3, _BADGE + _MARK + 2
    for _ in range(_ROUNDS):
        close = [(i, j) for i in range(len(found)) for j in range(i) if math.dist(found[i], found[j]) < apart - 0.05]
        on = [(i, mark) for i, at in enumerate(found) for mark in fixed if math.dist(at, mark) < off - 0.05]
        if not close and not on:
            break
        for i, j in close:
            dx, dy = _push(found[i], found[j], apart / 2, i + 2 * j)
            found[i], found[j] = _moved(found[i], dx, dy, height), _moved(found[j], -dx, -dy, height)
        for i, mark in on:
            found[i] = _moved(found[i], *_push(found[i], mark, off / 2, i), height)
    return [(round(x, 1), round(y, 1)) for x, y in found]


def _push(a: Point, b: Point, half: float, turn: int) -> Point:
    """Return half the way that `a` has to go from `b`; from the same place on, in a direction that `turn` says."""
    far = math.dist(a, b)
    if far < 1e-6:
        return math.cos(turn) * half, math.sin(turn) * half
    part = max(half - far / 2, 0.0) / far
    return (a[0] - b[0]) * part, (a[1] - b[1]) * part


def _moved(at: Point, dx: float, dy: float, height: int) -> Point:
    edge = _BADGE + 2
    return min(max(at[0] + dx, edge), WIDTH - edge), min(max(at[1] + dy, edge), height - edge)


def _rooms(x: float, y: float, wide: float) -> Iterator[tuple[Box, str]]:
    """Yield where a name may stand around a number, the likeliest first."""
    off, half = _BADGE + 3, _LINE / 2
    for shift in (0.0, -0.8 * _LINE, 0.8 * _LINE):
        yield Box(x + off, y - half + shift, x + off + wide, y + half + shift), "start"
        yield Box(x - off - wide, y - half + shift, x - off, y + half + shift), "end"
    yield Box(x - wide / 2, y - off - _LINE, x + wide / 2, y - off), "middle"
    yield Box(x - wide / 2, y + off, x + wide / 2, y + off + _LINE), "middle"


def _short(statement: str, longest: int) -> str:
    """Return the first words, in at most `longest` columns."""
    if columns(statement) <= longest:
        return statement
    kept, room = "", longest - 1
    for cell in cells(statement):
        if cell.columns > room:
            break
        kept, room = kept + cell.text, room - cell.columns
    return kept.rstrip() + "…"
