"""Records that a review was held: of which period, on which day, by whom, with which minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msglint.app.cli.speech import Speaker
from msglint.app.cli.store import Loop, open_loop
from msglint.app.cli.unusable import Unusable
from msglint.model import Text


@dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    period: str
    marketing: str
    sales: str
    guide: str | None = None
    on: date | None = None
    minutes: str | None = None
    correct: bool = False


def run(speaker: Speaker, call: Call) -> int:
    """Record it and return 0; raises Unusable."""
    with open_loop(speaker, call.guide) as loop:
        from msglint.loop.model import Review
        from msglint.loop.review.held import hold
        from msglint.loop.review.periods import named
        from msglint.loop.store import writing

        span = named(call.period)
        review = Review(
            "monthly" if span.months == 1 else "quarterly",
            span.name,
            call.on or loop.project.environment.today,
            call.marketing.strip(),
            call.sales.strip(),
            _minutes(call.minutes, loop),
        )
        with writing(loop.engine) as connection:
            hold(connection, review, loop.project.environment.today, correct=call.correct)
    speaker.note(
        Text(
            f"{span.said.ja}のレビューを{review.held_on}に開いたことを記録しました。",
            f"Recorded: the review of {span.said.en} was held on {review.held_on}.",
        )
    )
    return 0


def _minutes(given: str | None, loop: Loop) -> str | None:
    """Return where the minutes are: an address as it is, a file by its path from the guide; raises Unusable."""
    from msglint.app.cli.files import relative

    if not given or "://" in given:
        return given or None
    file = loop.project.ground.working / given
    if not file.is_file():
        raise Unusable(f"議事録 {given} がありません。", f"There are no minutes {given}.")
    return Path(relative(str(file), loop.project.ground.root)).as_posix()
