"""`msglint lsp`: the language server for editors."""

from __future__ import annotations

import click

from msglint.app.cli import options
from msglint.app.cli.speech import Command, Speaker
from msglint.app.cli.unusable import Unusable
from msglint.model import Text


@click.command(
    "lsp",
    cls=Command,
    about=Text(
        "エディターのための言語サーバーです。標準入出力で話すので、エディターの設定に msglint lsp と書いて使います。\n"
        "書いている記事の指摘を波線で示し、修正の案を出し、用語と数値の上ではガイドの内容を見せます。",
        "The language server for editors. It speaks on standard input and output: name msglint lsp in the editor's "
        "settings.\n"
        "It marks what is wrong while one writes, offers repairs, and shows what the guide says of terms and figures.",
    ),
)
@options.common
@click.pass_obj
def lsp(speaker: Speaker) -> int:
    """Serve until the editor ends it, and return 0; raises Unusable without pygls."""
    from importlib.util import find_spec

    if find_spec("pygls") is None:
        raise Unusable(
            "言語サーバーには追加の部品が要ります(pygls)。pip install 'msglint[lsp]' を実行してください。",
            "The language server needs more to be installed (pygls). Run pip install 'msglint[lsp]'.",
        )
    from msglint.app.editor.server import Server

    Server(speaker).start()
    return 0
