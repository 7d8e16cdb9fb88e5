"""claim-contradicted: a sentence that says the opposite of a claim."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.meaning import Opposition, oppositions, telling
from msglint.model import Evidence, Severity, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield the sentences that contradict a claim."""
    for opposition in ctx.view.derived_together(telling, ctx.guide):
        yield from _violations(ctx, opposition)


def survey(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield what `check` does, and as evidence how far each section contradicts each claim."""
    for opposition in ctx.view.derived_together(oppositions, ctx.guide):
        yield Evidence(opposition.section.place, "section", _value(ctx, opposition))
        yield from _violations(ctx, opposition)


def _violations(ctx: Context, opposition: Opposition) -> Iterator[Violation]:
    statements = {c.id: c.statement for c in ctx.guide.claims}
    for claim, score in opposition.found():
        yield Violation(score.said.span, _message(statements[claim], score.value), entry=claim, score=score.value)


def _message(statement: str, score: float) -> Text:
    return Text(
        f"主張「{statement}」と逆のことを述べています(確からしさ {score:.2f})。"
        "主張に沿って書き直してください。誤った考えとして紹介するなら、そうと分かる言葉(「…は誤りです」など)を添えてください。",
        f'This says the opposite of the claim "{statement}" (probability {score:.2f}). Write it in line with the claim; '
        "if it is quoted as a wrong belief, say so.",
    )


def _value(ctx: Context, opposition: Opposition) -> dict[str, object]:
    return {
        "start": [*ctx.document.lines.position(opposition.section.start)],
        "claims": {claim: [score.value, *score.said.span] for claim, score in opposition.worst()},
    }


_GUIDE = """
claims:
  - id: one-message
    statement: 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める
    paraphrases: [どの記事を読んでも主張がぶれないことが、質の高い商談を生む]
    contradictions: [記事ごとに訴求が違っていても商談化率には影響しない]
  - id: loop
    statement: 商談で分かったことをコンテンツに戻す循環が、次の記事とリードの質を高める
    paraphrases: [営業のフィードバックを集め、記事の改善に反映し続ける]
    contradictions: [営業のフィードバックは記事の改善には必要ない]
"""

RULE = Rule(
    id="claim-contradicted",
    severity=Severity.ERROR,
    check=check,
    survey=survey,
    summary=Text("主張と逆のことを述べた文を見つける", "Finds sentences that say the opposite of a claim"),
    page=Text(
        """ある記事が「メッセージの一貫性は商談に影響しない」と書けば、ほかの記事がどれだけ一貫していても、読者には会社の主張が
伝わりません。このルールは、主張に近い文、主張の`contradictions`に近い文のうち、述べている向きが逆のものを見つけます。
打ち消し(ない、不要、意味がない)、反対語、「〜だけで十分」、入れ替わった比較や因果を読みます。

誤った考えを取り上げて退ける文(「〜と考えるのは誤りです」「〜とは限りません」「本当に〜でよいのでしょうか」、失敗例の紹介)は、
主張に沿った文なので指摘しません。引用(>)の中も見ません。確かでないときは黙ります。`contradictions`に、よく聞く誤った考えを
書いておくと、見つける力が上がります。""",
        """An article that calls a consistent message useless undoes what all others say. Among the sentences near a claim, or near
one of its `contradictions`, this rule finds those that point the other way: by negation, antonyms, "… is enough", comparison
or cause turned round. A sentence that names a wrong belief and rejects it is on message, and so is a failure told as one;
block quotes are left alone. Where it is unsure it is silent. Listing the wrong beliefs one hears as `contradictions` helps.""",
    ),
    examples=(
        Example("⟦記事ごとに訴求が違っていても、商談化率には影響しません。⟧", _GUIDE),
        Example("⟦メッセージをそろえなくても、商談化率は十分に高まります。⟧", _GUIDE),
        Example("⟦営業のフィードバックは、記事の改善には必要ない。⟧", _GUIDE),
        Example(
            "会議は月に1度です。議事録は翌日に配ります。参加者は5人です。"
            "⟦全コンテンツで一貫したメッセージを発信する仕組みは不要です。⟧",
            _GUIDE,
        ),
        Example("- ⟦営業の声を集めて記事に反映するのは、時間の無駄です。⟧\n- 会議は月に1度です。", _GUIDE),
        Example("## 進め方\n\n⟦一貫したメッセージを**発信する仕組み**を作っても、商談化率は高まらない。⟧", _GUIDE),
        Example("⟦商談で分かったことを記事に戻すのは、手間の無駄です。⟧", _GUIDE),
        Example("全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高めます。", _GUIDE),
        Example("記事ごとに訴求が違っていても商談化率には影響しない、と考えるのは誤りです。", _GUIDE),
        Example("営業のフィードバックは記事の改善に必要ない、というのは誤解です。", _GUIDE),
        Example("記事ごとに訴求が違っていて、本当によいのでしょうか。", _GUIDE),
        Example("> 営業のフィードバックは記事の改善には必要ない。\n\nこう言われたことがあります。", _GUIDE),
        Example("一貫したメッセージがなければ、商談化率は高まりません。", _GUIDE),
        Example("営業の声を集めない会社では、次の記事の質が上がりません。", _GUIDE),
        Example("会議室の予約は不要です。席は自由に使えます。", _GUIDE),
        Example("記事ごとに訴求が違っていても商談化率には影響しない。"),
    ),
)
