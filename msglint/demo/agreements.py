"""What people wrote down beside it all: meetings that were held, what was to be done, what they state, who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from msglint.demo.market import LAST
from msglint.demo.selling import REPS
from msglint.demo.voices import Told
from msglint.loop.model import ActionItem, Review, Statement, Visit

_HEADS = "マーケティング部長", "営業部長"
_HELD = {
    "2026-04": (date(2026, 5, 11), *_HEADS),
    "2026-05": (date(2026, 6, 4), "マーケティング部長", "インサイドセールス課長"),
    "2026-06": (date(2026, 7, 6), *_HEADS),
    "2026-Q2": (date(2026, 7, 9), *_HEADS),
    "2026-07": (date(2026, 8, 5), "マーケティング課長", "営業部長"),
    "2026-08": (date(2026, 9, 4), *_HEADS),
    "2026-09": (date(2026, 10, 6), *_HEADS),
}


def reviews() -> tuple[Review, ...]:
    """Return the review meetings that were held; that of the third quarter is still to come."""
    return tuple(
        Review("quarterly" if "Q" in period else "monthly", period, *held, minutes=f"minutes/{period}.md")
        for period, held in _HELD.items()
    )


def statements() -> tuple[Statement, ...]:
    """Return what people stated of the checklist's points."""
    return (
        Statement(5, "読み手2人の像を、9月に商談10件の記録で確かめた", True, "マーケティング部長", date(2026, 9, 28)),
        Statement(
            13, "シートの一覧を毎週の朝会で開いている", True, "営業企画課長", date(2026, 10, 5), "dist/index.html"
        ),
        Statement(
            1,
            "版 2026-10 の条件に、営業部として合意している",
            True,
            "営業部長",
            date(2026, 10, 6),
            "minutes/2026-09.md",
        ),
        Statement(14, "温度は伝わるが、課題の欄が空のまま渡されることがある", False, "営業部長", date(2026, 10, 20)),
    )


def visits() -> tuple[Visit, ...]:
    """Return who looked into the portal in the last weeks."""
    days = [LAST - timedelta(days=n) for n in range(25, -1, -1)]
    working = [day for day in days if day.weekday() < 5]
    return tuple(Visit(day, rep) for n, day in enumerate(working) for m, rep in enumerate(REPS[:4]) if (n + m) % 3 == 0)


def action_items(told: Sequence[tuple[str, Told]], commits: Mapping[str, str]) -> tuple[ActionItem, ...]:
    """Return what was to be done, from the feedback `told` (with its ids); `commits` are commit ids by day."""
    import yaml

    listed = yaml.safe_load(files("msglint.demo").joinpath("actions.yaml").read_text("utf-8"))
    return tuple(_action_item(number, given, told, commits) for number, given in enumerate(listed, 1))


def _action_item(
    number: int, given: Mapping[str, Any], told: Sequence[tuple[str, Told]], commits: Mapping[str, str]
) -> ActionItem:
    closed: date | None = given.get("closed")
    return ActionItem(
        f"A-{number:02}",
        given["kind"],
        given["what"],
        given["owner"],
        given["due"],
        _voice(given, told),
        closed,
        commits.get(str(closed)) if closed else None,
    )


def _voice(given: Mapping[str, Any], told: Sequence[tuple[str, Told]]) -> str | None:
    """Return the latest feedback, of a week before it was done, that the action answers."""
    end = (given.get("closed") or LAST) - timedelta(days=7)
    before = [(id, one) for id, one in reversed(told) if one.met_on <= end]
    if word := given.get("asked"):
        return next((id for id, one in before if one.request and word in one.request), None)
    shown = ((id, shown) for id, one in before for shown in one.shown if shown.article == given.get("about"))
    ranked = sorted(shown, key=lambda pair: (not pair[1].conflict, pair[1].verdict != "not_usable"))
    return next((id for id, one in ranked if one.verdict in ("not_usable", "shown_no_effect")), None)
