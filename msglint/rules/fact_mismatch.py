"""fact-mismatch: a figure about a fact's subject that is none of its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from msglint.analysis.quantities import agrees, canonical
from msglint.analysis.statements import Statement, is_forecast, registered, shown, stated_by, statements, values_in
from msglint.expression import expression
from msglint.guide.model import FactValue
from msglint.model import Evidence, Fix, Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_LEAST = expression("(?:最短|最速|最小|最低|早ければ|早くて)(?:で|は|なら)?、?(?:約|およそ)?\\Z")
_LONG = 4
"""So many years before the guide's oldest value a figure is history, of which the guide says nothing."""


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield each figure that contradicts the guide's, and as evidence each that agrees."""
    for statement in statements(ctx.view, ctx.guide):
        quantity = statement.bound.quantity
        span = statement.bound.block.span(quantity.start, quantity.end)
        if statement.value is not None:
            yield Evidence(span, f"entry:fact:{statement.fact.id}", shown(statement.value))
        elif not (_is_of_other_times(statement, ctx.environment.today.year) or _is_best_case(statement)):
            yield Violation(span, _message(statement), entry=statement.fact.id, fix=_fix(statement))


def _is_of_other_times(statement: Statement, this_year: int) -> bool:
    """Whether a figure is of a year long past, or of one to come, unless the fact is about that one."""
    bound = statement.bound
    oldest = min(value.as_of or this_year for value in statement.fact.values)
    if bound.year is not None and bound.year <= oldest - _LONG:
        return True
    ahead = max(bound.named_years, default=0) > this_year
    return ahead and (bound.year is None or bound.year > this_year) and not is_forecast(statement.fact, bound)


def _is_best_case(statement: Statement) -> bool:
    """Whether a figure is the shortest or least of a fact with a bound above, and within it: 審査期間は最短で3日."""
    fact, bound = statement.fact, statement.bound
    if fact.bound not in {"at_most", "under"}:
        return False
    told = _LEAST.search(bound.block.text, bound.sentence.start, bound.quantity.start)
    right = values_in(fact, bound.quantity.unit)
    return told is not None and any(bound.quantity.high <= canonical(v.low, v.high, v.unit)[1] for v in right)


def _message(statement: Statement) -> Text:
    fact, value, said = statement.fact, _meant(statement), statement.said
    other = stated_by(fact, statement.bound)
    right = registered(fact, value, said)
    if other and other.as_of and value.as_of and other.as_of != value.as_of:
        return Text(
            f"{said}は{other.as_of}年の値です。{value.as_of}年の{fact.subject}は{right}です。",
            f"{said} is the value of {other.as_of}. {fact.subject} in {value.as_of}: {right}.",
        )
    year = f"({value.as_of}年)" if value.as_of else ""
    year_en = f" ({value.as_of})" if value.as_of else ""
    return Text(
        f"{fact.subject}は {right}{year}です。記事では {said} と書かれています。",
        f"{fact.subject}: {right}{year_en}. The article says {said}.",
    )


def _meant(statement: Statement) -> FactValue:
    """The value the writer probably means: the one of the year that is stated, else the newest."""
    values = values_in(statement.fact, statement.bound.quantity.unit)
    return next((v for v in values if v.as_of and v.as_of == statement.bound.year), values[0])


def _fix(statement: Statement) -> Fix | None:
    """The registered value in place of the bare figure, unless the words around it would then say something else."""
    fact, value, quantity = statement.fact, _meant(statement), statement.bound.quantity
    low, high, _ = canonical(value.low, value.high, value.unit)
    bare = quantity.text[-1:].isdecimal()  # its unit stands in the table's head
    if bare or quantity.signed or {"about", "weak", "strong", "band"} & set(quantity.marks):
        return None
    put = replace(quantity, low=low, high=high)
    return Fix(shown(value, quantity.text), safe=False) if agrees(put, low, high, fact.bound) else None


_GUIDE = """
facts:
  - id: crm-adoption
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率, [CRM, 導入率]]
    values: [{value: 37.2, unit: "%", as_of: 2024}, {value: 36.2, unit: "%", as_of: 2023}]
    source: HubSpot調査
  - id: first-call
    subject: MQLへの初回連絡
    keywords: [初回連絡, 最初の電話]
    values: [{value: 24, unit: 時間}]
    bound: at_most
    source: 社内基準
  - id: conversion
    subject: MQLからSQLへの転換率
    keywords: [転換率]
    values: [{value: 30, unit: "%"}]
    bound: over
    source: 事例
  - id: download
    subject: 資料ダウンロードの点数
    keywords: [資料ダウンロード]
    values: [{from: 2, to: 5, unit: 点}]
    source: 社内基準
  - id: customers
    subject: 導入社数
    keywords: [導入社数]
    values: [{value: 12000, unit: 社}]
    bound: about
    source: 自社集計
"""

RULE = Rule(
    id="fact-mismatch",
    severity=Severity.ERROR,
    check=check,
    summary=Text("ガイドの数値と食い違う数字を見つける", "Finds figures that differ from the guide's"),
    page=Text(
        """同じことについて記事ごとに違う数字が書かれていると、読者も営業も何を信じてよいか分からなくなります。
ガイドの`facts`に登録した事柄について、記事の数字が登録した値と違えば指摘します。

- 数字の書き方は問いません。37.2%、３７．２％、37.2パーセント、3割7分2厘は同じ値です。24時間と1日、1万2,000社と12000社も同じです。
- 「約37%」のような丸めは有効数字2桁まで、「4割弱」のような言い方は1桁まで認めます。「約4割」は37.2%とは認めません。
- 「30%超」のような値は`bound`で決めます。
- 年が書いてあれば、その年の値と比べます。
- 事柄の名前と数字が同じ文(表では、同じ行か、その列の見出し)にあるときだけ比べます。どの事柄の数字か決められないときは何も言いません。
- 「60%台」は、60%以上70%未満の値と合います。
- 登録した値が範囲(1〜3か月)なら、その中の1つの値(2か月)には何も言いません。
- 目標や予定、仮定や条件(「12%を超えると」)、打ち消した数字(「12%ではなく」)、これから先の年やガイドの値より4年以上前の年の数字、以前の状態、
  「10分短くなった」のような増減の幅は、比べません。
- ほかの会社や地域、業種のこととして書かれた数字(「製造業の離職率」「A社では」)は、比べません。""",
        """Readers and sales lose trust when articles give different figures for one thing. A figure about a subject that is
registered in `facts` has to be one of its values, whatever the notation and unit; 約 allows rounding to two significant
digits, 弱 and 強 to one; a stated year selects the value; and where the subject of a figure is not certain, the rule is silent. Targets, conditions, changes, what is denied, what was before or is of a year
four or more before the guide's, and figures of other companies, places or industries are not compared.""",
    ),
    examples=(
        Example("日本企業のCRM導入率は⟦47.2%⟧です。", _GUIDE, fixed="日本企業のCRM導入率は47.2%です。"),
        Example("⟦47.2%⟧というCRM導入率に驚きます。", _GUIDE),
        Example("CRMの導入率は約⟦4割⟧でした。", _GUIDE),
        Example("2023年度のCRM導入率は⟦37.2%⟧でした。", _GUIDE),
        Example("CRM導入率は2024年に⟦36.2%⟧になりました。", _GUIDE),
        Example("初回連絡は⟦48時間⟧以内に行います。", _GUIDE),
        Example("転換率は⟦20%⟧を超えます。", _GUIDE),
        Example("転換率は⟦30%⟧未満です。", _GUIDE),
        Example("資料ダウンロードは⟦10点⟧です。", _GUIDE),
        Example("CRM導入率は37.2%、転換率は⟦45%⟧です。", _GUIDE),
        Example("導入社数は⟦2万社⟧です。", _GUIDE),
        Example("CRM導入率を課題に挙げた企業が⟦34.3%⟧ありました。", _GUIDE),
        Example("| 指標 | 値 |\n|---|---|\n| CRM導入率 | ⟦４２．２％⟧ |", _GUIDE),
        Example("⟦6割⟧を超えるCRM導入率に驚きます。", _GUIDE),
        Example("CRM導入率は上昇を続け、⟦47.2%⟧に達しました。", _GUIDE),
        Example("CRM導入率は⟦40%⟧台です。", _GUIDE),
        Example("初回連絡の期限は⟦48時間⟧です。", _GUIDE),
        Example("| 指標 | 導入前 | 導入後 |\n|---|---|---|\n| CRM導入率 | ⟦12%⟧ | ⟦52%⟧ |", _GUIDE),
        Example("| 年 | CRM導入率 | 転換率 |\n|---|---|---|\n| 2024年 | ⟦40%⟧ | ⟦37.2%⟧ |", _GUIDE),
        Example("日本企業のCRM導入率は37.2%です。", _GUIDE),
        Example("CRM導入率が低いままなので、外部に委託した会社は22%でした。", _GUIDE),
        Example("CRM導入率を毎年調べる企業は31%です。", _GUIDE),
        Example("CRM導入率は30%台です。", _GUIDE),
        Example("初回連絡は2時間短くなりました。", _GUIDE),
        Example("初回連絡から3日後に資料を送ります。", _GUIDE),
        Example("CRM導入率を50%に引き上げることが目標です。", _GUIDE),
        Example("2023年から2024年にかけて、CRM導入率は36.2%から37.2%になりました。", _GUIDE),
        Example("CRM導入率と転換率は、それぞれ37.2%と30%超です。", _GUIDE),
        Example("| 業種 | CRM導入率 |\n|---|---|\n| 製造業 | 52% |", _GUIDE),
        Example("| 指標 | 実績 | 目標 |\n|---|---|---|\n| CRM導入率 | 37.2% | 50% |", _GUIDE),
        Example("CRM導入率は３割７分２厘、つまり３７．２％です。", _GUIDE),
        Example("CRM導入率は約37%、言い換えると4割弱です。", _GUIDE),
        Example("2023年度のCRM導入率は36.2%でした。", _GUIDE),
        Example("CRM導入率は前年の36.2%から37.2%に上がりました。", _GUIDE),
        Example("CRM導入率は1.0%増えました。", _GUIDE),
        Example("CRM導入率は37.2%、SFA導入率は28.0%です。", _GUIDE),
        Example("初回連絡は1日以内に行います。", _GUIDE),
        Example("転換率が30%超なら良い水準です。", _GUIDE),
        Example("資料ダウンロードは2〜5点です。", _GUIDE),
        Example("導入社数は約1万2,500社です。", _GUIDE),
        Example("CRM導入率の調査では、34.3%の企業が人材不足と答えました。", _GUIDE),
        Example("CRM導入率を500社に聞きました。", _GUIDE),
        Example("CRM導入率は大企業が52%です。CRM導入率の目標は50%です。", _GUIDE),
        Example("| 指標 | 2024年度 | 2023年度 |\n|---|---|---|\n| CRM導入率 | 37.2% | 36.2% |", _GUIDE),
    ),
)
