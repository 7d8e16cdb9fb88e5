"""Whether a fact's subject is said of others than the fact is about: 製造業の離職率, A町では、有収率が, 当館の単価."""

from __future__ import annotations

from msglint.analysis.restrictions import is_apart, told_of, turns
from msglint.expression import expression
from msglint.guide.model import Fact

_NAME = r"(?P<who>[一-龠々ァ-ヴーA-Za-zＡ-Ｚ0-9０-９・]+)"
_OF = expression(rf"{_NAME}(?:(?:における|に限った|内)?の|における|での)[「『“]?\Z")
_IN = expression(
    rf"{_NAME}(?:の[一-龠ァ-ヴー]{{1,8}})?(?:では|に?は|にも|においては|の場合は?|に限(?:ると|れば)|だけ[をで]見(?:ると|れば)"
    r"|を対象(?:に|と)(?:した|する|しており)[^、。]{0,12}(?:では|によ(?:ると|れば)|で、|の結果))(?!な|あり)"
)
_INDUSTRY = (
    "製造|建設|飲食|小売|卸売?|サービス|金融|保険|不動産|運輸|運送|物流|農|林|漁|水産|鉱|工|宿泊|観光|旅行|医療|介護|福祉"
    "|教育|通信|出版|印刷|食品|化学|繊維|鉄鋼|機械|電機|自動車|製薬|外食|百貨店|清掃|警備|人材|広告|銀行|証券|畜産|造船"
)
_BODY = (
    "企業|会社|社|事業体|事業者|事業所|企業団|団体|組織|自治体|都市|政令市|市町村|店舗?|館|ホテル|旅館|施設|病院|医院"
    "|クリニック|校|大学|園|農園|農家|工場|組合"
)
_PLACE = (
    r"(?!全国|我が国|自国|母国)[一-龠ァ-ヴー]{1,4}(?:[都府県市区町村郡州国圏]|地方|地域|北海道)(?:内|部|全域|全体)?"
)
_CUSTOMERS = "導入|利用|契約|既存|取引|登録|加入|会員|提携|運営"
_ELSE = expression(
    "|".join(
        (
            f"[一-龠ァ-ヴー]{{0,6}}(?:{_INDUSTRY})業(?:界|種|者)?|(?:全|他|各|異)業種",
            "(?:化粧品|医薬品|書籍|映像|衣料品?|衣類|アパレル|雑貨|家具|家電|日用品|飲料|菓子|文具|玩具|酒類|(?:冷凍|冷蔵|生鮮)(?:食)?品)",
            "(?:北海道|東北|関東|北陸|東海|関西|近畿|中部|四国|九州|沖縄|首都圏|都市圏|千葉|埼玉|神奈川|東京|横浜|名古屋|京都|大阪|神戸|広島|福岡|札幌|仙台)",
            "[一-龠ァ-ヴー]{1,8}(?:製作所|製菓|製薬|工業|産業|商事|商会|商店|物産|電機|電工|化成|化学|食品|鉄工所?|精機|精密|運輸|建設|銀行)",
            f"[A-ZＡ-Ｚ](?:市|町|村|県|区|国|団|院|支店|支社|{_BODY}).*|(?:{_BODY})[A-ZＡ-Ｚ]",
            "(?:同業)?他(?:社|国|県|市|校|店|館).*|競合(?:他社|企業|製品|[A-ZＡ-Ｚ]社)?|[一-龠ァ-ヴー]{0,8}メーカー",
            f"(?:大|中小|中堅|零細|小規模|大規模|中規模|地方|海外|外資系?|老舗)(?:の)?(?:{_BODY})",
            _PLACE,
            "(?:海外|世界|欧米|欧州|北米|南米|アジア|アメリカ|ヨーロッパ|[米英中韓]国|台湾|ドイツ|フランス|イギリス|イタリア|スペイン|オランダ|スウェーデン"
            "|インド|タイ|ベトナム|シンガポール|カナダ|ブラジル|オーストラリア)(?:企業|市場|メーカー)?",
            "スタートアップ|ベンチャー|上場企業|個人事業主|フリーランス|官公庁|行政機関?",
            "郊外|都心|山間部?|沿岸部|農村部|離島|地方",
            "女性|男性|若手|新人|若者|高齢者|学生|中高年|[0-9０-９]+代|.+(?:世代|層)",
            rf"(?!{_CUSTOMERS})[一-龠ァ-ヴー]{{2,8}}(?:ホテル|旅館|病院|工場|大学|支店|支社)[一-龠ァ-ヴー]{{0,6}}",
        )
    )
)
_INDEFINITE = expression(
    r"(?:ある|某)[一-龠々ァ-ヴー]{1,8}の(?:試算|実績|集計|記録|例|事例|場合|報告|計算)(?:では|によると|によれば|は)、?[^、。はがも]{0,14}\Z|"
    r"(?:項目|部署|拠点|人|業種|店舗?|時期|季節|地域|製品|担当者|会社|部門)によって(?:は、?|、)[^、。はがも]{0,12}\Z|"
    r"[こそあ]の(?:会社|企業|お?店舗?|工場|病院|お客様|顧客|団体|荷主|取引先|メーカー|支店|施設|学校|拠点|部署)"
    r"(?:(?:だけ|のみ)(?:[をで]見(?:ると|れば)|では|なら)|では(?:、?[^。]{0,40}、)?|の場合(?:は|、)|に限(?:ると|れば))、?[^、。はがも]{0,14}\Z|"
    r"(?<!答え)(?<!回答し)[たるいう](?:企業|会社|店舗?|工場|病院|拠点|部署|顧客|お客様|人|方)(?:(?:だけ|のみ)[をで]見(?:ると|れば)|に(?:は)?限(?:ると|れば)|だけなら)、?[^、。はがも]{0,14}\Z"
    r"|(?:ある|某)[一-龠々ァ-ヴー]{1,8}の(?:公表|公開|発表|開示)(?:資料|値|数字|結果)(?:では|によると|によれば)、?[^、。はがも]{0,14}\Z"
    r"|の(?:一社|1社|一つ|ある会社)(?:では|は|の)、?[^、。はがも]{0,12}\Z|[たるいう](?:人|方|社員|学生)(?<!答えた人)(?<!回答した人)では、?\Z|"
    rf"(?:ある|某)(?:[一-龠ァ-ヴー]{{1,6}}の)?[一-龠ァ-ヴー]{{0,6}}(?:企業グループ|グループ|[市町村県区]|{_BODY}|顧客|お客様|取引先|メーカー|[一-龠ァ-ヴー]{{1,6}}先)(?:の|(?:では|は|でも|も)、?[^、。はがも]{{0,12}})\Z"
)
_PUBLISHED = expression(
    r"(?:先|(?<![当自弊])社|企業|事務所|団体|機関|メーカー)が(?:公表|発表|報告|掲載|掲げ|うたっ)(?:し)?て?(?:いる|た)\Z"
)
"""What makes a subject that of who tells it: 提携先が公表している(顧客数)."""
_CASE = expression(
    r"の(?:半分|半数)、|、?当時[はの]、?|最も[^、。]{1,8}(?:もの|場合|例|会社|人|割|案件)(?:では?|は)|が[^、。はが]{1,8}た(?:[0-9０-９]+月|月|年|時期|日|週)(?:は|に)|特例で|例外的に|一時的に|臨時[にで]|(?:項目|部署|拠点|業種|店舗|時期|季節|地域|製品|部門)(?:ごとに|によって|別に)|別[にで](?:まとめ|見|分け|並べ|集計|数え|比べ)|(?:法律|法令|制度|理論)上|机上の"
    r"|が(?:終わ|済|完了し|過ぎ|明け)(?:っ|ん)?(?:てから|でから|たら|ると|れば|た(?:後|あと|ら))|が(?:低|高|多|少な|短|長)い[一-龠ァ-ヴー]{1,8}(?:では|は|も|だと)"
    r"|[0-9０-９][^、。は]{0,6}(?:まで|以下|以上|未満)?(?:なら|だと|の場合)、?\Z|[0-9０-９]+(?:年|か月|週|日|回|期)目(?:で|は|に|の)、?"
    r"|にな(?:ると|れば|ったら)|にす(?:ると|れば)|を選(?:ぶと|べば)|を含(?:む|める)(?:と|場合)|(?:だけ|のみ)[をで](?:取|抜|切り取)|に限[りるれ]|を除[いくけ]|(?:だけ|のみ)なら|(?<!当社)(?<!自社)(?<!弊社)の(?:場合|とき)[はに、]|だけ[をで]見"
)
_ITSELF = expression("だけ[をで]見")
_AMONG = expression(rf"{_NAME}(?:の(?P<part>[一-龠ァ-ヴーお客さま様]+))?(?:だけ|のみ)?で(?:は|も)?、?(?:約|およそ)?\Z")
_PART = expression(
    rf"(?:大口|小口|大手|中堅|地方|都市部|郊外|首都圏|平日|休日|夜間|日中|新規|既存|若手|女性|男性|海外)"
    rf"(?:{_BODY}|お客(?:さま|様|さん)|顧客|取引先|契約|支店|営業所|地域)?"
)
"""Those of whom alone a figure behind its subject is told: 更新率は大口の会社で98%."""
_HERE = expression(
    r"(?:当|本|同|貴)(?:館|院|園|校|店|市|町|村|県|区|ホテル|旅館|施設|病院|農園|農場|工場|組合|団体|大学)"
)
_OWN = expression(
    "自社|当社|弊社|社内|自館|自院|[当本](?:館|院|園|校|店|市|町|村|県|区|ホテル|旅館|施設|病院|農園|工場|組合|大学)"
)
_AT_LARGE = expression("(?:業界|市場|国内|全国|世間)(?:全体|平均)?")
_FAR = 160
"""So far before a subject it is said of whom it is meant: 製造業では、…、離職率は."""
_ELSEWHERE = expression(
    r"(?:業界|市場|世間|同業|他社|競合)(?:(?:全体|の?平均(?:値)?)?では|の?平均(?:値)?[はの])、?(?:約|およそ)?\Z"
)
_PUBLIC = expression("日本|国内|全国|世界|業界|市場")
_WE = frozenset("当社 弊社 自社 わが社 我が社".split())
_SIZED = expression(
    rf"(?:[0-9０-９]+(?:人|名|店|億円)(?:以上|以下|未満|超|規模)?|[大小中]規模)の(?:{_BODY})(?:の|における|では|は、?)"
    r"|[0-9０-９]+(?:人|名|億円)(?:以上|以下|未満|超|規模)の\Z"
)
_WHEN = expression(r"(?:休日|土日|祝日|夜間|深夜|早朝|繁忙期|閑散期|年末年始|休業日|時間外)(?:の|における)\Z")
_MEDIUM = expression(
    "動画|音声|記事|ウェビナー|セミナー|メール|広告|ホワイトペーパー|ポッドキャスト|図版|写真|冊子|書籍"
)
"""What a fact about another one of is not about: 動画の制作日数 is not that of 記事."""
_FIELDS = frozenset("世界 業界 現場 分野 領域".split())
"""What a noun before them makes a field of: BtoBの世界では."""
_NO_PLACE = frozenset({"政府", "内閣府"})
_BODIES = expression(rf"(?:{_BODY})\Z")
_OWNERS = expression(r"([一-龠々ァ-ヴーA-Za-z]{3,})の")
_ALIKE = 2
_KATAKANA = expression("[ァ-ヴー]{2}\\Z")
_BEHIND = expression(r"の([一-龠々ァ-ヴー]{2,})(?=[はがもをの])")
_BEFORE = expression(r"(?<![一-龠々ァ-ヴーA-Za-z0-9０-９])([一-龠々ァ-ヴーA-Za-z]+)の?\Z")


def own_start(text: str, fact: Fact, start: int) -> int:
    """Return where a subject begins whose keyword stands at `start`, with words of the fact's subject before it.

    宿泊業の人手不足割合 with the keyword 人手不足割合 is the subject 宿泊業の人手不足割合 itself.
    """
    while found := _BEFORE.search(text, max(0, start - 24), start):
        if found[1] not in fact.subject:
            break
        start = found.start()
    return start


def own_end(text: str, fact: Fact, end: int) -> int:
    """Return where a subject ends whose keyword ends at `end`, with a noun of the fact's subject behind it.

    編集時間の削減 with the keyword 編集時間 is the subject 削減できる編集時間 itself.
    """
    found = _BEHIND.match(text, end)
    return found.end() if found and found[1] in fact.subject else end


def is_of_others(text: str, fact: Fact, sentence: int, start: int) -> bool:
    """Whether the words from `sentence` to the subject at `start` say that it is meant of others than the fact."""
    if is_apart(text, fact, sentence, start):
        return True
    if (when := _WHEN.search(text, max(sentence, start - 8), start)) and when[0][:2] not in told_of(fact):
        return True
    found = _OF.search(text, max(sentence, start - 24), start)
    who = found["who"] if found else ""
    if (
        _is_other(who, fact)
        or (_PART.fullmatch(who) and who not in told_of(fact))
        or is_among_others(text, fact, sentence, start)
    ):
        return True
    if _PUBLISHED.search(text, max(sentence, start - 24), start) and _is_own(fact):
        return True
    return _INDEFINITE.search(text, max(sentence, start - 24), start) is not None


def is_among_others(text: str, fact: Fact, sentence: int, start: int) -> bool:
    """Whether the words from `sentence` to `start` say among whom: 製造業では、…, 九州には28人の(保守要員がいる)."""
    before = _IN.finditer(text, max(sentence, start - _FAR), start)
    named = (
        m["who"]
        for m in before
        if not (m["who"] in _FIELDS and text.endswith("の", 0, m.start())) and not turns(text, m.end(), start)
    )
    return any(_is_other(who, fact) for who in named)


def is_of_size(text: str, fact: Fact, sentence: int, start: int) -> bool:
    """Whether the words before the subject at `start` name those of a size: 従業員300人以上の企業の(導入率).

    Not where the fact is of these itself, as its caveat tells.
    """
    found = _SIZED.search(text, max(sentence, start - 30), start)
    return found is not None and not any(part in found[0] for part in told_of(fact).split("\n"))


def is_restricted(text: str, fact: Fact, start: int, end: int) -> bool:
    """Whether between a subject and its figure, from `start` to `end`, a case is made: 口径500mmになると."""
    if _ELSEWHERE.search(text, start, end) and _is_own(fact):
        return True
    among = _AMONG.search(text, start, end)
    if among and among["who"] not in told_of(fact):
        who = among["who"]
        if who == "同社" or _PART.fullmatch(who + (among["part"] or "")) or _ELSE.fullmatch(who):
            return True
    found = _CASE.search(text, start, end)
    return found is not None and not _ITSELF.match(text, start)


def _is_other(who: str, fact: Fact) -> bool:
    if who in told_of(fact) or who in _NO_PLACE:
        return False
    if _HERE.fullmatch(who):
        return not _is_own(fact)
    if _AT_LARGE.fullmatch(who):
        return _is_own(fact)
    if _MEDIUM.fullmatch(who):
        return _MEDIUM.search(fact.subject) is not None
    if who == "同社":
        return _is_own(fact)
    if who in _WE:
        return _PUBLIC.search(fact.subject) is not None
    return _ELSE.fullmatch(who) is not None or _is_sibling(who, fact)


def _is_sibling(who: str, fact: Fact) -> bool:
    """Whether a name ends like the one that the fact is of, and is another: シリンジポンプ beside 輸液ポンプ."""
    owners = [] if _BODIES.search(who) else _OWNERS.findall(fact.subject)
    alike = _ALIKE + bool(_KATAKANA.search(who))  # セミナー and ウェビナー share no word
    return any(who[-alike:] == owner[-alike:] and who[:-alike] and owner[:-alike] for owner in owners)


def _is_own(fact: Fact) -> bool:
    """Whether a fact is about the writer's own company, by its subject or source."""
    return _OWN.search(fact.subject + fact.source) is not None
