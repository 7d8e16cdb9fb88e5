"""In what manner a figure is stated: a rise or fall by so much, a span of time, a yardstick, a level."""

from __future__ import annotations

from msglint.analysis.quantities import Quantity
from msglint.analysis.units import TIMES
from msglint.expression import expression

_CHANGE = expression(
    r"(?:ほど|程度|も|近く|以上|だけ|分|余り?|あまり)?(?:の?(?:プラス|マイナス|増|減|上昇|上[がげ]|下[がげ]|低下|伸び|延び|改善|向上|アップ|ダウン|高ま|高め(?:た|て|る|ま|られ)|縮|差|開き|削減|短縮|圧縮)"
    r"|短[いく縮]|早[いくまめ]|速[いくまめ]|遅[いくれ]|長[いく]|高[いく]|低[いく]|多[いく]|少な[いく]|安[いく]|大き[いく]|小さ[いく]"
    r"|節約|前倒|値[上下]|ずつ|、率にして|引[きい]?[上下]|浮[いかき]|悪化|後退|拡大|繰り[上下]|上回|下回|超過|抑え|おさえ|も?(?:変わ|違[いうっ])|足り(?:な|ませ)|及ば(?:な|ませ)|(?<=円)届(?:か|き)(?:な|ませ)|上積み|積み増|伸ば"
    r"|引き(?![出受取当渡継続])|割引|割り引|オフ|OFF)"
)
_MULTIPLIED = expression(r"(?:ほど|程度|近く|以上)?の?(?:増|減|縮|差|開き|低下|短|少な)")
_AVERAGE = expression(
    r"(?:業界|全国|全体|世界|国内|市場|同業(?:他社)?|他社|各社|競合)(?:の)?(?:平均(?:値)?|水準)(?:の|である|とされる)?\Z"
)
_AGAINST_IT = expression(r"(?:という水準)?(?:を[^、。]{0,6}(?:上回|下回|超え)|より|に(?:比べ|対し)|と比べ|比で)")
_ELSEWHEN = expression(
    r"(?:後(?![半退])|前(?![後年期回])|おいて|おきに"
    r"|(?:が|も)?(?:たっ|たつ|たち|経[っつちた]|過ぎ))"
)
_LATER = expression("後(?:です|でし|だっ|だ。)")
_DONE_LATER = expression("後で(?:は|も)|後に(?:行|実施|おこな|かけ|入れ|な[りるっ]|届|着|来|返|設定)")
_SPAN_BEFORE = expression(r"(?:過去|この|ここ|今後|向こう|創業以来|直近の?)\s*\Z")
_SPAN_AFTER = expression(
    r"間?に分け|間?(?:続け(?:て|た|まし|る|ます)|繰り返|通[いっ])|間?で(?=[^。、はが]{0,8}(?:半減|半分|縮|短|減|増|伸|倍|初めて|最も|最短|最高|最低|[0-9０-９]))"
)
_OWN_NOUN = expression(
    r"(?:以上|以下|未満|超|前後|弱|強|程度|ほど|近く|台)?(?:もの|の)"
    r"(?!水準|割合|比率|値|数字|数値|結果|低さ|高さ|まま|レベル|伸び|ところ|状態|で|です|だ|は|が|に)"
    r"|[がは](?!(?:上限|下限|目安|限度|標準|平均|一般|普通|基本|中心|相場|最[短長大小低高]|原則|示され|報告され|公表され|発表され|挙げられ|紹介され))(?=[^。]{2})"
)
_WAS = expression(r"[^、。]{0,6}(?:だった|でした)")
_REFUNDED = expression("(?:分|相当額?)?[をが]?(?:お?返し|返金|返す|差し引|減額|値引)")
_TIMES = TIMES | {"四半期"}


def is_change(quantity: Quantity, text: str) -> bool:
    """Whether a figure is a rise or fall by so much (10分短くなった, 2割増), not the level itself."""
    if quantity.unit == "倍":
        return bool(_MULTIPLIED.match(text, quantity.end))
    return quantity.signed or bool(_CHANGE.match(text, quantity.end))


def was_so(quantity: Quantity, text: str) -> bool:
    """Whether a figure is said to have been so: (2023年は)42万円だった."""
    return _WAS.match(text, quantity.end) is not None


def is_refunded(quantity: Quantity, text: str) -> bool:
    """Whether a figure is what is paid back or taken off: (稼働率が下回った月は、料金の)10%を返金します."""
    return _REFUNDED.match(text, quantity.end) is not None


def is_compared(quantity: Quantity, text: str, start: int) -> bool:
    """Whether a figure is an average with which the subject before it, from `start` on, is compared."""
    left, right = quantity.outer
    return bool(
        _AVERAGE.search(text, max(start, left - 16), left)
        and (_AGAINST_IT.match(text, quantity.end) or _AGAINST_IT.match(text, right))
    )


def is_time_apart(quantity: Quantity, text: str) -> bool:
    """Whether a time is a distance from something or the span of a change: 3日後, 2時間おいて, 過去5年で.

    Directly behind its subject it says when that is (初回連絡は3日後に行う).
    """
    if quantity.unit not in _TIMES:
        return False
    left = quantity.outer[0]
    if _LATER.match(text, quantity.end):
        return False
    if text.endswith(("は", "は、", "が", "を"), 0, left) and _DONE_LATER.match(text, quantity.end):
        return False
    return bool(
        _ELSEWHEN.match(text, quantity.end)
        or _SPAN_BEFORE.search(text, max(0, left - 5), left)
        or _SPAN_AFTER.match(text, quantity.end)
    )


def has_own_noun(quantity: Quantity, text: str, end: int) -> bool:
    """Whether a figure belongs to the words after it (34.3%の企業, 34.3%が); its sentence ends at `end`."""
    return bool(_OWN_NOUN.match(text, quantity.outer[1], end))
