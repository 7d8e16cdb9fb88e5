"""fact-unregistered: a statistic about something the guide has no fact for."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.binding import Bound, figures
from msglint.analysis.mentions import mentions
from msglint.analysis.statements import in_unit_of_near, stated_by, values_in
from msglint.analysis.statistics import is_statistic
from msglint.analysis.subjects import subject_before
from msglint.expression import expression
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_OF_THOSE = expression("[るたい](?:企業|会社|団体|職場|家庭|人|方)の?(?:割合|比率)?[はがも]、")
"""What makes points those of another share than the paragraph's: 権限を当日に止める企業は、4.2ポイント増えた."""


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each statistic whose subject no fact of the guide is about."""
    for bound in figures(ctx.view, ctx.guide):
        if bound.fact or not is_statistic(bound) or _about_registered(ctx, bound) or _is_registered(ctx, bound):
            continue
        quantity, block, said = bound.quantity, bound.block, bound.said
        subject = subject_before(ctx.view.tokens(block.index), quantity.outer[0])
        of = f"「{block.text[subject.start : subject.end]}」の" if subject else ""
        yield Violation(
            block.span(quantity.start, quantity.end),
            Text(
                f"{of}「{said}」は、ガイドに登録のない統計です。出典と注意書きを確かめ、ガイドの持ち主に登録を頼んでください。"
                "登録するほどでなければ、そのままで構いません。".replace("\n", ""),
                f'"{said}" is a statistic the guide does not know. Check its source and caveat, and ask the owner of the guide '
                "to register it; leave it as it is where that is not worth while.",
            ),
        )


def _about_registered(ctx: Context, bound: Bound) -> bool:
    """A change, or a figure in a unit that the sentence's facts do not use, is a remark about those facts.

    So are points in the same paragraph: 差は4ポイントです.
    """
    if bound.quantity.unit == "ポイント" and not bound.near and _rates(ctx, bound):
        return not _OF_THOSE.search(bound.block.text, bound.sentence.start, bound.quantity.outer[0])
    return bool(bound.near) and not bound.aside and (bound.change or not in_unit_of_near(bound))


def _rates(ctx: Context, bound: Bound) -> bool:
    """Whether the block speaks of a fact that is a rate, which points may be a remark on."""
    spoken = mentions(ctx.view, ctx.guide, bound.block)
    return any(values_in(m.fact, "%") or values_in(m.fact, "ポイント") for m in spoken)


def _is_registered(ctx: Context, bound: Bound) -> bool:
    """Whether a fact that the block speaks of has the figure, though it is not seen to be its subject's.

    What is said of another subject has to be the very figure: that it keeps to a fact's bound is chance.
    """
    spoken = (m.fact for m in mentions(ctx.view, ctx.guide, bound.block))
    found = (fact for fact in dict.fromkeys((*bound.near, *spoken)) if stated_by(fact, bound))
    other = bound.aside and subject_before(ctx.view.tokens(bound.block.index), bound.quantity.outer[0]) is not None
    return any(not other or fact.bound in {"exact", "about"} for fact in found)


_GUIDE = """
facts:
  - id: crm-adoption
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率]
    values: [{value: 37.2, unit: "%", as_of: 2024}]
    source: HubSpot調査
"""

RULE = Rule(
    id="fact-unregistered",
    severity=Severity.INFO,
    check=check,
    summary=Text("ガイドに登録のない統計を知らせる", "Points out statistics the guide has no fact for"),
    page=Text(
        """割合(%、割)、倍、ポイントの数字と、調査やアンケートに基づく社数・人数・件数のうち、ガイドの`facts`にないものを知らせます。
数字を登録しておけば、どの記事でも同じ値、同じ出典、同じ注意書きで使えるようになります。

手順の番号、版、日付、価格、設定値、目標、例え、調査の対象者数は統計と数えません。知らせるだけ(info)なので、登録するほどでない数字はそのままで構いません。""",
        """Percentages, multiples and points, and counts of companies, people or cases that a survey measured, which no fact
of the guide is about. Once registered, a figure is used with the same value, source and caveat everywhere. Steps, versions, dates,
prices, settings, targets, examples and sample sizes are no statistics. An info: leave what is not worth registering.""",
    ),
    examples=(
        Example("調査によると、企業の⟦62%⟧が人手の不足を挙げました。", _GUIDE),
        Example("商談化率は⟦2倍⟧になりました。", _GUIDE),
        Example("回答者の⟦4割⟧が価格を重視しています。", _GUIDE),
        Example("アンケートでは、⟦1,200社⟧が導入済みでした。", _GUIDE),
        Example("満足度は前の年より⟦5ポイント⟧上がりました。", _GUIDE),
        Example("CRM導入率は37.2%、SFA導入率は⟦28%⟧でした。", _GUIDE),
        Example("- 資料を読んだ人の⟦３割⟧が問い合わせました", _GUIDE),
        Example("> 新人の⟦48%⟧が電話を苦手と感じるという調査もあります。", _GUIDE),
        Example("調査の結果、⟦260社⟧が対応を終えたことがわかりました。", _GUIDE),
        Example("CRM導入率は37.2%です。", _GUIDE),
        Example("CRM導入率は47.2%です。", _GUIDE),
        Example("音量を50%に設定します。", _GUIDE),
        Example("500社にアンケートを行いました。", _GUIDE),
        Example("3つの手順で進めます。版は2.1です。2026年10月1日に始めます。", _GUIDE),
        Example("初期費用は30%割引です。", _GUIDE),
        Example("取引先は300社です。", _GUIDE),
        Example("目標は商談化率30%です。", _GUIDE),
        Example("100%の確率ではありません。", _GUIDE),
        Example("再生速度を2倍にします。", _GUIDE),
        Example("調査に協力した企業は95社でした。", _GUIDE),
        Example("調査票は2,000社に送りました。", _GUIDE),
        Example("アンケートの集計は担当者2人で行います。", _GUIDE),
        Example("選び方を3ポイントで解説します。", _GUIDE),
        Example('![図](a.png){width="50%"}', _GUIDE),
    ),
)
