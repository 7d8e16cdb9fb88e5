"""Whether a figure is a statistic: measured somewhere and stated as true, not set, priced, promised or asked for."""

from __future__ import annotations

import re

from msglint.analysis.binding import Bound
from msglint.analysis.manner import is_refunded
from msglint.analysis.suppositions import is_expected
from msglint.document.model import Kind
from msglint.expression import expression

_RATES = frozenset({"%", "倍", "ポイント"})
_COUNTS = frozenset({"社", "人", "件"})
_LOOK_BACK = 160
_LOOK_AHEAD = 60

_MEASURED = expression(
    r"(?:調査|調べ|アンケート|(?<!と)(?<!との)(?<!という)回答|統計|白書|国勢調査|センサス|集計|聞き取り|ヒアリング|推計|サーベイ|レポート|報告書|データ)"
    r"(?:結果|データ|レポート|報告書?)?(?:[（(][^)）]{0,30}[)）])?"
    r"(?:によ(?:る|れ|り)(?:と|ば|ますと|、)|では|で[、は]|の結果|から(?:は|、)|に基づ|を(?:見|み)ると"
    r"|で(?:約|およそ)?\Z|で(?=[^。]{1,30}と(?:回答|答え))|[:：]|に(?:寄せられ|集まっ|届い))"
    r"|(?:回答(?:した|して(?:くれた|いただいた)|者|企業)|答えた|応じた|調査した|対象の)[^、。]{0,12}のうち"
)
_ANSWERED = expression(
    r"と(?:いう)?(?:回答|答え|感じ|考え)(?:した|し?て(?:いる|います)|ている|た|る)[^、。]{0,12}[はがも]?\Z"
    r"|と(?:の|いう)(?:回答|答え|声|意見)[はがも]、?\Z|(?:を|に)(?:挙げ|選ん)(?:た|ている|だ)のは\Z"
)
_ANSWERS = expression(
    r"(?:ほど|程度)?[^、。]{0,10}(?:という|との)(?:データ|調査|統計|報告|結果)"
    r"|(?:以上|超|弱|強|近く|の(?:企業|会社|人|方|担当者|回答者|社員))?[がはも][^。]{0,40}"
    r"(?:と(?:回答|答え|判明|わか|分か|報告|推計)|を(?:挙げ|選[びんぶ])|(?:こと|と)が(?:わか|分か|判明|明らか))"
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

_PRICED = expression(
    r"割引|割り引|オフ|OFF|値引|送料|配送料|取り?消し|配分|先着|抽選|値下げ|キャンペーン|税|手数料|料金|価格|無料|保証|解約料|解約金|残額|代金"
    r"|キャンセル料|違約金|前払い|前金|着手金|頭金|手付|割増|割り増し|上乗せ|お得|還元|進呈|付与|プレゼント|配点|加点|点数|スコア|利息|金利|年利|補助率|報酬|歩合|株式|子会社|出資|自己負担|(?:遅延|延滞)の?(?:利率|利息|損害金)"
)
_PRICED_AFTER = expression(
    r"の(?:条件|環境)(?:で|下|の|に)|にして(?:いません|いない)|に(?:変え|設定し|調整し)(?:る|た)(?:だけ|と|こと)|の?(?:エタノール|アルコール|(?:水)?溶液|洗浄液|食塩水|果汁)|の(?:ルーペ|レンズ|双眼鏡)|ずつ|方(?:は|が)|ほど余裕|引き?(?![き上下])|引き[上下]げ(?:ます|る予定)|値上げ(?:し(?:ます|ません)|する|予定|させ|を(?:お願|予定))|増し(?:です|で|の|と)|割引|オフ|OFF|(?:の)?(?:お得|ポイント|安くなり|安くして|増量)"
)
_SORT = expression(
    r"(?:以上|以下|未満|超|を超えて)[^、。はがもを0-9]{1,8}(?:た|る|い)(?:日|月|場合|とき|時|品|商品|店|会社|企業|人|もの|項目|記事|案件)(?:[をはにだの]|が(?!多|少|増|減|あ))"
)
"""So much sorts out those that something is to be done with: 2割以上ぶれた日を調べる."""
_RATHER = expression(r"(?:ほど|程度|くらい)?(?:多|少な|長|短|高|低|大き|小さ|強|弱|早|遅)めに?(?![るたてりれまら])")
_SUPPOSED = expression(
    r"設定|指定|目標(?!を(?:上|下|持|達|公))|目指|目安|上限|下限|閾値|しきい値|ウォーターマーク|初期値|既定|デフォルト|例えば|たとえば"
    r"|仮に|場合|予算(?!が(?:な|足|不)|不足|の不足|」|を挙げ)|割り当て|必要(?:が|です|とし|で)|ターゲット|超えたら|なったら|べき|ください|[てで]も?(?:よい|よく|いい|構いません|かまいません)|を(?:基準|目安|条件|合格点)に"
)
_ARRANGED = expression(
    r"ましょう|であれば|(?<!未)入力(?!率)|選択|とすると|としましょう|比率にする|予定|つもり|計画(?!を(?:上|下|持)|どおり|通り)|したい|ようにする|以内に|までに|達成|になると(?!さ|言|い|み|見|予|推|うた|のこと|する|書|報|発表|答|述|考え|伝え)|なら(?!な|ず|び)"
    r"|になった(?:段階|時点|とき|ところ)|を超えると|を下回ると|たとき(?:は|に)"
    r"|増分|変更|調整(?!額|費|役|中)|切り替え|固定|再生|ダウンロード|表示"
)
_SET_NOUN = expression(
    r"音量|明るさ|輝度|透明度|透過|(?<!求人)倍率|ズーム|圧縮率|解像度|再生|速度を|サンプリング|余白|濃度|画質|縮尺|拡大鏡|行間|フォント|幅"
    r"|文字サイズ|画像|画面|動画|写真|アイコン|バッテリー|電池|充電|メモリ|容量|CPU|ディスク|キャッシュ(?!レス)|拡大率|縮小率|スライダー|間隔"
    r"|コントラスト|彩度|ボリューム|回収率|回答率|有効回答率|進捗率?|進み具合|(?:出力|負荷)の\Z|回転数|電圧|勾配|許容|公差|誤差|含水率|感度|濃さ|混合|希釈|エタノール|アルコール|ポイント[がは]\Z"
)
_SET_TO = expression(r"(?:明るさ|輝度|照度|音量|湿度|濃度|出力|透明度|倍率)\Z")
"""What is a setting where the figure tells of what follows: 明るさ50%の照明."""
_SET_AFTER = expression(
    r"(?:以上|以下|程度|以内|未満)?(?:に|まで|を|へ|で|と|の)?(?:する|します|して(?:から|、|お|く|み)|でき|対応|縮小"
    r"|拡大し(?!た|まし)|変更|選[びべぶ]|合わせ|落と(?:す|し(?!まし|た))|絞[るりっ]|下げ(?:る|ます|て)|上げ(?:る|ます|て)|保ち|保って|抑え(?:る|ます|、)|空け|開け"
    r"|薄め|まま|揃え|そろえ|切り替え|調整|(?:短|長|高|低|大き|小さ|濃|薄|速|遅)く(?:する|します|して)"
    r"|まで[^。、]{0,8}(?:対応|でき|可能|使え)|の(?:間|範囲)で"
    r"|(?:まで|で|に|を)[^、。はがも]{0,6}(?:交換|補充|充電|希釈|入れ(?!替)|注[ぎぐ]|拭[きく]|溶か|混ぜ|塗[りる]|止め|使[いう])|を[^。、]{1,8}に(?:回|充て|割り当て|振り向け|使))"
)
_RATE_POINTS = expression(
    r"増|減|上|下|差|改善|高|低|伸|縮|悪化|比|率|割合|%|％|開き|回復|向上|後退|プラス|マイナス|満足度|支持"
)
_GAP = expression(r"(?:差|開き)[はがも](?:約|わずか|わずかに)?\Z")
_TOLD_TO = expression(
    r"(?:ほど|程度|以下|以上)?(?:に|へ|まで)(?:減らす|増やす|絞る|縮める|上げる|下げる|抑える|する|まとめる)。?"
)
"""What an item tells one to do: 似たものをまとめ、5分の1に減らす."""
_SAYING = expression(r"[がは](?:決ま[るり]|[^、。]{1,12}はず(?:だ|です|と))")
"""準備で八割が決まる is a saying, 5%が相談に来るはずだ a guess."""
_SHARE = expression(
    r"(?:以上|超|弱|強|近く|ほど)?(?:[がも](?!無|割|目|上限|下限|手数)"
    r"|の(?:企業|会社|人|方|社員|担当者|顧客|利用者|回答者|家庭|店)[がはも])"
)
_OFFERED = expression(
    r"設定|初期値|既定|標準値|推奨|お?(?:勧|すす)め|ちょうど|やすい|無料|割引|目安|上限|下限|手数料|税|還元|理想|目標(?![をが])|適切|なら|たら|れば|場合"
)
_COUNTED = expression(
    r"(?:企業|会社|事業者|人|方|層|回答者|社員|担当者|利用者|顧客|家庭|世帯|店|学生|女性|男性|国民|消費者|組織|団体|自治体|病院|学校|施設|工場|営業|商談|案件|部門|部署|職場|拠点|現場)"
    r"(?:の(?:割合|比率))?(?:[はがも]|となると|となれば|だと)、?(?:全体の)?\Z"
)
"""Those whose share is told."""
_GROWN = expression(r"(?:ほど|近く|以上|超)?(?:に|へ)(?:跳ね|増|拡(?!大(?:する|でき|し|表示))|伸|膨|上が|高ま)")
_ONCE = expression(r"[^、。]{0,16}(?:[っいしえけきりせみびぎ出見来]た|んだ)ら(?![しさずれる])")
"""What makes a figure the moment at which something is done: 8割たまったら."""
_WIDE = 40
_NEAR = 24
"""How far before a figure words say that it is set, and how far those that only may."""
_CLAUSE = expression("。|、(?![0-9０-９])")
_REASONED = expression("(?:ので|ため|から|ものの|けれども?|(?:です|ます|した)が)、|\\A(?:以上|ほど)?で、")
_BREAKDOWN = expression(r"(?:が(?:約|およそ)?[0-9０-９.．]+(?:[%％]|割)(?:弱|強)?、[^、。]{1,20}){2}")
"""Shares of a whole, one after another: 操作が41%、契約が23%、料金が9%."""
_CHARGED = expression(r"(?:消費税|税率|手数料率?|利率|金利|年利|料率)[はがの、]*\Z")
_FORECAST = expression(
    r"(?:以上|ほど|程度|近く|を超える)?(?:に|と|へ|まで)?[^、。]{0,14}(?:見込まれ|予測され|予想され|推計され|推定され|と(?:予測|予想|推計)(?:し|が))"
)
_UP_TO = expression(
    r"まで(?:の[一-龠ァ-ヴー]{1,6})?に?(?:対応|でき|可能|使え|拡大でき|広げられ|上げられ|下げられ|選べ)|から始め|(?:以上|以下)?と(?:定め|規定|決め)|は[^、。]{1,10}と決め|[^。]{0,24}(?:(?<!だ)[おこそとろごぼ]|[えけせてねめれげぜべし]よ)う、?という(?:の|方針|決まり|約束|考え)"
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
    if bound.block.kind is Kind.ITEM and _TOLD_TO.fullmatch(after):
        return False
    if _SAYING.match(after):
        return False
    if _SHARE.match(after) and not _OFFERED.search(after[:16]) and not _CHARGED.search(before[-10:]):
        return True
    measured = bool(_MEASURED.search(before) or _ANSWERED.search(before))
    measured = measured or bool(_ANSWERS.match(after) or _REPORTED.match(after))
    measured = measured or _BREAKDOWN.search(bound.block.text, bound.sentence.start, bound.sentence.end) is not None
    return measured or not _is_chosen(bound, before, after)


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


def _is_chosen(bound: Bound, before: str, after: str) -> bool:
    """Whether the sentence sets, prices, supposes or asks for the figure."""
    if before.endswith(("上位", "下位")) or (after.startswith("の") and _SET_TO.search(before)):
        return True
    if any(said.match(after) for said in (_PRICED_AFTER, _UP_TO, _RATHER, _SORT, _ONCE)) or is_refunded(
        bound.quantity, bound.block.text
    ):
        return True
    if _COUNTED.search(before) or (bound.quantity.unit == "倍" and _GROWN.match(after)):
        return False
    if _SUPPOSED.search(before[-_WIDE:] + _REASONED.split(after, maxsplit=1)[0]):
        return True
    near = before[-_NEAR:] + _CLAUSE.split(after, maxsplit=1)[0]
    if _PRICED.search(near) or _ARRANGED.search(near):
        return True
    past = re.search(r"(?:まし)?た(?:。|\Z|と|が)|ています|ている", after) is not None
    return not past and bool(_SET_NOUN.search(before[-24:]) or _SET_AFTER.match(after))


def _in_attributes(bound: Bound) -> bool:
    """Whether a figure stands in an attribute list, {width="50%"}."""
    text, start = bound.block.text, bound.quantity.start
    opened = text.rfind("{", max(0, start - 80), start)
    found = _ATTRIBUTES.match(text, opened) if opened >= 0 else None
    return found is not None and found.end() > start
