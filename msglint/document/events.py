"""pulldown-cmark's events, with their places in code points."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from msglint.document.offsets import Offsets

Edge: TypeAlias = dict[str, Callable[[Any, int], None]]
"""By tag: what takes in the tag, and where it starts or ends."""
Whole: TypeAlias = dict[str, Callable[[Any, int, int], None]]
"""By name: what takes in an event, and the range it stands at."""


def events(body: str) -> Iterator[tuple[Any, dict[str, int]]]:
    """Return the events of a Markdown text with their byte ranges."""
    from pyromark import events_with_range

    return events_with_range(body, options=_options())  # type: ignore[return-value]


@functools.cache
def _options() -> Any:
    from pyromark import Options

    return (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
        | Options.ENABLE_HEADING_ATTRIBUTES
    )


def dispatch(body: str, offsets: Offsets, starts: Edge, ends: Edge, wholes: Whole) -> None:
    """Hand each event of `body` to what is there for it; what there is nothing for is passed over."""
    of = offsets.of
    for event, where in events(body):
        if event.__class__ is str:
            name: str = event
            value: Any = None
        else:
            ((name, value),) = event.items()
        if name == "Start" or name == "End":
            tag = value if value.__class__ is str else next(iter(value))
            if handler := (starts if name == "Start" else ends).get(tag):
                handler(value, of(where["start" if name == "Start" else "end"]))
        elif whole := wholes.get(name):
            whole(value, of(where["start"]), of(where["end"]))
