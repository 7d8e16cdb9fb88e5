"""Bytes of an export → text: BOM, UTF-8, then what Excel writes in Japan."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from msglint.loop.model import Misread

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_UNASSIGNED = re.compile("[\x80-\x9f\uf8f0-\uf8f3]")  # what Python makes of bytes that no CP932 text has
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|meta|table)\b", re.IGNORECASE)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Decoded(NamedTuple):
    """The text of a file and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded:
    """Return the text; raises Misread for Excel workbooks, web pages, other binary files and unknown encodings.

    The encoding is that of the BOM, else UTF-8, else CP932: Shift_JIS proper fails on ①, ㈱ and 髙.
    """
    if content.startswith((_ZIP, _OLE)):
        raise Misread(
            "Excelのファイルです。「名前を付けて保存」で CSV UTF-8 を選んで保存し直してください。",
            "This is an Excel workbook. Save it as CSV UTF-8.",
        )
    if _PAGE.match(content):
        raise Misread(
            "CSVではなく、Webページ(HTML)です。ログインし直してから、CSVとして書き出してください。",
            "This is a web page (HTML), no CSV. Log in again and export it as CSV.",
        )
    for mark, codec, name in _MARKED:
        if content.startswith(mark):
            return Decoded(_strict(content, codec, name), name)
    try:
        decoded = Decoded(content.decode(), "UTF-8")
    except UnicodeDecodeError as error:
        try:
            decoded = Decoded(content.decode("cp932"), "CP932")
        except UnicodeDecodeError:
            raise _unreadable(error, "UTF-8, CP932") from None
        if _UNASSIGNED.search(decoded.text):
            raise _unreadable(error, "UTF-8, CP932") from None
    if "\0" in decoded.text:
        raise Misread(
            "テキストではないバイト(NUL)があります。CSVとして保存し直してください。",
            "It contains NUL bytes. Save it again as CSV.",
        )
    return decoded


def _strict(content: bytes, codec: str, name: str) -> str:
    try:
        return content.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _unreadable(error, name) from None


def _unreadable(error: UnicodeDecodeError, name: str) -> Misread:
    line = error.object[: error.start].count(b"\n") + 1
    return Misread(
        f"{line}行目に {name} として読めない文字があります。CSV UTF-8 で保存し直してください。",
        f"Line {line} cannot be read as {name}. Save the file again as CSV UTF-8.",
    )
