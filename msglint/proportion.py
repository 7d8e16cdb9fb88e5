"""A share of so many cases, and within which bounds it is known."""

from __future__ import annotations

import math
from typing import NamedTuple

Z = 1.959964
"""The normal quantile of a two-sided 95% interval."""


class Interval(NamedTuple):
    """A 95% interval."""

    low: float
    high: float


def wilson(k: int, n: int, z: float = Z) -> Interval:
    """Return Wilson's score interval of k of n: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n); 0 to 1 for n = 0.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22. Raises ValueError unless 0 ≤ k ≤ n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    if n == 0:
        return Interval(0.0, 1.0)
    p, square = k / n, z * z
    middle = p + square / (2 * n)
    spread = z * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    whole = 1 + square / n
    low, high = (middle - spread) / whole, (middle + spread) / whole
    return Interval(0.0 if k == 0 else low, 1.0 if k == n else high)
