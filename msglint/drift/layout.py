"""Where sections and claims stand on a flat map: near what they are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

Point = tuple[float, float]


def layout(sections: Vectors, claims: Vectors) -> tuple[list[Point], list[Point]]:
    """Return a point for each section and each claim, from -1 to 1, rounded to 3 decimals.

    The first two principal components (Pearson 1901) of both, the claims together weighing as much as the sections
    do: the map shows how sections differ with regard to the claims. Of each axis the side with the first claim is
    right, and up.
    """
    import numpy as np

    together = np.vstack([sections, claims]).astype(np.float64)
    if len(together) < 2:
        return [(0.0, 0.0)] * len(sections), [(0.0, 0.0)] * len(claims)
    weights = np.ones(len(together))
    if len(claims) and len(sections):
        weights[len(sections) :] = len(sections) / len(claims)
    centred = together - np.average(together, axis=0, weights=weights)
    _, _, axes = np.linalg.svd(centred * np.sqrt(weights)[:, None], full_matrices=False)
    points = np.zeros((len(together), 2))
    points[:, : min(2, len(axes))] = centred @ axes[:2].T
    lead = points[len(sections)] if len(claims) else points[0]
    points *= np.where(lead < 0, -1, 1)
    points /= max(float(np.abs(points).max()), 1e-9)
    placed = [(round(float(x), 3) + 0.0, round(float(y), 3) + 0.0) for x, y in points]
    return placed[: len(sections)], placed[len(sections) :]
