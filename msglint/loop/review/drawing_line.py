"""The curve of a review, as SVG: a line in its band, with named places on its x axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msglint.loop.review.blocks import Line
from msglint.loop.review.drawing import opened, rule, ticks, words
from msglint.model import Language

_WIDTH, _HEIGHT = 720.0, 264.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 700.0, 46.0, 222.0
_NAMED = 12


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to places."""

    first: float
    last: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """Return where a value stands from the left."""
        return _LEFT + (_RIGHT - _LEFT) * (value - self.first) / ((self.last - self.first) or 1.0)

    def y(self, value: float) -> float:
        """Return where a value stands from the top."""
        return _TOP + (_BOTTOM - _TOP) * (self.high - value) / ((self.high - self.low) or 1.0)


def line(chart: Line, language: Language) -> str:
    """Return the picture; the names of places stand above it, each on a row of its own."""
    knots = chart.knots
    steps = ticks(min(0.0, *(k.low for k in knots)), max(0.0, *(k.high for k in knots)))
    scale = _Scale(knots[0].x, knots[-1].x, steps[0], steps[-1])
    told = ", ".join(f"{knot.x:g}: {knot.y:.1f}" for knot in knots)
    parts = [opened(_WIDTH, _HEIGHT, f"{chart.about.in_(language)}: {told}")]
    for step in steps:
        parts.append(rule("axis" if step == 0 else "grid", _LEFT, scale.y(step), _RIGHT, scale.y(step)))
        parts.append(words("label", _LEFT - 6, scale.y(step) + 4, f"{step:g}", "end"))
    there, back = ([f"{scale.x(k.x):.1f},{scale.y(y):.1f}" for k, y in zip(knots, ys, strict=True)] for ys in (
        [k.high for k in knots], [k.low for k in knots]))  # fmt: skip
    parts.append(f'<polygon class="band" points="{" ".join([*there, *reversed(back)])}"/>')
    parts.append(
        f'<polyline class="curve" points="{" ".join(f"{scale.x(k.x):.1f},{scale.y(k.y):.1f}" for k in knots)}"/>'
    )
    parts += [*_poles(chart, scale, language), *_bottom(chart, scale, language)]
    parts += [f'<circle class="dot" cx="{scale.x(k.x):.1f}" cy="{scale.y(k.y):.1f}" r="3"/>' for k in knots]
    return "".join([*parts, "</svg>"])


def _poles(chart: Line, scale: _Scale, language: Language) -> Iterator[str]:
    for row, pole in enumerate(chart.poles):
        x, y = scale.x(pole.x), 14.0 + 17 * row
        yield rule(f"pole {pole.tone}".strip(), x, y + 5, x, _BOTTOM)
        anchor = "end" if x > _RIGHT - 80 else "start" if x < _LEFT + 80 else "middle"
        yield words(f"name {pole.tone}".strip(), x, y, pole.name.in_(language), anchor)


def _bottom(chart: Line, scale: _Scale, language: Language) -> Iterator[str]:
    every = -(-len(chart.knots) // _NAMED)
    for knot in chart.knots[::every]:
        yield words("label", scale.x(knot.x), _BOTTOM + 18, f"{knot.x:g}")
    yield words("label", (_LEFT + _RIGHT) / 2, _HEIGHT - 5, chart.x.in_(language))
