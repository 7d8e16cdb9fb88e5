"""The sections of an article as an encoder reads them: sentence by sentence, each knowing its place."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msglint.analysis.passage import Passage
from msglint.document.model import Block, Kind
from msglint.model import Span

if TYPE_CHECKING:
    from msglint.analysis.view import View

_BODY = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.CELL})


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a section: its passage, its place in the source, and whether it stands in a block quote."""

    passage: Passage
    span: Span
    block: Block


@dataclass(frozen=True, slots=True)
class SectionText:
    """A heading with the sentences under it; `heading` is None before the first one.

    `name` is the heading's text as it is read. `place` is where something is said of the section as a whole: its
    heading's text, else its first sentence. `start` is where the section begins in the source.
    """

    heading: Block | None
    name: Passage | None
    said: tuple[Said, ...]
    place: Span
    start: int

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The section's sentences, without its heading."""
        return tuple(s.passage for s in self.said)

    @property
    def title(self) -> str | None:
        """The heading's text."""
        return self.heading.text if self.heading else None


def sections(view: View) -> tuple[SectionText, ...]:
    """Return the sections of an article that have body text, in order.

    Title, description, alt texts and footnotes are no body; a table's head is none either.
    """
    return tuple(_sections(view))


def _sections(view: View) -> Iterator[SectionText]:
    blocks = view.document.blocks
    for section in view.document.sections:
        body = [b for b in map(blocks.__getitem__, section.blocks) if b.kind in _BODY and b.row != 0 and b.text.strip()]
        if said := tuple(s for b in body for s in _said(view, b)):
            heading = None if section.heading is None else blocks[section.heading]
            if heading is None:
                yield SectionText(None, None, said, said[0].span, said[0].span.start)
            else:
                tokens = view.tokens(heading.index)
                place = heading.whole if heading.text.strip() else said[0].span
                name = Passage.cut(tokens, 0, len(tokens))
                yield SectionText(heading, name, said, place, section.span.start)


def _said(view: View, block: Block) -> Iterator[Said]:
    tokens = view.tokens(block.index)
    for sentence in view.sentences(block.index):
        first = bisect.bisect_left(tokens.starts, sentence.start)
        behind = bisect.bisect_left(tokens.starts, sentence.end)
        if first < behind:
            yield Said(Passage.cut(tokens, first, behind), block.span(sentence.start, sentence.end), block)
