"""Vectors brought to a length."""

from __future__ import annotations

from typing import Any

_NOTHING = 1e-9
"""What is shorter has no direction."""
_BLOCK = 16


def to_length(rows: Any, length: float = 1) -> Any:
    """Return every row at a length; one without a direction becomes zeros."""
    import numpy as np

    found = np.sqrt(np.sum(rows * rows, axis=1, keepdims=True))
    found[found <= _NOTHING] = np.inf
    return rows * np.float32(length) / found


def products(rows: Any, matrix: Any) -> Any:
    """Return `rows @ matrix` in blocks of one size: a row's product is the same however many come with it."""
    import numpy as np

    count, width = rows.shape
    padded = np.zeros((-(-count // _BLOCK), _BLOCK, width), np.float32)
    padded.reshape(-1, width)[:count] = rows
    return np.matmul(padded, matrix).reshape(-1, matrix.shape[1])[:count]
