"""Whether words before a fact's subject make it that of a part, a case or another time: 夜勤に限れば、時給は."""

from __future__ import annotations

from msglint.expression import expression
from msglint.guide.model import Fact

_APART = expression(
    r"[、（(](?:この|その)?うち、?[^。、はがも]{0,24}\Z|(?:その|この)?当時の\Z|[0-9０-９]+(?:年|か月|カ月|回|期|日|週)目の\Z|(?:目標|理想|ねらい|狙い)(?:とする|となる|にする|に置く)\Z|(?:従来型?|旧来|旧(?:型|機種|製品|モデル|システム|プラン)|(?:先代|前|以前)の(?:機種|モデル|プラン)|かつて|以前|昔|他|ほか|一般|一般的な[一-龠ァ-ヴー]{1,10}|(?:導入|移行|移転|委託|契約|見直し|[うくすつるぶむ])前)"
    r"(?:「[^」]*」|『[^』]*』)?の(?:[一-龠ァ-ヴー]{1,12}の)?\Z"
    r"|(?:他社|競合(?:他社)?|別の会社)から[^、。はが]{0,10}\Z"
    r"|(?:他社|競合(?:他社)?|(?:別|ほか|他)の会社)が[^、。はが]{1,12}[たるい](?:[^、。はがも]{0,8}の)?\Z"
    r"|旧(?:機種|モデル|プラン|制度|方式|体制|料金|規定|システム|製品)では、?[^、。はが]{0,8}\Z"
    r"|(?:机上|理論上?|名目上?)の(?:計算では、?|数字では、?|値では、?)?[^、。はが]{0,6}\Z|理論上は?、?\Z"
    r"|(?:他社|競合(?:する会社|他社|企業)?|同業(?:の会社|他社)?|(?:ほか|他|よそ)の会社)の平均(?:では|だと)、?[^、。はが]{0,12}\Z"
    r"|他社の(?:事例|例|数字|実績|場合)(?:を見(?:ると|れば)|では|は)、?\Z"
    r"|[たるい](?:会社|企業|お客様|店|工場)の(?:事例|例|ケース)では、?[^、。はがも]{0,12}\Z"
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
_AT = expression(r"(?P<who>[一-龠々ァ-ヴーA-Za-zＡ-Ｚ0-9０-９]+)[」』”)）]?(?:では|においては)(?!な|あり)")
_TELLS = expression(
    "(?:調査|調べ|アンケート|集計|統計|白書|報告書?|レポート|データ|実績|計測|測定|記録|推計|試算|計算|ヒアリング|試験|検証|実験|分析|評価|結果"
    "|資料|案内|パンフレット|カタログ|掲示|別[紙表]|付録|[表図欄]|一覧|グラフ|ページ|サイト|記事|連載|[誌紙書号版文章節項回報点面形話本]|新聞|要約|概要"
    "|説明|提案|見積も?り?|契約|稟議|規[程約定]|仕様|ひな形|約款|名刺|広告|チラシ|冊子|講演|会[合議]|朝礼|商談|展示会|セミナー|ニュース"
    "|発表|公表|リリース|標準|原則|基準|目安|定義|[事前実]例|実[務際]|現[場在状]|今回?|いま|[最直]近|近年|[年月期]度?|段階|時点|以上"
    "|全[体社国]|平均|合計|国内|日本|世界|市場|業界|[当弊自小]社|わが社|我が社|社[内外]|中|なか|ところ|下|場|次第|物|会|条件|場合|一[方部般]|多く|通常|基本|理由"
    "|意味|数[字値]|換算|比較|水準|感覚|印象|表?面|目|文脈|方[法式]|流れ|ベース|値|率|額|窓口)\\Z"
)
"""What tells a figure, or names the whole: at the head of other words では says of which part it is told."""
_ITS = expression(r"(?P<who>[一-龠々ァ-ヴーA-Za-zＡ-Ｚ0-9０-９]+)[」』”)）]?(?:における|での|の)[「『]?\Z")
_OF_ALL = expression(
    r"(?:[当弊自]社.*|(?:[0-9０-９]+|[一二三四])(?:[年月週日期]度?目?|か月|本|台|件|回|人|社|名|拠点|部署)?[間々]?(?:分|当たり|あたり)?|[毎年月週日期][間次々額]?|[初毎今各]回|累[計積]|延べ|総計|通算|年度|ごと|別"
    r"|全[体社国]|平均|合計|国内|日本|[当弊自小本]社|わが社|我が社|標準|通常|基本|一般|現在|現[行状]機?|最[新近初大小]|直近|[昨今前]年度?|同じ"
    r"|調査|白書|統計|集計|アンケート|実績|データ|資料|電話|メール|窓口|問い合わせ|お客[様さま]*|顧客|(?:導入|利用|契約|会員|支援|取引|提携|委託)(?:企業|会社|先)?|企業|会社"
    r"|[一二三四五]つ|とき|時|場合|ため|うち|以降|以[来内]|現場|全部|すべて|実際|肝心|普段|ほか|装置|機[器械]|製品|商品|サービス|プラン|契約|新[型版])\Z"
)
_THOSE = expression(r"[たるうくすつむぶいの](?:会社|企業|お客様|顧客|支援先|導入先)\Z")
_TURNS = expression("[当弊小]社|わが社|我が社|私たち|一方|に対し|(?:です|ます|[ただる])が、")
"""What turns to oneself, or to another thing, again: 他社では20%ですが、当社の."""
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
_FAR = 160
"""So far before a subject it is said of what its figure is told: この工場では、…、離職率は."""
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


def turns(text: str, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` turn away from what was spoken of before them: …ですが、当社の."""
    return _TURNS.search(text, start, end) is not None


def is_elsewhere(text: str, fact: Fact, sentence: int, start: int) -> bool:
    """Whether a figure is told of a topic that is neither the whole nor its teller: この工場では, ある専門店では."""
    found = [
        m
        for m in _AT.finditer(text, max(sentence, start - _FAR), start)
        if not (_TELLS.search(m["who"]) or m["who"] in f"{told_of(fact)}\n{fact.source}")
    ]
    if not found or turns(text, found[-1].end(), start):
        return False
    return _THOSE.search(text, max(sentence, found[-1].start("who") - 8), found[-1].end("who")) is None


def is_of_thing(text: str, fact: Fact, sentence: int, start: int, known: str) -> bool:
    """Whether a subject is that of a thing that nothing tells to be the fact's own: 写真管理ソフトの検索速度.

    `known` is all that the guide names.
    """
    found = _ITS.search(text, max(sentence, start - 24), start)
    who = found["who"] if found else ""
    return bool(who) and not (_OF_ALL.search(who) or who in f"{told_of(fact)}\n{fact.source}" or who in known)
