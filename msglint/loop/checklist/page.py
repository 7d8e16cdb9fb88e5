"""The checklist as one page that asks nothing of the network, and prints on A4."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from msglint.loop.checklist.model import STATES, Answer, State
from msglint.loop.checklist.telling import CANNOT, TITLE, stated
from msglint.model import Language, Text

_LEGEND = {
    State.HOLDS: Text(
        "記録と数字、または人の確認で裏付けられた", "borne out by records and figures, or confirmed by a person"
    ),
    State.FAILS: Text("記録か数字が反対を示した、または人がそう述べた", "records, figures or a person say otherwise"),
    State.EVIDENCE: Text("手がかりはある。決めるのは人", "there are signs; a person decides"),
    State.UNKNOWN: Text("見るものがない", "there is nothing to look at"),
}


def html(answers: Sequence[Answer], today: date, language: Language, *, company: str = "") -> str:
    """Return the checklist as an HTML document. It has no script, and its own style only, told by its hash."""
    import jinja2

    style = _file("page.css")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_file("page.html.j2")).render(
        t=lambda ja, en: Text(ja, en).in_(language),
        said=lambda words: words.in_(language),
        language=language,
        title=TITLE.in_(language),
        company=company,
        today=today,
        answers=answers,
        states=STATES,
        legend=_LEGEND,
        cannot=CANNOT,
        stated=stated,
        reachable=_reachable,
        style=style,
        style_hash="sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def _reachable(link: str) -> bool:
    """Whether `link` can be followed from a page that may lie anywhere: an address on the web."""
    return link.startswith(("https://", "http://"))


def _file(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
