"""The map of sections and claims."""

from __future__ import annotations

import numpy as np

from msglint.drift.layout import layout


def test_sections_stand_by_the_claim_they_are_like() -> None:
    claims = np.eye(3, dtype=np.float32)
    sections = np.repeat(claims, 4, axis=0) + np.float32(0.01) * np.arange(12, dtype=np.float32)[:, None]
    places, anchors = layout(sections, claims)
    nearest = [min(range(3), key=lambda j: np.hypot(x - anchors[j][0], y - anchors[j][1])) for x, y in places]
    assert nearest == [0] * 4 + [1] * 4 + [2] * 4
    assert max(abs(v) for point in [*places, *anchors] for v in point) == 1


def test_the_first_claim_is_right_and_up() -> None:
    random = np.random.default_rng(1)
    _, anchors = layout(random.normal(size=(20, 8)).astype(np.float32), random.normal(size=(4, 8)).astype(np.float32))
    assert anchors[0][0] >= 0
    assert anchors[0][1] >= 0


def test_little_to_show() -> None:
    none = np.zeros((0, 4), np.float32)
    one = np.ones((1, 4), np.float32)
    assert layout(none, none) == ([], [])
    assert layout(one, none) == ([(0.0, 0.0)], [])
    assert layout(one, one) == ([(0.0, 0.0)], [(0.0, 0.0)])
