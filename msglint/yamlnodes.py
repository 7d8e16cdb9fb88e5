"""YAML as nodes that know their place: what a person writes by hand, and nothing that harms the reader's machine."""

from __future__ import annotations

import functools
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from msglint.model import Lines, Span, Text

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 5_000_000
MAX_NODES = 100_000
MAX_DEPTH = 50
_MAX_DIRECTIVES = 100  # libyaml compares each with all the others

# These few, not all but the printable: to compile a class of a million characters takes 4 ms.
_UNPRINTABLE = re.compile("[\0-\b\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_TAG = "tag:yaml.org,2002:"
_SCALARS = frozenset({"str", "null", "bool", "int", "float", "timestamp"})

Kind = Literal["null", "scalar", "sequence", "mapping"]


class YamlInvalid(Exception):
    """The text is not YAML that msglint takes. `offset` is from 0, `line` and `column` from 1, all in code points."""

    def __init__(self, text: str, offset: int, message: Text) -> None:
        self.message = message
        self.line, self.column, self.offset = Lines(text[: offset + 1]).position(min(offset, len(text)))
        super().__init__(f"{self.line}:{self.column}: {message.en}")


@dataclass(slots=True)
class Node:
    """A value and the range it stands at. An empty value, `~` and `null` without quotes are of the kind null.

    `text` is a scalar as written (without its quotes); `items` the items of a sequence, the keys and values of a
    mapping in turn; `tag` the type that YAML 1.1 gives a scalar: str, null, bool, int, float or timestamp.
    """

    kind: Kind
    start: int
    end: int
    tag: str = ""
    text: str = ""
    items: list[Node] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """The range in the text it was composed from."""
        return Span(self.start, self.end)


def compose(text: str) -> Node | None:
    """Return the root node of `text` (which has no BOM), or None when it has none.

    Raises YamlInvalid for what is not YAML, and for more than 5 MB, 100,000 nodes or 50 levels, several documents,
    anchors and aliases, tags of programming languages, and keys that are lists or mappings.
    """
    import yaml

    _refuse_at_sight(text)
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        if text.count("\n") > MAX_NODES:  # what is too large is told before anything is built of it
            deque(_harmless(yaml.parse(text, Loader=loader), text), maxlen=0)
        events = _harmless(yaml.parse(text, Loader=loader), text)
        try:
            return _build(events, text)
        except YamlInvalid:
            list(events)  # what harms or is no YAML, wherever it stands, is said before what is only not taken
            raise
    except yaml.YAMLError as e:
        raise _invalid(text, e) from None


def pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the nodes of each key and its value, in order, repeated keys too; the key as written is its `text`."""
    return zip(node.items[::2], node.items[1::2], strict=True)


def duplicates(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield each key node of a mapping that repeats an earlier one, with the first of its name."""
    first: dict[str, Node] = {}
    for key, _ in pairs(node):
        if key.text in first:
            yield key, first[key.text]
        first.setdefault(key.text, key)


def plain(node: Node) -> Any:
    """Return the node as str, int, Decimal, bool, date, None, list or dict (keys as written; the last of a name wins).

    Scalars are read as YAML 1.1 has it; a time stamp gives its day; what only looks like a date or number stays text.
    """
    if node.kind == "sequence":
        return [plain(item) for item in node.items]
    if node.kind == "mapping":
        return {key.text: plain(value) for key, value in pairs(node)}
    return _scalar(node)


def _scalar(node: Node) -> Any:
    import yaml

    if node.tag in ("str", "null"):
        return None if node.tag == "null" else node.text
    made = _constructor(), yaml.ScalarNode(_TAG + node.tag, node.text)
    try:
        match node.tag:
            case "float":
                digits = node.text.replace("_", "")
                return Decimal(digits if _FLOAT.fullmatch(digits) else str(made[0].construct_yaml_float(made[1])))
            case "timestamp":
                day = made[0].construct_yaml_timestamp(made[1])
                return date(day.year, day.month, day.day) if isinstance(day, datetime) else day
            case _:
                return getattr(made[0], f"construct_yaml_{node.tag}")(made[1])
    except (ValueError, ArithmeticError, LookupError, AttributeError):
        return node.text  # 2026-02-30 looks like a date and is none; an explicit tag may stand before any text


@functools.cache
def _constructor() -> Any:
    from yaml.constructor import SafeConstructor

    return SafeConstructor()


@functools.cache
def _resolver() -> Any:
    from yaml.resolver import Resolver

    return Resolver()


def _refuse_at_sight(text: str) -> None:
    """Refuse what the parser would choke on or take minutes for."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise YamlInvalid("", 0, Text("YAMLが5 MBを超えています。分割してください。", "YAML over 5 MB; split it."))
    if bad := _UNPRINTABLE.search(text):
        code = f"U+{ord(bad.group()):04X}"
        ja, en = f"YAMLに書けない制御文字({code})があります。", f"The control character {code} cannot stand in YAML."
        raise YamlInvalid(text, bad.start(), Text(ja, en))
    if text.count("\n%") > _MAX_DIRECTIVES:
        message = Text("「%」で始まる行が多すぎます。", "Too many lines begin with `%`.")
        raise YamlInvalid(text, text.index("\n%") + 1, message)


def _harmless(events: Iterable[Any], text: str) -> Iterator[Any]:
    """Yield the events; stop the parser at the first that may harm."""
    import yaml

    depth = nodes = documents = 0
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            nodes += 1
            if nodes > MAX_NODES or depth >= MAX_DEPTH:
                raise YamlInvalid(text, _offset(event.start_mark), _TOO_MUCH)
            if event.anchor is not None:  # an alias has it too
                raise YamlInvalid(text, _offset(event.start_mark), _ANCHOR)
            depth += isinstance(event, yaml.CollectionStartEvent)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent) and (documents := documents + 1) > 1:
            raise YamlInvalid(text, _offset(event.start_mark), _SECOND)
        yield event


def _build(events: Iterable[Any], text: str) -> Node | None:
    """Put the nodes together without recursion (libyaml's own composer overruns the stack on deep nesting)."""
    import yaml

    root: Node | None = None
    open_: list[Node] = []
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            node = _node(event, text)
            root = root or node
            if open_:
                _put_into(open_[-1], node, text)
            if isinstance(event, yaml.CollectionStartEvent):
                open_.append(node)
        elif isinstance(event, yaml.CollectionEndEvent):
            open_.pop().end = _offset(event.end_mark)
    return root


def _offset(mark: Any) -> int:
    return int(mark.index)


def _put_into(parent: Node, node: Node, text: str) -> None:
    if parent.kind == "mapping" and len(parent.items) % 2 == 0 and node.kind not in ("scalar", "null"):
        raise YamlInvalid(text, node.start, _KEY)
    parent.items.append(node)


def _node(event: Any, text: str) -> Node:
    import yaml

    start, end = _offset(event.start_mark), _offset(event.end_mark)
    tag = (event.tag or "!").removeprefix(_TAG)
    if isinstance(event, yaml.ScalarEvent) and (tag == "!" or tag in _SCALARS):
        resolved = _resolver().resolve(yaml.ScalarNode, event.value, event.implicit) if tag == "!" else tag
        tag = resolved.removeprefix(_TAG)
        tag = tag if tag in _SCALARS else "str"  # `<<` and `=` mean nothing here
        return Node("null" if tag == "null" else "scalar", start, end, tag, event.value)
    if isinstance(event, yaml.SequenceStartEvent) and tag in ("!", "seq"):
        return Node("sequence", start, end)
    if isinstance(event, yaml.MappingStartEvent) and tag in ("!", "map"):
        return Node("mapping", start, end)
    tag = str(event.tag).replace(_TAG, "!!")
    ja, en = f"タグ「{tag}」は使えません。消してください。", f"The tag {tag} is not taken; remove it."
    raise YamlInvalid(text, start, Text(ja, en))


_TOO_MUCH = Text(
    "YAMLが大きすぎます(入れ子は50段まで、要素は10万個まで)。",
    "The YAML is too large: at most 50 levels of nesting and 100,000 elements.",
)
_ANCHOR = Text(
    "アンカー(&)とエイリアス(*)は使えません。「&」や「*」で始まる値は引用符で囲んでください。",
    "Anchors (&) and aliases (*) are not taken. Put quotes around a value that begins with & or *.",
)
_SECOND = Text("「---」のあとに2つ目の文書があります。1つにしてください。", "`---` begins a second document; keep one.")
_KEY = Text(
    "キーにリストや「{ }」は使えません。「{{ … }}」で始まる値は引用符で囲んでください。",
    "A key cannot be a list or mapping. Put quotes around a value that begins with {{ … }}.",
)
_NOT_HERE = Text(
    "ここに「:」は書けません。値に「: 」を含むなら引用符で囲み、字下げもそろえてください。",
    "A `:` cannot stand here. Put quotes around a value that contains `: `, and align the indentation.",
)
_NOT_FIRST = Text(
    "この文字から始めることはできません。値なら引用符で囲み、字下げはタブでなく半角スペースにしてください。",
    "Nothing can begin with this character. Put quotes around a value; indent with spaces, not tabs.",
)
_ESCAPE = Text(
    "二重引用符の中の「\\」の使い方が違います。一重引用符の中なら「\\」をそのまま書けます。",
    "This use of `\\` in double quotes is unknown. In single quotes it can stand as it is.",
)
_BROKEN = Text(
    "YAMLの形が崩れています。字下げ、リストの「- 」、引用符の後ろを確かめてください。",
    "This does not fit here. Check the indentation, the `- ` of lists, and what follows a quotation mark.",
)
# What libyaml and PyYAML's own parser say, by a part of it, and what the writer is to do.
_SAID = (
    ("mapping values are not allowed", _NOT_HERE),
    ("end of stream", Text("引用符が閉じていません。", "The quotation mark is never closed.")),
    (
        "',' or ']'",
        Text("「[」から始まるリストが「]」で閉じていません。", "The list that `[` begins is not closed by `]`."),
    ),
    (
        "',' or '}'",
        Text("「{」から始まる組が「}」で閉じていません。", "The mapping that `{` begins is not closed by `}`."),
    ),
    ("cannot start any token", _NOT_FIRST),
    ("alphabetic or numeric", _ANCHOR),
    ("escape character", _ESCAPE),
    ("':'", Text("キーのあとに「:」と半角スペースがありません。", "A key has to be followed by `:` and a space.")),
    ("expected", _BROKEN),
)


def _invalid(text: str, error: yaml.YAMLError) -> YamlInvalid:
    """Say in the writer's words what the parser says; of an unclosed quote or a key without `:`, where that begins."""
    said = getattr(error, "problem", None) or "?"
    unfinished = "end of stream" in said or said.startswith("could not find")
    mark = getattr(error, "context_mark" if unfinished else "problem_mark", None)
    offset = _offset(mark) if mark else 0
    unknown = Text(f"YAMLとして読めません({said})。", f"This is not YAML ({said}).")
    message = next((words for part, words in _SAID if part in said), unknown)
    return YamlInvalid(text, offset, _with_hint(message, text, offset))


def _with_hint(message: Text, text: str, offset: int) -> Text:
    """Add what is behind most errors, when it stands on the line or the one above: full width, or a value with #."""
    before, after = text[max(0, offset - 200) : offset], text[offset : offset + 200]
    near = "".join(before.splitlines(keepends=True)[-2:] + after.splitlines()[:1])
    if "：" in near:
        return Text(
            message.ja + "全角の「：」は区切りになりません。", message.en + " A full-width ： separates nothing."
        )
    if re.search(r"^[ -]*\u3000", near, re.MULTILINE):
        return Text(message.ja + "全角スペースは字下げになりません。", message.en + " A full-width space is no indent.")
    if re.search(r"[:,\[{-] +#", near):
        return Text(
            message.ja + "「 #」から後ろはコメントになります。", message.en + " What follows ` #` is a comment."
        )
    return message
