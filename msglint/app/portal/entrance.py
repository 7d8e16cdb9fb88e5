"""Who is there: nobody comes further than the login without being somebody."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from msglint.app.portal import sessions, users
from msglint.app.portal.sessions import Session
from msglint.app.portal.settings import Local, Passwords, Settings
from msglint.model import Language, Text

LOGIN = "/login"
OPEN = frozenset({LOGIN, "/assets/portal.css", "/assets/portal.js"})
_LONGEST_NAME = 200
_RENEWED_AFTER = timedelta(days=1)
_UNKNOWN = Text(
    "誰からの接続かわからないため、表示できません。社内の入口からもう一度開いてください。",
    "Nobody says who you are. Come in by your organisation's proxy.",
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: `person` is empty when nobody is known. `stale`: the browser is to be given its session (anew)."""

    person: str
    session: Session
    stale: bool
    language: Language
    address: str
    secure: bool


@dataclass(frozen=True, slots=True)
class Entrance:
    """Finds out who asks, and sends those nobody knows to the login."""

    app: ASGIApp
    settings: Settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        caller = _caller(HTTPConnection(scope), self.settings)
        scope.setdefault("state", {})["caller"] = caller
        passwords = isinstance(self.settings.gate, Passwords)
        if caller.person or (passwords and scope["path"] in OPEN):
            return await self.app(scope, receive, send)
        if passwords:
            return await RedirectResponse(_login(scope), 303)(scope, receive, send)
        return await PlainTextResponse(f"{_UNKNOWN.ja}\n{_UNKNOWN.en}\n", 403)(scope, receive, send)


def local(written: str) -> str:
    """Return a path of our own site to go to, "/" for anything else that a link may have smuggled in."""
    try:
        parts = urlsplit(written)
    except ValueError:
        return "/"
    ours = not parts.scheme and not parts.netloc and written.startswith("/") and not written.startswith("//")
    return written if ours and "\\" not in written and written.isascii() and written.isprintable() else "/"


def _login(scope: Scope) -> str:
    """Return where to log in, so that one comes back; what a form would have sent is not to be sent again."""
    if scope["method"] != "GET" or scope["path"] == "/":
        return LOGIN
    asked = quote(scope["path"]) + (f"?{scope['query_string'].decode('ascii', 'ignore')}" * bool(scope["query_string"]))
    return f"{LOGIN}?next={quote(asked, safe='')}"


def _caller(connection: HTTPConnection, settings: Settings) -> Caller:
    peer = _plain(connection.client.host if connection.client else "")
    proxied = peer in settings.proxies
    found = sessions.unpack(connection.cookies.get(sessions.cookie(settings.secret), ""), settings.secret)
    session, given = found or (sessions.fresh(), datetime.now(UTC))
    return Caller(
        person=_person(connection, session, settings, proxied=proxied),
        session=session,
        stale=found is None or datetime.now(UTC) - given > _RENEWED_AFTER,
        language=_language(session, connection.headers, settings),
        address=(_forwarded(connection.headers) if proxied else "") or peer,
        secure=proxied and connection.headers.get("x-forwarded-proto", "").strip().lower() == "https",
    )


def _person(connection: HTTPConnection, session: Session, settings: Settings, *, proxied: bool) -> str:
    gate = settings.gate
    if isinstance(gate, Local):
        return session.name or gate.person
    if isinstance(gate, Passwords):
        hash = users.users(gate.file).get(session.user, "")
        return session.user if hash and users.mark(hash) == session.mark else ""
    given = connection.headers.getlist(gate.header) if proxied else []
    if len(given) != 1:
        return ""
    name = _text(given[0])
    return name if name.isprintable() and len(name) <= _LONGEST_NAME else ""


def _text(header: str) -> str:
    """Return a header's text, which is read as Latin-1, as the UTF-8 it usually is."""
    try:
        return header.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return header.strip()


def _forwarded(headers: Headers) -> str:
    """Return the address that the nearest proxy saw."""
    last = ",".join(headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
    return _plain(last)


def _plain(address: str) -> str:
    """Return an address as it is compared; empty when it is none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)


def _language(session: Session, headers: Headers, settings: Settings) -> Language:
    languages: tuple[Language, ...] = ("ja", "en")
    parts = [part.strip().lower().partition(";q=") for part in headers.get("accept-language", "").split(",")[:20]]
    ranked = [(_weight(q), lang) for tag, _, q in parts for lang in languages if tag.partition("-")[0] == lang]
    best = max((weight for weight, _ in ranked), default=0.0)
    wanted = [language for weight, language in ranked if weight == best and weight > 0]
    if session.language in languages:
        return "ja" if session.language == "ja" else "en"
    return settings.language if not wanted or settings.language in wanted else wanted[0]


def _weight(written: str) -> float:
    try:
        return min(float(written), 1.0) if written else 1.0
    except ValueError:
        return 0.0
