"""The encoder that ships with msglint: word vectors and character n-grams in one table, no model to download."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, islice
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.analysis.encoder import Identity
from msglint.analysis.encoder.lengths import to_length
from msglint.analysis.encoder.vocabulary import Vocabulary
from msglint.analysis.passage import Passage
from msglint.analysis.tokens import pos_of

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors
    from msglint.analysis.encoder.table import Table

TABLE = Path(__file__).with_name("builtin.bin")
_CHUNK = 32
"""Texts that are summed in one go: the vectors of more words would not stay in the processor's cache."""

_NOTHING = 1e-9
"""Sums that are shorter say nothing."""
_RECENT = 2048
"""Passages whose sums are kept for whoever asks next: those of articles that are read together, and some more."""


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

    def content(self, passage: Passage) -> Iterator[str]:
        """Return a passage's content words, in their order in the text."""
        return compress(passage.norms, map(self._weights.__getitem__, passage.pos_ids))

    def word_vectors(self, norms: Iterable[str]) -> Vectors:
        """Return one vector for each word; a text's views are sums of those of its words."""
        return self._vocabulary.vectors(norms)

    def words(self, norms: Iterable[str]) -> Vectors:
        """Return one vector for each word by its meaning alone, of length 1 (of zeros where nothing is known)."""
        made: Vectors = to_length(self.word_vectors(norms)[:, self.views[0]])
        return made

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text; see Encoder. A joined passage is the sum of its parts."""
        import numpy as np

        passages = [Passage.of(text) for text in texts]
        made = self._sums([part for passage in passages for part in passage.parts or (passage,)])
        if any(passage.parts for passage in passages):
            starts = np.cumsum([0, *(len(passage.parts) or 1 for passage in passages[:-1])])
            made = np.add.reduceat(made, starts, axis=0)
        self._scale(made)
        return made

    def _scale(self, made: Vectors) -> None:
        """Bring sums to length 1, in place: each view to its share, what says nothing in a view to the others'."""
        import numpy as np

        shares = np.array(self._table.shares)
        lengths = np.sqrt([np.einsum("ij,ij->i", made[:, view], made[:, view]) for view in self.views])
        says = lengths > _NOTHING
        whole = np.sqrt(np.maximum(shares @ says, _NOTHING))
        scales = np.where(says, np.sqrt(shares)[:, None] / np.where(says, lengths, 1) / whole, 0).astype(np.float32)
        for view, scale in zip(self.views, scales, strict=True):
            made[:, view] *= scale[:, None]

    @functools.cached_property
    def _recent(self) -> dict[int, tuple[Passage, Vectors]]:
        # By identity, which no other passage has as long as this one is kept.
        return {}

    def _sums(self, passages: Sequence[Passage]) -> Vectors:
        """Return the sums of the passages' words, which are kept: several rules ask for the same sentences."""
        import numpy as np

        recent = self._recent
        new = [*{id(passage): passage for passage in passages if id(passage) not in recent}.values()]
        for first in range(0, len(new), _CHUNK):
            part = new[first : first + _CHUNK]
            recent.update(zip(map(id, part), zip(part, self._added(part), strict=True), strict=True))
        rows = [recent[id(passage)][1] for passage in passages]
        for key in [*islice(recent, max(0, len(recent) - _RECENT))]:
            del recent[key]
        return np.concatenate(rows or [np.zeros(0, np.float32)]).reshape(len(rows), self._table.size)

    def _added(self, passages: Sequence[Passage]) -> Vectors:
        import numpy as np

        weights = [self._weights[pos_id] for passage in passages for pos_id in passage.pos_ids]
        made = np.zeros((len(passages), self._table.size), np.float32)
        if not any(weights):
            return made
        kept = np.array(weights, np.float32)
        before = np.concatenate([[0], np.cumsum(kept != 0)])
        bounds = before[np.cumsum([0, *(len(passage.pos_ids) for passage in passages)])]
        filled = np.flatnonzero(np.diff(bounds))
        vectors = self.word_vectors(compress(chain.from_iterable(passage.norms for passage in passages), weights))
        vectors *= kept[kept != 0][:, None]
        # reduceat adds up row by row: a text's sum is the same in whatever batch it comes.
        made[filled] = np.add.reduceat(vectors, bounds[filled], axis=0)
        return made

    @functools.cached_property
    def _weights(self) -> _Weights:
        return _Weights(self._table.kinds)


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
