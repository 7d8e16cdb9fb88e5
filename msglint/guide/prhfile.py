"""One file of a prh dictionary while it is read: its nodes, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from msglint.guide.model import Place
from msglint.guide.page import nearest
from msglint.guide.text import text_of
from msglint.model import InputInvalid, Lines, Problem, Source, Text
from msglint.yamlnodes import Node, YamlInvalid, compose, duplicates, pairs


@dataclass(frozen=True, slots=True)
class Findings:
    """What reading found: problems make the dictionary unusable, notes are worth knowing."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PrhFile:
    """A file's path and lines, and where findings go."""

    path: str
    lines: Lines
    findings: Findings

    def place(self, node: Node) -> Place:
        """Return where `node` begins."""
        at = self.lines.position(node.start)
        return Place(self.path, at.line, at.column)

    def problem(self, node: Node, ja: str, en: str) -> None:
        """Record why the dictionary cannot be used."""
        self.findings.problems.append(self._said(node, ja, en))

    def note(self, node: Node, ja: str, en: str) -> None:
        """Record something that does not stand in the way."""
        self.findings.notes.append(self._said(node, ja, en))

    def _said(self, node: Node, ja: str, en: str) -> Problem:
        place = self.place(node)
        return Problem(place.path, place.line, place.column, Text(ja, en))

    def fields(self, node: Node, known: tuple[str, ...]) -> dict[str, Node]:
        """Return a mapping's values that are not null, by key; a key twice is a problem, one prh has not is noted."""
        for key, _ in duplicates(node):
            self.problem(key, f"キー「{key.text}」が2回あります。", f"The key `{key.text}` is there twice.")
        for key, _ in pairs(node):
            if key.text not in known:
                self._unknown(key, known)
        return {key.text: value for key, value in pairs(node) if value.kind != "null"}

    def _unknown(self, key: Node, known: tuple[str, ...]) -> None:
        near = nearest(key.text, known)
        ja, en = (f"(「{near}」の誤りではありませんか)", f" (is `{near}` meant?)") if near else ("", "")
        self.note(
            key,
            f"prhにないキー「{key.text}」は読みとばします{ja}。",
            f"prh has no key `{key.text}`; it is passed over{en}.",
        )

    def text(self, node: Node, name: str) -> str | None:
        """Return a scalar as written; anything else is a problem, and None."""
        if node.kind == "scalar":
            return node.text
        self.problem(node, f"「{name}」には文字列を書きます。", f"`{name}` has to be text.")
        return None

    def items(self, node: Node | None, name: str) -> list[Node]:
        """Return the items of a list; anything else but nothing is a problem, and no items."""
        if node is None:
            return []
        if node.kind == "sequence":
            return list(node.items)
        self.problem(node, f"「{name}」には「- 」で始まるリストを書きます。", f"`{name}` has to be a list.")
        return []


def parse(source: Source, findings: Findings) -> tuple[PrhFile, Node] | None:
    """Return the file and its root mapping; None, with a problem recorded, when it is none."""
    try:
        text = text_of(source)
    except InputInvalid as e:
        findings.problems.extend(e.problems)
        return None
    try:
        root = compose(text)
    except YamlInvalid as e:
        findings.problems.append(Problem(source.path, e.line, e.column, e.message))
        return None
    if root is None or root.kind != "mapping":
        message = Text(
            "prhの辞書ではありません(「rules:」がありません)。", "This is no prh dictionary: it has no `rules:`."
        )
        findings.problems.append(Problem(source.path, 1, 1, message))
        return None
    return PrhFile(source.path, Lines(text), findings), root
