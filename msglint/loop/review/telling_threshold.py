"""What the quarterly review says of the threshold: what each would be worth, and the change of the guide."""

from __future__ import annotations

from msglint.loop.review.blocks import Block, Cell, Diff, Knot, Line, Paragraph, Pole, Section, Table, joined, same
from msglint.loop.review.quarterly import Criteria, Quarterly
from msglint.loop.threshold import COST, LEAST, LEAST_SQLS, Advice, Curve
from msglint.model import Text


def threshold(criteria: Criteria) -> Section:
    """Return what the called leads say of the threshold, or how many of them are lacking to tell."""
    title = Text("MQLのしきい値", "The threshold of an MQL")
    advice = criteria.advice
    if advice is None:
        nothing = Text("ガイドに handoff がありません。", "The guide has no handoff.")
        return Section("threshold", title, (Paragraph(nothing, "soft"),))
    blocks: list[Block] = [Paragraph(_verdict(advice), "" if advice.enough else "warn")]
    if advice.enough and advice.curve is not None:
        blocks.append(_line(advice, advice.curve))
        blocks.append(
            Paragraph(
                Text(
                    f"縦軸は Σ(SQLなら1、ほかは0 − {COST:.2f}): 連絡するリードの{COST:.0%}以上がSQLになるなら増えます。"
                    f"帯は90%(2,000回のブートストラップ、毎回同じ結果)。{advice.curve.floor:g}点より下は連絡した例がなく、わかりません。"
                    + _explored(criteria, advice).ja,
                    f"The curve is Σ(1 for an SQL, else 0, − {COST:.2f}): it rises where {COST:.0%} or more of the "
                    "leads become SQLs. The band is 90% (2,000 bootstraps, the same each time). "
                    f"Below {advice.curve.floor:g} nobody was called: nothing is known."
                    + _explored(criteria, advice).en,
                ),
                "soft",
            )
        )
    if criteria.expected:
        blocks.append(_expected(criteria))
    return Section("threshold", title, tuple(blocks))


def _explored(criteria: Criteria, advice: Advice) -> Text:
    """Return where what is known of leads below the threshold comes from."""
    count = criteria.sample.explored
    others = sum(one.score < advice.current for one in criteria.sample.resolved) - count
    said = []
    if count:
        said.append(
            Text(
                f"しきい値の下で試しに連絡した{count}件は、同じ点数帯のリード全体の重みで数えます。",
                f" {count} leads called below the threshold to learn stand for all of such a score.",
            )
        )
    if others > 0:
        said.append(
            Text(
                f"しきい値の下にはほかに{others}件ありますが、人が選んだか前の基準によるもので、無作為ではありません。",
                f" {others} others below the threshold were chosen by somebody, or by earlier rules: not at random.",
            )
        )
    return joined(said, "", "")


def _verdict(advice: Advice) -> Text:
    if not advice.enough:
        return _lacking(advice)
    assert advice.curve is not None
    low, high = advice.curve.interval
    if advice.suggested is None:
        return Text(
            f"今の{advice.current:g}点のままとします。最もよい値の90%区間({low:g}〜{high:g}点)に今の値が入っています。",
            f"Keep {advice.current:g} points: the best value lies between {low:g} and {high:g} (90%), as today's does.",
        )
    return Text(
        f"{advice.suggested:g}点への変更を提案します。最もよい値の90%区間は{low:g}〜{high:g}点で、今の{advice.current:g}点を含みません。",
        f"{advice.suggested:g} points are suggested: the best value lies between {low:g} and {high:g} (90%); "
        f"today's {advice.current:g} does not.",
    )


def _lacking(advice: Advice) -> Text:
    sqls = f"SQL {advice.lacking_sqls}"
    short = f"{advice.lacking}" if advice.lacking else sqls
    also = advice.lacking and advice.lacking_sqls
    return Text(
        f"データ不足(あと {short} 件)。" + (f"SQLもあと{advice.lacking_sqls}件要ります。" if also else "")
        + f"しきい値の見直しには、結果のわかるリード{LEAST}件と、うちSQL{LEAST_SQLS}件が要ります"
        f"(今は{advice.resolved}件、SQL{advice.sqls}件)。",
        f"Not enough data ({short} more needed). " + (f"{advice.lacking_sqls} SQLs lack, too. " if also else "")
        + f"To judge the threshold takes {LEAST} leads whose result is known, {LEAST_SQLS} of them SQLs "
        f"(now {advice.resolved}, {advice.sqls} SQLs).",
    )  # fmt: skip


def _line(advice: Advice, curve: Curve) -> Line:
    poles = [Pole(advice.current, Text(f"今 {advice.current:g}点", f"now {advice.current:g}"), "soft")]
    if advice.suggested is not None:
        poles.append(
            Pole(advice.suggested, Text(f"提案 {advice.suggested:g}点", f"suggested {advice.suggested:g}"), "good")
        )
    return Line(
        Text("しきい値ごとの値打ち", "What each threshold is worth"),
        Text("しきい値(点)", "threshold (points)"),
        Text("Σ(y − c)(SQL件分)", "Σ(y − c) (in SQLs)"),
        tuple(Knot(point.threshold, point.value, point.low, point.high) for point in curve.points),
        tuple(poles),
    )


def _expected(criteria: Criteria) -> Table:
    head = (
        Text("見込み(四半期あたり、これまでのリードから)", "Expected a quarter, from past leads"),
        Text("MQL", "MQLs"),
        Text("SQL", "SQLs"),
        Text("営業1人の連絡", "calls for each of sales"),
    )
    names = (Text("今", "now"), Text("変更後", "after"))
    rows = tuple(
        (
            Cell(Text(f"{name.ja}({one.threshold:g}点)", f"{name.en} ({one.threshold:g})")),
            Cell(Text(f"{one.mqls:.0f}件", f"{one.mqls:.0f}")),
            Cell(Text(f"{one.sqls:.0f}件", f"{one.sqls:.0f}")),
            Cell(same("–") if one.calls is None else Text(f"{one.calls:.0f}件", f"{one.calls:.0f}")),
        )
        for name, one in zip(names, criteria.expected, strict=True)
    )
    return Table(head, rows, ("left", "right", "right", "right"))


def proposal(review: Quarterly) -> Section:
    """Return the change of the guide as a diff, or why there is none."""
    title = Text("ガイドの変更案", "The change of the guide")
    made = review.criteria.proposal
    if made is None:
        said = Text("しきい値を変える提案はありません。", "No change of the threshold is proposed.")
        return Section("proposal", title, (Paragraph(said, "soft"),))
    said = Text(
        f"しきい値を{made.threshold:g}点にする、新しい版 {made.revision}({made.effective_from}から)です。"
        "変えるのは四半期に1つだけです。",
        f"Revision {made.revision}, in force from {made.effective_from}, has a threshold of {made.threshold:g}. "
        "One change a quarter.",
    )
    if made.diff is None:
        nowhere = Text(
            "ガイドのファイルに handoff が直接書かれていないため、差分は作れません。",
            "The guide's file does not say handoff itself, so there is no diff.",
        )
        return Section("proposal", title, (Paragraph(said), Paragraph(nowhere, "warn")))
    return Section("proposal", title, (Paragraph(said), Diff(made.diff)), new_page=True)
