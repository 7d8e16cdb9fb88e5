"""The YAML at the top of an article."""

from __future__ import annotations

import re

from msglint.document.collected import Collected
from msglint.document.model import Entry, FrontMatter, Kind
from msglint.document.scalar import content, read_scalar
from msglint.model import Span, Text
from msglint.yamlnodes import Node, YamlInvalid, compose, duplicates, pairs, plain

_OPENING = re.compile(r"---[ \t]*(?:\r\n?|\n)")
_CLOSING = re.compile(r"(?<![^\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)")
_MARK = Span(0, 3)
_BLANK_LINE = re.compile(r"[ \t]*(?:\r\n?|\n)")
_PROSE = {"title": Kind.TITLE, "description": Kind.DESCRIPTION}


def front_matter(source: str) -> tuple[FrontMatter | None, list[Collected], int]:
    """Return the front matter, the blocks of its title and description, and where the Markdown begins.

    What is wrong with the YAML is said in the front matter's `problems`.
    """
    opening = _OPENING.match(source)
    closing = _CLOSING.search(source, opening.end()) if opening else None
    if not (opening and closing):
        return None, [], 0
    start, end = opening.end(), closing.end()
    yaml = source[start : closing.start()]
    try:
        root = compose(yaml)
    except YamlInvalid as error:
        return _broken(_rest_of_line(source, start + min(error.offset, len(yaml.rstrip()))), error.message), [], end
    if root is None or root.kind == "null":
        return FrontMatter({}, _MARK), [], end
    if root.kind == "mapping":
        return *_read(source, root, start), end
    # A line --- above a blank one is a thematic break, unless keys and values follow.
    if _BLANK_LINE.match(yaml):
        return None, [], 0
    return _broken(_rest_of_line(source, start + root.start), _NO_KEYS), [], end


def _read(source: str, root: Node, start: int) -> tuple[FrontMatter, list[Collected]]:
    """Return the front matter of a mapping, whose places count from `start`, and its prose."""
    entries, blocks = dict[str, Entry](), list[Collected]()
    for key, value in pairs(root):
        if key.text not in entries:
            entries[key.text] = _entry(source, key, value, start)
            kind = _PROSE.get(key.text)
            if kind and value.tag == "str" and value.text.strip():
                blocks.append(read_scalar(source, _span(value, start), kind))
    repeated = ((_place(source, key, start), _twice(key.text)) for key, _ in duplicates(root))
    return FrontMatter(entries, _MARK, tuple(repeated)), blocks


def _entry(source: str, key: Node, value: Node, start: int) -> Entry:
    items = value.items if value.kind == "sequence" else []
    return Entry(
        plain(value),
        _place(source, key, start),
        _place(source, value, start),
        tuple((plain(item), _place(source, item, start)) for item in items),
        {name.text: _entry(source, name, inner, start) for name, inner in pairs(value)}
        if value.kind == "mapping"
        else {},
    )


def _place(source: str, node: Node, start: int) -> Span:
    span = _span(node, start)
    if node.kind in ("scalar", "null"):
        return content(source, span)
    return Span(span.start, span.start + len(source[span.start : span.end].rstrip()))


def _span(node: Node, start: int) -> Span:
    return Span(node.start + start, node.end + start)


def _broken(span: Span, message: Text) -> FrontMatter:
    return FrontMatter({}, _MARK, ((span, message),))


def _rest_of_line(source: str, at: int) -> Span:
    """Return the text of a line from `at` on, all of it when there is nothing after `at`."""
    end = at + len(re.split(r"[\r\n]", source[at : at + 200], maxsplit=1)[0].rstrip())
    return Span(at, end) if at < end else Span(max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1, at)


_NO_KEYS = Text(
    "フロントマターは「title: 記事の題名」のように書いてください。「:」は半角で、後ろに半角スペースが要ります。",
    "Front matter is keys and values, such as `title: The title`; the colon is followed by a space.",
)


def _twice(key: str) -> Text:
    return Text(f"「{key}」が2回書かれています。1つにまとめてください。", f"`{key}` is written twice; keep one.")
