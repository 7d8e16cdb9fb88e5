"""The spellings of an article as text that another article, or another process, can compare with its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msglint.analysis.spellings import KANJI, NOUN, Spellings
from msglint.analysis.view import View


class Packed(NamedTuple):
    """One spelling of a word in one article: the word whatever its spelling, and how often it is spelt so.

    `mixed`: the article has the word in other spellings too; `places` are ranges of its source, as `start:end,…`.
    """

    word: str
    spelling: str
    mixed: bool
    times: int
    places: str


def pack(found: Spellings, view: View) -> str:
    """Return the spellings that other articles may spell otherwise as one text, a line each.

    Nouns in the kanji of their dictionary form are left out: they are most of the words, and hardly ever spelt in
    kana. So are quotations, which are others' words.
    """
    lines, blocks = [], view.document.blocks
    quoted = {block.index: ranges for block in view.body() if (ranges := view.quotes(block.index))}
    for word, by_spelling in found.items():
        mixed = int(len(by_spelling) > 1)
        for spelling, uses in by_spelling.items():
            if mixed or not (spelling == word.norm and word.kind == NOUN and KANJI.fullmatch(spelling)):
                spans = [
                    blocks[block].span(start, end)
                    for block, start, end in uses
                    if not any(first <= start < behind for first, behind in quoted.get(block, ()))
                ]
                if not spans:
                    continue
                places = ",".join([f"{span[0]}:{span[1]}" for span in spans])
                lines.append(f"{word.norm}\t{word.kind}\t{spelling}\t{mixed}\t{len(spans)}\t{places}")
    return "\n".join(lines)


def unpack(packed: str) -> Iterator[Packed]:
    """Yield what `pack` made one text of."""
    for line in packed.splitlines():
        word, spelling, mixed, count, places = line.rsplit("\t", 4)
        yield Packed(word, spelling, mixed == "1", int(count), places)


def totals(articles: Iterable[str]) -> dict[str, Counter[str]]:
    """Return how often each word is spelt in which way, over all `articles` as `pack` made them."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for packed in articles:
        for line in packed.splitlines():  # a Packed of each would take twice as long
            word, spelling, _, times, _ = line.rsplit("\t", 4)
            found[word][spelling] += int(times)
    return found
