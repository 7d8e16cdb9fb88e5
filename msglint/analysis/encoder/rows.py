"""Arrays that grow row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

_FEWEST = 1024
"""Rows there is room for from the start."""


class Rows:
    """Rows of numbers, of which more and more come: with twice the room each time, few are ever copied."""

    def __init__(self, width: int) -> None:
        import numpy as np

        self._room: Vectors = np.zeros((_FEWEST, width), np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def values(self) -> Vectors:
        """All rows so far."""
        return self._room[: self._count]

    def extend(self, rows: Any) -> None:
        """Put further rows behind."""
        import numpy as np

        count = self._count + len(rows)
        if count > len(self._room):
            grown = np.zeros((2 * count, self._room.shape[1]), np.float32)
            grown[: self._count] = self.values
            self._room = grown
        self._room[self._count : count] = rows
        self._count = count
