"""What the quarterly review says of the hand-over rules: which leads became SQLs, and what each rule tells."""

from __future__ import annotations

from collections.abc import Sequence

from msglint.loop.naming import rule_name
from msglint.loop.review.blocks import (
    Block,
    Cell,
    Paragraph,
    Section,
    Table,
    Tone,
    same,
)
from msglint.loop.review.calibration import Band, RuleLift
from msglint.loop.review.parts import shared
from msglint.loop.review.quarterly import Criteria
from msglint.model import Text

_LIFTS: dict[str, tuple[Text, Tone]] = {
    "dead": (Text("1年間、誰にも付かなかった", "no lead got it in a year"), "warn"),
    "unseen": (Text("付かない(付いた)リードがなく、比べられない", "nothing to compare with"), "soft"),
    "contrary": (Text("点数と逆向き", "against its points"), "bad"),
    "agrees": (Text("点数と同じ向き", "as its points say"), "good"),
    "noise": (Text("偶然のゆらぎの範囲", "within noise"), "soft"),
}


def calibration(criteria: Criteria) -> Section:
    """Return how often leads became SQLs, by what is known of them."""
    sample = criteria.sample
    last = sample.period.until.toordinal() - 1
    left = [
        Text(f"連絡していない{sample.uncalled}件", f"{sample.uncalled} never called") if sample.uncalled else None,
        Text(f"30日たっていない{sample.young}件", f"{sample.young} less than 30 days old") if sample.young else None,
        Text(f"スコアのわからない{sample.unscored}件", f"{sample.unscored} without a score")
        if sample.unscored
        else None,
    ]
    out = [one for one in left if one]
    since, until = f"{sample.period.since}", f"{sample.period.until.fromordinal(last)}"
    said = Text(
        f"{since}から{until}までに引き渡し、結果のわかる{len(sample.resolved)}件。"
        f"スコアは今の基準(版 {criteria.revision or '–'})で計算し直した、引き渡しから連絡までの最高点です。"
        + (f"{'、'.join(one.ja for one in out)}は除きます。" if out else "")
        + "どの表も関連を示すだけで、原因や効果は言えません。",
        f"{len(sample.resolved)} leads handed over from {since} to {until} whose result is known, scored again by "
        f"today's rules (revision {criteria.revision or '–'}): the highest from hand-over to call. "
        + (f"Left out: {', '.join(one.en for one in out)}. " if out else "")
        + "The tables show what goes together, not causes or effects.",
    )
    blocks: list[Block] = [Paragraph(said)]
    if criteria.scores:
        blocks.append(_bands(Text("スコア", "Score"), criteria.scores, Text("点", "")))
    if criteria.hours:
        blocks.append(
            _bands(Text("連絡までの時間", "Hours until the call"), criteria.hours, Text("時間", " h"), upper=True)
        )
    if any(one.share.n for one in criteria.bant):
        blocks.append(_bant(criteria))
    if len(criteria.revisions) > 1:
        blocks.append(_revisions(criteria))
    title = Text("どのリードがSQLになったか", "Which leads became SQLs")
    return Section("calibration", title, tuple(blocks))


def _bands(caption: Text, found: Sequence[Band], unit: Text, *, upper: bool = False) -> Table:
    head = (caption, Text("リード", "leads"), Text("SQLになった割合", "became SQLs"))
    rows = tuple((Cell(_band(one, unit, upper=upper)), Cell(same(one.share.n)), shared(one.share)) for one in found)
    return Table(head, rows, ("left", "right", "left"), widths=(30, 10, 60))


def _band(one: Band, unit: Text, *, upper: bool) -> Text:
    low = f"{one.low:g}"
    if one.high is None:
        over = Text(f"{low}{unit.ja}超", f"over {low}{unit.en}")
        return over if upper else Text(f"{low}{unit.ja}以上", f"{low}{unit.en} or more")
    if upper:
        inside = Text(f"{low}超〜{one.high:g}{unit.ja}", f"over {low} to {one.high:g}{unit.en}")
        return Text(f"{one.high:g}{unit.ja}以内", f"up to {one.high:g}{unit.en}") if one.low == 0 else inside
    return Text(f"{low}〜{one.high:g}{unit.ja}未満", f"{low} to under {one.high:g}{unit.en}")


def _bant(criteria: Criteria) -> Table:
    head = (
        Text("BANTの確認", "BANT confirmed"),
        Text("リード", "leads"),
        Text("SQLになった割合", "became SQLs"),
        Text("受注した割合(終わった商談)", "won of closed deals"),
    )
    rows = tuple(
        (
            Cell(Text(f"{one.confirmed}項目", f"{one.confirmed} of 4")),
            Cell(same(one.share.n)),
            shared(one.share),
            shared(one.won),
        )
        for one in criteria.bant
        if one.share.n
    )
    return Table(head, rows, ("left", "right", "left", "left"), widths=(20, 10, 35, 35))


def _revisions(criteria: Criteria) -> Table:
    head = (
        Text("引き渡した基準の版", "Revision handed over by"),
        Text("リード", "leads"),
        Text("30日以内のSQL", "SQL within 30 days"),
    )
    rows = tuple(
        (Cell(same(name) if name else Text("(版なし)", "(none)")), Cell(same(one.share.n)), shared(one.share))
        for name, one in criteria.revisions
    )
    return Table(head, rows, ("left", "right", "left"), widths=(30, 10, 60))


def rules(criteria: Criteria) -> Section:
    """Return what each rule of the score tells of the leads that got its points."""
    title = Text("スコアの項目ごとの当たり外れ", "What each rule of the score tells")
    if not criteria.rules:
        nothing = Text("ガイドに点数の項目がありません。", "The guide has no rules of a score.")
        return Section("rules", title, (Paragraph(nothing, "soft"),))
    head = (
        Text("項目", "Rule"),
        Text("点", "points"),
        Text("付いたリード", "leads"),
        Text("付いたときのSQL率", "SQLs with it"),
        Text("付かないとき", "without"),
        Text("違い", "difference"),
    )
    note = Text(
        "比べるのは引き渡したリードの中だけです。しきい値を越えるには、ある点がなければ別の点が要るため、違いは実際より小さく、"
        "ときに逆に見えます。項目が多ければ、1つは偶然でも外れます。",
        "Among leads that were handed over only: to get over the threshold without some points takes others, so that "
        "differences look smaller than they are, at times reversed. Of many rules one differs by chance.",
    )
    rows = tuple(_rule(one) for one in criteria.rules)
    align = ("left", "right", "right", "left", "left", "left")
    return Section("rules", title, (Table(head, rows, align, widths=(20, 7, 11, 21, 21, 20)), Paragraph(note, "soft")))  # type: ignore[arg-type]


def _rule(one: RuleLift) -> tuple[Cell, ...]:
    said, tone = _LIFTS[one.lift]
    size = None
    if one.lift in ("contrary", "agrees", "noise"):
        low, high = one.difference.interval
        size = Text(
            f"{one.difference.change:+.0f}ポイント({low:+.0f}〜{high:+.0f})",
            f"{one.difference.change:+.0f} points ({low:+.0f} to {high:+.0f})",
        )
    return (
        Cell(rule_name(one.rule)),
        Cell(same(f"{one.rule.points:+}")),
        Cell(same(one.leads)),
        shared(one.with_),
        shared(one.without),
        Cell(said, tone, size),
    )
