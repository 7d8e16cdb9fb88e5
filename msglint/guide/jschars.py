r"""Single characters and classes of a JavaScript regular expression, in the words of Python's `regex` module.

Classes are written out: JavaScript's \w, \d and \b know ASCII only, while its \s and its case folding know Unicode.
"""

from __future__ import annotations

import functools
import re

from msglint.guide import needles
from msglint.guide.needles import Needles
from msglint.model import Text

WORD = "0-9A-Z_a-z"
WORD_IN_ANY_CASE = WORD + "\u017f\u212a"
"""What \\w takes with the flag i: also the two characters beyond ASCII that fold to s and k."""
LINE_ENDS = r"\n\r\u2028\u2029"
ANY = r"[\x00-\U0010ffff]"
NONE = "(?!)"
_CLASSES = {
    "d": "0-9",
    "D": r"\x00-/:-\U0010ffff",
    "w": WORD,
    "W": r"\x00-/:-@\[-\^`{-\u017e\u0180-\u2129\u212b-\U0010ffff",
    "s": r"\t\n\x0b\x0c\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff",
    "S": r"\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff"
    r"\u3001-\ufefe\uff00-\U0010ffff",
}
_CONTROLS = {"t": "\t", "n": "\n", "v": "\x0b", "f": "\x0c", "r": "\r"}
_SYNTAX = frozenset("\\.^$*+?{}[]()|-&~#")
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_CODE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{0*([0-9a-fA-F]{1,6})\})")
_DIGIT = re.compile("[0-9]")
_CONTROL = re.compile(r"\\c([A-Za-z])")
_CLASS = re.compile(r"\\([dDwWsS])")
_PROPERTY = re.compile(r"\\[pP]\{\w+(?:=\w+)?\}", re.ASCII)


class JsRegexError(Exception):
    """A pattern that JavaScript itself refuses, or that Python cannot express; `at` counts from its first character."""

    def __init__(self, ja: str, en: str, at: int) -> None:
        self.message, self.at = Text(ja, en), at
        super().__init__(en)


def quoted(character: str) -> str:
    """Return one character as it is written in a Python pattern, inside a class or outside."""
    if character in _SYNTAX:
        return f"\\{character}"
    code = ord(character)
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in {0x2028, 0x2029, 0xFEFF}:
        return f"\\u{code:04x}"
    return character


def read_character(source: str, at: int) -> tuple[str, int]:
    """Return the one character that the escape at `at` stands for, and where the escape ends.

    Raises JsRegexError for an escape that JavaScript does not know.
    """
    if pair := _PAIR.match(source, at):
        return (bytes.fromhex(pair[1]) + bytes.fromhex(pair[2])).decode("utf-16-be"), pair.end()
    if (code := _CODE.match(source, at)) and (value := int(code[1] or code[2] or code[3], 16)) <= 0x10FFFF:
        return chr(value), code.end()
    if control := _CONTROL.match(source, at):
        return chr(ord(control[1]) % 32), control.end()
    following = source[at + 1 : at + 2]
    if following == "0" and not _DIGIT.match(source, at + 2):
        return "\0", at + 2
    if not following or (following.isascii() and following.isalnum() and following not in _CONTROLS):
        raise JsRegexError(
            f"「\\{following}」という書き方はJavaScriptの正規表現にありません。",
            f"JavaScript's regular expressions have no `\\{following}`.",
            at,
        )
    return _CONTROLS.get(following, following), at + 2


def read_shorthand(source: str, at: int, *, ignore_case: bool) -> tuple[str, int] | None:
    r"""Return the members that \d, \w, \s, \p{…} or an opposite at `at` stands for, and where it ends.

    Raises JsRegexError for a Unicode property that Python does not know.
    """
    if shorthand := _CLASS.match(source, at):
        members = _CLASSES[shorthand[1]]
        return members if ignore_case or shorthand[1] != "W" else f"{members}\u017f\u212a", shorthand.end()
    if not source.startswith(("\\p", "\\P"), at):
        return None
    found = _PROPERTY.match(source, at)
    if found and _is_known(found[0]):
        return found[0], found.end()
    written = found[0] if found else source[at : at + 2]
    raise JsRegexError(
        f"「{written}」はPythonの正規表現では表せません。",
        f"Python's regular expressions cannot express `{written}`.",
        at,
    )


@functools.cache
def _is_known(property_: str) -> bool:
    import regex

    try:
        regex.compile(property_)
    except regex.error:
        return False
    return True


def read_class(source: str, at: int, *, ignore_case: bool) -> tuple[str, Needles, int]:
    """Return the class that begins with the `[` at `at` as Python writes it, its needles, and where it ends.

    Raises JsRegexError.
    """
    start, negated = at, source.startswith("^", at + 1)
    at += 1 + negated
    written, members, simple = list[str](), list[str](), not negated
    while not source.startswith("]", at):
        first, at = _read_member(source, at, start, ignore_case)
        ranged = source.startswith("-", at) and not source.startswith("-]", at)
        if ranged:
            last, at = _read_member(source, at + 1, start, ignore_case)
            written.append(_range(first, last, at))
        else:
            written.append(first if len(first) > 1 else quoted(first))
            members.append(first)
        simple = simple and not ranged and len(first) == 1
    if not written:
        return ANY if negated else NONE, needles.UNKNOWN, at + 1
    known = needles.characters(members, ignore_case=ignore_case) if simple else needles.UNKNOWN
    return f"[{'^' if negated else ''}{''.join(written)}]", known, at + 1


def _read_member(source: str, at: int, start: int, ignore_case: bool) -> tuple[str, int]:
    """Return one character, or the members of a shorthand (always more than one character)."""
    if at >= len(source):
        raise JsRegexError("「[」が閉じていません。", "This `[` is never closed.", start)
    if source[at] != "\\":
        return source[at], at + 1
    if source.startswith("\\b", at):
        return "\b", at + 2
    return read_shorthand(source, at, ignore_case=ignore_case) or read_character(source, at)


def _range(first: str, last: str, at: int) -> str:
    if len(first) > 1 or len(last) > 1 or first > last:
        raise JsRegexError(
            "「[ ]」の中の範囲の両端が逆か、文字ではありません。",
            "A range in `[ ]` is out of order, or has no character for an end.",
            at,
        )
    return f"{quoted(first)}-{quoted(last)}"
