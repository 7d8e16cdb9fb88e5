"""The words around a figure that say how it is meant: 約, 以上, 超, 未満, 弱; a rate's 当たり; a sample's のうち."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from msglint.expression import expression

Mark = Literal["about", "weak", "strong", "at_least", "over", "at_most", "under", "band", "from"]
Role = Literal["per", "sample"]

_ROUGH = expression(
    r"(?:(?<![契成予制解公節条規要誓集倹特売婚盟協確])約|およそ|おおよそ|おおむね|概ね|凡そ|ほぼ|だいたい|大体|ざっと|(?<![一-龠])丸|まる)"
    r"[ 、\n]?\Z"
)
_LIMIT = expression(
    r"(?:(?P<at_least>少なくとも|少なくても|(?<!過去)(?<!史上)最低|下限)"
    r"|(?P<at_most>最大|最長|最高(?=で)|上限|多くとも|多くても|せいぜい|高々|遅くとも|遅くても))"
    r"(?:限度?|でも?)?は?[ 、:\n]?\Z"
)
_SIGN = expression(r"(?:\+/-|[+-](?<![0-9A-Za-z)\]][+-])|[±▲△]|(?:プラス|マイナス)[ ]?)\Z")
_NEGATIVE = frozenset("-▲△マ")

_NOT = r"(?:な(?:い(?!と)|く|か)|ず|ません)"
_AFTER = expression(
    rf"""(?:[ ]|\n(?!以上[のか]))?(?:
    (?P<at_most>以下|以内|[をはもが]?(?:超え|越え){_NOT}|[をは]超え(?:ては(?:なら|なり|いけ)(?:ない|ません)|ることは)|[をは](?:上回ら|上回り|超過し){_NOT}
        |[をは](?:超え|越え|上回っ|超過し)た(?:こと|月|年|日|週|期)(?:は|が|も)(?:、?一度も)?(?:な|あり)
        |まで(?=[のとで、。)」 ]|加|付|\Z)(?!の[一-龠]*[上伸増高拡低下縮回改引]))
    |(?P<at_least>以上|[をは](?:下回っ|割っ|割り込ん|切っ)[ただ](?:こと|月|年|日|週|期)(?:は|が|も)(?:、?一度も)?(?:な|あり)
        |に満たない(?:こと|月|年|日|週|期)(?:は|が|も)(?:、?一度も)?(?:な|あり)|[をは](?:下回ら|下回り|割ら|割り込ま|切ら){_NOT})
    |(?P<over>超(?:え[るたて]?|過|(?![高大小低短音急速新]))|[をはもが](?:超(?:え[るたて]?|過|[すし])?|越え[るたて]?|上回(?:る|った|って)?|突破)|越え|オーバー|より(?:多|大き|高|長)い?|より上|余り?(?![裕分剰地計])|あまり)
    |(?P<under>未満|[をは](?:下回(?:る|った|って)?|割り込[むんみ]|割る|割って|割った|割り(?=ま)|切る|切って|切った|切り(?=ま))|に(?:満た|届か)ない|足らず|より(?:少な|小さ|低|短)い?|より下)
    |(?P<from>から(?=です|でし|と(?:な[りるっ]|お?手頃)|ご?(?:利用|提供|用意|案内)|お?(?:使い|選び)|導入でき|始め|スタート))
    |(?P<weak>弱(?![いくさめりっ点者体小電音化視]|ま(?!で))|近く|近い|に迫)
    |(?P<strong>強(?![いくさめりっ化制調力引靭固行硬度気]|ま(?!で)))
    |(?P<about>前後|程度|程(?!序)|ほど|くらい|ぐらい|ごろ|頃|(?<=割)(?:方|がた)(?=[はがのに、。]))
    )""",
    re.VERBOSE,
)
_COUNTED = (
    r"[0-9一二三四五六七八九十][0-9,.]*[百千万]?[ ]?"
    r"(?:[回度件人社つ名個本時分日点枚円台箱冊食便通]|[km]m|kg|キロ|トン|ドル|ページ|文字)"
)
_PER = expression(
    r"[ ]?(?:当たり|あたり|当り|につき|ごと|毎(?![月日年週回])|おき|単位|刻み|満点|の[0-9一二三四五六七八九十]+段階"
    rf"|(?<=段階)評価)|に{_COUNTED}"
)
_NEXT_FIGURE = expression(f"[ ]?{_COUNTED}")
_OUT_OF = expression(r"の?うち(?!に)|中[、 ]?(?=[約0-9一二三四五六七八九十百千万])")
_ASKED = expression(
    r"[をが](?:調査)?対象|に(?:対し|聞|きい|尋|たずね|調査|アンケート|取材|ヒアリング|インタビュー|実施|話を(?:聞|伺|うかが))"
    r"|への?(?:調査|アンケート|ヒアリング|インタビュー|取材)|(?:から|が|の|より)(?:有効)?回答(?!率)|の?(?:調査|アンケート)"
)
_SAMPLE_SIZE = expression(
    r"(?:(?<![A-Za-z])n[ ]?=[ ]?|(?:サンプル(?:数|サイズ)?|標本(?:数|サイズ)?|有効回答(?:数|者数)?"
    r"|(?<!という)(?<!との)(?<!と)回答(?:者|社|企業)?数?|調査対象(?:者|企業)?数?|対象(?:者|企業)数?|母数)"
    r"[はが: ]{0,2}(?:全国の?|全|計|約|合計)?)\Z",
    re.IGNORECASE,
)
_FULL = expression(r"[0-9点][ ]?/[ ]?\Z")
"""Before the points that can be had at most: 4.3点/5点."""
_CAN_BE_ASKED = {"社", "人", "店", "団体", "校", "件", "拠点", "世帯", "企業", "事業所", "自治体", "回答"}
_CAN_BE_MANY = _CAN_BE_ASKED | {""}


class Surroundings(NamedTuple):
    """What stands around a figure: the whole range, its marks in reading order, its sign and its role."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    sign: int
    role: Role | None


def surroundings(text: str, start: int, end: int, unit: str) -> Surroundings:
    """Read what is said around the figure of `unit` at `start` to `end` of narrow `text`; `sign` is 0 without one."""
    left, before, sign = _before(text, start)
    right, after = _after(text, end)
    polarity = 0 if not sign else -1 if sign[0] in _NEGATIVE else 1
    return Surroundings(left, right, before + after, polarity, _role(text, left, right, unit))


def _before(text: str, start: int) -> tuple[int, tuple[Mark, ...], str]:
    marks: list[Mark] = []
    sign, left = "", start
    while left:
        low = max(0, left - 8)
        if not sign and (found := _SIGN.search(text, low, left)):
            sign = found.group()
        elif "about" not in marks and (found := _ROUGH.search(text, low, left)):
            marks.insert(0, "about")
        elif not {"at_least", "at_most"} & set(marks) and (found := _LIMIT.search(text, low, left)):
            marks.insert(0, _mark(found))
        else:
            break
        left = found.start()
    return left, tuple(marks), sign


def _after(text: str, end: int) -> tuple[int, tuple[Mark, ...]]:
    marks: list[Mark] = []
    while len(marks) < 2 and (found := _AFTER.match(text, end)):
        marks.append(_mark(found))
        end = found.end()
    return end, tuple(marks)


def _mark(found: re.Match[str]) -> Mark:
    name: Mark = found.lastgroup  # type: ignore[assignment]
    return name


def _role(text: str, start: int, end: int, unit: str) -> Role | None:
    if _OUT_OF.match(text, end) or (unit in _CAN_BE_ASKED and _ASKED.match(text, end)):
        return "sample"
    if unit in _CAN_BE_MANY and _SAMPLE_SIZE.search(text, max(0, start - 16), start):
        return "sample"
    if unit == "点" and _FULL.search(text, max(0, start - 3), start):
        return "per"
    one = text[start] in "1一" and not text[start + 1 : start + 2].isdigit()
    return "per" if _PER.match(text, end) or (one and _NEXT_FIGURE.match(text, end)) else None
