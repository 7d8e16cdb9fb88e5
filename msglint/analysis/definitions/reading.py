"""A definition's text with its morphemes, and which parts of it are not what the definition says."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass

from msglint.analysis.quantities import Quantity, quantities
from msglint.analysis.tokens import Tokens, tokenize
from msglint.model import Text

_ASIDE = re.compile(
    r"[^、。]*?(?<!だけ)(?<!のみ)(?<!ばかり)(?:では?なく(?!て)、?|じゃなく、?|というより|と(?:は)?(?:違っ?て?|違い|異なり|異なって|混同せず)、)"
    r"|[^、。]*?(?:では|じゃ)(?:ない|ありません|なかった)(?:。|$)"
    r"|(?:たとえば|例えば|例:)[^、。]*"
    r"|[^、。]*?(?:を(?:除[いくき]|含ま[なず]|含め[なずま]|含みません)|[はも]含(?:ま|め|みません)[^、。]{0,3}|以外の?|を(?:差し)?引く前の?)"
    r"|\([^()]*\)|「[^「」]{12,}」"
)
_DENIED = re.compile(
    r"(?!だけ|のみ|ばかり|かもしれ|少なく)[をがはもに]?[ぁ-ん]{0,5}?(?:ない(?!と(?!き))|なく(?!て)|なかっ|ません|ず(?=[、に]|$)|ぬ)"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a definition takes another side than the guide's: in what, with which words, `at` of the article's text."""

    aspect: Text
    guide: str
    article: str
    at: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a definition says of its term: NFKC text, morphemes, figures; `aside` are ranges that it does not say.

    Aside is what is set against it (XではなくY), exempted (Xを除く), an example, or in brackets.
    """

    text: str
    tokens: Tokens
    quantities: tuple[Quantity, ...]
    aside: tuple[tuple[int, int], ...]

    def holds(self, start: int, end: int) -> bool:
        """Whether the definition says what stands in a range of its text."""
        return not any(a < end and start < b for a, b in self.aside)

    def denied(self, end: int) -> bool:
        """Whether the word that ends at `end` is denied by what follows it: 渡していない, 更新しなかった."""
        return bool(_DENIED.match(self.text, end))

    def first(self, start: int) -> int:
        """Return the number of the first morpheme that begins at or after `start`."""
        return bisect.bisect_left(self.tokens.starts, start)


@functools.lru_cache(maxsize=512)
def read(text: str) -> Reading:
    """Return `text`, which has to be in NFKC, as a definition is read."""
    aside = tuple((m.start(), m.end()) for m in _ASIDE.finditer(text) if m.end() > m.start())
    return Reading(text, tokenize(text), quantities(text), aside)
