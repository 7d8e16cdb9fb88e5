"""The formats a sheet is made in, each by a module of its own, and what tells whether a file is of today's sheet."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from types import ModuleType
from typing import cast

import msglint
from msglint.model import Text
from msglint.sheet.model import Look, Sheet, Unrenderable

FORMATS: Mapping[str, str] = {
    "html": "msglint.sheet.render_html",
    "pdf": "msglint.sheet.render_pdf",
    "pptx": "msglint.sheet.render_pptx",
    "docx": "msglint.sheet.render_docx",
}
"""By format, the module whose `render(sheet, look)` makes it; its `depends(look)`, if any, names what else it uses."""
MEDIA: Mapping[str, Text] = {
    "html": Text("Webページ", "Web page"),
    "pdf": Text("PDF", "PDF"),
    "pptx": Text("PowerPoint", "PowerPoint"),
    "docx": Text("Word", "Word"),
}
Renderer = Callable[[Sheet, Look], bytes]


def renderer(name: str) -> Renderer:
    """Return what makes sheets in a format; raises Unrenderable when its library is not installed."""
    return cast("Renderer", _module(name).render)


def missing(name: str, error: ImportError) -> Unrenderable:
    """Return what to say when a format's library is not installed."""
    return Unrenderable(
        Text(
            f"{name} を作るライブラリー({error.name})がありません。pip install 'msglint[sheets]' で入れられます。",
            f"The library for {name} ({error.name}) is missing. Install it with pip install 'msglint[sheets]'.",
        )
    )


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(FORMATS[name])
    except ImportError as error:
        raise missing(name, error) from error


def stamp(sheet: Sheet, look: Look, format: str) -> str:
    """Return 16 hex digits that change when the file would say or look otherwise.

    The last commit and what follows from its day are left out: clones without history would get other stamps. They
    change only with the source, whose hash is in. Raises Unrenderable when the format's library is not installed.
    """
    still = replace(
        sheet,
        key_message=sheet.key_message and replace(sheet.key_message, probability=None),
        approval=replace(sheet.approval, state="draft" if sheet.draft else "unapproved"),
        provenance=replace(sheet.provenance, commit="", day=None),
    )
    template = look.templates.get(format, b"")
    seen = (look.brand, look.logo, look.logo_type, look.color, look.font, template)
    depends = getattr(_module(format), "depends", None)
    on = depends(look) if depends else ""
    return sha256(repr((msglint.__version__, format, on, seen, still)).encode("utf-8", "replace")).hexdigest()[:16]
