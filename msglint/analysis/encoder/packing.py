"""Vectors as text, so that evidence stays plain JSON."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors


def packed(vector: Any) -> str:
    """Return one vector as text: base64 of half-precision floats, good for three decimals of a cosine."""
    return base64.b64encode(vector.astype("<f2").tobytes()).decode("ascii")


def unpacked(texts: Sequence[str]) -> Vectors:
    """Return the vectors that `packed` made the texts of: float32 of shape (texts, dimensions)."""
    import numpy as np

    raw = b"".join(map(base64.b64decode, texts))
    return np.frombuffer(raw, dtype="<f2").astype(np.float32).reshape(len(texts), -1)
