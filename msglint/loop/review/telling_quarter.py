"""The quarterly review as it is told."""

from __future__ import annotations

from msglint.loop.review import telling_criteria as criteria
from msglint.loop.review import telling_pace as pace
from msglint.loop.review import telling_threshold as threshold
from msglint.loop.review.blocks import (
    Block,
    Cell,
    Matrix,
    Page,
    Paragraph,
    Section,
    Signatures,
    Table,
    same,
)
from msglint.loop.review.cards import cards
from msglint.loop.review.funnel import Funnel, Row
from msglint.loop.review.parts import FIGURES, choices, foot, future, lacking, notes, shared
from msglint.loop.review.quarterly import Quarterly
from msglint.loop.review.selling import Selling
from msglint.loop.review.wording import UNKNOWN
from msglint.model import Text

_CELLS = 12


def page(review: Quarterly) -> Page:
    """Return the review as it is told."""
    title = Text(f"{review.span.said.ja}の四半期レビュー", f"Quarterly review: {review.span.said.en}")
    about = Text(
        f"{review.span.name}、マーケティングと営業、{review.as_of}時点",
        f"{review.span.name}, marketing and sales, as of {review.as_of}",
    )
    if review.state == "future":
        return Page(title, about, (future(review.span),))
    sections = (
        Section("figures", FIGURES, (*notes(review), cards(review.trend, review.target))),
        choices(review.questions, Text("今日決めること", "To decide today")),
        _funnel(review.funnel, review.names),
        criteria.calibration(review.criteria),
        threshold.threshold(review.criteria),
        criteria.rules(review.criteria),
        _losses(review.selling),
        pace.section(review.selling),
        _coverage(review),
        lacking(review.gaps),
        threshold.proposal(review),
        _signatures(review),
    )
    return Page(title, about, sections, foot(review))


def _funnel(funnel: Funnel, names: dict[str, str]) -> Section:
    blocks: list[Block] = [
        Paragraph(
            Text(
                f"この四半期のMQLを、流入元と、最初に読んだコンテンツのペルソナ・段階で分けました。"
                f"何を読んだかわかるのは{funnel.traced.k}/{funnel.traced.n}件です。小さい組の率は当てになりません。",
                f"The quarter's MQLs by source, and by persona and stage of what they read first, which is known of "
                f"{funnel.traced.k} of {funnel.traced.n}. Rates of small groups mean little.",
            )
        )
    ]
    for rows, part, caption in (
        (funnel.sources, 0, Text("流入元", "Source")),
        (funnel.personas, 1, Text("ペルソナ", "Persona")),
        (funnel.stages, 2, Text("段階", "Stage")),
    ):
        if len(rows) > 1 or any(row.origin[part] for row in rows):
            blocks.append(_rows(caption, [(_named(row.origin[part], names), row) for row in rows]))
    if funnel.cells and funnel.traced.k:
        every = Text("流入元 × ペルソナ × 段階", "Source × persona × stage")
        named = [(_joined([_named(part, names) for part in row.origin]), row) for row in funnel.cells]
        blocks.append(_rows(every, named[:_CELLS]))
        if len(named) > _CELLS:
            rest = len(named) - _CELLS
            blocks.append(
                Paragraph(Text(f"ほか{rest}組(JSONに全部あります)。", f"{rest} more are in the JSON."), "soft")
            )
    title = Text("どこから来たリードが、どうなったか", "Where leads came from, and what became of them")
    return Section("funnel", title, tuple(blocks))


def _rows(caption: Text, found: list[tuple[Text, Row]]) -> Table:
    head = (
        caption,
        Text("MQL", "MQLs"),
        Text("30日以内のSQL", "SQL within 30 days"),
        Text("商談", "deals"),
        Text("受注/終わった商談", "won/closed"),
    )
    rows = tuple(
        (
            Cell(name, "soft" if name == UNKNOWN else ""),
            Cell(same(row.mqls)),
            shared(row.conversion.share, _young(row)),
            Cell(same(row.deals)),
            Cell(same(f"{row.won.k}/{row.won.n}")),
        )
        for name, row in found
    )
    return Table(head, rows, ("left", "right", "left", "right", "right"), widths=(38, 8, 34, 8, 12))


def _young(row: Row) -> Text | None:
    young = row.conversion.immature
    return Text(f"未成熟 {young}件", f"{young} too young") if young else None


def _named(part: str | None, names: dict[str, str]) -> Text:
    return UNKNOWN if part is None else same(names.get(part, part))


def _joined(parts: list[Text]) -> Text:
    return Text(" × ".join(part.ja for part in parts), " × ".join(part.en for part in parts))


def _losses(selling: Selling) -> Section:
    movement = selling.movement.said(Text("ポイント", " points"))
    won = Text(
        f"受注率は{selling.won.said().ja}。前の四半期は{selling.won_before.said().ja}で、{movement.ja}。",
        f"Win rate: {selling.won.said().en}. The quarter before: {selling.won_before.said().en}; {movement.en}.",
    )
    blocks: list[Block] = [Paragraph(won)]
    if selling.losses:
        head = (Text("失注の理由", "Reason"), Text("件数", "deals"), Text("割合", "share"), Text("金額", "amount"))
        rows = tuple(
            (
                Cell(
                    same(one.reason) if one.reason else Text("(理由なし)", "(none given)"), "" if one.reason else "soft"
                ),
                Cell(same(one.share.k)),
                shared(one.share),
                Cell(Text(f"{one.amount:,}円", f"{one.amount:,} yen")),
            )
            for one in selling.losses
        )
        blocks.append(Table(head, rows, ("left", "right", "left", "right"), widths=(34, 10, 36, 20)))
    return Section("losses", Text("受注と失注", "Won and lost"), tuple(blocks))


def _coverage(review: Quarterly) -> Section:
    title = Text("シートのそろい具合(ペルソナ × 段階)", "Sheets by persona and stage")
    if not review.coverage:
        nothing = Text("ガイドにペルソナか段階がありません。", "The guide has no personas or no stages.")
        return Section("coverage", title, (Paragraph(nothing, "soft"),))
    stages = list(dict.fromkeys(one.stage for one in review.coverage))
    personas = list(dict.fromkeys(one.persona for one in review.coverage))
    of = {(one.persona, one.stage): one for one in review.coverage}

    def cell(persona: str, stage: str) -> Cell:
        one = of[persona, stage]
        if one.usable:
            return Cell(Text(f"{one.usable}枚", f"{one.usable}"), "good")
        if one.sheets:
            return Cell(Text(f"0枚(使えない{one.sheets}枚)", f"0 ({one.sheets} not usable)"), "warn")
        return Cell(Text("なし", "none"), "bad")

    rows = tuple((same(p), tuple(cell(p, s) for s in stages)) for p in personas)
    note = Text(
        "数えるのは、承認済みで期限内、元の記事と同じ内容のシートです。",
        "Counted: approved, not expired, and of the article as it is.",
    )
    return Section("coverage", title, (Matrix(Text("", ""), tuple(map(same, stages)), rows), Paragraph(note, "soft")))


def _signatures(review: Quarterly) -> Section:
    marketing, sales = review.signers
    sides = ((Text("マーケティング", "Marketing"), marketing), (Text("営業", "Sales"), sales))
    if review.criteria.proposal is None:
        said = Text("この四半期の数字を、両方で確かめました。", "Both have gone through the figures of this quarter.")
    else:
        said = Text("変えるのは両方が署名したあとです。", "Nothing changes before both have signed.")
    return Section("signatures", Text("合意", "Agreement"), (Paragraph(said, "soft"), Signatures(sides)))
