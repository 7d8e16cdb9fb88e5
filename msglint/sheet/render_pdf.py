"""A sheet as PDF on A4, set by typst: tagged, searchable, and the same bytes for the same values."""

from __future__ import annotations

import functools
import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msglint.model import Text
from msglint.sheet import fonts
from msglint.sheet.diagram import drawer
from msglint.sheet.model import Look, Sheet, Unrenderable
from msglint.sheet.needs import require
from msglint.sheet.pdf_content import content
from msglint.sheet.said import lines, spoken

if TYPE_CHECKING:
    import typst

SIZES = (100, 94, 88, 82, 78, 74)
"""The sizes of text tried for a sheet of a set number of pages, in percent of 10 points, the last the least."""
FITTING = 3_000
"""About how many characters fit a page at the least size; four times as many are not even tried."""
LONGEST = 300_000
"""How many characters a sheet of any number of pages may have."""
_SPARE = 1.05
"""Lines are not full: a little more has to go than counts."""
_OVERFLOW = re.compile(r"overflow:([\d.]+):([\d.]+):([\d.]+)")
_PAGES = re.compile(r"pages:(\d+)")


def depends(_: Look) -> str:
    """Return what else the file depends on: who draws its diagrams."""
    return drawer()


def render(sheet: Sheet, look: Look) -> bytes:
    """Return the sheet as PDF; raises Unrenderable when it does not fit its pages, or a font or glyph is missing."""
    require("sheets", "typst", "fontTools")
    said = "\n".join(lines(sheet))
    much = len(said) - (FITTING * sheet.pages if sheet.pages else LONGEST)
    if much > (3 * FITTING * sheet.pages if sheet.pages else 0):
        raise _too_long(sheet.pages, much)
    found = fonts.families(look.font)
    made = content(sheet, look, found) | {"least": SIZES[-1] / 100, "scale": 1}
    fonts.require_glyphs("".join(_texts(made)), found)
    files = tuple(file for family in found for file, _ in filter(None, (family.regular, family.bold)))
    over = 0.0
    for size in SIZES if sheet.pages and sheet.pages > 1 else SIZES[:1]:
        outcome = _set(made | {"scale": size / 100}, files)
        if isinstance(outcome, bytes):
            return outcome
        over = outcome
    length = sum(len(said) for section in sheet.sections for said in spoken(section.blocks))
    raise _too_long(sheet.pages, math.ceil(min(length * over * _SPARE, length) / 10) * 10)


def _set(made: dict[str, Any], files: tuple[str, ...]) -> bytes | float:
    """Return the PDF, or what share of the sections is too much for its pages."""
    import typst

    pages: int = made["pages"]
    try:
        pdf, warnings = _compiler(files).compile_with_warnings(
            sys_inputs={"sheet": json.dumps(made, ensure_ascii=False)}, format="pdf", timestamp=0
        )
    except typst.TypstError as error:
        if found := _OVERFLOW.search(error.message):
            need, have, fixed = (float(height) for height in found.groups())
            return (need - have) / (need - fixed)
        if found := _PAGES.search(error.message):
            return 1 - pages / int(found[1])
        raise _refused(error.message) from error
    if warnings:
        raise _refused(warnings[0].message)
    assert isinstance(pdf, bytes)
    return pdf


@functools.lru_cache(maxsize=2)
def _compiler(files: tuple[str, ...]) -> typst.Compiler:
    import typst

    template = Path(__file__).with_name("templates") / "sheet.typ"
    folders = list(dict.fromkeys(str(Path(file).parent) for file in files))
    known = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(input=template, root=template.parent, font_paths=known)


def _texts(value: Any) -> list[str]:
    """Return all texts in plain values, drawings left out."""
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in ("svg", "fonts", "href") for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [value] if isinstance(value, str) else []


def _too_long(pages: int | None, over: int) -> Unrenderable:
    if pages is None:
        return Unrenderable(
            Text(
                f"長すぎてPDFにできません。約{over}字減らしてください。",
                f"Too long for PDF: cut about {over} characters.",
            )
        )
    return Unrenderable(
        Text(
            f"PDFの{pages}ページに収まりません。約{over}字減らすか、ガイドのこのシートの pages を増やしてください。",
            f"Does not fit {pages} page(s) of PDF: cut about {over} characters, or raise the guide's pages for it.",
        )
    )


def _refused(said: str) -> Unrenderable:
    reason = " ".join(said.split())
    return Unrenderable(Text(f"PDFにできません({reason})。", f"Cannot be made a PDF ({reason})."))
