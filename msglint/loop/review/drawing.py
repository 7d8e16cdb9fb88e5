"""The small charts of a review, as SVG in the colours of the page; words stand in margins that nothing else uses."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator

from msglint.loop.intervals import Share
from msglint.loop.review.blocks import Bars, Mark
from msglint.model import Language

_WIDTH, _HEIGHT, _BASIS = 220.0, 112.0, 15.0
_TOP, _BOTTOM = 26.0, 90.0
_MARGIN, _AIM = 3.0, 42.0
_WIDEST = 34.0


def bars(chart: Bars, language: Language) -> str:
    """Return columns of counts, or shares with their intervals; values stand above all of them, names below."""
    right = _WIDTH - (_AIM if chart.top else _MARGIN)
    step = (right - _MARGIN) / max(len(chart.marks), 1)
    top = chart.top or max((mark.value or 0.0 for mark in chart.marks), default=0.0) or 1.0
    told = ", ".join(f"{mark.label.in_(language)} {mark.shown}" for mark in chart.marks)
    height = _HEIGHT + (_BASIS if chart.top else 0)
    parts = [
        opened(_WIDTH, height, f"{chart.about.in_(language)}: {told}"),
        rule("axis", _MARGIN, _BOTTOM, right, _BOTTOM),
    ]
    if chart.top:
        parts += [
            rule("grid", _MARGIN, _TOP, right, _TOP),
            words("edge", right + 3, _TOP + 4, f"{chart.top * 100:.0f}%", "start"),
        ]
    if chart.target is not None:
        y = _y(chart.target, top)
        parts.append(rule("aim", _MARGIN, y, right, y))
        parts.append(words("aimed", right + 3, y + 4, f"{chart.target * 100:.0f}%", "start"))
    for number, mark in enumerate(chart.marks):
        middle = _MARGIN + step * (number + 0.5)
        now = " now" if number == len(chart.marks) - 1 else ""
        parts += _interval(mark, middle, top, now) if chart.top else _column(mark, middle, step, top, now)
        parts.append(words("value" + now, middle, _TOP - 10, mark.shown))
        parts.append(words("label" + now, middle, _HEIGHT - 5, mark.label.in_(language)))
        if mark.share is not None:
            parts.append(words("edge", middle, height - 4, f"n={mark.share.n}"))
    return "".join([*parts, "</svg>"])


def strip(share: Share) -> str:
    """Return a share as a dot between 0 and 100%, with its interval; its words stand beside it."""
    low, high = (4 + 92 * bound for bound in share.interval)
    dot = "" if share.rate is None else f'<circle class="dot" cx="{4 + 92 * share.rate:.1f}" cy="6" r="3.5"/>'
    track = '<rect class="track" x="4" y="5" width="92" height="2"/>'
    band = f'<rect class="band" x="{low:.1f}" y="3" width="{max(high - low, 0):.1f}" height="6"/>'
    return f'<svg class="strip" viewBox="0 0 100 12" aria-hidden="true">{track}{band}{dot}</svg>'


def opened(width: float, height: float, told: str) -> str:
    """Return the beginning of a picture that is read aloud as `told`."""
    return f'<svg class="chart" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{html.escape(told)}">'


def rule(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a straight line."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def words(kind: str, x: float, y: float, said: str, anchor: str = "middle") -> str:
    """Return words whose `anchor` (start, middle, end) is at a place."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(said)}</text>'


def ticks(low: float, high: float) -> list[float]:
    """Return about four round numbers from `low` or below to `high` or above, 0 among them when it lies between."""
    size = (high - low) / 4 or 1.0
    power = 10.0 ** math.floor(math.log10(size))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= size)
    return [round(step * n, 6) for n in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _column(mark: Mark, middle: float, step: float, top: float, now: str) -> Iterator[str]:
    if mark.value is None:
        return
    width = min(step * 0.6, _WIDEST)
    y = _y(mark.value, top)
    place = f'x="{middle - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_BOTTOM - y:.1f}"'
    yield f'<rect class="column{now}" {place}/>'


def _interval(mark: Mark, middle: float, top: float, now: str) -> Iterator[str]:
    if mark.value is None or mark.share is None:
        return
    low, high = (_y(bound, top) for bound in mark.share.interval)
    yield f'<rect class="band" x="{middle - 7:.1f}" y="{high:.1f}" width="14" height="{low - high:.1f}" rx="3"/>'
    yield f'<circle class="dot{now}" cx="{middle:.1f}" cy="{_y(mark.value, top):.1f}" r="5"/>'


def _y(value: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * min(value / top, 1.0)
