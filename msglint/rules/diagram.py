"""diagram: mermaid diagrams that do not parse, so that no sheet can draw them."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.document.mermaid import LANGUAGE, available, language, slip
from msglint.document.model import Document, Fence
from msglint.model import Severity, Span, Text, Violation
from msglint.rule import Context, Example, Rule


def check(ctx: Context) -> Iterator[Violation]:
    """Yield the first line of each mermaid diagram that mermaid cannot read."""
    for fence in ctx.document.fences:
        if language(fence.info) == LANGUAGE and fence.text.strip() and available():
            found = slip(fence.text)
            if found:
                yield Violation(_line(ctx.document, fence, found.line), found.reason)


def _line(document: Document, fence: Fence, line: int) -> Span:
    """Return where the `line`th line of a code block stands, without the blanks and marks around it."""
    code = fence.text.splitlines()[line - 1].strip()
    whole = document.lines.span(document.lines.position(fence.content.start).line + line - 1)
    at = document.source.find(code, max(whole.start, fence.content.start), whole.end)
    return Span(at, at + len(code)) if at >= 0 else Span(whole.start, whole.end)


_SLIP = "```mermaid\nflowchart TD\n    ⟦A[商談(初回)] --> B[次の提案]⟧\n    B --> C\n```"

RULE = Rule(
    id="diagram",
    severity=Severity.WARNING,
    check=check,
    needs="merman",
    summary=Text(
        "読めない書き方の mermaid の図を見つける",
        "Finds mermaid diagrams that do not parse, so that no sheet draws them",
    ),
    page=Text(
        """記事に ```` ```mermaid ```` で書かれた図を読み、読めなくなる行を1つの図につき1か所知らせます。読めない図は、Webの記事でも
営業シートでも描かれません。図の種類(流れ図、やり取りの図、予定表、円グラフなど)は問いません。

いちばん多い書き間違いは、文字の中の半角のかっこです。`A[商談(初回)]` は読めません。`A["商談(初回)"]` のように引用符で囲むか、
`A[商談（初回）]` のように全角のかっこを使います。

図を読む部品(merman)が用意されていない環境では、何も指摘しません。その図を営業シートに載せるときは、流れ図ならGraphvizで描き、
ほかの図は元の書き方のまま載せます。""",
        """Reads every diagram written in a ```` ```mermaid ```` block, and reports, once a diagram, the line from which it
cannot be read. Such a diagram is drawn neither on the web nor on a sales sheet. All kinds of mermaid diagrams are read.

The most common slip is half-width brackets inside a label. `A[商談(初回)]` cannot be read: quote the label,
`A["商談(初回)"]`, or use full-width brackets, `A[商談（初回）]`.

Where the part that reads diagrams (merman) does not exist for a platform, nothing is reported. A sales sheet then draws
flowcharts with Graphviz and prints the source of any other diagram.""",
    ),
    examples=(
        Example(f"# 循環\n\n{_SLIP}\n"),
        Example(
            "```mermaid\nflowchart LR\n    記事 --> リード\n    ⟦リード -->|80点以上(合意済み)| MQL⟧\n    MQL --> SQL\n```"
        ),
        Example("```mermaid\n⟦フローチャート TD⟧\n    A --> B\n```"),
        Example("```mermaid\nflowchart TD\n    A[記事] --> B[商談]\n    ⟦B → C[改善]⟧\n```"),
        Example(
            "```mermaid\nsequenceDiagram\n    営業->>マーケティング: 使えた資料を伝える\n    ⟦マーケティング-->>営業 直しました⟧\n```"
        ),
        Example('```mermaid\npie title 内訳\n    "資料請求" : 45\n    ⟦"紹介" : 多い⟧\n```'),
        Example("```mermaid\nflowchart TD\n    subgraph 営業\n    ⟦A --> B⟧\n\n```"),
        Example("```mermaid\nflowchart TD\n    ⟦A[記事 --> B⟧\n    B --> C[商談]\n```"),
        Example("> ```mermaid\n> flowchart TD\n>   ⟦A[商談(初回)] --> B⟧\n> ```"),
        Example(f"- 図\n\n{_SLIP}\n\n~~~{{.mermaid}}\nflowchart TD\n⟦A{{MQL(80点)}} --> B⟧\n~~~"),
        Example("```mermaid\r\nflowchart TD\r\n  ⟦A[商談(初回)] --> B⟧\r\n```\r\n"),
        Example("```mermaid\ngantt\n  title 予定\n```\n\n```mermaid\nstateDiagram-v2\n  ⟦リード -> MQL⟧\n```"),
        Example('```mermaid\nflowchart TD\n    A["商談(初回)"] --> B[次の提案（2回目）]\n```'),
        Example(
            "```mermaid\nsequenceDiagram\n    participant M as マーケティング\n    participant S as 営業\n    M->>S: MQLを引き渡す(24時間以内)\n    S-->>M: 結果を返す\n```"
        ),
        Example(
            "```mermaid\ngantt\n    title 導入の予定\n    dateFormat YYYY-MM-DD\n    section 準備\n    ガイドを書く :a1, 2026-01-05, 14d\n```"
        ),
        Example('```mermaid\npie title 内訳\n    "資料請求" : 45\n    "紹介(既存顧客)" : 20.5\n```'),
        Example(
            "```mermaid\n%%{init: {'theme': 'forest'}}%%\nflowchart LR\n    記事 --> リード & 商談\n    リード -. まだ .-> 記事\n    classDef 強調 fill:#fee\n    class 商談 強調\n```"
        ),
        Example("```\nflowchart TD\nA[商談(初回)] -->\n```\n\n```python\nx = a[b(c)]\n```"),
        Example("```mermaid\n\n```"),
        Example("```mermaid\nmindmap\n  root((商談化))\n    記事\n      一貫性\n    営業\n```"),
        Example(
            "```mermaid\n---\ntitle: 見込み客の状態\n---\nstateDiagram-v2\n    [*] --> リード\n    リード --> MQL: 80点以上(合意済み)\n```"
        ),
    ),
)
