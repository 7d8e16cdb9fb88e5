"""`messaging.lock.json`: the threshold that was learned for this guide, and what it was learned from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from msglint.app.cli.unusable import Unusable, reason

NAME = "messaging.lock.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Lock:
    """What `calibrate` found: for which encoder and which message the threshold holds, and how much it rests on.

    `encoder` and `guide` are hashes; `scale` is the version of the measure. `learned` is false when there were too
    few `sections`, so that the threshold is the one that msglint ships.
    """

    encoder: str
    encoder_name: str
    guide: str
    scale: str
    threshold: float
    false_positive_rate: str
    articles: int
    sections: int
    learned: bool
    version: int = VERSION

    def encoded(self) -> bytes:
        """Return the file's content."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()

    def holds_for(self, other: Lock) -> bool:
        """Whether it was made for the same encoder, message, measure and rate as `other`."""
        keys = ("encoder", "guide", "scale", "false_positive_rate", "version")
        return all(getattr(self, key) == getattr(other, key) for key in keys)


def read_lock(root: Path) -> Lock | None:
    """Return the lock beside the guide; None when there is none. Raises Unusable for a file that is none."""
    file = root / NAME
    try:
        held: Any = json.loads(file.read_bytes())
        return _lock(held)
    except FileNotFoundError:
        return None
    except OSError as error:
        why = reason(error)
        raise Unusable(f"{NAME} を読めません。{why.ja}", f"Cannot read {NAME}. {why.en}") from error
    except (ValueError, TypeError, RecursionError):
        raise Unusable(
            f"{NAME} を読み取れません。msglint calibrate で作り直してください。",
            f"{NAME} is not a lock file. Make it anew with msglint calibrate.",
        ) from None


def _lock(held: Any) -> Lock:
    lock = Lock(**held)
    if not isinstance(lock.threshold, int | float) or isinstance(lock.threshold, bool):
        raise TypeError
    return lock
