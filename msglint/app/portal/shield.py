"""The outermost layer: what comes in is of a bearable size and for us, and what goes out says what it may do."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from msglint.app.cli.unusable import Unusable
from msglint.loop.model import Misread
from msglint.model import Text

MOST_BYTES = 64 * 1024
"""How long a request may be: a form with all its words is a few thousand bytes."""
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SHOWN_POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""Of a sheet or a review that is shown inside a page: it is a document without scripts that fetches nothing."""
_HEADERS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
}
_log = logging.getLogger("msglint.portal")
_TOO_LARGE = Text("送られた内容が大きすぎます。", "What was sent is too large.")
_WRONG_HOST = Text(
    "このアドレスでは開けません。起動したときに表示されたアドレスを使ってください。",
    "This address is not served. Use the one that was shown at the start.",
)
_DEFECT = Text("ポータルの不具合です。管理者に知らせてください。", "A defect of the portal. Tell whoever runs it.")
_AWAY = Text(
    "データの保存先を使えません。しばらくしてから、もう一度試してください。",
    "The store cannot be used at the moment. Try again in a while.",
)


class _TooLarge(Exception):
    """More came than a request may have."""


@dataclass(frozen=True, slots=True)
class Shield:
    """Takes at most `MOST_BYTES`, and lets no exception out.

    `local`: only names of this machine are answered, so that no other site can put its own name on our address.
    """

    app: ASGIApp
    local: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return await _pass_on(self.app, scope, receive, send)
        sending = _Sending(send)
        headers = Headers(scope=scope)
        if self.local and not _ours(headers.get("host", "")):
            return await _say(_WRONG_HOST, 421)(scope, receive, sending)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return await _say(_TOO_LARGE, 413)(scope, receive, sending)
        answer = None
        try:
            await self.app(scope, _measured(receive), sending)
        except _TooLarge:
            answer = _say(_TOO_LARGE, 413)
        except ClientDisconnect:
            return None
        except Exception as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())
            _log.error("%s %s: %s", scope["method"], scope["path"], said)
            _log.debug("what led to it", exc_info=error)
            answer = _why(error)
        if answer is not None and not sending.started:
            await answer(scope, receive, sending)
        return None


async def _pass_on(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await app(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008})


@dataclass(slots=True)
class _Sending:
    """Sends what the application says, with the headers that it did not give itself."""

    send: Send
    started: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self.send(message)


def _measured(receive: Receive) -> Callable[[], Awaitable[Message]]:
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BYTES:
            raise _TooLarge
        return message

    return measured


def _why(error: Exception) -> ASGIApp:
    """Return what to say of an exception: what somebody can mend is named, and all else is ours."""
    if isinstance(error, Unusable | Misread):
        return _say(error.text, 503)
    return _say(_AWAY, 503) if type(error).__module__.startswith("sqlalchemy.") else _say(_DEFECT, 500)


def _say(text: Text, status: int) -> ASGIApp:
    return PlainTextResponse(f"{text.ja}\n{text.en}\n", status)


def _ours(header: str) -> bool:
    """Whether a Host header names this machine."""
    name = header.strip().lower()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
