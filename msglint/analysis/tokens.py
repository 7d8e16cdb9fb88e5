"""Morphemes of a text, by SudachiPy in split mode C (loaded on first use)."""

from __future__ import annotations

import bisect
import functools
import threading
from collections.abc import Iterator, Sequence
from typing import Any, cast, overload

from msglint.analysis.fold import aligned

MOST_BYTES = 49_149
"""Sudachi refuses longer input (in UTF-8 bytes, one call)."""

_local = threading.local()
_UNKNOWN = object()
_END = "。！？!?\n"


class Token:
    """One morpheme of a text: `start` and `end` in code points, the rest read from Sudachi when asked for."""

    __slots__ = ("_morpheme", "end", "norm", "start", "surface")

    def __init__(self, start: int, end: int, surface: str, norm: str, morpheme: Any) -> None:
        self.start = start
        self.end = end
        self.surface = surface
        self.norm = norm
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
        return pos_of(self._morpheme.part_of_speech_id())

    @property
    def kind(self) -> str:
        """The first level of the part of speech (名詞, 動詞, 助詞 …)."""
        return self.pos[0]

    def __repr__(self) -> str:
        return f"Token({self.start}, {self.end}, {self.surface!r})"


class Tokens(Sequence[Token]):
    """The morphemes of a text, covering it without gaps.

    `starts` has one more entry than there are morphemes, the text's length; `norms` are the normalised forms, `pos_ids`
    Sudachi's numbers of the parts of speech. To go over these is ten times cheaper than over the tokens, which are
    made when they are asked for.
    """

    __slots__ = ("_folded", "_made", "_morphemes", "norms", "pos_ids", "starts", "text")

    def __init__(self, text: str, starts: list[int], norms: list[str], morphemes: list[Any]) -> None:
        self.text = text
        self.starts = starts
        self.norms = norms
        self.pos_ids: list[int] = [m.part_of_speech_id() for m in morphemes]
        self._morphemes = morphemes
        self._folded: object = _UNKNOWN
        self._made: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self.norms)

    @overload
    def __getitem__(self, index: int) -> Token: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Token]: ...
    def __getitem__(self, index: int | slice) -> Token | Sequence[Token]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self.norms)))]
        at = index if index >= 0 else index + len(self.norms)
        if at not in self._made:
            start, end = self.starts[at], self.starts[at + 1]
            self._made[at] = Token(start, end, self.text[start:end], self.norms[at], self._morphemes[at])
        return self._made[at]

    @property
    def folded(self) -> str | None:
        """The text in NFKC, when that is character for character the same text; else None."""
        if self._folded is _UNKNOWN:
            self._folded = aligned(self.text)
        return cast("str | None", self._folded)

    def between(self, start: int, end: int) -> Sequence[Token]:
        """Return the tokens that lie wholly in a range of the text."""
        first = bisect.bisect_left(self.starts, start)
        last = bisect.bisect_right(self.starts, end) - 1
        return self[first : max(first, last)]

    def last(self, most: int, start: int, end: int) -> Sequence[Token]:
        """Return the last tokens, `most` of them, that lie wholly in a range of the text."""
        first = bisect.bisect_left(self.starts, start)
        behind = bisect.bisect_right(self.starts, end) - 1
        return self[max(first, behind - most) : max(first, behind)]

    def is_edge(self, offset: int) -> bool:
        """Whether a morpheme begins or the text ends at `offset`."""
        at = bisect.bisect_left(self.starts, offset)
        return at < len(self.starts) and self.starts[at] == offset


def tokenize(text: str) -> Tokens:
    """Return the morphemes of `text`."""
    starts, norms, morphemes = list[int](), list[str](), list[Any]()
    for offset, part in pieces(text):
        found = list(_tokenizer().tokenize(part))
        begins = [m.begin() for m in found]
        if len(set(begins)) < len(begins):  # a character that unfolds into several (㌢) may leave an empty one
            found = [m for m in found if m.end() > m.begin()]
            begins = [m.begin() for m in found]
        starts += [offset + b for b in begins] if offset else begins
        norms += [m.normalized_form() for m in found]
        morphemes += found
    return Tokens(text, [*starts, len(text)], norms, morphemes)


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
def pos_of(number: int) -> tuple[str, ...]:
    """Return the part of speech that Sudachi numbers so, in its six levels."""
    return tuple(_dictionary().pos_of(number))


def _tokenizer() -> Any:
    # A SudachiPy Tokenizer refuses use by two threads at once; the Dictionary may be shared.
    if not hasattr(_local, "tokenizer"):
        _local.tokenizer = _dictionary().tokenizer()
    return _local.tokenizer
