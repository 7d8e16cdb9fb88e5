"""A first look: which passages are so near a claim, and have such words, that they are worth reading closely."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from msglint.analysis.contradiction.words import lexicon

KNEES = (0.0, 0.2, 0.3, 0.45)
"""Cosines at which the weight of being near a claim changes."""

DOUBT = 0.05
"""What is not read closely contradicts at most this likely."""


@dataclass(frozen=True)
class Gate:
    """A linear look at a passage: the weights of its cues, of its nearness to the claim, and the bound.

    A cue is a word known by name, two such words in a row (joined by a blank), or what the lexicon says of a word:
    `+predicates`, `-judgements`, `wrong`.
    """

    cues: Mapping[str, float]
    near: tuple[float, ...]
    bound: float

    @classmethod
    def stored(cls, weights: Mapping[str, Any]) -> Self:
        """Return the gate that a file of weights holds."""
        cues = dict(zip(map(str, weights["cues"]), map(float, weights["cue_weights"]), strict=True))
        return cls(cues, tuple(map(float, weights["near_weights"])), float(weights["bound"]))

    @functools.cached_property
    def _columns(self) -> dict[str, int]:
        return {cue: column for column, cue in enumerate(self.cues)}

    @functools.cached_property
    def _pairs(self) -> dict[tuple[str, ...], int]:
        return {tuple(cue.split(" ", 1)): column for cue, column in self._columns.items() if " " in cue}

    @functools.cached_property
    def _words(self) -> _Columns:
        return _Columns(self._columns)

    def found(self, sentences: Sequence[Sequence[str]]) -> Any:
        """Return which cues stand in which sentence: rows of booleans."""
        made, columns, pairs = np.zeros((len(sentences), len(self.cues)), bool), self._words, self._pairs
        for row, norms in zip(made, sentences, strict=True):
            at = {*itertools.chain.from_iterable(map(columns.__getitem__, norms))}
            at.update(pairs[pair] for pair in pairs.keys() & itertools.pairwise(norms))
            row[[*at]] = True
        return made

    def heard(self, found: Any) -> Any:
        """Return what the cues that were `found` in passages say together, whatever claim it is about."""
        return (found @ np.array([*self.cues.values()])).astype(np.float32)

    def answers(self, heard: Any, near: Any) -> Any:
        """Return logits for passages by what is `heard` and their cosines to the claims; above 0 it is read closely."""
        return heard[:, None] - self.bound + bends(near) @ np.array(self.near, np.float32)


class _Columns(dict[str, tuple[int, ...]]):
    """The columns of the cues that a word gives by itself."""

    def __init__(self, columns: Mapping[str, int]) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, norm: str) -> tuple[int, ...]:
        found = self[norm] = tuple(self._columns[cue] for cue in (norm, *kinds_of(norm)) if cue in self._columns)
        return found


def bends(near: Any) -> Any:
    """Return what the gate weighs of cosines: how far each is above the knees."""
    return np.maximum(0, np.asarray(near, np.float32)[..., None] - np.array(KNEES, np.float32))


def cues_of(norms: Sequence[str]) -> set[str]:
    """Return all that may be a cue in a sentence."""
    words = {*norms}
    return words.union(map(" ".join, itertools.pairwise(norms)), *map(kinds_of, words))


@functools.cache
def kinds_of(norm: str) -> tuple[str, ...]:
    """Return the names of what the lexicon says of a word."""
    words = lexicon()
    tables = {"predicates": words.predicates, "judgements": words.judgements, "outcomes": words.outcomes}
    said = [f"{'+' if table[norm] > 0 else '-'}{name}" for name, table in tables.items() if table.get(norm)]
    return (*said, "wrong") if norm in words.wrong else tuple(said)
