"""A review as one HTML document: to read on any screen, to print on A4; it loads nothing and runs nothing."""

from __future__ import annotations

import base64
import functools
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msglint.loop.review.blocks import Line, Page
from msglint.loop.review.drawing import bars, strip
from msglint.loop.review.drawing_line import line
from msglint.model import Language, Text

if TYPE_CHECKING:
    from jinja2 import Environment


def html(page: Page, language: Language) -> str:
    """Return the page as HTML; the browser is told to take its own style, by its hash, and nothing else."""
    from markupsafe import Markup

    def say(text: Text) -> str:
        return text.in_(language)

    def draw(chart: Any) -> Markup:
        return Markup(line(chart, language) if isinstance(chart, Line) else bars(chart, language))

    style = _file("page.css")
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .from_string(_file("page.html.j2"))
        .render(
            page=page,
            language=language,
            say=say,
            t=lambda ja, en: say(Text(ja, en)),
            draw=draw,
            strip=lambda share: Markup(strip(share)),
            kind=lambda block: type(block).__name__.lower(),
            style=Markup(style),
            style_hash=hashed,
        )
    )


@functools.cache
def _environment() -> Environment:
    import jinja2

    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
