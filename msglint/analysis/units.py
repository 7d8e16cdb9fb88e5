"""The units that figures are counted in, their spellings, and what they convert to."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from msglint.analysis.numerals import KANJI, narrow, value
from msglint.expression import expression

_MONTH = "[かヶケヵカ箇個]月"

_CONVERTED: dict[str, tuple[tuple[int | Fraction, str], ...]] = {
    "%": ((1, "% パーセント ﾊﾟｰｾﾝﾄ ㌫ パーセンテージ"), (10, "割")),
    "ポイント": ((1, "ポイント ﾎﾟｲﾝﾄ ㌽ %ポイント パーセントポイント パーセンテージポイント pt pts %pt"),),
    "時間": (
        (1, "時間"),
        (24, "日 日間"),
        (168, "週 週間"),
        (Fraction(1, 60), "分 分間"),
        (Fraction(1, 3600), "秒 秒間"),
    ),
    "か月": ((1, f"{_MONTH} {_MONTH}間"), (12, "年 年間 [かヶケヵカ箇]年")),
    "円": ((1, "円"),),
    "ドル": ((1, "ドル 米ドル 米国ドル USD"),),
    "人": ((1, "人 名 名様"),),
    "店": ((1, "店 店舗"),),
    "か国": ((1, "[かヶケヵカ箇]国"),),
    "か所": ((1, "[かヶケヵカ箇個]所"),),
    "歳": ((1, "歳 才"),),
    "ページ": ((1, "ページ 頁"),),
    "文字": ((1, "文字 字"),),
    "PV": ((1, "PV"),),
    "平方メートル": ((1, "平方メートル 平方ﾒｰﾄﾙ 平米 ㎡ m² m2"),),
    "立方メートル": ((1, "立方メートル 立方ﾒｰﾄﾙ 立米 ㎥ m³ m3"),),
}
_PLAIN = (
    "倍 社 点 件 回 営業日 営業時間 台 本 枚 個 冊 校 団体 部署 部門 拠点 種類 項目 段階 つ 度 行 桁 列 票 席 戸 棟 "
    "世帯 箱 通 通り 問 組 言語 業種 業界 分野 要素 領域 工程 機能 製品 商品 指標 企業 事業所 自治体 都道府県 四半期 "
    "案件 商談 事例 記事 回答 坪 室 施設 泊 基 院 園 床 ℃ ユーロ UU MB GB TB KB ms kg km "
    "m cm mm g t L ml kW kWh MW Mbps Gbps 語 単語 部 袋 皿 軒 便 頭 羽 食 品目"
)
_AFTER_KANJI = (
    f"% パーセント ポイント 割 時間 分 分間 秒 秒間 日 日間 営業日 週間 {_MONTH} {_MONTH}間 年 年間 円 ドル 倍 "
    "社 人 名 件 点 回 台 本 枚 個 冊 店 店舗 校 施設 団体 部署 部門 拠点 種類 項目 段階 歳 "
    "[かヶケヵカ箇]国 ページ 文字 つ 品目 坪 世帯 言語 業種"
)

_NOT_BEFORE = {
    "割": "引|り|合|愛|烹|れ",
    "分": "[野類割岐散析母布子冊解担身裂化枝け位]|の[0-9一二三四五六七八九]",
    "日": "[本程記曜夜陰焼]|付|締|払|号",
    "週": "[刊報末間明]",
    "年": "[度次目代生比末初春夏秋冬号版齢表鑑賀始収俸功貢輪少長商明盤頭]",
    "時間": "違|割|帯",
    "人": "[月日時称前気格口材事員工件類脚力間物柄情権名数ひ々]",
    "名": "[称前詞義簿刺所産声誉門詮]|目的",
    "社": "[員会長内外名宅屋風史歴訓告是債殿寺用説]",
    "店": "[長員頭名]",
    "点": "[検字滅灯在火数描呼眼滴心線]",
    "件": "[名数]",
    "回": "[答線路転復帰避収覧顧想診送数]|り",
    "倍": "[数音]|速(?![いくか])",
    "台": "[数湾頭風帳詞紙車座]",
    "本": "[部社番人書当質文気格契来館音命屋土省国題論稿位木能願棚件体日社学]",
    "枚": "[挙数方]",
    "個": "[人別性体室々数]",
    "冊": "[子数]",
    "校": "[正閲長舎庭了歌則]",
    "字": "[幕数体句面形]",
    "度": "[合数外胆量々]",
    "行": "[動為政事使員程列間数]",
    "桁": "数",
    "列": "[車島挙席]",
    "票": "[決数]",
    "席": "[次数]",
    "戸": "[籍惑]",
    "通": "[知信貨話常報用路勤販達帳称学過]",
    "問": "題|い|合",
    "組": "[織合成込]|み",
    "つ": "当",
    "才": "能",
    "室": "[内温外長料名号町蘭]",
    "坪": "[庭数単]",
    "泊": "[分地ま]",
    "基": "[準本礎地盤金調点づ]",
    "院": "[長内外]",
    "園": "[児長芸内外]",
    "床": "[面下材上暖]",
    "語": "[彙学句尾源録群幹順調気感]",
    "部": "[署門長品分員屋活下隊位族首類落数課材会局構]",
    "皿": "洗",
    "便": "[利秘箋座乗宜益器箱]",
    "頭": "[数部目蓋上角痛身脳取金]",
    "羽": "[根毛織]",
    "食": "[べ事品料器材堂卓欲後前感費中育物塩]",
    "円": "[形滑卓熟周環陣]",
    "週間": "誌",
    "機能": "[性的]",
    "要素": "数",
    "項目": "[数名]",
    "企業": "名",
    "案件": "数",
    "商談": "[数化]",
    "記事": "数",
    "回答": "[者数率]",
}
_FOLLOWS_KANJI = "以未超前後程強弱余中当増減合連共近毎等程度満分相方半済"


class Unit(NamedTuple):
    """A spelling's unit: the canonical name, and how many of it one is."""

    name: str
    factor: Fraction


def _alternation(patterns: list[str]) -> str:
    guarded = []
    for pattern in sorted(patterns, key=len, reverse=True):
        after = "[A-Za-z]" if pattern.isascii() and pattern[-1].isalpha() else _NOT_BEFORE.get(pattern, "")
        if not after and pattern[-1] in "トﾄルジロ":
            after = "(?!アップ|ダウン|オフ|プラス|マイナス|オーバー)[ァ-ヴー]"
        spelled = f"(?i:{pattern})" if pattern.isascii() and len(pattern) > 1 else pattern  # 5G are no grams
        guarded.append(f"{spelled}(?!{after})" if after else spelled)
    return "|".join(guarded)


_ALL = [(name, Fraction(f), p) for name, rows in _CONVERTED.items() for f, ps in rows for p in ps.split()]
_ALL += [(name, Fraction(1), name) for name in _PLAIN.split()]
_COUNTER_KA = expression("(?:[かヶケヵカ箇個]|\\[.*?\\])(?=[月国所年])")
_BY_SPELLING = {_COUNTER_KA.sub("か", p).upper(): Unit(name, factor) for name, factor, p in _ALL}

_NAMES = {known.name for known in _BY_SPELLING.values()}

_SAYS = "必要|突破|完了|達成|到達|経過|不足|継続|確保|獲得|[続行済待要使]"
_WORD_GOES_ON = f"(?!(?!{_SAYS})[一-龠](?<![{_FOLLOWS_KANJI}])"


@functools.lru_cache(maxsize=8)
def after_number(own: frozenset[str]) -> re.Pattern[str]:
    """What makes a number a figure: a known unit, one apart from it by a blank, or any word in katakana (`other`).

    `own` are units that a guide has and the table has not.
    """
    spelling = _alternation([p for _, _, p in _ALL] + [re.escape(name) for name in sorted(own)])
    return expression(
        rf"(?P<more>余り?の?)?(?:(?P<blank>[ \n])?(?P<unit>{spelling})(?(blank)(?:(?<![ \n][^つ])|{_WORD_GOES_ON})))"
        r"|[ ]?(?P<other>[ァ-ヴー]{2,}))"
    )


@functools.lru_cache(maxsize=8)
def after_kanji(own: frozenset[str]) -> re.Pattern[str]:
    """The same after a kanji numeral, where only real counters make one (not 一般, 三者, 千葉), and a guide's own."""
    spelling = _alternation([*_AFTER_KANJI.split(), *(re.escape(name) for name in sorted(own))])
    goes_on = rf"{_WORD_GOES_ON}(?<![割間年][{KANJI}]))"
    # What follows 四日間 is no more of its word (四日間参加する).
    return expression(rf"(?P<more>余り?の?)?(?P<unit>{spelling})(?:(?<=[日月年週]間)(?![隔際接目])|{goes_on})")


TIMES = frozenset({"時間", "か月", "営業日"})
"""The units that lengths of time are given in."""

SUBUNITS = {"時間": "分秒", "分": "秒", "年": "月", "週間": "日"}
"""Which units (by a character of theirs) go on where another ends: 1時間30分, 2年6か月."""

_EXACT = Context(prec=15)
_SCALED = expression("([百千万億兆]+)(.*)", re.DOTALL)


def unit(spelling: str) -> Unit:
    """Return the unit that `spelling` is of; an unknown one is its own unit."""
    return _BY_SPELLING.get(_COUNTER_KA.sub("か", spelling).upper()) or Unit(spelling, Fraction(1))


def convert(amount: Decimal, factor: Fraction) -> Decimal:
    """Return `amount` × `factor`, rounded to 15 digits where it does not come out even."""
    if factor.denominator == 1:
        return amount * factor.numerator
    return _EXACT.divide(amount * factor.numerator, Decimal(factor.denominator))


def rounded(amount: Decimal) -> Decimal:
    """Return `amount` with 15 digits, so that 1時間20分 and 80分 are the same."""
    return _EXACT.plus(amount)


def unlisted(units: Iterable[str]) -> frozenset[str]:
    """Return those of a guide's units that the table does not have, as they stand in narrow text."""
    names = {canonical(Decimal(1), Decimal(1), written)[2] for written in units}
    return frozenset(name for name in names if name and unit(name).name not in _NAMES)


def canonical(low: Decimal, high: Decimal, unit_as_written: str) -> tuple[Decimal, Decimal, str]:
    """Return a guide's value in the unit that quantities are given in: 4 割 is 40 %, 2 千社 are 2000 社."""
    spelling = narrow(unicodedata.normalize("NFKC", unit_as_written)).strip()
    scale = Decimal(1)
    if (scaled := _SCALED.fullmatch(spelling)) and (read := value("1" + scaled[1])) is not None:
        scale, spelling = read, scaled[2]
    name, factor = unit(spelling)
    return convert(low * scale, factor), convert(high * scale, factor), name
