"""Views that a passage quotes and rejects: when one is what the guide lists as wrong, the passage is on message."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from msglint.analysis.encoder import Encoder
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

LIKE = 0.5
"""From this cosine on a view is one of a claim's `contradictions`; of 20 such passages 18 support their claim."""

NEARER = 0.05
"""By so much it has to be nearer to them than to the claim."""

REJECTED = 0.2
"""A passage that rejects such a view contradicts the claim less likely than this."""


class Rejections:
    """Knows the claims of a guide and what contradicts them."""

    def __init__(self, claims: Sequence[Claim], encoder: Encoder) -> None:
        self._encode = encoder.encode
        self._sides = [
            (encoder.encode([c.statement, *c.paraphrases]), encoder.encode(c.contradictions)) for c in claims
        ]

    def supporting(self, views: Sequence[Passage]) -> list[bool]:
        """Return for each of some views whether to reject it is to support a claim, and so to contradict none."""
        if not views:
            return []
        texts = self._encode(views)
        made = np.zeros(len(views), bool)
        for claim, against in self._sides:
            wrong = (texts @ against.T).max(axis=1, initial=-1.0)
            made |= (wrong >= LIKE) & (wrong - (texts @ claim.T).max(axis=1) >= NEARER)
        return [bool(one) for one in made]
