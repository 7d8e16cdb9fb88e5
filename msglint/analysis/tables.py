"""Which fact a figure in a table cell states: its column's, by the head, or its row's, by the first cell."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from msglint.analysis.mentions import Mention, joined, mentions
from msglint.analysis.populations import is_of_others
from msglint.analysis.quantities import Quantity, canonical, years
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.expression import expression
from msglint.guide.model import Fact, Guide

_AIMED = expression(
    r"目標|予測|予想|計画|見込|見通し|想定|理想|上限|下限|前[年期月回週]度?比|増減|増加|減少|改善|変化|伸び|差|推移|偏差|順位"
    r"|他社|競合|業界|同業|シェア|構成比|備考|達成率|回答数|標本|最[大小高低長短多少]|中央値|ばらつき|期待|希望|対前"
)
_SET = expression(
    r"(?:目安|目標|計画|予定|見込み?|想定|上限|下限|しきい|閾|設定|許容|公差|誤差の範囲|誤差|濃度|希釈|配点|加点|割引|値引き?|割り?増し?|違約金|延滞金|改定|値[上下]げ|税|手数料|補助|還元)"
    r"(?:値|率|幅|額|点|割合)?\Z"
)
_PERIOD = expression(
    r"(?:導入|施策|改善|変更|移行|実施|刷新|利用|開始|対策|見直し|改定|改修|切り?替え)?(?:直)?[前後]|[前今当来昨先次]々?[期年月回週度]度?"
    r"|[上下]期|第?[0-9一二三四]四半期|Q[1-4]|[0-9]+(?:月|年目|か月目|期|週目)|ビフォー|アフター|Before|After|旧|新|以前|現在|最新|直近",
    re.IGNORECASE,
)
_YEAR = expression("(?:19|20)[0-9]{2}")
_PLAIN = expression(
    r"(?:測定|調査)?(?:値|数値|数字|割合|比率|結果|水準|内容|指標|実績|実数|実測|率|件数|時間|金額|全体|平均|合計|計|現状|集計"
    r"|数|量|データ|統計値|説明|概要|詳細|回答|%)(?:値)?"
)
_BRANCH = expression(
    r"[東西南北本新旧]|[東西南北中]日本|[A-Za-z0-9一-龠ぁ-んァ-ヴー]{0,8}"
    r"(?:工場|支店|本社|拠点|支社|店舗?|営業所|事業所|センター|倉庫|ライン|号機|棟|校|部署?|課|チーム|班)"
    r"|当社|自社|弊社|わが社|社内|日本|国内|全国|全社|全体|平均|合計"
)
_PART = expression(
    r"業\Z|業種|業界|企業|[0-9]+(?:人|名|歳|円)|規模|[0-9]代|年代|世代|男性?\Z|女性?\Z|米国|海外|欧"
    r"|アジア|中国|韓国|地域|地方|[都道府県]\Z|A社|B社|C社|他社|競合|層\Z"
)
_PART_HEAD = expression(
    r"業種|業界|規模|国名?\Z|地域|年代|年齢|世代|職種|都道府県|従業員|属性|区分|企業|会社|セグメント|製品|サービス"
)
_UNIT = expression(
    r"[(（\[［](?:単位[:： ]*)?"
    r"(?P<unit>[%％割倍点社人件円時間分日か月年店万億千台回名秒営業ポイントドル]{1,4})[)）\]］]\s*\Z"
)
_ANSWERED = expression(
    r".*(?:挙げ|答え|選ん|回答し|感じ|抱え)(?:た|ている)(?:企業|会社|人|社|担当者)(?:の割合|の比率)?"
)
_OF_A_PART = expression(r"の?うち|[(（][^)）]*(?:[A-ZＡ-Ｚ]社|他社|同業|競合)")
_LABEL = 16
_BRACKETED = expression(r"[(（\[［][^)）\]］]*[)）\]］]")


@dataclass(slots=True)
class Table:
    """The cells of a table by row, and by column those of its head."""

    rows: dict[int, list[Block]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[int, Block] = field(default_factory=dict)


def tables(view: View, guide: Guide) -> dict[int, Table]:
    """Return the article's tables by their group; ask for it by `view.derived`."""
    found: dict[int, Table] = defaultdict(Table)
    for block in view.document.blocks:
        if block.kind is Kind.CELL and block.group is not None and block.row is not None:
            table = found[block.group]
            table.rows[block.row].append(block)
            if block.row == 0 and block.column is not None:
                table.heads[block.column] = block
    return found


def row_of(view: View, guide: Guide, block: Block) -> tuple[list[Block], Block | None]:
    """Return the other cells of a cell's row, from the left, and its column's head unless that is the cell itself."""
    table = view.derived(tables, guide).get(-1 if block.group is None else block.group)
    if table is None or block.row is None:
        return [], None
    return [c for c in table.rows[block.row] if c is not block], _head_of(view, guide, block)


def _head_of(view: View, guide: Guide, block: Block) -> Block | None:
    table = view.derived(tables, guide).get(-1 if block.group is None else block.group)
    head = table.heads.get(-1 if block.column is None else block.column) if table else None
    return None if head is block else head


def in_unit(
    view: View, guide: Guide, quantities: tuple[Quantity, ...], row: list[Block], head: Block | None
) -> tuple[Quantity, ...]:
    """Give a cell's bare numbers their unit: in brackets in the head or the row's label (売上(億円)), or below 単位."""
    if all(q.unit for q in quantities):
        return quantities
    labels = [*([head] if head else []), *(cell for cell in row if cell.column == 0)]
    named = [match["unit"] for cell in labels if (match := _UNIT.search(cell.text))]
    said = named[0] if named else _below("単位", view, guide, row)
    if not said:
        return quantities
    found = []
    for quantity in quantities:
        low, high, unit = canonical(quantity.low, quantity.high, said)
        found.append(quantity if quantity.unit else replace(quantity, low=low, high=high, unit=unit))
    return tuple(found)


def _below(name: str, view: View, guide: Guide, row: list[Block]) -> str:
    """Return what stands in a row below the head `name`; nothing where no column has it."""
    heads = ((cell, _head_of(view, guide, cell)) for cell in row)
    return next((cell.text.strip() for cell, head in heads if head and head.text.strip() == name), "")


def cell_years(view: View, guide: Guide, row: list[Block], head: Block | None) -> tuple[int | None, frozenset[int]]:
    """Return the year of a figure's column or else of its row, and all years that they name."""
    of_head = [y.year for y in years(head.text)] if head else []
    named = [(cell, {y.year for y in years(cell.text)}) for cell in row]
    # A cell with a figure of its own speaks of the year of that: | 3,300円 | 2,980円(2025年) |.
    of_row = {year for cell, said in named if said and not view.quantities(cell.index, guide) for year in said}
    for cell in row:
        above = _head_of(view, guide, cell) if _YEAR.fullmatch(cell.text.strip()) else None
        if above is not None and above.text.strip() in {"年", "年度"}:
            of_row.add(int(cell.text.strip()))
    year = of_head[0] if of_head else next(iter(of_row)) if len(of_row) == 1 else None
    return year, frozenset(of_row.union(of_head, *(said for _, said in named)))


def cell_facts(view: View, guide: Guide, row: list[Block], head: Block | None) -> list[Mention]:
    """Return what the head and the other cells of the row speak of, the column's first."""
    if not guide.facts:
        return []
    around = [m for c in ([head] if head else []) + row for m in _spoken(view, guide, c)]
    return around or list(joined(view, guide, [*row, *([head] if head else [])]))


def _spoken(view: View, guide: Guide, cell: Block) -> list[Mention]:
    """Return what a cell speaks of, and not of others or a part: A社の初回連絡, 精度(A社の実績), 制作数のうち動画."""
    text = cell.text
    return [
        m
        for m in mentions(view, guide, cell)
        if not (is_of_others(text, m.fact, 0, m.start) or _OF_A_PART.match(text, m.end))
    ]


def cell_fact(view: View, guide: Guide, block: Block, quantity: Quantity) -> Fact | None:
    """Return the fact that a figure is about whose cell names none itself."""
    row, head = row_of(view, guide, block)
    first = view.derived(tables, guide)[block.group or 0].heads.get(0)
    own = _fitting(_spoken(view, guide, head), quantity) if head else []
    named = [m for c in row for m in _spoken(view, guide, c)]
    labels = [c for c in row if (c.column or 0) < (block.column or 0) and not mentions(view, guide, c)]
    if any(_is_aim(c) for c in labels) or (head and not own and _is_aim(head)):
        return None
    if own:
        label = next((c for c in row if c.column == 0), None)
        figures_only = first is not None and bool(mentions(view, guide, first))
        return own[0].fact if figures_only or _is_whole(label, first) or named else None
    others = [m.fact for c in row for m in mentions(view, guide, c) if m not in named]

    def spread(cells: list[Block]) -> list[Mention]:
        return _fitting([m for m in joined(view, guide, cells) if m.fact not in others], quantity)

    facts = _fitting(named, quantity) or spread(row)
    if not facts and head and (both := spread([*row, head])):
        return both[0].fact  # ピペット in the row, 不合格率 above it
    if not facts or (head and mentions(view, guide, head)):
        return None
    if head is None or _plain(head.text) or not _measures(head.text) or _is_measure_of(facts[0].fact, head.text):
        return facts[0].fact
    return None


def is_set(row: list[Block], head: Block | None, column: int) -> bool:
    """Whether a column or row holds figures that somebody set or aims at, and did not measure: 改定率, 目標."""
    labels = [c for c in row if (c.column or 0) < column]
    return any(_SET.search(_BRACKETED.sub("", c.text).strip()) for c in (*([head] if head else []), *labels))


def _fitting(found: list[Mention], quantity: Quantity) -> list[Mention]:
    return [m for m in found if quantity.unit in {canonical(v.low, v.high, v.unit)[2] for v in m.fact.values}]


def _is_aim(cell: Block) -> bool:
    """Whether a cell says that its row or column holds targets, changes or others' figures."""
    text = cell.text.strip()
    return bool(_AIMED.search(text)) and len(text) < _LABEL and not _PERIOD.fullmatch(text)


def _is_whole(label: Block | None, first: Block | None) -> bool:
    """Whether a row speaks of the whole or a branch, not of a part (製造業, 300人以上) that has its own figure."""
    if label is None:
        return True
    text = label.text.strip()
    if _BRANCH.fullmatch(_BRACKETED.sub("", text).strip()):
        return not _PART.search(text)
    if _BRANCH.fullmatch(text) or _PERIOD.fullmatch(text) or years(text):
        return True
    return not (_PART.search(text) or (first is not None and first is not label and _PART_HEAD.search(first.text)))


def _plain(text: str) -> bool:
    bare = _BRACKETED.sub("", text).strip()
    return not bare or bool(years(text) or _PLAIN.fullmatch(bare) or _PERIOD.fullmatch(bare) or _BRANCH.fullmatch(bare))


def _is_measure_of(fact: Fact, text: str) -> bool:
    """Whether a column's head is the last word of a fact's subject: 期間 of 学習期間."""
    bare = _BRACKETED.sub("", text).strip()
    return any(said.endswith(bare) for said in (fact.subject, *(words[-1] for words in fact.keywords)))


def _measures(text: str) -> bool:
    """Whether a column's head names a measure of its own, or a part of the whole."""
    bare = _BRACKETED.sub("", text).strip()
    if _ANSWERED.fullmatch(bare):
        return False
    return bool(
        _PART.search(bare) or re.search(r"(?:率|比|度|数|額|差|時間|日数|期間|間隔|頻度|周期|単価|費用|料金)\Z", bare)
    )
