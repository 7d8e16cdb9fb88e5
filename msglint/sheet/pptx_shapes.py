"""A drawing as native shapes of PowerPoint: boxes with their text inside, lines with arrows, all of them editable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from msglint.sheet.pptx_text import EMU, Type
from msglint.sheet.printable import printable
from msglint.sheet.svg_shapes import Label, Outline, shapes

_SPACES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_ANCHORS = {"start": "l", "middle": "ctr", "end": "r"}
_STEPS = {"moveTo": "moveTo", "lineTo": "lnTo", "curveTo": "cubicBezTo", "closePath": "close"}
_LEAST_TEXT, _WIDER = 6.0, 1.06


@dataclass(slots=True)
class _Figure:
    outline: Outline
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drawing goes on a slide: left, top (EMU), and EMU for each of its units."""

    left: float
    top: float
    scale: float

    def x(self, value: float) -> int:
        """Return a place from the left."""
        return round(self.left + value * self.scale)

    def y(self, value: float) -> int:
        """Return a place from the top."""
        return round(self.top + value * self.scale)


def group(svg: str, title: str, size: tuple[float, float], place: Place, type: Type, id: Callable[[], int]) -> Any:
    """Return a drawing as one group of shapes, to be put on a slide; `id` gives each shape a number of its own."""
    from pptx.oxml import parse_xml

    figures, loose = _joined(shapes(svg))
    parts = "".join([*(_shape(f, place, type, id()) for f in figures), *(_loose(x, place, type, id()) for x in loose)])
    width, height = round(size[0] * place.scale), round(size[1] * place.scale)
    box = f'<a:off x="{place.x(0)}" y="{place.y(0)}"/><a:ext cx="{width}" cy="{height}"/>'
    inner = f'<a:chOff x="{place.x(0)}" y="{place.y(0)}"/><a:chExt cx="{width}" cy="{height}"/>'
    name = quoteattr(printable(title))
    return parse_xml(
        f'<p:grpSp {_SPACES}><p:nvGrpSpPr><p:cNvPr id="{id()}" name={name} descr={name}/><p:cNvGrpSpPr/><p:nvPr/>'
        f"</p:nvGrpSpPr><p:grpSpPr><a:xfrm>{box}{inner}</a:xfrm></p:grpSpPr>{parts}</p:grpSp>"
    )


def _joined(drawn: Sequence[Outline | Label]) -> tuple[list[_Figure], list[Label]]:
    """Return the outlines, each with the labels that stand in its middle, and the labels that stand by themselves."""
    figures = [_Figure(d) for d in drawn if isinstance(d, Outline)]
    loose = list[Label]()
    for label in (d for d in drawn if isinstance(d, Label)):
        around = [f for f in figures if _in_middle(label, f.outline)]
        if around:
            min(reversed(around), key=lambda f: _area(f.outline)).labels.append(label)
        else:
            loose.append(label)
    for figure in figures:
        _, top, _, bottom = figure.outline.box
        middle = sum(x.y for x in figure.labels) / max(len(figure.labels), 1)
        if figure.labels and abs(middle - (top + bottom) / 2) > max(4.0, (bottom - top) * 0.12):
            loose += figure.labels
            figure.labels = []
    return figures, loose


def _in_middle(label: Label, outline: Outline) -> bool:
    left, top, right, bottom = outline.box
    centred = label.anchor == "middle" and abs(label.x - (left + right) / 2) < 4 and not label.angle
    return centred and outline.closed and outline.paint.fill is not None and top < label.y < bottom


def _area(outline: Outline) -> float:
    left, top, right, bottom = outline.box
    return (right - left) * (bottom - top)


def _shape(figure: _Figure, place: Place, type: Type, id: int) -> str:
    outline, paint = figure.outline, figure.outline.paint
    left, top, right, bottom = outline.box
    x, y = place.x(left), place.y(top)
    width, height = max(place.x(right) - x, 1), max(place.y(bottom) - y, 1)
    fill = f'<a:solidFill><a:srgbClr val="{paint.fill}"/></a:solidFill>' if paint.fill else "<a:noFill/>"
    if not outline.closed and paint.stroke:
        fill = "<a:noFill/>"
    labels = [_fitted(label, right - left, type) for label in figure.labels]
    text = _body(labels, place, type, "ctr") if labels else ""
    name = quoteattr(printable(" ".join(x.text for x in figure.labels)) or ("図形" if outline.closed else "線"))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name={name}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f"{_geometry(outline, place, (x, y, width, height))}{fill}{_line(outline, place)}</p:spPr>{text}</p:sp>"
    )


def _fitted(label: Label, width: float, type: Type) -> Label:
    """Return a label, smaller where another program's setting might stick out of its box."""
    wanted = type.measure.width(label.text) * _WIDER * label.size
    return replace(label, size=label.size * min(1.0, width * 0.96 / wanted)) if wanted else label


def _geometry(outline: Outline, place: Place, box: tuple[int, int, int, int]) -> str:
    preset = _preset(outline)
    if preset:
        return f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
    steps = "".join(
        f"<a:{_STEPS[step]}>"
        + "".join(f'<a:pt x="{place.x(px) - box[0]}" y="{place.y(py) - box[1]}"/>' for px, py in points)
        + f"</a:{_STEPS[step]}>"
        for step, points in outline.steps
    )
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{box[2]}" h="{box[3]}">{steps}</a:path></a:pathLst></a:custGeom>'
    )


def _preset(outline: Outline) -> str | None:
    """Return PowerPoint's own name for a shape, None for one that it has none for."""
    points = [p for step, some in outline.steps for p in some]
    left, top, right, bottom = outline.box
    if outline.name in ("circle", "ellipse"):
        return "ellipse"
    if outline.name == "rect" and any(step == "curveTo" for step, _ in outline.steps):
        return "roundRect"
    upright = all(min(x - left, right - x) < 0.5 or min(y - top, bottom - y) < 0.5 for x, y in points)
    if outline.name == "rect" and upright:
        return "rect"
    middle = {(round((left + right) / 2), round(top)), (round(left), round((top + bottom) / 2))}
    if outline.name == "polygon" and len({(round(x), round(y)) for x, y in points}) == 4:
        return "flowChartDecision" if middle <= {(round(x), round(y)) for x, y in points} else None
    return None


def _line(outline: Outline, place: Place) -> str:
    paint = outline.paint
    if paint.stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    width = max(round(paint.width * place.scale), EMU // 2)
    dash = '<a:prstDash val="dash"/>' if paint.dashed else ""
    head = '<a:headEnd type="triangle"/>' if outline.start else ""
    tail = '<a:tailEnd type="triangle"/>' if outline.end else ""
    color = f'<a:solidFill><a:srgbClr val="{paint.stroke}"/></a:solidFill>'
    return f'<a:ln w="{width}">{color}{dash}<a:round/>{head}{tail}</a:ln>'


def _loose(label: Label, place: Place, type: Type, id: int) -> str:
    """Return a label as a text box of its own."""
    width = max(type.measure.width(label.text) * label.size * 1.1, label.size)
    height = label.size * 1.5
    left = label.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}.get(label.anchor, 0.0)
    x, y = place.x(left), place.y(label.y - height / 2)
    turn = f' rot="{round(label.angle * 60000)}"' if label.angle else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id}" name={quoteattr(printable(label.text))}/><p:cNvSpPr txBox="1"/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm{turn}><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{round(width * place.scale)}" cy="{round(height * place.scale)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        f"{_body([label], place, type, _ANCHORS.get(label.anchor, 'l'))}</p:sp>"
    )


def _body(labels: Sequence[Label], place: Place, type: Type, align: str) -> str:
    language, other = ("ja-JP", "en-US") if type.language == "ja" else ("en-US", "ja-JP")
    fonts = f"<a:latin typeface={quoteattr(type.latin)}/><a:ea typeface={quoteattr(type.asian)}/>"

    def paragraph(label: Label) -> str:
        size = round(max(label.size * place.scale / EMU, _LEAST_TEXT) * 100)
        bold = ' b="1"' if label.bold else ""
        color = f'<a:solidFill><a:srgbClr val="{label.color}"/></a:solidFill>'
        return (
            f'<a:p><a:pPr algn="{align}" eaLnBrk="1"/>'
            f'<a:r><a:rPr lang="{language}" altLang="{other}" sz="{size}"{bold}>'
            f"{color}{fonts}</a:rPr><a:t>{escape(printable(label.text))}</a:t></a:r></a:p>"
        )

    return (
        '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        + "".join(map(paragraph, labels))
        + "</p:txBody>"
    )
