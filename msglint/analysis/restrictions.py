"""Whether words before a fact's subject make it that of a part, a case or another time: 夜勤に限れば、時給は."""

from __future__ import annotations

from msglint.expression import expression
from msglint.guide.model import Fact

_APART = expression(
    r"(?:その|この)?当時の\Z|(?:従来型?|旧来|旧(?:型|機種|製品|モデル|システム|プラン)|(?:先代|前|以前)の(?:機種|モデル|プラン)|かつて|以前|昔|他|ほか|一般|一般的な[一-龠ァ-ヴー]{1,10}|(?:導入|移行|移転|委託|契約|見直し|[うくすつるぶむ])前)"
    r"(?:「[^」]*」|『[^』]*』)?の(?:[一-龠ァ-ヴー]{1,12}の)?\Z"
    r"|(?:他社|競合(?:他社)?|別の会社)から[^、。はが]{0,10}\Z"
    r"|(?:他社|競合(?:他社)?|(?:別|ほか|他)の会社)が[^、。はが]{1,12}[たるい](?:[^、。はがも]{0,8}の)?\Z"
    r"|旧(?:機種|モデル|プラン|制度|方式|体制|料金|規定|システム|製品)では、?[^、。はが]{0,8}\Z"
    r"|(?:机上|理論上?|名目上?)の(?:計算では、?|数字では、?|値では、?)?[^、。はが]{0,6}\Z|理論上は?、?\Z"
    r"|(?:他社|競合(?:する会社|他社|企業)?|同業(?:の会社|他社)?|(?:ほか|他|よそ)の会社)の平均(?:では|だと)、?[^、。はが]{0,12}\Z"
    r"|他社の(?:事例|例|数字|実績|場合)(?:を見(?:ると|れば)|では|は)、?\Z"
    r"|(?:前|以前|今まで|これまで)の(?:委託先|業者|会社|サービス|システム|製品|仕組み|職場)(?:では|は|の|で)、?[^、。]{0,10}\Z"
    r"|[うくすつぬぶむるいただ]場合の\Z|[うくすつぬぶむるいただ]場合(?:は、?|に|には|、)、?[^、。はがも]{0,12}\Z|(?:計画|目標)に(?:掲げ|定め|置い|入れ)た(?:[一-龠]{1,6}の)?\Z"
    r"|(?:別|ほか|他)の(?:会社|企業|お?店|お客様)では、?[^、。はが]{0,12}\Z"
    r"|[こそあ]の(?:会社|企業|お?店舗?|工場|病院|お客様|顧客|団体|荷主|取引先|メーカー|支店|施設|学校)の\Z"
    r"|(?:業界|市場|同業(?:他社)?|世間|他社)の?(?:平均|相場|水準)の\Z"
    r"|(?:試験導入|試験運用|試行|実証実験|先行導入|予備調査|パイロット(?:導入|運用)?)(?:では|の|で)、?[^、。はがも]{0,12}\Z"
    r"|(?:小型|大型|中型|小規模|大規模|中規模|小さ[いな]|大き[いな]|古い|新しい|狭い|広い|特殊|単純|複雑)[なの]?[一-龠ァ-ヴー]{1,6}"
    r"(?:では|だと|なら|の場合は?)、?[^、。はがも]{0,12}\Z"
    r"|(?:同業(?:他社)?|競合(?:他社)?|他社|[A-ZＡ-Ｚ]社)(?:の[^、。はがも]{1,8})?が(?:公表|発表|報告|公開|掲載|掲げ|うたっ)(?:し)?て?(?:いる|た)\Z"
    r"|(?:別|ほか|他|よそ)の(?:会社|企業|お?店)の(?:資料|報告書?|サイト|発表|広告)(?:で|に)は、?[^、。はが]{0,14}\Z"
    r"|(?:来[年期]度?|次[年期]度?|翌[年期]度?)の\Z"
    r"|[別他]の?(?:製品|サービス|プラン|商品|会社|事業|システム)(?:「[^」]*」|『[^』]*』)?の\Z"
    r"|[別他]の(?:製品|サービス|プラン|商品|事業|システム|機種)では、?[^、。はがも]{0,12}\Z"
    r"|(?:企業|会社|[A-ZＡ-Ｚ]社|メーカー|事業者)[はが]、?(?:自社|自ら)の\Z"
)
"""What makes a subject another: of before or later, of other products or companies, of a special case."""
_PHRASE = "(?P<who>(?:[一-龠々ァ-ヴーA-Za-zＡ-Ｚ0-9０-９・の]|(?<=[一-龠])[ぁ-ん](?=の))+)"
_NARROWED = expression(
    rf"{_PHRASE}(?:"
    # 夜勤に限れば, 大阪の拠点だけなら, 冷凍品の場合は, 包装付きなら, カートだけの拠点では
    r"(?:に絞(?:った|ると|れば|って)|に(?:は)?限(?:れば|ると|りま?|って|った|定す(?:ると|れば)|定し[てた])"
    r"|(?:だけ|のみ)(?:なら|は|に限|を[見み][たるれて]|を[^、。]{1,16}(?<!の)では(?!な)|を[抜取選集][^、。]{0,6}(?:と|ば)|で[見み][たるれて]|の[一-龠ァ-ヴー]{1,8}(?:では|なら|で|に))"
    r"|(?<=の)場合(?:は|に|には|、)|付き(?:なら|では|だと|の場合))"
    r"(?:(?!が、|けれど|ので、|から、|一方|に対し|と比べ|より)[^。]){0,24}"
    # 離島向けの, 保守部門だけの
    r"|向けの?|(?:だけ|のみ)の"
    # 化粧品の会社の, 千葉の拠点に
    r"|の(?:会社|企業|法人|団体|お?店舗?|お客(?:さま|様|さん)|拠点|倉庫|工場|支[店社]|営業所|事務所|部署|部門|班|チーム)[のにで、]{0,2}"
    # 公共工事を中心とする会社の
    r"|(?:を(?:中心|主|専門)(?:力)?(?:と|に)(?:する|した|している)|が中心の|中心の|に特化した|を(?:専門に)?(?:扱う|手がける|営む))"
    r"(?:会社|企業|法人|団体|お?店舗?|工場|事業者|部署)(?:の|では?、?|は、|も、)[^、。はがも]{0,10}"
    # 名入れの商品では
    r"|の(?:商品|品物|品|注文|案件|契約|部品|荷物|返品|依頼)(?:では|なら|だと|の場合|は)、?[^、。はがも]{0,10}"
    r")\Z"
)
_WHOLE = expression(
    "(?:日本|国内|全国|全社|全体|当社|弊社|自社|小社|わが社|我が社|私たち|御社|貴社|社内|多く|すべて|全て|大半|ほとんど|各社|各地|それぞれ|この|その"
    "|一般|通常|標準|基本|平均|法人|企業|会社|お客様|顧客|取引先?|導入先?|契約先?|世の中|数字|数値|件数|結果|割合|数|金額|表面|それ|これ|今|現在|今回|最新|直近|昨年度?|今年度?|前年度?"
    "|BtoB|B2B|[0-9０-９]+年度?)(?:の(?:会社|企業|場合|数字|結果|調査|もの|お客様))?の?"
)
"""What names the whole, and so narrows nothing."""
_RELATIVE = expression("[一-龠々ァ-ヴー]+[ぁ-ん]{0,3}[るたいうくすつむぶ]\\Z")
_LEFT_OUT = expression("除|含ま(?:な|ず|れな)|含み?ませ|以外|対象外")
_PARTLY = expression(r"(?:(?:この|その)?うち、?(?![のではにもが]))")


def told_of(fact: Fact) -> str:
    """Return the words that tell of whom a fact is: its subject, and what its caveat says but of whom it is not."""
    said = (fact.caveat.text, *fact.caveat.patterns) if fact.caveat else ()
    return "\n".join((fact.subject, *(part for part in said if not _LEFT_OUT.search(part))))


_THAT = expression(
    r"[そあ]の(?:製品|サービス|プラン|商品|事業|システム|ソフト|機種|会社|企業|業者|事務所)(?:の|では、?|だと)[^、。はがも]{0,10}\Z"
)
_OTHERS = expression(
    "他社|競合|同業|海外|(?:別|他|ほか|よそ)の(?:製品|サービス|プラン|商品|事業|システム|ソフト|機種|会社|企業|業者)"
)
_BEFORE = 120
"""So far before its sentence そ points to."""


def is_apart(text: str, fact: Fact, sentence: int, start: int) -> bool:
    """Whether the words from `sentence` to the subject at `start` make it another than the whole the fact is about."""
    that = _THAT.search(text, max(sentence, start - 30), start)
    if that and _OTHERS.search(text, max(0, sentence - _BEFORE), sentence):
        return True
    if _APART.search(text, max(sentence, start - 30), start) or _PARTLY.match(text, sentence):
        return True
    narrowed = _NARROWED.search(text, max(sentence, start - 60), start)
    who = narrowed["who"].strip("の") if narrowed else ""
    if not who or _WHOLE.fullmatch(who):
        return False
    # 土曜に止まる拠点だけの is not of the 拠点 that the fact tells of.
    relative = _RELATIVE.search(text, sentence, narrowed.start()) if narrowed else None
    return (relative[0] if relative else "") + who not in told_of(fact)
