"""Figures that are not stated as they are: aimed at, expected, a condition, a hypothesis, or what was before."""

from __future__ import annotations

from msglint.analysis.quantities import Quantity
from msglint.expression import expression

_TARGET = expression(
    r"(?!が[^、。]{0,14}目標を)(?:以上|以下|以内|未満|程度|超|台|前後|ほど|近く|弱|強)?(?:へ|に|まで|を|と|の|が)?"
    r"(?:(?:(?!前提|踏まえ|組ん|基に|もとに)[^、。]){0,14}(?:目指(?!すのではな)|めざ(?!すのではな)|目標|予定|方針|見通し|予測|予想(?!を|に反|外|以上|どおり|通り)|計画(?!書|どおり|通り|を立ててください)|狙|ゴール)"
    r"|[にへを]?(?:届く|達する|なる|超える|上回る|収まる|保てる|できる)よう(?![だでな]|にして(?:い|お))"
    r"|[^、。]{0,8}(?:たい|よう)と?(?:考え|思)"
    r"|[^、。な]{0,10}(?:の|こと)[がはを]、?[^、。]{0,14}(?:目標|目的|狙い|ねらい|ゴール|理想|仮説)"
    r"|(?:に|まで)[^、。]{0,6}、?という[^、。]{0,6}(?:目標|計画|方針|案|構想)"
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
_OF_THOSE = expression(
    r"(?:(?:以上|以下|以内|未満|超|前後|ほど|程度)?の|(?:も)?かか[りっ](?:ていた|た)|だった)(?:ある)?(?:[一-龠]{1,6}の)?"
    r"(?:会社|企業|店舗?|工場|部署|部門|支店|拠点|自治体|病院|学校|組織|チーム|お客(?:さま|様))"
)
_OF_SUCH = expression(
    r"(?:以上|以下|以内|未満|超|前後|ほど|程度|台)?の[一-龠ァ-ヴー]{0,6}(?:プラン|製品|商品|サービス|コース|契約|案件|物件|機種|モデル|国|地域|都市|業界|業種)(?:[はもを]|[がに](?!な)|と(?:比べ|違))"
)
"""Other things than the one a fact is about, by what they have: 月額料金が1万5千円の上位プランも."""
_TOOK = expression(
    "(?:以上|ほど|近く)?(?:も)?かか[りっ](?:ていた|ている|た)(?:会社|企業|店舗?|工場|部署|部門|支店|拠点|自治体|病院|学校|組織|チーム)"
)
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
)
_RESTRICTION = expression(
    r"(?:(?:以上|以下|以内|未満|超)の|(?:以上|以下|未満|超)(?:だった|である|となった|になった)"
    r"|[をがに]?(?:超え|越え|上回|下回|割り込|割|切|満た|届か|達し|達す|とどま|迫|過ぎ|超過し|要し)(?:っ|り|ん)?(?:て|で)?(?:いる|いた|る|た|だ|ない|す)?)"
    r"(?P<noun>[一-龠々ァ-ヴーA-Za-z][一-龠々ァ-ヴーA-Za-zいりしえせきけわめ]{0,9})(?=[はがもをでにへとのや、]|など|から|まで|より|だけ|ほど)"
)
_LEVELS = expression(
    r"(?:水準|割合|比率|値|数字|数値|結果|実績|状態|状況|見込み?|見通し|計算|試算|勢い|大台|規模|ペース|成果|成績|率|額|度|数|(?<!拠)点|スコア|高さ"
    r"|背景|理由|要因|原因|秘訣|根拠|効果|時間|期間|費用|料金|価格|[年月日週]|時代|時点|段階|頃|間|中|前|後|ため|差|幅|伸び|増|減|利用|目標|予定|今|いま|現[在状実]|昨今|事態|環境|局面)\Z"
)
_THOSE = (
    "月|日|年|週|現場|拠点|部署|部門|店舗?|工場|例|ケース|こと|とき|時期|人|方|企業|会社|業種|業界|地域|案件|組織|チーム"
    "|自治体|病院"
)
_CASE_TOO = expression(
    r"(?:以上|以下|超|程度|前後|ほど|近く)?[にをま]?で?(?:達|超え|届|増え|な|満た|下回|上回|及|だ)[^、。はがもと]{0,6}[たるくいう]"
    rf"(?:{_THOSE})も(?:あ[るりっれ]|い[るたま]|多|少な|珍し|出)"
    r"|(?:まで)?(?:と|の)?、?(?:大きな|大きく)?(?:開き|差|ばらつき|幅)[がも](?:あ[るりっ]|出)"
)
"""One of several cases: 61%に達した月もあります, 5割に達していない業種も多い."""
_WRITTEN = expression(
    r"(?:だった|となった|になった)?という(?:[^、。はが]{1,8}の)?(?:記事|報道|うわさ|噂|誤解|思い込み|例|事例|ケース|宣伝|広告|悩み|壁)[をがもはに]|の壁"
    r"|と(?:定め|決め)(?:る|た|ている)(?:契約書?|会社|企業|業者|規約|国|自治体)[もがはを]"
    r"|を(?:取|獲得し|出し|記録し|達成し)(?:る|た|ている)(?:製品|会社|企業|サービス|店舗?|工場|チーム|部署)[はがもに]"
    r"|が理想|という(?:の|数字)は、?あくまで"
    r"|と(?:書い|記し|載せ|掲げ|表示し|誤っ)た(?:旧版|古い|以前の|昔の|他社の|競合の|よその|誤った)の?(?:資料|記事|パンフレット|冊子|原稿|チラシ|広告|ページ|スライド|報道)"
)
"""What others wrote, or a single case: 12%という記事を見て, 50%と書いた旧版の資料は."""
_BOUND = expression("以上|以下|以内|未満|超(?!え|過|す)")
_OTHERS_DID = expression(
    r"(?:に|まで)?(?:(?:引き)?[上下]げ|減らし|縮め|短縮し|増やし|伸ばし|高め|抑え|改善し)(?:た|ている)(?:会社|企業|店舗?|工場|拠点|病院|自治体|チーム)(?:[もが](?:あ|い|多|少|増)|[のをには](?!も))"
    r"|(?:(?:に達し|を?超え|に届い|に増え|になっ|だっ)た|でも)(?:のに|が)?[^、。はが]{0,14}(?:一社|会社|企業|例|お客様|ケース|リード|案件)[もはが](?:一社だけ|一つだけ)?(?:あ|い)"
    r"|という(?:他社|ほかの会社|別の会社)の"
    r"|(?:に達し|を?超え|に届い|に増え|になっ|だっ)た(?:他社|競合(?:他社)?|同業(?:他社)?|(?:別|ほか|他|よそ)の(?:会社|企業))[のがもは]"
    r"|という(?:別枠|例外|特例)|を?(?:要し|かかっ|費やし)た(?:例|ケース|案件|こと)[がはも][^、。]{0,12}[あい]"
)
_OTHERS_TELL = expression(
    r"と(?:答え|回答し|予想し|思い込|思っ)(?:た|んだ|ている|ていた)(?:人|方|会社|企業|回答者|担当者)"
    r"|(?:[とを]|の[^、。はが]{1,12}[をに])[^、。はが]{1,12}[たる](?:他社|競合|(?:ほか|他|別)の会社)[がはもをの]"
    r"|(?:だ|である|になる|です)?と、?(?:開発元|販売元|提供元|製造元|発売元|メーカー|ベンダー|他社|競合(?:他社)?|先方|相手先?|提携先)"
    r"[はがも]、?[^、。]{0,12}(?:公表|発表|うた[うっい]|謳|述べ|主張|説明|公開|言[いうっ])"
)
_STATED_OF = expression(
    r"[一-龠ァ-ヴー]{0,6}(?:サービス|体制|サポート|仕組み|基盤|製品|システム|プラン|会社|企業)(?:です|でし|だ(?!け)|であ|として"
    r"|が(?:強み|自慢|特長|特徴|売り)|を(?:整|提供|用意|実現|維持|続|支え|築)|に(?:成長|育))"
)
"""What follows where the noun behind a figure is what the sentence is about: 稼働率が99%を超えるサービスです."""
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
    r"|(?:だった|もあった|を超えていた)(?:ころ|頃|当時|時期|時代)"
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
    return any(said.match(text, quantity.end) for said in (_CONDITION, _RESTRICTION))


def is_unmet(quantity: Quantity, text: str) -> bool:
    """Whether a figure is one that is not reached: 50%に届きません."""
    return _UNMET.match(text, quantity.end) is not None


def restricts(quantity: Quantity, text: str, *, tight: bool = False) -> bool:
    """Whether a figure tells which of many are meant, by the noun behind it: (率が)40%を超える事業体, 20%のプラン.

    `tight`: it stands directly behind its subject, where 400社超の知見 tells of oneself; 80%を下回った窓口 does not.
    """
    left = quantity.outer[0]
    before = text[max(0, left - 6) : left].removesuffix("平均")
    if before.endswith(("が", "まで", "までに")) and _OF_THOSE.match(text, quantity.end):
        return True
    if before.endswith("に") and _TOOK.match(text, quantity.end):
        return True
    if tight and _OF_SUCH.match(text, quantity.end) and "も" in text[quantity.end : quantity.end + 14]:
        return True
    if before.endswith("が") and _OF_SUCH.match(text, quantity.end):
        return True
    if any(said.match(text, quantity.end) for said in (_OTHERS_DID, _CASE_TOO)):
        return True
    found = _RESTRICTION.match(text, quantity.end)
    if found is None or _STATED_OF.match(text, found.start("noun")) or (tight and _BOUND.match(text, quantity.end)):
        return False
    return not _LEVELS.search(found["noun"])


def is_told_by_others(quantity: Quantity, text: str) -> bool:
    """Whether others say a figure of themselves: (支援社数)95社と名刺に刷った他社."""
    return any(said.match(text, quantity.end) for said in (_OTHERS_TELL, _WRITTEN))


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
