"""Asks git what articles are at HEAD, whatever their files have become since."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msglint.app.cli.files import Article


def committed(root: Path, articles: Collection[Article]) -> dict[str, frozenset[str]]:
    """Return the SHA-256 of each article at HEAD, else of its file, by the path that the guide sees.

    One at HEAD has two, since git may have written its line ends as CRLF; one that cannot be read has none.
    """
    listed = list(articles)
    found = {}
    for article, content in zip(listed, _at_head(root, listed), strict=True):
        versions = _file(article) if content is None else _checked_out(content)
        found[article.guide_path] = frozenset(hashlib.sha256(version).hexdigest() for version in versions)
    return found


def _file(article: Article) -> tuple[bytes, ...]:
    try:
        return (article.read().content,)
    except OSError:
        return ()


def _checked_out(content: bytes) -> tuple[bytes, ...]:
    return content, content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _at_head(root: Path, articles: Sequence[Article]) -> Iterator[bytes | None]:
    """Yield the content of each article at HEAD; None for one that git does not have."""
    paths = [os.path.relpath(article.file, root).replace(os.sep, "/") for article in articles]
    asked = b"".join(b"HEAD:./" + os.fsencode(path).replace(b"\n", b"?") + b"\n" for path in paths)
    told = io.BytesIO(_git(root, asked) if paths else b"")
    for _ in paths:
        *_, kind, size = (b"", b"", *told.readline().split())
        content = told.read(int(size) + 1)[:-1] if size.isdigit() else None
        yield content if kind == b"blob" else None


def _git(root: Path, asked: bytes) -> bytes:
    command = ["git", "-C", str(root), "cat-file", "--batch"]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, check=False)
    except OSError:
        return b""
    return b"" if done.returncode else done.stdout
