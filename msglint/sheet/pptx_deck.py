"""A presentation file: msglint's own plain one or the company's template, its slides, and its bytes."""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from msglint.model import Text
from msglint.sheet.diagram import Drawing
from msglint.sheet.model import Inline, Look, Unrenderable
from msglint.sheet.pptx_shapes import Place, group
from msglint.sheet.pptx_text import EMU, Line, Type, rgb, write
from msglint.sheet.zipped import timeless

WIDE = (960.0, 540.0)
"""The size of msglint's own slides, in points."""
MARGIN = 42.0
FOOTER = 26.0


@dataclass
class Deck:
    """A presentation being made; lengths are points."""

    presentation: Any
    look: Look
    type: Type
    own: bool
    layout: Any
    slides: list[Any] = field(default_factory=list)
    _numbers: Any = field(default_factory=lambda: itertools.count(10_000))

    def number(self) -> int:
        """Return a number that no other shape has."""
        return next(self._numbers)  # type: ignore[no-any-return]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a slide."""
        return self.presentation.slide_width / EMU, self.presentation.slide_height / EMU

    @functools.cached_property
    def body(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the room below a slide's title."""
        width, height = self.size
        title = _title_of(self.layout)
        if self.own or title is None:
            return MARGIN, 92.0, width - 2 * MARGIN, height - 92.0 - MARGIN + 8 - FOOTER / 2
        left, top = title.left / EMU, (title.top + title.height) / EMU + 6
        return left, top, min(title.width / EMU, width - left), height - top - MARGIN

    def add(self, title: str, footer: str, banner: Sequence[str]) -> Any:
        """Add a slide with its title, and what stands on every slide."""
        slide = self.presentation.slides.add_slide(self.layout)
        self.slides.append(slide)
        width, height = self.size
        placed = slide.shapes.title
        for extra in [s for s in slide.placeholders if placed is None or s.placeholder_format.idx != 0]:
            extra._element.getparent().remove(extra._element)
        if placed is None:
            placed = slide.shapes.add_textbox(*_emu(MARGIN, 24, width - 2 * MARGIN, 56))
        if self.own:
            self._frame(slide, placed)
        frame = placed.text_frame
        frame.word_wrap = True
        size = self._title_size(title, placed.width / EMU)
        write(frame, [Line((Inline(title),), bold=True, align="l" if self.own else "")], size, self.type)
        box = slide.shapes.add_textbox(*_emu(MARGIN, height - MARGIN + 6, width - 2 * MARGIN, 20))
        box.text_frame.word_wrap = True
        write(box.text_frame, [Line((Inline(footer),), color=self.type.soft)], 9, self.type)
        if banner:
            warning = slide.shapes.add_textbox(*_emu(MARGIN, 6, width - 2 * MARGIN, 18))
            warning.text_frame.word_wrap = True
            write(warning.text_frame, [Line((Inline(" / ".join(banner)),), bold=True, color="8A1C1C")], 10, self.type)
        return slide

    def _frame(self, slide: Any, title: Any) -> None:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import MSO_ANCHOR

        width, _ = self.size
        band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(0, 0, width, 4))
        band.name = "帯"
        band.fill.solid()
        band.fill.fore_color.rgb = rgb(self.look.color[1:])
        band.line.fill.background()
        band.shadow.inherit = False
        room = 110 if self.look.logo else 0
        title.left, title.top, title.width, title.height = _emu(MARGIN, 24, width - 2 * MARGIN - room, 60)
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        title.text_frame.margin_left = title.text_frame.margin_right = round(5 * EMU)
        self._logo(slide)

    def _logo(self, slide: Any) -> None:
        """Put the logo at the top right: a picture, or for SVG native shapes."""
        width, _ = self.size
        left, top, wide, high = width - MARGIN - 100, 30.0, 100.0, 40.0
        if self.look.logo_type == "image/svg+xml" and self.look.logo:
            if drawing := logo(self.look.logo):
                scale = min(wide / drawing.width, high / drawing.height)
                place = Place((left + wide - drawing.width * scale) * EMU, top * EMU, scale * EMU)
                natural = (drawing.width, drawing.height)
                slide.shapes._spTree.append(group(drawing.svg, self.look.brand, natural, place, self.type, self.number))
        elif self.look.logo:
            try:
                picture = slide.shapes.add_picture(io.BytesIO(self.look.logo), 0, 0)
            except Exception as error:  # the imaging library raises many kinds for a broken picture
                raise Unrenderable(
                    Text(
                        "ガイドの brand.logo の画像を読めません。",
                        "The guide's brand.logo cannot be read as a picture.",
                    )
                ) from error
            scale = min(wide / picture.width, high / picture.height) * EMU
            picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
            picture.left, picture.top = round((width - MARGIN) * EMU) - picture.width, round(top * EMU)
            picture._element.nvPicPr.cNvPr.set("descr", self.look.brand)

    def _title_size(self, title: str, width: float) -> float:
        room = width - 20
        return next((s for s in (28, 26, 24, 22, 20) if self.type.measure.width(title) * s * 1.04 <= room), 18)

    def note(self, slide: Any, lines: Sequence[str]) -> None:
        """Write a slide's speaker notes."""
        shown = [Line((Inline(said),), color="000000", before=0) for said in lines]
        write(slide.notes_slide.notes_text_frame, shown, None, self.type)

    def bytes(self) -> bytes:
        """Return the file, the same for the same content."""
        held = io.BytesIO()
        self.presentation.save(held)
        return timeless(held.getvalue())


def open_deck(look: Look, type: Type) -> Deck:
    """Return an empty presentation, of the company's template if there is one; raises Unrenderable for a broken one."""
    from pptx import Presentation
    from pptx.util import Emu

    template = look.templates.get("pptx")
    if template is None:
        presentation = Presentation()
        presentation.slide_width, presentation.slide_height = (Emu(round(v * EMU)) for v in WIDE)
        _set_theme(presentation, type)
    else:
        try:
            presentation = Presentation(io.BytesIO(template))
            _layout(presentation)
        except Exception as error:  # a broken file raises whatever the part of it that is broken leads to
            raise Unrenderable(
                Text(
                    "ガイドの templates.pptx を PowerPoint のファイルとして読めません。",
                    "The guide's templates.pptx cannot be read as a PowerPoint file.",
                )
            ) from error
        _emptied(presentation)
    _unpictured(presentation)
    return Deck(presentation, look, type, template is None, _layout(presentation))


def _layout(presentation: Any) -> Any:
    """Return the layout with a title and as little else as there is."""
    layouts = list(presentation.slide_layouts)
    titled = [x for x in layouts if _title_of(x) is not None]
    return min(
        titled or layouts, key=lambda x: sum(p.placeholder_format.type not in _FURNITURE for p in x.placeholders)
    )


_FURNITURE = (13, 15, 16)
"""Kinds of placeholders that are no content: slide number, footer, date."""


def _title_of(layout: Any) -> Any:
    return next((p for p in layout.placeholders if p.placeholder_format.type == 1), None)


def _emptied(presentation: Any) -> None:
    """Take the template's own slides out."""
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)


def _unpictured(presentation: Any) -> None:
    """Take out the small picture of the template that folders would show."""
    relations = presentation.part.package._rels
    for id in [id for id, rel in relations.items() if rel.reltype.endswith("/thumbnail")]:
        relations.pop(id)


def _set_theme(presentation: Any, type: Type) -> None:
    """Name the East Asian font in the theme too, so that what a person adds looks alike."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    font = quoteattr(type.asian).encode()
    part._blob = part.blob.replace(b'<a:ea typeface=""/>', b"<a:ea typeface=" + font + b"/>").replace(
        b'<a:latin typeface="Calibri"/>', b"<a:latin typeface=" + font + b"/>"
    )


def _emu(*points: float) -> list[int]:
    return [round(value * EMU) for value in points]


def logo(svg: bytes) -> Drawing | None:
    """Return a logo as a drawing, None when it has no size or is no SVG."""
    from msglint.sheet.diagram import sized
    from msglint.sheet.svg import inlined

    made = inlined(svg.decode("utf-8", "replace"), "", "")
    return sized(made) if made else None
