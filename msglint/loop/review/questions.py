"""What the quarterly meeting could decide: the few matters that the figures put first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msglint.loop.naming import rule_name
from msglint.loop.review.calibration import RuleLift
from msglint.loop.review.decisions import MOST, Decision, several
from msglint.loop.review.figures import Trend
from msglint.loop.review.selling import Cell, Selling
from msglint.loop.threshold import Advice
from msglint.model import Text

_SEVERAL = 3


def questions(
    trend: Trend, advice: Advice | None, rules: Sequence[RuleLift], selling: Selling, coverage: Sequence[Cell]
) -> tuple[Decision, ...]:
    """Return up to three questions, the weightiest first."""
    found = (*_threshold(advice), *_rules(rules), *_calls(trend), *_losses(selling), *_holes(coverage))
    return found[:MOST]


def _threshold(advice: Advice | None) -> Iterator[Decision]:
    if advice is None or advice.suggested is None or advice.curve is None:
        return
    low, high = advice.curve.interval
    yield Decision(
        Text(
            f"MQLのしきい値を{advice.current:g}点から{advice.suggested:g}点に変えるか",
            f"Change the threshold of an MQL from {advice.current:g} to {advice.suggested:g} points?",
        ),
        Text(
            f"最もよい値の90%区間は{low:g}〜{high:g}点で、今の{advice.current:g}点を含みません。",
            f"The best value lies between {low:g} and {high:g} (90%); today's {advice.current:g} does not.",
        ),
        "threshold",
    )


def _rules(rules: Sequence[RuleLift]) -> Iterator[Decision]:
    contrary = [one for one in rules if one.lift == "contrary"]
    if contrary:
        name = rule_name(contrary[0].rule)
        yield Decision(
            Text(f"「{name.ja}」の点数を見直すか", f"Rethink the points for “{name.en}”?"),
            Text(
                f"点の付いたリードのSQL率は{contrary[0].with_.said().ja}、付かないリードは{contrary[0].without.said().ja}。",
                f"SQLs with the points: {contrary[0].with_.said().en}; without: {contrary[0].without.said().en}.",
            ),
            "rules",
        )
    dead = [one for one in rules if one.lift == "dead"]
    if dead:
        names = [rule_name(one.rule) for one in dead]
        yield Decision(
            Text(
                f"1年間使われなかった点数{len(dead)}つを消すか",
                f"Remove {several(len(dead), 'rule')} that gave no points in a year?",
            ),
            Text("、".join(name.ja for name in names), ", ".join(name.en for name in names)),
            "rules",
        )


def _calls(trend: Trend) -> Iterator[Decision]:
    movement = trend.response
    if movement.noise is False and movement.change < 0:
        said = trend.now.response.share.said()
        yield Decision(
            Text("連絡の遅れを、どう減らすか", "How do calls become faster again?"),
            Text(
                f"期限内の対応率は{said.ja}。前の3四半期より下がり、偶然とは言えません。",
                f"Called in time: {said.en}. It fell, and not by chance.",
            ),
            "figures",
        )


def _losses(selling: Selling) -> Iterator[Decision]:
    top = next((one for one in selling.losses if one.reason), None)
    if top is not None and top.share.k >= _SEVERAL:
        yield Decision(
            Text(
                f"失注理由「{top.reason}」に、どのコンテンツで応えるか",
                f"Which content answers the loss reason “{top.reason}”?",
            ),
            Text(
                f"失注{top.share.n}件のうち{top.share.k}件、金額は合わせて{top.amount:,}円です。",
                f"{top.share.k} of {top.share.n} lost deals, {top.amount:,} yen together.",
            ),
            "losses",
        )


def _holes(coverage: Sequence[Cell]) -> Iterator[Decision]:
    holes = [one for one in coverage if not one.usable]
    if holes:
        yield Decision(
            Text(
                f"使えるシートのない{len(holes)}か所のうち、どこを埋めるか",
                f"Which of {several(len(holes), 'hole')} without a sheet is filled?",
            ),
            Text(
                "、".join(f"{one.persona}×{one.stage}" for one in holes[:_SEVERAL]),
                ", ".join(f"{one.persona} × {one.stage}" for one in holes[:_SEVERAL]),
            ),
            "coverage",
        )
