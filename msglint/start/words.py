"""Words that a guide might settle the spelling of: articles spell them in one way mostly, and in others too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msglint.analysis.packed import totals
from msglint.analysis.spellings import KANJI, variants_of_one
from msglint.expression import expression

_COMMON = 3
"""So often the usual spelling of a word stands at least."""
_MARGIN = 2
"""So many times as often as another spelling it stands."""
_OKURIGANA = expression(r"[ぁ-ん]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its usual spelling with how often that stands, and its rarer ones with theirs."""

    term: str
    times: int
    rarer: tuple[tuple[str, int], ...]


def words(spellings: Iterable[str]) -> Iterator[Word]:
    """Yield the words that one spelling is plainly the usual one of.

    `spellings` are packed, an article each. Of a noun in kanji alone only articles that mix it tell how often it
    stands: nothing is said of these.
    """
    for word, counts in totals(spellings).items():
        if KANJI.fullmatch(word.split("\t")[0]) or len(counts) < 2:
            continue
        term = max(counts, key=lambda spelling: counts[spelling])
        rarer = [(s, n) for s, n in counts.items() if s != term and _is_misspelt(s, term)]
        if rarer and len(term) > 1 and counts[term] >= max(_COMMON, _MARGIN * max(n for _, n in rarer)):
            yield Word(term, counts[term], tuple(sorted(rarer, key=lambda r: (-r[1], r[0]))))


def _is_misspelt(spelling: str, term: str) -> bool:
    """Whether `spelling` may be replaced by `term` wherever it stands.

    Not where it lacks okurigana only: 支払 is right in 支払額, whatever the noun is spelt like. A word behind a dash is
    how a table or a link was cut.
    """
    if len(spelling) < 2 or "-" in spelling or not variants_of_one(spelling, term):
        return False
    bare = KANJI.fullmatch(spelling) and not KANJI.fullmatch(term)
    return not bare and not (term.startswith(spelling) and _OKURIGANA.fullmatch(term[len(spelling) :]))


def by_use(word: Word) -> tuple[int, str]:
    """Return what puts the words first that are misspelt most often."""
    return -sum(times for _, times in word.rarer), word.term
