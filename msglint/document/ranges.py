"""Ranges of a text."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from msglint.model import Span


class Ranges:
    """Says what lies inside and outside of them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = list[Span]()
        for span in sorted(spans):
            if self._spans and span.start < self._spans[-1].end:
                span = Span(self._spans[-1].start, max(self._spans.pop().end, span.end))
            self._spans.append(span)

    def __bool__(self) -> bool:
        return bool(self._spans)

    def __contains__(self, at: int) -> bool:
        i = bisect.bisect_right(self._spans, at, key=_start) - 1
        return i >= 0 and at < self._spans[i].end

    def outside(self, span: Span) -> Iterator[Span]:
        """Yield the parts of `span` that no range covers."""
        at = span.start
        i = max(0, bisect.bisect_right(self._spans, at, key=_start) - 1)
        while i < len(self._spans) and self._spans[i].start < span.end:
            if at < self._spans[i].start:
                yield Span(at, self._spans[i].start)
            at = max(at, self._spans[i].end)
            i += 1
        if at < span.end:
            yield Span(at, span.end)


def _start(span: Span) -> int:
    return span.start
