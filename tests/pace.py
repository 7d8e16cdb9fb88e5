"""Time limits that hold on any machine: a second is a second of the machine that the limits were set on."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

_REFERENCE = 0.030  # seconds that _work takes on two cores of a cloud machine of 2025, with nothing else to do


def _work() -> dict[str, tuple[int, str]]:
    """Make objects, so that a collector with much to look through slows this down as it does what is measured."""
    return {str(i): (i, f"{i:x}") for i in range(60_000)}


def slowness() -> float:
    """Return how many times slower than the reference this machine is at this moment, at least 1."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        _work()
        taken.append(time.process_time() - begun)
    return max(1.0, sorted(taken)[1] / _REFERENCE)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when the block takes more than `seconds` of the processor, as the reference machine counts them."""
    begun = time.process_time()
    yield
    taken = time.process_time() - begun
    limit = seconds * slowness()
    assert taken < limit, f"{taken:.3f} s of the processor, the limit is {limit:.3f} s"
