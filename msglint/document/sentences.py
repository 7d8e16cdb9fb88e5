"""Sentences, brackets and quotations in Japanese text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msglint.document.model import Block
from msglint.expression import expression

_QUOTES = {"「": "」", "『": "』", "“": "”", "｢": "｣"}
_BRACKETS = {"「": "」", "『": "』", "（": "）", "(": ")", "｢": "｣"}
_OPENERS = {closer: opener for opener, closer in (_QUOTES | _BRACKETS).items()}
_SIGNS = expression("[" + re.escape("".join([*_OPENERS, *_OPENERS.values()])) + "]")
_STOP = expression(r"[。｡．！？!?.]+[」』）)”’】〉》］\]]*")
_JAPANESE = expression(r"[ぁ-ゖァ-ヺー々〆ヶ㐀-䶿一-鿿豈-﫿ｦ-ﾟ𠀀-𳍿」』）]")


class Sentence(NamedTuple):
    """A sentence of a block: its range in the block's text, and the text between."""

    start: int
    end: int
    text: str


def sentences(block: Block) -> tuple[Sentence, ...]:
    """Return the sentences of a block, without the blanks around them.

    They end at 。！？ and their like with the closing brackets after them, but not inside a pair of brackets. Line
    breaks end none.
    """
    text = block.text
    found, start = list[Sentence](), 0
    for end in [*_ends(text), len(text)]:
        part = text[start:end]
        if kept := part.strip():
            begin = start + len(part) - len(part.lstrip())
            found.append(Sentence(begin, begin + len(kept), kept))
        start = end
    return tuple(found)


def quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges between quotation marks 「」 『』 “” ｢｣; of nested ones the outermost."""
    return tuple((start + 1, end) for start, end in _pairs(text, _QUOTES))


def _ends(text: str) -> Iterator[int]:
    """Yield where sentences end."""
    pairs = _pairs(text, _BRACKETS)
    i = 0
    for stop in _STOP.finditer(text):
        while i < len(pairs) and pairs[i][1] < stop.start():
            i += 1
        inside = i < len(pairs) and pairs[i][0] < stop.start()
        if not inside and _is_end(text, stop):
            yield stop.end()


def _is_end(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence, and is not part of a number, a name (Yahoo!) or an abbreviation."""
    before, after = text[max(0, stop.start() - 1) : stop.start()], text[stop.end() : stop.end() + 2]
    mark = stop.group()[0]
    if mark in "。｡！？":
        return True
    if mark == "．":
        return bool(_JAPANESE.match(before))
    at_blank = not after or after[0].isspace()
    if mark == ".":
        return at_blank and bool(_JAPANESE.match(before))
    latin = before.isascii() and before.isalnum()
    return not latin or (at_blank and not after[1:].isascii()) or not after.strip()


def _pairs(text: str, kinds: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the outermost pairs of brackets, as the offsets of both; one without its partner counts for nothing."""
    waiting = dict.fromkeys(kinds, 0)
    open_, pairs = list[tuple[str, int]](), list[tuple[int, int]]()
    for match in _SIGNS.finditer(text):
        sign, at = match.group(), match.start()
        if sign in kinds:
            open_.append((sign, at))
            waiting[sign] += 1
        elif waiting.get(_OPENERS.get(sign, "")):
            while open_:
                opener, start = open_.pop()
                waiting[opener] -= 1
                if opener == _OPENERS[sign]:
                    break
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, at))
    return pairs
