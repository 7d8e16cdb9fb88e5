"""Markdown → blocks, comments and code blocks."""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from msglint.document.blocks import Blocks
from msglint.document.events import dispatch
from msglint.document.html import Html
from msglint.document.inline import Inline
from msglint.document.inlines import Inlines
from msglint.document.masks import ContainerLine, blank, mask
from msglint.document.model import Fence
from msglint.document.offsets import Offsets
from msglint.document.structure import Structure
from msglint.model import Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, all in source order.

    `body` is the Markdown as it was parsed. `attributes` are (heading, name, value); `containers` the `:::` lines.
    """

    body: str
    blocks: list[Inline]
    comments: list[Span]
    fences: list[Fence]
    attributes: list[tuple[Inline, str, str | None]]
    containers: list[ContainerLine]


def read(source: str, start: int, *, mdx: bool = False) -> Reading:
    """Read the Markdown of `source` from `start` on."""
    body, containers = mask(source, start, mdx=mdx)
    structure, html, blocks = _walk(source, start, body)
    if unseen := [line for line in containers if line.span.start not in structure.rules]:
        body = blank(body, unseen)
        structure, html, blocks = _walk(source, start, body)
    ends = {h.start: h.end for h in html.hidden}
    starts = list(ends)

    def seen(at: int) -> bool:
        i = bisect.bisect_right(starts, at) - 1
        return i < 0 or at >= ends[starts[i]]

    return Reading(
        body,
        [b for b in blocks.all if seen(b.start)],
        [c for c in html.comments if seen(c.start)],
        structure.fences,
        structure.attributes,
        containers,
    )


def _walk(source: str, start: int, body: str) -> tuple[Structure, Html, Blocks]:
    blocks = Blocks(source)
    html = Html(blocks)
    structure, inlines = Structure(blocks, html), Inlines(blocks, html)
    dispatch(
        body,
        Offsets(source[start:].encode(), start),
        structure.starts | inlines.starts,
        structure.ends | inlines.ends,
        structure.wholes | inlines.wholes,
    )
    return structure, html, blocks
