"""A stretch of text that an encoder reads: a string that remembers its morphemes."""

from __future__ import annotations

from typing import Self

from msglint.analysis.tokens import Tokens, tokenize


class Passage(str):
    """A sentence or a section as text, with the morphemes it was cut into.

    To every encoder it is a string; one that works on words takes `norms` and `pos_ids` (Sudachi's normalised
    forms and its numbers of the parts of speech, parallel), and `surfaces`, instead of analysing the text again.
    """

    __slots__ = ("norms", "pos_ids", "surfaces")

    norms: tuple[str, ...]
    pos_ids: tuple[int, ...]
    surfaces: tuple[str, ...]

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
        starts, text = tokens.starts, tokens.text
        made = cls(text[starts[first] : starts[behind]])
        made.norms = tuple(tokens.norms[first:behind])
        made.pos_ids = tuple(tokens.pos_ids[first:behind])
        made.surfaces = tuple(text[starts[i] : starts[i + 1]] for i in range(first, behind))
        return made

    @classmethod
    def joined(cls, parts: tuple[Self, ...]) -> Self:
        """Return several passages as one, in their order."""
        made = cls("".join(parts))
        made.norms = tuple(n for p in parts for n in p.norms)
        made.pos_ids = tuple(n for p in parts for n in p.pos_ids)
        made.surfaces = tuple(s for p in parts for s in p.surfaces)
        return made

    def part(self, first: int, behind: int) -> Self:
        """Return the morphemes from `first` up to `behind` as a passage."""
        made = type(self)("".join(self.surfaces[first:behind]))
        made.norms, made.pos_ids = self.norms[first:behind], self.pos_ids[first:behind]
        made.surfaces = self.surfaces[first:behind]
        return made
