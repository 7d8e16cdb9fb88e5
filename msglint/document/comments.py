"""Comments, with the place of their content."""

from __future__ import annotations

import re
from typing import NamedTuple

from msglint.model import Span

_CONTENT = re.compile(r"(?:<!--|\{/\*)(.*?)(?:-->|\*/\})", re.DOTALL)


class Comment(NamedTuple):
    """A comment: its range, where its content begins, and the content."""

    span: Span
    start: int
    text: str


def comments(source: str, spans: list[Span]) -> list[Comment]:
    """Return the comments that stand at `spans`."""
    found = ((span, _CONTENT.fullmatch(source, *span)) for span in spans)
    return [Comment(span, match.start(1), match[1]) for span, match in found if match]
