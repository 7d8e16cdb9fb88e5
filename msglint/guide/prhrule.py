"""One rule of a prh dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msglint.guide import prhpattern
from msglint.guide.jschars import JsRegexError
from msglint.guide.jsregex import UNLIKE, Translated, translate
from msglint.guide.model import PrhRule, PrhSpec
from msglint.guide.prhfile import PrhFile
from msglint.guide.prhpattern import JsPattern
from msglint.model import Text
from msglint.yamlnodes import Node, plain

_KEYS = ("expected", "pattern", "patterns", "regexpMustEmpty", "options", "prh", "specs")
REFERENCE = re.compile(r"\$([0-9]{1,2})", re.ASCII)
"""A group in `expected`; two digits where there are two, as in prh."""
_MUST_EMPTY = re.compile(r"\$([0-9]+)", re.ASCII)
_IS_PATTERN = Text(
    "「pattern」がないと「expected」がそのまま正規表現として読まれ、これは読めません。「pattern」を書き足してください。",
    "Without a `pattern` the `expected` is read as a regular expression, and this is none. Add a `pattern`. ",
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule, and its pattern as JavaScript prints it (what `ignoreRules` compares)."""

    rule: PrhRule
    printed: str


def decode_rule(file: PrhFile, node: Node) -> Loaded | None:
    """Return the rule that `node` holds; None when it has problems, which are recorded."""
    fields: dict[str, Node] = {"expected": node}
    if node.kind == "mapping":
        fields = file.fields(node, _KEYS)
    elif node.kind != "scalar" or not node.text:
        file.problem(node, "ルールには文字列か「expected:」を書きます。", "A rule is text, or has `expected:`.")
        return None
    if "expected" not in fields:
        file.problem(node, "ルールに「expected」がありません。", "The rule has no `expected`.")
        return None
    expected = file.text(fields["expected"], "expected")
    if expected is None:
        return None
    translated = _translated(file, fields, expected)
    specs = tuple(s for item in file.items(fields.get("specs"), "specs") if (s := _spec(file, item)))
    message = file.text(fields["prh"], "prh") if "prh" in fields else ""
    if translated is None:
        return None
    js, python = translated
    rule = PrhRule(
        expected=expected,
        pattern=python.pattern,
        flags="i" if js.ignore_case else "",
        must_empty=_must_empty(file, fields, python),
        message=message or "",
        specs=specs,
        place=file.place(node),
        needles=python.needles,
    )
    _check_groups(file, fields["expected"], rule, python)
    return Loaded(rule, str(js))


def _translated(file: PrhFile, fields: dict[str, Node], expected: str) -> tuple[JsPattern, Translated] | None:
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


def _must_empty(file: PrhFile, fields: dict[str, Node], python: Translated) -> tuple[str, ...]:
    node = fields.get("regexpMustEmpty")
    value = file.text(node, "regexpMustEmpty") if node else ""
    if node is None or not value:
        return ()
    found = _MUST_EMPTY.fullmatch(value)
    if not found:
        file.problem(node, "「regexpMustEmpty」には「$1」のように書きます。", "`regexpMustEmpty` is written like `$1`.")
    elif not 1 <= int(found[1]) <= python.groups:
        file.note(
            node,
            f"「regexpMustEmpty」の「{value}」が指す「( )」がパターンにありません。",
            f"The pattern has no group that `{value}` of `regexpMustEmpty` could mean.",
        )
    return (value,)


def _check_groups(file: PrhFile, node: Node, rule: PrhRule, python: Translated) -> None:
    named = [int(n) for n in REFERENCE.findall(rule.expected)]
    if missing := [n for n in named if n > python.groups]:
        file.note(
            node,
            f"「${missing[0]}」が指す「( )」がパターンにないので、prhと同じくそのまま書き出します。",
            f"The pattern has no group for `${missing[0]}`, so that it is written as it is, as in prh.",
        )
    used = {*named, *(int(m[1:]) for m in rule.must_empty if _MUST_EMPTY.fullmatch(m))}
    if python.unlike & used:
        file.problem(node, UNLIKE.ja, UNLIKE.en)


def _spec(file: PrhFile, node: Node) -> PrhSpec | None:
    if node.kind != "mapping":
        file.problem(
            node, "「specs」の各項目には「from:」と「to:」を書きます。", "Each of `specs` has `from:` and `to:`."
        )
        return None
    fields = file.fields(node, ("from", "to"))
    texts = {name: file.text(fields[name], name) if name in fields else "" for name in ("from", "to")}
    for name, text in texts.items():
        if text == "":
            file.problem(node, f"「specs」の「{name}」がないか空です。", f"`{name}` of `specs` is missing or empty.")
    if not texts["from"] or not texts["to"]:
        return None
    return PrhSpec(texts["from"], texts["to"], file.place(node))
