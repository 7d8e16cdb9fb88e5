"""An article's derived views, each computed once and shared by all rules."""

from __future__ import annotations

import bisect
import functools
import itertools
import weakref
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, cast

from msglint.analysis.encoder.opening import builtin
from msglint.analysis.fold import Folded, fold, nfkc
from msglint.analysis.quantities import Quantity, quantities
from msglint.analysis.same import Same
from msglint.analysis.sections import SectionText, sections
from msglint.analysis.tokens import Tokens, tokenize
from msglint.analysis.units import unlisted
from msglint.document.model import Block, Document
from msglint.document.sentences import Sentence, quotes, sentences
from msglint.guide.model import Fact, Guide

if TYPE_CHECKING:
    from msglint.analysis.encoder import Encoder, Identity
    from msglint.analysis.judge import Judge

T = TypeVar("T")


class Analyzer(Protocol):
    """What knows Japanese: anything that turns text into morphemes."""

    @property
    def encoder(self) -> Encoder:
        """What gives texts vectors."""

    @property
    def judge(self) -> Judge | None:
        """What tells contradictions in the place of msglint's own reading; None: nothing does."""

    @property
    def models(self) -> tuple[Identity, ...]:
        """Which models that are no part of msglint the analysis depends on."""

    def tokens(self, text: str) -> Tokens:
        """Return the morphemes of `text`, covering it without gaps."""


class Sudachi:
    """The real one: Sudachi's morphemes, the vectors of `encoder` (None: msglint's own), and perhaps an NLI model."""

    def __init__(self, encoder: Encoder | None = None, judge: Judge | None = None) -> None:
        self._encoder = encoder
        self.judge = judge

    @property
    def encoder(self) -> Encoder:
        """What gives texts vectors; msglint's own is opened when first asked for."""
        return self._encoder or builtin()

    @property
    def models(self) -> tuple[Identity, ...]:
        """The identities of the models that the guide names."""
        return tuple(named.identity for named in (self._encoder, self.judge) if named)

    def tokens(self, text: str) -> Tokens:
        """Return the morphemes of `text` in split mode C."""
        return tokenize(text)


@functools.lru_cache(maxsize=8)
def _units(facts: Same[tuple[Fact, ...]]) -> frozenset[str]:
    return unlisted({value.unit for fact in facts.it for value in fact.values})


class View:
    """Morphemes, sentences, figures and folded text of an article's blocks, by block.

    Plain dictionaries remember them: a cache that holds a method of its own owner is a cycle, and a thousand
    articles of cycles are work for the garbage collector.
    """

    def __init__(self, document: Document, analyzer: Analyzer) -> None:
        self.document = document
        self._analyzer = analyzer
        self._tokens: dict[int, Tokens] = {}
        self._sentences: dict[int, tuple[Sentence, ...]] = {}
        self._quantities: dict[int, tuple[Quantity, ...]] = {}
        self._quotes: dict[int, tuple[tuple[int, int], ...]] = {}
        self._folded: dict[int, Folded] = {}
        self._derived: dict[Callable[..., Any], Any] = {}
        self._together: Sequence[weakref.ref[View]] = (weakref.ref(self),)

    @classmethod
    def several(cls, documents: Sequence[Document], analyzer: Analyzer) -> list[Self]:
        """Return views of articles that are read together, see `derived_together`.

        Not by models of others: these take their time for each article, and a rule may be off for some.
        """
        views = [cls(document, analyzer) for document in documents]
        if analyzer.models:
            return views
        together: list[weakref.ref[View]] = [weakref.ref(view) for view in views]
        for view in views:
            view._together = together
        return views

    @functools.cached_property
    def norms(self) -> frozenset[str]:
        """The normalised forms of all words in blocks that have any Japanese."""
        japanese = (b.index for b in self.document.blocks if not b.text.isascii())
        return frozenset().union(*(self.tokens(index).norms for index in japanese))

    @functools.cached_property
    def readable(self) -> str:
        """The text of all blocks in NFKC, line by line, to see at once what an article does not contain."""
        return "\n".join(self._evened)

    def block_at(self, offset: int) -> int:
        """Return the index of the block that stands at `offset` of `readable`."""
        return bisect.bisect_right(self._begins, offset) - 1

    @functools.cached_property
    def _evened(self) -> list[str]:
        return [nfkc(block.text) for block in self.document.blocks]

    @functools.cached_property
    def _begins(self) -> list[int]:
        return [0, *itertools.accumulate(len(text) + 1 for text in self._evened)]

    @functools.cached_property
    def sections(self) -> tuple[SectionText, ...]:
        """The sections that have body text, sentence by sentence."""
        return sections(self)

    @property
    def encoder(self) -> Encoder:
        """What gives texts vectors."""
        return self._analyzer.encoder

    @property
    def judge(self) -> Judge | None:
        """What tells contradictions in the place of msglint's own reading."""
        return self._analyzer.judge

    def derived(self, make: Callable[[View, Guide], T], guide: Guide) -> T:
        """Return `make(self, guide)`, made once for all rules that ask."""
        if make not in self._derived:
            self._derived[make] = make(self, guide)
        return cast("T", self._derived[make])

    def derived_together(self, make: Callable[[Sequence[View], Guide], Sequence[T]], guide: Guide) -> T:
        """Return what `make` gives for this article, made once for all that are read together and all rules that ask.

        A view that nobody holds any more is left out.
        """
        if make not in self._derived:
            views = [view for ref in self._together if (view := ref())]
            for view, made in zip(views, make(views, guide), strict=True):
                view._derived[make] = made
        return cast("T", self._derived[make])

    def tokens(self, index: int) -> Tokens:
        """Return the morphemes of block `index`."""
        if (held := self._tokens.get(index)) is None:
            held = self._tokens[index] = self._analyzer.tokens(self.document.blocks[index].text)
        return held

    def sentences(self, index: int) -> tuple[Sentence, ...]:
        """Return the sentences of block `index`."""
        if (held := self._sentences.get(index)) is None:
            held = self._sentences[index] = sentences(self.document.blocks[index])
        return held

    def quantities(self, index: int, guide: Guide) -> tuple[Quantity, ...]:
        """Return the figures of block `index`, in known units and the guide's own."""
        if (held := self._quantities.get(index)) is None:
            own = _units(Same(guide.facts))
            held = self._quantities[index] = quantities(self.document.blocks[index].text, own)
        return held

    def quotes(self, index: int) -> tuple[tuple[int, int], ...]:
        """Return the ranges of block `index` that stand in quotation marks."""
        if (held := self._quotes.get(index)) is None:
            held = self._quotes[index] = quotes(self.document.blocks[index].text)
        return held

    def folded(self, index: int) -> Folded:
        """Return the text of block `index` in NFKC, with the way back."""
        if (held := self._folded.get(index)) is None:
            held = self._folded[index] = fold(self.document.blocks[index].text)
        return held

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
