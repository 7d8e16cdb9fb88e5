"""A sheet as Word: native headings, lists and tables, to be edited further."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msglint.model import Language, Text
from msglint.sheet import words
from msglint.sheet.color import readable
from msglint.sheet.diagram import FONT, PAPER, Box, drawer, drawing
from msglint.sheet.docx_parts import link, padded, shade, unbroken
from msglint.sheet.fonts import english, families
from msglint.sheet.model import (
    Block,
    Code,
    Diagram,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    ListItem,
    Look,
    Paragraph,
    Quote,
    Sheet,
    Table,
    Unrenderable,
    plain,
)
from msglint.sheet.needs import require
from msglint.sheet.pdf_content import banner, footer, titled
from msglint.sheet.printable import printable
from msglint.sheet.raster import png
from msglint.sheet.zipped import LONGEST_PROPERTY, timeless

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Paragraphed

_SOFT, _INK, _ALARM = "4D5761", "1C2126", "8A1C1C"
_WIDTH = 17.4
"""The width of the text, in centimetres."""
_LONGEST = 300_000
_LINE = 1.2
_CENTIMETRE = 72 / 2.54
_DRAWING, _SMALL_DRAWING = Box(_WIDTH * _CENTIMETRE, 380.0, 10.5), Box(_WIDTH * _CENTIMETRE, 260.0, 10.5)
_MARKS = {True: "☑ ", False: "☐ ", None: ""}


def depends(_: Look) -> str:
    """Return what else the file depends on: who draws its diagrams."""
    return drawer()


def render(sheet: Sheet, look: Look) -> bytes:
    """Return the sheet as a Word document; raises Unrenderable for an unusable template."""
    require("docx", "docx", "typst", "fontTools")
    if sum(len(repr(s)) for s in sheet.sections) > 10 * _LONGEST:
        raise Unrenderable(Text("長すぎてWordにできません。", "Too long for Word."))
    writer = Writer(_opened(look), sheet.language, look, _SMALL_DRAWING if sheet.pages == 1 else _DRAWING)
    writer.front(sheet)
    for section in sheet.sections:
        # Two headings in a row, or one above a picture, are not kept with what follows by every program.
        (own, first), *others = titled(section)
        heading = writer.heading(": ".join(filter(None, (section.title, plain(own)))), 2)
        if first and isinstance(first[0], Diagram):
            writer.diagram(first[0], heading)
            first = first[1:]
        writer.blocks(first, 2)
        for title, blocks in others:
            writer.heading(title, 3)
            writer.blocks(blocks, 3)
    return _packed(writer.document)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes parts of a sheet at the end of a Word document."""

    document: Document
    language: Language
    look: Look
    box: Box

    def say(self, text: Text) -> str:
        """Return `text` in the sheet's language."""
        return text.in_(self.language)

    def front(self, sheet: Sheet) -> None:
        """Write what stands before the sections, and the footer of each page."""
        properties = self.document.core_properties
        properties.title = printable(sheet.title)[:LONGEST_PROPERTY]
        properties.author = printable(self.look.brand)[:LONGEST_PROPERTY]
        properties.language = "ja-JP" if self.language == "ja" else "en-US"
        for said in banner(sheet):
            self.text((Inline(said, bold=True),), color=_ALARM)
        self.heading(sheet.title, 1)
        audience = ((words.STAGE, sheet.stage), (words.PERSONA, sheet.persona))
        if chips := "　".join(f"{self.say(label)}: {named.name}" for label, named in audience if named):
            self.text((Inline(chips),), color=_SOFT, size=9)
        if sheet.summary:
            self.text((Inline(sheet.summary),), color=_SOFT)
        if sheet.key_message:
            self.heading(self.say(words.KEY_MESSAGE), 2)
            self.text((Inline(sheet.key_message.statement, bold=True),), size=12)
        if sheet.facts:
            self.heading(self.say(words.FACTS), 2)
            head = (words.FIGURE, words.SUBJECT, words.SOURCE, words.CAVEAT)
            rows = tuple(
                tuple((Inline(s),) if s else () for s in (f.value, f.subject, f.source, f.caveat)) for f in sheet.facts
            )
            self.table(Table(tuple((Inline(self.say(t)),) for t in head), rows))
        if sheet.persona and sheet.persona.challenges:
            self.heading(self.say(words.CHALLENGES), 2)
            self._list(ListBlock(tuple(ListItem((Inline(c),)) for c in sheet.persona.challenges)), 2, 0)
        last = self.document.sections[0].footer.paragraphs[0]
        last.paragraph_format.line_spacing = _LINE
        said = "　".join(f"{self.say(label)}: {value}" for label, value in footer(sheet))
        self._runs(last, (Inline(said),), _SOFT, 7)

    def heading(self, content: Inlines | str, level: int) -> Paragraphed:
        """Write a heading, 1 is the title, and return it."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        paragraph.paragraph_format.keep_with_next = paragraph.paragraph_format.keep_together = True
        color = _INK if level == 1 else readable(self.look.color, PAPER)[1:].upper()
        runs = (Inline(content),) if isinstance(content, str) else content
        self._runs(paragraph, runs, color, {1: 20, 2: 13}.get(level, 11), bold=True)
        return paragraph

    def blocks(self, blocks: Iterable[Block], level: int, depth: int = 0) -> None:
        """Write blocks; `level` is that of the heading above them, `depth` how many lists they are inside."""
        for block in blocks:
            match block:
                case Paragraph(content):
                    self.text(content, depth=depth)
                case Heading(content, deeper):
                    self.heading(content, min(level + deeper, 6))
                case ListBlock():
                    self._list(block, level, depth)
                case Table():
                    self.table(block)
                case Quote(inner):
                    self.blocks(inner, level, depth + 1)
                case Code(text):
                    self.text((Inline(text, code=True),), depth=depth + 1, size=9)
                case Diagram():
                    self.diagram(block, self.document.add_paragraph())

    def text(self, content: Inlines, *, color: str = _INK, size: float = 10.5, depth: int = 0) -> None:
        """Write a paragraph."""
        from docx.shared import Cm, Pt

        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(4), _LINE
        if depth:
            paragraph.paragraph_format.left_indent = Cm(0.7 * depth)
        self._runs(paragraph, content, color, size)

    def _list(self, block: ListBlock, level: int, depth: int) -> None:
        """Write a list, its numbers as text: Word's own go on from one list to the next."""
        from docx.shared import Cm, Pt

        for i, item in enumerate(block.items):
            mark = f"{block.start + i}." if block.ordered else "•"
            paragraph = self.document.add_paragraph()
            shape = paragraph.paragraph_format
            shape.left_indent, shape.first_line_indent, shape.space_after = Cm(0.7 * (depth + 1)), Cm(-0.6), Pt(2)
            shape.line_spacing = _LINE
            shape.tab_stops.add_tab_stop(Cm(0.7 * (depth + 1)))
            self._runs(paragraph, (Inline(mark + "\t"), Inline(_MARKS[item.checked]), *item.content), _INK, 10.5)
            self.blocks(item.children, level, depth + 1)

    def table(self, table: Table) -> None:
        """Write a table with a dark head, widths by what its columns hold, and no row divided by a page's end."""
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Cm, Pt

        rows = (table.head, *table.rows)
        made = self.document.add_table(len(rows), len(table.head))
        made.alignment, made.autofit, made.style = WD_TABLE_ALIGNMENT.CENTER, False, self.document.styles["Table Grid"]
        columns = range(len(table.head))
        longest = [max(len("".join(i.text for i in row[c])) for row in rows) for c in columns]
        shares = [min(max(long**0.5, 2.0), 7.0) for long in longest]
        accent = readable(self.look.color, PAPER)[1:].upper()
        padded(made)
        for c in columns:
            made.columns[c].width = Cm(_WIDTH * shares[c] / sum(shares))
        for r, (row, cells) in enumerate(zip(rows, made.rows, strict=True)):
            unbroken(cells, head=r == 0)
            for c, cell in enumerate(cells.cells):
                cell.width = Cm(_WIDTH * shares[c] / sum(shares))
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
                if r == 0:
                    shade(cell, accent)
                self._runs(cell.paragraphs[0], row[c], "FFFFFF" if r == 0 else _INK, 9.5, bold=r == 0)
        after = self.document.add_paragraph()
        after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)

    def diagram(self, diagram: Diagram, paragraph: Paragraphed) -> None:
        """Write a diagram as a picture at a paragraph's end, described by its source; else the source."""
        from docx.shared import Pt

        found = drawing(diagram, self.look, self.box, english(self.look.font or FONT))
        picture = png(found.svg, families(self.look.font)) if found else None
        if found is None or picture is None:
            self.text((Inline(self.say(words.UNDRAWN)),), color=_SOFT, size=9)
            self.text((Inline(diagram.source, code=True),), depth=1, size=9)
            return
        run = paragraph.add_run()
        if paragraph.text:
            run.add_break()
        run.add_picture(io.BytesIO(picture), width=Pt(found.width * found.scale(self.box)))
        drawn = paragraph._p.xpath(".//wp:docPr")[0]
        drawn.set("descr", printable(f"{diagram.title}\n{diagram.source}".strip()))

    def _runs(self, paragraph: Any, content: Inlines, color: str, size: float, *, bold: bool = False) -> None:
        for inline in content:
            home = link(paragraph, inline.href) if inline.href else None
            for i, part in enumerate(printable(inline.text).split("\n")):
                run = paragraph.add_run()
                if i:
                    run.add_break()
                run.add_text(part) if "\t" not in part else setattr(run, "text", part)
                self._look(run, inline, color, size, bold=bold)
                if home is not None:
                    home.append(run._r)

    def _look(self, run: Any, inline: Inline, color: str, size: float, *, bold: bool) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        name = english(self.look.font or FONT)
        run.font.name, run.font.size = name, Pt(size)
        run.font.bold, run.font.italic = True if bold or inline.bold else None, True if inline.italic else None
        run.font.strike = True if inline.struck else None
        run.font.underline = True if inline.href else None
        tone = readable(self.look.color, PAPER)[1:].upper() if inline.href and color == _INK else color
        run.font.color.rgb = RGBColor(*bytes.fromhex(_SOFT if inline.code else tone))
        properties = run._r.get_or_add_rPr()
        properties.rFonts.set(qn("w:eastAsia"), name)
        tongue = properties.makeelement(qn("w:lang"), {qn("w:val"): "en-US", qn("w:eastAsia"): "ja-JP"})
        properties.append(tongue)


def _opened(look: Look) -> Document:
    import docx
    from docx.shared import Cm

    template = look.templates.get("docx")
    if template is not None:
        try:
            made = docx.Document(io.BytesIO(template))
        except Exception as error:  # a broken file raises whatever the part of it that is broken leads to
            raise Unrenderable(
                Text(
                    "ガイドの templates.docx をWordのファイルとして読めません。",
                    "The guide's templates.docx cannot be read.",
                )
            ) from error
        for element in list(made.element.body):
            if not element.tag.endswith("}sectPr"):
                made.element.body.remove(element)
        return made
    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - _WIDTH) / 2)
    page.top_margin, page.bottom_margin = Cm(1.6), Cm(1.8)
    return made


def _packed(document: Document) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return timeless(held.getvalue())
