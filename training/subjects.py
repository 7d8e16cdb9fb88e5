"""Which words occur together in business text: latent semantic analysis of the corpora."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sparse
from sklearn.utils.extmath import randomized_svd
from texts import Bag

DIMENSIONS = 200
_WINDOW = 4
"""Sentences that make a document, together with their heading."""
_FEWEST = 4
"""Documents that a word has to be in."""


def documents(headings: Sequence[Bag | None], bodies: Sequence[Sequence[Bag]], content: Any) -> Iterator[Bag]:
    """Yield the content words of every few sentences."""
    for heading, body in zip(headings, bodies, strict=True):
        for first in range(0, len(body), _WINDOW):
            words = np.concatenate([*([] if heading is None else [heading]), *body[first : first + _WINDOW]])
            if len(kept := words[content[words]]) >= 6:
                yield kept


def learn(found: list[Bag], size: int) -> Any:
    """Return a vector of length 1 for each of `size` words, zeros for words that are too rare."""
    ends = np.cumsum([0, *(len(words) for words in found)])
    counts = sparse.csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(found), ends), (len(found), size))
    counts.sum_duplicates()
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = np.where(frequency < _FEWEST, 0, np.log((len(found) + 1) / (frequency + 1)))
    counts.data = np.log1p(counts.data)
    weighted = counts @ sparse.diags(rarity.astype(np.float32))
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ weighted
    _, _, directions = randomized_svd(weighted, DIMENSIONS, n_iter=3, random_state=0)
    made = directions.T
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    return np.divide(made, lengths, out=np.zeros_like(made), where=lengths > 1e-9).astype(np.float32)
