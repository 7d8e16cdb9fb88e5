"""Transforms of SVG as matrices."""

from __future__ import annotations

import math
import re
from typing import cast

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TRANSFORM = re.compile(r"(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


def transform(value: str) -> Matrix:
    """Return the matrix of an SVG transform attribute; what it does not know does nothing."""
    made: Matrix = (1, 0, 0, 1, 0, 0)
    for name, numbers in _TRANSFORM.findall(value):
        n = [float(x) for x in NUMBER.findall(numbers)]
        if name == "matrix" and len(n) == 6:
            made = times(made, cast("Matrix", tuple(n)))
        elif name == "translate" and n:
            made = times(made, (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0))
        elif name == "scale" and n:
            made = times(made, (n[0], 0, 0, n[-1], 0, 0))
        elif name == "rotate" and n:
            made = times(made, _rotation(*n))
    return made


def _rotation(angle: float, x: float = 0, y: float = 0) -> Matrix:
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return (c, s, -s, c, x - c * x + s * y, y - s * x - c * y)


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that does `n` first and `m` after it."""
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def apply(m: Matrix, point: Point) -> Point:
    """Return where `m` moves a point."""
    return m[0] * point[0] + m[2] * point[1] + m[4], m[1] * point[0] + m[3] * point[1] + m[5]
