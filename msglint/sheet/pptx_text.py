"""Text of a slide: paragraphs, how high they will be, and how they are written, each run with its language and font."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from msglint.model import Language
from msglint.sheet.fonts import Measure
from msglint.sheet.model import (
    Block,
    Code,
    Diagram,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from msglint.sheet.printable import printable

EMU = 12700
"""English metric units in a point."""
LINE = 1.3
"""The height of a line, in ems."""
BULLET = "•"
_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SAFETY = 1.04
_INDENT = 1.3
_HEXADECIMAL = 6
_MARKS = {True: "☑ ", False: "☐ ", None: ""}


@dataclass(frozen=True, slots=True)
class Type:
    """What runs are set in: the font for Latin and for East Asian text, the language, what measures the text, colours.

    Colours are RRGGBB or a name of the theme's: `ink` of text, `soft` of what matters less, `strong` of headings;
    `accent` (RRGGBB) fills areas.
    """

    latin: str
    asian: str
    language: Language
    measure: Measure
    accent: str
    ink: str = "1C2126"
    soft: str = "4D5761"
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its text, how deep it is indented, its bullet or number, its size in the text's own, its look.

    `align` is l, ctr or r, empty for the usual.
    """

    content: Inlines
    level: int = 0
    bullet: str = ""
    number: int = 0
    size: float = 1.0
    bold: bool = False
    color: str = ""
    before: float = 0.35
    align: str = ""

    def height(self, width: float, size: float, measure: Measure) -> float:
        """Return its height in points in a box of `width` points, its space before included."""
        room = width / (size * self.size) - self.level * _INDENT - (_INDENT if self.bullet or self.number else 0)
        parts = plain_lines(self.content)
        lines = sum(max(1, math.ceil(measure.width(part) * _SAFETY / max(room, 1))) for part in parts)
        return (lines * LINE * self.size + self.before) * size


def plain_lines(content: Inlines) -> list[str]:
    """Return the text of a paragraph, a string for each line that the writer broke."""
    return "".join(i.text for i in content).split("\n")


def paragraphs(blocks: Iterable[Block], level: int = 0, color: str = "") -> Iterator[Line | Table | Diagram]:
    """Yield blocks as lines of text, tables and diagrams, in order; tables and diagrams inside lists as well."""
    for block in blocks:
        match block:
            case Paragraph(content):
                yield Line(content, level, color=color)
            case Heading(content):
                yield Line(content, level, bold=True, color=color, before=0.7)
            case ListBlock(items, ordered, start):
                for i, item in enumerate(items):
                    mark = (Inline(_MARKS[item.checked]),) if item.checked is not None else ()
                    bullet, number = ("", start + i) if ordered else (BULLET, 0)
                    if item.content or mark:
                        yield Line((*mark, *item.content), level, bullet, number, color=color)
                    yield from paragraphs(item.children, level + 1, color)
            case Quote(inner):
                yield from paragraphs(inner, level + 1, "4D5761")
            case Code(text):
                yield Line((Inline(text, code=True),), level + 1, size=0.85)
            case Table() | Diagram():
                yield block


def write(frame: Any, lines: Sequence[Line], size: float | None, type: Type) -> None:
    """Write lines into an empty text frame of python-pptx, in `size` points (None: its own)."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    def link(address: str) -> str:
        id: str = frame.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return id

    body = frame._txBody
    for old in body.findall(qn("a:p")):
        body.remove(old)
    made = "".join(_paragraph(line, size, type, link, first=i == 0) for i, line in enumerate(lines))
    body.extend(parse_xml(f"<a:made {_SPACES}>{made or '<a:p/>'}</a:made>"))


def _paragraph(line: Line, size: float | None, type: Type, link: Callable[[str], str], *, first: bool) -> str:
    step = round(_INDENT * (size or 12) * EMU)
    marked = bool(line.bullet or line.number)
    align = f' algn="{line.align}"' if line.align else ""
    before = 0 if first else round(line.before * (size or 0) * 100)
    if line.number:
        bullet = f'<a:buAutoNum type="arabicPeriod" startAt="{line.number}"/>'
    elif line.bullet:
        bullet = f'<a:buFont typeface="Arial"/><a:buChar char={quoteattr(line.bullet)}/>'
    else:
        bullet = "<a:buNone/>"
    runs = "".join(_runs(inline, line, size, type, link) for inline in line.content)
    return (
        f'<a:p><a:pPr marL="{step * (line.level + marked)}" indent="{-step * marked}"{align} eaLnBrk="1">'
        f'<a:lnSpc><a:spcPct val="110000"/></a:lnSpc><a:spcBef><a:spcPts val="{before}"/></a:spcBef>{bullet}</a:pPr>'
        f"{runs}</a:p>"
    )


def _runs(inline: Inline, line: Line, size: float | None, type: Type, link: Callable[[str], str]) -> str:
    language = 'lang="ja-JP" altLang="en-US"' if type.language == "ja" else 'lang="en-US" altLang="ja-JP"'
    flags = (("b", line.bold or inline.bold), ("i", inline.italic))
    style = "".join(f' {name}="1"' for name, on in flags if on) + (' strike="sngStrike"' if inline.struck else "")
    points = f' sz="{round(size * line.size * 2) * 50}"' if size else ""
    color = line.color or (type.soft if inline.code else type.ink)
    click = f'<a:hlinkClick r:id="{link(inline.href)}"/>' if inline.href else ""
    look = (
        f"<a:rPr {language}{points}{style}>"
        f"<a:solidFill>{_paint(color)}</a:solidFill>"
        f"<a:latin typeface={quoteattr(type.latin)}/><a:ea typeface={quoteattr(type.asian)}/>{click}</a:rPr>"
    )
    parts = printable(inline.text).split("\n")
    return f"<a:br>{look}</a:br>".join(f"<a:r>{look}<a:t>{escape(part)}</a:t></a:r>" if part else "" for part in parts)


def _paint(color: str) -> str:
    return f'<a:srgbClr val="{color}"/>' if len(color) == _HEXADECIMAL else f'<a:schemeClr val="{color}"/>'


def rgb(color: str) -> Any:
    """Return a colour (RRGGBB) as python-pptx wants it."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(color))  # type: ignore[no-untyped-call]
