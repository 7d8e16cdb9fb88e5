"""fact-unregistered: a statistic about something the guide has no fact for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msglint.analysis.binding import Bound, figures
from msglint.analysis.quantities import canonical
from msglint.document.model import Kind
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_RATES = frozenset({"%", "倍", "ポイント"})
_COUNTS = frozenset({"社", "人", "件"})
_MEASURED = re.compile(r"調査|によ(?:る|れ)と|アンケート|統計|回答|調べ(?:では|で、|による)")
_NOT_STATISTIC = re.compile(
    r"設定|指定|入力|選択|目標|目指|目安|上限|下限|閾値|しきい値|初期値|既定|デフォルト|例えば|たとえば|仮に|場合|とすると|としましょう|"
    r"割引|割り引|オフ|値引|キャンペーン|税|手数料|料金|価格|無料|保証|単価|費用|配点|加点|点数|スコア|比率にする|予定|計画|べき|"
    r"ください|しましょう|したい|ようにする|以内に|までに|達成|超えたら|なったら|であれば|なら"
)
_SAMPLE = re.compile(
    r"(?:以上)?[のをにへが](?:[^、。]{0,8})?(?:対象|聞|尋|調査|アンケート|取材|ヒアリング|インタビュー|回答|うち)"
)


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each statistic whose subject no fact of the guide is about."""
    for bound in figures(ctx.view, ctx.guide):
        quantity, block = bound.quantity, bound.block
        if bound.fact or block.quote or not _is_statistic(bound) or _about_registered(bound):
            continue
        said = quantity.text.replace("\n", "")
        yield Violation(
            block.span(quantity.start, quantity.end),
            Text(
                f"「{said}」はガイドに登録のない統計です。出典と注意書きを確かめ、ガイドの`facts`に加えるか、書かずに済ませてください。",
                f'"{said}" is a statistic the guide does not know. Check its source and caveat and add it to `facts`, or leave it out.',
            ),
        )


def _about_registered(bound: Bound) -> bool:
    """A change, or a figure in a unit that the sentence's facts do not use, is a remark about those facts."""
    units = {canonical(v.low, v.high, v.unit)[2] for fact in bound.near for v in fact.values}
    return bool(bound.near) and (bound.change or bound.quantity.unit not in units)


def _is_statistic(bound: Bound) -> bool:
    quantity, text = bound.quantity, bound.sentence.text
    if quantity.role or bound.block.kind in {Kind.ALT}:
        return False
    if quantity.unit in _COUNTS:
        after = bound.block.text[quantity.outer[1] : quantity.outer[1] + 16]
        return bool(_MEASURED.search(text)) and not _SAMPLE.match(after)
    if quantity.unit not in _RATES or quantity.low == quantity.high == 100 or quantity.low == 0:
        return False
    return bool(_MEASURED.search(text)) or not _NOT_STATISTIC.search(text)


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
        Example("CRM導入率は37.2%です。", _GUIDE),
        Example("CRM導入率は47.2%です。", _GUIDE),
        Example("音量を50%に設定します。", _GUIDE),
        Example("500社にアンケートを行いました。", _GUIDE),
        Example("3つの手順で進めます。版は2.1です。2026年10月1日に始めます。", _GUIDE),
        Example("初期費用は30%割引です。", _GUIDE),
        Example("取引先は300社です。", _GUIDE),
        Example("目標は商談化率30%です。", _GUIDE),
        Example("100%の確率ではありません。", _GUIDE),
    ),
)
