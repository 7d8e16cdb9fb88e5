"""The single values of a guide: texts, choices, numbers, days, globs, regular expressions."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from msglint.guide.decode import Scalar, Unfit
from msglint.guide.literals import needles_of
from msglint.guide.page import BROKEN, Page, Read, nearest
from msglint.model import Severity, Text
from msglint.yamlnodes import Node

_ANY_SCALAR: Final = ["string", "number", "boolean"]
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_HOURS = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_NO_FILE_NAME = re.compile(r'[\s<>:"/\\|?*\x00-\x1f]|^\.|\.$')
_TEXT: Final = Text("文字列", "text")


def _filled(written: str) -> str:
    if not written.strip():
        raise Unfit
    return written


TEXT = Scalar(_TEXT, _filled, {"type": _ANY_SCALAR, "minLength": 1})
"""A text with something in it, as written: `010`, `2026-10` and `no` are texts too."""

REMARK = Scalar(_TEXT, str, {"type": _ANY_SCALAR})
"""A text that may be empty."""


def choice(*values: str) -> Scalar:
    """Return the kind that takes one of `values`."""

    def convert(written: str) -> str:
        if written in values:
            return written
        near = nearest(written, values)
        raise Unfit(Text(f"「{near}」の間違いではありませんか。", f"Did you mean `{near}`?") if near else Text("", ""))

    ja = "「" + "」「".join(values) + "」のどれか"
    en = " or ".join(f"`{value}`" for value in values) if len(values) < 3 else "one of " + ", ".join(values)
    return Scalar(Text(ja, en), convert, {"enum": list(values)})


_YES_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _flag(written: str) -> bool:
    if (value := _YES_NO.get(written.lower())) is None:
        raise Unfit
    return value


FLAG = Scalar(Text("trueかfalse", "true or false"), _flag, {"type": "boolean"})


def _level(written: str) -> Severity | str:
    if _YES_NO.get(written.lower()) is False:
        return "off"  # YAML 1.1 reads off as false, and so do editors that write it back
    try:
        return Severity(written)
    except ValueError:
        raise Unfit from None


LEVEL = Scalar(
    Text("error、warning、info、offのどれか", "error, warning, info or off"),
    _level,
    {"enum": [*(str(s) for s in Severity), "off", False]},
)


def _version(written: str) -> int:
    if written != "1":
        raise Unfit(Text("このmsglintが読める版は1だけです。", "Version 1 is the only one this msglint reads."))
    return 1


VERSION = Scalar(Text("「1」", "`1`"), _version, {"const": 1})


def number(
    low: Decimal | int | None = None, high: Decimal | int | None = None, *, whole: bool = False, unit: bool = False
) -> Scalar:
    """Return the kind that takes a number from `low` to `high` as written; `unit` when its unit has its own key."""
    ja, en = ("整数", "a whole number") if whole else ("数", "a number")
    ja = f"{low}から{high}までの{ja}" if high is not None else f"{low}以上の{ja}" if low is not None else ja
    en += f" from {low} to {high}" if high is not None else f", at least {low}" if low is not None else ""

    def convert(written: str) -> Decimal | int:
        if not _NUMBER.fullmatch(written):
            raise Unfit(_plainly(written, unit=unit, share=high == 1))
        value = Decimal(written)
        if (whole and value % 1) or (low is not None and value < low) or (high is not None and value > high):
            raise Unfit
        return int(value) if whole else value

    json: dict[str, Any] = {"type": "integer" if whole else "number"}
    json |= {name: float(b) for name, b in (("minimum", low), ("maximum", high)) if b is not None}
    return Scalar(Text(ja, en), convert, json)


def _plainly(written: str, *, unit: bool, share: bool) -> Text:
    """Say how a number with commas, full-width digits or its unit is to be written."""
    import unicodedata

    folded = unicodedata.normalize("NFKC", written)[:60].replace(",", "").replace("_", "")
    found = re.fullmatch(r"\s*([-+]?[0-9]+(?:\.[0-9]+)?)\s*(\D*)", folded)
    if not found:
        return Text("半角の数字だけで書いてください。", "Write digits only.")
    digits, rest = found.groups()
    if share and rest.strip() == "%":
        digits = f"{(Decimal(digits) / 100).normalize():f}"
    if rest and unit:
        ja = f"valueなどには「{digits}」とだけ書き、「{rest}」はunitに書いてください。"
        return Text(ja, f"Write only {digits}, and give `{rest}` as unit.")
    return Text(f"「{digits}」とだけ書いてください。", f"Write only {digits}.")


def _day(written: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            return date.fromisoformat(written)
    except ValueError:
        raise Unfit(Text("暦にない日付です。", "There is no such day.")) from None
    found = re.fullmatch(r"([0-9]{4})\D{1,2}([0-9]{1,2})\D{1,2}([0-9]{1,2})\D?", written)
    if not found:
        raise Unfit
    iso = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    raise Unfit(Text(f"「{iso}」の形で書いてください。", f"Write it in the form {iso}."))


DAY = Scalar(Text("日付(年-月-日)", "a day (YYYY-MM-DD)"), _day, {"type": "string", "format": "date"})


def _glob(written: str) -> str:
    from pathspec import GitIgnoreSpec

    _filled(written)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what `re` warns of in a glob is a class that gitignore does not have
            GitIgnoreSpec.from_lines([written])
    except (ValueError, re.error, Warning, RecursionError):
        raise Unfit from None
    return written


GLOB = Scalar(Text("gitignore形式のパターン", "a gitignore-style pattern"), _glob, {"type": "string", "minLength": 1})


def pattern_problem(pattern: str) -> Text | None:
    """Say why `pattern` is no regular expression for finding words, None when it is one."""
    if _is_plain(pattern):
        return None
    import regex

    try:
        empty = regex.compile(pattern).search("", timeout=1)
    except regex.error as e:
        return Text(f"正規表現として読めません({e})。", f"Not a regular expression: {e}.")
    except (RecursionError, OverflowError, MemoryError, TimeoutError, ValueError, LookupError):
        return Text("正規表現が複雑すぎます。", "The regular expression is too complex.")
    if empty:
        return Text("この正規表現は空の文字列にも一致します。", "This regular expression matches empty text.")
    return None


def _is_plain(pattern: str) -> bool:
    """Whether the standard library reads `pattern`, and all its matches have some text in them.

    What both libraries write alike `regex` reads then, too: to load it takes as long as to read a guide.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, Warning, RecursionError, OverflowError, MemoryError, ValueError):
        return False
    return bool(needles_of(pattern))


def _pattern(written: str) -> str:
    if problem := pattern_problem(_filled(written)):
        raise Unfit(problem)
    return written


PATTERN = Scalar(
    Text("正規表現", "a regular expression"), _pattern, {"type": "string", "format": "regex", "minLength": 1}
)


def _matching(pattern: str) -> Callable[[str], str]:
    def convert(written: str) -> str:
        if not re.fullmatch(pattern, written):
            raise Unfit
        return written

    return convert


_COLOR: Final = "#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
COLOR = Scalar(
    Text("「#0b5fa5」のような色", "a colour such as `#0b5fa5`"),
    _matching(_COLOR),
    {"type": "string", "pattern": f"^{_COLOR}$"},
)


def _hours(written: str) -> str:
    found = _HOURS.fullmatch(written)
    if not found or written[:5] >= written[6:] or written[6:] > "24:00":
        raise Unfit
    return written


HOURS = Scalar(Text("「09:00-18:00」のような時間帯", "hours such as `09:00-18:00`"), _hours, {"type": "string"})


def _zone(written: str) -> str:
    if written == "Asia/Tokyo":
        return written  # most guides' zone: not every check has to look for it on the machine
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(written)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = zoneinfo.available_timezones()
        if known:  # a machine without the time zone database cannot tell
            near = nearest(written, known)
            raise Unfit(
                Text(f"「{near}」の間違いではありませんか。", f"Did you mean `{near}`?") if near else Text("", "")
            ) from None
    return written


ZONE = Scalar(Text("「Asia/Tokyo」のようなタイムゾーン", "a time zone such as `Asia/Tokyo`"), _zone, {"type": "string"})


def _file_name(written: str) -> str:
    if not written or len(written) > 100 or _NO_FILE_NAME.search(written):
        raise Unfit(Text("ファイル名に使えない文字があります。", "It has characters that no file name can have."))
    return written


FILE_NAME = Scalar(Text("ファイル名になる文字列", "text that can be a file name"), _file_name, {"type": "string"})


class _File(Scalar):
    """A path relative to the file it is written in; read as one relative to the guide's folder."""

    def read(self, node: Node, page: Page) -> Read:
        """Return the path as seen from the guide."""
        import posixpath

        found = super().read(node, page)
        if found.value is BROKEN or not page.folder:
            return found
        return found._replace(value=posixpath.normpath(posixpath.join(page.folder, found.value)))


FILE = _File(Text("ファイルのパス", "a file's path"), _filled, {"type": "string", "minLength": 1})
