"""Whether a figure is set, priced, paid or asked for by its sentence, and so no statistic."""

from __future__ import annotations

import re

from msglint.analysis.binding import Bound
from msglint.analysis.manner import is_refunded
from msglint.document.model import Kind
from msglint.expression import expression

_PRICED = expression(
    r"割引|割り引|オフ|OFF|値引|送料|配送料|取り?消し|配分|先着|抽選|値下げ|キャンペーン|税|手数料|料金|価格|無料|保証|解約料|解約金|残額|代金"
    r"|キャンセル料|違約金|前払い|前金|着手金|頭金|手付|割増|割り増し|上乗せ|お得|還元|進呈|付与|プレゼント|配点|加点|点数|スコア|利息|金利|年利|補助率|報酬|歩合|株式|子会社|出資|自己負担|(?:遅延|延滞)の?(?:利率|利息|損害金)"
)
_PRICED_AFTER = expression(
    r"の(?:条件|環境)(?:で|下|の|に)|にして(?:いません|いない)|に(?:変え|設定し|調整し)(?:る|た)(?:だけ|と|こと)|の?(?:エタノール|アルコール|(?:水)?溶液|洗浄液|食塩水|果汁)|打者|の(?:ルーペ|レンズ|双眼鏡)|ずつ|方(?:は|が)|ほど余裕|引き?(?![き上下])|引き[上下]げ(?:ます|る予定)|値上げ(?:し(?:ます|ません)|する|予定|させ|を(?:お願|予定))|増し(?:です|で|の|と)|割引|オフ|OFF|(?:の)?(?:お得|ポイント|安くなり|安くして|増量)"
)
_SORT = expression(
    r"(?:以上|以下|未満|超|を超えて)[^、。はがもを0-9]{1,8}(?:た|る|い)(?:日|月|場合|とき|時|品|商品|店|会社|企業|人|もの|項目|記事|案件)(?:[をはにだの]|が(?!多|少|増|減|あ))"
)
"""So much sorts out those that something is to be done with: 2割以上ぶれた日を調べる."""
_RATHER = expression(
    r"(?:ほど|程度|くらい)?(?:多|少な|長|短|高|低|安|大き|小さ|強|弱|早|遅)(?:めに?(?![るたてりれまら])|[くい](?:見せ|見え))"
)
_SUPPOSED = expression(
    r"設定|指定|目標(?!を(?:上|下|持|達|公))|目指|目安|上限|下限|閾値|しきい値|ウォーターマーク|初期値|既定|デフォルト|例えば|たとえば"
    r"|仮に|場合|予算(?!が(?:な|足|不)|不足|の不足|」|を挙げ)|割り当て|必要(?:が|です|とし|で)|ターゲット|超えたら|なったら|べき|ください|[てで]も?(?:よい|よく|いい|構いません|かまいません)|を(?:基準|目安|条件|合格点?|区切り)[にと]|できれば|ことも(?:想定|考え|見込)"
)
_ARRANGED = expression(
    r"ましょう|であれば|(?<!未)入力(?!率)|選択|とすると|としましょう|比率にする|予定(?!する(?:自治体|企業|会社|人|組織|施設|学校|病院)|している(?:自治体|企業|会社|人|組織|施設|学校|病院))|つもり|計画(?!を(?:上|下|持)|どおり|通り)|したい|ようにする|以内に|までに|達成|重み付け|重みづけ|ウェイト|望まし|て(?:は(?:いけ|なら)な|はだめ)|(?:以上|以下|未満|超)(?:である)?こと(?:[。」）)]|\Z)|になると(?!さ|言|い|み|見|予|推|うた|のこと|する|書|報|発表|答|述|考え|伝え)|なら(?!な|ず|び)"
    r"|になった(?:段階|時点|とき|ところ)|を超えると|を下回ると|たとき(?:は|に)"
    r"|増分|変更|調整(?!額|費|役|中)|切り替え|固定|再生|ダウンロード|表示"
)
_SET_NOUN = expression(
    r"音量|明るさ|輝度|透明度|透過|(?<!求人)倍率|ズーム|圧縮率|解像度|再生|速度を|サンプリング|余白|濃度|画質|縮尺|拡大鏡|行間|フォント|幅"
    r"|文字サイズ|画像|画面|動画|写真|アイコン|バッテリー|電池|充電|メモリ|容量|CPU|ディスク|キャッシュ(?!レス)|拡大率|縮小率|スライダー|間隔"
    r"|コントラスト|彩度|ボリューム|回収率|回答率|有効回答率|進捗率?|進み具合|(?:出力|負荷)の\Z|回転数|電圧|勾配|許容|公差|誤差|含水率|感度|濃さ|混合|配合|希釈|エタノール|アルコール|ポイント[がは]\Z"
)
_PAID = expression(
    r"(?:基本給|日給|時給|月給|週給|日額|月額|年俸|給与|給料|賃金|月収|年収|収入|所得|報酬|掛け?金|保険料|拠出額?|負担額)の(?:約|最大)?\Z"
    r"|(?:拠出|控除|社会保険|社会保障(?!費)|健康保険|年金保険|雇用保険|給付金?|雇用主|手当)[^、。]{0,20}\Z"
)
"""Of what law or a contract has so much paid or kept: 基本給の66%."""
_PAID_AFTER = expression(
    r"(?:[（(][^（()）]{0,24}[)）])?[^、。]{0,10}(?:拠出|控除|社会保[険障](?!費)|給付|負担し|支給|支払)"
)
_ASKED = expression(
    r"[はをがも]、?[^。、]{0,30}(?:ましょう|ください|ませんか)(?:。|\Z)|[へに][^、。]{0,8}(?:ない|ません)(?:でしょう|もの)か"
    r"|が?[^、。]{0,10}(?:た|だ)(?:ところ|段階|時点)で|が[^、。]{0,16}[るい]よう(?:、|に(?:する|し|調整|設計))"
)
"""What one is asked to do, and when: 3割は、失敗の話に充てましょう; 9割ができたところで."""
_CRITERION = expression(r"[ ]?(?:以上|以下|未満|超|以内)[ ]?[)）]?\Z")
"""What ends an item or a cell after its figure is what something is measured by: 満足度 80% 以上."""
_SET_TO = expression(r"(?:明るさ|輝度|照度|音量|湿度|濃度|出力|透明度|倍率)\Z")
"""What is a setting where the figure tells of what follows: 明るさ50%の照明."""
_SET_AFTER = expression(
    r"(?:以上|以下|程度|以内|未満)?(?:に|まで|を|へ|で|と|の)?(?:する|します|して(?:から|、|お|く|み)|でき|対応|縮小|充て|制限|限定|限[りる]"
    r"|拡大し(?!た|まし)|変更|選[びべぶ]|合わせ|落と(?:す|し(?!まし|た))|絞[るりっ]|下げ(?:る|ます|て)|上げ(?:る|ます|て)|保ち|保って|抑え(?:る|ます|、)|空け|開け"
    r"|薄め|まま|揃え|そろえ|切り替え|調整|(?:短|長|高|低|大き|小さ|濃|薄|速|遅)く(?:する|します|して)"
    r"|まで[^。、]{0,8}(?:対応|でき|可能|使え)|の(?:間|範囲)で"
    r"|(?:まで|で|に|を)[^、。はがも]{0,6}(?:交換|補充|充電|希釈|入れ(?!替)|注[ぎぐ]|拭[きく]|溶か|混ぜ|塗[りる]|止め|使[いう])|を[^。、]{1,8}に(?:回|充て|割り当て|振り向け|使))"
)
_TOLD_TO = expression(
    r"(?:ほど|程度|以下|以上)?(?:に|へ|まで)(?:減らす|増やす|絞る|縮める|上げる|下げる|抑える|する|まとめる)。?"
)
"""What an item tells one to do: 似たものをまとめ、5分の1に減らす."""
_OFFERED = expression(
    r"設定|初期値|既定|標準値|推奨|お?(?:勧|すす)め|ちょうど|やすい|無料|割引|目安|上限|下限|手数料|税|還元|理想|目標(?![をが])|適切|なら|たら|れば|場合"
)
_COUNTED = expression(
    r"(?:企業|会社|事業者|人|方|層|回答者|社員|担当者|利用者|顧客|家庭|世帯|店|学生|女性|男性|国民|消費者|組織|団体|自治体|病院|学校|施設|工場|営業|商談|案件|部門|部署|職場|拠点|現場)"
    r"(?:の(?:割合|比率))?(?:[はがも]|となると|となれば|だと)、?(?:全体の)?\Z"
)
"""Those whose share is told."""
_GROWN = expression(r"(?:ほど|近く|以上|超)?(?:に|へ)(?:跳ね|増|拡(?!大(?:する|でき|し|表示))|伸|膨|上が|高ま)")
_ONCE = expression(r"[^、。]{0,16}(?:[っいしえけきりせれみびぎ出見来]た|んだ)ら(?![しさずれる])")
"""What makes a figure the moment at which something is done: 8割たまったら."""
_NOT_ONLY = expression(r"(?:どころ)?では(?:済[まみ]|すま|きか|効か)")
"""What is said of more, in a manner of speaking: 二倍では済まない."""
_EVEN = expression(r"[^、。]{0,12}(?:[ただ]としても|[たる](?:月|年|日|週|場合|とき)でも)")
"""What is granted, whatever it is: 3倍に増えた月でも、商談が増えるとは限らない."""
_WIDE = 40
_NEAR = 24
"""How far before a figure words say that it is set, and how far those that only may."""
_CLAUSE = expression("。|、(?![0-9０-９])")
_REASONED = expression("(?:ので|ため|から|ものの|けれども?|(?:です|ます|した)が)、|\\A(?:以上|ほど)?で、")
_CHARGED = expression(r"(?:消費税|税率|手数料率?|利率|金利|年利|料率)[はがの、]*\Z")
_UP_TO = expression(
    r"まで(?:の[一-龠ァ-ヴー]{1,6})?に?(?:対応|でき|可能|使え|拡大でき|広げられ|上げられ|下げられ|選べ)|から始め|(?:以上|以下|まで)?と(?:定め|規定|決め)|は[^、。]{1,10}と決め|[^。]{0,24}(?:(?<!だ)[おこそとろごぼ]|[えけせてねめれげぜべし]よ)う、?という(?:の|方針|決まり|約束|考え)"
)


def is_offered(before: str, after: str) -> bool:
    """Whether so much is offered, charged, paid or asked for: 3割が目安です, 消費税の10%が, 給与の60%が支給されます."""
    said = _PAID_AFTER.match(after) or _ASKED.match(after)
    return bool(said or _OFFERED.search(after[:16]) or _CHARGED.search(before[-10:]))


def is_chosen(bound: Bound, before: str, after: str) -> bool:
    """Whether the sentence sets, prices, supposes or asks for the figure between `before` and `after`."""
    kind = bound.block.kind
    if kind is Kind.ITEM and _TOLD_TO.fullmatch(after):
        return True
    if kind in {Kind.ITEM, Kind.CELL} and _CRITERION.match(after):
        return True
    if before.endswith(("上位", "下位")) or (after.startswith("の") and _SET_TO.search(before)):
        return True
    if _PAID.search(before) or any(said.match(after) for said in (_ASKED, _PAID_AFTER, _PRICED_AFTER, _UP_TO, _RATHER)):
        return True
    if any(said.match(after) for said in (_SORT, _ONCE, _EVEN, _NOT_ONLY)) or is_refunded(
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
    past = re.search(r"(?<!といっ)(?:まし)?た(?:。|\Z|と|が)|ています|ている", after) is not None
    return not past and bool(_SET_NOUN.search(before[-24:]) or _SET_AFTER.match(after))
