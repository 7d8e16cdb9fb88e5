"""What a guide extends: files and packs, read in the order in which they lie over one another."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msglint.guide.commas import cut_numbers
from msglint.guide.decode import Record
from msglint.guide.model import PrhRule
from msglint.guide.page import Page, Read, unknown
from msglint.guide.text import text_of
from msglint.model import InputInvalid, Language, Lines, Problem, Source, Text
from msglint.yamlnodes import Node, YamlInvalid, compose, pairs

PACK = "msglint:"
_PACKS = Path(__file__).with_name("packs")
_CHAIN = 20
_PRH = re.compile(rb"^rules[ \t]*:(?:\s|#[^\n]*\n)*[-\[]", re.MULTILINE)


class Layer(NamedTuple):
    """One file: a guide's values, or the rules of a prh dictionary, with what is to be noted of it."""

    path: str
    root: Read | None = None
    prh: tuple[PrhRule, ...] = ()
    notes: tuple[str, ...] = ()


class Loading(NamedTuple):
    """What the files of one guide are read with (`root` is the guide's folder), and what has been read so far."""

    table: Record
    read: Callable[[str], bytes]
    root: str
    language: Language
    problems: list[Problem]
    done: dict[str, tuple[Layer, ...]]


def opened(source: Source, problems: list[Problem], root: str) -> tuple[Page, Node]:
    """Return the page and the root node of a guide's file; raises InputInvalid when it holds no mapping."""
    text = text_of(source)
    try:
        node = compose(text)
    except YamlInvalid as e:
        raise InputInvalid(Problem(source.path, e.line, e.column, e.message)) from None
    if node is None or node.kind != "mapping":
        message = Text(
            "ガイドではありません。「version: 1」と「name: …」から始まるキーと値の組を書いてください。",
            "This is no guide. Write a mapping that begins with `version: 1` and `name: …`.",
        )
        raise InputInvalid(Problem(source.path, 1, 1, message))
    folder = posixpath.relpath(posixpath.dirname(source.path) or ".", root or ".")
    is_near = folder == "." or source.path.startswith(PACK)
    return Page(source.path, text, Lines(text), problems, "" if is_near else folder), node


def layers(page: Page, node: Node, loading: Loading, trail: tuple[str, ...] = ()) -> tuple[Layer, ...]:
    """Return the guide on `page` after all that it extends; a file that comes twice keeps its last place."""
    root = loading.table.read(node, page)
    noted = cut_numbers(node, page, loading.language)
    trail = (*trail, posixpath.normpath(page.path))
    found = [layer for entry in root.each("extends") for layer in _followed(entry, page.path, loading, trail)]
    last = {layer.path: i for i, layer in enumerate(found)}
    return (*(layer for i, layer in enumerate(found) if last[layer.path] == i), Layer(page.path, root, notes=noted))


def _followed(entry: Read, origin: str, loading: Loading, trail: tuple[str, ...]) -> tuple[Layer, ...]:
    """Return the layers of an item of `extends`; what is wrong with reading it is said at the item."""
    name = entry.value
    path = name if name.startswith(PACK) else posixpath.normpath(posixpath.join(posixpath.dirname(origin), name))
    if path in trail:
        loop = " → ".join((*trail[trail.index(path) :], path))
        return _refused(
            entry, loading, f"`extends`が一周しています({loop})。", f"`extends` comes back to itself ({loop})."
        )
    if len(trail) > _CHAIN:
        return _refused(entry, loading, "`extends`の連なりが長すぎます。", "The chain of `extends` is too long.")
    if path not in loading.done:
        try:
            content = loading.read(path)
        except (OSError, ValueError):
            return _unreadable(entry, path, loading)
        loading.done[path] = _read(Source(path, content), loading, trail)
    return loading.done[path]


def _read(source: Source, loading: Loading, trail: tuple[str, ...]) -> tuple[Layer, ...]:
    try:
        if _PRH.search(source.content):
            return _dictionary(source, loading)
        page, node = opened(source, loading.problems, loading.root)
        if any(key.text == "rules" and value.kind == "sequence" for key, value in pairs(node)):
            return _dictionary(source, loading)
        return layers(page, node, loading, trail)
    except InputInvalid as e:
        loading.problems.extend(e.problems)
        return ()


def _dictionary(source: Source, loading: Loading) -> tuple[Layer, ...]:
    from msglint.guide.prh import load_prh

    rules, notes = load_prh(source, read=loading.read, language=loading.language)
    return (Layer(source.path, prh=rules, notes=notes),)


def _refused(entry: Read, loading: Loading, ja: str, en: str) -> tuple[Layer, ...]:
    loading.problems.append(entry.problem(ja, en))
    return ()


def _unreadable(entry: Read, path: str, loading: Loading) -> tuple[Layer, ...]:
    if not path.startswith(PACK):
        return _refused(entry, loading, f"「{path}」を読めません。", f"{path} cannot be read.")
    message = unknown(Text("パック", "pack"), path, [PACK + name for name in pack_names()])
    return _refused(entry, loading, *message)


def pack(path: str) -> bytes:
    """Return the bytes of a shipped pack, `msglint:NAME`; raises FileNotFoundError for any other name."""
    name = path.removeprefix(PACK)
    if name not in pack_names():
        raise FileNotFoundError(path)
    return (_PACKS / f"{name}.yaml").read_bytes()


def pack_names() -> list[str]:
    """Return the names of the packs that msglint ships."""
    return sorted(file.stem for file in _PACKS.iterdir() if file.suffix == ".yaml")
