"""The four figures as cards: value, what it rests on, how it moved, and a chart of the four periods."""

from __future__ import annotations

from decimal import Decimal

from msglint.loop.intervals import Movement, Share
from msglint.loop.metrics import MATURE_DAYS
from msglint.loop.review.blocks import Bars, Card, Cards, Mark, Tone, joined, same
from msglint.loop.review.figures import COMPARED, Figures, Trend
from msglint.model import Text

_COUNT = Text("件", "")
_POINTS = Text("ポイント", " points")


def cards(trend: Trend, target: Decimal | None) -> Cards:
    """Return the cards of MQLs, SQLs, conversion and response."""
    return Cards((_mqls(trend), _sqls(trend), _conversion(trend, target), _response(trend)))


def against(trend: Trend) -> Text:
    """Return what the figures are compared with."""
    if not trend.compared:
        return Text("前の期間", "the periods before")
    if trend.now.span.months == 1:
        return Text(f"直近{trend.compared}か月", _before(trend.compared, "month"))
    if trend.compared == 1:
        return Text("前の四半期", "the quarter before")
    return Text(f"直近{trend.compared}四半期", _before(trend.compared, "quarter"))


def _before(count: int, unit: str) -> str:
    return f"the {unit} before" if count == 1 else f"the {('two', 'three')[count == COMPARED]} {unit}s before"


def _mqls(trend: Trend) -> Card:
    counts = [one.mqls for one in trend.periods]
    basis = Text("引き渡したリード", "leads handed over")
    return _count(Text("MQL", "MQLs"), basis, trend, counts, trend.mqls, good=False)


def _sqls(trend: Trend) -> Card:
    counts = [one.sqls for one in trend.periods]
    ratio = f"{trend.now.sqls}/{trend.now.mqls}"
    note = Text(f"SQL ÷ MQL の件数比は{ratio}(率ではありません)", f"SQLs to MQLs: {ratio} (a ratio of counts, no rate)")
    basis = Text("営業が認めたリード(BANT確認済み)", "accepted by sales, BANT confirmed")
    notes = (note,) if trend.now.mqls else ()
    return _count(Text("SQL", "SQLs"), basis, trend, counts, trend.sqls, notes, good=True)


def _count(
    title: Text, basis: Text, trend: Trend, counts: list[int], movement: Movement, notes: tuple[Text, ...] = (), *,
    good: bool,
) -> Card:  # fmt: skip
    """Return the card of a count; `good`: more of it is good in itself, which more MQLs are not."""
    value = counts[-1]
    marks = tuple(
        Mark(one.span.short, float(count), str(count)) if trend.known(one) else Mark(one.span.short, None, "–")
        for one, count in zip(trend.periods, counts, strict=True)
    )
    said = (
        _moved(movement, _COUNT, _mean(trend))
        if trend.compared
        else Text("前の期間の数字がなく、比べられません。", "There is nothing before it to compare with.")
    )
    if trend.begun is not None:
        day = trend.begun
        partly = Text(
            f"データは{day}からです。日数をそろえて比べています。",
            f"Data begin on {day}; compared for the same number of days.",
        )
        notes = (*notes, partly)
    tone = _tone(movement) if good else "soft" if movement.noise else ""
    return Card(title, Text(f"{value}件", str(value)), basis, said, tone, notes, Bars(title, marks))


def _conversion(trend: Trend, target: Decimal | None) -> Card:
    title = Text(f"MQL→SQL率({MATURE_DAYS}日以内)", f"MQL to SQL within {MATURE_DAYS} days")
    rated, notes = trend.rated, []
    if trend.rated is not trend.now:
        young, all_ = trend.now.conversion.immature, trend.now.mqls
        notes.append(
            Text(
                f"{trend.now.span.said.ja}は{all_}件中{young}件が{MATURE_DAYS}日未満で、まだ測れません。",
                f"{trend.now.span.said.en}: {young} of {all_} are less than {MATURE_DAYS} days old: too early to tell.",
            )
        )
    elif trend.now.conversion.immature:
        notes.append(
            Text(
                f"{MATURE_DAYS}日未満の{trend.now.conversion.immature}件は、まだ数えていません。",
                f"{trend.now.conversion.immature} MQLs less than {MATURE_DAYS} days old are not counted yet.",
            )
        )
    if target is not None:
        notes.append(_against_target(rated.conversion.share, target))
    marks = tuple(
        _mark(one, Share(0, 0) if one.young and one is not rated else one.conversion.share) for one in trend.periods
    )
    before = (
        Text("それまでの3期間", "the three periods before it") if notes and rated is not trend.now else against(trend)
    )
    return Card(
        title,
        _rate(rated.conversion.share),
        joined(
            [Text(f"{rated.span.said.ja}のMQL", f"MQLs of {rated.span.said.en}"), _basis(rated.conversion.share)],
            " ",
            ": ",
        ),
        _moved(trend.conversion, _POINTS, before),
        _tone(trend.conversion),
        tuple(notes),
        Bars(title, marks, _top(marks, target), float(target) if target is not None else None),
    )


def _against_target(share: Share, target: Decimal) -> Text:
    aim = f"{float(target) * 100:.0f}%"
    if not share.n:
        return Text(f"目標は{aim}です。", f"The target is {aim}.")
    low, high = share.interval
    if low <= float(target) <= high:
        return Text(
            f"目標{aim}に届いたかどうかは、この件数では言えません。",
            f"Too few to tell whether the target of {aim} is met.",
        )
    if high < float(target):
        return Text(f"目標{aim}を下回ります。", f"Below the target of {aim}.")
    return Text(f"目標{aim}を上回ります。", f"Above the target of {aim}.")


def _response(trend: Trend) -> Card:
    found = trend.now.response
    title = _within(trend)
    notes = []
    if found.median is not None and found.p90 is not None:
        notes.append(
            Text(
                f"中央値{found.median:.1f}時間、連絡した9割が{found.p90:.1f}時間以内",
                f"median {found.median:.1f} h, 90% of those called within {found.p90:.1f} h",
            )
        )
    left = (
        (len(found.overdue), Text("期限を過ぎて未連絡", "overdue")),
        (found.pending, Text("まだ期限前", "not due yet")),
        (found.unclocked, Text("時刻の記録なし", "without times")),
        (found.unruled, Text("期限の定めなし", "under no rule")),
    )
    said = [Text(f"{what.ja}{count}件", f"{count} {what.en}") for count, what in left if count]
    if said:
        notes.append(joined(said, "、", ", "))
    marks = tuple(_mark(one, one.response.share) for one in trend.periods)
    return Card(
        title,
        _rate(found.share),
        _basis(found.share),
        _moved(trend.response, _POINTS, against(trend)),
        _tone(trend.response),
        tuple(notes),
        Bars(title, marks, _top(marks, None)),
    )


def _within(trend: Trend) -> Text:
    if trend.hours is None:
        return Text("期限内の連絡", "called in time")
    clock = Text("営業時間で", " working") if trend.business else Text("", "")
    return Text(f"{clock.ja}{trend.hours:g}時間以内の連絡", f"called within {trend.hours:g}{clock.en} hours")


def _top(marks: tuple[Mark, ...], target: Decimal | None) -> float:
    """Return up to where a chart of shares goes: half of all when all of it fits in there."""
    return 0.5 if max([float(target or 0), *(mark.share.interval.high for mark in marks if mark.share)]) <= 0.5 else 1.0


def _mark(one: Figures, share: Share) -> Mark:
    if share.rate is None:
        return Mark(one.span.short, None, "–")
    return Mark(one.span.short, share.rate, f"{share.rate * 100:.0f}%", share)


def _rate(share: Share) -> Text:
    return same("–") if share.rate is None else same(f"{share.rate * 100:.1f}%")


def _basis(share: Share) -> Text:
    """Return what a rate rests on: k of n, its interval, and that there are few cases when there are."""
    if share.rate is None:
        return Text("対象なし", "no cases")
    low, high = (f"{bound * 100:.0f}" for bound in share.interval)
    few = Text("、件数が少ない", ", few cases") if share.few else Text("", "")
    return Text(
        f"{share.k}/{share.n}件、95%区間 {low}〜{high}%{few.ja}",
        f"{share.k}/{share.n}, 95% interval {low} to {high}%{few.en}",
    )


def _mean(trend: Trend) -> Text:
    past = against(trend)
    return past if trend.compared == 1 else Text(f"{past.ja}の平均", f"the mean of {past.en}")


def _moved(movement: Movement, unit: Text, before: Text) -> Text:
    if movement.noise is None:
        return Text(f"{before.ja}とは比べられません。", f"Cannot be compared with {before.en}.")
    said = movement.said(unit)
    return Text(f"{before.ja}から{said.ja}", f"{said.en} against {before.en}")


def _tone(movement: Movement) -> Tone:
    """Return how a movement is to look: only what noise does not explain is good or bad."""
    if movement.noise is not False or not movement.change:
        return "soft"
    return "good" if movement.change > 0 else "bad"
