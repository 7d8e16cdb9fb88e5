"""What is read from a guide's file, with its place, and the problems noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from msglint.guide.model import Place
from msglint.model import Lines, Problem, Text
from msglint.yamlnodes import Node

BROKEN: Final = object()
"""The value of a Read whose problem has been noted."""

NOTHING: Final = Text("", "")
_GUIDE: Final = Text("ガイド", "the guide")


class Read(NamedTuple):
    """What was read at a place: a scalar, a tuple or dict of Reads, or BROKEN; `make` gives it its final form."""

    value: Any
    place: Place
    make: Callable[[Any, Place], Any] | None = None

    def built(self) -> Any:
        """Return the value in its final form; there must be nothing broken in it."""
        value = self.value
        if isinstance(value, tuple):
            value = tuple(item.built() for item in value)
        elif isinstance(value, dict):
            value = {key: item.built() for key, item in value.items()}
        return self.make(value, self.place) if self.make else value

    def problem(self, ja: str, en: str) -> Problem:
        """Return a problem of it."""
        return Problem(self.place.path, self.place.line, self.place.column, Text(ja, en))

    def get(self, key: str) -> Read | None:
        """Return what stands under `key`, None when nothing usable does."""
        found: Read | None = self.value.get(key) if isinstance(self.value, dict) else None
        return None if found is None or found.value is BROKEN else found

    def each(self, key: str) -> tuple[Read, ...]:
        """Return the usable items of the list under `key`."""
        found = self.get(key)
        return tuple(item for item in found.value if item.value is not BROKEN) if found else ()

    def scalar(self, key: str, default: Any = None) -> Any:
        """Return the bare value under `key`."""
        found = self.get(key)
        return found.value if found else default


class Page(NamedTuple):
    """The file that is read, its problems so far, and what is being read in it.

    `folder` leads from the guide's folder to this file's ("" when they are the same, else with a `/` at its end).
    """

    path: str
    text: str
    lines: Lines
    problems: list[Problem]
    folder: str = ""
    subject: Text = _GUIDE

    def of_key(self, key: str) -> Page:
        """Return the page for reading the value of `key`."""
        return self._replace(subject=Text(f"「{key}」", f"`{key}`"))

    def of_items(self) -> Page:
        """Return the page for reading the items of a list."""
        return self._replace(subject=Text(f"{self.subject.ja}の項目", f"an item of {self.subject.en}"))

    def place(self, node: Node) -> Place:
        """Return where `node` begins."""
        at = self.lines.position(node.start)
        return Place(self.path, at.line, at.column)

    def refuse(self, node: Node, message: Text) -> Read:
        """Note a problem of `node`."""
        place = self.place(node)
        self.problems.append(Problem(place.path, place.line, place.column, message))
        return Read(BROKEN, place)

    def expected(self, node: Node, label: Text, hint: Text = NOTHING) -> Read:
        """Note that `node` is not what `label` names, and what to do."""
        found = _found(node)
        if node.kind == "null" and self.text[node.end : node.end + 9].lstrip(" \t").startswith("#"):
            hint = _COMMENT
        ja = f"{self.subject.ja}には{label.ja}を書いてください({found.ja})。{hint.ja}"
        en = f"Expected {label.en} for {self.subject.en} ({found.en}). {hint.en}"
        return self.refuse(node, Text(ja, en.rstrip()))


_COMMENT = Text(
    "「 #」から後ろはコメントになります。「#」を含む値は引用符で囲んでください。",
    "What follows ` #` is a comment. Put quotes around a value that contains #.",
)


def unknown(noun: Text, name: str, known: Iterable[str], value: Node | None = None) -> Text:
    """Say that `name` is not known, and which name it may have been meant to be."""
    ja, en = f"不明な{noun.ja}「{shortened(name)}」です。", f"Unknown {noun.en} `{shortened(name)}`."
    if value is not None and value.start == value.end and len(name) == 3 and name.isdecimal():
        return Text(f"{ja}数に桁区切りの「,」は書けません。", f"{en} A number is written without commas.")
    if near := nearest(name, known):
        return Text(f"{ja}「{near}」の間違いではありませんか。", f"{en} Did you mean `{near}`?")
    names = list(known)
    if not names:
        return Text(ja, en)
    return Text(f"{ja}使えるのは{'、'.join(names)}です。", f"{en} Known here: {', '.join(names)}.")


def nearest(word: str, known: Iterable[str], similarity: float = 0.6) -> str | None:
    """Return the known name that `word` is most likely a slip of, if one is at least so similar (from 0 to 1)."""
    import difflib

    return next(iter(difflib.get_close_matches(word, list(known), 1, similarity)), None) if len(word) <= 100 else None


def shortened(text: str) -> str:
    """Return `text` on one line, its middle left out when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:20]}…{line[-15:]}"


def _found(node: Node) -> Text:
    match node.kind:
        case "null":
            return Text("値がありません", "there is no value")
        case "sequence":
            return Text("リストが書かれています", "found a list")
        case "mapping":
            return Text("キーと値の組が書かれています", "found a mapping")
    if not node.text.strip():
        return Text("空の文字列が書かれています", "found empty text")
    return Text(f"「{shortened(node.text)}」と書かれています", f"found `{shortened(node.text)}`")
