"""The words that the built-in encoder has met in this process, each with its vector."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress
from operator import add
from typing import TYPE_CHECKING, Any

from msglint.analysis.encoder.lengths import products
from msglint.analysis.encoder.rows import Rows

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors
    from msglint.analysis.encoder.table import Table

_MIX = 0x9E3779B1
_BITS = 16
_LONGEST = 12
"""Characters of a part of an unknown word."""


class Vocabulary:
    """Gives words their vectors: the three views side by side, weighted."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._known = Rows(table.size, self._vectors_of)

    def vectors(self, words: Iterable[str]) -> Vectors:
        """Return one vector for each word."""
        return self._known.of(words)

    def _vectors_of(self, words: list[str]) -> Any:
        import numpy as np

        table, hashes = self._table, _hashes(words)
        meanings, weights = self._meanings(words, hashes)
        subjects = products(meanings, table.place)
        known, at = _find(table.topic_hashes, hashes)
        subjects[known] += table.topics[at[known]] * table.topic_scales[at[known], None]
        spelt = _wordings(words, table.grams, table.wording) * np.float32(table.gram_unit)
        return np.hstack([meanings * weights, subjects * weights, spelt])

    def _meanings(self, words: list[str], hashes: Any) -> tuple[Any, Any]:
        """Return the words' meanings and, in a column, their weights; words not in the table are their parts."""
        import numpy as np

        known, at = _find(self._table.hashes, hashes)
        meanings = self._rows(at)
        unknown = np.flatnonzero(~known).tolist()
        for i, parts in zip(unknown, self._parts([words[i] for i in unknown]), strict=True):
            meanings[i] = self._rows(np.array(parts, np.intp)).sum(axis=0) / np.float32(max(len(parts), 1) ** 0.5)
        levels = np.where(known, self._table.levels[at], np.uint8(255)).astype(np.float64)
        weights = self._table.smallest * self._table.step**levels
        return meanings, weights[:, None].astype(np.float32)

    def _rows(self, at: Any) -> Any:
        rows = self._table.rows[at]
        return self._table.vectors[rows] * self._table.scales[rows, None]

    def _parts(self, words: list[str]) -> Iterator[list[int]]:
        """Yield where in the table the parts of each word stand: the longest pieces that it knows, from the left."""
        pieces = list(dict.fromkeys(piece for word in words for at in range(len(word)) for piece in _pieces(word, at)))
        known, places = _find(self._table.hashes, _hashes(pieces))
        found = dict(zip(compress(pieces, known), places[known].tolist(), strict=True))
        for word in words:
            parts, at = list[int](), 0
            while at < len(word) > 1:
                piece = next((piece for piece in _pieces(word, at) if piece in found), word[at])
                # A single letter or digit tells nothing.
                if piece in found and (len(piece) > 1 or not piece.isascii()):
                    parts.append(found[piece])
                at += len(piece)
            yield parts


def _pieces(word: str, at: int) -> list[str]:
    """Return what a part of a word may be that begins at `at`, the longest first."""
    return [piece for end in range(min(len(word), at + _LONGEST), at, -1) if (piece := word[at:end]) != word]


def _find(among: Any, hashes: Any) -> tuple[Any, Any]:
    """Return which hashes are among the sorted ones, and where."""
    import numpy as np

    at = np.minimum(np.searchsorted(among, hashes), len(among) - 1)
    return among[at] == hashes, at


def hash_of(word: str) -> int:
    """Return the 32-bit hash that a word or a character n-gram is looked up by."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) * _MIX & 0xFFFFFFFF


def _hashes(words: Sequence[str]) -> Any:
    import numpy as np

    return np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], np.uint32) * np.uint32(_MIX)


def grams(word: str) -> list[str]:
    """Return the characters of a word, its pairs of characters with the edges, and the word itself."""
    edged = f"<{word}>"
    return [*word, *map(add, edged, edged[1:]), edged]


def wording(word: str, weights: Any, size: int) -> Any:
    """Return a word's n-grams as a vector of `size`, each with its weight at a place and with a sign by its hash."""
    return _wordings([word], weights, size)[0]


def _wordings(words: Sequence[str], weights: Any, size: int) -> Any:
    import numpy as np

    found = [grams(word) for word in words]
    mixed = _hashes([*chain.from_iterable(found)])
    rows = np.repeat(np.arange(len(words)), [*map(len, found)])
    signed = weights[mixed & np.uint32((1 << _BITS) - 1)] * np.where(mixed >> np.uint32(31), 1.0, -1.0)
    made = np.bincount(rows * size + (mixed >> np.uint32(_BITS)) % size, signed, len(words) * size)
    return made.reshape(len(words), size).astype(np.float32)
