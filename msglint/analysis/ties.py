"""Which registered subject a figure of running text is about."""

from __future__ import annotations

import bisect
import itertools

from msglint.analysis.answers import answers, counts, shares
from msglint.analysis.clauses import FARTHEST, carries, is_tight, parts_subject
from msglint.analysis.manner import has_own_noun, is_change, is_compared, is_refunded, is_time_apart
from msglint.analysis.mentions import Mention
from msglint.analysis.modifiers import modifies
from msglint.analysis.numerals import narrow
from msglint.analysis.place import Place
from msglint.analysis.populations import is_among_others, is_of_others, is_restricted
from msglint.analysis.quantities import Quantity
from msglint.analysis.tokens import Tokens
from msglint.analysis.units import TIMES
from msglint.expression import expression
from msglint.guide.model import Fact

_CHANGING = expression("[差増減比伸]|[上下][がげ]|上昇|低下|変化|改善|向上|アップ|ダウン|推移|拡大|縮小|悪化|回復")
_CUT = expression(
    r"(?:削減|短縮|減少|低減|圧縮|軽減|増加|上昇|低下|伸び|改善|向上)(?:率|幅|割合|効果|時間|日数|額)?\Z|(?:削減|短縮|節約|軽減|圧縮)(?:できる|した|された)"
)
"""What a fact is about whose figure is a change itself: 工数の削減率."""
_NOTICE = expression("予告|通知|申し出|申請|届け?出|締め?切|期限|キャンセル|予約|解約")
_PER = r"[0-9.,]*[A-Za-z一-龠ァ-ヴー]{1,8}?)(?:当たり|あたり|当り|につき)"
_BASE_OF = expression(rf"([0-9一]{_PER}")
_BASE = expression(rf"([0-9０-９一]{_PER}(?:で?は|で)?[、 ]?(?:平均|年間|月間|[年月週日]に)?\Z")
_MONEY = frozenset({"円", "ドル", "ユーロ"})
_LIMIT = expression("の(上限|下限)")
_LIMITS = {"上限": {"at_most", "under"}, "下限": {"at_least", "over"}}
_PER_UNIT = expression("単価|価格|料金?(?!率)|月額|年額")
_BASE_BEFORE = expression(rf"([0-9０-９一]{_PER}の\Z")
_PERIODS = expression("(月額|月間|月々|毎月|年間|年額|日額|週に)")
_OVER = expression("(月額|月間|月々|年間|年額|日額)(?:では|で|に)?、?(?:約|およそ)?\\Z")
_DAILY = expression(r"[1１一]日(?:に|平均)?\Z")
_OF_CHANGE = expression("の(?:伸び|増減|増加|減少|上昇|低下|変化|[上下]げ幅|上昇幅|差)(?:率|額|幅|分)?[はがを]")
_BY_CHANGE = expression("の(?:短縮|延長|改善|見直し|削減|引き下げ|引き上げ|共有)(?:で|により|によって|のため|に向け)")
_SUMMED = expression("(?:まとめ|合わせ|足し|足す|掛け|かけ|合計し|合計す|通算し|通算す|加え)(?:る|た)?(?:と|ら)、?\\Z")
_PART = expression("を(?:含|除|加え|足し)|も含|相当の")
_OF_ANOTHER = expression(
    "もの?の[一-龠ァ-ヴー]{1,8}(?:率|度)|の[一-龠ァ-ヴー]{1,8}率|の(?:事例|例)|の(?:取りこぼし|漏れ|余地)[のをにでがは]"
)
_ADDED = expression("(?:ほど|程度)?を?(?:足|加え|上乗せ|プラス|追加|積)")
"""What comes on top: 月額料金に3,000円を足すと."""
_WORTH = expression("分(?:の[^、。]{1,8})?に(?:あた|当た|相当|匹敵)")
"""What a figure is only likened to: (35時間は)一週間分の勤務にあたります."""
_MEETING = expression(
    "の(?:会議|打ち?合わ?せ|ミーティング|面談|研修|講義|講座|動画|休憩|電話|通話|デモ|セミナー|ウェビナー)[のをにでがは]"
)
"""What a length of time is of, and not of the subject before it: 商談準備は30分の会議のあとに."""
_CONCLUDED = expression(r"(?:だから|ですから|なので|ですので|のに|と[長短高低]く)、[^、。はも]{0,8}\Z")
"""What ends the clause of a figure, so that the next one is of what follows from it: 6か月だから、1か月で."""
_SCALE = expression(r"満点(?:で(?:は|、)?|中(?:、)?|の)?(?:平均)?")
_NEXT = 6
"""So near behind a figure stands the word that says how it changes."""


def subject(place: Place, at: int) -> Fact | None:
    """Return the fact that a figure of running text is about."""
    quantity, text = place.quantities[at], place.block.text
    if not place.mentions or (is_time_apart(quantity, text) and not _is_ahead(place, quantity)):
        return None
    # 売上高128億円のうち says of what a part is told, and how much that is.
    whole = quantity.unit in TIMES or any(m.end == quantity.outer[0] for m in place.mentions)
    if quantity.role and not (quantity.role == "sample" and whole):
        return None
    behind = bisect.bisect_left(place.mentions, quantity.end, key=lambda m: m.end)
    for mention in place.mentions[behind : behind + 4]:
        if modifies(place.tokens, text, quantity, mention.start, mention.end):
            others = is_among_others(text, mention.fact, place.sentence.start, quantity.outer[0])
            return None if others else mention.fact
    if follower := next((m for m in place.mentions[behind : behind + 2] if counts(text, quantity, m)), None):
        return follower.fact
    spoken = _mention_before(place, at)
    if spoken is None or (is_change(quantity, text) and not _is_of_change(text, spoken, quantity)):
        return None
    return spoken.fact


def _is_ahead(place: Place, quantity: Quantity) -> bool:
    """Whether so long before is what a subject is about: 解約予告は3か月前までに."""
    ahead = place.block.text.startswith("前", quantity.end)
    return ahead and any(_NOTICE.search(mention.fact.subject) for mention in place.mentions)


def _mention_before(place: Place, at: int) -> Mention | None:
    """Return the subject that a figure follows, or among whose words it stands."""
    start, end = place.quantities[at].outer
    before = bisect.bisect_right(place.mentions, start, key=lambda m: m.end)
    around = (m for m in place.mentions[before : before + 4] if m.start < start and end < m.end)
    first, text = place.sentence.start, place.block.text
    across = [m for m in around if _is_one(place, m) and not is_of_others(text, m.fact, first, m.start)]
    if before == 0:
        return next(iter(across), None)
    if closed := next((m for m in across if _is_of_change(place.block.text, m, place.quantities[at])), None):
        return closed
    behind = (place.mentions[i] for i in range(before - 1, max(-1, before - 5), -1))
    mention = next((m for m in behind if _is_one(place, m)), None)
    return mention if mention and _ties(place, mention, at) else None


def _is_one(place: Place, mention: Mention) -> bool:
    """Whether the words of a subject belong together, and no other subject stands among them."""
    gaps = ((one[1], other[0]) for one, other in itertools.pairwise(mention.parts))
    return not any(
        (parts_subject(place.tokens, *gap, place.between(*gap)) and not shares(place, *gap))
        or is_restricted(place.block.text, mention.fact, *gap)
        for gap in gaps
    )


def _is_of_change(text: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether a fact is itself about a rise or fall.

    One in points (導入率の前年比, not a score such as NPS), or one whose keyword is the change: 精算を月40時間削減.
    """
    if quantity.unit == "ポイント" and is_in_points_too(mention.fact):
        return True
    if _CUT.search(mention.fact.subject):
        return True
    behind = (start for start, _ in mention.parts if 0 <= start - quantity.end <= _NEXT)
    return any("、" not in text[quantity.end : start] for start in behind)


def is_in_points_too(fact: Fact) -> bool:
    """Whether a fact has a change in points, by its subject or beside values in another unit."""
    units = {value.unit for value in fact.values}
    return _CHANGING.search(fact.subject) is not None or ("ポイント" in units and len(units) > 1)


def _ties(place: Place, mention: Mention, at: int) -> bool:
    """Whether a subject before a figure is the figure's."""
    quantity, tokens, text = place.quantities[at], place.tokens, place.block.text
    if answers(text, quantity, mention):
        return True
    scaled = _has_scale(place, at)
    start = place.quantities[at - 1].outer[0] if scaled else quantity.outer[0]
    if start - mention.end > FARTHEST:
        return False
    if has_own_noun(quantity, text, place.sentence.end) and not is_tight(tokens, mention.end, start):
        return False
    if _prepended(tokens, mention) or is_of_others(text, mention.fact, place.sentence.start, mention.start):
        return False
    if is_restricted(text, mention.fact, mention.end, start) or is_compared(quantity, text, mention.end):
        return False
    if (
        _goes_on(text, mention, quantity)
        or _belongs_behind(text, quantity)
        or _is_per_other(place, mention, start, quantity)
    ):
        return False
    if text[mention.end : start] in {"に", "に、"} and _ADDED.match(text, quantity.end):
        return False
    if text[mention.end : start] == "を、" and text.startswith("が", quantity.outer[1]):
        return False
    if text[mention.end : start] != "の" and _PART.match(text, quantity.end):
        return False
    between = place.between(mention.end, start)
    if between and _SUMMED.search(text, between[-1][1], start):
        return False  # 9,800円を12か月分まとめると、117,600円
    if between and (place.coordinated(mention) or _CONCLUDED.search(text, between[-1][1], start)):
        return False
    return carries(tokens, mention.end, start, between, quantity.unit)


def _goes_on(text: str, mention: Mention, quantity: Quantity) -> bool:
    """Whether the subject goes on and is another: its rise (離職率の上昇は), a limit that its fact is not."""
    if (_OF_CHANGE.match(text, mention.end) or _BY_CHANGE.match(text, mention.end)) and not _CHANGING.search(
        mention.fact.subject
    ):
        # 獲得数の伸びは4倍 is of a fact about how many times it is.
        return quantity.unit != "倍" and not (quantity.unit == "ポイント" and is_in_points_too(mention.fact))
    limit = _LIMIT.match(text, mention.end)
    return bool(limit and limit[1] not in mention.fact.subject and mention.fact.bound not in _LIMITS[limit[1]])


def _belongs_behind(text: str, quantity: Quantity) -> bool:
    """Whether a figure is one of what stands behind it: 5%の解約率, 30分の会議の, 10%を返金."""
    if any(said.match(text, quantity.end) for said in (_OF_ANOTHER, _WORTH)) or is_refunded(quantity, text):
        return True
    return quantity.unit in TIMES and _MEETING.match(text, quantity.end) is not None


def _has_scale(place: Place, at: int) -> bool:
    """Whether the figure before says on what scale this one is: 5点満点で4.3点."""
    scale = place.quantities[at - 1] if at else None
    if scale is None or not scale.per:
        return False
    return _SCALE.fullmatch(place.block.text, scale.end, place.quantities[at].outer[0]) is not None


def _prepended(tokens: Tokens, mention: Mention) -> bool:
    """Whether another's name stands directly before the subject (米国のCRM導入率 is left to the guide's keywords)."""
    before = tokens.last(2, 0, mention.start)
    return (
        len(before) == 2
        and before[1].surface == "の"
        and before[0].pos[1] == "固有名詞"
        and before[0].surface not in {"日本", "国内"}
    )


def _is_over_other(text: str, mention: Mention, start: int) -> bool:
    """Whether the figure at `start` is over another time than one before it: 月額48,000円で、年間では57万6,000円."""
    own = _OVER.search(text, mention.end, start)
    if own is None or own[1] in mention.fact.subject:
        return False
    return any(m[1][0] != own[1][0] for m in _PERIODS.finditer(text, mention.end, own.start()))


def _is_per_other(place: Place, mention: Mention, start: int, quantity: Quantity) -> bool:
    """Whether the figure at `start` is per something else than its fact is (1mあたり, per km)."""
    text, unit = place.block.text, quantity.unit
    if _DAILY.search(text, mention.end, start) and "日" not in mention.fact.subject:
        return True
    base, own = _BASE.search(text, mention.end, start), _BASE_OF.search(narrow(mention.fact.subject))
    before = _BASE_BEFORE.search(text, max(0, mention.start - 12), mention.start)
    if before and own is None and unit not in {*TIMES, *_MONEY, "%", "倍"}:
        return True  # 1拠点当たりの検知件数は2件
    if _is_over_other(text, mention, start):
        return True
    base = base or before
    if base is None:
        return False
    if own is not None:
        return narrow(base[1]).replace("一", "1") != own[1].replace("一", "1")
    # 管理物件数は600件超、1人当たり12件: the first is the fact's; so is what 1人当たりでは sets against another.
    told = "では" in base[0] or any(q.unit == unit and mention.end <= q.start < start for q in place.quantities)
    return told or (unit in _MONEY and not _PER_UNIT.search(mention.fact.subject))
