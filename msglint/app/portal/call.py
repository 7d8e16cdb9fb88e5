"""One request, as the pages see it, and what they answer with."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from msglint.app.portal import sessions
from msglint.app.portal.entrance import Caller
from msglint.app.portal.limits import Limit
from msglint.app.portal.recent import Recent
from msglint.app.portal.sessions import Session
from msglint.app.portal.settings import Passwords, Settings
from msglint.guide.sales import Handoff
from msglint.loop.model import Handover
from msglint.model import Text
from msglint.sheet import words
from msglint.sheet.formats import MEDIA
from msglint.sheet.page import colors, logo

if TYPE_CHECKING:
    from jinja2 import Environment
    from sqlalchemy import Connection

_FOLDER = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a running portal remembers: who did what how often of late, and who was handed over, a minute old at most.

    `guesses`, `addresses` and `names` are failed logins: by address and name, by address, by name.
    """

    posts: Limit
    guesses: Limit = field(default_factory=lambda: Limit(5, 300))
    addresses: Limit = field(default_factory=lambda: Limit(30, 300))
    names: Limit = field(default_factory=lambda: Limit(100, 3600))
    handed: Recent[tuple[list[Handoff], list[Handover]]] = field(default_factory=lambda: Recent(60))


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `form` is what was posted, if it was by one of our own pages; `path` what the address names."""

    settings: Settings
    memory: Memory
    caller: Caller
    here: str
    path: Mapping[str, str]
    query: QueryParams
    form: FormData

    def say(self, text: Text) -> str:
        """Return `text` in the language of who asks."""
        return text.in_(self.caller.language)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give one state of the store."""
        from msglint.loop.store import reading

        with reading(self.settings.engine) as connection:
            yield connection


Page = Callable[[Call], Response]


def page(call: Call, template: str, status: int = 200, **values: Any) -> Response:
    """Return the page that `template` makes of `values`."""
    settings, caller = call.settings, call.caller
    made = environment().get_template(template).render(
        t=lambda ja, en: Text(ja, en).in_(caller.language),
        say=call.say,
        language=caller.language,
        person=caller.person,
        token=caller.session.token,
        brand=settings.look.brand,
        logo=logo(settings.look),
        can_leave=isinstance(settings.gate, Passwords) and bool(caller.person),
        here=call.here,
        style=f"/assets/portal.css?{_stamp(style(settings))}",
        script=f"/assets/portal.js?{_stamp(script())}",
        today=settings.today,
        **values,
    )  # fmt: skip
    return HTMLResponse(made.encode("utf-8", "replace"), status, {"content-language": caller.language})


def go(path: str) -> Response:
    """Return what leads to another page of ours."""
    return RedirectResponse(path, 303)


def remember(call: Call, answer: Response, session: Session) -> Response:
    """Return `answer`, which gives the browser `session`."""
    answer.set_cookie(
        sessions.cookie(call.settings.secret),
        sessions.pack(session, call.settings.secret),
        max_age=sessions.DAYS * 24 * 60 * 60,
        path="/",
        secure=call.caller.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def sorry(call: Call, status: int, title: Text, text: Text) -> Response:
    """Return a page that says why there is nothing to see."""
    return page(call, "sorry.html.j2", status, title=call.say(title), text=call.say(text))


def missing(call: Call) -> Response:
    """Return what to say of an address that leads nowhere."""
    return sorry(
        call,
        404,
        Text("ページがありません", "There is no such page"),
        Text(
            "シートが作り直されたか、アドレスが違います。一覧から探してください。",
            "The sheet was made anew, or the address is wrong. Look for it in the list.",
        ),
    )


def style(settings: Settings) -> str:
    """Return the style of all pages, in the company's colours."""
    light = {"edge": "#7d8894", "good": "#17703a", "bad": "#a3261b", "gap": "#fdf1ef", "fine": "#eef7f1"}
    dark = {"edge": "#7d8894", "good": "#6fcf97", "bad": "#ff9c8f", "gap": "#2d1c1a", "fine": "#16261c"}
    return colors(settings.look, light, dark) + "\n" + _file("portal.css")


def script() -> str:
    """Return the few lines that make the pages handier; none of them needs it."""
    return _file("portal.js")


@functools.cache
def environment() -> Environment:
    """Return what makes pages of templates: all text is escaped, and nothing may be missing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "media": MEDIA}
    made.filters |= {"address": quote, "asked": lambda given: urlencode({k: v for k, v in given.items() if v})}
    return made


@functools.cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _stamp(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()[:12]
