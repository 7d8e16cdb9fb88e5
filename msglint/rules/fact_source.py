"""fact-source: a registered figure in a section that does not name its source."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.statements import agreed, mentions_any, section_text
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each agreeing figure of a fact whose source its section does not name, once a sentence."""
    for statement in agreed(ctx.view, ctx.guide):
        fact, bound = statement.fact, statement.bound
        if not fact.source_required:
            continue
        if not mentions_any(section_text(ctx.view, bound.block), fact.source_patterns or (fact.source,)):
            said = statement.said
            yield Violation(
                bound.block.span(bound.quantity.start, bound.quantity.end),
                Text(
                    f"{fact.subject}の{said}には出典が必要です。この節の中で「{fact.source}」に触れてください。",
                    f"{said} ({fact.subject}) needs its source: name {fact.source} in this section.",
                ),
                entry=fact.id,
            )


_GUIDE = """
facts:
  - id: crm-adoption
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率]
    values: [{value: 37.2, unit: "%"}]
    source: HubSpotの年次調査
    source_patterns: [HubSpot]
  - id: budget
    subject: 予算が足りない企業
    keywords: [予算不足]
    values: [{value: 26.1, unit: "%"}]
    source: BtoBマーケティング実態調査
  - id: first-call
    subject: 初回連絡
    keywords: [初回連絡]
    values: [{value: 24, unit: 時間}]
    source: 社内の約束
    source_required: false
"""

RULE = Rule(
    id="fact-source",
    severity=Severity.WARNING,
    check=check,
    summary=Text("出典のない数値を見つける", "Finds a fact's figure with no source in its section"),
    page=Text(
        """商談の席で「この数字はどこから」と聞かれて答えられないと、記事の残りも疑われます。ガイドの事柄の数字を書いた節では、
出典(`source_patterns`のどれか、なければ`source`)に触れているかを確かめます。節は、すぐ上の見出しから次の見出しまでで、
見出しそのものと、その節が指す脚注を含みます。出典の要らない事柄には、ガイドで`source_required: false`を付けます。""",
        """A figure nobody can trace makes the rest of the article doubtful. In the section of a fact's figure (from the
heading above to the next heading, the heading and its footnotes included) one of the `source_patterns`, or the `source`, has to be
named, unless the fact says `source_required: false`.""",
    ),
    examples=(
        Example("CRM導入率は⟦37.2%⟧です。", _GUIDE),
        Example("HubSpotの調査を紹介します。\n\n## 結果\n\nCRM導入率は⟦37.2%⟧です。", _GUIDE),
        Example("## 結果\n\nCRM導入率は⟦37.2%⟧です。\n\n### 出典\n\nHubSpot", _GUIDE),
        Example("予算不足は⟦26.1%⟧です。ある調査の結果です。", _GUIDE),
        Example("- CRM導入率: ⟦37.2%⟧", _GUIDE),
        Example("| 指標 | 値 |\n|---|---|\n| CRM導入率 | ⟦37.2%⟧ |", _GUIDE),
        Example("CRM導入率は⟦37.2%⟧です。\n\n## 次\n\n次の話[^1]。\n\n[^1]: HubSpotの調査。", _GUIDE),
        Example("HubSpotの調査では、CRM導入率は37.2%です。", _GUIDE),
        Example("## HubSpotの調査から\n\nCRM導入率は37.2%です。", _GUIDE),
        Example("CRM導入率は37.2%です。\n\n出典: [HubSpot](https://example.com)", _GUIDE),
        Example("CRM導入率は37.2%です[^1]。\n\n## 次\n\n次の話。\n\n[^1]: HubSpotの調査。", _GUIDE),
        Example("予算不足は26.1%です(BtoBマーケティング実態調査)。", _GUIDE),
        Example("初回連絡は24時間以内です。", _GUIDE),
        Example("CRM導入率の話です。HubSpotは製品名でもあります。", _GUIDE),
    ),
)
