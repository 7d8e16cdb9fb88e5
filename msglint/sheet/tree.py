"""An article's Markdown as a tree of what it is made of, each part with its place in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from msglint.document import markdown
from msglint.document.events import events
from msglint.document.front_matter import front_matter
from msglint.document.model import Document
from msglint.document.offsets import Offsets
from msglint.model import Span


@dataclass(slots=True, eq=False)
class Node:
    """A part of an article: `name` and `value` as pulldown-cmark calls them, its range, and its parts."""

    name: str
    value: Any
    span: Span
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, in order."""
        todo = [self]
        while todo:
            node = todo.pop()
            yield node
            todo += reversed(node.children)


def tree(document: Document) -> Node:
    """Return the article's body as one node; the lines of containers are not part of it.

    Lists and quotes nested deeper than anybody reads are taken as lines of the one they are in.
    """
    _, _, start = front_matter(document.source)
    reading = markdown.read(document.source, start, mdx=document.path.lower().endswith(".mdx"))
    containers = {line.span.start for line in reading.containers}
    of = Offsets(document.source[start:].encode(), start).of
    root = Node("Body", None, Span(start, len(document.source)))
    open_ = [root]
    for event, where in events(reading.body):
        name, value = _named(event)
        if name == "End":
            open_.pop()
            continue
        span = Span(of(where["start"]), of(where["end"]))
        if name == "Start":
            name, value = _named(value)
            if name in _CUT and len(open_) > _DEEPEST:
                open_[-1].children.append(Node("HardBreak", None, span))
                open_.append(open_[-1])
                continue
            node = Node(name, value, span)
            open_[-1].children.append(node)
            open_.append(node)
        elif not (name == "Rule" and span.start in containers):
            open_[-1].children.append(Node(name, value, span))
    return root


def _named(event: Any) -> tuple[str, Any]:
    """Return the name of an event or tag, and what it says besides."""
    return (event, None) if event.__class__ is str else next(iter(event.items()))


def within(nodes: list[Node], covered: Callable[[int], bool]) -> list[Node]:
    """Return the nodes that begin where `covered` says so; lists and quotes are cut down to what does."""
    found = []
    for node in nodes:
        if node.name not in _CUT:
            found += [node] if covered(node.span.start) else []
        elif kept := within(node.children, covered):
            found.append(Node(node.name, node.value, node.span, kept))
    return found


_DEEPEST = 12
_CUT = frozenset({"List", "Item", "BlockQuote"})
