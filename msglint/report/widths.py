"""How much room text takes on a terminal: full-width 2 columns, combining 0, ambiguous 1.

Own code because the library for it, wcwidth, costs as much to import as the rest of a small check.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

_EMOJI_STYLE, _JOINER, _SOFT_HYPHEN = "\ufe0f", "\u200d", "\xad"
_UNSHOWABLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_OPENING = r"(\[{「『（［｛〈《【〔“‘"
_CLOSING = r")\]}」』）］｝〉》】〕”’、。，．,.：；:;！？!?・…‥ー～々%％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
_JOINED = "(?:[\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]|(?<=\u200d)\\S)*"
_WORD = "(?:(?![(\\[{])[!-~])+|[\U0001f1e6-\U0001f1ff]{2}|\\S"
_CHUNK = re.compile(rf"\s+|[{_OPENING}]*(?:{_WORD}){_JOINED}[{_CLOSING}]*")
_LINE_END = re.compile("\r\n?|\n")


class Cell(NamedTuple):
    """What a terminal draws as one character: its text, its columns, and its offset in the whole."""

    text: str
    columns: int
    start: int


def shown(text: str) -> str:
    """Put visible signs in the place of what would move the cursor or turn the text's direction, one for one."""
    return _UNSHOWABLE.sub(lambda m: _picture(m.group()), text)


def _picture(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "\ufffd"


def cells(text: str) -> list[Cell]:
    """Cut `text` where a terminal's characters begin; a tab is one column here."""
    if _is_even(text):
        return [Cell(character, _WIDTHS[character], at) for at, character in enumerate(text)]
    made: list[Cell] = []
    for at, character in enumerate(text):
        last = made[-1] if made else None
        if last and _continues(last, character):
            columns = 2 if character == _EMOJI_STYLE or _is_flag(character) else last.columns
            made[-1] = Cell(last.text + character, columns, last.start)
        else:
            made.append(Cell(character, _WIDTHS[character], at))
    return made


def _is_even(text: str) -> bool:
    """Whether each character is drawn by itself: nothing combines, and there are no emoji, of which several may."""
    return not text or (max(text) < "\U0001f000" and 0 not in map(_WIDTHS.__getitem__, text))


@functools.lru_cache(maxsize=4096)
def columns(text: str) -> int:
    """Return the columns that `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_WIDTHS.__getitem__, text)) if _is_even(text) else sum(cell.columns for cell in cells(text))


def pad(text: str, to: int) -> str:
    """Fill `text` with blanks on its right, `to` columns wide."""
    return text + " " * (to - columns(text))


class _Widths(dict[str, int]):
    """The columns that characters take, each asked for once."""

    def __missing__(self, character: str) -> int:
        joins = unicodedata.category(character) in ("Mn", "Me", "Cf") and character != _SOFT_HYPHEN
        wide = unicodedata.east_asian_width(character) in "WF"
        self[character] = found = 0 if joins else 2 if wide else 1
        return found


_WIDTHS = _Widths()


def _continues(last: Cell, character: str) -> bool:
    if last.columns == 2 and (last.text.endswith(_JOINER) or "\U0001f3fb" <= character <= "\U0001f3ff"):
        return True
    if _is_flag(character):
        return len(last.text) == 1 and _is_flag(last.text)
    return _WIDTHS[character] == 0


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def fold(text: str, width: int) -> list[str]:
    """Break `text`, made `shown`, into lines of at most `width` columns, as Japanese is set.

    No 、 or 」 begins a line, no 「 ends one, and only a word wider than a whole line is cut. Blanks at a break are
    dropped; the line ends it has itself are kept.
    """
    return [line for paragraph in _LINE_END.split(text) for line in _fold(shown(paragraph.replace("\t", " ")), width)]


@functools.lru_cache(maxsize=1024)  # many diagnostics say the same
def _fold(text: str, width: int) -> tuple[str, ...]:
    if columns(text) <= width:
        return (text,)
    lines, line, room = list[str](), "", width
    for chunk in _CHUNK.findall(text):
        if columns(chunk) > room and line and not chunk.isspace():
            lines.append(line.rstrip())
            line, room = "", width
        for piece in [chunk] if columns(chunk) <= room else [c.text for c in cells(chunk)]:
            if columns(piece) > room:
                lines.append(line.rstrip())
                line, room = "", width
            if line or not piece.isspace() or not lines:
                line += piece
                room -= columns(piece)
    return (*lines, line.rstrip())
