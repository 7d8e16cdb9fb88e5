"""definition-drift: a definition of a term that says something else than the guide's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msglint.analysis.fold import nfkc
from msglint.model import Places, Severity, Text, Violation
from msglint.rule import Context, Example, Rule

if TYPE_CHECKING:
    from msglint.analysis.definitions.finding import Definition
    from msglint.analysis.definitions.reading import Difference


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each definition of a term that the guide's definition rules out, once per sentence."""
    from msglint.analysis.definitions.finding import definitions

    places = Places()
    for definition in definitions(ctx.view, ctx.guide):
        # Its expressions take longer to make than most articles to check, and few articles define a term.
        from msglint.analysis.definitions.comparing import differences

        found = differences(nfkc(definition.term.definition), definition.said)
        if not found:
            continue
        part = definition.part(found[0].at)
        span = part.block.span(part.start, part.end)
        if places.take(span):
            yield Violation(span, _message(definition, found[0]), entry=definition.term.term)


def _message(definition: Definition, found: Difference) -> Text:
    term, right = definition.term.term, definition.term.definition
    return Text(
        f"「{term}」の説明が、ガイドの定義と食い違っています({found.aspect.ja})。ガイドでは「{found.guide}」、"
        f"この記事では「{found.article}」です。ガイドの定義に合わせてください:「{right}」",
        f'"{term}" is defined otherwise than in the guide ({found.aspect.en}): the guide says "{found.guide}", '
        f'this article "{found.article}". Write what the guide says: "{right}"',
    )


_GUIDE = """
terms:
  - term: MQL
    expansion: Marketing Qualified Lead
    definition: 属性と行動のスコアが80点以上になり、マーケティング部門が判定した、購買意欲が初期から中期の見込み顧客
    variants: [マーケティング適格リード]
  - term: SQL
    expansion: Sales Qualified Lead
    definition: インサイドセールスがBANTの4項目のうち3つ以上を確認し、商談になると営業が判断した確度の高い見込み顧客
  - term: 解約率
    definition: 期首の顧客のうち、1年間に解約した顧客の割合
  - term: 売掛金
    definition: 商品を掛けで売り、まだ代金を受け取っていないときに、販売先に対して持つ債権
  - term: リード
    variants: [引き合い]
"""

RULE = Rule(
    id="definition-drift",
    severity=Severity.WARNING,
    check=check,
    summary=Text("ガイドと食い違う用語の定義を見つける", "Finds definitions that say something else than the guide's"),
    page=Text(
        """用語の定義が記事ごとに違うと、読者の理解も、部門どうしの約束もずれていきます。ガイドの用語に`definition`があれば、
記事のなかの定義と比べ、両立しないことが書いてあれば指摘します。

定義とみなすのは、次のような書き方です。用語の代わりに`expansion`や`variants`が書かれていても構いません。

- 「MQLとは、…です」「MQLは…を指します」「…をMQLと呼びます」「MQL(…の見込み客)」
- 「MQL:…」「MQL――…」で始まる段落や箇条書き、用語集の表、「MQLとは」という見出しのすぐ下の文
- 定義に続く「判定は…が行います」「つまり…」のような文

指摘するのは、ガイドの定義と記事の定義が同じことについて述べていて、しかも両方は成り立たないときです。

- 担い手が違う(マーケティング部門が判定、営業が判定)
- 段階や前後が違う(初期から中期、契約直前。入社前、入社後)
- 判断の基準や数が違う(スコア、開封率。80点以上、50点以上。年間、月間)
- 向きが逆になっている(確度が高い、低い。解約した顧客、契約を続けた顧客)
- 別のものを指している(見込み客、指標。割合、金額)

言い換え、短い説明、広い言い方、補足や例、ガイドの定義が触れていないことは指摘しません。他社や昔の定義の紹介、引用、
誤解として挙げた文も指摘しません。決められないときは何も言いません。""",
        """When articles define one term in different ways, readers and departments stop meaning the same thing. Where a term of
the guide has a `definition`, the definitions in an article (Xとは…, Xは…を指します, …をXと呼ぶ, X(…), X:…, glossary tables, the
sentence under a heading that names the term) are compared with it. The expansion and the variants stand for the term.

Reported is what rules the guide's definition out: another owner, stage, measure, figure or period, the opposite direction, or
another kind of thing. Other words, fewer words, wider words, details, examples, and what the guide leaves open are not
reported, nor are definitions of others, of the past, quotations, and what is called a mistake. In doubt the rule is silent.""",
    ),
    examples=(
        Example("⟦MQLとは、営業部門が判定した見込み顧客のことです。⟧渡し方は別に決めます。", _GUIDE),
        Example("⟦MQL(Marketing Qualified Lead)は、スコアが50点以上の見込み客を指します。⟧", _GUIDE),
        Example("## 用語\n\n- **⟦MQL**：契約直前の段階にある見込み客⟧", _GUIDE),
        Example("⟦「マーケティング適格リード」とは、メールの開封率で選んだ見込み客です。⟧", _GUIDE),
        Example("| 用語 | 定義 |\n|---|---|\n| MQL | ⟦営業が認めた見込み客⟧ |", _GUIDE),
        Example("MQLとは見込み客のことです。⟦判定は営業部門が行います。⟧", _GUIDE),
        Example("⟦インサイドセールスが判定した見込み客をMQLと呼びます。⟧", _GUIDE),
        Example(
            "営業が判定した見込み客を並べます。これをSQLと呼びます。⟦SQLは、確度の低い見込み客を意味します。⟧", _GUIDE
        ),
        Example("⟦SQLとは、BANTのうち2つを確認できた見込み客です。⟧", _GUIDE),
        Example("## 解約率とは\n\n⟦解約した顧客の件数のことです。⟧", _GUIDE),
        Example("⟦解約率とは、契約を更新した顧客の割合です。⟧", _GUIDE),
        Example("⟦売掛金とは、仕入先に対して負う**債務**です。⟧", _GUIDE),
        Example("⟦四半期の集計ではMQL(営業が判定した見込み客)を使います。⟧", _GUIDE),
        Example("⟦SQLとは、データベースを操作するための言語です。⟧", _GUIDE),
        Example("MQLとは、マーケティングチームが認定したリードを指します。", _GUIDE),
        Example("MQLとは、点数が80点に達した見込み客のことです。", _GUIDE),
        Example("MQLは、まだ検討の浅い、中期までの見込み顧客を意味します。", _GUIDE),
        Example("MQLとは、マーケティングが判定した見込み客です。営業が電話をかけるのはその後です。", _GUIDE),
        Example("SQLとは、営業が商談にできると見なした見込み客です。", _GUIDE),
        Example("SQLとは、BANTのうち少なくとも3項目が確かめられたリードを指します。", _GUIDE),
        Example("解約率とは、1年間に離れた顧客数を期首の顧客数で割ったものです。", _GUIDE),
        Example("| 用語 | 定義 |\n|---|---|\n| 売掛金 | 得意先からまだ入金されていない販売代金 |", _GUIDE),
        Example("以前は、MQLとは営業が判定した見込み客だとしていました。", _GUIDE),
        Example("MQLとは営業が判定したものだという誤解があります。", _GUIDE),
        Example("「MQLとは、営業が判定した見込み客です」と書かれた記事を直します。", _GUIDE),
        Example("> MQLとは、営業が判定した見込み客です。", _GUIDE),
        Example("MQLとは、営業が判定した人ではなく、マーケティングが判定した見込み客です。", _GUIDE),
        Example("MQLとは何でしょうか。MQLとSQLの違いを営業が判断できるよう、順に説明します。", _GUIDE),
        Example("リードとは、営業が判定した顧客です。", _GUIDE),
        Example("MQLが50点以上なら営業が電話をかけます。", _GUIDE),
    ),
)
