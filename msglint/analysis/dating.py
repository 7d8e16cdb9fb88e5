"""Which year a figure is said to be of."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msglint.analysis.quantities import Quantity, YearMention, years
from msglint.document.sentences import Sentence
from msglint.expression import expression

_ONE_AGO, _TWO_AGO = "前年度?|昨年度?|去年|前回", "一昨年度?|おととし|前々年度?"
_YEARS_AGO = expression(
    rf"(?:(?P<two>{_TWO_AGO}|2年前)|(?:{_ONE_AGO})(?:(?<=前回)(?:の?調査))?)"
    r"(?:[はがのに、]?\s*(?:約|の)?\s*|は、?[^、。0-9０-９]{1,18})\Z"
)
_HEAD_AGO = expression(rf"(?:(?P<two>{_TWO_AGO})|{_ONE_AGO})(?:の(?:値|数値|数字|実績|結果|調査))?\Z")
_SAID_BEFORE = 28
"""So far before a figure it is said of which year it is."""
_ELSE = expression(r"(?:年度?)?(?:より|から|以降|以来|比|と比|に比|を(?:上|下)回|までに|まで)")
_BRACKET = expression(r"\s*[(（]\s*")
_OF_ANOTHER = expression(r"(?:年度?)?(?:まで)?(?:は|が|には)")
"""What makes a year in brackets that of the next figure: 3,300円(2025年は2,980円)."""
_BETWEEN_YEARS = expression(r"年?度?\s*(?:から|と|→|〜|～|、|・|および|及び)\s*")
_BETWEEN_FIGURES = expression(r"(?:と?から|と|→|〜|、|・|および|及び|で、?)\s*約?")


def years_ago(head: str) -> int:
    """How many years ago the figures under the head of a column are of (前年の値, 昨年度); 0 when it does not say."""
    return _ago(_HEAD_AGO.match(head.strip()))


def _ago(found: re.Match[str] | None) -> int:
    return 0 if found is None else 2 if found["two"] else 1


@dataclass(frozen=True, slots=True)
class Dates:
    """The years that a sentence names, and for its figures (by their start) those taken in order."""

    text: str
    sentence: Sentence
    named: tuple[YearMention, ...]
    quantities: Sequence[Quantity]
    paired: dict[int, int]

    def year(self, quantity: Quantity) -> int | None:
        """The year stated for a figure: behind it in brackets, else the nearest before it that no other took."""
        if quantity.start in self.paired:
            return self.paired[quantity.start]
        at = bisect.bisect_left(self.named, quantity.outer[1], key=lambda m: m.start)
        behind = self.named[at] if at < len(self.named) else None
        bracketed = behind and _BRACKET.fullmatch(self.text, quantity.outer[1], behind.start)
        if behind and bracketed and not _OF_ANOTHER.match(self.text, behind.end):
            return behind.year
        at = bisect.bisect_right(self.named, quantity.start, key=lambda m: m.end)
        if at == 0:
            return None
        last = self.named[at - 1]
        first = bisect.bisect_left(self.quantities, last.end, key=lambda q: q.start)
        between = self.quantities[first : first + 4]
        if any(q.start < quantity.start and q.unit == quantity.unit for q in between):
            return None
        return None if _ELSE.match(self.text, last.end) else last.year

    def ago(self, quantity: Quantity) -> int:
        """How many years ago a figure is said to be of (前年の36.2%, 一昨年の35%); 0 when nothing is said."""
        low = max(self.sentence.start, quantity.outer[0] - _SAID_BEFORE)
        return _ago(_YEARS_AGO.search(self.text, low, quantity.outer[0]))


def dates(text: str, sentence: Sentence, quantities: Sequence[Quantity]) -> Dates:
    """Return what a sentence says of years, given the figures in it."""
    offset = sentence.start
    named = tuple(
        YearMention(m.start + offset, m.end + offset, m.year) for m in years(text[sentence.start : sentence.end])
    )
    return Dates(text, sentence, named, quantities, dict(_pairs(text, named, quantities)))


def _pairs(text: str, named: Sequence[YearMention], quantities: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Give two figures the two years before them in order: 2023年から2024年にかけて36.2%から37.2%に."""
    if len(named) != 2 or not _BETWEEN_YEARS.fullmatch(text, named[0].end, named[1].start):
        return
    after = [q for q in quantities if q.start >= named[1].end]
    for one, other in pairwise(after):
        same = one.unit == other.unit and one.outer[0] >= named[1].end
        if same and _BETWEEN_FIGURES.fullmatch(text, one.outer[1], other.outer[0]):
            yield from ((one.start, named[0].year), (other.start, named[1].year))
            return
