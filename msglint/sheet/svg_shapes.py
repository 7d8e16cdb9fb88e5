"""A drawing (SVG) as plain outlines and labels with their places and colours, for formats with shapes of their own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from xml.etree import ElementTree

from msglint.sheet.svg_matrix import NUMBER, Matrix, Point, apply, times, transform

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_CLOSED = frozenset({"rect", "circle", "ellipse", "polygon"})
_DRAWN = _CLOSED | {"path", "line", "polyline"}
_UNDRAWN = frozenset({"defs", "marker", "symbol", "style", "title", "desc", "clipPath", "mask", "pattern",
                      "linearGradient", "radialGradient"})  # fmt: skip
_INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor",
              "dominant-baseline", "alignment-baseline", "color", "visibility")  # fmt: skip
_OWN = ("opacity", "fill-opacity", "stroke-opacity", "display", "marker-start", "marker-end", "x", "y")
_DEPTH = 60
Style = Mapping[str, str]
Step = tuple[str, tuple[Point, ...]]
"""A part of an outline: moveTo, lineTo, curveTo (cubic) or closePath, with its points."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours as RRGGBB or None, the line's width, and whether the line is broken."""

    fill: str | None
    stroke: str | None
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape: its SVG element's name, its outline, how it is painted, and whether it has heads of arrows."""

    name: str
    steps: tuple[Step, ...]
    paint: Paint
    start: bool = False
    end: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        points = [p for _, some in self.steps for p in some]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def closed(self) -> bool:
        """Whether it encloses an area."""
        return any(step == "closePath" for step, _ in self.steps)


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text: where its anchor is and the middle of its height, which side of it the anchor is on, its look.

    `anchor`: start, middle or end. `size`: in the drawing's units. `angle`: degrees clockwise.
    """

    text: str
    x: float
    y: float
    anchor: str
    size: float
    color: str
    bold: bool = False
    angle: float = 0


def shapes(svg: str) -> list[Outline | Label]:
    """Return what an SVG draws, from back to front, in the units and the place of its viewBox (top left at 0, 0)."""
    root = ElementTree.fromstring(svg)
    left, top = [float(n) for n in NUMBER.findall(root.get("viewBox") or "0 0")][:2]
    return list(_Reader(root).read(root, {}, (1, 0, 0, 1, -left, -top), 0))


class _Reader:
    def __init__(self, root: ElementTree.Element) -> None:
        self._named = {e.get("id"): e for e in root.iter() if e.get("id")}
        self._rules = _rules(root)

    def read(self, element: ElementTree.Element, outer: Style, at: Matrix, depth: int) -> Iterator[Outline | Label]:
        name = element.tag.removeprefix(_SVG)
        if name in _UNDRAWN or depth > _DEPTH:
            return
        style = self._style(element, outer)
        if style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("opacity") == "0":
            return
        at = times(at, transform(element.get("transform", "")))
        if name == "text":
            yield from self._text(element, style, at)
        elif name in _DRAWN:
            yield from _outline(name, element, style, at)
        elif name == "use":
            target = self._named.get((element.get("href") or element.get(_XLINK) or "#")[1:])
            if target is not None:
                moved = times(at, (1, 0, 0, 1, _length(element.get("x")), _length(element.get("y"))))
                yield from self.read(target, style, moved, depth + 1)
        else:
            if name == "svg" and depth:
                at = times(at, (1, 0, 0, 1, _length(element.get("x")), _length(element.get("y"))))
            for child in element:
                yield from self.read(child, style, at, depth + 1)

    def _style(self, element: ElementTree.Element, outer: Style) -> dict[str, str]:
        style = {k: v for k, v in outer.items() if k in _INHERITED}
        style |= {k: element.attrib[k] for k in (*_INHERITED, *_OWN) if k in element.attrib}
        style |= self._rules(element)
        style |= _declared(element.get("style", ""))
        return style

    def _text(self, element: ElementTree.Element, style: Style, at: Matrix) -> Iterator[Label]:
        """Yield a label for each line: the text itself, or its parts that have a place of their own."""
        x, y = _length(element.get("x")), _length(element.get("y"))
        size = _size(style)
        y += _length(element.get("dy"), size)
        lines: list[tuple[float, float, Style, str]] = [(x, y, style, element.text or "")]
        for part in element:
            if part.tag != f"{_SVG}tspan":
                continue
            own: Style = self._style(part, style)
            said = "".join(part.itertext())
            placed = part.get("x") is not None or part.get("y") is not None
            if placed or part.get("dy") is not None:
                x = _length(part.get("x")) if part.get("x") is not None else x
                y = _length(part.get("y")) if part.get("y") is not None else y
                y += _length(part.get("dy"), size)
                lines.append((x, y, own, said))
            else:
                lines[-1] = (*lines[-1][:3], lines[-1][3] + said)
            lines[-1] = (*lines[-1][:3], lines[-1][3] + (part.tail or ""))
        for left, top, own, said in lines:
            if said.strip() and (color := _color(own.get("fill", "black"), own)):
                yield _label(" ".join(said.split()), left, top, own, color, at)


def _label(said: str, x: float, y: float, style: Style, color: str, at: Matrix) -> Label:
    size = _size(style)
    central = {style.get("dominant-baseline"), style.get("alignment-baseline")} & {"central", "middle"}
    place = apply(at, (x, y if central else y - size * 0.35))
    return Label(
        said,
        *place,
        style.get("text-anchor", "start"),
        size * math.hypot(at[0], at[1]),
        color,
        style.get("font-weight") in ("bold", "600", "700"),
        round(math.degrees(math.atan2(at[1], at[0])), 1),
    )


def _outline(name: str, element: ElementTree.Element, style: Style, at: Matrix) -> Iterator[Outline]:
    from fontTools.misc.transform import Transform
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.svgLib.path.parser import parse_path
    from fontTools.svgLib.path.shapes import PathBuilder

    plain = ElementTree.Element(name, {k: v for k, v in element.attrib.items() if k != "transform"})
    builder, pen = PathBuilder(), DecomposingRecordingPen({})
    try:
        builder.add_path_from_element(plain)
        for path in builder.paths:
            parse_path(path, TransformPen(pen, Transform(*at)))
    except (ValueError, TypeError, IndexError, AttributeError):
        return
    steps = tuple(_cubic(cast("list[tuple[str, Any]]", pen.value)))
    width = _length(style.get("stroke-width", "1")) * math.hypot(at[0], at[1])
    stroke = _color(style.get("stroke", "none"), style, "stroke-opacity") if width else None
    fill = None if name == "line" else _color(style.get("fill", "black"), style, "fill-opacity")
    if not any(points for _, points in steps) or (stroke is None and fill is None):
        return
    if name in _CLOSED and steps[-1][0] != "closePath":
        steps = (*steps, ("closePath", ()))
    numbers = [float(n) for n in NUMBER.findall(style.get("stroke-dasharray", ""))]
    dashed = any(numbers[1:2] or numbers)
    heads = (style.get(key, "none") not in ("none", "") for key in ("marker-start", "marker-end"))
    yield Outline(name, steps, Paint(fill, stroke, width, dashed), *heads)


def _cubic(recorded: list[tuple[str, Any]]) -> Iterator[Step]:
    """Yield an outline's steps, curves of the second degree raised to the third."""
    here: Point = (0.0, 0.0)
    for operation, points in recorded:
        if operation == "qCurveTo":
            control, end = points[0], points[-1]
            first = tuple(h + 2 / 3 * (c - h) for h, c in zip(here, control, strict=True))
            second = tuple(e + 2 / 3 * (c - e) for e, c in zip(end, control, strict=True))
            yield "curveTo", (cast("Point", first), cast("Point", second), end)
        elif operation != "endPath":
            yield operation, tuple(points)
        here = points[-1] if points else here


def _rules(root: ElementTree.Element) -> Callable[[ElementTree.Element], dict[str, str]]:
    """Return what tells the properties that a drawing's style sheets give an element."""
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    for sheet in root.iter(f"{_SVG}style"):
        for rule in tinycss2.parse_stylesheet(sheet.text or "", skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                try:
                    selectors = cssselect2.compile_selector_list(rule.prelude)
                except cssselect2.SelectorError:
                    continue
                for selector in selectors:
                    matcher.add_selector(selector, _declared(rule.content))
    wrapped = {id(w.etree_element): w for w in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree()}

    def matched(element: ElementTree.Element) -> dict[str, str]:
        found = dict[str, str]()
        node = wrapped.get(id(element))
        for match in sorted(matcher.match(node), key=lambda m: (m[0], m[1])) if node else ():
            found |= match[3]
        return found

    return matched


def _declared(style: Any) -> dict[str, str]:
    import tinycss2

    parsed = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    kept = {*_INHERITED, *_OWN}
    return {d.name: tinycss2.serialize(d.value).strip() for d in parsed if d.type == "declaration" and d.name in kept}


def _color(value: str, style: Style, opacity: str = "fill-opacity") -> str | None:
    """Return a colour as RRGGBB on white, None for none; what it cannot say becomes a light grey."""
    from tinycss2.color3 import parse_color

    if value in ("none", "transparent", ""):
        return None
    if value == "currentColor":
        value = style.get("color", "black")
    rgba = parse_color(value)
    if rgba is None or isinstance(rgba, str):
        return "CCCCCC"
    alpha = rgba.alpha * _share(style.get(opacity)) * _share(style.get("opacity"))
    if alpha < 0.05:
        return None
    return "".join(f"{round((1 - alpha + alpha * part) * 255):02X}" for part in (rgba.red, rgba.green, rgba.blue))


def _share(value: str | None) -> float:
    found = NUMBER.search(value or "")
    return min(max(float(found[0]), 0.0), 1.0) if found else 1.0


def _size(style: Style) -> float:
    return _length(style.get("font-size", "16px"), 16) or 16.0


def _length(value: str | None, em: float = 16.0) -> float:
    found = NUMBER.search(value or "")
    if not found:
        return 0.0
    unit = (value or "")[found.end() :].strip()
    return float(found[0]) * {"em": em, "ex": em / 2, "pt": 4 / 3}.get(unit, 1.0)
