"""The kinds of value a guide is made of: a table of them is its grammar, its JSON Schema and its manual at once.

Each kind reads a YAML node into a `Read` and notes on the `Page` what does not fit, so that all problems of a file are
found in one go.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final, NamedTuple, Protocol

from msglint.guide.model import Place
from msglint.guide.page import BROKEN, NOTHING, Page, Read, nearest, shortened, unknown
from msglint.model import Text
from msglint.yamlnodes import Node, duplicates, pairs

Make = Callable[[Any, Place], Any]

_MAPPING: Final = Text("キーと値の組", "a mapping")
_KEY: Final = Text("キー", "key")
_COLON: Final = Text(
    "キーのあとには半角の「:」と半角スペースが要ります。", "A key is followed by `:` (half-width) and a space."
)


class Unfit(Exception):
    """A scalar is not what is expected; `hint` says what to write instead."""

    def __init__(self, hint: Text = NOTHING) -> None:
        self.hint = hint


class Kind(Protocol):
    """What may stand in a place of the guide."""

    @property
    def label(self) -> Text:
        """What a message calls it."""

    def read(self, node: Node, page: Page) -> Read:
        """Return the value at `node`; notes on `page` what does not fit."""


class Scalar(NamedTuple):
    """A single value, from the text as it is written; `convert` raises Unfit. `json` is its JSON Schema."""

    label: Text
    convert: Callable[[str], Any]
    json: dict[str, Any]
    nullable: bool = False

    def read(self, node: Node, page: Page) -> Read:
        """Return the converted text."""
        if node.kind == "null" and self.nullable:
            return Read(None, page.place(node))
        if node.kind != "scalar":
            return page.expected(node, self.label)
        try:
            return Read(self.convert(node.text), page.place(node))
        except Unfit as e:
            return page.expected(node, self.label, e.hint)


class ListOf(NamedTuple):
    """A list. `by` is the key that tells its entries apart; `once` refuses two entries of one name; `least` items."""

    item: Kind
    make: Make | None = None
    by: str | None = None
    once: bool = True
    least: int = 0

    @property
    def label(self) -> Text:
        """What a message calls it."""
        return Text(f"リスト(各項目は{self.item.label.ja})", f"a list (each item {self.item.label.en})")

    def read(self, node: Node, page: Page) -> Read:
        """Return the items, the broken ones too."""
        if node.kind != "sequence":
            return page.expected(node, self.label)
        if len(node.items) < self.least:
            ja = f"{page.subject.ja}のリストが空です。項目を書くか、要らないキーなら消してください。"
            en = f"{page.subject.en} is an empty list. Write an item, or remove the key if it is not needed."
            return page.refuse(node, Text(ja, en))
        inside = page.of_items()
        items = tuple(self.item.read(item, inside) for item in node.items)
        if self.by and self.once:
            self._refuse_repeated(items, page)
        return Read(items, page.place(node), self.make)

    def _refuse_repeated(self, items: Iterable[Read], page: Page) -> None:
        first: dict[Any, Place] = {}
        for name in (found for item in items if (found := item.get(str(self.by)))):
            if earlier := first.get(name.value):
                text = shortened(name.value)
                ja = f"「{text}」は{earlier.line}行目にもあります。{self.by}は重ならないようにしてください。"
                en = f"`{text}` stands on line {earlier.line} too. Each {self.by} has to be unique."
                page.problems.append(name.problem(ja, en))
            first.setdefault(name.value, name.place)


class MapOf(NamedTuple):
    """A mapping whose keys the writer chooses."""

    key: Scalar
    value: Kind
    make: Make | None = None

    @property
    def label(self) -> Text:
        """What a message calls it."""
        return _MAPPING

    def read(self, node: Node, page: Page) -> Read:
        """Return the values by key."""
        if node.kind != "mapping":
            return page.expected(node, self.label, _colon(node))
        _refuse_duplicates(node, page)
        found: dict[str, Read] = {}
        for key, value in pairs(node):
            name = self.key.read(key, page)
            if name.value is not BROKEN:
                name = self.value.read(_at_key(key, value), page.of_key(key.text))
            found.setdefault(key.text, name)
        return Read(found, page.place(node), self.make)


class Either(NamedTuple):
    """A single value, or something longer; `lift` makes the single value into what the longer form gives."""

    single: Scalar
    longer: Kind
    lift: Callable[[Any], Any]

    @property
    def label(self) -> Text:
        """What a message calls it."""
        one, more = self.single.label, self.longer.label
        return Text(f"{one.ja}か{more.ja}", f"{one.en}, or {more.en}")

    def read(self, node: Node, page: Page) -> Read:
        """Return whichever of the two stands there."""
        if node.kind == "null":
            return page.expected(node, self.label)
        if node.kind != "scalar":
            return self.longer.read(node, page)
        found = self.single.read(node, page)
        return found._replace(make=lambda value, _: self.lift(value))


FROM_MODEL: Final = object()


class Field(NamedTuple):
    """A key: what stands under it, what it is for, and its default (unless said here, that of the model)."""

    key: str
    kind: Kind
    about: Text
    required: bool = False
    default: Any = FROM_MODEL


class Record(NamedTuple):
    """A mapping of known keys, made into `of` or by `make`; exactly one of the groups of keys in `one_of` is there."""

    fields: tuple[Field, ...]
    of: type[Any] | None = None
    make: Make | None = None
    one_of: tuple[tuple[str, ...], ...] = ()
    noun: Text = _KEY

    @property
    def label(self) -> Text:
        """What a message calls it."""
        return _MAPPING

    def default(self, wanted: Field) -> Any:
        """Return what a key that is not there stands for."""
        if wanted.default is not FROM_MODEL:
            return wanted.default
        known = inspect.signature(self.of).parameters.get(wanted.key) if self.of else None
        return known.default if known else None

    def read(self, node: Node, page: Page) -> Read:
        """Return the values by key, the broken ones too."""
        if node.kind != "mapping":
            return page.expected(node, self.label, _colon(node))
        _refuse_duplicates(node, page)
        known, found, strange = {f.key: f for f in self.fields}, dict[str, Read](), dict[str, Read]()
        for key, value in pairs(node):
            if key.text not in known and key.text not in strange:
                strange[key.text] = page.refuse(key, unknown(self.noun, key.text, known, value))
            elif key.text in known and key.text not in found:
                found[key.text] = known[key.text].kind.read(_at_key(key, value), page.of_key(key.text))
        for name, broken in strange.items():  # what a misspelt key was meant to be is not missing as well
            if meant := nearest(name, known):
                found.setdefault(meant, broken)
        self._refuse_incomplete(node, page, found)
        return Read(found, page.place(node), self.make or self._made)

    def _made(self, values: dict[str, Any], _: Place) -> Any:
        return self.of(**values) if self.of else values

    def _refuse_incomplete(self, node: Node, page: Page, found: dict[str, Read]) -> None:
        for missing in (f.key for f in self.fields if f.required and f.key not in found):
            page.refuse(node, Text(f"「{missing}」がありません。", f"`{missing}` is missing."))
        there = {key for group in self.one_of for key in group if key in found}
        if self.one_of and not any(there == set(group) for group in self.one_of):
            ja = "か、".join("と".join(f"「{key}」" for key in group) for group in self.one_of)
            en = ", or ".join(" and ".join(f"`{key}`" for key in group) for group in self.one_of)
            page.refuse(node, Text(f"{ja}を、1つだけ書いてください。", f"Write {en}, and only one of these."))


def _refuse_duplicates(node: Node, page: Page) -> None:
    for again, first in duplicates(node):
        line = page.lines.position(first.start).line
        ja = f"キー「{shortened(again.text)}」は{line}行目にもあります。1つにしてください。"
        page.refuse(again, Text(ja, f"The key `{shortened(again.text)}` stands on line {line} too; keep one."))


def _at_key(key: Node, value: Node) -> Node:
    """Return the value, at its key's place when there is nothing else to point at."""
    return value if value.end > value.start else replace(value, start=key.start)


def _colon(node: Node) -> Text:
    return _COLON if node.kind == "scalar" and (":" in node.text or "：" in node.text) else NOTHING
