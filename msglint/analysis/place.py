"""A sentence as figures are tied to subjects in it."""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass

from msglint.analysis.mentions import Mention
from msglint.analysis.quantities import Quantity
from msglint.analysis.tokens import Tokens
from msglint.analysis.view import View
from msglint.document.model import Block
from msglint.document.sentences import Sentence
from msglint.expression import expression
from msglint.guide.model import Guide

_AIMS = expression("目標|目指|めざ|計画|予測|予想|予定|見込|見通|理想|ゴール")
_LINKS = frozenset({"と", "や", "および", "及び", "・", "ならびに"})


@dataclass(frozen=True)
class Place:
    """A sentence with its figures and the registered subjects that it names, in reading order."""

    view: View
    guide: Guide
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
        """The morphemes of the block."""
        return self.view.tokens(self.block.index)

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the ranges of the figures that begin from `start` on and before `end`."""
        first = bisect.bisect_left(self.quantities, start, key=lambda q: q.start)
        last = bisect.bisect_left(self.quantities, end, key=lambda q: q.start)
        return [q.outer for q in self.quantities[first:last]]

    def coordinated(self, mention: Mention) -> bool:
        """Whether a subject is named together with another: SFA導入率とCRM導入率は."""
        before = self.tokens.last(2, self.sentence.start, mention.start)
        after = self.tokens.between(mention.end, min(mention.end + 6, self.sentence.end))
        return (len(before) == 2 and before[1].surface in _LINKS and before[0].kind in {"名詞", "接尾辞"}) or (
            bool(after) and after[0].surface in _LINKS
        )
