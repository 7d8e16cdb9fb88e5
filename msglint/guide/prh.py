"""Dictionaries in the format of prh, read so that they find here what they find there."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msglint.guide.model import PrhRule
from msglint.guide.prhfile import Findings, PrhFile, parse
from msglint.guide.prhrule import Loaded, decode_rule
from msglint.model import InputInvalid, Language, Source
from msglint.yamlnodes import Node, plain

_KEYS = ("version", "targets", "rules", "imports", "meta")
_CHAIN = 50

Read = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Import:
    """A dictionary to merge in: its path, whether its own imports count, and the rules to leave out."""

    node: Node
    path: str
    chained: bool = True
    ignored: tuple[tuple[Node, str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class _Loading:
    """What one call of `load_prh` reads with, and what it has read."""

    read: Read
    findings: Findings = field(default_factory=Findings)
    done: dict[tuple[str, bool], list[Loaded]] = field(default_factory=dict)


def load_prh(source: Source, *, read: Read, language: Language = "ja") -> tuple[tuple[PrhRule, ...], tuple[str, ...]]:
    """Return the rules of a prh dictionary with those of its imports, and notes (`file:line:column: …` in `language`).

    `read` gives the bytes of an imported file, named relative to the folder that `source.path` is relative to; its
    OSError becomes a problem. A rule whose `expected` an earlier file has already is left out, as in prh.
    Raises InputInvalid with all problems of all files at once.
    """
    loading = _Loading(read)
    rules = _load(source, loading, (posixpath.normpath(source.path),), chained=True)
    if loading.findings.problems:
        raise InputInvalid(*dict.fromkeys(loading.findings.problems))
    notes = dict.fromkeys(note.line_in(language) for note in loading.findings.notes)
    return tuple(loaded.rule for loaded in rules), tuple(notes)


def _load(source: Source, loading: _Loading, trail: tuple[str, ...], *, chained: bool) -> list[Loaded]:
    parsed = parse(source, loading.findings)
    if parsed is None:
        return []
    file, root = parsed
    fields = file.fields(root, _KEYS)
    _check_version(file, fields.get("version"))
    if "targets" in fields:
        file.note(fields["targets"], "「targets」は使いません。", "`targets` is not used.")
    rules = [rule for node in file.items(fields.get("rules"), "rules") if (rule := decode_rule(file, node))]
    if not chained or "imports" not in fields:
        return rules
    for wanted in _imports(file, fields["imports"]):
        rules = _merged(rules, _imported(file, wanted, loading, trail))
    return rules


def _check_version(file: PrhFile, node: Node | None) -> None:
    if node is not None and node.text not in {"1", "1.0"}:
        file.problem(node, "「version」は1だけです。", "The only `version` is 1.")


def _merged(rules: list[Loaded], more: Sequence[Loaded]) -> list[Loaded]:
    known = {loaded.rule.expected for loaded in rules}
    return rules + [loaded for loaded in more if loaded.rule.expected not in known]


def _imports(file: PrhFile, node: Node) -> list[_Import]:
    items = [node] if node.kind == "scalar" else file.items(node, "imports")
    return [wanted for item in items if (wanted := _import(file, item))]


def _import(file: PrhFile, node: Node) -> _Import | None:
    if node.kind == "scalar" and node.text:
        return _Import(node, node.text)
    fields = file.fields(node, ("path", "disableImports", "ignoreRules")) if node.kind == "mapping" else {}
    path = file.text(fields["path"], "path") if "path" in fields else ""
    if not path:
        file.problem(node, "「imports」にはファイルのパスを書きます。", "`imports` names the path of a file.")
        return None
    disabled = "disableImports" in fields and bool(plain(fields["disableImports"]))
    ignored = [_ignored(file, item) for item in file.items(fields.get("ignoreRules"), "ignoreRules")]
    return _Import(fields["path"], path, not disabled, tuple(ignored))


def _ignored(file: PrhFile, node: Node) -> tuple[Node, str | None, str | None]:
    """Return the node, the pattern as JavaScript prints it, and the `expected` of rules to leave out."""
    if node.kind != "mapping":
        return node, file.text(node, "ignoreRules"), None
    fields = file.fields(node, ("pattern", "expected"))
    pattern, expected = (file.text(fields[k], k) if k in fields else None for k in ("pattern", "expected"))
    return node, pattern, expected


def _imported(file: PrhFile, wanted: _Import, loading: _Loading, trail: tuple[str, ...]) -> list[Loaded]:
    path = posixpath.normpath(f"{posixpath.dirname(file.path) or '.'}/{wanted.path}")
    if wanted.chained and path in trail:
        file.problem(
            wanted.node,
            f"「{wanted.path}」の読み込みが一周しています。",
            f"The imports of {wanted.path} come back to where they began.",
        )
        return []
    if len(trail) >= _CHAIN:
        file.problem(wanted.node, "「imports」の連なりが長すぎます。", "The chain of `imports` is too long.")
        return []
    key = (path, wanted.chained)
    if key not in loading.done:
        try:
            content = loading.read(path)
        except (OSError, ValueError):
            file.problem(wanted.node, f"「{wanted.path}」を読めません。", f"{wanted.path} cannot be read.")
            return []
        loading.done[key] = _load(Source(path, content), loading, (*trail, path), chained=wanted.chained)
    return _kept(file, wanted, loading.done[key])


def _kept(file: PrhFile, wanted: _Import, rules: Sequence[Loaded]) -> list[Loaded]:
    dropped = set[int]()
    for node, pattern, expected in wanted.ignored:
        hit = {i for i, r in enumerate(rules) if r.printed == pattern or r.rule.expected == expected}
        if not hit:
            file.note(
                node,
                "「ignoreRules」のこの項目に当たるルールがありません(patternは「/…/gmu」の形で書きます)。",
                "No rule is meant by this item of `ignoreRules` (a pattern is written like `/…/gmu`).",
            )
        dropped |= hit
    return [rule for i, rule in enumerate(rules) if i not in dropped]
