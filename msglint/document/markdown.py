"""Markdown → blocks, comments and code blocks."""

from __future__ import annotations

from dataclasses import dataclass

from msglint.document.blocks import Blocks
from msglint.document.collected import Collected
from msglint.document.events import dispatch
from msglint.document.html import Html
from msglint.document.inlines import Inlines
from msglint.document.masks import ContainerLine, Masked, blank, mask
from msglint.document.model import Fence
from msglint.document.offsets import Offsets
from msglint.document.ranges import Ranges
from msglint.document.structure import Structure
from msglint.model import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, all in source order.

    `body` is the Markdown as it was parsed. `attributes` are (heading, name, value); `containers` the `:::` lines.
    """

    body: str
    blocks: list[Collected]
    comments: list[Span]
    fences: list[Fence]
    attributes: list[tuple[Collected, str, str | None]]
    containers: list[ContainerLine]


def read(source: str, start: int, *, mdx: bool = False) -> Reading:
    """Read the Markdown of `source` from `start` on."""
    masked = mask(source, start, mdx=mdx)
    structure, html, blocks = _walk(source, start, masked)
    if unseen := [line for line in masked.containers if line.span.start not in structure.rules]:
        masked = masked._replace(body=blank(masked.body, unseen))
        structure, html, blocks = _walk(source, start, masked)
    hidden = Ranges(html.hidden)
    return Reading(
        masked.body,
        [b for b in blocks.all if (b.places[0][0] if b.places else b.start) not in hidden],
        [c for c in sorted({*html.comments, *masked.comments}) if c.start not in hidden],
        structure.fences,
        structure.attributes,
        masked.containers,
    )


def _walk(source: str, start: int, masked: Masked) -> tuple[Structure, Html, Blocks]:
    blocks = Blocks(source)
    html = Html(blocks, masked.masks)
    structure, inlines = Structure(blocks, html), Inlines(blocks, html, masked.masks)
    dispatch(
        masked.body,
        Offsets(source[start:].encode(), start),
        structure.starts() | inlines.starts(),
        structure.ends() | inlines.ends(),
        structure.wholes() | inlines.wholes(),
    )
    return structure, html, blocks
