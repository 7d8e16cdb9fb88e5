"""An article's derived views, each computed once and shared by all rules."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar, cast

from msglint.analysis.fold import Folded, fold, nfkc
from msglint.analysis.quantities import Quantity, quantities
from msglint.analysis.tokens import Tokens, tokenize
from msglint.document.model import Block, Document
from msglint.document.sentences import Sentence, quotes, sentences
from msglint.guide.model import Guide

T = TypeVar("T")


class Analyzer(Protocol):
    """What knows Japanese: anything that turns text into morphemes."""

    def tokens(self, text: str) -> Tokens:
        """Return the morphemes of `text`, covering it without gaps."""


class Sudachi:
    """The real one."""

    def tokens(self, text: str) -> Tokens:
        """Return the morphemes of `text` in split mode C."""
        return tokenize(text)


class View:
    """Morphemes, sentences, figures and folded text of an article's blocks, by block."""

    def __init__(self, document: Document, analyzer: Analyzer) -> None:
        self.document = document
        self._analyzer = analyzer
        self._derived: dict[Callable[..., Any], Any] = {}
        self.tokens = functools.cache(self._tokens)
        self.sentences = functools.cache(self._sentences)
        self.quantities = functools.cache(self._quantities)
        self.quotes = functools.cache(self._quotes)
        self.folded = functools.cache(self._folded)

    @functools.cached_property
    def folded_source(self) -> str:
        """The whole source in NFKC, to see at once what an article cannot contain."""
        return nfkc(self.document.source)

    def derived(self, make: Callable[[View, Guide], T], guide: Guide) -> T:
        """Return `make(self, guide)`, made once for all rules that ask."""
        if make not in self._derived:
            self._derived[make] = make(self, guide)
        return cast("T", self._derived[make])

    def _tokens(self, index: int) -> Tokens:
        return self._analyzer.tokens(self.document.blocks[index].text)

    def _sentences(self, index: int) -> tuple[Sentence, ...]:
        return sentences(self.document.blocks[index])

    def _quantities(self, index: int) -> tuple[Quantity, ...]:
        return quantities(self.document.blocks[index].text)

    def _quotes(self, index: int) -> tuple[tuple[int, int], ...]:
        return quotes(self.document.blocks[index].text)

    def _folded(self, index: int) -> Folded:
        return fold(self.document.blocks[index].text)

    def quoted(self, block: Block, start: int, end: int) -> bool:
        """Whether a range of a block's text lies inside quotation marks or the block in a block quote."""
        return block.quote or any(a <= start and end <= b for a, b in self.quotes(block.index))

    def sentence(self, block: Block, at: int) -> Sentence:
        """Return the sentence of `block` that offset `at` is in (the whole text where it has none)."""
        found = next((s for s in self.sentences(block.index) if s.start <= at < s.end), None)
        return found or Sentence(0, len(block.text), block.text)

    def body(self) -> Iterator[Block]:
        """Yield the blocks that have any text."""
        return (b for b in self.document.blocks if b.text)
