"""The threshold keeps its promise on sections it has not seen."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from msglint.analysis.threshold import conformal


@pytest.mark.parametrize(
    ("count", "rate", "expected"),
    [
        (19, "0.05", 0.01),  # ⌊0.05 · 20⌋ = 1: the smallest
        (20, "0.05", 0.01),
        (39, "0.05", 0.02),
        (99, "0.1", 0.1),
        (18, "0.05", 0.0),  # too few for the promise: nothing is flagged
        (0, "0.5", 0.0),
    ],
)
def test_threshold_is_an_order_statistic(count: int, rate: str, expected: float) -> None:
    scores = [i / 100 for i in range(count, 0, -1)]
    assert conformal(scores, Decimal(rate)) == expected


def test_of_new_sections_no_more_are_flagged_than_promised() -> None:
    random = np.random.default_rng(7)
    flagged = [
        np.mean(random.normal(size=200) < conformal([*random.normal(size=99)], Decimal("0.1"))) for _ in range(300)
    ]
    assert 0.08 < np.mean(flagged) <= 0.1 + 3 * np.std(flagged) / 300**0.5
