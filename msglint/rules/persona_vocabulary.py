"""persona-vocabulary: a phrase that this article's reader should not meet."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.wording import violations
from msglint.model import Evidence, Severity, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation | Evidence]:
    """Yield every place where an entry of the persona's `avoid` stands."""
    persona = ctx.persona
    if persona is None or not persona.avoid:
        return
    name = persona.name or persona.id
    yield from violations(
        ctx.view,
        persona.avoid,
        kind="avoid",
        persona=persona.id,
        stage=ctx.stage_id,
        path=ctx.path,
        subject=Text(f"「{name}」向けの記事では避ける表現", f'to be avoided in articles for "{name}"'),
    )


_GUIDE = """
personas:
  - id: manager
    name: 営業マネージャー
    avoid:
      - {phrase: 御社, use: 貴社}
      - {phrase: 弊社では, reason: 読者を主語にする}
      - {phrase: バズる, severity: info}
      - {phrase: 丸投げする, unless: [negated]}
  - id: owner
    avoid: [{phrase: コンバージョン}]
"""


def _for(persona: str, body: str) -> str:
    return f"---\ntitle: 記事\npersona: {persona}\n---\n{body}"


RULE = Rule(
    id="persona-vocabulary",
    severity=Severity.WARNING,
    precedence=1,
    check=check,
    summary=Text("読者(ペルソナ)に合わない言葉を見つける", "Finds words that do not suit the article's persona"),
    page=Text(
        """同じ言葉でも、読む人によって伝わり方が変わります。ペルソナの`avoid`に登録した表現を、そのペルソナ向けの記事(先頭の`persona`)だけで指摘します。
見つけ方は`banned-phrase`と同じで、活用や表記が変わっていても見つけます。ペルソナが書かれていない記事では何も指摘しません。""",
        """The same word reads differently to different people. Entries of a persona's `avoid` are reported in the
articles for that persona only, and are found the way `banned-phrase` finds its own. An article without a persona is left alone.""",
    ),
    examples=(
        Example(
            _for("manager", "⟦御社⟧の課題を整理します。"), _GUIDE, fixed=_for("manager", "貴社の課題を整理します。")
        ),
        Example(_for("manager", "**⟦御社⟧**の商談です。"), _GUIDE),
        Example(_for("manager", "⟦弊社では⟧研修を行います。"), _GUIDE),
        Example(_for("manager", "投稿が⟦バズった⟧。投稿が⟦バズれば⟧よい。"), _GUIDE),
        Example(_for("manager", "施策を⟦丸投げしている⟧。施策を⟦丸投げできます⟧。"), _GUIDE),
        Example(_for("owner", "⟦コンバージョン⟧を増やす。"), _GUIDE),
        Example(_for("manager", "- ⟦御社⟧側の準備\n- ⟦御社⟧自身の判断"), _GUIDE),
        Example(_for("owner", "御社の課題を整理します。"), _GUIDE),
        Example(_for("manager", "貴社の課題を整理します。"), _GUIDE),
        Example(_for("manager", "コンバージョンを増やす。"), _GUIDE),
        Example(_for("manager", "施策を丸投げしません。"), _GUIDE),
        Example("御社の課題を整理します。", _GUIDE),
        Example(_for("nobody", "御社の課題を整理します。"), _GUIDE),
        Example(_for("manager", "`御社`という変数です。"), _GUIDE),
    ),
)
