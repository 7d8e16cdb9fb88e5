"""Bytes become text: UTF-8 only, with a word on what the bytes seem to be when they are not."""

from __future__ import annotations

import re

from msglint.model import InputInvalid, Lines, Problem, Source, Text

_KANA = re.compile("[ぁ-んァ-ヶー]")
_BOM = b"\xef\xbb\xbf"


def text_of(source: Source) -> str:
    """Return the text of `source` without its BOM; raises InputInvalid, at the first wrong byte, if it is not UTF-8."""
    content = source.content.removeprefix(_BOM)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as e:
        before = content[: e.start].decode("utf-8")
        at = Lines(before).position(len(before))
        likely = _likely(content)
        seems_ja, seems_en = (
            (f"{likely}で保存されているようです。", f" It seems to be {likely}.") if likely else ("", "")
        )
        message = Text(
            f"UTF-8として読めません({len(source.content) - len(content) + e.start + 1}バイト目)。{seems_ja}"
            "UTF-8で保存し直してください。",
            f"Not UTF-8 (byte {len(source.content) - len(content) + e.start + 1}).{seems_en} Save it as UTF-8.",
        )
        raise InputInvalid(Problem(source.path, at.line, at.column, message)) from None


def _likely(content: bytes) -> str | None:
    """Name the encoding of Japanese text: the one that makes the most kana of the bytes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    kana = {}
    for name, codec in (("EUC-JP", "euc_jp"), ("Shift_JIS(CP932)", "cp932")):
        try:
            kana[name] = len(_KANA.findall(content.decode(codec)))
        except UnicodeDecodeError:
            continue
    best = max(kana, key=lambda name: kana[name], default=None)
    return best if best and kana[best] else None
