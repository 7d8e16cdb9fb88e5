"""The change of the guide that a new threshold asks for: the text as it is, edited where it has to be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from msglint.guide.sales import Handoff
from msglint.loop.review.book import Book
from msglint.yamlnodes import Node, YamlInvalid, compose, pairs, plain

_MONTHLY = re.compile(r"\d{4}-\d{2}(?:-\d+)?")
_GAP = re.compile(r"( +)#")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NOTE = "# 両部門の署名のあと、日付を入れて「#」を外す / after both have signed, put in the day and remove the #"
_UNSIGNED = "YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The guide's `handoff` with another threshold (点), as a revision of its own, ready to be agreed.

    `diff` is a unified diff of the guide's file; None when the file does not say `handoff` itself.
    """

    threshold: float
    revision: str
    effective_from: date
    diff: str | None


class _Edit(NamedTuple):
    """What is to stand in place of a stretch of the text."""

    start: int
    end: int
    new: str


def propose(book: Book, threshold: float) -> Proposal | None:
    """Return the change to `threshold`, in force from the first of next month; None without hand-over rules."""
    if book.handoff is None:
        return None
    first = _next_month(max([book.today, *(r.effective_from for r in book.revisions if r.effective_from)]))
    name = _name(book.handoff, first, {revision.revision for revision in book.revisions})
    before = book.holdings.guide_text
    after = None if before is None else edited(before, _number(threshold), name, first)
    diff = None if before is None or after is None else unified(before, after, book.holdings.guide)
    return Proposal(threshold, name, first, diff)


def edited(text: str, threshold: str, revision: str, effective_from: date) -> str | None:
    """Return the guide's text with these in its `handoff`, all else as it was; None when it has no `handoff`.

    Who agreed to the old rules becomes a comment, to be put back once both have signed.
    """
    try:
        root = compose(text)
        handoff = _value(root, "handoff")
        mql = _value(handoff, "mql")
        if handoff is None or mql is None or not handoff.items or not mql.items:
            return None
        edits = [
            _put(text, handoff, "revision", revision),
            _put(text, handoff, "effective_from", effective_from.isoformat()),
            _put(text, mql, "threshold", threshold),
            *_disagree(text, handoff),
        ]
        made = _applied(text, edits)
        return made if _is_as_meant(made, threshold, revision, effective_from) else None
    except YamlInvalid:
        return None


def unified(before: str, after: str, path: str) -> str:
    """Return the unified diff of a file, as git applies it."""
    old, new = (_LINE.findall(text) for text in (before, after))
    found = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found)


def _put(text: str, mapping: Node, key: str, value: str) -> _Edit:
    """Return the edit that gives `key` of a mapping this value: in its own quotes, or as the first of its keys."""
    found = _value(mapping, key)
    if found is not None:
        quote = text[found.start] if text[found.start : found.start + 1] in ("'", '"') else ""
        new = f"{'' if found.start < found.end else ' '}{quote}{value}{quote}"
        return _Edit(found.start, *_kept_in_column(text, found, new))
    at = mapping.items[0].start
    flow = text[mapping.start] == "{"
    between = ", " if flow else _newline(text) + " " * (at - (text.rfind("\n", 0, at) + 1))
    return _Edit(at, at, f"{key}: {value}{between}")


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _kept_in_column(text: str, found: Node, new: str) -> tuple[int, str]:
    """Return the end of the edit and its words, so that a comment behind the value stays in its column."""
    gap = _GAP.match(text, found.end)
    if gap is None:
        return found.end, new
    width = len(gap[1]) - (len(new) - (found.end - found.start))
    return gap.end(1), new + " " * max(width, 1)


def _disagree(text: str, handoff: Node) -> Iterator[_Edit]:
    """Yield the edits that turn `agreed` into a comment with the day left open, where it has lines of its own."""
    entry = next(((key, value) for key, value in pairs(handoff) if key.text == "agreed"), None)
    if entry is None:
        return
    key, value = entry
    begins = text.rfind("\n", 0, key.start) + 1
    if text[begins : key.start].strip():
        return
    last = _last(value)
    ends = text.find("\n", last)
    ends = len(text) if ends < 0 else ends
    day = _value(value, "date")
    stretch = text[key.start : ends] if day is None else _without(text, key.start, ends, day)
    indent = text[begins : key.start]
    lines = [_NOTE + _newline(text)[:-1], *(f"# {line.removeprefix(indent)}" for line in stretch.split("\n"))]
    yield _Edit(key.start, ends, f"\n{indent}".join(lines))


def _without(text: str, start: int, end: int, day: Node) -> str:
    return text[start : day.start] + _UNSIGNED + text[day.end : end]


def _last(node: Node) -> int:
    """Return where the last value inside a node ends (a block mapping itself ends where the next key begins)."""
    return node.end if node.end and not node.items else max((_last(item) for item in node.items), default=node.end)


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    """Return the text with all edits; of several at one place the first stands first."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    for edit in ordered[::-1]:
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _is_as_meant(made: str, threshold: str, revision: str, effective_from: date) -> bool:
    root = compose(made)
    handoff: Any = plain(root).get("handoff") if root else None
    said = (str(handoff["revision"]), handoff["effective_from"], str(handoff["mql"]["threshold"]))
    return said == (revision, effective_from, threshold)


def _value(mapping: Node | None, key: str) -> Node | None:
    if mapping is None or mapping.kind != "mapping":
        return None
    return next((value for found, value in pairs(mapping) if found.text == key), None)


def _name(handoff: Handoff, first: date, taken: set[str]) -> str:
    """Return a name that no revision has: of its month, or the next number where revisions are counted."""
    if handoff.revision.isascii() and handoff.revision.isdigit() and not _MONTHLY.fullmatch(handoff.revision):
        wanted, number = str(int(handoff.revision) + 1), int(handoff.revision) + 1
        while wanted in taken:
            number += 1
            wanted = str(number)
        return wanted
    wanted, number = f"{first:%Y-%m}", 1
    while wanted in taken:
        number += 1
        wanted = f"{first:%Y-%m}-{number}"
    return wanted


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _number(value: float) -> str:
    return f"{value:g}"
