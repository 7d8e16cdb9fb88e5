"""How each share moved by month, as lines on small charts of one size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msglint.drift.model import Month

WIDTH, HEIGHT = 300, 130
LEFT, RIGHT, TOP, BOTTOM = 36, 292, 10, 108
_TOPS = (0.05, 0.1, 0.25, 0.5, 1.0)
_APART = 80
"""Units between two names of months, so that they never touch."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A month's share (0 to 1) and its place."""

    x: float
    y: float
    share: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The line of one claim, or with no id that of the sections off message; `top` is the share at its upper edge."""

    claim: str | None
    top: float
    dots: tuple[Dot, ...]

    @property
    def line(self) -> str:
        """The points of a polyline."""
        return " ".join(f"{d.x:g},{d.y:g}" for d in self.dots)

    @property
    def now(self) -> float:
        """The newest share."""
        return self.dots[-1].share

    @property
    def change(self) -> float:
        """What the share gained since the first month, in points of 100."""
        return round((self.now - self.dots[0].share) * 100, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A month named under the charts: its number in the trend, place and side."""

    month: int
    x: float
    anchor: str


def charts(trend: Sequence[Month], claims: Sequence[str]) -> tuple[Chart, ...]:
    """Return the chart of sections off message, and one for each of `claims`, all of these from 0 to 100%."""
    if not trend:
        return ()
    most = max(m.off_message for m in trend)
    off = _chart(None, [m.off_message for m in trend], next(top for top in _TOPS if most <= top))
    return (off, *(_chart(c, [m.coverage.get(c, 0.0) for m in trend], 1.0) for c in claims))


def ticks(count: int) -> tuple[Tick, ...]:
    """Return which of `count` months are named: the first, the last, and as many between them as have room."""
    if count < 2:
        return tuple(Tick(i, _x(i, count), "middle") for i in range(count))
    gaps = min(count - 1, int((RIGHT - LEFT) // _APART))
    anchors = {0: "start", count - 1: "end"}
    named = [round(gap * (count - 1) / gaps) for gap in range(gaps + 1)]
    return tuple(Tick(i, _x(i, count), anchors.get(i, "middle")) for i in named)


def _chart(claim: str | None, shares: Sequence[float], top: float) -> Chart:
    height = BOTTOM - TOP
    dots = (Dot(_x(i, len(shares)), round(BOTTOM - height * s / top, 1), s) for i, s in enumerate(shares))
    return Chart(claim, top, tuple(dots))


def _x(index: int, count: int) -> float:
    return (LEFT + RIGHT) / 2 if count < 2 else round(LEFT + (RIGHT - LEFT) * index / (count - 1), 1)
