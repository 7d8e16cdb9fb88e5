"""sheet-section: the tagged sections that the article's sales sheet is made of."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from msglint.guide.model import Guide
from msglint.guide.sales import KINDS, SheetKind
from msglint.model import Severity, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation]:
    """Yield wrong tags, and what the article's sheet requires and no section is tagged as."""
    document = ctx.document
    for problem in document.tag_problems:
        yield Violation(problem.span, problem.message, entry=problem.kind)
    known = kinds(ctx.guide)
    for tag in document.tags:
        if tag.kind not in known:
            near = difflib.get_close_matches(tag.kind, known, n=1)
            yield Violation(
                tag.span,
                Text(
                    f"営業シートに「{tag.kind}」という種類はありません。"
                    + (f"「{near[0]}」の間違いではありませんか。" if near else f"使えるのは{'、'.join(known)}です。"),
                    f'There is no kind "{tag.kind}" of sheet section. '
                    + (f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(known)}."),
                ),
                entry=tag.kind,
            )
    tagged = {tag.kind for tag in document.tags}
    sheet = sheet_of(ctx.guide, tagged)
    for kind in sheet.required if sheet else ():
        if kind not in tagged:
            yield Violation(
                document.top,
                Text(
                    f"営業シート「{sheet.id}」には「{kind}」の節が必要です。その節の見出しに`{{sales={kind}}}`を付けてください。"
                    if sheet
                    else "",
                    f'The sheet "{sheet.id}" needs a section tagged "{kind}": add `{{sales={kind}}}` to its heading.'
                    if sheet
                    else "",
                ),
                entry=kind,
            )


def kinds(guide: Guide) -> tuple[str, ...]:
    """Return the kinds of section that may be tagged: the built-in ones and those the guide's sheets name."""
    return tuple(dict.fromkeys((*KINDS, *(k for s in guide.sheets for k in (*s.sections, *s.required)))))


def sheet_of(guide: Guide, tagged: set[str]) -> SheetKind | None:
    """Return the first sheet that names one of the kinds tagged."""
    return next((s for s in guide.sheets if tagged & {*s.sections, *s.required}), None)


_GUIDE = """
sheets:
  one-pager: {sections: [summary, proof, case-study], required: [summary, proof]}
  leaflet: {sections: [diagram], required: [diagram, next-step]}
"""

RULE = Rule(
    id="sheet-section",
    severity=Severity.WARNING,
    check=check,
    summary=Text(
        "営業シートになる節のタグの抜けと誤りを見つける", "Finds missing and wrong tags of sections for sales sheets"
    ),
    page=Text(
        """営業が商談に持っていくシートは、記事の中のタグを付けた節から作られます。このルールは、タグが1つでも付いた記事について、
シートに必要な節がそろっているか、タグの種類や閉じ方が正しいかを確かめます。タグのない記事には何も言いません。

タグの付け方は3通りあり、どれでも構いません。

- 見出しに付ける: `## 要点 {sales=summary}`
- 囲む: `::: sales summary` から `:::` まで
- 表示されないコメントで囲む: `<!-- sales: summary -->` から `<!-- /sales -->` まで""",
        """The sheets that sales takes into a meeting are made from the tagged sections of an article. For an article with at
least one tag this rule checks that the sections its sheet requires are there, and that kinds and closing marks are right.
An article with no tags is left alone.""",
    ),
    examples=(
        Example("⟦---⟧\ntitle: 記事\n---\n## 要点 {sales=summary}\n\n一つに絞る。", _GUIDE),
        Example("⟦⟧## 根拠 {sales=proof}\n\n調査の結果。", _GUIDE),
        Example("⟦⟦⟧⟧::: sales case-study\n事例です。\n:::", _GUIDE),
        Example("⟦⟧## 図 {sales=diagram}\n\n図です。", _GUIDE),
        Example(
            "## 要点 ⟦{sales=sumary}⟧\n\n一つ。\n\n## 根拠 {sales=proof}\n\n二つ。\n\n::: sales summary\n要点。\n:::",
            _GUIDE,
        ),
        Example(
            "⟦⟦⟧⟧⟦::: sales summary⟧\n閉じていません。",
            "sheets: {a: {sections: [summary], required: [proof, problem]}}",
        ),
        Example("⟦<!-- sales: おまけ -->⟧\n本文。\n<!-- /sales -->"),
        Example("本文。\n\n⟦<!-- /sales -->⟧", _GUIDE),
        Example("## 要点 {sales=summary}\n\n一つ。\n\n::: sales proof\n根拠。\n:::", _GUIDE),
        Example("<!-- sales: summary -->\n要点。\n<!-- /sales -->\n\n## 根拠 {sales=proof}\n\n調査。", _GUIDE),
        Example("## 図 {sales=diagram}\n\n図。\n\n## 次に {sales=next-step}\n\n相談する。", _GUIDE),
        Example("## 要点\n\nタグのない記事です。", _GUIDE),
        Example("## 要点 {sales=summary}\n\nシートを定めていないガイドです。"),
        Example("```\n::: sales summary\n```\n\n::: note\n囲みです。\n:::", _GUIDE),
    ),
)
