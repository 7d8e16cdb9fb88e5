"""Rows of numbers by word, made when a word is first met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

_FEWEST = 1024
"""Rows there is room for from the start."""
_MOST = 8192
"""With more rows than this all are forgotten: most words of many articles come once, and those that do not are few."""


class Rows(dict[str, int]):
    """Numbers words as they come; `make` gives the rows of those that are new, which are kept for a while.

    With more room each time, few rows are ever copied.
    """

    def __init__(self, width: int, make: Callable[[list[str]], Any]) -> None:
        import numpy as np

        super().__init__()
        self._make = make
        self._new: list[str] = []
        self._room: Vectors = np.zeros((_FEWEST, width), np.float32)

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        self._new.append(word)
        return number

    def of(self, words: Iterable[str]) -> Vectors:
        """Return the rows of words, in their order."""
        import numpy as np

        if len(self) > _MOST:
            self.clear()
        numbers = np.fromiter(map(self.__getitem__, words), np.intp)
        if self._new:
            new, self._new = self._new, []
            self._extend(len(self) - len(new), self._make(new))
        return self._room[numbers]

    def _extend(self, count: int, rows: Any) -> None:
        import numpy as np

        if len(self) > len(self._room):
            grown = np.zeros((len(self) * 3 // 2, self._room.shape[1]), np.float32)
            grown[:count] = self._room[:count]
            self._room = grown
        self._room[count : len(self)] = rows
