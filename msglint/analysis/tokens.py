"""Morphemes of a text, by SudachiPy in split mode C (loaded on first use)."""

from __future__ import annotations

import bisect
import functools
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast, overload

from msglint.analysis.fold import aligned
from msglint.expression import expression

MOST_BYTES = 49_149
"""Sudachi refuses longer input (in UTF-8 bytes, one call)."""

_UNKNOWN = object()
_END = "。！？!?\n"
_MISREAD = expression(r"(?<=でき|出来)る(?=だけ[でじにだ])|化(?=すべ[きくし])")
"""After these Sudachi has to begin anew: it reads one adverb in できるだけで, and 化す in 見える化すべき."""


_lemmas: dict[tuple[str, str, tuple[str, ...]], str] = {}

UNLISTED = 0xF000_0000
"""From this number on Sudachi names no word of its dictionary: it is this plus the number of a part of speech."""

_norms: dict[int, str] = {}
_pos_ids: dict[int, int] = {}
"""Of the dictionary's words met so far the normalised forms, and the numbers of their parts of speech."""


class Token:
    """One morpheme of a text: `start` and `end` in code points, the rest read when asked for."""

    __slots__ = ("_index", "_text", "end", "norm", "pos", "start", "surface")

    def __init__(self, whole: Tokens, index: int) -> None:
        self.start: int = whole.starts[index]
        self.end: int = whole.starts[index + 1]
        self.surface: str = whole.text[self.start : self.end]
        self.norm: str = whole.norms[index]
        self.pos = pos_of(whole.pos_ids[index])
        """Part of speech in Sudachi's six levels, the fifth and sixth the type and form of conjugation."""
        # Not `whole` itself: a cycle would keep all that was read of an article until the garbage is collected.
        self._text = whole.text
        self._index = index

    @property
    def kind(self) -> str:
        """The first level of the part of speech (名詞, 動詞, 助詞 …)."""
        return self.pos[0]

    @property
    def lemma(self) -> str:
        """The dictionary form (出ます → 出る)."""
        # A word, its norm and its conjugation leave one dictionary form: it is read once in a process.
        key = (self.surface, self.norm, self.pos)
        if key not in _lemmas:
            _lemmas[key] = _only_lemma(*key) or str(morphemes(self._text)[self._index].dictionary_form())
        return _lemmas[key]

    def __repr__(self) -> str:
        return f"Token({self.start}, {self.end}, {self.surface!r})"


class Tokens(Sequence[Token]):
    """The morphemes of a text, covering it without gaps.

    `starts` has one more entry than there are morphemes, the text's length; `norms` are the normalised forms,
    `pos_ids` Sudachi's numbers of the parts of speech, `word_ids` those of the words in its dictionary (see UNLISTED).
    To go over these is ten times cheaper than over the tokens.
    """

    __slots__ = ("_folded", "_made", "norms", "pos_ids", "starts", "text", "word_ids")

    def __init__(self, text: str, starts: list[int], word_ids: list[int], norms: list[str], pos_ids: list[int]) -> None:
        self.text = text
        self.starts = starts
        self.word_ids = word_ids
        self.norms = norms
        self.pos_ids = pos_ids
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
            self._made[at] = Token(self, at)
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

    def starting(self, offset: int) -> int | None:
        """Return the index of the morpheme that begins at `offset`; None where none does."""
        at = bisect.bisect_left(self.starts, offset)
        return at if at < len(self.norms) and self.starts[at] == offset else None

    def is_edge(self, offset: int) -> bool:
        """Whether a morpheme begins or the text ends at `offset`."""
        at = bisect.bisect_left(self.starts, offset)
        return at < len(self.starts) and self.starts[at] == offset


def tokenize(text: str) -> Tokens:
    """Return the morphemes of `text`."""
    own = _own()
    starts, word_ids, norms, pos_ids = list[int](), list[int](), list[str](), list[int]()
    cut = len(text) > MOST_BYTES // 4 or "るだけ" in text or "化すべ" in text
    for offset, part in pieces(text) if cut else ((0, text),):
        found = list(own.tokenizer.tokenize(part, out=own.scratch))
        begins = [m.begin() for m in found]
        if len(set(begins)) < len(begins) or begins[-1:] == [len(part)]:
            found = _not_empty(found)
            begins = [m.begin() for m in found]
        numbers = [m.word_id() for m in found]
        # To ask Sudachi for a word's form makes a new string each time: it is asked once in a process.
        known = [*map(_norms.get, numbers)]
        if None in known:
            known = [_norm(m) if norm is None else norm for norm, m in zip(known, found, strict=True)]
        starts += [offset + begin for begin in begins] if offset else begins
        word_ids += numbers
        norms += cast("list[str]", known)
        pos_ids += map(_pos_ids.__getitem__, numbers)
    starts.append(len(text))
    return Tokens(text, starts, word_ids, norms, pos_ids)


def _norm(morpheme: Any) -> str:
    norm = str(morpheme.normalized_form())
    number = morpheme.word_id()
    _pos_ids[number] = morpheme.part_of_speech_id()
    if number < UNLISTED:
        _norms[number] = norm
    return norm


def morphemes(text: str) -> list[Any]:
    """Return Sudachi's own morphemes of `text`, which know all that its dictionary does."""
    return [m for _, part in pieces(text) for m in _not_empty(_own().reader.tokenize(part))]


def _not_empty(found: Iterable[Any]) -> list[Any]:
    # A character that unfolds into several (㌢) may leave a morpheme that is empty in the text as written.
    return [m for m in found if m.end() > m.begin()]


def _only_lemma(surface: str, norm: str, pos: tuple[str, ...]) -> str | None:
    """Return the dictionary form when the dictionary has just one: to look it up is faster than to read a text."""
    entries = (m for m in _dictionary().lookup(surface) if m.normalized_form() == norm and m.part_of_speech() == pos)
    lemmas = {str(m.dictionary_form()) for m in entries}
    return lemmas.pop() if len(lemmas) == 1 else None


def pieces(text: str, most: int = MOST_BYTES) -> Iterator[tuple[int, str]]:
    """Cut `text` into pieces of at most `most` UTF-8 bytes, after a sentence's end where there is one.

    It is cut, too, where Sudachi would read on wrongly.
    """
    offset = 0
    for end in (*(m.end() for m in _MISREAD.finditer(text)), len(text)):
        while end - offset > most // 4 and len(text[offset:end].encode("utf-8", "surrogatepass")) > most:
            window = text[offset : min(offset + most, end)]
            fits = window.encode("utf-8", "surrogatepass")[:most].decode("utf-8", "ignore")
            cut = max(fits.rfind(mark) for mark in _END) + 1 or len(fits)
            yield offset, text[offset : offset + cut]
            offset += cut
        if offset < end:
            yield offset, text[offset:end]
            offset = end


@functools.cache
def _dictionary() -> Any:
    from sudachipy import Config, Dictionary

    # Without Sudachi's plugin that takes short words in brackets, 参加者（あなた）, for readings and hides them.
    marks = {"prolongedSoundMarks": ["ー", "-", "⁓", "〜", "〰"], "replacementSymbol": "ー"}
    plugins = [
        {"class": "com.worksap.nlp.sudachi.DefaultInputTextPlugin"},
        {"class": "com.worksap.nlp.sudachi.ProlongedSoundMarkPlugin", **marks},
    ]
    return Dictionary(config=Config(inputTextPlugin=plugins))


@functools.cache
def pos_of(number: int) -> tuple[str, ...]:
    """Return the part of speech that Sudachi numbers so, in its six levels."""
    return tuple(_dictionary().pos_of(number))


class _Own(threading.local):
    """What each thread has for itself: a SudachiPy Tokenizer refuses use by two at once; the Dictionary may be shared.

    `tokenizer` reads what `Tokens` keep, `reader` all there is, which takes longer. `scratch` is used again and again:
    to make a new list of morphemes for every text costs as much as to fill it.
    """

    def __init__(self) -> None:
        self.tokenizer: Any = _dictionary().tokenizer(fields={"pos", "normalized_form"})
        self.scratch: Any = self.tokenizer.tokenize("")
        self.reader: Any = _dictionary().tokenizer()


@functools.cache
def _own() -> _Own:
    return _Own()
