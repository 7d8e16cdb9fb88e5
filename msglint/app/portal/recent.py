"""A result that is dear to make and may be a little old: made once, however many ask for it at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


@dataclass(slots=True)
class Recent(Generic[Made]):
    """What was made in the last `seconds`; `now` in seconds."""

    seconds: float
    now: Callable[[], float] = time.monotonic
    _made: tuple[float, Made] | None = None
    _lock: Any = field(default_factory=threading.Lock)

    def get(self, make: Callable[[], Made]) -> Made:
        """Return it, from `make` when there is none or it is too old."""
        with self._lock:
            if self._made is None or self.now() - self._made[0] >= self.seconds:
                self._made = self.now(), make()
            return self._made[1]
