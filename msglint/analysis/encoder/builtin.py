"""The encoder that ships with msglint: word vectors and character n-grams in one table, no model to download."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.analysis.encoder import Identity
from msglint.analysis.encoder.vocabulary import Vocabulary
from msglint.analysis.passage import Passage
from msglint.analysis.tokens import pos_of

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors
    from msglint.analysis.encoder.table import Table

TABLE = Path(__file__).with_name("builtin.bin")
_CHUNK = 64
"""Texts that are summed in one go: the vectors of more words would not stay in the processor's cache."""

_RECENT = 4096
"""Vectors that are kept for whoever asks next."""


class Builtin:
    """Texts as sums of word vectors, weighted by frequency and part of speech, beside sums of character n-grams.

    The cosine of two vectors so mixes likeness in meaning with likeness in wording.
    """

    def __init__(self, path: Path = TABLE) -> None:
        self._path = path

    @functools.cached_property
    def _table(self) -> Table:
        from msglint.analysis.encoder.table import read

        return read(self._path)

    @functools.cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._table)

    @functools.cached_property
    def identity(self) -> Identity:
        """Return the name, the table's version and the hash of its content."""
        return Identity("builtin", self._table.version, self._table.hash)

    @property
    def views(self) -> tuple[slice, slice, slice]:
        """Where in a vector its three views stand: what is said, what it is about, in which words."""
        return self._table.views

    def weighed(self, passage: Passage) -> tuple[list[int], list[float]]:
        """Return the numbers of a passage's content words and their weights; see word_vectors."""
        found = self._words(passage)
        return [number for number, _ in found], [weight for _, weight in found]

    @property
    def word_vectors(self) -> Vectors:
        """The vectors of all words met so far by their numbers; a text's views are sums of theirs."""
        return self._vocabulary.vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text; see Encoder."""
        import numpy as np

        passages = [Passage.of(text) for text in texts]
        keys = [(str(passage), passage.norms) for passage in passages]
        if len(self._recent) > _RECENT:
            self._recent.clear()
        new = [n for key, n in dict(zip(keys, range(len(keys)), strict=True)).items() if key not in self._recent]
        for first in range(0, len(new), _CHUNK):
            part = new[first : first + _CHUNK]
            made = self._encoded([self._words(passages[n]) for n in part])
            self._recent.update(zip((keys[n] for n in part), made, strict=True))
        return np.array([self._recent[key] for key in keys], np.float32).reshape(len(keys), self._table.size)

    @functools.cached_property
    def _recent(self) -> dict[tuple[str, tuple[str, ...]], Vectors]:
        # Several rules ask for the same sentences, one section at a time.
        return {}

    def words(self, norms: Sequence[str]) -> Vectors:
        """Return one vector for each word by its meaning alone, of length 1 (of zeros where nothing is known)."""
        numbers = [self._vocabulary.number(norm) for norm in norms]
        made = self._vocabulary.vectors[numbers][:, self._table.views[0]]
        _to_length(made, 1)
        return made

    def _words(self, passage: Passage) -> list[tuple[int, float]]:
        """Return the content words of a passage: the number of each in the vocabulary, and its weight as a kind."""
        weights, number = self._weights, self._vocabulary.number
        return [
            (number(norm), weight)
            for norm, pos_id in zip(passage.norms, passage.pos_ids, strict=True)
            if (weight := weights[pos_id])
        ]

    @functools.cached_property
    def _weights(self) -> _Weights:
        return _Weights(self._table.kinds)

    def _encoded(self, texts: list[list[tuple[int, float]]]) -> Vectors:
        import numpy as np

        made = np.zeros((len(texts), self._table.size), np.float32)
        flat = [word for text in texts for word in text]
        if not flat:
            return made
        numbers, weights = np.array([n for n, _ in flat], np.intp), np.array([w for _, w in flat], np.float32)
        filled = [i for i, text in enumerate(texts) if text]
        starts = np.cumsum([0, *(len(texts[i]) for i in filled[:-1])])
        # reduceat adds up row by row: a text's sum is the same in whatever batch it comes.
        vectors = self._vocabulary.vectors[numbers]
        vectors *= weights[:, None]
        made[filled] = np.add.reduceat(vectors, starts, axis=0)
        for view, share in zip(self._table.views, self._table.shares, strict=True):
            _to_length(made[:, view], share**0.5)
        _to_length(made, 1)
        return made


def _to_length(rows: Vectors, length: float) -> None:
    """Bring every row but those of zeros to a length, in place."""
    import numpy as np

    found = np.sqrt(np.sum(rows * rows, axis=1, keepdims=True))
    np.divide(rows * np.float32(length), found, out=rows, where=found > 1e-9)


class _Weights(dict[int, float]):
    """The weight of each of Sudachi's parts of speech by its number, looked up once."""

    def __init__(self, kinds: Mapping[str, float]) -> None:
        super().__init__()
        self._kinds = kinds

    def __missing__(self, pos_id: int) -> float:
        pos = pos_of(pos_id)
        found = next((self._kinds[k] for n in (3, 2, 1) if (k := "-".join(pos[:n])) in self._kinds), 0.0)
        self[pos_id] = found
        return found
