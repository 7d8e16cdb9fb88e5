"""A drawing as SVG that may stand inside a page: no script, nothing from outside, names that are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_PARTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon text tspan textPath defs marker style use symbol "
    "linearGradient radialGradient stop clipPath mask pattern".split()
)
_OUTSIDE = re.compile(r"@import|expression\s*\(|javascript:|url\(\s*['\"]?(?!\s*['\"]?#)", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_NAMED = re.compile(r"#(-?[A-Za-z_][\w-]*)")
_WIDE = 480
"""From this width on a drawing cannot be read on a phone unless it may be pushed aside."""
ElementTree.register_namespace("", _SVG)


def inlined(svg: str, prefix: str, title: str, width: float | None = None) -> str | None:
    """Return `svg` made safe, its names beginning with `prefix`, read out as `title`; None when it is no SVG.

    With `width` (CSS pixels) it is drawn so wide, else as wide as the room it stands in.
    """
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        return None
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    _purge(root)
    names = {e.get("id"): f"{prefix}{e.get('id')}" for e in root.iter() if e.get("id")}
    for element in root.iter():
        element.attrib.update(dict(_renamed(element, names)))
        if element.tag == f"{{{_SVG}}}style":
            element.text = _NAMED.sub(lambda m: f"#{names.get(m[1], m[1])}", element.text or "")
    for name in ("aria-roledescription", "aria-labelledby", "aria-describedby"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "aria-label": title}
    if width is not None:
        for name in ("height", "style"):
            root.attrib.pop(name, None)
        root.attrib |= {"width": f"{width:.0f}", "class": "wide" if width > _WIDE else "narrow"}
    return ElementTree.tostring(root, encoding="unicode")


def _purge(parent: ElementTree.Element) -> None:
    """Take out all parts and attributes but those that only draw."""
    for name, value in list(parent.attrib.items()):
        local = name.rpartition("}")[2].lower()
        leads = local == "href" and not value.startswith("#")
        if local.startswith("on") or leads or _OUTSIDE.search(value):
            del parent.attrib[name]
    for child in list(parent):
        space, _, local = child.tag.rpartition("}") if isinstance(child.tag, str) else ("", "", "")
        if space != f"{{{_SVG}" or local not in _PARTS or (local == "style" and _OUTSIDE.search(child.text or "")):
            parent.remove(child)
        else:
            _purge(child)


def _renamed(element: ElementTree.Element, names: dict[str | None, str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "id":
            yield name, names[value]
        elif name in ("href", _XLINK):
            yield name, "#" + names.get(value[1:], value[1:])
        elif "url(" in value:
            yield name, _REFERENCE.sub(lambda m: f"url(#{names.get(m[1], m[1])})", value)
