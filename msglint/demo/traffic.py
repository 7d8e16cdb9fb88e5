"""How often the articles were read, month by month."""

from __future__ import annotations

import math
from datetime import date
from random import Random
from typing import NamedTuple

from msglint.demo.market import LAST, article_paths, begun


class Month(NamedTuple):
    """Views and key events (件) of one page in the month that begins on `first`."""

    first: date
    path: str
    views: int
    events: int


def traffic(random: Random) -> tuple[Month, ...]:
    """Return the figures of all pages, from April to October: an article grows for some months, then settles."""
    found = []
    for path in article_paths():
        first = begun(path).month
        reach, share = math.exp(random.gauss(math.log(520), 0.45)), random.uniform(0.006, 0.022)
        for month in range(first, LAST.month + 1):
            age = month - first
            seasonal = 0.78 if month == 8 else 1.0
            views = round(reach * (1 - 0.7 * math.exp(-0.6 * (age + 0.3))) * seasonal * random.uniform(0.9, 1.12))
            found.append(Month(date(2026, month, 1), path, views, round(views * share * random.uniform(0.7, 1.3))))
    return tuple(found)
