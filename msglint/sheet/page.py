"""What all HTML pages share: the company's colours, their policy, and the parts that text is made of."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msglint.sheet.color import on, readable
from msglint.sheet.model import Look

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

FONTS = (
    "BIZ UDPGothic", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic", "Noto Sans CJK JP", "Noto Sans JP",
    "IPAexGothic", "Meiryo",
)  # fmt: skip
POLICY = "@content-security-policy@"
"""Stands where a page's policy goes until the page is made."""
_LIGHT = {
    "paper": "#ffffff", "desk": "#eef1f4", "ink": "#1c2126", "soft": "#56606b", "rule": "#cfd6dd", "tint": "#f3f5f7",
}  # fmt: skip
_DARK = {
    "paper": "#171b20", "desk": "#0e1114", "ink": "#e8ebee", "soft": "#a7b0ba", "rule": "#3a434d", "tint": "#21272e",
}  # fmt: skip
_TEMPLATES = Path(__file__).with_name("templates")
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_NOT_IN_NAMES = re.compile(r"[^\w\- .]")


def policy(page: str, *, pages: bool = False) -> str:
    """Return `page` with its Content-Security-Policy put in.

    It allows its own styles and scripts, by their hashes, pictures inside it, with `pages` other pages beside it in
    frames, and nothing else.
    """
    rules = ["default-src 'none'", "img-src data:", f"style-src {_hashes(_STYLE.findall(page))}"]
    if "<svg" in page:
        rules.append("style-src-attr 'unsafe-inline'")
    if pages:
        rules += [f"script-src {_hashes(_SCRIPT.findall(page))}", "frame-src 'self' file:"]
    rules += ["base-uri 'none'", "form-action 'none'"]
    return page.replace(POLICY, "; ".join(rules), 1)


def _hashes(texts: list[str]) -> str:
    """Return the hashes of texts as written and, since a browser reads them so inside SVG, with entities resolved."""
    read = dict.fromkeys(read for text in texts for read in (text, html.unescape(text)))
    found = [base64.b64encode(hashlib.sha256(text.encode("utf-8", "replace")).digest()).decode() for text in read]
    return " ".join(f"'sha256-{hash}'" for hash in found) or "'none'"


def colors(look: Look, light: Mapping[str, str] | None = None, dark: Mapping[str, str] | None = None) -> str:
    """Return the CSS variables of the company's colour and font, for light and dark."""
    own = _NOT_IN_NAMES.sub("", look.font or "").strip()
    fonts = ",".join(f'"{name}"' for name in dict.fromkeys(filter(None, (own, *FONTS))))
    by_day = _variables({**_LIGHT, **(light or {})}, look)
    by_night = _variables({**_DARK, **(dark or {})}, look)
    return (
        f":root{{{by_day};--font:{fonts},sans-serif}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{by_night}}}}}"
    )


def _variables(shades: Mapping[str, str], look: Look) -> str:
    accent = readable(readable(look.color, shades["tint"]), shades["paper"])
    made = {**shades, "band": look.color, "on-band": on(look.color), "accent": accent}
    return ";".join(f"--{name}:{value}" for name, value in made.items())


def logo(look: Look) -> str | None:
    """Return the logo as an address that holds the picture itself."""
    if not look.logo:
        return None
    return f"data:{look.logo_type};base64,{base64.b64encode(look.logo).decode()}"


def prepared(kind: type[Environment]) -> Environment:
    """Return an environment that knows the parts of a sheet, and escapes all text."""
    from jinja2 import FileSystemLoader, StrictUndefined

    made = kind(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, cache_size=16)
    made.filters |= {"lines": _lines, "kind": lambda block: type(block).__name__, "word": _word}
    return made


def _lines(text: str) -> Markup:
    from markupsafe import Markup, escape

    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _word(text: str) -> str:
    """Return `text` as one word that may be the name of a class."""
    return re.sub(r"[^\w-]", "-", text)
