"""The text of a paragraph, stretch by stretch."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from msglint.document.tidy import joined
from msglint.sheet.model import Inline, Inlines
from msglint.sheet.tree import Node

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
"""Control characters and marks without width, those that turn the direction of reading above all."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")
_SCHEMES = frozenset({"http", "https", "mailto"})
_BR = re.compile(r"<br\b", re.IGNORECASE)
INLINE = frozenset(
    {"Text", "Code", "InlineHtml", "SoftBreak", "HardBreak", "FootnoteReference", "Strong", "Emphasis"}
    | {"Strikethrough", "Link", "Image", "TaskListMarker", "InlineMath", "DisplayMath"}
)


class Reader:
    """Reads stretches of text; `notes` are the marks of footnotes by label, in the order of their first reference."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.notes: dict[str, str] = {}

    def read(self, nodes: Iterable[Node]) -> Inlines:
        """Return the text of inline nodes: blanks at its ends taken off, like stretches joined."""
        return tidied(self._all(nodes, Inline("")))

    def _all(self, nodes: Iterable[Node], style: Inline) -> Iterator[Inline]:
        listed = list(nodes)
        marks = {i: mark for i, node in enumerate(listed) if (mark := self._failed_bold(node))}
        paired = sum(mark == "first" for mark in marks.values()) % 2 == 0
        for i, node in enumerate(listed):
            if i not in marks:
                yield from self._one(node, style)
            elif paired and marks[i] == "first":
                style = replace(style, bold=not style.bold)

    def _one(self, node: Node, style: Inline) -> Iterator[Inline]:
        match node.name:
            case "Text":
                yield replace(style, text=node.value)
            case "Code" | "InlineMath" | "DisplayMath":
                yield replace(style, text=node.value, code=True)
            case "SoftBreak":
                yield replace(style, text=_SOFT)
            case "HardBreak":
                yield replace(style, text="\n")
            case "InlineHtml" if _BR.match(node.value):
                yield replace(style, text="\n")
            case "FootnoteReference":
                yield replace(style, text=self.mark(node.value))
            case "Image":
                alt = "".join(n.value for n in node.walk() if n.name == "Text")
                yield replace(style, text=f"[{alt}]" if alt.strip() else "")
            case "Strikethrough" if not self._source.startswith("~~", node.span.start):
                # A single ~ is how Japanese writes ranges (10~20人).
                yield replace(style, text="~")
                yield from self._all(node.children, style)
                yield replace(style, text="~")
            case _:
                yield from self._all(node.children, _styled(node, style))

    def mark(self, label: str) -> str:
        """Return the mark of a footnote."""
        return self.notes.setdefault(label, f"※{len(self.notes) + 1}")

    def _failed_bold(self, node: Node) -> str | None:
        """Say which * it is of a ** that CommonMark takes for text, since it stands beside Japanese punctuation."""
        if node.name != "Text" or node.value != "*":
            return None
        source, at = self._source, node.span.start
        first = at if source.startswith("**", at) else at - 1
        if first < 0 or not source.startswith("**", first) or source[first - 1 : first] == "\\":
            return None
        if (source[first - 1 : first] + source[first + 2 : first + 3]).isascii():
            return None
        return "first" if first == at else "second"


_SOFT = "\ue000"
"""Stands for a line end of the source until the text on both its sides is known."""


def _styled(node: Node, style: Inline) -> Inline:
    if node.name == "Link":
        address: Mapping[str, str] = node.value
        mail = "mailto:" if address["link_type"] == "Email" else ""
        return replace(style, href=safe_address(mail + address["dest_url"]))
    if node.name == "Strikethrough":
        return replace(style, struck=True)
    if node.name == "Strong":
        return replace(style, bold=True)
    return replace(style, italic=True) if node.name == "Emphasis" else style


def safe_address(address: str) -> str | None:
    """Return a web or mail address that may be printed as a link; None for any other, a relative one too."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or _UNSAFE.search(address) or not (parts.netloc or parts.path):
        return None
    return None if parts.scheme.lower() != "mailto" and not parts.hostname else address


def clean(text: str) -> str:
    """Return `text` in one line without characters that are not seen."""
    return _UNSEEN.sub("", _BLANKS.sub(" ", text)).strip()


def tidied(found: Iterable[Inline]) -> Inlines:
    """Return stretches with unseen characters out, soft line ends resolved, like ones joined, blank ends cut."""
    pieces = list[Inline]()
    for piece in found:
        text = _UNSEEN.sub("", piece.text.replace("\r\n", "\n").replace("\t", " ").replace("\r", " "))
        text = text if piece.text == "\n" else text.replace("\n", " ")
        if pieces and replace(piece, text="") == replace(pieces[-1], text=""):
            pieces[-1] = replace(piece, text=pieces[-1].text + text)
        elif text:
            pieces.append(replace(piece, text=text))
    pieces = _softened(pieces)
    while pieces and not pieces[0].text.lstrip():
        pieces.pop(0)
    while pieces and not pieces[-1].text.rstrip():
        pieces.pop()
    if pieces:
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    return tuple(p for p in pieces if p.text)


def _softened(pieces: list[Inline]) -> list[Inline]:
    """Return the pieces with each soft line end as nothing between two full-width characters, else as a blank."""
    whole = "".join(p.text for p in pieces)
    if _SOFT not in whole:
        return pieces
    made, at = list[Inline](), 0
    for piece in pieces:
        text = list(piece.text)
        for i, character in enumerate(text):
            if character == _SOFT:
                before, after = whole[max(0, at + i - 2) : at + i].rstrip(_SOFT), whole[at + i + 1 : at + i + 2]
                text[i] = "" if before and after and joined(before, after) else " "
        at += len(piece.text)
        made.append(replace(piece, text="".join(text)))
    return made
