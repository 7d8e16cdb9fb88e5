"""A sheet as the plain values that the PDF's template prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from msglint.model import Language, Text
from msglint.sheet import words
from msglint.sheet.color import readable
from msglint.sheet.diagram import Box, Drawing, drawing
from msglint.sheet.fonts import Family, Measure
from msglint.sheet.model import (
    Block,
    Code,
    Diagram,
    Heading,
    Inlines,
    ListBlock,
    Look,
    Paragraph,
    Quote,
    Sheet,
    SheetSection,
    Table,
    Unrenderable,
    plain,
)
from msglint.sheet.printable import printable

LEAST_TEXT = 6.0
"""The least size of a diagram's text, in points, where text has 10."""
_COLUMN, _PAGE, _TALL = Box(246, 390, 9.5), Box(515, 270, 9.5), Box(515, 640, 10)
"""The room for a diagram: in one of two columns, across the page, and where a sheet may have many pages."""
_WORTH = 1.2
_FEW_COLUMNS, _SHORT = 3, 5
_DEEPEST = 6
_UNBREAKABLE = re.compile("[!-,.0-~]{25,}")
"""Where there is no chance to break for long: none of the blanks, hyphens and slashes that lines are broken at."""
_FULL_WIDTH = 0.9
_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


@dataclass(frozen=True, slots=True)
class Printer:
    """Turns a sheet's parts into plain values: in which language and look, and whether all has to fit a page."""

    language: Language
    look: Look
    family: Family
    one_page: bool

    def say(self, text: Text) -> str:
        """Return `text` in the sheet's language."""
        return text.in_(self.language)

    def section(self, section: SheetSection) -> dict[str, Any]:
        """Return a section; `wide` says that it needs the page's whole width."""
        return {
            "title": section.title,
            "wide": any(map(self._wide, section.blocks)),
            "parts": [
                {"title": inlines(title), "blocks": self.blocks(blocks, 3 if title else 2)}
                for title, blocks in titled(section)
            ],
        }

    def blocks(self, blocks: Iterable[Block], level: int) -> list[dict[str, Any]]:
        """Return blocks; `level` is that of the heading above them."""
        return [self._block(block, level) for block in blocks]

    def _block(self, block: Block, level: int) -> dict[str, Any]:
        match block:
            case Paragraph(content):
                return {"kind": "paragraph", "content": inlines(content)}
            case Heading(content, depth):
                return {"kind": "heading", "content": inlines(content), "level": min(level + depth, _DEEPEST)}
            case ListBlock(items, ordered, start):
                made = [
                    {"content": inlines(i.content), "children": self.blocks(i.children, level), "checked": i.checked}
                    for i in items
                ]
                return {"kind": "list", "items": made, "ordered": ordered, "start": start}
            case Table():
                return _table(block)
            case Quote(inner):
                return {"kind": "quote", "blocks": self.blocks(inner, level)}
            case Code(text):
                return {"kind": "code", "text": broken(text), "note": None}
            case Diagram():
                return self._diagram(block)

    def _diagram(self, diagram: Diagram) -> dict[str, Any]:
        found, box = self._drawn(diagram)
        if found is None:
            return {"kind": "code", "text": broken(diagram.source), "note": self.say(words.UNDRAWN)}
        scale = found.scale(box)
        if scale * found.text < LEAST_TEXT:
            raise Unrenderable(
                Text(
                    f"{diagram.line}行目の図は大きすぎて、紙の上では文字が読めません。図を2つに分けるか、"
                    "項目を減らしてください。",
                    f"The diagram at line {diagram.line} is too large to be read on paper. Divide it.",
                )
            )
        size = {"width": found.width * scale, "height": found.height * scale}
        return {
            "kind": "diagram",
            "svg": found.svg,
            "title": diagram.title or self.say(words.section_title("diagram")),
        } | size

    def _drawn(self, diagram: Diagram) -> tuple[Drawing | None, Box]:
        """Return the drawing and the box it goes into: a column's if it is not read much better across the page."""

        def tried(box: Box) -> Drawing | None:
            return drawing(diagram, self.look, box, self.family.name)

        if not self.one_page:
            return tried(_TALL), _TALL
        narrow, wide = tried(_COLUMN), tried(_PAGE)
        if narrow is None or wide is None:
            return None, _COLUMN
        return (wide, _PAGE) if wide.scale(_PAGE) > narrow.scale(_COLUMN) * _WORTH else (narrow, _COLUMN)

    def _wide(self, block: Block) -> bool:
        match block:
            case Table(head):
                return len(head) > _FEW_COLUMNS
            case Diagram():
                return self._drawn(block)[1] == _PAGE
            case ListBlock(items):
                return any(self._wide(child) for item in items for child in item.children)
            case Quote(inner):
                return any(map(self._wide, inner))
            case _:
                return False


def titled(section: SheetSection) -> list[tuple[Inlines, tuple[Block, ...]]]:
    """Return a section's parts with their titles: for objections, one for each of them."""
    answers = section.answers if section.kind == "objection" else ()
    parts = [(a.question, a.blocks) for a in answers] or [(section.heading, section.blocks)]
    return parts if parts[0][0] == section.heading else [(section.heading, ()), *parts]


def inlines(content: Inlines) -> list[dict[str, Any]]:
    """Return text in its styles; very long words may be broken anywhere."""
    return [
        {"text": broken(i.text), "bold": i.bold, "italic": i.italic, "code": i.code, "struck": i.struck, "href": i.href}
        for i in content
    ]


def broken(text: str) -> str:
    """Return `text` with a chance to break in words so long that they would stick out, no mark turning it around."""
    return _UNBREAKABLE.sub(lambda word: "\u200b".join(word[0]), printable(text))


def _table(table: Table) -> dict[str, Any]:
    """Return a table; a width of 0 is that of the column's text, the others share what is left."""
    rows = (table.head, *table.rows)
    longest = [max(len(plain(row[c])) for row in rows) for c in range(len(table.head))]
    shares = [0.0 if long <= _SHORT else long**0.5 for long in longest]
    return {
        "kind": "table",
        "head": [inlines(cell) for cell in table.head],
        "rows": [[{"content": inlines(cell)} for cell in row] for row in table.rows],
        "align": [*table.align, *[""] * len(table.head)][: len(table.head)],
        "widths": shares if any(shares) else [1.0] * len(shares),
    }


def content(sheet: Sheet, look: Look, found: tuple[Family, ...]) -> dict[str, Any]:
    """Return all that the template prints of a sheet, in the families `found`."""
    printer = Printer(sheet.language, look, found[0], sheet.pages == 1)
    say = printer.say
    chips = [(words.STAGE, sheet.stage), (words.PERSONA, sheet.persona)]
    return {
        "language": sheet.language,
        "title": broken(sheet.title),
        "summary": broken(sheet.summary),
        "message": sheet.key_message.statement if sheet.key_message else None,
        "chips": [{"label": say(label), "name": named.name} for label, named in chips if named],
        "challenges": list(sheet.persona.challenges) if sheet.persona else [],
        "facts": [
            {"value": f.value, "subject": f.subject, "source": f.source, "caveat": f.caveat} for f in sheet.facts
        ],
        "sections": [printer.section(section) for section in sheet.sections],
        "banner": list(banner(sheet)),
        "footer": [{"label": say(label), "said": broken(said)} for label, said in footer(sheet)],
        "pages": sheet.pages,
        "look": _look(look, found),
        "words": {
            "message": say(words.KEY_MESSAGE),
            "facts": say(words.FACTS),
            "source": say(words.SOURCE),
            "caveat": say(words.CAVEAT),
            "challenges": say(words.CHALLENGES),
        },
    }


def _look(look: Look, found: tuple[Family, ...]) -> dict[str, Any]:
    kind = _FORMATS.get(look.logo_type)
    return {
        "brand": look.brand,
        "color": look.color,
        "accent": readable(readable(look.color, "#f3f5f7"), "#ffffff"),
        "fonts": [family.name for family in found],
        "bold": found[0].bold is not None,
        "narrow_marks": Measure(found[0]).width("「") < _FULL_WIDTH,
        "logo": list(look.logo) if look.logo and kind else None,
        "logo_format": kind,
    }


def banner(sheet: Sheet) -> Iterator[str]:
    """Yield what has to be said above all: that it is a draft, and the article's errors."""
    if sheet.draft:
        yield f"{words.STATES['draft'].in_(sheet.language)}: {words.DRAFT.in_(sheet.language)}"
    if sheet.faults:
        yield words.FAULTS.in_(sheet.language)
        yield from (f"{words.line(f.line).in_(sheet.language)}: {f.message}" for f in sheet.faults)


def footer(sheet: Sheet) -> Iterator[tuple[Text, str]]:
    """Yield where the sheet comes from and who stands for it, each with its label."""
    approval, origin = sheet.approval, sheet.provenance
    state = words.STATES[approval.state].in_(sheet.language)
    yield words.STATE, state + (f"({approval.by}, {approval.day.isoformat()})" if approval.day else "")
    if approval.expires:
        yield words.EXPIRES, approval.expires.isoformat()
    yield words.VERSION, sheet.version
    heading = f" / {origin.heading}" if origin.heading else ""
    yield words.ARTICLE, f"{origin.article}{heading} ({words.line(origin.line).in_(sheet.language)})"
    if origin.day:
        yield words.DATE, origin.day.isoformat()
    if origin.commit:
        yield words.COMMIT, origin.commit[:12]
    yield words.GUIDE, origin.guide
    yield Text("SHA-256", "SHA-256"), f"{origin.sha256[:16]}…"
