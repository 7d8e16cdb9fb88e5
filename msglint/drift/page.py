"""For people, in a browser: one page that asks nothing of the network, and shows each score with its sentence."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files

from msglint.drift import chart, plot
from msglint.drift.gather import gather
from msglint.drift.model import Drift, percent
from msglint.model import Language, Text

_OPENING = Text("(冒頭)", "(opening)")
_MANY_SECTIONS = 400
_FEW_ARTICLES = 30


def encode(drift: Drift, *, language: Language, texts: Mapping[str, str]) -> str:
    """Return the picture as an HTML document; `texts` are the articles by path, without a BOM.

    It runs its own style and script only, told to the browser by their hashes, and loads nothing.
    """
    import jinja2

    style, script = _file("page.css"), _file("page.js")
    seen = gather(drift, texts, _OPENING.in_(language))
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": percent, "level": _level}
    return environment.from_string(_file("page.html.j2")).render(
        t=lambda ja, en: Text(ja, en).in_(language),
        language=language,
        drift=drift,
        seen=seen,
        trend=chart.charts(drift.trend, [c.id for c in seen.claims]),
        ticks=chart.ticks(len(drift.trend)),
        frame=chart,
        map=plot.plot(seen.sections, seen.claims),
        map_width=plot.WIDTH,
        dense=len(seen.sections) > _MANY_SECTIONS,
        unfolded=len(seen.articles) <= _FEW_ARTICLES,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _hash(content: str) -> str:
    """Return `content` as a content security policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _level(value: float) -> int:
    """Return how dark a probability is shown: 0 and 1 are not enough, 2 to 4 are."""
    return sum(value >= step for step in (0.25, 0.5, 0.7, 0.9))
