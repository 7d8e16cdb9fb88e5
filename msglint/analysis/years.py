"""Calendar years: 2023年, 2023年度, 令和5年, 二〇二三年, FY2023, 2023/10/01, （2023）."""

from __future__ import annotations

import re
from typing import NamedTuple

from msglint.analysis.numerals import DIGITS, KANJI, narrow, value
from msglint.expression import expression

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "S": 1925, "H": 1988, "R": 2018}
_FULL = f"(?:(?:19|20)[0-9]{{2}}|[一二][九〇][{DIGITS}]{{2}})"
_MONTH = "(?:0?[1-9]|1[0-2])"
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"

_SIGNAL = expression("[年12１２FfＦｆ](?:(?<=年)|[YyＹｙ]|[90９０][0-9０-９])")
_YEAR = expression(
    rf"""(?<![0-9A-Za-z,.{DIGITS}])(?:
    (?<=\()(?P<alone>{_FULL})(?=\))
    |(?P<era>令和|平成|昭和|大正|明治|[RHS](?=[0-9]))[ ]?(?P<nth>元|[0-9]{{1,2}}|[{KANJI}]{{1,3}})[ ]?年度?
    |FY[ ]?'?(?P<fiscal>{_FULL}|[0-9]{{2}})(?![0-9])
    |(?P<plain>{_FULL})[ ]?年(?![間代])度?
    |(?P<dated>{_FULL})(?=(?:/{_MONTH}(?:/{_DAY})?|-{_MONTH}(?:-{_DAY})?|\.{_MONTH}\.{_DAY})(?![-/.]?[0-9]|%))
    |(?P<first>{_FULL})(?=[ ]?(?:[〜/・、-]|から)[ ]?(?:{_FULL}|[0-9]{{2}})[ ]?年)
    |['’](?P<short>[0-9]{{2}})年度?
    )""",
    re.VERBOSE | re.IGNORECASE,
)


class YearMention(NamedTuple):
    """A calendar year named in a text: the range of its words, and the year."""

    start: int
    end: int
    year: int


def years(text: str) -> tuple[YearMention, ...]:
    """Return the calendar years named in `text`, in reading order (not durations: 3年, 20年間)."""
    if not _SIGNAL.search(text):
        return ()
    found = ((m, _year(m)) for m in _YEAR.finditer(narrow(text)))
    return tuple(YearMention(m.start(), m.end(), year) for m, year in found if year is not None)


def _year(found: re.Match[str]) -> int | None:
    if found["era"]:
        nth = 1 if found["nth"] == "元" else value(found["nth"])
        return None if nth is None else _ERAS[found["era"].upper()] + int(nth)
    digits = next(g for g in found.group("alone", "fiscal", "plain", "dated", "first", "short") if g)
    read = value(digits)
    if read is None or len(digits) == 4:
        return None if read is None else int(read)
    return int(read) + (2000 if read < 50 else 1900)
