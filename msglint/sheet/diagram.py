"""Diagrams as SVG in the company's colours: by merman, else flowcharts by Graphviz, else not at all."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from msglint.document import mermaid
from msglint.sheet.color import on, readable
from msglint.sheet.dot import graphviz
from msglint.sheet.model import Block, Diagram, ListBlock, Look, Quote, Sheet
from msglint.sheet.svg import inlined

FONT = "BIZ UDPGothic"
PAPER, INK, SOFT, HAIR, TINT = "#ffffff", "#1c2126", "#4d5761", "#cfd6dd", "#f3f5f7"
_FLOW_TEXT, _TEXT = 22.0, 14.0
"""The size of text in a drawing's own units. In flowcharts it is large, since the room between boxes stays the same."""
_VIEW = re.compile(r'<svg\b[^>]*\bviewBox="([^"]+)"')
_FLOW = re.compile(r"^[ \t]*(?:flowchart|graph)\b", re.MULTILINE)
_DIRECTION = re.compile(r"^([ \t]*(?:flowchart|graph)[ \t]+)(TB|TD|BT|LR|RL)\b", re.MULTILINE)
_TURNED = {"TB": "LR", "TD": "LR", "BT": "RL", "LR": "TD", "RL": "BT"}
_HALO = ".messageText,.loopText{stroke:#fff;stroke-width:4px;paint-order:stroke}"
"""Words that lines run through are read on white."""
_PALETTE = (85, 45, 65, 25, 100, 35, 75, 15)


class Box(NamedTuple):
    """The room for a drawing, and how large its text is to be at most, all in points."""

    width: float
    height: float
    text: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: an SVG of its own that neither runs nor fetches anything; its size and its text's in its own units."""

    svg: str
    width: float
    height: float
    text: float = _TEXT

    def scale(self, box: Box) -> float:
        """Return the points in one of its units with which it fits into a box."""
        return min(box.width / self.width, box.height / self.height, box.text / self.text)


def drawer() -> str:
    """Return the name and version of what draws diagrams here, or that there is none."""
    if mermaid.available():
        return mermaid.drawer()
    return "Graphviz" if shutil.which("dot") else mermaid.drawer()


def drawing(diagram: Diagram, look: Look, box: Box, *fonts: str) -> Drawing | None:
    """Draw `diagram` with text in the first of `fonts` that there is, None when it cannot be drawn here.

    A flowchart whose text would become small in `box` is turned the other way if that helps.
    """
    made = _drawn(diagram.source, look.color, fonts or (FONT,), diagram.title)
    if made is None or made.scale(box) * made.text >= box.text:
        return made
    other = _turned(diagram.source)
    turned = _drawn(other, look.color, fonts or (FONT,), diagram.title) if other else None
    return max((made, turned), key=lambda d: d.scale(box)) if turned else made


def diagrams(blocks: Iterable[Block]) -> Iterator[Diagram]:
    """Yield the diagrams among `blocks`, those inside lists and quotes too."""
    for block in blocks:
        match block:
            case Diagram():
                yield block
            case ListBlock(items):
                for item in items:
                    yield from diagrams(item.children)
            case Quote(inner):
                yield from diagrams(inner)


def undrawn(sheet: Sheet, look: Look) -> Iterator[Diagram]:
    """Yield the diagrams of a sheet that can only be shown as they are written."""
    for section in sheet.sections:
        yield from (d for d in diagrams(section.blocks) if _drawn(d.source, look.color, (FONT,), d.title) is None)


def _turned(source: str) -> str | None:
    """Return a flowchart that runs the other way, None for what has no direction."""
    made, count = _DIRECTION.subn(lambda m: m[1] + _TURNED[m[2]], source, count=1)
    return made if count else None


@functools.lru_cache(maxsize=256)
def _drawn(source: str, color: str, fonts: tuple[str, ...], title: str) -> Drawing | None:
    text = _FLOW_TEXT if _FLOW.search(source) else _TEXT
    if mermaid.available():
        svg = mermaid.svg(source, _config(color, fonts, text))
    else:
        svg = graphviz(source, color, fonts, text)
    safe = inlined(svg, "", title) if svg else None
    return sized(safe, text) if safe else None


def sized(svg: str, text: float = _TEXT) -> Drawing | None:
    """Return a safe SVG with its size, None when it has none."""
    found = _VIEW.search(svg)
    sizes = [float(n) for n in found[1].replace(",", " ").split()] if found else []
    return Drawing(svg, sizes[2], sizes[3], text) if len(sizes) == 4 and min(sizes[2:]) > 0 else None


def _config(color: str, fonts: Sequence[str], text: float) -> dict[str, Any]:
    """Return mermaid's settings that draw in the company's colour."""
    family = ", ".join([*(f'"{font}"' for font in fonts), "sans-serif"])
    flow = {
        "htmlLabels": False,
        "wrappingWidth": 12 * text,
        "padding": 13,
        "nodeSpacing": 32,
        "rankSpacing": 28,
        "curve": "basis",
    }
    return {
        "theme": "base",
        "look": "classic",
        "fontFamily": family,
        "fontSize": text,
        "htmlLabels": False,
        "themeVariables": _variables(color, family, text),
        "flowchart": flow,
        "gantt": {"axisFormat": "%m/%d"},
        "sequence": {"height": 44},
        "themeCSS": _HALO,
    }


def _variables(color: str, family: str, text: float) -> dict[str, Any]:
    """Return the variables of mermaid's base theme."""
    border, fill = readable(color, PAPER), mixed(color, 8)
    shades = [mixed(border, share) for share in _PALETTE]
    return {
        "fontFamily": family,
        "fontSize": f"{text:g}px",
        "background": PAPER,
        "primaryColor": fill,
        "primaryBorderColor": border,
        "primaryTextColor": INK,
        "secondaryColor": TINT,
        "tertiaryColor": PAPER,
        "lineColor": SOFT,
        "actorLineColor": HAIR,
        "textColor": INK,
        "edgeLabelBackground": PAPER,
        "clusterBkg": TINT,
        "clusterBorder": HAIR,
        "titleColor": INK,
        "noteBkgColor": TINT,
        "noteBorderColor": HAIR,
        "pieStrokeWidth": "1px",
        "pieOuterStrokeWidth": "0px",
        "pieStrokeColor": PAPER,
        "pieSectionTextColor": INK,
        "pieOpacity": "1",
        "xyChart": {"backgroundColor": PAPER, "plotColorPalette": ",".join((mixed(border, 70), INK, SOFT))},
        **_numbered(shades),
    }


def _numbered(shades: Sequence[str]) -> Mapping[str, str]:
    """Return the colours that mermaid numbers: slices of pies, branches, sections."""
    pale = [mixed(shade, 45) for shade in shades]
    return {
        **{f"pie{i + 1}": shade for i, shade in enumerate(pale)},
        **{f"cScale{i}": shade for i, shade in enumerate(pale)},
        **{f"cScaleLabel{i}": on(shade) for i, shade in enumerate(pale)},
    }


def mixed(color: str, percent: int) -> str:
    """Return `percent` of a colour (#rrggbb) on white."""
    parts = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{255 + (part - 255) * percent // 100:02x}" for part in parts)
