"""Whether a figure is a statistic: measured somewhere and stated as true, not set, priced, promised or asked for."""

from __future__ import annotations

from msglint.analysis.binding import Bound
from msglint.analysis.chosen import is_chosen, is_offered
from msglint.analysis.suppositions import is_expected
from msglint.document.model import Kind
from msglint.expression import expression

_RATES = frozenset({"%", "倍", "ポイント"})
_COUNTS = frozenset({"社", "人", "件"})
_LOOK_BACK = 160
_LOOK_AHEAD = 60

_MEASURED = expression(
    r"(?:調査|調べ|アンケート|(?<!と)(?<!との)(?<!という)回答|統計|白書|国勢調査|センサス|集計|聞き取り|ヒアリング|推計|サーベイ|レポート|報告書|データ)"
    r"(?:結果|データ|レポート|報告書?)?(?:[（(][^)）]{0,30}[)）])?(?:の(?:別の|次の|他の|ほかの)?(?:設問|質問|問い))?"
    r"(?:によ(?:る|れ|り)(?:と|ば|ますと|、)|では|で[、は]|の結果|から(?:は|、)|に基づ|を(?:見|み)ると"
    r"|で(?:約|およそ)?\Z|で(?=[^。]{1,30}と(?:回答|答え))|[:：]|に(?:寄せられ|集まっ|届い))"
    r"|(?:回答(?:した|して(?:くれた|いただいた)|者|企業)|答えた|応じた|調査した|対象の)[^、。]{0,12}のうち|回答(?:者|企業)?のうち"
)
_ANSWERED = expression(
    r"と(?:いう)?(?:回答|答え|感じ|考え)(?:した|し?て(?:いる|います)|ている|た|る)[^、。]{0,12}[はがも]?\Z"
    r"|と(?:の|いう)(?:回答|答え|声|意見)[はがも]、?\Z|(?:を|に)(?:挙げ|選ん)(?:た|ている|だ)のは\Z"
)
_ANSWERS = expression(
    r"(?:ほど|程度)?[^、。]{0,10}(?:という|との)(?:データ|調査|統計|報告|結果)"
    r"|(?:以上|超|弱|強|近く|の(?:企業|会社|人|方|担当者|回答者|社員))?[がはも][^。]{0,40}"
    r"(?:と(?:回答|答え|判明|わか|分か|報告|推計|(?:考え|感じ|思っ|望ん|願っ)て)|を(?:挙げ|選[びんぶ])|(?:こと|と)が(?:わか|分か|判明|明らか))"
    r"|(?:いる|ある|に(?:及ぶ|のぼる|上る|達する))?(?:こと|と)が(?:わか|分か|判明|明らか)"
)
_TOLD_BY = expression(r"(?:調査|統計|白書|推計|集計)[はがもに]、?[^。]{0,60}\Z")
_SOURCED = expression(
    r"(?:以上|超)?(?:[にと](?:上|のぼ|達|及|な)[^。、（(]{0,8}|(?:で|い|あ|おり)[^。、（(]{0,5})?[（(][^（）()0-9]{0,20}(?:調査|アンケート|調べ|統計|集計|白書)(?:の(?:回答|結果|集計))?(?:より|から|による)?[）)]"
)
_REPORTED = expression(
    r"[^。」]{0,50}(?:と(?:いう|の|いった)[^、。]{0,10}(?:調査|統計|アンケート|データ|推計)"
    r"|と、?[^、。]{0,14}(?:調査|統計|白書|推計|アンケート)[はが](?:伝え|示し|述べ|報告|教え|添え)"
    r"|と(?:の|いう)回答[をもが](?:得|寄せ|あ|多|目立)"
    r"|ことが[^、。]{0,10}(?:調査|統計|アンケート)(?:で|から|に)"
    r"|で、[^、。]{0,4}(?:調査|アンケート|回答)の(?:中|うち)で)"
)
_TELLS = expression(
    r"の[^、。]{1,12}が(?:報告|確認|記録)され|(?:ほど|程度|以上)?と(?:数え|見積|推計|推定|見て|みて|してい|し、|報告|伝え)"
)
_SAMPLE_AFTER = expression(
    r"(?:以上|ほど)?(?:の(?:企業|会社|方|人|担当者|回答者|責任者)?)?(?:から|に|へ|を|が|の|より|で)(?:、)?[^、。]{0,8}"
    r"(?:対象|聞|尋|訊|調査|アンケート|取材|ヒアリング|インタビュー|実施|(?<![見配輸運転放発郵直回搬移護伝])送(?=[っりるら付])|配布|配り|配った|発送|郵送|依頼"
    r"|協力|参加|応じ|回収|訪[問ね]|有効回答|抽出|(?<!と)回答(?:[をが]|しま|し(?:た|て)|です|。|\Z))"
    r"|(?:の)?うち|(?:を)?(?:配布|発送|郵送|送付|回収|抽出)"
)
_SAMPLE_BEFORE = expression(
    r"(?:対象(?:者|企業|社|先)?(?:数)?(?:は|が|を|:|：|と(?!し|する)|となった)[^。]{0,30}"
    r"|(?<![にへ])応じ(?:た|て(?:くれた|いただいた))[^、。]{0,14}[はがも:：]"
    r"|(?:調査|アンケート|取材|ヒアリング|インタビュー|聞き取り)[にへ](?:応じ|応え)(?:た|て(?:くれた|いただいた))[^、。]{0,14}[はがも:：]"
    r"|(?<!と)(?:協力|寄せ|回答|参加|答え|記入|返送|回収)(?:し?た|して(?:くれた|いただいた)|頂いた|できた)"
    r"[^、。]{0,14}[はがも:：]"
    r"|(?<!と)(?<!との)(?<!という)(?<!」の)(?:有効)?回答(?:数|者数|者|社数|企業数|企業|件数)?(?:は|が|:|：)|回収(?:数|率)?(?:は|が)|標本(?:数)?は|母集団は"
    r"|サンプル(?:数|サイズ)?(?:は|が)?|抽選で|先着|定員|謝礼|n\s*=)[^、。]{0,14}\Z"
)
_ANSWER_OF = expression(r"[るい]回答[がはも]、?(?:約|およそ)?\Z")
"""Those who answered so, not who answered: 図面の添付を求める回答が27%."""
_FORMS = expression(r"(?:調査票|質問紙|質問票|回答票|調査用紙|アンケート用紙|はがき|ハガキ)")
_CONDITION = expression(
    r"(?:以上|以下|未満|超|以内|規模|を超える)(?:から[^。、]{0,8})?の"
    r"(?:企業|会社|事業所|組織|工場|団体|法人|中小|大企業|規模|自治体|職場)"
)
_SORTED = expression(
    r"(?:以上|以下|未満|超)[^、。はがも0-9]{1,10}(?:た|る|う|く|す|つ|む|ぶ|いる)(?:会社|企業|法人|組織|団体|事業者|施設|病院|学校|人|方|担当者|部署|部門|店|お客様)[はがものを]"
)
"""So many are what sorts those out that are counted: 見積もりを三社以上から取る会社は57%."""
_LIMIT = expression(r"(?:まで|ずつ|ごと|単位)|[^。、]{0,8}(?:まで|ずつ)(?:でき|可能|登録|追加|使|選)")
_WON = expression(r"に[^。、]{0,14}(?:当た|贈|差し上げ|プレゼント|進呈|配)")
_GROWS = expression(r"まで(?:に)?(?:増|減|伸|縮|上|下|拡|高|低|落|回復|急)")
_LIMITED = expression(r"(?:最大|最多|上限|最小|下限|最低|最高)[でにはが:：]?\Z")

_RATE_POINTS = expression(
    r"増|減|上|下|差|改善|高|低|伸|縮|悪化|比|率|割合|%|％|開き|回復|向上|後退|プラス|マイナス|満足度|支持"
)
_GAP = expression(r"(?:差|開き)[はがも](?:約|わずか|わずかに)?\Z")
_SAYING = expression(r"[がは](?:決ま[るり]|[^、。]{1,12}はず(?:だ|です|と))")
"""準備で八割が決まる is a saying, 5%が相談に来るはずだ a guess."""
_SHARE = expression(
    r"(?:以上|超|弱|強|近く|ほど)?(?:[がも](?!無|割|目|上限|下限|手数)|を占め(?:て|ま|る(?=[。、と]|\Z)|た(?=[。、と]|\Z))"
    r"|の(?:企業|会社|人|方|社員|担当者|顧客|利用者|回答者|家庭|店)[がはも])"
)
_BREAKDOWN = expression(r"(?:が(?:約|およそ)?[0-9０-９.．]+(?:[%％]|割)(?:弱|強)?、[^、。]{1,20}){2}")
"""Shares of a whole, one after another: 操作が41%、契約が23%、料金が9%."""
_FORECAST = expression(
    r"(?:以上|ほど|程度|近く|を超える)?(?:に|と|へ|まで)?[^、。]{0,14}(?:見込まれ|予測され|予想され|推計され|推定され|と(?:予測|予想|推計)(?:し|が))"
)
_ATTRIBUTES = expression(r"\{[^{}\n]*=[^{}\n]*\}")


def is_statistic(bound: Bound) -> bool:
    """Whether a figure states a measurement: a rate of any kind, or a count that a survey, statistics or answers gave.

    Steps, versions, dates, prices of an own offer, settings, limits, targets, examples and sample sizes are none.
    """
    quantity = bound.quantity
    before, after = _around(bound)
    supposed = (bound.supposed and not _ANSWERS.match(after)) or is_expected(quantity, bound.block.text)
    forecast = _is_forecast(bound)
    if (
        quantity.role
        or (forecast and bound.near)  # of what a fact is about, and no statement of it
        or (supposed and not forecast)
        or bound.hypothetical
        or bound.block.kind is Kind.ALT
        or _in_attributes(bound)
    ):
        return False
    if _SAMPLE_BEFORE.search(before) and (
        quantity.unit in _COUNTS or not (_MEASURED.search(before) or _ANSWER_OF.search(before))
    ):
        return False
    if quantity.unit in _COUNTS:
        return _is_measured_count(bound, before, after)
    if quantity.unit not in _RATES or quantity.low == quantity.high == 100 or quantity.low == 0:
        return False
    if quantity.unit == "ポイント" and (not _is_rate_point(bound, before, after) or _is_gap(bound, before)):
        return False
    if _SAYING.match(after):
        return False
    if _SHARE.match(after) and not is_offered(before, after):
        return True
    measured = bool(_MEASURED.search(before) or _ANSWERED.search(before))
    measured = measured or bool(_ANSWERS.match(after) or _REPORTED.match(after))
    measured = measured or _BREAKDOWN.search(bound.block.text, bound.sentence.start, bound.sentence.end) is not None
    return measured or not is_chosen(bound, before, after)


def _is_forecast(bound: Bound) -> bool:
    """Whether others expect the figure (8.9%と見込まれる), which is a statistic, too."""
    return _FORECAST.match(bound.block.text, bound.quantity.end, bound.sentence.end) is not None


def _around(bound: Bound) -> tuple[str, str]:
    """The sentence before and after the bare figure with the marks before it, as far as it says what the figure is."""
    text, sentence, (left, _) = bound.block.text, bound.sentence, bound.quantity.outer
    before = text[max(sentence.start, left - _LOOK_BACK) : left]
    after = text[bound.quantity.end : min(sentence.end, bound.quantity.end + _LOOK_AHEAD)]
    return before.replace("\n", ""), after.replace("\n", "")


def _is_measured_count(bound: Bound, before: str, after: str) -> bool:
    if (after.startswith("が") and _ANSWERS.match(after)) or _SOURCED.match(after):
        return True
    if (
        _CONDITION.match(after)
        or _SORTED.match(after)
        or _FORMS.search(before)
        or _SAMPLE_AFTER.match(after)
        or _LIMITED.search(before)
        or "at_most" in bound.quantity.marks
    ):
        return False
    if _WON.match(after):
        return False
    if _LIMIT.match(after) and not _GROWS.match(after):
        return False
    if (_TELLS.match(after) and _TOLD_BY.search(before)) or _REPORTED.match(after):
        return True
    return bool(_MEASURED.search(before) or _ANSWERED.search(before) or _ANSWERS.match(after))


def _is_gap(bound: Bound, before: str) -> bool:
    """Whether so many points are what lies between a fact's values, or the rates of its sentence: 差は1.0ポイント."""
    return bool(bound.near) and _GAP.search(before) is not None


def _is_rate_point(bound: Bound, before: str, after: str) -> bool:
    """Whether ポイント are points of a rate, not of a customer card or of an explanation (3ポイントで解説)."""
    said = bound.quantity
    return (
        said.signed
        or "." in str(said.low)
        or bool(_RATE_POINTS.search(before[-14:]) or _RATE_POINTS.search(after[:10]))
    )


def _in_attributes(bound: Bound) -> bool:
    """Whether a figure stands in an attribute list, {width="50%"}."""
    text, start = bound.block.text, bound.quantity.start
    opened = text.rfind("{", max(0, start - 80), start)
    found = _ATTRIBUTES.match(text, opened) if opened >= 0 else None
    return found is not None and found.end() > start
