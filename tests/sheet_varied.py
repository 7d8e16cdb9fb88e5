"""Sales sheets of varied text: other words, lengths, lists, tables and figures for each number."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from msglint.sheet.model import (
    Approval,
    Block,
    Diagram,
    FactUsed,
    Inline,
    KeyMessage,
    ListBlock,
    ListItem,
    Named,
    Paragraph,
    Provenance,
    Sheet,
    SheetSection,
    Table,
)
from msglint.sheet.words import SECTIONS

_WHO = "営業部、マーケティング部、インサイドセールスの担当者、見込み客、お客さま、経営層、情報システム部門".split("、")
_WHAT = (
    "リードの優先順位、商談の記録、資料ダウンロードの履歴、「最初の3分」の話し方、MQLの基準(80点以上)、フィードバックの集計、"
    "セミナーの参加者名簿、ウェビナーのアンケート、CRMへの入力、月次レビューの議題"
).split("、")
_DO = (
    "を毎週見直しています、をそろえておくと迷いません、を一緒に確かめるところから始めます、が遅れると商談の数が減っていきます、"
    "をチェックリストにまとめました、をめぐって意見が分かれることもあります、をきっかけに話が進みます"
).split("、")
_HOW = "たとえば、そのため、ひと月に1度、最初の打ち合わせでは、24時間以内に、ちょっとした工夫で".split("、")
_CAVEAT = "単一の事例であり、業種によって異なる"
KINDS = tuple(k for k in SECTIONS if k != "diagram")


def sentence(rng: random.Random) -> str:
    how = rng.choice(_HOW) + "、" if rng.random() < 0.4 else ""
    return f"{how}{rng.choice(_WHO)}は{rng.choice(_WHAT)}{rng.choice(_DO)}。"


def paragraph(rng: random.Random, most: int = 4) -> Paragraph:
    content = [Inline(sentence(rng), bold=rng.random() < 0.1) for _ in range(rng.randint(1, most))]
    if rng.random() < 0.2:
        content.append(Inline("くわしくはこちら", href=f"https://example.com/{rng.randint(1, 999)}"))
    return Paragraph(tuple(content))


def listing(rng: random.Random) -> ListBlock:
    items = tuple(ListItem((Inline(sentence(rng)),)) for _ in range(rng.randint(2, 4)))
    return ListBlock(items, ordered=rng.random() < 0.4)


def table(rng: random.Random) -> Table:
    columns = rng.randint(2, 4)
    rows = [tuple((Inline(rng.choice((*_WHAT, *_WHO))),) for _ in range(columns)) for _ in range(rng.randint(2, 4))]
    return Table(tuple((Inline(f"項目{c + 1}"),) for c in range(columns)), tuple(rows))


def varied(number: int) -> Sheet:
    """Return the sheet of a number: always the same for the same one."""
    rng = random.Random(number)
    sections = []
    for kind in sorted(rng.sample(KINDS, rng.randint(3, len(KINDS))), key=KINDS.index):
        blocks: list[Block] = [paragraph(rng)]
        blocks += [rng.choice((paragraph, listing, listing, table))(rng) for _ in range(rng.randint(0, 1))]
        heading = (Inline(sentence(rng).rstrip("。")),) if rng.random() < 0.5 else ()
        sections.append(SheetSection(kind, SECTIONS[kind].ja, heading, tuple(blocks), rng.randint(5, 90)))
    facts = tuple(
        FactUsed(
            f"f{i}",
            rng.choice(_WHAT),
            f"{rng.randint(10, 90)}.{i}%",
            "自社調査",
            "単一の事例であり、業種によって異なる",
        )
        for i in range(rng.randint(0, 3))
    )
    return Sheet(
        "one-pager",
        f"content/n{number}/one-pager",
        f"{rng.choice(_WHO)}と{rng.choice(_WHAT)}({number})",
        summary=sentence(rng),
        key_message=KeyMessage("claim", sentence(rng)),
        persona=Named("p", rng.choice(_WHO), tuple(sentence(rng) for _ in range(rng.randint(0, 2)))),
        stage=Named("s", "比較検討"),
        sections=tuple(sections),
        facts=facts,
        approval=Approval("unapproved"),
        provenance=Provenance(
            f"content/n{number}.md", day=date(2026, 10, 1), sha256=f"{number:064x}", guide="9c2e51d07b64"
        ),
        pages=1,
        version=f"{number:012x}",
    )


def drawn(number: int) -> Sheet:
    """Return the sheet of a number with a diagram of its own."""
    rng, sheet = random.Random(number), varied(number)
    steps = rng.sample(_WHAT, 5)
    source = "flowchart LR\n" + "\n".join(f'    N{i}["{step}"] --> N{(i + 1) % 5}' for i, step in enumerate(steps))
    diagram = SheetSection("diagram", "図", (), (Diagram(source, 3, "流れ"),), 50)
    return replace(sheet, sections=(*sheet.sections, diagram))
