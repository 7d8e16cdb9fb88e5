"""Numbers as Japanese writes them: １２，０００, 1万2,000, 3億5千万, 百二十, 三七・二."""

from __future__ import annotations

import re
from decimal import Decimal

from msglint.expression import expression

DIGITS = "〇一二三四五六七八九"
KANJI = DIGITS + "十百千万億兆"

_SMALL = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_LARGE = {"万": Decimal(10**4), "億": Decimal(10**8), "兆": Decimal(10**12)}
_UNLIMITED = Decimal("Infinity")
_LONGEST = 24

_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_SCALE = r"(?:[百千]?[万億兆]|[百千])"
NUMBER = (
    rf"(?:[0-9]+・[0-9](?=%)"
    rf"|{_ARABIC}{_SCALE}?(?:(?<=[百千万億兆]){_ARABIC}{_SCALE}?)*"
    rf"|[{KANJI}]+(?:・[{DIGITS}]+)?)"
)
"""Pattern of a number in narrow text; `value` says whether what it matched is one."""

_TOKEN = expression(rf"(?P<arabic>[0-9][0-9,]*(?:[.・][0-9]+)?)|(?P<kanji>[{DIGITS}]+(?:・[{DIGITS}]+)?)|(?P<scale>.)")
_MANTISSA = expression(rf"([0-9.,]+|[{DIGITS}])([百千万億兆]+)")

_NARROW = {
    **{chr(0xFEE0 + code): chr(code) for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))},
    **dict(zip("．，％＋－−／：＝＃＄￥（）［］＿　\u00a0\t", ".,%+--/:=#$¥()[]_   ", strict=True)),
    **dict.fromkeys("～~∼", "〜"),
    **dict.fromkeys("○◯零", "〇"),
    **dict.fromkeys("‐‑", "-"),
}
_WIDE = expression(f"[{re.escape(''.join(_NARROW))}]")
_TO_ARABIC = str.maketrans(DIGITS + "・", "0123456789.", ",")


def narrow(text: str) -> str:
    """Return `text` with digits, letters and signs in one width and spelling, every character in its place."""
    return _WIDE.sub(lambda found: _NARROW[found.group()], text)


def value(number: str) -> Decimal | None:
    """Return the value of what NUMBER matched, or None when it is no definite number (万, 二三, 〇〇, 007)."""
    if number.isascii():
        return _plain(number.replace(",", ""))
    total = section = Decimal(0)
    small = large = _UNLIMITED
    pending: Decimal | None = None
    for token in _TOKEN.finditer(number):
        text = token.group()
        if (scale := _SMALL.get(text)) is not None:
            if scale >= small:
                return None
            small, section, pending = scale, section + (1 if pending is None else pending) * scale, None
        elif (scale := _LARGE.get(text)) is not None:
            section += pending or 0
            if scale >= large or not section:
                return None
            small, large, total, section, pending = _UNLIMITED, scale, total + section * scale, Decimal(0), None
        elif token.lastgroup == "scale":
            return None
        else:
            one_digit = number[token.end() : token.end() + 1] in _SMALL
            pending = _positional(text, one_digit) if token.lastgroup == "kanji" else _plain(text.translate(_TO_ARABIC))
            if pending is None or pending >= small:
                return None
    rest = section + (pending or 0)
    return None if rest >= large else total + rest


def shared_scale(low: str, high: str) -> Decimal:
    """Return what `low` has to be multiplied by in a range such as 2〜3万 (10000), where it leaves out 万."""
    mantissa = _MANTISSA.fullmatch(high)
    if mantissa is None or low[-1] in _SMALL or low[-1] in _LARGE:
        return Decimal(1)
    first, second, whole = value(low), value(mantissa[1]), value(high)
    if first is None or second is None or whole is None or first >= second:
        return Decimal(1)
    return whole / second


def _plain(digits: str) -> Decimal | None:
    if len(digits) > _LONGEST or (digits[0] == "0" and digits[1:2] not in ("", ".")):
        return None
    return Decimal(digits)


def _positional(digits: str, one_digit: bool) -> Decimal | None:
    """Read 二〇二三 and 三七・二, but not 二三 (two or three) and not 〇〇 (a blank to be filled in)."""
    plain = digits.translate(_TO_ARABIC)
    if len(plain) > 1 and (one_digit or (len(plain) == 2 and int(plain[1]) == int(plain[0]) + 1)):
        return None
    return _plain(plain) if plain.strip("0") else None
