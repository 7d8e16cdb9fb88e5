"""Numbers that YAML cuts in two: `[2,000枚以上]` without quotation marks is a list of 2 and 000枚以上."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from msglint.guide.page import Page, shortened
from msglint.model import Language, Problem, Text
from msglint.yamlnodes import Node

_GROUPED = re.compile(r"[0-9],[0-9]{3}")
_LAST = re.compile(r"(?<![0-9])[0-9]{1,3}\Z")
_NEXT = re.compile(r"[0-9]{3}(?![0-9])")


def cut_numbers(node: Node, page: Page, language: Language) -> tuple[str, ...]:
    """Return a line for each number of the file that a comma cuts in two, `file:line:column: …`."""
    if not _GROUPED.search(page.text):
        return ()
    return tuple(_told(one, other, page).line_in(language) for one, other in _cut(node, page.text))


def _cut(node: Node, text: str) -> Iterator[tuple[Node, Node]]:
    if node.kind == "sequence":
        for one, other in itertools.pairwise(node.items):
            if (
                text[one.end : other.start] == ","
                and _LAST.search(text, one.start, one.end)
                and _NEXT.match(text, other.start)
            ):
                yield one, other
    for item in node.items:
        yield from _cut(item, text)


def _told(one: Node, other: Node, page: Page) -> Problem:
    whole = shortened(page.text[one.start : other.end])
    place = page.place(one)
    ja = f"「{whole}」は、コンマで2つの項目に分かれています。1つの項目なら、引用符で囲んでください。"
    en = f"The comma makes two items of `{whole}`. Put quotes around it where it is one."
    return Problem(place.path, place.line, place.column, Text(ja, en))
