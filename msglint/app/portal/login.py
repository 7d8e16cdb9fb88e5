"""Coming in, going out, and what can be had before: the login and how it looks."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from msglint.app.portal import users
from msglint.app.portal.call import Call, go, missing, page, remember, script, style
from msglint.app.portal.entrance import local
from msglint.app.portal.settings import Passwords
from msglint.model import Text

_WRONG = Text("名前かパスワードが違います。", "The name or the password is wrong.")
_EXPIRED = Text(
    "画面を開いてから時間がたったか、クッキーが使えません。もう一度ログインしてください。",
    "The page was open for too long, or cookies are off. Log in once more.",
)
_WAIT = Text(
    "続けて間違えたため、少し時間をおいてください(あと約{}分)。",
    "Too many attempts. Wait about {} minutes.",
)


def ask(call: Call) -> Response:
    """Return the login; those who are in already are led on."""
    if not isinstance(call.settings.gate, Passwords):
        return missing(call)
    return go(_next(call)) if call.caller.person else _form(call, 200)


def enter(call: Call) -> Response:
    """Let somebody in, or say that name or password is wrong; not more often than anybody mistypes."""
    gate = call.settings.gate
    if not isinstance(gate, Passwords):
        return missing(call)
    name, password = (str(call.form.get(field, "")) for field in ("name", "password"))
    name = users.typed(name)
    attempts = (
        (call.memory.guesses, f"{call.caller.address} {name}"),
        (call.memory.addresses, call.caller.address),
        (call.memory.names, name),
    )
    waits = max(limit.wait(key) for limit, key in attempts)
    if waits:
        said = call.say(_WAIT).format(-(-waits // 60))
        answer = _form(call, 429, said, name)
        answer.headers["retry-after"] = str(waits)
        return answer
    known = users.users(gate.file)
    if len(password) <= users.LONGEST and users.admits(known, name, password):
        return remember(call, go(_next(call)), call.caller.session.logged_in(name, users.mark(known[name])))
    for limit, key in attempts:
        limit.count(key)
    return _form(call, 401, call.say(_WRONG), name)


def again(call: Call) -> Response:
    """Return the login once more, to a browser that did not keep its cookie."""
    return _form(call, 403, call.say(_EXPIRED)) if isinstance(call.settings.gate, Passwords) else missing(call)


def leave(call: Call) -> Response:
    """Log out."""
    language = call.caller.session.language
    return remember(call, go("/login"), replace(call.caller.session.logged_in("", ""), language=language))


def speak(call: Call) -> Response:
    """Show the pages in the other language from now on."""
    language = "en" if call.form.get("language") == "en" else "ja"
    return remember(call, go(_next(call)), replace(call.caller.session, language=language))


def asset(call: Call) -> Response:
    """Return the style or the script of the pages."""
    made = {
        "portal.css": lambda: Response(style(call.settings), media_type="text/css"),
        "portal.js": lambda: Response(script(), media_type="text/javascript"),
    }.get(call.path["name"])
    if made is None:
        return missing(call)
    answer = made()
    answer.headers["cache-control"] = "private, max-age=86400"
    return answer


def _next(call: Call) -> str:
    return local(str(call.form.get("next") or call.query.get("next") or "/"))


def _form(call: Call, status: int, wrong: str = "", name: str = "") -> Response:
    return page(call, "login.html.j2", status, wrong=wrong, name=name, next=_next(call))
