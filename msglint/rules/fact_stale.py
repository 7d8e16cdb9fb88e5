"""fact-stale: a figure past its review day, or an older one stated as if it were current."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.statements import Statement, registered, statements, values_in
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each agreeing figure that is out of date."""
    for statement in statements(ctx.view, ctx.guide):
        if statement.value is None:
            continue
        message = _older(statement) or _unreviewed(ctx, statement)
        if message:
            quantity = statement.bound.quantity
            span = statement.bound.block.span(quantity.start, quantity.end)
            yield Violation(span, message, entry=statement.fact.id)


def _older(statement: Statement) -> Text | None:
    value, bound = statement.value, statement.bound
    if value is None:
        return None
    newest = values_in(statement.fact, bound.quantity.unit)[0]
    if value is newest or value.as_of is None or value.as_of in bound.named_years:
        return None
    if newest.as_of and newest.as_of - bound.ago <= value.as_of < newest.as_of:
        return None
    said = statement.said
    return Text(
        f"{statement.fact.subject}の{said}は{value.as_of}年の値で、今の値は{registered(statement.fact, newest, said)}({newest.as_of}年)です。"
        f"新しい値にするか、「{value.as_of}年」と年を書き添えてください。",
        f"{said} ({statement.fact.subject}) is of {value.as_of}; the current value is {registered(statement.fact, newest, said)} ({newest.as_of}). "
        f"Use that, or name the year {value.as_of}.",
    )


def _unreviewed(ctx: Context, statement: Statement) -> Text | None:
    day = statement.fact.review_by
    if day is None or ctx.environment.today <= day:
        return None
    said = statement.said
    return Text(
        f"{statement.fact.subject}の{said}は、見直しの期限({day.isoformat()})を過ぎています。"
        f"{statement.fact.source}の新しい値を確かめ、ガイドの持ち主に更新を頼んでください。",
        f"{said} ({statement.fact.subject}) was to be reviewed by {day.isoformat()}. "
        f"Look up the current figure of {statement.fact.source} and ask the owner of the guide to update it.",
    )


_GUIDE = """
facts:
  - id: crm-adoption
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率]
    values: [{value: 37.2, unit: "%", as_of: 2024}, {value: 36.2, unit: "%", as_of: 2023}]
    source: HubSpot調査
    review_by: 2027-03-31
  - id: budget
    subject: 予算が足りない企業
    keywords: [予算不足]
    values: [{value: 26.1, unit: "%"}]
    source: 実態調査
    review_by: 2026-03-31
"""

RULE = Rule(
    id="fact-stale",
    severity=Severity.WARNING,
    check=check,
    summary=Text(
        "期限の切れた数値、古い年の数値を見つける", "Finds figures past their review, or older ones stated as current"
    ),
    page=Text(
        """去年の数字を今の数字のように書くと、読者が調べたときに食い違います。次の2つを指摘します。

- ガイドの事柄の`review_by`(見直しの期限)を過ぎた数字。調べ直してガイドを更新すると消えます。
- 前の年の値なのに、同じ文にその年(2023年、2023年度、令和5年など)が書かれていない数字。今年の値と並べて「前年」と書いたものは指摘しません。

今日の日付は、環境変数`MSGLINT_TODAY`で変えられます。""",
        """Reports a fact's figure after the fact's `review_by` (look it up again and update the guide), and an older value
whose year is not named in the sentence. 前年 beside the newest value counts as naming it. `MSGLINT_TODAY` sets today.""",
    ),
    examples=(
        Example("CRM導入率は⟦36.2%⟧です。", _GUIDE),
        Example("CRM導入率は⟦36.2%⟧から37.2%に上がりました。", _GUIDE),
        Example("2023年の調査です。CRM導入率は⟦36.2%⟧でした。", _GUIDE),
        Example("予算不足は⟦26.1%⟧です。", _GUIDE),
        Example("予算不足は⟦26.1%⟧、つまり予算不足は⟦２６．１％⟧です。", _GUIDE),
        Example("CRM導入率は⟦37.2%⟧です。", _GUIDE, today="2027-04-01"),
        Example("| 指標 | 値 |\n|---|---|\n| CRM導入率 | ⟦36.2%⟧ |", _GUIDE),
        Example("CRM導入率は37.2%です。", _GUIDE),
        Example("CRM導入率は37.2%です。", _GUIDE, today="2027-03-31"),
        Example("2023年度のCRM導入率は36.2%でした。", _GUIDE),
        Example("令和5年のCRM導入率は36.2%でした。", _GUIDE),
        Example("CRM導入率は前年の36.2%から37.2%に上がりました。", _GUIDE),
        Example("一昨年の36.2%から、CRM導入率は37.2%に上がりました。", _GUIDE),
        Example("CRM導入率は36.2%(2023年)でした。", _GUIDE),
        Example("予算不足は26.1%です。", _GUIDE, today="2026-03-31"),
        Example("| 指標 | 2024年度 | 2023年度 |\n|---|---|---|\n| CRM導入率 | 37.2% | 36.2% |", _GUIDE),
    ),
)
