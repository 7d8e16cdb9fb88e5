"""From which similarity on a section counts as on message."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

FEWEST = 20
"""With fewer reference sections than this nothing can be learned at a rate of 5 %."""


def conformal(scores: Sequence[float], rate: Decimal) -> float:
    """Return the threshold under which a further on-message section falls with a probability of at most `rate`.

    Split conformal prediction (Papadopoulos and others 2002; Vovk, Gammerman and Shafer 2005): of n scores of
    reference sections the k-th smallest, k = ⌊rate · (n + 1)⌋, as long as the new section is exchangeable with
    them. With k = 0 no threshold keeps the promise but one that flags nothing, 0.
    """
    k = math.floor(rate * (len(scores) + 1))
    return sorted(scores)[k - 1] if k else 0.0
