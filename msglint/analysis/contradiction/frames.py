"""What a writer makes of a sentence as a whole: asks it against its sense, ascribes it to others, takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msglint.analysis.contradiction.clauses import Clause
from msglint.analysis.contradiction.words import lexicon
from msglint.analysis.passage import Passage

_ASKS = re.compile(r"(?:でしょう|だろう|の|です|ます|ません|だ|る|い|た)か[。？?]?$|[？?]$")
_OPEN_QUESTION = re.compile(r"なぜ|何故|どうすれば|どのよう|どうやって|いかに|なんでしょう|何でしょう|どちら|どうし")
_OTHERS = re.compile(r"れ|がち|人|会社|担当|多い|少なくな|声|者|ていた|ている|て(?:き|い)|ものの|前")
_FAR = 16
"""So many morphemes into a sentence it still points back at the one before."""


class Frames:
    """The clauses of a passage by sentence. `judges` is how each clause judges what it is about (below 0: wrong)."""

    def __init__(self, passage: Passage, clauses: Sequence[Clause], judges: Sequence[float]) -> None:
        self._passage, self._clauses, self._judges = passage, clauses, judges
        self.sentence = list[int]()
        """The number of the sentence that each clause belongs to."""
        number = 0
        for clause in clauses:
            self.sentence.append(number)
            number += clause.link == "end" and not clause.quoted

    def factors(self) -> list[float]:
        """Return for each sentence 1 as it stands, -1 when it is turned round, 0 when it is left open."""
        count = self.sentence[-1] + 1 if self.sentence else 0
        return [self._factor(number) for number in range(count)]

    def is_disowned(self, k: int) -> bool:
        """Whether clause `k` is ascribed to others (と言われる, という声), and the writer turns against them."""
        return k + 1 < len(self._clauses) and self._is_view(k) and self._is_turned(k)

    def is_called_wrong(self, k: int) -> bool:
        """Whether clause `k` is what the next one of its sentence calls wrong (という考えは誤りだ) or disowns."""
        if k + 1 >= len(self._clauses) or self.sentence[k] != self.sentence[k + 1]:
            return False
        head = self._clauses[k + 1].head
        wrong = head >= 0 and self._judges[k + 1] < 0 and self._passage.norms[head] in lexicon().wrong
        return wrong or self.is_disowned(k)

    def is_taken_back(self, k: int) -> bool:
        """Whether the sentence of clause `k` is called wrong by the one behind it (それは誤解です)."""
        return self._rejects(self.sentence[k] + 1)

    def _factor(self, number: int) -> float:
        members = self._members(number)
        text = self._text(self._clauses[members[0]].first, self._clauses[members[-1]].behind)
        asked = 1.0
        if _ASKS.search(text.rstrip("」』")):
            asked = 0.0 if _OPEN_QUESTION.search(text) else -1.0
        ascribed = any(self._clauses[k].link in {"quote", "end"} and self._is_view(k) for k in members[:-1])
        return -asked if not ascribed and self._rejects(number + 1) else asked

    def _members(self, number: int) -> list[int]:
        return [k for k, n in enumerate(self.sentence) if n == number]

    def _text(self, first: int, behind: int) -> str:
        return "".join(self._passage.surfaces[first:behind])

    def _is_view(self, k: int) -> bool:
        after, words = self._clauses[k + 1], lexicon().frames
        window = self._passage.norms[after.first : min(after.behind + 3, after.first + 8)]
        if not words["views"].isdisjoint(window):
            return True
        said = self._text(after.first, after.behind + 6)
        return not words["says"].isdisjoint(window) and bool(_OTHERS.search(said))

    def _is_turned(self, k: int) -> bool:
        number = self.sentence[k]
        if any(self._clauses[j].link == "but" for j in self._members(number) if j > k):
            return True
        following = self._members(number + 1)
        if not following:
            return False
        first = self._clauses[following[0]].first
        turns = lexicon().frames["turns"]
        return not turns.isdisjoint(self._passage.norms[first : first + 2]) or self._rejects(number + 1)

    def _rejects(self, number: int) -> bool:
        """Whether a sentence points back at the one before it and calls it wrong."""
        members = self._members(number)
        if not members:
            return False
        first = self._clauses[members[0]].first
        start = self._passage.norms[first : first + 3]
        if start[0] in {"逆", "正反対"}:
            return True
        near = [k for k in members[1:] if self._clauses[k].behind - first <= _FAR]
        said = near[-1] if near else members[0]
        if self._judges[said] >= 0:
            return False
        clause = self._clauses[said]
        short = len(members) == 1 and clause.behind - first <= _FAR // 2
        wrong = clause.head >= 0 and self._passage.norms[clause.head] in lexicon().wrong
        return not lexicon().frames["points"].isdisjoint(start) or (short and wrong)
