"""A stretch of text that an encoder reads: a string that remembers its morphemes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import Self

from msglint.analysis.tokens import Tokens, tokenize


class Passage(str):
    """A sentence or a section as text, with the morphemes it was cut into.

    To every encoder it is a string; one that works on words takes `norms` and `pos_ids` (Sudachi's normalised
    forms and its numbers of the parts of speech, parallel), and `surfaces`, instead of analysing the text again.
    `parts` are the passages that it was joined of, if it was.
    """

    parts: tuple[Self, ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """Return `text` as a passage, analysed here unless it is one already."""
        if isinstance(text, cls):
            return text
        tokens = tokenize(text)
        return cls.cut(tokens, 0, len(tokens))

    @classmethod
    def cut(cls, tokens: Tokens, first: int, behind: int) -> Self:
        """Return the morphemes from `first` up to `behind` as a passage."""
        starts = tokens.starts[first : behind + 1]
        made = cls(tokens.text[starts[0] : starts[-1]])
        made.starts = starts
        made.norms = tuple(tokens.norms[first:behind])
        made.pos_ids = tuple(tokens.pos_ids[first:behind])
        return made

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Return several passages as one, in their order."""
        made = cls("".join(parts))
        made.parts = tuple(chain.from_iterable(p.parts or (p,) for p in parts))
        return made

    # What few ask for is made when it is asked for: most sections are read through their sentences alone.
    @functools.cached_property
    def norms(self) -> tuple[str, ...]:
        """The normalised forms of the morphemes."""
        return tuple(chain.from_iterable(p.norms for p in self.parts))

    @functools.cached_property
    def pos_ids(self) -> tuple[int, ...]:
        """The numbers of their parts of speech."""
        return tuple(chain.from_iterable(p.pos_ids for p in self.parts))

    @functools.cached_property
    def starts(self) -> Sequence[int]:
        """Where the morphemes begin and the last one ends; the first begins anywhere."""
        return (0, *accumulate(map(len, chain.from_iterable(p.surfaces for p in self.parts))))

    @functools.cached_property
    def surfaces(self) -> tuple[str, ...]:
        """The morphemes as written."""
        begin = self.starts[0]
        return tuple(self[start - begin : end - begin] for start, end in pairwise(self.starts))

    @property
    def last(self) -> str:
        """The last morpheme as written."""
        return self[self.starts[-2] - self.starts[0] :]

    def part(self, first: int, behind: int) -> Self:
        """Return the morphemes from `first` up to `behind` as a passage."""
        begin, starts = self.starts[0], self.starts[first : behind + 1]
        made = type(self)(self[starts[0] - begin : starts[-1] - begin])
        made.starts, made.norms, made.pos_ids = starts, self.norms[first:behind], self.pos_ids[first:behind]
        return made
