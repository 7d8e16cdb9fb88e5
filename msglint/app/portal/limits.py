"""How often somebody may do something."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_MOST_KEYS = 10_000


@dataclass(slots=True)
class Limit:
    """At most `times` in `seconds` for each key; what was refused does not count."""

    times: int
    seconds: float
    now: Callable[[], float] = time.monotonic
    _seen: dict[str, deque[float]] = field(default_factory=dict)
    _lock: Any = field(default_factory=threading.RLock)

    def wait(self, key: str) -> int:
        """Return for how many seconds `key` has to wait, 0 when it need not."""
        with self._lock:
            seen = self._current(key)
            return 0 if len(seen) < self.times else max(1, round(seen[0] + self.seconds - self.now() + 0.5))

    def count(self, key: str) -> None:
        """Remember that `key` did it once more."""
        with self._lock:
            seen = self._current(key)
            if key not in self._seen and len(self._seen) >= _MOST_KEYS:
                self._seen.pop(next(iter(self._seen)))
            seen.append(self.now())
            self._seen[key] = seen

    def take(self, key: str) -> int:
        """Do it once if that is allowed; return for how many seconds to wait, 0 when it was done."""
        with self._lock:
            waits = self.wait(key)
            if not waits:
                self.count(key)
            return waits

    def _current(self, key: str) -> deque[float]:
        seen = self._seen.get(key, deque())
        while seen and seen[0] <= self.now() - self.seconds:
            seen.popleft()
        if not seen:
            self._seen.pop(key, None)
        return seen
