"""A sheet as one HTML file that needs nothing else: to read, to print on A4, and to open on a phone."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msglint.model import Text
from msglint.sheet import words
from msglint.sheet.diagram import Drawing, diagrams, drawer
from msglint.sheet.drawing import drawn
from msglint.sheet.model import Diagram, Look, Sheet, Unrenderable
from msglint.sheet.page import POLICY, colors, logo, policy, prepared
from msglint.sheet.printed import printed

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

FORMAT = "html"


def render(sheet: Sheet, look: Look) -> bytes:
    """Return the sheet as HTML, by the guide's own template if `look` has one; raises Unrenderable when that fails."""
    own = look.templates.get(FORMAT)
    page = _page() if own is None else _own(own)
    return policy(_filled(page, sheet, look, own=own is not None)).encode("utf-8", "replace")


def _filled(page: Any, sheet: Sheet, look: Look, *, own: bool) -> str:
    def say(text: Text) -> str:
        return text.in_(sheet.language)

    drawings = {d: drawn(d, look) for section in sheet.sections for d in diagrams(section.blocks)}

    def draw(diagram: Diagram) -> Markup | None:
        from markupsafe import Markup

        made = drawings[diagram]
        return Markup(made.svg) if made else None

    try:
        made: str = page.render(
            sheet=sheet,
            look=look,
            words=words,
            logo=logo(look),
            style=_style(sheet, look, [d for d in drawings.values() if d]),
            policy=POLICY,
            say=say,
            draw=draw,
            line=lambda number: say(words.line(number)),
        )
    except Exception as error:  # what a template of the guide's may raise is anybody's guess
        if not own:
            raise
        raise _unusable(error) from error
    return made


def depends(_: Look) -> str:
    """Return what else the page depends on: who draws its diagrams."""
    return drawer()


def _style(sheet: Sheet, look: Look, drawings: Sequence[Drawing]) -> Markup:
    from markupsafe import Markup

    size = printed(sheet, drawings)
    sizes = f":root{{--print:{size.text}pt;--figure:{size.drawing}mm;--columns:{size.columns}}}"
    return Markup("\n".join((colors(look), sizes, _css())))


@functools.cache
def _css() -> str:
    return (Path(__file__).with_name("templates") / "sheet.css").read_text("utf-8")


@functools.cache
def _page() -> Any:
    from jinja2 import Environment

    return prepared(Environment).get_template("sheet.html.j2")


@functools.cache
def _closed() -> Environment:
    """Return an environment that a guide's template cannot leave."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return prepared(ImmutableSandboxedEnvironment)


@functools.lru_cache(maxsize=4)
def _own(template: bytes) -> Any:
    from jinja2 import TemplateError

    try:
        return _closed().from_string(template.decode("utf-8-sig"))
    except (TemplateError, UnicodeDecodeError) as error:
        raise _unusable(error) from error


def _unusable(error: Exception) -> Unrenderable:
    line = getattr(error, "lineno", None)
    said = " ".join(str(error).split()) or type(error).__name__
    return Unrenderable(
        Text(
            f"ガイドのHTMLテンプレートを使えません({f'{line}行目: ' if line else ''}{said})。",
            f"The guide's HTML template cannot be used ({f'line {line}: ' if line else ''}{said}).",
        )
    )
