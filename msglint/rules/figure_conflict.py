"""figure-conflict: two articles that give different figures for one subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msglint.analysis.binding import Bound, figures
from msglint.analysis.manner import has_own_noun, was_so
from msglint.analysis.statements import in_unit_of_near
from msglint.analysis.subjects import Subject, is_measure, names_measure, subject_before
from msglint.analysis.tables import row_of
from msglint.analysis.units import TIMES
from msglint.document.model import Kind
from msglint.expression import expression
from msglint.model import Evidence, Found, Severity, Text, Violation
from msglint.rule import Context, Corpus, Example, Remark, Rule

_PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING, Kind.TITLE, Kind.DESCRIPTION, Kind.FOOTNOTE, Kind.CELL})

_NARROWED = expression(
    r"(?<!調査)(?<!調べ)(?<!アンケート)(?<!統計)(?<!当社)(?<!自社)(?<!弊社)(?<!全体)(?:では|には)"
    r"|(?<!当社の)(?<!弊社の)(?<!自社の)場合|に限[りっれる]|うち|なら|において|に対し|別に|以外"
    r"|(?<!によ)(?<!見)(?<!み)(?<!加え)(?<!含め)(?<!足す)(?<!合わせ)[うくぐすつぬぶむる]と、|(?<!によ)[えけげせてねべめれ]ば、|[ただ]ら、"
)
"""What narrows a sentence before its subject (製造業では、解約率は3%; 10台を使うと、…): it is compared with none."""
_BOUNDS = frozenset({"over", "at_least", "at_most", "under"})
_PER = expression(r"(?:当たり|あたり|当り|につき|に)?[、 ]?(?:約|平均)?")
_EVERY = expression(r"(?:毎|1)?([年月週日])(?:に|間に?|当たり|あたり|額)?(?:約|平均)?\Z")
"""How often something is: 会議は月2回."""
_EACH = expression(r"(?<![0-9一二三四五六七八九十])[1一](?:回|度|件|本|社|人)(?:当たり|あたり|当り|につき)?[、 ]?\Z")
"""What a figure is of each time, and of the same in another article: 所要時間は一回90分."""
_STATED = expression(
    r"(?:以内|以上|以下|未満|超|程度|前後|ほど|くらい|弱|強|近く|台)?"
    r"(?:\Z|[。、,)）」\n]|前(?:まで|です|だ|[。、])|です|でし|だ|で(?:あ|、|済)|も?あ[るり]|から(?:動|変わ)|に(?:まで|も)?(?:な|延|伸|短|縮|及|達|のぼ|設|定|減|増)|かか|と[なさしす定、]|を(?:超|要|切|目|上|下)|が(?:目安|必要|標準|平均|一般|基本|通例|相場|原則|上限|下限)|な(?:ので|のに)|と[短長]"
    r"|\s*[(（])"
)


def check(ctx: Context) -> Iterator[Evidence]:
    """Yield, as evidence, each figure of a subject that no fact is about."""
    base: Bound | None = None
    for bound in figures(ctx.view, ctx.guide):
        quantity, block, start, per = bound.quantity, bound.block, bound.quantity.start, ""
        if base and base.block is block and _PER.fullmatch(block.text, base.quantity.end, quantity.outer[0]):
            start, per = base.quantity.start, f"/{base.quantity.low}{base.quantity.unit}"
        if every := _EVERY.search(block.text, max(0, start - 6), start):
            start, per = every.start(), f"/{every[1]}"
        elif each := _EACH.search(block.text, max(0, start - 8), start):
            start = each.start()
        base = bound if quantity.per else None
        if bound.fact or in_unit_of_near(bound):
            continue
        # Behind the first column a row's other cells say of what case its words are.
        spoken = block.kind is not Kind.CELL or block.column == 0
        text, subject = block.text, _spoken(ctx, bound, start) if spoken else None
        if subject is None and block.kind is Kind.CELL:
            text, subject = _labelled(ctx, bound)
        if subject is None:
            continue
        value = {
            "subject": subject.key,
            "words": text[subject.start : subject.end].replace("\n", ""),
            "unit": quantity.unit + per,
            "low": str(quantity.low),
            "high": str(quantity.high),
            "rough": bool(quantity.marks),
            "year": bound.year,
            "past": was_so(quantity, block.text),
            "text": bound.said,
        }
        yield Evidence(block.span(quantity.start, quantity.end), "figure", value)


def _spoken(ctx: Context, bound: Bound, start: int) -> Subject | None:
    """Return what the figure that begins at `start` is said of in running text."""
    block = bound.block
    if block.kind not in _PROSE or not _is_measure(bound):
        return None
    subject = subject_before(ctx.view.tokens(block.index), start)
    if subject is None or not is_measure(block.text, subject, start):
        return None
    return None if _NARROWED.search(block.text, bound.sentence.start, subject.start) else subject


def _labelled(ctx: Context, bound: Bound) -> tuple[str, Subject | None]:
    """Return the label beside a figure that is all of its cell, in a table of two columns, and what it names."""
    block, quantity = bound.block, bound.quantity
    row, _ = row_of(ctx.view, ctx.guide, block)
    alone = block.text.strip() == block.text[quantity.outer[0] : quantity.outer[1]].strip()
    if len(row) != 1 or row[0].column != 0 or not alone or not quantity.unit or quantity.role or bound.supposed:
        return "", None
    text = row[0].text
    subject = subject_before(ctx.view.tokens(row[0].index), len(text))
    named = subject is not None and text[subject.start : subject.end] == text.strip() and names_measure(text, subject)
    return text, subject if named else None


def _is_measure(bound: Bound) -> bool:
    """Whether a figure says how much its subject is, and does not count something else or tell when."""
    quantity, text = bound.quantity, bound.block.text
    if quantity.role or bound.change or bound.supposed or bound.hypothetical or not quantity.unit:
        return False
    if bound.block.kind is Kind.ITEM and not _BOUNDS.isdisjoint(quantity.marks):
        return False  # - エラー率が5%を超える is a criterion
    if quantity.unit in TIMES and not _STATED.match(text, quantity.end):
        return False
    return not has_own_noun(quantity, text, bound.sentence.end)


def corpus(ctx: Corpus) -> Iterator[Remark]:
    """Yield each figure that one of another article about the same subject does not agree with."""
    by_subject: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for found in ctx.evidence:
        by_subject[(found.value["subject"], found.value["unit"])].append(found)
    for group in by_subject.values():
        for found in group:
            other = next((o for o in group if o.path != found.path and _conflict(found.value, o.value)), None)
            if other:
                yield Remark(found.path, _violation(found, other))


def _conflict(one: dict[str, Any], other: dict[str, Any]) -> bool:
    if one["year"] and other["year"] and one["year"] != other["year"]:
        return False
    if any(a["year"] and a["past"] and not b["year"] for a, b in ((one, other), (other, one))):
        return False  # what was so in 2019 is no claim about today
    a, b = (Decimal(one["low"]), Decimal(one["high"])), (Decimal(other["low"]), Decimal(other["high"]))
    if a[0] <= b[1] and b[0] <= a[1]:
        return False
    nearest = min(abs(a[0] - b[1]), abs(b[0] - a[1]))
    return not ((one["rough"] or other["rough"]) and nearest <= max(abs(a[1]), abs(b[1])) / 10)


def _violation(found: Found, other: Found) -> Violation:
    here, there = found.value["text"], other.value["text"]
    words = found.value["words"]
    return Violation(
        found.span,
        Text(
            f"「{words}」を、この記事は{here}、{other.path}は{there}としています。正しいほうにそろえてください。"
            "何度も使う数字なら、ガイドの持ち主に登録を頼んでください。",
            f'"{words}" is {here} here and {there} in {other.path}. Make them agree, and where the '
            "figure is used often, ask the owner of the guide to register it.",
        ),
    )


_GUIDE = """
facts:
  - id: crm-adoption
    subject: 日本企業のCRM導入率
    keywords: [CRM導入率]
    values: [{value: 37.2, unit: "%"}]
    source: HubSpot調査
"""

RULE = Rule(
    id="figure-conflict",
    severity=Severity.WARNING,
    check=check,
    corpus=corpus,
    summary=Text("記事どうしで食い違う数値を見つける", "Finds figures that differ between articles"),
    page=Text(
        """ガイドに登録していない事柄でも、2つの記事が違う数字を書いていれば、少なくとも片方は誤りです。
同じ名詞句(「メールの開封率」など)に、同じ単位で、重ならない数字を書いた記事を、両方の場所で指摘します。
表は、項目と値の2列のものを比べます。

違う年を書いた数字、「約」などの付いた近い数字、「目安」や「定員」のように記事ごとに違って当然の言葉は比べません。
`content`のすべての記事と比べるので、1つの記事だけを検査したときも見つかります。""",
        """Even where the guide has no fact, two articles that give different figures for one subject cannot both be right.
Reported in both articles, for the same noun phrase and unit; tables count where they have a label and a value only. Figures of different years, roughly equal ones, and words that differ
from article to article anyway (目安, 定員) are not compared. Every article of `content` is compared, whatever files were named.""",
    ),
    examples=(
        Example("メールの開封率は⟦25%⟧です。", others=("メール開封率は30%です。",)),
        Example("導入企業の満足度は⟦82%⟧でした。", others=("導入企業の満足度は７８％です。",)),
        Example("- 平均商談期間: ⟦45日⟧", others=("平均商談期間は3か月です。平均商談期間は60日です。",)),
        Example("ウェビナーの参加率は⟦4割⟧です。", others=("ウェビナーの参加率は55%です。",)),
        Example("2024年の解約率は⟦3%⟧です。", others=("解約率は5%です。",)),
        Example("# 解約率は⟦3%⟧\n\n本文です。", others=("本文です。", "解約率は1割です。")),
        Example("窓口の応答時間は⟦4時間⟧です。", others=("窓口の応答時間は6時間です。",)),
        Example("> 解約率は⟦3%⟧です。", others=("解約率は5%です。",)),
        Example("件名の長さの上限は⟦30文字⟧です。", others=("件名の長さの上限は20文字です。",)),
        Example("メールの開封率は25%です。", others=("メールの開封率は25%です。",)),
        Example("第1回の講座の参加率は25%です。", others=("第2回の講座の参加率は30%です。",)),
        Example("新人が送るメールの開封率は25%です。", others=("部長が送るメールの開封率は40%です。",)),
        Example("メールの開封率は25%です。", others=("メールの開封率は2割5分です。",)),
        Example("2023年の解約率は3%です。", others=("2024年の解約率は5%です。",)),
        Example("メールの開封率は25%です。", others=("広告の開封率は30%です。",)),
        Example("メールの開封率は25%です。メールの開封率は30%です。"),
        Example("定員は30名です。", others=("定員は50名です。",)),
        Example("CRM導入率は37.2%です。", _GUIDE, others=("CRM導入率は47.2%です。",)),
        Example("CRM導入率は37.2%で、拠点の数は⟦24か所⟧です。", _GUIDE, others=("拠点の数は27か所です。",)),
        Example("CRM導入率は37.2%で、メールの開封率は25%です。", _GUIDE, others=("メールの開封率は30%です。",)),
        Example("解約率は約3%です。", others=("解約率は3.1%です。",)),
        Example("この解約率は3%です。", others=("この解約率は5%です。",)),
    ),
)
