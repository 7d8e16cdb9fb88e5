"""What an article states about the guide's facts: which figure, and whether it is the registered one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from msglint.analysis.agreement import agrees
from msglint.analysis.binding import Bound, figures
from msglint.analysis.fold import nfkc
from msglint.analysis.manner import was_so
from msglint.analysis.numerals import narrow
from msglint.analysis.quantities import canonical, years
from msglint.analysis.suppositions import is_condition
from msglint.analysis.units import TIMES
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.expression import expression
from msglint.guide.model import Fact, FactValue, Guide

_PLAIN_THOUSANDS = expression(r"(?<![0-9.,])[0-9]{4}")
_FROM = expression(r"(?:だったの?が、?|から、?|→)\s*(?:わずか|約|平均|現在の?)?")

_CRITERION = expression(r"基準[点値]|スコア(?!の)|しきい値|閾値|合格|項目数|条件|判定|判断")
_JUDGED = expression(
    r"[^。]{0,24}(?:渡[しすっ]|判定|判断|合格|と(?:する|し[ますた]|み(?:な|る)|呼|認め|なり|なる)|として|です|に(?:な|進))"
)
_PASSES = expression(r"[^、。]{0,12}(?:合格|及第|良好)")
_SIDES = (frozenset({"at_least", "over"}), frozenset({"at_most", "under"}))


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure about a fact's subject. `value` is the registered one it agrees with, None when there is none."""

    bound: Bound
    fact: Fact
    value: FactValue | None

    @property
    def said(self) -> str:
        """The figure as written, with its marks (約4割, 80点未満)."""
        return self.bound.said


def statements(view: View, guide: Guide) -> tuple[Statement, ...]:
    """Return the article's figures about registered facts; computed once for all rules."""
    return view.derived(_statements, guide)


def agreed(view: View, guide: Guide) -> Iterator[Statement]:
    """Yield the statements that agree with a registered value, of one fact the first in a sentence only."""
    seen = set()
    for statement in statements(view, guide):
        place = (statement.fact.id, statement.bound.block.index, statement.bound.sentence.start)
        if statement.value is not None and place not in seen:
            seen.add(place)
            yield statement


def _statements(view: View, guide: Guide) -> tuple[Statement, ...]:
    found = []
    for bound in figures(view, guide):
        fact = _measured(bound)
        value = _agreeing(bound, fact) if fact else None
        hypothetical = fact and bound.hypothetical and not _is_criterion(fact, bound)
        if fact and (
            value
            or not (
                hypothetical or _is_of_before(fact, bound) or _is_inside(fact, bound) or _is_of_last_time(fact, bound)
            )
        ):
            found.append(Statement(bound, fact, value))
    return tuple(one for one, other in zip_longest(found, found[1:]) if not _is_before(one, other))


def _is_criterion(fact: Fact, bound: Bound) -> bool:
    """Whether a condition states the bound itself of a score that is asked for: 合計スコアが50点以上ならMQLとする."""
    after = bound.block.text[bound.quantity.end : bound.sentence.end]
    meant = bound.quantity.marks if bound.quantity.marks else (fact.bound,)
    return (
        (_CRITERION.search(fact.subject) is not None or _PASSES.match(after) is not None)
        and any(fact.bound in side and set(meant) <= side for side in _SIDES)
        and is_condition(bound.quantity, bound.block.text)
        and (_JUDGED.match(after) or _PASSES.match(after)) is not None
    )


def _is_of_before(fact: Fact, bound: Bound) -> bool:
    """Whether a figure was so in a year that is named (2023年は42万円だった), and the guide's are of none."""
    undated = not any(value.as_of for value in fact.values)
    return undated and bound.year is not None and was_so(bound.quantity, bound.block.text)


def _is_of_last_time(fact: Fact, bound: Bound) -> bool:
    """Whether a figure is of the year before, and the guide has the newest only."""
    return bound.ago > 0 and len(values_in(fact, bound.quantity.unit)) == 1


def _is_inside(fact: Fact, bound: Bound) -> bool:
    """Whether one figure lies within a registered range: 3か月 says less than 1〜3か月, but nothing else."""
    quantity = bound.quantity
    if quantity.low != quantity.high or set(quantity.marks) - {"about"}:
        return False
    ranges = (canonical(v.low, v.high, v.unit) for v in values_in(fact, quantity.unit) if v.low != v.high)
    return any(low <= quantity.low and quantity.high <= high for low, high, _ in ranges)


def _is_before(one: Statement, other: Statement | None) -> bool:
    """Whether an unknown figure without a year is only what the registered one was before: 10分から3分に縮まった."""
    if other is None or one.value or not other.value or one.fact is not other.fact or one.bound.year:
        return False
    if one.bound.block is not other.bound.block or one.bound.quantity.unit != other.bound.quantity.unit:
        return False
    return bool(_FROM.fullmatch(one.bound.block.text, one.bound.quantity.outer[1], other.bound.quantity.outer[0]))


def _measured(bound: Bound) -> Fact | None:
    """The fact a figure is about, if its unit is one of the fact's."""
    fact = bound.fact
    if fact is None or (bound.supposed and not is_forecast(fact, bound)):
        return None
    return fact if values_in(fact, bound.quantity.unit) else None


def is_forecast(fact: Fact, bound: Bound) -> bool:
    """Whether a fact is about a year that the sentence names, so that what is expected of it is the fact itself."""
    return any(named.year in bound.named_years for named in years(fact.subject))


def in_unit_of_near(bound: Bound) -> bool:
    """Whether a fact that the figure's sentence speaks of has values in its unit."""
    return any(values_in(fact, bound.quantity.unit) for fact in bound.near)


def values_in(fact: Fact, unit: str) -> list[FactValue]:
    """Return a fact's values in a unit (the canonical one), the newest first."""
    same = [v for v in fact.values if canonical(v.low, v.high, v.unit)[2] == unit]
    return sorted(same, key=lambda v: v is not fact.newest)


def stated_by(fact: Fact, bound: Bound) -> FactValue | None:
    """Return the newest value that a figure states, whatever year is said."""
    return next((v for v in values_in(fact, bound.quantity.unit) if _states(fact, bound, v)), None)


def _agreeing(bound: Bound, fact: Fact) -> FactValue | None:
    of_year = [v for v in values_in(fact, bound.quantity.unit) if v.as_of and v.as_of == bound.year]
    if not of_year:
        return stated_by(fact, bound)
    return next((v for v in of_year if _states(fact, bound, v)), None)


def _states(fact: Fact, bound: Bound, value: FactValue) -> bool:
    low, high, unit = canonical(value.low, value.high, value.unit)
    quantity = bound.quantity
    if bound.compared or (fact.bound == "exact" and (bound.ago or bound.year)):
        # 前年の36.2%を上回った says what another figure is compared with, not that this one is a bound.
        quantity = replace(quantity, marks=tuple(m for m in quantity.marks if m not in {"over", "under"}))
    return unit == quantity.unit and agrees(quantity, low, high, fact.bound)


def shown(value: FactValue, like: str = "1,000") -> str:
    """Return a registered value as a writer reads it (37.2%, 1,200社, 2〜5点).

    Thousands are parted by commas unless `like`, the figure that it stands for, has four digits without one.
    """
    plain = bool(_PLAIN_THOUSANDS.search(narrow(like)))
    low, high = (f"{n:f}" if plain else f"{n:,f}" for n in (value.low, value.high))
    return f"{low}{value.unit}" if low == high else f"{low}〜{high}{value.unit}"


def registered(fact: Fact, value: FactValue, like: str = "1,000") -> str:
    """Return a registered value with what the fact's bound says of it (30%超, 24時間以内, 約1,200社)."""
    if fact.bound == "about":
        return f"約{shown(value, like)}"
    at_most = "以内" if canonical(value.low, value.high, value.unit)[2] in TIMES else "以下"
    return shown(value, like) + {"over": "超", "at_least": "以上", "at_most": at_most, "under": "未満"}.get(
        fact.bound, ""
    )


def mentions_any(text: str, patterns: tuple[str, ...]) -> bool:
    """Whether any of `patterns` stands in `text`; width, letter case and line breaks do not matter."""
    folded = nfkc(text).casefold().replace("\n", "").replace(" ", "")
    return any(nfkc(p).casefold().replace(" ", "") in folded for p in patterns if p.strip())


def neighbourhood(view: View, bound: Bound) -> str:
    """Return the text in which a caveat counts: the sentence, those beside it, the table, footnotes pointed to."""
    block = bound.block
    blocks = [block] if block.group is None else _group(view, block)
    if block.kind is Kind.CELL:
        around = [(b, s) for b in blocks for s in view.sentences(b.index)]
        referring = blocks
    else:
        listed = [(b, s) for b in blocks for s in view.sentences(b.index)]
        here = next((i for i, (b, s) in enumerate(listed) if b is block and s.start == bound.sentence.start), None)
        around = listed[max(0, here - 1) : here + 2] if here is not None else listed
        referring = [block]
    labels = {
        r.label
        for b in referring
        for r in b.references
        if block.kind is Kind.CELL or bound.sentence.start <= r.at <= bound.sentence.end + 1
    }
    notes = [b.text for b in view.document.blocks if b.kind is Kind.FOOTNOTE and b.label in labels]
    return "\n".join([s.text for _, s in around] + notes)


def _group(view: View, block: Block) -> list[Block]:
    return [b for b in view.document.blocks if b.group == block.group and b.kind is not Kind.ALT]


def section_text(view: View, block: Block) -> str:
    """Return the text in which a source counts: the section with its heading, and the footnotes it points to."""
    inside = [view.document.blocks[i] for i in view.document.sections[block.section].blocks]
    labels = {r.label for b in inside for r in b.references}
    notes = [b for b in view.document.blocks if b.kind is Kind.FOOTNOTE and b.label in labels]
    return "\n".join(b.text for b in [*inside, *notes])
