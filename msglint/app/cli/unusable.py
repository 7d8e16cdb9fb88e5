"""What the user gave and msglint cannot use, said in one clear line."""

from __future__ import annotations

from collections.abc import Sequence

from msglint.model import Text


class Unusable(Exception):
    """What the user gave cannot be used: one clear line, exit status 2."""

    def __init__(self, ja: str, en: str) -> None:
        self.text = Text(ja, en)
        super().__init__(en)


def nearest(name: str, known: Sequence[str]) -> Text:
    """Return a sentence that names the most similar of `known`, or an empty one."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1)
    return Text(f"{close[0]} のことですか。", f" Did you mean {close[0]}?") if close else Text("", "")


def reason(error: OSError) -> Text:
    """Return why a file could not be used."""
    match error:
        case FileNotFoundError():
            return Text("ファイルがありません。", "There is no such file.")
        case PermissionError():
            return Text("アクセスする権限がありません。", "Permission denied.")
        case IsADirectoryError():
            return Text("ファイルではなくフォルダーです。", "It is a folder, not a file.")
        case NotADirectoryError():
            return Text("パスの途中にフォルダーでないものがあります。", "A part of the path is not a folder.")
    said = error.strerror or type(error).__name__
    return Text(f"{said}。", f"{said}.")
