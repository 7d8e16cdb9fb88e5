"""The pattern of a rule of a prh dictionary: read, put together as prh does it, and translated."""

from __future__ import annotations

from msglint.guide import prhpattern
from msglint.guide.jschars import JsRegexError
from msglint.guide.jsregex import Translated, translate
from msglint.guide.prhfile import PrhFile
from msglint.guide.prhpattern import JsPattern
from msglint.model import Text
from msglint.yamlnodes import Node, plain

_IS_PATTERN = Text(
    "「pattern」がないと「expected」がそのまま正規表現として読まれ、これは読めません。「pattern」を書き足してください。",
    "Without a `pattern` the `expected` is read as a regular expression, and this is none. Add a `pattern`. ",
)


def decode_pattern(file: PrhFile, fields: dict[str, Node], expected: str) -> tuple[JsPattern, Translated] | None:
    """Return the pattern of the rule with these `fields`, in JavaScript and in Python.

    None when prh refuses it or Python cannot express it, with a problem recorded.
    """
    node = fields.get("pattern", fields.get("patterns"))
    if "pattern" in fields and "patterns" in fields:
        file.note(
            fields["patterns"],
            "「pattern」があるので、prhと同じく「patterns」は使いません。",
            "As in prh, `patterns` is not used where there is a `pattern`.",
        )
    boundary = _word_boundary(file, fields)
    js = _javascript(file, node, fields["expected"], expected, boundary=boundary)
    if js is None:
        return None
    ja, en = ("パターンが使えません。", "Unusable pattern. ") if node else (_IS_PATTERN.ja, _IS_PATTERN.en)
    node = node or fields["expected"]
    try:
        python = translate(js.source, ignore_case=js.ignore_case, dot_all=js.dot_all)
    except JsRegexError as e:
        file.problem(_culprit(node, js), ja + e.message.ja, en + e.message.en)
        return None
    if not python.needles and _matches_nothing(python, js):
        file.problem(
            node,
            "何もないところにも当てはまるパターンです。少なくとも1文字に当てはまるようにしてください。",
            "The pattern matches where there is nothing. Let it match one character at least.",
        )
        return None
    return js, python


def _matches_nothing(python: Translated, js: JsPattern) -> bool:
    import regex

    return bool(regex.search(python.pattern, "", regex.IGNORECASE if js.ignore_case else 0))


def _javascript(
    file: PrhFile, node: Node | None, expected_node: Node, expected: str, *, boundary: bool
) -> JsPattern | None:
    """Return the pattern that prh would run; None when prh would refuse it, with a problem recorded."""
    if node is None or node.kind == "null":
        if not expected:
            file.problem(
                expected_node, "空の「expected」には「pattern」が要ります。", "An empty `expected` needs a `pattern`."
            )
            return None
        pattern: JsPattern | None = prhpattern.spread(expected)
    elif node.kind == "sequence" and node.items:
        parts = [_javascript(file, item, expected_node, expected, boundary=boundary) for item in node.items]
        return _combined(file, node, parts)
    else:
        pattern = _one(file, node)
    return prhpattern.bounded(pattern) if pattern and boundary else pattern


def _one(file: PrhFile, node: Node) -> JsPattern | None:
    if node.kind != "scalar" or not node.text:
        file.problem(
            node,
            "「pattern」には、文字列、「/正規表現/」、またはそれらのリストを書きます(空にはできません)。",
            "`pattern` is text, `/regular expression/`, or a list of them, and not empty.",
        )
        return None
    try:
        return prhpattern.written(node.text) or prhpattern.literal(node.text)
    except ValueError as e:
        file.problem(node, f"フラグ「{e}」に同じものが2回あります。", f"One of the flags `{e}` is given twice.")
        return None


def _combined(file: PrhFile, node: Node, parts: list[JsPattern | None]) -> JsPattern | None:
    patterns = [p for p in parts if p]
    if len(patterns) < len(parts):
        return None
    if len({p[1:] for p in patterns}) > 1:
        file.problem(
            node,
            "1つのルールの中では、フラグ(iなど)をすべてのパターンでそろえます(prhも受け付けません)。",
            "All patterns of one rule have to have the same flags, such as i (prh refuses this too).",
        )
        return None
    return prhpattern.combined(patterns)


def _culprit(node: Node, js: JsPattern) -> Node:
    """Return the one of several patterns that is wrong by itself, else their list."""
    for item in node.items:
        if item.kind == "scalar":
            alone = prhpattern.written(item.text) or prhpattern.literal(item.text)
            try:
                translate(alone.source, ignore_case=js.ignore_case, dot_all=js.dot_all)
            except JsRegexError:
                return item
    return node


def _word_boundary(file: PrhFile, fields: dict[str, Node]) -> bool:
    if "options" not in fields:
        return False
    node = fields["options"]
    if node.kind != "mapping":
        file.problem(node, "「options」には「wordBoundary: true」のように書きます。", "`options` is a mapping.")
        return False
    found = file.fields(node, ("wordBoundary",)).get("wordBoundary")
    return found is not None and bool(plain(found))
