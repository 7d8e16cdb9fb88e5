"""Figures that are not stated as they are: aimed at, expected, a condition, a hypothesis, or what was before."""

from __future__ import annotations

from msglint.analysis.cases import RESTRICTION
from msglint.analysis.quantities import Quantity
from msglint.expression import expression

_TARGET = expression(
    r"(?!が[^、。]{0,14}目標を)(?:以上|以下|以内|未満|程度|超|台|前後|ほど|近く|弱|強)?(?:へ|に|まで|を|と|の|が)?"
    r"(?:(?:(?!前提|踏まえ|組ん|基に|もとに)[^、。]){0,14}(?:目指(?!すのではな)|めざ(?!すのではな)|目標|予定|方針|見通し|予測|予想(?!を|に反|外|以上|どおり|通り)|計画(?!書|どおり|通り|を立ててください)|狙|ゴール)"
    r"|[にへを]?(?:届く|達する|なる|超える|上回る|収まる|保てる|できる)よう(?![だでな]|にして(?:い|お))"
    r"|[^、。]{0,8}(?:たい|よう)と?(?:考え|思)"
    r"|[^、。な]{0,10}(?:の|こと)[がはを]、?[^、。]{0,14}(?:目標|目的|狙い|ねらい|ゴール|理想|仮説)"
    r"|(?:に|まで)[^、。]{0,6}、?という[^、。]{0,6}(?:目標|計画|方針|案|構想)"
    r"|[にへ]する(?:には|ため)|を掲げて(?:始め|臨)"
    r"|[にへ](?:改め|変え|見直|引き[上下]げ)[^、。]{0,6}(?:案|構想|話)[がもをはで]|(?:[にへ]|まで)[^、。はが]{1,10}[るくすうむぐぶつ](?:(?:上位|新|別の?)?プラン|案|構想|企画|計画|試み|施策|方針)"
    r"|に(?:置|据え)く?、?(?:といった|という)[^、。]{0,10}(?:計画|目標|案)"
    r"|に(?:なる|達する|届く|増える|減る|上る)(?:見込み|予定|計画|見通し)"
    r"|[をに]?(?:超え|越え|達す|届|切|割|な)[くる]る?(?:日|時代)(?:も|が|は)、?(?:そう)?(?:遠く|近[いづ]|来[るま]|やって|訪れ)"
    r"|(?<=[にまでへ])[^、。]{0,6}(?:し|抑え|おさえ|下げ|上げ|高め|減らし|増やし|縮め|早め|速め|とどめ|留め|広げ|戻し|伸ばし|短縮し|改善し)"
    r"(?:たい(?!ま)|ましょう|るには|るため|すには|すため)|(?<=[にまでへ])引き[上下]げます)"
)
_AIM = expression(
    r"(?:(?:目標|目指す|めざす|ゴール|計画(?!書|どおり|通り)|予測|見込み|見通し|予定|予想|理想)"
    r"(?:(?!(?:企業|会社|自治体|組織|団体|施設|病院|学校|担当者|商談|営業|社員|部門|店舗|人|方|者)[はがも])[^、。]){0,8}"
    r"|(?:目標|ゴール|ねらい|狙い|理想)(?:は|として(?:は)?)、?[^、。はが]{0,20})\Z"
)
_BEYOND = expression("(?:ほど|近く|以上)?も?(?:上回|下回|超過|上振れ|下振れ)")
_CONDITION = expression(
    r"(?:(?:以上|以下|以内|未満|超|程度)?の?(?:場合|とき|時|ケース)(?![がもの間刻代])|(?:以上|以下|以内|未満|超)(?:なら|であれば|だと(?=、)|だったら)(?!、?(?:合格|問題|十分|及第|大丈夫|よし|良し))"
    r"|(?:以上|以下|以内|未満|超)?(?:に(?:な|達す|達し|満たな)|[をが]?(?:超え|越え|過ぎ|超過し|上回|下回|割り込|割|切))"
    r"(?:い|る|っ|む|ん)?(?:と(?=、|[一-龠ァ-ヴー](?<![言見予推発回答考思感述伝報試計主指紹記明判分公説期書話聞語唱訴呼断確評認示算]))|[ただ]?(?:ら|場合|とき|時)(?![がもの間刻代])"
    r"|れば|る(?:場合|とき|時|なら)|(?:よう)?なら)|(?:[をが]?(?:超え|下回|上回|割り込|割)(?:る|む|った|んだ)|[をが]?超えた|に(?:満た|届か|達し)ない|未満の|以下の)"
    r"(?:月|日|週|年|期)(?:は|に|が|も)(?![^。]{0,14}(?:な[いかく]|ありません|ゼロ))"
    r"|(?:に(?:届く|達する|なる|増える|減る)|を?超える)まで"
    r"|[^、。]{0,10}(?:[ただ]としても|[たる](?:月|年|日|週)でも)"
    r"|も?(?:かけ|待たせ)て(?:は|も)(?:いけ|なり|なら)"
    r"|(?:を?(?:超え|上回|越え|突破す)|に(?:達す|届|な))[るく]のは、?[^。]{0,16}(?:先|後|でしょう|だろう|来年|来期|難し|時間の問題|まだ))"
)
_UNMET = expression(r"に(?:は|も|まで)?、?(?:届(?:か|き)|及(?:ば|び))(?:てい)?(?:ない|ません|なかっ|ず)")
_HYPOTHESIS = expression(
    r"(?:以上|以下|以内|未満|超|程度|前後|ほど)?(?:(?:だ|である)?と(?:する(?:と|なら)|すれば|したら|した(?:場合|とき)|仮定|置[くい])"
    r"|の[^、。]{1,10}を(?:想像|想定|考えてみ)|だとしたら|まで[^、。]{1,4}(?:れば|られれば)"
    r"|(?:程度|ほど|前後|くらい)?(?:だろう)?と(?:見込[んむみ]|見積も[っりる]|予想し|想定し|予測し|踏[んみむ])(?:で|て)?(?:い|お)?(?:た|まし)"
    r"|[^、。]{0,12}と仮定(?:し|する|すれ)|[^、。]{0,14}、?という(?:の[がは][^、。]{0,8})?仮説)"
)
_IF = expression(r"(?:仮に|かりに|もし|もしも|たとえば|例えば|たとえ|万が?一)[^。]{0,60}\Z")
_IS_IF = expression(r"[^。]{0,24}(?:なら|[えけげせてねべめれ]ば|[ただ]ら|と、|として|とする|場合|とき|[てで]も)")
_DENIED = expression(
    r"(?:以上|以下|以内|未満|超|台|ほど|程度)?(?:という(?:の|わけ|数字))?(?:では|じゃ)(?:なく|ない|ありません)(?!、?(?:でしょう|だろう|です)?か)"
    r"|(?:に(?:な|達す|届)[るく]|を?超える|まで[^、。はが]{1,8}[るくすむ])(?:こと|わけ|もの|日)(?:は|も|など)?(?:まず|めったに|決して)?(?:ありません|ない|なく|無い)"
)
_EXPECTED = expression(r"(?:以上|以下|以内|未満|程度|超|台|前後|ほど|近く|弱|強)?[^、。]{0,14}見込(?!め)")
_GUESSED = expression(r"[^、。]{0,12}(?:だろう|でしょう|かもしれ)")
_ON_CONDITION = expression("(?:[えけげせてねべめれ]ば|たら|だら|なら)、")
_TO_COME = expression(
    r"[0-9一二三四五六七八九十]+年後|仮説|来[年月期春夏秋冬度]|再来|今後|将来|翌[年月期]|次[年期回]|いずれ|やがて|いつか|遠からず|今期|今年度?|本年度?|年[度末]?(?:まで|に)は"
)
_RAISED = expression(
    r"(?:以上|程度|近く)?(?:へ|に|まで)[^、。]{0,8}(?:伸ば|増や|引き[上下]げ|高め|広げ|減ら|縮め|短縮|拡大|[上下]げ)(?:し?ます|する|す|る)"
)
_FORMERLY = expression(
    r"(?:導入|開始|見直し|改善|改修|改定|実施|運用|切り?替え|更新|変更|施行|着手)前|以前|従来|(?:昨年度?|去年|前年度?|前期|先月|先週)(?:の[一-龠]{1,3})?まで|[0-9０-９]{4}年(?:度末?|末)?まで|(?:てい|だっ|かっ)た(?:頃|ころ)(?:は|に(?:は)?)?|これまで|それまで|かつて|当初|もともと|元々"
)
_SINCE = expression(r"[はにのでも、]{0,2}[^。、]{0,24}\Z")
_WAS = expression(r"[^。、]{0,12}(?:た|ました|でした)(?:[。、]|[一-龠ァ-ヴ]|が|もの|の|\Z)")
_ONCE = expression(
    r"(?:に満たない|足らずの|しかな(?:い|かった)|の)(?:ころ|頃|当時)(?:に|は|の|、|から)"
    r"|(?:だった|もあった|を超えていた|も?かかっていた)(?:ころ|頃|当時|時期|時代)"
    r"|(?:を?(?:超え|越え|突破し|上回っ)|に(?:達し|届い|なっ))た(?:ころ|頃|当時|とき|時|段階|時点|年|日)(?:に|は|の|、|から)"
)
_AT_TIMES = expression(
    r"(?:一時期?は?|ピーク時?(?:の|には?|で)|最盛期(?:の|には?)|最悪期?(?:の|には?))、?(?:約|およそ)?\Z"
)
_SINCE_THEN = expression(
    r"(?:創業|創立|設立|開業|発売|開始|公開)(?:から|後)、?[^、。]{0,8}(?:年|か月|カ月|ヶ月|日)(?:で|後に|目に|のうちに)"
)
_YARDSTICK = expression(
    r"(?:という水準|の大台|の目安)?[をにも]?[^。、0-9]{0,6}?(?:上回る|下回る|超える|超す|超えた|満たない|届かない|割る|切る|より(?:高|低|多|少な|大き|小さ|長|短)い)、?(?:約|わずか)?"
)


def is_supposed(quantity: Quantity, text: str, start: int) -> bool:
    """Whether a figure is aimed at or foreseen: 9割を目指す, 目標は40%, 来年は95%になる見込み.

    Its sentence begins at `start`.
    """
    left = quantity.outer[0]
    if _TARGET.match(text, quantity.end):
        return True
    if _AIM.search(text, max(start, left - 28), left) and not _BEYOND.match(text, quantity.end):
        return True
    guessed = _GUESSED.match(text, quantity.end)
    if guessed and _ON_CONDITION.search(text, start, left):
        return True
    later = guessed or is_expected(quantity, text) or _RAISED.match(text, quantity.end)
    return bool(later) and _TO_COME.search(text, start, quantity.end) is not None


def is_expected(quantity: Quantity, text: str) -> bool:
    """Whether a figure is an estimate (年間150万円と見込まれる): of today, unless the sentence speaks of later."""
    return _EXPECTED.match(text, quantity.end) is not None


def is_hypothesis(quantity: Quantity, text: str, start: int) -> bool:
    """Whether a figure is a condition, denied or supposed for argument's sake: 30分を超えると, 5%ではなく, 仮に2%なら.

    Its sentence begins at `start`.
    """
    left, right = quantity.outer
    if any(said.match(text, quantity.end) for said in (_CONDITION, _DENIED, _HYPOTHESIS)):
        return True
    if _HYPOTHESIS.match(text, right):
        return True
    return bool(_IF.search(text, max(start, left - 70), left) and _IS_IF.match(text, quantity.end))


def is_condition(quantity: Quantity, text: str) -> bool:
    """Whether a figure is a condition for what the rest of its sentence says: 50点以上なら, 50点に達した読者を."""
    return any(said.match(text, quantity.end) for said in (_CONDITION, RESTRICTION))


def is_unmet(quantity: Quantity, text: str) -> bool:
    """Whether a figure is one that is not reached: 50%に届きません."""
    return _UNMET.match(text, quantity.end) is not None


def is_former(quantity: Quantity, text: str, start: int) -> bool:
    """Whether a figure is what was before: 導入前に12%だった, 従来は60日だった, 500社のころ.

    Its sentence begins at `start`.
    """
    left = quantity.outer[0]
    if _ONCE.match(text, quantity.end) or _AT_TIMES.search(text, max(start, left - 10), left):
        return True
    if quantity.unit == "倍" or not _WAS.match(text, quantity.end):
        return False
    if _SINCE_THEN.search(text, max(start, left - 40), left):
        return True
    return any(_SINCE.fullmatch(text, m.end(), left) for m in _FORMERLY.finditer(text, max(start, left - 40), left))


def is_yardstick(quantity: Quantity, after: Quantity, text: str) -> bool:
    """Whether a figure is only what the next is compared with: 1%を大きく下回る0.64%."""
    return quantity.unit == after.unit and bool(_YARDSTICK.fullmatch(text, quantity.end, after.outer[0]))
