"""The page where sales finds the sheets: one static file that works from a folder, a shared drive or any host."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msglint.guide.model import Guide
from msglint.model import Text
from msglint.proportion import wilson
from msglint.sheet import words
from msglint.sheet.formats import MEDIA
from msglint.sheet.manifest import Record
from msglint.sheet.model import Look
from msglint.sheet.page import POLICY, colors, logo, policy, prepared

NAME = "index.html"
_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Cell:
    """How many sheets there are for a persona at a stage."""

    stage: str
    stage_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A persona's sheets by stage."""

    id: str
    name: str
    cells: tuple[Cell, ...]


def index(
    records: Iterable[Record], guide: Guide, look: Look, useful: Mapping[str, tuple[int, int]] | None = None
) -> bytes:
    """Return the index page: the most useful sheets first, where `useful` tells (helped, asked) by a sheet's name."""
    listed = ordered(records, useful or {})
    page = _environment().get_template("index.html.j2")

    def say(text: Text) -> str:
        return text.in_(guide.language)

    made = page.render(
        records=listed,
        useful=useful or {},
        language=guide.language,
        look=look,
        logo=logo(look),
        words=words,
        media=MEDIA,
        say=say,
        count=lambda n: say(words.COUNT).format(n),
        personas=_choices(((p.id, p.name or p.id) for p in guide.personas), {r.persona for r in listed}),
        stages=_choices(((s.id, s.name or s.id) for s in guide.stages), {r.stage for r in listed}),
        claims=_choices(((c.id, c.statement) for c in guide.claims), {r.claim for r in listed}),
        states=[(state, say(text)) for state, text in words.STATES.items()],
        matrix=matrix(listed, guide),
        style=_style(look),
        script=_marked(_file("index.js")),
        texts=_marked(_embedded([r.text for r in listed])),
        policy=POLICY,
    )
    return policy(made, pages=True).encode("utf-8", "replace")


def ordered(records: Iterable[Record], useful: Mapping[str, tuple[int, int]]) -> list[Record]:
    """Return the records, those most surely useful first (by the lower end of Wilson's interval), then the newest."""
    by_name = sorted(records, key=lambda r: r.name)
    by_day = sorted(by_name, key=lambda r: r.day, reverse=True)
    return sorted(by_day, key=lambda r: -wilson(*useful.get(r.name, (0, 0))).low)


def matrix(records: Sequence[Record], guide: Guide) -> tuple[Row, ...]:
    """Return how many sheets there are for each persona at each stage of the guide."""
    counts: dict[tuple[str, str], int] = {}
    for r in records:
        counts[r.persona, r.stage] = counts.get((r.persona, r.stage), 0) + 1
    if not guide.stages:
        return ()
    return tuple(
        Row(p.id, p.name or p.id, tuple(Cell(s.id, s.name or s.id, counts.get((p.id, s.id), 0)) for s in guide.stages))
        for p in guide.personas
    )


def _choices(known: Iterable[tuple[str, str]], used: set[str]) -> list[tuple[str, str]]:
    return [(id, name) for id, name in known if id in used]


def _embedded(texts: Sequence[str]) -> str:
    """Return JSON that cannot end the element it stands in."""
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _marked(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def _style(look: Look) -> Any:
    light = {"edge": "#7d8894", "good": "#17703a", "bad": "#a3261b", "gap": "#fdf1ef"}
    dark = {"edge": "#7d8894", "good": "#6fcf97", "bad": "#ff9c8f", "gap": "#2d1c1a"}
    return _marked(colors(look, light, dark) + "\n" + _file("index.css"))


@functools.cache
def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text("utf-8")


@functools.cache
def _environment() -> Any:
    from jinja2 import Environment

    made = prepared(Environment)
    made.filters["address"] = lambda path: quote(path)
    return made
