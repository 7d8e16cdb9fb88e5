"""What an article states about the guide's facts: which figure, and whether it is the registered one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msglint.analysis.agreement import agrees
from msglint.analysis.binding import Bound, figures
from msglint.analysis.fold import nfkc
from msglint.analysis.quantities import canonical
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.guide.model import Fact, FactValue, Guide


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure about a fact's subject. `value` is the registered one it agrees with, None when there is none."""

    bound: Bound
    fact: Fact
    value: FactValue | None

    @property
    def text(self) -> str:
        """The figure as written."""
        return self.bound.quantity.text


def statements(view: View, guide: Guide) -> tuple[Statement, ...]:
    """Return the article's figures about registered facts; computed once for all rules."""
    return view.derived(_statements, guide)


def _statements(view: View, guide: Guide) -> tuple[Statement, ...]:
    found = []
    for bound in figures(view, guide):
        fact = _measured(bound)
        if fact:
            found.append(Statement(bound, fact, _agreeing(bound, fact)))
    return tuple(found)


def _measured(bound: Bound) -> Fact | None:
    """The fact a figure is about, if its unit is one of the fact's."""
    fact = bound.fact
    if fact is None:
        return None
    units = {canonical(v.low, v.high, v.unit)[2] for v in fact.values}
    return fact if bound.quantity.unit in units else None


def _agreeing(bound: Bound, fact: Fact) -> FactValue | None:
    newest = fact.newest
    same = [v for v in fact.values if canonical(v.low, v.high, v.unit)[2] == bound.quantity.unit]
    candidates = sorted(same, key=lambda v: v is not newest)
    if bound.year in {v.as_of for v in same if v.as_of}:
        candidates = [v for v in candidates if v.as_of == bound.year]
    quantity = bound.quantity
    if bound.previous or bound.year:
        # 前年の36.2%を上回った says what another figure is compared with, not that this one is a bound.
        quantity = replace(quantity, marks=tuple(m for m in quantity.marks if m not in {"over", "under"}))
    for value in candidates:
        low, high, _ = canonical(value.low, value.high, value.unit)
        if agrees(quantity if fact.bound == "exact" else bound.quantity, low, high, fact.bound):
            return value
    return None


def shown(value: FactValue) -> str:
    """Return a registered value as a writer reads it (37.2%, 2〜5点)."""
    number = f"{value.low}" if value.low == value.high else f"{value.low}〜{value.high}"
    return f"{number}{value.unit}"


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
