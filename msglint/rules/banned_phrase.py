"""banned-phrase: a phrasing that the guide bans, however it is conjugated or spelt."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.wording import violations
from msglint.model import Evidence, Severity, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield every place where a `banned` entry that is meant for this article stands."""
    yield from violations(
        ctx.view,
        ctx.guide.banned,
        kind="banned",
        persona=ctx.persona_id,
        stage=ctx.stage_id,
        path=ctx.path,
        subject=Text("ガイドの禁止表現", "banned by the guide"),
    )


_SURE = """
banned:
  - phrase: 必ず成果が出る
    reason: 成果を保証する表現は使えない
    use: 成果につながりやすい
    unless: [negated, quoted]
"""
_PROMISE = """
banned:
  - phrase: 成果を保証する
    reason: 成果は読者の状況によって変わる
"""
_MANAGER = """
banned:
  - phrase: 部長
  - phrase: ROI
"""
_SCOPED = """
stages: [{id: awareness}, {id: comparison}]
banned:
  - {phrase: 導入費用, stages: [awareness], reason: 認知の段階では価格に触れない}
"""
_EXACT = """
banned:
  - {phrase: 最安, match: exact}
  - {phrase: '業界(No\\.?1|ナンバーワン)', match: regex, severity: warning, reason: 客観的な調査が必要}
"""

RULE = Rule(
    id="banned-phrase",
    severity=Severity.ERROR,
    precedence=0,
    check=check,
    summary=Text(
        "ガイドが禁じた表現を、活用や表記が変わっていても見つける",
        "Finds phrasings the guide bans, in any conjugation or spelling",
    ),
    page=Text(
        """法務やブランドの担当者が「使わない」と決めた表現を、ガイドの`banned`に登録しておきます。このルールは、登録した言い方だけでなく、
その活用形(ます・た・て・ば・ない・可能・受身など)、かなと漢字の書き分け、全角と半角の違い、太字やリンクをまたいだ書き方も見つけます。

- 「必ず成果が出る」を登録すると、「必ず成果が出ます」「かならず成果が出た」も見つかります。「必ず大きな成果が出る」は別の文なので指摘しません。
- 別の語の一部(「本部長」の中の「部長」)は指摘しません。
- 打ち消しや引用なら構わない表現には`unless: [negated, quoted]`を付けます。
- 記事がどうしても使う必要があるときは、理由を添えて`<!-- msglint-disable-next-line banned-phrase -- 理由 -->`と書きます。""",
        """Phrasings that legal or brand decided against go into the guide's `banned`. The rule finds them in every
conjugation, in kana and kanji, in full and half width, and across markup.

- A longer word that only contains the phrase is another word and is left alone.
- `unless: [negated, quoted]` lets denials and quotations pass.
- Where an article has to use it, silence it with a reason:
  `<!-- msglint-disable-next-line banned-phrase -- reason -->`.""",
    ),
    examples=(
        Example("この施策なら⟦必ず成果が出ます⟧。", _SURE),
        Example("⟦かならず成果が出た⟧と喜ばれました。", _SURE),
        Example("⟦必ず成果が出るでしょう⟧。", _SURE),
        Example("この施策なら⟦必ず成果が出る⟧。", _SURE, fixed="この施策なら成果につながりやすい。"),
        Example("⟦必ず**成果**が\n出ます⟧よ。", _SURE),
        Example("⟦必ず、成果が出れば⟧よいのですが。", _SURE),
        Example("**⟦必ず**[成果](https://example.com/a)が出て⟧、受注も増えます。", _SURE),
        Example("⟦必ず成果が出る⟧だけでなく、費用も下がります。", _SURE),
        Example("⟦必ず成果が出る⟧に違いありません。", _SURE),
        Example("⟦必ず成果が出る⟧のではないでしょうか。", _SURE),
        Example("⟦必ず成果が出る⟧ので、迷う理由はない。", _SURE),
        Example("⟦成果を保証します⟧。⟦成果が保証されます⟧。⟦成果が保証できます⟧。⟦成果を保証しません⟧。", _PROMISE),
        Example("⟦部長⟧に相談し、⟦ROI⟧と⟦ＲＯＩ⟧を示します。", _MANAGER),
        Example("---\ntitle: 始め方\nstage: awareness\n---\n⟦導入費用⟧の話です。", _SCOPED),
        Example("業界⟦最安⟧値です。⟦業界Ｎｏ.１⟧企業です。⟦業界ナンバーワン⟧です。", _EXACT),
        Example("| 項目 | 内容 |\n|---|---|\n| 効果 | ⟦必ず成果が出ます⟧ |", _SURE),
        Example("---\ntitle: ⟦必ず成果が出る⟧方法\n---\n", _SURE),
        Example("必ず成果が出るわけではありません。", _SURE),
        Example("必ず成果が出るとは限りません。必ず成果が出るとは言えない。", _SURE),
        Example("必ず成果が出ると考えるのは誤りです。", _SURE),
        Example("「必ず成果が出る」とうたう広告に注意しましょう。", _SURE),
        Example("> 必ず成果が出ます", _SURE),
        Example("必ず大きな成果が出る。", _SURE),
        Example("必ず`成果が出る`。~~必ず成果が出る~~。", _SURE),
        Example("成果の保証を求められました。", _PROMISE),
        Example("成果が保証する。", _PROMISE),
        Example("本部長と営業部長がROICを確認し、部長会議に出た。", _MANAGER),
        Example("---\ntitle: 比較\nstage: comparison\n---\n導入費用の話です。", _SCOPED),
        Example("```\n必ず成果が出る\n```\n\n<!-- 必ず成果が出る -->", _SURE),
        Example("必ず\n\n成果が出る", _SURE),
    ),
)
