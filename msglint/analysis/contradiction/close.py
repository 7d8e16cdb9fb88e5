"""Sentences of an article that are read closely, each once, in the light of whatever claims they are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from msglint.analysis.contradiction.features import LONGEST, Floats, Side, Sight, related
from msglint.analysis.contradiction.network import Indices, Morphemes, Network
from msglint.analysis.contradiction.rejection import REJECTED, Rejections
from msglint.analysis.contradiction.words import opposes
from msglint.analysis.passage import Passage

UNOPPOSED = 0.4
"""Sentences without any word that could turn them against a claim contradict it less likely than this."""

Window = tuple[int, int]
"""A range of sentences of an article."""


class Asked(NamedTuple):
    """Sentences read together, the number of a claim, the cosine between them, and what the sentences' cues say."""

    window: Window
    claim: int
    near: float
    heard: float


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """The claims of a guide, each as what it says and what contradicts it, and what reads passages in their light."""

    sides: tuple[tuple[Side, Side], ...]
    rejections: Rejections
    sight: Sight
    network: Network


class Spoken(NamedTuple):
    """The sentences of an article; `ends` has where those that follow one another end.

    `opposing` are the numbers of those with a word that could turn them against a claim.
    """

    sentences: Sequence[Passage]
    ends: Sequence[int]
    opposing: Set[int]

    @classmethod
    def of(cls, sentences: Sequence[Passage], ends: Sequence[int]) -> Self:
        """Return sentences with those of them that could speak against a claim."""
        return cls(sentences, ends, {i for i, one in enumerate(sentences) if any(map(opposes, one.norms))})


class Close:
    """Reads those sentences of an article that are `asked` about."""

    def __init__(self, claims: Claims, spoken: Spoken, asked: Sequence[Asked]) -> None:
        self._claims = claims
        self._opposing = spoken.opposing
        sentences, ends = spoken.sentences, {*spoken.ends}
        places = sorted({i for one in asked for i in range(*one.window)})
        following = [None if i + 1 in ends else sentences[i + 1] for i in places]
        self._seen = claims.sight.see(list(zip([sentences[i] for i in places], following, strict=True)))
        starts: list[int] = self._seen.starts.tolist()
        self._morphemes = {i: (starts[k], starts[k + 1]) for k, i in enumerate(places)}
        supporting = claims.rejections.supporting([view for _, view in self._seen.rejected])
        self._supporting = {places[k] for (k, _), is_so in zip(self._seen.rejected, supporting, strict=True) if is_so}

    def answers(self, asked: Sequence[Asked]) -> Floats:
        """Return for each how likely the sentences contradict the claim."""
        if not asked:
            return np.zeros(0, np.float32)
        network, seen = self._claims.network, self._seen
        places, light, sequences, total = list[Indices](), list[Floats](), dict[int, Indices](), 0
        for claim in sorted({one.claim for one in asked}):
            mine = [(n, one.window) for n, one in enumerate(asked) if one.claim == claim]
            at, first = self._gathered(i for _, window in mine for i in range(*window))
            places.append(at)
            light.append(np.hstack([related(seen, *self._claims.sides[claim], at), np.ones((len(at), 1), np.float32)]))
            for n, (start, behind) in mine:
                begin, end = total + first[start], total + first[behind - 1] + self._count(behind - 1)
                sequences[n] = np.arange(begin, min(end, begin + LONGEST))
            total += len(at)
        made = np.zeros(len(asked), np.float32)
        if filled := [n for n in range(len(asked)) if len(sequences[n])]:
            own = np.hstack([seen.own, seen.axes])
            read = Morphemes(network.names(seen.norms), own, np.concatenate(places), np.concatenate(light))
            near, heard = [asked[n].near for n in filled], [asked[n].heard for n in filled]
            made[filled] = network.probabilities(read, [sequences[n] for n in filled], near, heard)
        return made * np.array([self._most(one.window) for one in asked], np.float32)

    def _most(self, window: Window) -> float:
        """Return how likely sentences contradict a claim at most, whatever the network says."""
        if not self._supporting.isdisjoint(range(*window)):
            return REJECTED
        return UNOPPOSED if self._opposing.isdisjoint(range(*window)) else 1.0

    def _count(self, sentence: int) -> int:
        first, behind = self._morphemes[sentence]
        return behind - first

    def _gathered(self, sentences: Iterable[int]) -> tuple[Indices, dict[int, int]]:
        """Return the morphemes of sentences in their order, and where among them each sentence begins."""
        first, found, at = dict[int, int](), list[Indices](), 0
        for i in sorted({*sentences}):
            first[i] = at
            found.append(np.arange(*self._morphemes[i]))
            at += self._count(i)
        return np.concatenate(found), first
