"""A diagram as it stands inside an HTML page: as large as its text wants to be, names that no other one has."""

from __future__ import annotations

from hashlib import sha256

from msglint.sheet.diagram import Box, Drawing, drawing
from msglint.sheet.fonts import english
from msglint.sheet.model import Diagram, Look
from msglint.sheet.page import FONTS
from msglint.sheet.svg import inlined

SCREEN = Box(880, 900, 15)
"""The room on a page, and the size of a diagram's text, in CSS pixels."""


def drawn(diagram: Diagram, look: Look) -> Drawing | None:
    """Return `diagram` drawn in CSS pixels; None when it cannot be drawn here."""
    own = (english(look.font),) if look.font else ()
    made = drawing(diagram, look, SCREEN, *dict.fromkeys((*own, *FONTS)))
    if made is None:
        return None
    scale = made.scale(SCREEN)
    prefix = f"d{sha256(diagram.source.encode('utf-8', 'replace')).hexdigest()[:8]}-"
    svg = inlined(made.svg, prefix, diagram.title or diagram.language, made.width * scale)
    return None if svg is None else Drawing(svg, made.width * scale, made.height * scale, made.text * scale)
