"""Well-formed XML, whatever the text: characters that XML has no way to write are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, indent, tostring

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(
    name: str, attributes: Mapping[str, str | int], children: Iterable[Element] = (), *, text: str = ""
) -> Element:
    """Make an element of its attributes and of what is in it."""
    made = Element(name, {key: _legal(str(value)) for key, value in attributes.items()})
    made.text = _legal(text) or None
    made.extend(children)
    return made


def document(root: Element) -> str:
    """Return `root` as an indented UTF-8 document."""
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
