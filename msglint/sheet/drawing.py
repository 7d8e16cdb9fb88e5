"""A diagram drawn in the company's colours, to stand inside an HTML page."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from msglint.document import mermaid
from msglint.sheet.color import on, readable
from msglint.sheet.model import Diagram, Look
from msglint.sheet.svg import inlined

FONTS = "BIZ UDPGothic, Hiragino Sans, Yu Gothic, Noto Sans CJK JP, IPAexGothic, sans-serif"
_PAPER, _INK, _BOX, _LINE = "#ffffff", "#1c2126", "#f3f5f7", "#56606b"


def drawn(diagram: Diagram, look: Look) -> str | None:
    """Return `diagram` as SVG; None when it cannot be drawn here."""
    if not mermaid.available():
        return None
    made = mermaid.svg(diagram.source, theme(look))
    prefix = f"d{sha256(diagram.source.encode('utf-8', 'replace')).hexdigest()[:8]}-"
    return made and inlined(made, prefix, diagram.title or diagram.language)


def theme(look: Look) -> Mapping[str, Any]:
    """Return mermaid's settings for the company's colours: dark lines on white, boxes that print well."""
    color = readable(look.color, _PAPER)
    return {
        "theme": "base",
        "look": "classic",
        "flowchart": {"wrappingWidth": 320, "nodeSpacing": 36, "rankSpacing": 40},
        "fontFamily": FONTS,
        "themeVariables": {
            "fontFamily": FONTS,
            "fontSize": "15px",
            "background": _PAPER,
            "primaryColor": _BOX,
            "primaryTextColor": _INK,
            "primaryBorderColor": color,
            "secondaryColor": _PAPER,
            "tertiaryColor": _PAPER,
            "lineColor": _LINE,
            "textColor": _INK,
            "edgeLabelBackground": _PAPER,
            "activeTaskBkgColor": color,
            "activeTaskTextColor": on(color),
        },
    }
