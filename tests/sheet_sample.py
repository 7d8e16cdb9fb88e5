"""Three sales sheets with all that a sheet can hold, for the tests of every format."""

from __future__ import annotations

from datetime import date

from msglint.sheet.model import (
    Approval,
    Block,
    Code,
    Diagram,
    FactUsed,
    Fault,
    Heading,
    Inline,
    Inlines,
    KeyMessage,
    ListBlock,
    ListItem,
    Look,
    Named,
    Paragraph,
    Provenance,
    Quote,
    Sheet,
    SheetSection,
    Table,
)

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#0b5fa5"/>'
    b'<path d="M16 30V10l12 12 12-12v20" fill="none" stroke="#fff" stroke-width="4"/></svg>'
)
LOOK = Look(brand="株式会社サンプル", logo=LOGO, logo_type="image/svg+xml", color="#0b5fa5", font="BIZ UDPGothic")
PALE = Look(brand="サンプル商事", color="#ffd54a")
"""A colour on which white cannot be read."""

LOOP = """flowchart TD
    A[コンテンツを公開する] --> B[リードが生まれる]
    B --> C{MQLと判定}
    C -- 条件を満たす --> D[営業に引き渡す]
    C -- まだ --> B
    D --> E[商談でシートを使う]
    E --> F[フィードバックを集める]
    F --> G[分析する]
    G -- 記事の問題 --> A
    G -- 基準の問題 --> C
"""


def words(text: str) -> Inlines:
    """Return unstyled text."""
    return (Inline(text),)


def paragraph(text: str) -> Paragraph:
    """Return a paragraph of unstyled text."""
    return Paragraph(words(text))


def bullets(*texts: str, ordered: bool = False) -> ListBlock:
    """Return a flat list."""
    return ListBlock(tuple(ListItem(words(t)) for t in texts), ordered)


def table(head: str, *rows: str) -> Table:
    """Return a table whose cells are divided by |."""
    cells = [tuple(words(c.strip()) for c in line.split("|")) for line in (head, *rows)]
    return Table(cells[0], tuple(cells[1:]), tuple("" for _ in cells[0]))


def section(kind: str, title: str, heading: str, *blocks: Block, line: int = 1) -> SheetSection:
    """Return a section."""
    return SheetSection(kind, title, words(heading) if heading else (), blocks, line)


_MANAGER = Named(
    "sales-manager",
    "インサイドセールスと営業のマネージャー",
    (
        "会社名と電話番号だけのリードを渡されても、何を話せばよいか分からない",
        "電話をかける順番に根拠がない",
    ),
)
_CRM = FactUsed(
    "crm-adoption",
    "日本企業のCRM導入率",
    "37.2%(2024年)",
    "HubSpot調査",
    "HubSpot独自調査のため、サンプル規模や業種構成による偏りの可能性がある",
)
_CALL = FactUsed(
    "first-call",
    "MQLの引き渡しから初回架電までの時間",
    "24時間以下",
    "1社の事例",
    "単一の事例であり、業種や規模によって異なる",
)

FULL = Sheet(
    kind="one-pager",
    name="content/sales/first-call/one-pager",
    title="引き渡しから24時間、最初の電話で何を話すか",
    summary="MQLを受け取ってから最初の電話までに確かめることと、話す順番をまとめました。",
    key_message=KeyMessage(
        "value-over-records",
        "営業に引き渡すべきものはリードの件数や名簿ではなく、見込み客の関心と課題という価値である",
        0.93,
    ),
    persona=_MANAGER,
    stage=Named("comparison", "比較検討"),
    sections=(
        section(
            "summary",
            "要点",
            "",
            ListBlock(
                (
                    ListItem(
                        (Inline("読まれた記事から話を始める", bold=True), Inline("と、相手は続きを話してくれます"))
                    ),
                    ListItem(words("確かめるのは、予算、決裁権、課題、導入時期の4つのうち3つです")),
                    ListItem(
                        words("電話のあとに、次の2つをその日のうちに残します"),
                        (bullets("温度感(5段階)", "使えた資料と、使えなかった理由"),),
                    ),
                )
            ),
            line=12,
        ),
        section(
            "problem",
            "課題",
            "電話が遅れる3つの理由",
            bullets("担当者が決まっていない", "何を話せばよいか分からない", "優先する順番がない", ordered=True),
            line=24,
        ),
        section(
            "proof",
            "根拠",
            "早さには訳がある",
            Paragraph(
                (
                    Inline("1社の事例では、引き渡しから初回の架電までを"),
                    Inline("24時間以内", bold=True),
                    Inline("と決めています。単一の事例であり、業種や規模によって異なります。"),
                    Inline("日本企業のCRM導入率は2024年に37.2%でした(", italic=False),
                    Inline("HubSpot調査", href="https://example.com/crm"),
                    Inline(")。独自調査のため、業種構成による偏りの可能性があります。※1"),
                )
            ),
            table(
                "項目 | 電話の前に分かること | 電話で確かめること",
                "予算 | 会社の規模、価格ページの閲覧 | 今期の枠があるか、誰の予算か",
                "決裁権 | 役職 | 決める人と、相談する人",
                "課題 | 読んだ記事、ダウンロードした資料 | 一番困っている場面",
                "導入時期 | 問い合わせの言葉 | 動き出すきっかけになる予定",
            ),
            paragraph("※1 前の年度の36.2%から1.0ポイント増えています。"),
            line=40,
        ),
        section(
            "objection",
            "よくある反論と答え",
            "電話をためらう声に",
            Heading(words("「資料を見ただけです」と言われる")),
            paragraph("資料のどの部分が気になったかを伺います。売り込みではなく、調べ物の続きを手伝う電話にします。"),
            Heading(words("「今は忙しい」と断られる")),
            paragraph("次に動く時期だけを伺い、その時期に合う記事を1本送ります。"),
            line=61,
        ),
        section(
            "talk-track",
            "商談での話し方",
            "最初の3分",
            bullets(
                "「先週、◯◯の記事を読んでいただきありがとうございます」",
                "「記事の中で、御社に近いと感じた場面はありましたか」",
                "「30分いただければ、同じ規模の会社の進め方をお見せします」",
                ordered=True,
            ),
            Quote((paragraph("聞き役に回る時間を、話す時間の2倍取ります。"),)),
            line=75,
        ),
        section(
            "diagram", "図", "引き渡しから改善までの循環", Diagram(LOOP, 84, "引き渡しから改善までの循環"), line=82
        ),
        section(
            "next-step",
            "次の一歩",
            "",
            Paragraph(
                (
                    Inline("商談の日程を決め、"),
                    Inline("チェックリスト", href="https://example.com/checklist"),
                    Inline("を送ります。"),
                )
            ),
            line=99,
        ),
    ),
    facts=(_CALL, _CRM),
    approval=Approval("current", "営業部長", date(2026, 10, 1), date(2027, 4, 1)),
    provenance=Provenance(
        "content/sales/first-call.md",
        "要点",
        12,
        "0123456789abcdef0123456789abcdef01234567",
        date(2026, 9, 28),
        "a3f1" * 16,
        "9c2e51d07b64",
    ),
    pages=1,
    version="5d1f0c7a92be",
)
"""Every kind of section and of block, approved, fits a page."""

PLAIN = Sheet(
    kind="one-pager",
    name="content/marketing/mql-count-kpi/one-pager",
    title="MQLの件数だけを追うと、何が起きるか",
    persona=Named("marketing-manager", "BtoB企業のマーケティング責任者"),
    stage=Named("awareness", "認知向上"),
    sections=(
        section(
            "summary", "要点", "", bullets("件数は転換率と並べて見ます", "質が落ちると、営業が消耗します"), line=10
        ),
        section(
            "proof",
            "根拠",
            "",
            paragraph("単一の事例ですが、MQLからSQLへの転換率が30%を超えれば良好とされます。"),
            line=20,
        ),
    ),
    facts=(
        FactUsed(
            "mql-sql-conversion",
            "MQLからSQLへの転換率",
            "30%超",
            "1社の事例",
            "単一の事例であり、業種や規模によって異なる",
        ),
    ),
    provenance=Provenance(
        "content/marketing/mql-count-kpi.md", day=date(2026, 9, 21), sha256="b" * 64, guide="9c2e51d07b64"
    ),
    pages=1,
    version="77aa01c3de45",
)
"""As little as a sheet can be: not approved, no key message, two sections."""

HOSTILE = Sheet(
    kind="one-pager",
    name="content/hostile/one-pager",
    title='<script>alert("x")</script>{{ 7*7 }} #set page(fill: red) 😀𠮟る髙﨑① \u202eabc\u202c & "引用"',
    summary="</script><img src=x onerror=alert(1)>",
    sections=(
        section(
            "summary",
            "要点",
            "<b>見出し</b>",
            Paragraph(
                (
                    Inline(
                        "#panic() $x$ *星* _線_ `code` \\ @ref <label> // コメント /* 囲み */ [括弧] {波}", bold=True
                    ),
                    Inline("<a href=javascript:alert(1)>x</a>", code=True),
                    Inline("消した文", struck=True),
                    Inline("リンク", href="https://example.com/?q=%22%3E%3Cscript%3E&x='"),
                )
            ),
            Code("if a < b:\n    print('</pre><script>')", "python"),
            Diagram("flowchart LR\n  A[商談(初回)] --> ", 7, "読めない図"),
            ListBlock((ListItem(words("済み"), checked=True), ListItem(words("まだ"), checked=False))),
            line=5,
        ),
        section("case-study", "case-study", "", table("列 | " + "とても長い見出し" * 5, *["値 | 内容" * 1] * 3)),
    ),
    faults=(Fault("fact-mismatch", 14, "日本企業のCRM導入率は 37.2%(2024年)です。記事では 47.2% と書かれています。"),),
    approval=Approval("draft"),
    provenance=Provenance("content/hostile.md", sha256="c" * 64),
    version="000000000000",
)
"""Text that tries to be markup of every format, a diagram that does not parse, a draft with an error; any pages."""

ALL = (FULL, PLAIN, HOSTILE)
