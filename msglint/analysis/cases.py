"""Figures of a case, of others, or of those that they pick out, and not of the subject: 12%に達した月もあります."""

from __future__ import annotations

from msglint.analysis.quantities import Quantity
from msglint.expression import expression

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
RESTRICTION = expression(
    r"(?:(?:以上|以下|以内|未満|超)の|(?:以上|以下|未満|超)(?:だった|である|となった|になった)"
    r"|[をがに]?(?:超え|越え|上回|下回|割り込|割|切|満た|届か|達し|達す|とどま|迫|過ぎ|超過し|要し)(?:っ|り|ん)?(?:て|で)?(?:いる|いた|る|た|だ|ない|す)?)"
    r"(?P<noun>[一-龠々ァ-ヴーA-Za-z][一-龠々ァ-ヴーA-Za-zいりしえせきけわめ]{0,9})(?=[はがもをでにへとのや、]|など|から|まで|より|だけ|ほど)"
)
"""A bound and the noun behind it that it sorts out: (率が)40%を超える事業体."""
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
    r"|が理想|が(?:当たり前|普通|常識|相場)(?:だった|の(?:中|業界|世界)|とされ)|という(?:の|数字)は、?あくまで"
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
    found = RESTRICTION.match(text, quantity.end)
    if found is None or _STATED_OF.match(text, found.start("noun")) or (tight and _BOUND.match(text, quantity.end)):
        return False
    return not _LEVELS.search(found["noun"])


def is_told_by_others(quantity: Quantity, text: str) -> bool:
    """Whether others say a figure of themselves: (支援社数)95社と名刺に刷った他社."""
    return any(said.match(text, quantity.end) for said in (_OTHERS_TELL, _WRITTEN))
