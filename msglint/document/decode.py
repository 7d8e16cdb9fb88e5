"""Bytes → text, or a clear word about what they are instead."""

from __future__ import annotations

import codecs

from msglint.expression import expression
from msglint.model import InputInvalid, Lines, Problem, Source, Text

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_LEGACY = (("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"))
_ISO_2022_JP = expression(r"\x1b\$[@B]")
_JAPANESE = expression(r"[ぁ-ゖァ-ヺー一-鿿、。「」]")
_DOUBTFUL = expression(r"[\ufffd\uff61-\uff9f\ue000-\uf8ff]")
_SAMPLE = 100_000


def decode(source: Source) -> tuple[str, bool]:
    """Return the text without its BOM, and whether it had one.

    Raises InputInvalid, with the place of the first bad byte, when the bytes are not UTF-8 text.
    """
    bom = source.content.startswith(codecs.BOM_UTF8)
    content = source.content[len(codecs.BOM_UTF8) :] if bom else source.content
    if named := next((name for mark, name in _WIDE_BOMS if content.startswith(mark)), None):
        raise _invalid(source, "", 0, _encoded(named))
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        message = _BINARY if b"\0" in content else _encoded(_likely(content))
        raise _invalid(source, before, len(before), message) from None
    if (at := text.find("\0")) >= 0:
        raise _invalid(source, text, at, _BINARY)
    if match := _ISO_2022_JP.search(text):
        raise _invalid(source, text, match.start(), _encoded("ISO-2022-JP"))
    return text, bom


def _likely(content: bytes) -> str | None:
    """Name the encoding that reads as most Japanese; None when it is UTF-8 with damage, or nothing known."""
    scores: dict[str | None, int] = {None: _score(content.decode("utf-8", "replace"))}
    for codec, name in _LEGACY:
        try:
            scores[name] = _score(content.decode(codec))
        except UnicodeDecodeError:
            continue
    return max(scores, key=lambda name: scores[name])


def _score(text: str) -> int:
    sample = text[:_SAMPLE]
    return len(_JAPANESE.findall(sample)) - 2 * len(_DOUBTFUL.findall(sample))


def _invalid(source: Source, text: str, at: int, message: Text) -> InputInvalid:
    place = Lines(text).position(at)
    return InputInvalid(Problem(source.path, place.line, place.column, message))


_BINARY = Text(
    "テキストファイルではありません(文字ではないバイト NUL が含まれています)。Markdown の記事を指定してください。",
    "not a text file (it contains NUL bytes); name a Markdown article",
)


def _encoded(name: str | None) -> Text:
    if name is None:
        return Text(
            "UTF-8 として読めない文字があります。ここから先が壊れていないか確かめ、UTF-8 で保存し直してください。",
            "not valid UTF-8 from here on; the file may be damaged: save it again as UTF-8",
        )
    return Text(
        f"文字コードが UTF-8 ではありません({name} のようです)。エディターで UTF-8 を選んで保存し直してください。",
        f"not UTF-8 (it looks like {name}); save the file as UTF-8",
    )
