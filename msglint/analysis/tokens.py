"""Morphemes of a text, by SudachiPy in split mode C (loaded on first use)."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator, Sequence
from typing import Any

MOST_BYTES = 49_149
"""Sudachi refuses longer input (in UTF-8 bytes, one call)."""

_local = threading.local()
_END = "。！？!?\n"


class Token:
    """One morpheme of a text: `start` and `end` in code points, the rest read from Sudachi when asked for."""

    __slots__ = ("_morpheme", "end", "norm", "start", "surface")

    def __init__(self, start: int, end: int, surface: str, morpheme: Any) -> None:
        self.start = start
        self.end = end
        self.surface = surface
        self.norm: str = morpheme.normalized_form()
        self._morpheme = morpheme

    @property
    def lemma(self) -> str:
        """The dictionary form (出ます → 出る)."""
        return str(self._morpheme.dictionary_form())

    @property
    def reading(self) -> str:
        """The reading of the surface, in katakana."""
        return str(self._morpheme.reading_form())

    @property
    def pos(self) -> tuple[str, ...]:
        """Part of speech in Sudachi's six levels, the fifth and sixth the type and form of conjugation."""
        return _pos(self._morpheme.part_of_speech_id())

    @property
    def kind(self) -> str:
        """The first level of the part of speech (名詞, 動詞, 助詞 …)."""
        return self.pos[0]

    @property
    def oov(self) -> bool:
        """Whether the dictionary does not know the word."""
        return bool(self._morpheme.is_oov())

    def __repr__(self) -> str:
        return f"Token({self.start}, {self.end}, {self.surface!r})"


Tokens = Sequence[Token]


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the morphemes of `text`; together they cover it without gaps."""
    found: list[Token] = []
    for offset, part in pieces(text):
        for m in _tokenizer().tokenize(part):
            start, end = m.begin(), m.end()
            if end > start:
                found.append(Token(offset + start, offset + end, part[start:end], m))
    return tuple(found)


def pieces(text: str, most: int = MOST_BYTES) -> Iterator[tuple[int, str]]:
    """Cut `text` into pieces of at most `most` UTF-8 bytes, after a sentence's end where there is one."""
    offset = 0
    while len(text) - offset > most // 4 and len(text[offset:].encode("utf-8", "surrogatepass")) > most:
        window = text[offset : offset + most]
        fits = window.encode("utf-8", "surrogatepass")[:most].decode("utf-8", "ignore")
        cut = max(fits.rfind(mark) for mark in _END) + 1 or len(fits)
        yield offset, text[offset : offset + cut]
        offset += cut
    if offset < len(text):
        yield offset, text[offset:]


@functools.cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary()


@functools.cache
def _pos(number: int) -> tuple[str, ...]:
    return tuple(_dictionary().pos_of(number))


def _tokenizer() -> Any:
    # A SudachiPy Tokenizer refuses use by two threads at once; the Dictionary may be shared.
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer()
    return _local.tokenizer
