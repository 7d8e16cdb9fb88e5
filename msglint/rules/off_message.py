"""off-message: a section that belongs to none of the guide's messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msglint.analysis.encoder.packing import packed
from msglint.analysis.meaning import nearby
from msglint.analysis.on_message import THRESHOLD, Section, on_message
from msglint.expression import expression
from msglint.model import Evidence, Found, Severity, Text, Violation
from msglint.rule import Context, Corpus, Example, Remark, Rule

SHORTEST = 40
"""Sections with fewer characters say too little to be judged."""
FURNITURE = expression(
    r"[\W\d]*(?:次の?(?:ステップ|手順)|(?:その他の?|追加の?|関連(?:する)?|参考|詳細)?"
    r"(?:記事|ページ|コンテンツ|情報|資料|文献|リンク|リソース|サイト|URL)|関連項目|参考|参照|出典|引用(?:元|文献)?|"
    r"脚注|注釈|注記|補足|備考|目次|詳細|(?:お問い?合わ?せ|ご?相談)(?:先|窓口)?|ご?質問|連絡先|(?:変更|更新|改訂)(?:履歴|ログ)|"
    r"(?:執筆者|著者|筆者|監修者|運営(?:会社|者)?|会社)(?:概要|紹介|情報|プロフィール|について)?|プロフィール|免責事項|"
    r"(?:商標|著作権)(?:について)?|謝辞|タグ|シェア(?:する)?|(?:next steps?|see also|references?|related(?: \w+)?|contact(?: us)?|"
    r"about us|change ?log))[\W\d]*",
    re.IGNORECASE,
)
"""Headings of what every article has beside its text: links, contacts, notes. They argue nothing, so cannot stray."""


def check(ctx: Context) -> Iterator[Evidence]:
    """Yield, as evidence, how near each section is to the guide, and its vector for others to be near to."""
    for near in ctx.view.derived_together(nearby, ctx.guide):
        value = {
            "heading": near.section.title,
            "start": [*ctx.document.lines.position(near.section.start)],
            "vector": packed(near.vector),
            "nearness": near.nearness,
            "nearest": near.nearest,
            "length": sum(map(len, near.section.passages)),
            "reference": ctx.guide.drift.reference is None or ctx.guide.drift.reference.match(ctx.path),
        }
        yield Evidence(near.section.place, "section", value)


def corpus(corpus: Corpus) -> Iterator[Remark]:
    """Yield the sections that are nearer to neither guide nor reference articles than the threshold asks.

    Of a guide without claims no section can stray: its terms alone are no message.
    """
    if not corpus.guide.claims:
        return
    threshold = corpus.environment.threshold if corpus.environment.threshold is not None else THRESHOLD
    found = corpus.evidence
    for e, score in zip(found, on_message([Section.of(e) for e in found]), strict=True):
        if score < threshold and _argues(e) and corpus.shows(e.path):
            yield Remark(e.path, Violation(e.span, _message(e, score, threshold), score=score))


def _argues(found: Found) -> bool:
    """Whether a section is one that is to carry a message at all."""
    return found.value["length"] >= SHORTEST and not FURNITURE.fullmatch(found.value["heading"] or "-")


def _message(found: Found, score: float, threshold: float) -> Text:
    nearest = found.value["nearest"]
    return Text(
        f"この節は、ガイドの主張や課題、用語のどれからも離れています(近さ {score:.3f}、必要なのは {threshold:.3f})。"
        f"ガイドの文で最も近いのは「{nearest}」です。どの主張のための節かが伝わるように書き直すか、節を外してください。",
        f"This section is near none of the guide's claims, challenges, terms and facts (nearness {score:.3f}, needs "
        f'{threshold:.3f}). The guide\'s nearest sentence: "{nearest}". Say what it has to do with a claim, or leave it out.',
    )


_GUIDE = """
personas:
  - {id: manager, challenges: [リードは増えたのに商談につながらない, 渡したリードに営業が電話をかけてくれない]}
claims:
  - id: one-message
    statement: 全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める
    paraphrases: [どの記事を読んでも主張がぶれないことが、質の高い商談を生む]
  - id: loop
    statement: 商談で分かったことをコンテンツに戻す循環が、次の記事とリードの質を高める
terms:
  - {term: MQL, definition: 属性と行動のスコアでマーケティング部門が判定した、購買意欲が初期から中期の見込み顧客}
"""
_ON = "営業が商談で聞いた声を集め、次の記事の改善に反映します。この循環を続けると、リードの質が高まります。"
_ALSO_ON = "リードの数は増えたのに、商談にならないという悩みをよく聞きます。渡した相手に営業が電話をかけていないこともあります。"
_OFF = "夏の社員旅行では、海辺の宿に泊まりました。夕食の刺身が好評で、翌朝は砂浜を散歩する人の姿も多く見られました。"
_FAR = "観葉植物は、週に一度、土が乾いてから水をやります。冬は回数を減らし、日の当たる窓辺に鉢を移してください。"

RULE = Rule(
    id="off-message",
    severity=Severity.WARNING,
    check=check,
    corpus=corpus,
    summary=Text(
        "ガイドのどのメッセージにも属さない節を見つける", "Finds sections that belong to none of the guide's messages"
    ),
    page=Text(
        """記事が本筋から離れると、読者は何を伝えたい会社なのかわからなくなります。このルールは、節の意味を、ガイドの主張、読者の課題、
用語、事実と、ほかの記事の節(`drift.reference`に当たるもの。なければすべて)に照らし、どれからも離れた節を知らせます。
ガイドに主張(`claims`)がないうちは、何も言いません。40字に満たない節と、「関連記事」「お問い合わせ」「参考資料」のような、どの記事にも付くものを見出しにした節は見ません。

どこから「離れた」とみなすかは、`msglint calibrate`が参照する記事から学びます(正しい節が誤って指摘される割合が
`drift.false_positive_rate`以下になるように)。学んでいなければ、標準のしきい値を使います。""",
        """An article that leaves its subject leaves its reader in the dark about what the company stands for. The meaning of each
section is compared with the guide's claims, challenges, terms and facts, and with the sections of the other articles (those of
`drift.reference`, or all); one that is far from all of them is reported. A guide without claims has nothing to stray from. Sections under 40 characters are left alone,
and so are those that every article has, such as related articles, contacts and references. How far is too far is learned by `msglint calibrate` from the reference articles, so that at most `drift.false_positive_rate` of the
sections that are on message are flagged; until then the shipped threshold holds.""",
    ),
    examples=(
        Example(f"## ⟦社員旅行⟧\n\n{_OFF}", _GUIDE),
        Example(f"## ⟦植物の世話⟧\n\n{_FAR}", _GUIDE),
        Example(f"## 声を戻す\n\n{_ON}\n\n## ⟦社員旅行の**思い出⟧**\n\n{_OFF}", _GUIDE),
        Example(
            "⟦夏の社員旅行では、海辺の宿に泊まりました。⟧夕食の刺身が好評で、翌朝は砂浜を散歩する人の姿も多く見られました。",
            _GUIDE,
        ),
        Example(f"## ⟦社員旅行⟧\n\n{_OFF}", _GUIDE, others=(f"## 声を戻す\n\n{_ON}\n\n## 悩み\n\n{_ALSO_ON}",)),
        Example(f"## ⟦植物の世話⟧\n\n- {_FAR}\n- {_OFF}", _GUIDE),
        Example(f"## 声を戻す\n\n{_ON}", _GUIDE),
        Example(f"## 電話がかからない\n\n{_ALSO_ON}", _GUIDE),
        Example(f"## 声を戻す\n\n{_ON}\n\n## 悩み\n\n{_ALSO_ON}", _GUIDE),
        Example("## 目次\n\n- 旅行\n- 植物", _GUIDE),
        Example(f"## 【関連記事】\n\n- {_FAR}", _GUIDE),
        Example(f"## お問い合わせ先\n\n{_OFF}", _GUIDE),
        Example(f"## ⟦参考にした社員旅行⟧\n\n{_OFF}", _GUIDE),
        Example(f"## 声を戻す\n\n{_ON}\n\n```\n{_OFF}\n```", _GUIDE),
        Example(f"## 社員旅行\n\n{_OFF}"),
        Example(f"## 社員旅行\n\n{_OFF}", "terms: [{term: MQL, definition: マーケティング部門が判定した見込み顧客}]"),
        Example(f"## 社員旅行\n\n{_OFF}", _GUIDE + "rules: {off-message: off}\n"),
    ),
)
