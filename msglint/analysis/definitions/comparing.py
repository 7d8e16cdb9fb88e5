"""Two definitions of one term side by side: where they exclude one another."""

from __future__ import annotations

from msglint.analysis.definitions.degrees import other_degree, undone
from msglint.analysis.definitions.formulas import added, counted_in, done_to, exempted, taken_as, turned_share
from msglint.analysis.definitions.kinds import unlike
from msglint.analysis.definitions.measures import other_measure
from msglint.analysis.definitions.owners import other_owner
from msglint.analysis.definitions.reading import Difference, read
from msglint.analysis.definitions.sides import elsewhere, opposed, opposed_heads
from msglint.analysis.definitions.stages import other_course, other_stage, other_time
from msglint.analysis.definitions.thresholds import other_limit, other_period

_COMPARED = (
    unlike,
    other_owner,
    other_limit,
    other_stage,
    other_time,
    other_course,
    other_measure,
    other_degree,
    opposed,
    opposed_heads,
    counted_in,
    exempted,
    added,
    taken_as,
    turned_share,
    done_to,
    undone,
    other_period,
    elsewhere,
)


def differences(guide: str, article: str) -> tuple[Difference, ...]:
    """Return where a definition in an article says something else than the guide's; both in NFKC.

    Only what both speak of is compared, and only where one answer rules the other out: other words, fewer or more of
    them, and things that the guide leaves open are no difference. The weightiest come first.
    """
    ours, theirs = read(guide), read(article)
    return tuple(found for compare in _COMPARED for found in compare(ours, theirs))
