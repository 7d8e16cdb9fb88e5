"""fact-caveat: a registered figure without its caveat near by."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.statements import agreed, mentions_any, neighbourhood
from msglint.document.model import Kind
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule

_NO_ROOM = frozenset({Kind.TITLE, Kind.DESCRIPTION, Kind.HEADING, Kind.ALT})


def check(ctx: Context) -> Iterator[Violation]:
    """Yield each agreeing figure of a fact whose caveat is not beside it, once a sentence."""
    for statement in agreed(ctx.view, ctx.guide):
        fact, bound = statement.fact, statement.bound
        if fact.caveat is None or bound.block.kind in _NO_ROOM:
            continue
        if not mentions_any(neighbourhood(ctx.view, bound), (*fact.caveat.patterns, fact.caveat.text)):
            said = statement.said
            yield Violation(
                bound.block.span(bound.quantity.start, bound.quantity.end),
                Text(
                    f"{fact.subject}の{said}には注意書きが必要です。同じ文か前後の文に「{fact.caveat.text}」という趣旨を添えてください。",
                    f"{said} ({fact.subject}) needs its caveat in this sentence or next to it: {fact.caveat.text}",
                ),
                entry=fact.id,
            )


_GUIDE = """
facts:
  - id: crm-adoption
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率]
    values: [{value: 37.2, unit: "%"}]
    source: HubSpot調査
    caveat: {text: 調査対象の偏りに注意が必要, patterns: [独自調査, 偏り]}
  - id: budget
    subject: 予算が足りない企業
    keywords: [予算不足]
    values: [{value: 26.1, unit: "%"}]
    source: 実態調査
    caveat: {text: 複数回答}
  - id: people
    subject: 人材が足りない企業
    keywords: [人材不足]
    values: [{value: 34.3, unit: "%"}]
    source: 実態調査
"""
_TABLE = "| 指標 | 値 | 注意 |\n|---|---|---|\n"

RULE = Rule(
    id="fact-caveat",
    severity=Severity.WARNING,
    check=check,
    summary=Text("注意書きのない数値を見つける", "Finds a fact's figure without its caveat near by"),
    page=Text(
        """数字だけが独り歩きすると、読者は実際より確かなことだと受け取ります。ガイドの事柄に`caveat`(注意書き)があれば、
その数字と同じ文、または1つ前か後の文に、注意書きの言葉(`patterns`のどれか、なければ`text`)があるかを確かめます。
同じ箇条書きや表の中、その文が指す脚注の中にあっても構いません。題名と見出しの数字は見ません。""",
        """A figure that stands alone is taken for more certain than it is. Where a fact has a `caveat`, one of its `patterns`
(or its `text`) has to stand in the same sentence or the one before or after, in the same list or table, or in a footnote that the
sentence points to. Figures in titles and headings are left alone.""",
    ),
    examples=(
        Example("CRM導入率は⟦37.2%⟧です。", _GUIDE),
        Example("CRM導入率は⟦37.2%⟧です。伸びています。独自調査の値です。", _GUIDE),
        Example("CRM導入率は⟦37.2%⟧です。\n\n独自調査の値です。", _GUIDE),
        Example("- CRM導入率は⟦37.2%⟧\n- 次の話題\n- 独自調査の値", _GUIDE),
        Example(f"{_TABLE}| CRM導入率 | ⟦37.2%⟧ | 2024年 |", _GUIDE),
        Example("予算不足は⟦26.1%⟧です。", _GUIDE),
        Example(
            "CRM導入率は⟦37.2%⟧です。[^1]\n\n次の段落です。[^2]\n\n[^1]: 2024年の値。\n[^2]: 独自調査の値。", _GUIDE
        ),
        Example("CRM導入率は37.2%ですが、独自調査の値です。", _GUIDE),
        Example("独自調査の値です。CRM導入率は37.2%です。", _GUIDE),
        Example("CRM導入率は37.2%です。標本に偏りがあるかもしれません。", _GUIDE),
        Example("- CRM導入率は37.2%\n- 独自調査の値", _GUIDE),
        Example(f"{_TABLE}| CRM導入率 | 37.2% | 独自調査 |", _GUIDE),
        Example("CRM導入率は37.2%です[^1]。\n\n[^1]: 独自調査の値。", _GUIDE),
        Example("予算不足は26.1%(複数回答)です。", _GUIDE),
        Example("人材不足は34.3%です。", _GUIDE),
        Example("CRM導入率が⟦37.2%⟧になれば、次に進みます。", _GUIDE),
        Example("# CRM導入率は37.2%\n\n本文です。", _GUIDE),
    ),
)
