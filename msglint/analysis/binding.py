"""Which subject a figure is about: the nearest one before it in the sentence, or the one it modifies."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from msglint.analysis.clauses import FARTHEST, carries, is_tight, parts_subject
from msglint.analysis.dating import Dates, dates
from msglint.analysis.manner import has_own_noun, is_change, is_compared, is_time_apart
from msglint.analysis.mentions import Mention, mentions
from msglint.analysis.modifiers import modifies
from msglint.analysis.numerals import narrow
from msglint.analysis.populations import is_of_others, is_restricted
from msglint.analysis.quantities import Quantity
from msglint.analysis.suppositions import is_former, is_hypothesis, is_supposed, is_yardstick, restricts
from msglint.analysis.tables import cell_fact, cell_facts, cell_years, in_unit, row_of
from msglint.analysis.tokens import Tokens
from msglint.analysis.view import View
from msglint.document.model import Block, Kind
from msglint.document.sentences import Sentence
from msglint.guide.model import Fact, Guide

_LINK = re.compile(r"[」』]?(?:と|や|、|・|および|及び|ならびに)(?:、)?[「『]?")
_IN_ORDER = re.compile(r"(?:約)?\s*(?:と|、|・|および|及び|ならびに)\s*(?:約)?")
_CHANGING = re.compile("[差増減比伸]|[上下][がげ]|上昇|低下|変化|改善|向上|アップ|ダウン|推移|拡大|縮小|悪化|回復")
_BASE_OF = re.compile(r"([0-9一][0-9.,]*[A-Za-z一-龠ァ-ヴー]{1,5}?)(?:当たり|あたり|当り|につき)")
_BASE = re.compile(_BASE_OF.pattern.replace("[0-9一]", "[0-9０-９一]") + r"[、 ]?(?:平均|年間|月間)?\Z")
_SCALE = re.compile(r"(?:満点)?(?:で(?:は|、)?|中(?:、)?|の)?(?:平均)?")
_WHO = re.compile(
    r"(?:以上|超|強|弱|近く)?(?:もの)?(?:の(?:企業|会社|組織|団体|事業者|自治体|人|方|担当者|責任者|経営者|回答者|店|施設))?が、?"
)
_SAY = re.compile(r"(?:を|に)(?:課題|問題)?(?:に|として|と)?(?:感じ|挙げ|あげ|抱え|悩|苦し|直面|実感|訴え|指摘)")
_AIMS = re.compile("目標|目指|めざ|計画|予測|予想|予定|見込|見通|理想|ゴール")
_NEXT = 6
"""So near behind a figure stands the word that says how it changes."""
_RESPECTIVELY = re.compile(r"それぞれ|各々|順に")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what it is about: `fact` when its subject is registered.

    `near` are the facts that the sentence (in a table, the row) speaks of. `year` is the one stated for the
    figure, `previous` that it is said to be the year before the newest, `named_years` are all that the sentence
    names. `change`: it is a rise or fall by so much, not a level. `supposed`: it is aimed at, expected, a condition or
    what was before. `aside`: between the registered subject and the figure another one is named. `hypothetical`: it is
    said of a case only, unless it is the registered figure.
    """

    block: Block
    sentence: Sentence
    quantity: Quantity
    fact: Fact | None
    near: tuple[Fact, ...]
    year: int | None = None
    previous: bool = False
    named_years: frozenset[int] = frozenset()
    change: bool = False
    supposed: bool = False
    aside: bool = False
    hypothetical: bool = False

    @property
    def said(self) -> str:
        """The figure as written, with its marks (約4割, 80点未満)."""
        start, end = self.quantity.outer
        return self.block.text[start:end].replace("\n", "").strip()


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
    for sentence, group in groupby(quantities, key=lambda q: view.sentence(block, q.start)):
        inside = sorted(
            (m for m in spoken if sentence.start <= m.start and m.end <= sentence.end), key=lambda m: (m.end, -m.start)
        )
        yield from _in_sentence(_Place(view, block, sentence, tuple(group), inside))


@dataclass(frozen=True)
class _Place:
    """A sentence with its figures and the registered subjects that it names, in reading order."""

    view: View
    block: Block
    sentence: Sentence
    quantities: tuple[Quantity, ...]
    mentions: list[Mention]

    @functools.cached_property
    def masked(self) -> str:
        """The block's text without those subjects that speak of aims: 脱炭素目標を設定する企業は41.4% is no target."""
        text = self.block.text
        for mention in self.mentions:
            if _AIMS.search(text, mention.start, mention.end):
                text = text[: mention.start] + "\ufffc" * (mention.end - mention.start) + text[mention.end :]
        return text

    @property
    def tokens(self) -> Tokens:
        return self.view.tokens(self.block.index)


def _in_sentence(place: _Place) -> Iterator[Bound]:
    dated = dates(place.block.text, place.sentence, place.quantities)
    near = tuple(dict.fromkeys(m.fact for m in place.mentions))
    listed = _in_order(place)
    for i, quantity in enumerate(place.quantities):
        fact = listed[i] if i in listed else _subject(place, i)
        yield _bound(place, dated, quantity, fact, near)


def _in_order(place: _Place) -> dict[int, Fact | None]:
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
            if not same and len(chain) == 1 and not _coordinated(place, chain[0]):
                continue
            found.update({i: chain[n].fact if same else None for n, i in enumerate(group)})
    return found


def _coordinated(place: _Place, mention: Mention) -> bool:
    """Whether a subject is named together with another: SFA導入率とCRM導入率は."""
    before = place.tokens.last(2, place.sentence.start, mention.start)
    after = place.tokens.between(mention.end, min(mention.end + 6, place.sentence.end))
    links = {"と", "や", "および", "及び", "・", "ならびに"}
    return (len(before) == 2 and before[1].surface in links and before[0].kind in {"名詞", "接尾辞"}) or (
        bool(after) and after[0].surface in links
    )


def _subject(place: _Place, at: int) -> Fact | None:
    """Return the fact that a figure of running text is about."""
    quantity, text = place.quantities[at], place.block.text
    if quantity.role or not place.mentions or is_time_apart(quantity, text):
        return None
    behind = bisect.bisect_left(place.mentions, quantity.end, key=lambda m: m.end)
    for mention in place.mentions[behind : behind + 4]:
        if modifies(place.tokens, text, quantity, mention.start, mention.end):
            return mention.fact
    if follower := next((m for m in place.mentions[behind : behind + 2] if _counts(text, quantity, m)), None):
        return follower.fact
    spoken = _mention_before(place, at)
    if spoken is None or (is_change(quantity, text) and not _is_of_change(spoken, quantity)):
        return None
    return spoken.fact


def _counts(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a share is of those who say that they have the subject: 68%の企業が人材不足を感じている."""
    if quantity.unit != "%" or not _WHO.fullmatch(text, quantity.end, mention.start):
        return False
    return _SAY.match(text, mention.end) is not None


def _mention_before(place: _Place, at: int) -> Mention | None:
    """Return the subject that a figure follows, or among whose words it stands."""
    start, end = place.quantities[at].outer
    before = bisect.bisect_right(place.mentions, start, key=lambda m: m.end)
    around = (m for m in place.mentions[before : before + 4] if m.start < start and end < m.end)
    across = [m for m in around if _is_one(place, m)]
    if before == 0:
        return next(iter(across), None)
    if closed := next((m for m in across if _is_of_change(m, place.quantities[at])), None):
        return closed
    ending = [m for m in place.mentions[:before] if m.end == place.mentions[before - 1].end]
    mention = next((m for m in reversed(ending) if _is_one(place, m)), None)
    return mention if mention and _ties(place, mention, at) else None


def _is_one(place: _Place, mention: Mention) -> bool:
    """Whether the words of a subject belong together, and no other subject stands among them."""
    figures = [q.outer for q in place.quantities]
    return not any(parts_subject(place.tokens, one[1], other[0], figures) for one, other in pairwise(mention.parts))


def _is_of_change(mention: Mention, quantity: Quantity) -> bool:
    """Whether a fact is itself about a rise or fall.

    One in points (導入率の前年比, not a score such as NPS), or one whose keyword is the change: 精算を月40時間削減.
    """
    if quantity.unit == "ポイント" and _CHANGING.search(mention.fact.subject):
        return True
    return any(0 <= start - quantity.end <= _NEXT for start, _ in mention.parts)


def _ties(place: _Place, mention: Mention, at: int) -> bool:
    """Whether a subject before a figure is the figure's."""
    quantity, tokens, text = place.quantities[at], place.tokens, place.block.text
    scaled = _has_scale(place, at)
    start = place.quantities[at - 1].outer[0] if scaled else quantity.outer[0]
    if start - mention.end > FARTHEST:
        return False
    if has_own_noun(quantity, text, place.sentence.end) and not is_tight(tokens, mention.end, start):
        return False
    if _prepended(tokens, mention) or is_of_others(text, mention.fact, place.sentence.start, mention.start):
        return False
    if is_restricted(text, mention.end, start) or is_compared(quantity, text, mention.end):
        return False
    if _is_per_other(text, mention, start):
        return False
    first = bisect.bisect_left(place.quantities, mention.end, key=lambda q: q.start)
    between = [q.outer for q in place.quantities[first : at - scaled]]
    if between and _coordinated(place, mention):
        return False
    return carries(tokens, mention.end, start, between, quantity.unit)


def _has_scale(place: _Place, at: int) -> bool:
    """Whether the figure before says on what scale this one is: 5点満点で4.3点."""
    scale = place.quantities[at - 1] if at else None
    if scale is None or not scale.per:
        return False
    return _SCALE.fullmatch(place.block.text, scale.end, place.quantities[at].outer[0]) is not None


def _prepended(tokens: Tokens, mention: Mention) -> bool:
    """Whether another's name stands directly before the subject (米国のCRM導入率 is left to the guide's keywords)."""
    before = tokens.last(2, 0, mention.start)
    return (
        len(before) == 2
        and before[1].surface == "の"
        and before[0].pos[1] == "固有名詞"
        and before[0].surface not in {"日本", "国内"}
    )


def _is_per_other(text: str, mention: Mention, start: int) -> bool:
    """Whether the figure at `start` is per something else than the fact's are: 1mあたり15万円 where they are per km."""
    base, own = _BASE.search(text, mention.end, start), _BASE_OF.search(narrow(mention.fact.subject))
    return base is not None and own is not None and narrow(base[1]).replace("一", "1") != own[1].replace("一", "1")


def _in_cell(view: View, guide: Guide, block: Block, quantities: tuple[Quantity, ...]) -> Iterator[Bound]:
    """A table row counts as one sentence, with the words of its header cells."""
    own = sorted(mentions(view, guide, block), key=lambda m: (m.end, -m.start))
    row, head = row_of(view, guide, block)
    quantities = in_unit(quantities, head)
    place = _Place(view, block, Sentence(0, len(block.text), block.text), quantities, own)
    around = [*own, *cell_facts(view, guide, row, head)]
    near = tuple(dict.fromkeys(m.fact for m in around))
    year, named = cell_years(row, head)
    for at, bound in enumerate(_in_sentence(place)):
        fact = bound.fact
        apart = bound.quantity.role or bound.change or is_time_apart(bound.quantity, block.text)
        if not own and around and not apart:
            fact = cell_fact(view, guide, block, quantities[at])
        yield replace(bound, fact=fact, near=near, year=bound.year or year, named_years=bound.named_years | named)


def _is_supposed(place: _Place, quantity: Quantity) -> bool:
    text, start = place.masked, place.sentence.start
    if is_supposed(quantity, text, start) or is_former(quantity, text, start):
        return True
    at = bisect.bisect_right(place.quantities, quantity.start, key=lambda q: q.start)
    return at < len(place.quantities) and is_yardstick(quantity, place.quantities[at], text)


def _is_aside(place: _Place, quantity: Quantity) -> bool:
    """Whether another subject stands between the registered one and a figure: 社数が増え、質問は22%増えた."""
    at, start = bisect.bisect_right(place.mentions, quantity.outer[0], key=lambda m: m.end), quantity.outer[0]
    if at == 0 or start - place.mentions[at - 1].end > FARTHEST:
        return False
    end = place.mentions[at - 1].end
    first = bisect.bisect_left(place.quantities, end, key=lambda q: q.start)
    last = bisect.bisect_left(place.quantities, start, key=lambda q: q.start)
    return parts_subject(place.tokens, end, start, [q.outer for q in place.quantities[first:last]])


def _restricts(place: _Place, quantity: Quantity, fact: Fact | None) -> bool:
    """Whether a figure behind its subject tells which of many are meant: 経年化率が40%を超える事業体."""
    left = quantity.outer[0]
    stated = any(m.fact is fact and m.end <= left for m in place.mentions) or place.block.text[:left].endswith("が")
    return stated and restricts(quantity, place.block.text)


def _bound(place: _Place, dated: Dates, quantity: Quantity, fact: Fact | None, near: tuple[Fact, ...]) -> Bound:
    return Bound(
        place.block,
        place.sentence,
        quantity,
        fact,
        near,
        dated.year(quantity),
        dated.previous(quantity),
        frozenset(m.year for m in dated.named),
        is_change(quantity, place.block.text),
        _is_supposed(place, quantity),
        fact is None and _is_aside(place, quantity),
        is_hypothesis(quantity, place.block.text, place.sentence.start) or _restricts(place, quantity, fact),
    )
