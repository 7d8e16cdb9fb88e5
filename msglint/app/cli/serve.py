"""`msglint serve`: the portal where sales finds, downloads and rates the sheets; and who may log in to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import click

from msglint.app.cli import options
from msglint.app.cli.speech import Active, Command, Speaker
from msglint.app.cli.unusable import Unusable
from msglint.model import Text

PORT = 8765
_MEMBERS = {
    "add-user": (
        f"{__name__}:add_user",
        Text("ログインできる人を加えます。", "Add somebody who may log in."),
    )
}


@dataclass(frozen=True, slots=True)
class Call:
    """The options of one call."""

    guide: str | None
    sheets: str
    host: str
    port: int
    auth: str | None
    trust_header: str | None
    proxy: tuple[str, ...]


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= 65535):
        raise Unusable(
            f"--port に {value} は使えません。0〜65535の数を指定してください。",
            f"--port cannot be {value}. Give a number from 0 to 65535.",
        )
    return int(value)


@click.command(
    "serve",
    cls=Active,
    members=_MEMBERS,
    about=Text(
        "営業がシートを探し、ダウンロードし、使った結果を送る画面(ポータル)を開きます。Ctrl-C で止まります。\n"
        "既定ではこのパソコンだけから開けます。ほかからも開けるようにするには、--auth で利用者のファイルを指定するか、"
        "--trust-header と --proxy で、利用者を確かめるプロキシを指定します。\n"
        "利用者のファイルは msglint serve add-user で作ります。"
        "通信は暗号化されないため、社内でもTLSのプロキシを前に置いてください。",
        "Serves the portal where sales finds and downloads the sheets and says how they did. Ctrl-C stops it.\n"
        "Only this machine can open it, unless --auth names a file of users, or --trust-header and --proxy name "
        "a proxy that knows who somebody is.\n"
        "msglint serve add-user makes the file of users. Traffic is not encrypted: put a proxy with TLS in front.",
    ),
)
@options.guide
@options.option(
    "--sheets",
    metavar="DIR",
    default="dist",
    about=Text(
        "msglint sheet がシートを置いたフォルダーです(既定: dist)。",
        "The folder where msglint sheet put the sheets (default: dist).",
    ),
)
@options.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    about=Text("待ち受けるアドレスです(既定: 127.0.0.1)。", "The address to listen on (default: 127.0.0.1)."),
)
@options.option(
    "--port",
    type=_port,
    metavar="N",
    default=str(PORT),
    about=Text(f"待ち受けるポートです(既定: {PORT})。", f"The port to listen on (default: {PORT})."),
)
@options.option(
    "--auth",
    metavar="FILE",
    about=Text("このファイルの利用者にログインを求めます。", "Ask for a login by the users of this file."),
)
@options.option(
    "--trust-header",
    metavar="NAME",
    about=Text(
        "プロキシが付けるこのヘッダー(X-Forwarded-User など)を利用者の名前とします。--proxy と合わせて使います。",
        "Take this header (such as X-Forwarded-User) of the proxy for the user's name. Needs --proxy.",
    ),
)
@options.option(
    "--proxy",
    metavar="ADDRESS",
    multiple=True,
    about=Text(
        "信頼するプロキシのIPアドレスです。繰り返せます。",
        "The IP address of a proxy that is trusted. May be repeated.",
    ),
)
@options.common
@click.pass_context
def serve(ctx: click.Context, /, **given: Any) -> int:
    """Serve until somebody stops it, and return 0; do nothing for the members."""
    if ctx.invoked_subcommand is not None:
        return 0
    from msglint.app.cli.serving import run

    return run(ctx.ensure_object(Speaker), Call(**given))


@click.command(
    "add-user",
    cls=Command,
    about=Text(
        "NAME のパスワードを尋ね、そのハッシュ(argon2)を利用者のファイルに書きます。"
        "すでにいる人は、パスワードが変わります。\n"
        "NAME をCRMの担当者名と同じにすると、その人の商談が先に並びます。やめた人は、ファイルからその行を消します。",
        "Asks for the password of NAME and writes its hash (argon2) into the file of users. "
        "Somebody who is there gets the new password.\n"
        "With NAME as the CRM has the owner, that person's deals come first. Who has left is a line to delete.",
    ),
)
@click.argument("name", metavar="NAME")
@options.option(
    "--auth",
    metavar="FILE",
    default=".msglint/users",
    about=Text("利用者のファイルです(既定: .msglint/users)。", "The file of users (default: .msglint/users)."),
)
@options.option(
    "--password-stdin",
    is_flag=True,
    about=Text("パスワードを標準入力の1行目から読みます。", "Read the password from the first line of standard input."),
)
@options.common
@click.pass_obj
def add_user(speaker: Speaker, name: str, auth: str, password_stdin: bool) -> int:
    """Add `name` to the users and return 0; raises Unusable."""
    from msglint.app.cli.serving import add

    add(speaker, name, auth, from_stdin=password_stdin)
    return 0
