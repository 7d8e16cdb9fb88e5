"""Writes what a command made: to a stream that may close or know few characters, or to a file as a whole."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

from msglint.app.cli.unusable import Unusable, reason


def write_stream(stream: TextIO, text: str) -> None:
    """Print `text`; a reader that has gone away (`| head`) is no error, a full disk raises Unusable."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as error:
        _silence(stream)
        raise Unusable(
            f"出力を書けません。{reason(error).ja}", f"Cannot write the output. {reason(error).en}"
        ) from error


def print_text(text: str) -> None:
    """Print what a person reads on standard output."""
    write_stream(sys.stdout, text)


def print_data(text: str) -> None:
    """Print what a program reads on standard output: always UTF-8, line ends as they are."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    write_stream(sys.stdout, text)


def make_speakable(stream: TextIO) -> None:
    """Let `stream` take any text: what it cannot write becomes "?", and one without Japanese turns to UTF-8."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    try:
        "あ".encode(stream.encoding)
        stream.reconfigure(errors="replace")
    except UnicodeEncodeError:
        stream.reconfigure(encoding="utf-8", errors="replace")


def _silence(stream: TextIO) -> None:
    """Send what is still to come nowhere, so that Python's own flush at the end says nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def require_folder(path: str | None) -> None:
    """Raise Unusable, before any work is done, when no file can be written at `path` (None: none is to be)."""
    if path is None:
        return
    if Path(path).is_dir():
        raise Unusable(f"{path} はフォルダーなので書けません。", f"Cannot write {path}: it is a folder.")
    if not Path(path).parent.is_dir():
        raise Unusable(
            f"{path} を書けません。{Path(path).parent} というフォルダーがありません。",
            f"Cannot write {path}: there is no folder {Path(path).parent}.",
        )


def write_named(path: Path, content: bytes) -> None:
    """Put `content` at `path` as `write_file` does; raises Unusable."""
    try:
        write_file(path, content)
    except OSError as error:
        raise Unusable(
            f"{path} を書けません。{reason(error).ja}", f"Cannot write {path}. {reason(error).en}"
        ) from error


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole or not at all, with the mode of the file that was there.

    A link stays a link; a device or pipe is written into. Raises OSError.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
