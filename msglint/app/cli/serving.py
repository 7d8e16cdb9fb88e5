"""Serves the portal: who may come, at which address, until somebody stops it."""

from __future__ import annotations

import errno
import getpass
import ipaddress
import logging
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from msglint.app.cli.output import write_named
from msglint.app.cli.project import TODAY
from msglint.app.cli.speech import Speaker
from msglint.app.cli.store import Loop, open_loop
from msglint.app.cli.unusable import Unusable, reason
from msglint.model import Text

if TYPE_CHECKING:
    from msglint.app.cli.serve import Call
    from msglint.app.portal import Settings
    from msglint.app.portal.settings import Gate

_PARTS = ("starlette", "uvicorn", "itsdangerous", "argon2", "python_multipart", "jinja2", "anyio")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
_GRACE = 5


def run(speaker: Speaker, call: Call) -> int:
    """Serve until Ctrl-C or SIGTERM, and return 0; raises Unusable."""
    _require_parts()
    proxies = _proxies(call)
    gate = _gate(call)
    with open_loop(speaker, call.guide) as loop, _listening(call.host, call.port) as listening:
        from msglint.app.portal import application

        settings = _settings(loop, call, gate, proxies, speaker)
        _greet(speaker, call, listening, settings)
        _serve(application(settings), listening, speaker)
    speaker.note(Text("止めました。", "Stopped."))
    return 0


def add(speaker: Speaker, name: str, auth: str, *, from_stdin: bool) -> None:
    """Write `name` with a password that is asked for into the file of users; raises Unusable."""
    _require_parts()
    from msglint.app.portal import users
    from msglint.loop.model import Misread

    file = Path(auth)
    try:
        known = file.read_bytes().decode("utf-8-sig", "replace") if file.exists() else ""
        users.name_of(name)
        made = users.added(known, name, _password(speaker, from_stdin=from_stdin))
        _put(file, made.encode(), users.MODE)
    except Misread as misread:
        raise Unusable(*misread.text) from misread
    except OSError as error:
        why = reason(error)
        raise Unusable(f"{file} を使えません。{why.ja}", f"Cannot use {file}. {why.en}") from error
    speaker.note(Text(f"{file} に {name} を書きました。", f"Wrote {name} into {file}."))


def _put(file: Path, content: bytes, mode: int) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT, mode))  # closed to others before anything stands in it
    write_named(file, content)


def _password(speaker: Speaker, *, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Unusable(
            "端末で実行していないため尋ねられません。--password-stdin を付けて標準入力で渡してください。",
            "This is no terminal to ask on. Add --password-stdin and give it on standard input.",
        )
    asked = Text("パスワード", "Password").in_(speaker.language)
    again = Text("もう一度", "Once more").in_(speaker.language)
    first: str = click.prompt(asked, hide_input=True, err=True)
    if click.prompt(again, hide_input=True, err=True) != first:
        raise Unusable("2回の入力が違います。", "The two differ.")
    return first


def _require_parts() -> None:
    from importlib.util import find_spec

    lacking = next((part for part in _PARTS if find_spec(part) is None), None)
    if lacking is not None:
        raise Unusable(
            f"ポータルには追加の部品が要ります({lacking})。pip install 'msglint[portal]' を実行してください。",
            f"The portal needs more to be installed ({lacking}). Run pip install 'msglint[portal]'.",
        )


def _proxies(call: Call) -> frozenset[str]:
    try:
        return frozenset(str(ipaddress.ip_address(address)) for address in call.proxy)
    except ValueError as error:
        raise Unusable(
            f"--proxy にはIPアドレスを書いてください(例: 10.0.0.2)。{', '.join(call.proxy)} は使えません。",
            f"--proxy takes an IP address (such as 10.0.0.2), not {', '.join(call.proxy)}.",
        ) from error


def _gate(call: Call) -> Gate:
    """Return how it is known who somebody is; raises Unusable where that is not enough for the address."""
    from msglint.app.portal import Local, Proxied

    if call.auth is not None and call.trust_header is not None:
        raise Unusable(
            "--auth と --trust-header は、どちらか1つにしてください。",
            "Give either --auth or --trust-header, not both.",
        )
    if call.trust_header is not None:
        if not call.proxy or not _HEADER.fullmatch(call.trust_header):
            raise Unusable(
                "--trust-header には、プロキシが付けるヘッダーの名前と、--proxy でそのプロキシのアドレスが要ります。",
                "--trust-header needs the name of a header, and with --proxy the address of the proxy that sets it.",
            )
        return Proxied(call.trust_header.lower())
    if call.auth is not None:
        return _passwords(Path(call.auth))
    if not _loopback(call.host):
        raise Unusable(
            f"--host {call.host} はほかのパソコンからも開けるため、--auth か --trust-header が要ります。",
            f"--host {call.host} can be opened from other machines, so it needs --auth or --trust-header.",
        )
    return Local(_whoever())


def _passwords(file: Path) -> Gate:
    from msglint.app.portal import Passwords, users
    from msglint.loop.model import Misread

    try:
        users.users(file)
    except Misread as misread:
        raise Unusable(*misread.text) from misread
    except OSError as error:
        raise Unusable(
            f"利用者のファイル {file} を読めません。{reason(error).ja}msglint serve add-user で作れます。",
            f"Cannot read the file of users {file}. {reason(error).en} msglint serve add-user makes one.",
        ) from error
    return Passwords(file)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _whoever() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "user"


def _settings(loop: Loop, call: Call, gate: Gate, proxies: frozenset[str], speaker: Speaker) -> Settings:
    from msglint.app.cli.holdings import holdings
    from msglint.app.cli.looks import looks
    from msglint.app.portal import Settings, sessions
    from msglint.loop.store import file_url

    folder, kept = Path(call.sheets).resolve(), Path(str(file_url(loop.project.ground.root).database)).parent
    try:
        secret = sessions.secret(kept)
    except OSError as error:
        why = reason(error)
        raise Unusable(f"{kept} を使えません。{why.ja}", f"Cannot use {kept}. {why.en}") from error
    return Settings(
        guide=loop.project.guide,
        folder=folder,
        look=looks(loop.project)[""],
        engine=loop.engine,
        zone=loop.zone,
        clock=loop.clock(),
        secret=secret,
        gate=gate,
        now=_now(loop),
        holdings=lambda: holdings(loop.project, folder),
        language=speaker.language,
        proxies=proxies,
    )


def _now(loop: Loop) -> Callable[[], datetime]:
    if os.environ.get(TODAY):
        return lambda: loop.now
    return lambda: datetime.now(UTC).replace(microsecond=0)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Give the socket that requests come to; raises Unusable, in one line, where there can be none."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise _no_socket(host, port, error) from error
    with listening:
        yield listening


def _no_socket(host: str, port: int, error: OSError) -> Unusable:
    if error.errno == errno.EADDRINUSE:
        return Unusable(
            f"ポート {port} はすでに使われています。--port で別の番号を指定してください。",
            f"The port {port} is in use. Choose another with --port.",
        )
    if error.errno == errno.EACCES:
        return Unusable(
            f"ポート {port} を使う権限がありません。--port で1024以上を指定してください。",
            f"No permission to use the port {port}. Choose one from 1024 with --port.",
        )
    why = error.strerror or str(error)
    return Unusable(f"{host} で待ち受けられません({why})。", f"Cannot listen on {host} ({why}).")


def _greet(speaker: Speaker, call: Call, listening: socket.socket, settings: Settings) -> None:
    from msglint.app.portal import Local
    from msglint.sheet.manifest import NAME

    shown = f"[{call.host}]" if ":" in call.host else call.host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    speaker.note(Text(f"{address} で開けます。Ctrl-C で止まります。", f"Open {address} in a browser. Ctrl-C stops it."))
    if not isinstance(settings.gate, Local) and not settings.proxies:
        speaker.note(
            Text(
                "通信は暗号化されません。パスワードが流れるので、TLSのプロキシを前に置いてください(--proxy)。",
                "Traffic is not encrypted, passwords included: put a proxy with TLS in front (--proxy).",
            )
        )
    if not (settings.folder / NAME).is_file():
        speaker.note(
            Text(
                f"{call.sheets} にシートがまだありません。msglint sheet で作れます。",
                f"There are no sheets in {call.sheets} yet. msglint sheet makes them.",
            )
        )


def _serve(application: object, listening: socket.socket, speaker: Speaker) -> None:
    """Answer requests until a signal; those that are being answered then are finished."""
    import uvicorn

    logging.getLogger("msglint.portal").setLevel(logging.DEBUG if speaker.verbose else logging.WARNING)
    config = uvicorn.Config(
        application,  # type: ignore[arg-type]
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=_GRACE,
    )
    stopped = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # the signal that stopped the server, which has said good-bye to everybody
    finally:
        signal.signal(signal.SIGTERM, stopped)
