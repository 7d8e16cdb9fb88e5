"""The words that the built-in encoder has met in this process, each with its vector."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from msglint.analysis.encoder.rows import Rows

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors
    from msglint.analysis.encoder.table import Table

_MIX = 0x9E3779B1
_BITS = 16
_LONGEST = 12
"""Characters of a part of an unknown word."""


class Vocabulary:
    """Numbers words as they come; `vectors` has a row for each, its three views side by side, weighted."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._numbers: dict[str, int] = {}
        self._new: list[str] = []
        self._made = Rows(table.size)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, word: str) -> int:
        """Return the number of a word, given here when it is new."""
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = len(self._numbers)
            self._new.append(word)
        return found

    @property
    def vectors(self) -> Vectors:
        """The vectors of all words numbered so far, in their order."""
        if self._new:
            self._made.extend(self._vectors_of(self._new))
            self._new = []
        return self._made.values

    def _vectors_of(self, words: list[str]) -> Any:
        import numpy as np

        table = self._table
        hashes = np.array([hash_of(word) for word in words], np.uint32)
        meanings, weights = self._meanings(words, hashes)
        # One product for each word: one for all would round differently with the number of words.
        subjects = np.stack([meaning @ table.place for meaning in meanings])
        known, at = _find(table.topic_hashes, hashes)
        subjects[known] += table.topics[at[known]] * table.topic_scales[at[known], None]
        wordings = [wording(word, table.grams, table.wording) for word in words]
        return np.hstack([meanings * weights, subjects * weights, np.array(wordings) * np.float32(table.gram_unit)])

    def _meanings(self, words: list[str], hashes: Any) -> tuple[Any, Any]:
        """Return the words' meanings and, in a column, their weights; words not in the table are their parts."""
        import numpy as np

        known, at = _find(self._table.hashes, hashes)
        meanings = self._rows(at)
        for i in np.flatnonzero(~known):
            meanings[i] = self._from_parts(words[i])
        levels = np.where(known, self._table.levels[at], np.uint8(255)).astype(np.float64)
        weights = self._table.smallest * self._table.step**levels
        return meanings, weights[:, None].astype(np.float32)

    def _rows(self, at: Any) -> Any:
        rows = self._table.rows[at]
        return self._table.vectors[rows] * self._table.scales[rows, None]

    def _from_parts(self, word: str) -> Any:
        """Return the mean of a word's parts: the longest pieces that the table knows, from the left."""
        import numpy as np

        total, count, at = np.zeros(self._table.place.shape[0], np.float32), 0, 0
        while at < len(word) > 1:
            pieces = [word[at:end] for end in range(len(word), at, -1) if end - at < len(word)][-_LONGEST:]
            known, places = _find(self._table.hashes, np.array([hash_of(piece) for piece in pieces], np.uint32))
            first = int(np.argmax(known)) if known.any() else len(pieces) - 1
            piece = pieces[first]
            # A single letter or digit tells nothing.
            if known.any() and (len(piece) > 1 or not piece.isascii()):
                total += self._rows(places[first : first + 1])[0]
                count += 1
            at += len(piece)
        return total / np.float32(np.sqrt(max(count, 1)))


def _find(among: Any, hashes: Any) -> tuple[Any, Any]:
    """Return which hashes are among the sorted ones, and where."""
    import numpy as np

    at = np.minimum(np.searchsorted(among, hashes), len(among) - 1)
    return among[at] == hashes, at


def hash_of(word: str) -> int:
    """Return the 32-bit hash that a word or a character n-gram is looked up by."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) * _MIX & 0xFFFFFFFF


def grams(word: str) -> list[str]:
    """Return the characters of a word, its pairs of characters with the edges, and the word itself."""
    edged = f"<{word}>"
    return [*word, *(edged[i : i + 2] for i in range(len(edged) - 1)), edged]


def wording(word: str, weights: Any, size: int) -> Any:
    """Return a word's n-grams as a vector of `size`, each with its weight at a place and with a sign by its hash."""
    import numpy as np

    made = np.zeros(size, np.float32)
    for gram in grams(word):
        mixed = hash_of(gram)
        weight = np.float32(weights[mixed & (1 << _BITS) - 1])
        made[(mixed >> _BITS) % size] += weight if mixed >> 31 else -weight
    return made
