"""Which sentences contradict a claim, as an NLI model has it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msglint.analysis.encoder import Identity
from msglint.analysis.encoder.hub import Told
from msglint.analysis.encoder.remembered import Store
from msglint.analysis.judge import CONTRADICTION, ENTAILMENT, Judge, open_judge
from msglint.guide.model import Claim

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors
    from msglint.analysis.passage import Passage

_SURE = 0.5


class CrossReading:
    """How surely each sentence of an article contradicts each claim, as an NLI model has it.

    A sentence contradicts a claim as surely as it does the statement and the paraphrases on average (one wording alone
    is often taken amiss), or as surely as it entails one of the guide's `contradictions`. Where that is more than even,
    the sentence is read once more between its neighbours, and the lower probability counts: a wrong belief that the
    next sentence rejects is no contradiction.
    """

    def __init__(
        self, claims: Sequence[Claim], name: str, root: str | Path, store: Store | None = None, told: Told | None = None
    ) -> None:
        self._claims = tuple(claims)
        self._judge = open_judge(name, root, store, told)

    @classmethod
    def by(cls, judge: Judge, claims: Sequence[Claim]) -> Self:
        """Return the reading of claims by a model that is open."""
        made = cls.__new__(cls)
        made._claims, made._judge = tuple(claims), judge
        return made

    @property
    def identity(self) -> Identity:
        """Return the identity of the model."""
        return self._judge.identity

    def scores(self, sections: Sequence[Sequence[Passage]]) -> list[Vectors]:
        """Return for each section of an article probabilities of shape (sentences, claims)."""
        return [self._section(sentences) for sentences in sections]

    def _section(self, sentences: Sequence[Passage]) -> Vectors:
        import numpy as np

        made = np.zeros((len(sentences), len(self._claims)), np.float32)
        every = [(i, j) for i in range(len(sentences)) for j in range(len(self._claims))]
        self._fill(made, every, [str(s) for s in sentences])
        again = [(i, j) for i, j in every if made[i, j] > _SURE]
        between = np.ones_like(made)
        self._fill(between, again, ["".join(sentences[max(0, i - 1) : i + 2]) for i in range(len(sentences))])
        return np.minimum(made, between)

    def _fill(self, made: Vectors, cells: Sequence[tuple[int, int]], premises: Sequence[str]) -> None:
        """Put into the cells (sentence, claim) what the model makes of the sentence's premise."""
        pairs = [(premises[i], text) for i, j in cells for text in _hypotheses(self._claims[j])]
        judged, at = self._judge.probabilities(pairs), 0
        for i, j in cells:
            own, against = 1 + len(self._claims[j].paraphrases), len(self._claims[j].contradictions)
            opposed = judged[at : at + own, CONTRADICTION].mean()
            entailed = judged[at + own : at + own + against, ENTAILMENT].max(initial=0.0)
            made[i, j] = max(opposed, entailed)
            at += own + against


def _hypotheses(claim: Claim) -> tuple[str, ...]:
    return (claim.statement, *claim.paraphrases, *claim.contradictions)
