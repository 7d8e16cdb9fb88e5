"""One rule of a prh dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msglint.guide.jsregex import UNLIKE, Translated
from msglint.guide.model import PrhRule, PrhSpec
from msglint.guide.prhdecode import decode_pattern
from msglint.guide.prhfile import PrhFile
from msglint.guide.prhpattern import REFERENCE
from msglint.yamlnodes import Node

_KEYS = ("expected", "pattern", "patterns", "regexpMustEmpty", "options", "prh", "specs")
_MUST_EMPTY = re.compile(r"\$([0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rule, and its pattern as JavaScript prints it (what `ignoreRules` compares)."""

    rule: PrhRule
    printed: str


def decode_rule(file: PrhFile, node: Node) -> Loaded | None:
    """Return the rule that `node` holds; None when it has problems, which are recorded."""
    fields = _fields(file, node)
    expected = file.text(fields["expected"], "expected") if fields else None
    if fields is None or expected is None:
        return None
    translated = decode_pattern(file, fields, expected)
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


def _fields(file: PrhFile, node: Node) -> dict[str, Node] | None:
    """Return the values of a rule by key, in its short form as well; None, with a problem, without `expected`."""
    if node.kind == "scalar" and node.text:
        return {"expected": node}
    if node.kind != "mapping":
        file.problem(node, "ルールには文字列か「expected:」を書きます。", "A rule is text, or has `expected:`.")
        return None
    fields = file.fields(node, _KEYS)
    if "expected" not in fields:
        file.problem(node, "ルールに「expected」がありません。", "The rule has no `expected`.")
        return None
    return fields


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
