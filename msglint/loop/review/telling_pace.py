"""Sales velocity as the quarterly review tells it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msglint.loop.review.blocks import Block, Cell, Paragraph, Section, Table, same
from msglint.loop.review.selling import Pace, Segment, Selling
from msglint.loop.review.wording import FACTORS, UNKNOWN
from msglint.loop.velocity import LEAST, Factor, Velocity
from msglint.model import Text

_SEGMENTS = Text(
    f"流入元は、商談のリードのものです。終わった商談が{LEAST}件に満たない流入元は、要素だけを示します。",
    f"The source is that of the deal's lead. With fewer than {LEAST} closed deals the factors alone are shown.",
)


def section(selling: Selling) -> Section:
    """Return what is told of sales velocity: the factors, which one moved, and the leads' sources beside each other."""
    pace = selling.pace
    note = Text(
        "商談の数 × 平均単価 × 受注率 ÷ 平均日数。商談の数は期間中に進行していたもの、"
        "ほかは期間末までの12か月の値です。",
        "Deals × mean amount × win rate ÷ mean days: deals open in the period; "
        "the others are of the twelve months to its end.",
    )
    blocks: list[Block] = [Paragraph(_most(pace)), _factors(pace), Paragraph(note, "soft")]
    if len(selling.segments) > 1:
        blocks += [_segments(selling.segments), Paragraph(_SEGMENTS, "soft")]
    return Section("velocity", Text("セールスベロシティ", "Sales velocity"), tuple(blocks))


def _most(pace: Pace) -> Text:
    """Return which factor moved, as far as that can be said."""
    if not (pace.now.enough and pace.before.enough):
        return Text(
            f"終わった商談が{LEAST}件に満たない四半期があるため、何が動いたかは言えません。",
            f"With fewer than {LEAST} closed deals in either quarter, nothing can be said of what moved.",
        )
    if pace.most is None:
        return Text("何が動いたかは言えません。", "Nothing can be said of what moved.")
    most = FACTORS[pace.most]
    return Text(f"いちばん動いたのは{most.ja}です。", f"What moved most is the {most.en}.")


def _factors(pace: Pace) -> Table:
    head = (
        Text("要素", "Factor"),
        Text("この四半期", "this quarter"),
        Text("前の四半期", "the one before"),
        Text("寄与", "part"),
    )
    factors: tuple[tuple[Factor, Text, Text], ...] = (
        ("number", _count(pace.now.number), _count(pace.before.number)),
        ("amount", _money(pace.now.amount), _money(pace.before.amount)),
        ("win_rate", _percent(pace.now), _percent(pace.before)),
        ("days", _days(pace.now.days), _days(pace.before.days)),
    )
    parts = dict(pace.parts)
    rows = [
        (
            Cell(FACTORS[factor], "warn" if factor == pace.most else ""),
            Cell(now),
            Cell(then, "soft"),
            _part(parts, factor),
        )
        for factor, now, then in factors
    ]
    name = Cell(Text("セールスベロシティ", "Sales velocity"))
    rows.append((name, Cell(_velocity(pace.now)), Cell(_velocity(pace.before), "soft"), Cell(_change(pace))))
    return Table(head, tuple(rows), ("left", "right", "right", "right"), widths=(28, 28, 32, 12))


def _segments(segments: Sequence[Segment]) -> Table:
    head = (
        Text("流入元", "Source"),
        FACTORS["number"],
        FACTORS["amount"],
        FACTORS["win_rate"],
        FACTORS["days"],
        Text("円/日", "yen a day"),
    )
    rows = tuple(
        (
            Cell(same(one.source), "") if one.source else Cell(UNKNOWN, "soft"),
            Cell(_count(one.pace.number)),
            Cell(_money(one.pace.amount)),
            Cell(_percent(one.pace)),
            Cell(_days(one.pace.days)),
            Cell(same("–" if one.pace.value is None else f"{one.pace.value:,.0f}")),
        )
        for one in segments
    )
    return Table(head, rows, ("left", "right", "right", "right", "right", "right"), widths=(22, 12, 18, 20, 14, 14))


def _part(parts: Mapping[Factor, float], factor: Factor) -> Cell:
    """Return by how much a factor alone changed velocity."""
    return Cell(same(f"{math.expm1(parts[factor]) * 100:+.0f}%" if factor in parts else "–"))


def _velocity(pace: Velocity) -> Text:
    if pace.value is not None:
        return Text(f"{pace.value:,.0f}円/日", f"{pace.value:,.0f} yen a day")
    if pace.missing:
        return Text(
            f"出せません(終わった商談があと{pace.missing}件)", f"withheld ({pace.missing} of {LEAST} closed deals lack)"
        )
    return Text("出せません", "withheld")


def _change(pace: Pace) -> Text:
    now, then = pace.now.value, pace.before.value
    return same("–") if not now or not then else same(f"{(now / then - 1) * 100:+.0f}%")


def _count(value: int) -> Text:
    return Text(f"{value}件", str(value))


def _money(value: float | None) -> Text:
    return same("–") if value is None else Text(f"{value:,.0f}円", f"{value:,.0f} yen")


def _days(value: float | None) -> Text:
    return same("–") if value is None else Text(f"{value:.1f}日", f"{value:.1f} days")


def _percent(pace: Velocity) -> Text:
    return same("–" if pace.won.rate is None else f"{pace.won.rate * 100:.1f}% ({pace.won.k}/{pace.won.n})")
