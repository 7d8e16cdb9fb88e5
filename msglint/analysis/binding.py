"""Figures with what they are about and how they are meant, in running text and in tables."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from msglint.analysis.cases import is_told_by_others, restricts
from msglint.analysis.clauses import FARTHEST, names_other
from msglint.analysis.dating import Dates, dates, years_ago
from msglint.analysis.manner import is_change, is_time_apart
from msglint.analysis.mentions import Mention, mentions
from msglint.analysis.place import Place
from msglint.analysis.populations import is_of_size
from msglint.analysis.quantities import Quantity
from msglint.analysis.restrictions import is_elsewhere, is_of_thing
from msglint.analysis.same import Same
from msglint.analysis.suppositions import (
    is_former,
    is_hypothesis,
    is_supposed,
    is_unmet,
    is_yardstick,
)
from msglint.analysis.tables import cell_fact, cell_facts, cell_years, in_unit, is_set, row_of
from msglint.analysis.ties import is_in_points_too, subject
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.document.sentences import Sentence
from msglint.expression import expression
from msglint.guide.model import Fact, Guide

_MARKS = expression(
    "(?:以[上下内]|超|未満|[弱強方頃台]|前後|程度?|ほど|[くぐ]らい|ごろ|近く|余り?|あまり|オーバー|から|まで|がた)*"
)
_AS_NOUN = {"over": "超", "under": "未満", "at_most": "以下", "at_least": "以上", "weak": "弱"}
_AVERAGE = expression(r"(?:全社|社内|全体|部門)の?平均の?\Z")
_LABELS = 3
"""So many characters beside a figure are marks of it (約, 以上)."""
_OF_SUBJECTS = frozenset({"at_most", "at_least"})
"""Marks that a subject may end in: 上限, 下限, 最低."""
_LINK = expression(r"[」』]?(?:と|や|、|・|および|及び|ならびに)(?:、)?[「『]?")
_IN_ORDER = expression(r"(?:約)?\s*(?:と|、|・|および|及び|ならびに)\s*(?:約)?")
_RESPECTIVELY = expression(r"それぞれ|各々|順に")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what it is about: `fact` when its subject is registered.

    `near` are the facts that the sentence (in a table, the row) speaks of. `year` is the one stated for the
    figure, `ago` how many years before the newest it is said to be, `named_years` are all that the sentence
    names. `change`: it is a rise or fall by so much, not a level. `supposed`: it is aimed at, foreseen or
    what was before. `aside`: between the registered subject and the figure another one is named. `hypothetical`: it is
    said of a case only, unless it is the registered figure. `compared`: another may be compared with it.
    """

    block: Block
    sentence: Sentence
    quantity: Quantity
    fact: Fact | None
    near: tuple[Fact, ...]
    year: int | None = None
    ago: int = 0
    named_years: frozenset[int] = frozenset()
    change: bool = False
    supposed: bool = False
    aside: bool = False
    hypothetical: bool = False
    compared: bool = False

    @property
    def said(self) -> str:
        """The figure as written, with its marks as nouns (約4割, 80点未満, 1,200社超 for 1,200社を超え)."""
        start, end = self.quantity.outer
        after = self.block.text[self.quantity.end : end].replace("\n", "").strip()
        if not _MARKS.fullmatch(after):
            after = _AS_NOUN.get(self.quantity.marks[-1], "")
        return self.block.text[start : self.quantity.end].replace("\n", "").strip() + after


def figures(view: View, guide: Guide) -> tuple[Bound, ...]:
    """Return every figure of the article with its subject; computed once for all rules."""
    return view.derived(_figures, guide)


def _figures(view: View, guide: Guide) -> tuple[Bound, ...]:
    return tuple(bound for block in view.body() for bound in _in_block(view, guide, block))


def _in_block(view: View, guide: Guide, block: Block) -> Iterator[Bound]:
    quantities = view.quantities(block.index, guide)
    if not quantities:
        return
    if block.kind is Kind.CELL:
        yield from _in_cell(view, guide, block, quantities)
        return
    spoken = mentions(view, guide, block)
    quantities = tuple(_apart_from(quantity, spoken) for quantity in quantities)
    for sentence, group in groupby(quantities, key=lambda q: view.sentence(block, q.start)):
        inside = sorted(
            (m for m in spoken if sentence.start <= m.start and m.end <= sentence.end), key=lambda m: (m.end, -m.start)
        )
        yield from _in_sentence(Place(view, guide, block, sentence, tuple(group), inside))


def _apart_from(quantity: Quantity, spoken: Sequence[Mention]) -> Quantity:
    """Leave to a subject its own words that a figure took for a mark: 上限 in (配信上限)は20万件."""
    first, last = quantity.outer
    if not any(m.start < first < m.end <= quantity.start for m in spoken):
        return quantity
    marks = tuple(mark for mark in quantity.marks if mark not in _OF_SUBJECTS)
    return replace(quantity, outer=(quantity.start, last), marks=marks)


def _in_sentence(place: Place) -> Iterator[Bound]:
    dated = dates(place.block.text, place.sentence, place.quantities)
    near = tuple(dict.fromkeys(m.fact for m in place.mentions))
    named = frozenset(m.year for m in dated.named)
    listed = _in_order(place)
    for i, quantity in enumerate(place.quantities):
        fact = listed[i] if i in listed else subject(place, i)
        yield _bound(place, dated, quantity, fact, near, named)


def _in_order(place: Place) -> dict[int, Fact | None]:
    """Read CRM導入率と転換率は、それぞれ37.2%と30%です: by the figures' places, their subjects in order.

    Where not all of the subjects named together are registered, none of the figures has one.
    """
    found: dict[int, Fact | None] = {}
    text = place.block.text
    for said in _RESPECTIVELY.finditer(text, place.sentence.start, place.sentence.end):
        first = bisect.bisect_left(place.quantities, said.start(), key=lambda q: q.start)
        group = [first] if first < len(place.quantities) else []
        while group and group[-1] + 1 < len(place.quantities):
            one, other = place.quantities[group[-1]], place.quantities[group[-1] + 1]
            if not _IN_ORDER.fullmatch(text, one.outer[1], other.outer[0]):
                break
            group.append(group[-1] + 1)
        before = [m for m in place.mentions if m.end <= said.start()]
        chain = before[-1:]
        for mention in reversed(before[:-1]):
            if not _LINK.fullmatch(text, mention.end, chain[0].start):
                break
            chain.insert(0, mention)
        if len(chain) > 1 or len(before) < 2:
            same = len(chain) == len(group) and len(chain) > 1
            if not same and len(chain) == 1 and not place.coordinated(chain[0]):
                continue
            found.update({i: chain[n].fact if same else None for n, i in enumerate(group)})
    return found


def _in_cell(view: View, guide: Guide, block: Block, quantities: tuple[Quantity, ...]) -> Iterator[Bound]:
    """A table row counts as one sentence, with the words of its header cells."""
    own = sorted(mentions(view, guide, block), key=lambda m: (m.end, -m.start))
    row, head = row_of(view, guide, block)
    quantities = in_unit(view, guide, quantities, row, head)
    place = Place(view, guide, block, Sentence(0, len(block.text), block.text), quantities, own)
    around = [*own, *cell_facts(view, guide, row, head)]
    near = tuple(dict.fromkeys(m.fact for m in around))
    year, named = cell_years(view, guide, row, head)
    chosen = is_set(row, head, block.column or 0)
    for at, bound in enumerate(_in_sentence(place)):
        fact = bound.fact
        of_change = bound.quantity.unit == "ポイント" and any(is_in_points_too(m.fact) for m in around)
        changed = bound.change and not of_change
        apart = bound.quantity.role or changed or is_time_apart(bound.quantity, block.text)
        if not own and around and not apart and not _is_said(block, bound.quantity):
            fact = cell_fact(view, guide, block, quantities[at])
        yield replace(
            bound,
            fact=fact,
            near=near,
            year=bound.year or year,
            ago=bound.ago or (years_ago(head.text) if head else 0),
            named_years=bound.named_years | named,
            supposed=bound.supposed or (chosen and fact is None),
        )


def _is_said(block: Block, quantity: Quantity) -> bool:
    """Whether a figure is part of what a row begins with in words, and no value of what the row says behind it."""
    start, end = quantity.outer
    return block.column == 0 and len(block.text.strip()) - (end - start) > _LABELS


def _is_supposed(place: Place, quantity: Quantity) -> bool:
    text, start = place.masked, place.sentence.start
    if is_supposed(quantity, text, start) or is_former(quantity, text, start):
        return True
    at = bisect.bisect_right(place.quantities, quantity.start, key=lambda q: q.start)
    return at < len(place.quantities) and is_yardstick(quantity, place.quantities[at], text)


def _is_aside(place: Place, quantity: Quantity) -> bool:
    """Whether another subject stands between the registered one and a figure: 社数が増え、質問は22%増えた."""
    at, start = bisect.bisect_right(place.mentions, quantity.outer[0], key=lambda m: m.end), quantity.outer[0]
    if at == 0 or start - place.mentions[at - 1].end > FARTHEST:
        return False
    end = place.mentions[at - 1].end
    return names_other(place.tokens, end, start, place.between(end, start))


def _restricts(place: Place, quantity: Quantity, fact: Fact | None) -> bool:
    """Whether a figure behind its subject tells which of many are meant: 経年化率が40%を超える事業体."""
    text, left = place.block.text, quantity.outer[0]
    tight = any(m.end == left for m in place.mentions)
    if not restricts(quantity, text, tight=tight):
        return False
    return text.endswith("が", 0, left) or _follows(place, quantity, fact)


def _is_of_part(place: Place, quantity: Quantity, fact: Fact | None) -> bool:
    """Whether the figure's subject is meant of those of a size, or of one thing: 従業員300人以上の企業の導入率は."""
    at = bisect.bisect_right(place.mentions, quantity.outer[0], key=lambda m: m.end)
    near = (m for m in place.mentions[max(0, at - 3) : at] if m.fact is fact)
    text, start, known = place.block.text, place.sentence.start, _known(Same(place.guide))
    return any(
        is_of_size(text, m.fact, start, m.start)
        or is_elsewhere(text, m.fact, start, m.start)
        or (not _is_done(text, m) and is_of_thing(text, m.fact, start, m.start, known))
        for m in near
    )


def _is_done(text: str, mention: Mention) -> bool:
    """Whether a subject is what is done with its first word, of which the words before tell: 行動の目標を設定する."""
    return len(mention.parts) > 1 and text.startswith("を", mention.parts[0][1])


@functools.lru_cache(maxsize=8)
def _known(guide: Same[Guide]) -> str:
    """Return all that a guide names, as one text."""
    terms = (word for term in guide.it.terms for word in (term.term, *term.expansion, *term.variants))
    claims = (said for claim in guide.it.claims for said in (claim.statement, *claim.paraphrases))
    return "\n".join((guide.it.name, *terms, *claims, *(fact.subject for fact in guide.it.facts)))


def _is_compared(place: Place, quantity: Quantity) -> bool:
    """Whether a figure is the one that another is compared with: 26.1%は、34.3%を下回ります, 全社平均の30分を."""
    at = bisect.bisect_left(place.quantities, quantity.start, key=lambda q: q.start)
    if any(q.unit == quantity.unit for q in place.quantities[max(0, at - 2) : at]):
        return True
    return _AVERAGE.search(place.block.text, max(0, quantity.start - 12), quantity.start) is not None


def _follows(place: Place, quantity: Quantity, fact: Fact | None) -> bool:
    """Whether the figure stands behind the words of its subject."""
    return any(m.fact is fact and m.end <= quantity.outer[0] for m in place.mentions)


def _bound(
    place: Place, dated: Dates, quantity: Quantity, fact: Fact | None, near: tuple[Fact, ...], named: frozenset[int]
) -> Bound:
    text = place.block.text
    return Bound(
        place.block,
        place.sentence,
        quantity,
        fact,
        near,
        year=dated.year(quantity),
        ago=dated.ago(quantity),
        named_years=named,
        change=is_change(quantity, text),
        supposed=_is_supposed(place, quantity),
        aside=fact is None and _is_aside(place, quantity),
        hypothetical=is_hypothesis(quantity, text, place.sentence.start)
        or _restricts(place, quantity, fact)
        or (is_unmet(quantity, text) and _follows(place, quantity, fact))
        or _is_of_part(place, quantity, fact)
        or is_told_by_others(quantity, text),
        compared=_is_compared(place, quantity),
    )
