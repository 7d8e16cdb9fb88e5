"""How coverage and drift stand at one time, so that times can be compared."""

from __future__ import annotations

from datetime import date
from statistics import fmean

from msglint.drift.model import Drift, Month


def month(day: date, drift: Drift) -> Month:
    """Return the shares of `drift`, rounded to 3 decimals; all are 0 when there are no articles."""
    sections = [s for a in drift.articles for s in a.sections]
    count = len(drift.articles)
    return Month(
        day=day,
        articles=count,
        sections=len(sections),
        coverage={c.id: _share(sum(c.id in a.carries for a in drift.articles), count) for c in drift.claims},
        off_message=_share(sum(s.off_message for s in sections), len(sections)),
        on_message=round(fmean(s.on_message for s in sections), 3) if sections else 0.0,
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
