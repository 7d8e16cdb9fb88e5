"""Numbers that name something and count nothing: dates, times, ordinals, versions, labels, idioms."""

from __future__ import annotations

import re

from msglint.analysis.figures import Figure
from msglint.analysis.marks import Surroundings
from msglint.analysis.numerals import KANJI
from msglint.expression import expression

_YEAR = "(?:19|20)[0-9]{2}"
_DAY = "[0-9]{1,2}[ ]?日"
_NAME = expression(
    rf"""[0-9]+(?:\.[0-9]+){{2,}}                                  # 1.2.3
    |[0-9]+(?:[/:×^][0-9]+)+                                       # 10/1, 9:30, 3×4
    |[0-9]+(?:-[0-9]+){{2,}} | 0[0-9]+(?:-[0-9]+)*                 # 2026-10-01, 03-1234-5678, 007
    |{_YEAR}-(?:0[1-9]|1[0-2])(?![0-9])
    |[0-9{KANJI}]+対[0-9{KANJI}]+
    |(?:(?:19|20)?[0-9]{{2}}[ ]?年[ ]?)?[0-9]{{1,2}}[ ]?月(?:[ ]?{_DAY}(?:[ ]?[〜・、-][ ]?{_DAY}(?!間))?)?
    |[0-9]{{1,2}}[ ]?時(?!間)(?:[ ]?[0-9]{{1,2}}[ ]?分|半)?
    |(?:{_YEAR}(?:[ ]?[〜、・-]|から))?{_YEAR}[ ]?年(?!間)[度代]?
    |{_YEAR}(?:[ ]?[〜、・-]|から)[0-9]{{2}}[ ]?年(?!間)[度代]?
    |24時間[、・]?(?:365日|年中|対応|体制|営業|稼働|受付|サポート|監視|いつでも)
    |(?P<twice>(?:[0-9]|[{KANJI}])[人つ社分度])(?:(?P=twice)|ひとり|ひとつ)
    |[0-9{KANJI}]+(?P<each>[社人名件つ台店])に[0-9{KANJI}]+(?P=each)   # 2社に1社
    """,
    re.VERBOSE,
)


def name_end(line: str, at: int) -> int:
    """Return where the name that begins at `at` of narrow text ends; `at` itself when none does."""
    found = _NAME.match(line, at)
    return found.end() if found else at


_COUNTED_NOUN = expression(r"(?![複無多少半])[一-龠ァ-ヴー]数\Z")
_ATTACHED = expression(
    rf"(?:[0-9{KANJI}何幾#@_№§〒×^!&'’\\]|[第§][ ]?|[0-9A-Za-z][/-]|[0-9][,:]|[0-9{KANJI}]・"
    r"|(?<![ぁ-んァ-ヶ一-龠])\.)\Z"
)
_APART = expression(r"[0-9][ ]\Z")
_LATIN = expression(r"[A-Za-z]\Z")
_ONE_WORD = expression(r"[唯統単同均随逐画択専純]\Z")
_TIMES = frozenset({"年", "年間", "日", "日間", "週間"})
_IS_ONE = expression(
    "(?:です|でし|である|であっ|だ(?:[。、」]|っ)|に(?:なり|なっ|なる|する|し[たてま]|延び|縮)|と(?![0-9半少一二三四五六七八九十])|かか|必要|、が)"
)
"""What makes 一年 a length of time: 検討期間は一年である."""
_ONE_COUNTS = expression(r"[%パポ割]|.+[間月日]\Z")
_TEN_MINUTES = expression(r"間|後|おき|ごと|ほど|くらい|ぐらい|以内|未満|弱|近く")
_HALVE = expression(r"[しすさ化]")
_UNIT_ALONE = expression(r"(?:\(|単位[:は ]{1,2})\Z")
_ERA = expression(r"(?:令和|平成|昭和|大正|明治|(?<![A-Za-z])[RHS])[ ]?\Z")
_DATE_BEFORE = expression(r"(?:(?<![かカヵヶケ箇])月の?|同|翌)[ ]?\Z")
_DATE_AFTER = expression(
    r"に(?!わた|渡|及|お|一|[0-9]|短|延|縮|分|達|上[っりる]|のぼ|増|減|抑|収ま|とどま|留ま|圧縮|改善|なっ(?!たら|て)|なり(?:ま|、))|から|まで|より前|以降|現在|時点|午|朝|夜|発売|開催|公開|\([月火水木金土日]"
)
_YEAR_AFTER = expression(r"に(?!わた|渡|及|お|一|[0-9])|[春夏秋冬上下]|前半|後半")
_NOUN = expression(r"(?:[一-龠々ァ-ヴーA-Za-z]\.?[ ]?|[0-9][ ]|[%&])\Z")
_LISTED = expression(r"[0-9](?:[ ]?(?:[、,・〜-]|と|から|または)[ ]?)\Z")
_MEASURED = expression(r"(?:スコア|指数|平均|合計|得点|NPS|計|値)[ ]?\Z")
_GOES_ON = expression(
    r"[一-龠々ァ-ヴーA-Za-z0-9_#@/:×^+=\\*&\ufffc-]|[ ][一-龠ァ-ヴーA-Za-z0-9\\]|[.)][ ]|\.[^\s]"
    r"|[ ]?(?:[、,・.]|と|から|または)[ ]?[0-9一二三四五六七八九]"
)
_SCALED = expression(r"[A-Za-z]|[ ][百千万億兆]")
_CLAUSE = expression(r"[0-9]+\.[0-9]+ (?![%パポ倍割円ドユ時分秒年かヶカ])")
_LABEL = expression(
    r"(?:フェーズ|ステップ|ステージ|ティア|レベル|バージョン|シナリオ|Day|Step|Phase|Tier|Level|Week)[ ]?\Z", re.I
)
_ITEM_NUMBER = expression(r"[.)、:](?!\Z)|[ ](?!\Z)")


def is_attached(line: str, start: int, read: Figure) -> bool:
    """Whether what stands directly before the number makes it part of something else: 第3, 数10, GPT-4, v1.2."""
    low = max(0, start - 3)
    if _ATTACHED.search(line, low, start):
        return True
    if line[start] in KANJI and _APART.search(line, low, start):
        return True
    if line[start - 1 : start] == "数":
        # 数十社 are some tens; 店舗数九千 tells how many.
        return line[start] in "十百千万億兆" or not _COUNTED_NOUN.search(line, low, start)
    if not _LATIN.search(line, low, start):
        return False
    return not read.known or read.spelling == "年" or (read.spelling.isascii() and read.spelling != "%")


def is_name(line: str, start: int, read: Figure, around: Surroundings) -> bool:
    """Whether the number read at `start` of narrow text is part of a name, an idiom or something indefinite."""
    if read.spelling == "つ" and read.high == 1 and not around.marks:
        return True
    if read.spelling == "分の" and line.endswith(("その", "この"), 0, start):
        return True  # その十分の一 is as much as it is a tenth of
    if line[start] in KANJI and _is_word(line, start, read, around):
        return True
    if read.unit in ("時間", "か月"):
        return _is_date(line, start, read, around)
    if line[start] in "$¥€":
        return bool(_SCALED.match(line, read.end))
    if read.known:
        return start == 0 and bool(_CLAUSE.match(line))
    return _is_label(line, start, read, around)


def _is_word(line: str, start: int, read: Figure, around: Surroundings) -> bool:
    """Whether a kanji numeral is no count: 一社 in 統一社内, 十分な, 二分する, （千円）, 千 without a bound."""
    low = max(0, start - 4)
    if not read.unit:
        return read.low < 10 or around.end == read.end or around.marks[-1] in ("about", "weak", "strong")
    if _UNIT_ALONE.search(line, low, start) and read.number[0] in "百千" and line[read.end : read.end + 1] in ("", ")"):
        return True
    if read.number == "一":
        said = read.spelling in _TIMES and _IS_ONE.match(line, read.end)
        return bool(_ONE_WORD.search(line, low, start)) or not (
            around.marks or said or _ONE_COUNTS.match(read.spelling)
        )
    if read.spelling == "分":
        ten = read.number == "十" and not _TEN_MINUTES.match(line, read.end) and "about" not in around.marks
        return ten or bool(_HALVE.match(line, read.end))
    return False


def _is_date(line: str, start: int, read: Figure, around: Surroundings) -> bool:
    low = max(0, start - 3)
    if read.spelling == "日":
        after = around.start == start and _DATE_AFTER.match(line, read.end)
        return bool(after or _DATE_BEFORE.search(line, low, start))
    if read.spelling != "年":
        return False
    if _ERA.search(line, low, start) or 1900 * 12 <= read.high <= 2100 * 12:
        return True
    return read.low == read.high and len(read.number) == 2 and bool(_YEAR_AFTER.match(line, read.end))


def _is_label(line: str, start: int, read: Figure, around: Surroundings) -> bool:
    """Whether a number without a known unit only tells one thing from others: ステップ3, (1), Office 365."""
    if around.role == "sample":
        return False
    if read.number.isdigit() and len(read.number) == 4 and 1900 <= int(read.number) <= 2100:
        return True
    noun = _NOUN.search(line, max(0, around.start - 3), around.start)
    if _LISTED.search(line, max(0, start - 6), start) or _LABEL.search(line, max(0, around.start - 8), around.start):
        return True
    if read.unit:
        return noun is not None and (noun.group()[0].isascii() or line[around.start - 1] == " ")
    if around.end == read.end and _GOES_ON.match(line, read.end):
        return True
    before, after = line[around.start - 1 : around.start], line[read.end : read.end + 1]
    if around.sign and (before or after):
        return True
    if after == ")" and line.find("(", max(0, start - 40), start) < 0:
        return True
    if before in ("", "\n") and _ITEM_NUMBER.match(line, read.end):
        return True
    if before and after and before in "([【「" and after in ")]】」":
        return True
    return noun is not None and not around.marks and not _MEASURED.search(line, max(0, start - 5), start)
