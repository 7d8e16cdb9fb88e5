"""What a passage says against a guide's claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msglint.analysis.passage import Passage

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Scores = NDArray[float32]
else:
    Scores = Any  # numpy is loaded by whoever gives scores, not by whoever speaks of them


class Contradicting(Protocol):
    """Anything that tells how likely sentences contradict the claims that it was made for."""

    def scores(self, sections: Sequence[Sequence[Passage]]) -> list[Scores]:
        """Return for each section of an article one row for each of its sentences, one column for each claim.

        Each is the probability that the sentence, read with its neighbours in the section, contradicts the claim;
        0.5 decides.
        """
