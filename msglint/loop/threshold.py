"""Whether another threshold of the score would be better, and whether there is data enough to say so.

Every lead that is called costs c (0–1) of an SQL, so a threshold t is worth Σ(y − c) over the leads with a score of t
or more, y being 1 for an SQL and 0 for none. Leads below the threshold that were called on purpose, drawn at random
(`explore`), stand for those that were not called, by their weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from msglint.proportion import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COST = 0.30
"""c: the share of SQLs among further leads from which calling them is worth it."""
LEAST = 100
"""Resolved leads (件) below which nothing is suggested."""
LEAST_SQLS = 25
"""SQLs (件) among them below which nothing is suggested."""
STEP = 5
"""Thresholds are tried in steps of so many points."""
_ROUNDS = 2_000
_SEED = 20_261_001
_LOW, _HIGH = 0.05, 0.95


class Case(NamedTuple):
    """A lead that was called and of which it is known whether it became an SQL. `weight`: for how many it stands."""

    score: float
    sql: bool
    weight: float = 1.0


class Point(NamedTuple):
    """What a threshold is worth (Σ(y − c), in SQLs), with the 90% band of its bootstrap."""

    threshold: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """What each threshold is worth. `best` is worth most; `interval` is the 90% bootstrap interval of the best.

    `floor` is the lowest score that was ever called: of leads below it nothing is known.
    """

    points: tuple[Point, ...]
    best: float
    interval: Interval
    floor: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What follows for the threshold `current`: a `suggested` one (None: leave it), or what is lacking (件) to tell."""

    current: float
    resolved: int
    sqls: int
    curve: Curve | None
    suggested: float | None = None

    @property
    def lacking(self) -> int:
        """How many resolved leads (件) are lacking."""
        return max(LEAST - self.resolved, 0)

    @property
    def lacking_sqls(self) -> int:
        """How many SQLs (件) are lacking."""
        return max(LEAST_SQLS - self.sqls, 0)

    @property
    def enough(self) -> bool:
        """Whether there is data enough to suggest anything."""
        return not self.lacking and not self.lacking_sqls


def advise(cases: Sequence[Case], current: float) -> Advice:
    """Return what `cases` say of the threshold `current`.

    Another one is suggested only with 100 cases and 25 SQLs, when the 90% bootstrap interval of the best threshold
    leaves the current one out; it is never below the lowest score that was called.
    """
    sqls = sum(case.sql for case in cases)
    found = curve(cases, current) if cases else None
    advice = Advice(current, len(cases), sqls, found)
    if found is None or not advice.enough or found.interval.low <= current <= found.interval.high:
        return advice
    return Advice(current, len(cases), sqls, found, found.best)


def curve(cases: Sequence[Case], current: float, cost: float = COST, rounds: int = _ROUNDS, seed: int = _SEED) -> Curve:
    """Return what each threshold from the lowest score of `cases` on is worth, bootstrapped over the leads.

    The same cases give the same curve, in whatever order they are. Of thresholds that are worth the same the nearest to
    the current one is best. Raises ValueError without cases.
    """
    import numpy as np

    known = sorted(cases)
    if not known:
        raise ValueError("no cases")
    grid = _grid(known, current)
    worth = np.array([case.weight * (case.sql - cost) for case in known])
    gives = worth[:, None] * (np.array([case.score for case in known])[:, None] >= np.array(grid)[None, :])
    drawn = np.random.default_rng(seed).integers(len(known), size=(rounds, len(known)))
    times = np.stack([np.bincount(row, minlength=len(known)) for row in drawn])
    values = times @ gives
    total = gives.sum(axis=0)
    lows, highs = np.quantile(values, (_LOW, _HIGH), axis=0)
    tops = np.quantile(_best(values, grid, current), (_LOW, _HIGH), method="inverted_cdf")
    points = zip(grid, total.tolist(), lows.tolist(), highs.tolist(), strict=True)
    best = float(_best(total[None, :], grid, current)[0])
    found = tuple(Point(t, *(round(value, 6) for value in made)) for t, *made in points)
    return Curve(found, best, Interval(float(tops[0]), float(tops[1])), known[0].score)


def _grid(known: Sequence[Case], current: float) -> list[float]:
    """Return the thresholds to try: every fifth point from the lowest score to the highest, and the current one."""
    first, last = math.ceil(known[0].score / STEP), math.floor(known[-1].score / STEP)
    return sorted({current, *(float(STEP * n) for n in range(first, last + 1))})


def _best(values: NDArray[np.float64], grid: Sequence[float], current: float) -> NDArray[np.float64]:
    """Return the threshold that is worth most in each row, the nearest to the current one of several."""
    import numpy as np

    order = sorted(range(len(grid)), key=lambda index: (abs(grid[index] - current), grid[index]))
    rounded = np.round(values[:, order], 9)
    chosen: NDArray[np.float64] = np.array(grid)[order][rounded.argmax(axis=1)]
    return chosen
