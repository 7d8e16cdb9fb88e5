"""Figures that count who has a subject, or says so: 68%の企業が人材不足を感じている, 有効だと87%が答えた."""

from __future__ import annotations

from msglint.analysis.mentions import Mention
from msglint.analysis.place import Place
from msglint.analysis.quantities import Quantity
from msglint.expression import expression

_THOSE = (
    r"(?:以上|超|強|弱|近く)?(?:も(?=の))?(?:の(?:企業|会社|組織|団体|事業者|事業所|工場|現場|自治体|病院|人|方"
    r"|担当者|責任者|経営者|回答者|店|施設|社員|部門|マーケター|[一-龠]{1,6}者))?[がではも]、?[「『“]?"
)
_WHO = expression(_THOSE)
_SAY = expression(
    r"[」』”]?(?:し[てた、]|です|でし|だ(?!け)|で[はあ]|なの)|[」』”]?と(?:答え|回答|考え|感じ|認め|評価|みな|見て|思って|捉え|判断)"
    r"|(?:を|に)(?:課題|問題|理由|原因|要因|壁)?(?:に|として|と)?"
    r"(?:感じ|挙げ|あげ|抱え|悩|苦し|直面|実感|経験|訴え|指摘)"
    r"|を、[^。]{1,40}(?:挙げ|あげ|感じ|訴え|指摘)"
)
_SO = expression(r"(?:(?P<so>(?:(?:が|を)?(?:課題|問題))?(?:だ|である)?と)|で|については|に関しては)、?(?:約|およそ)?")
_ANSWER = expression(_THOSE + r"[^。、]{0,6}(?:答え|回答|考え|感じ|みて|見て|捉え|評価|認識|思って|実感|指摘|判断)")
_NAMED = expression(_THOSE + r"(?:課題|問題|理由)?(?:に|として|と)?(?:挙げ|あげ|選[びんぶ])")
_BY_THOSE = expression(
    r"[」』”]?と(?:答え|回答し|認め|感じ|考え|評価し)(?:た|ている|ていた)(?:(?:人|方|企業|会社|担当者)(?:の|は|が))?(?:約|およそ)?"
)
_AMONG = expression(
    "(?:の|では|は|の?うち|の中で|は、?(?:いまや|今や|今では|すでに|実に)?[一-龠ァ-ヴーA-Za-z]{1,10}の)(?:、|実に|およそ|約)*"
)


def counts(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a share is of those who say that they have the subject: 68%の企業が人材不足を感じている."""
    if quantity.unit != "%" or not _WHO.fullmatch(text, quantity.end, mention.start):
        return False
    return _SAY.match(text, mention.end) is not None


def answers(text: str, quantity: Quantity, mention: Mention) -> bool:
    """Whether a share is of those who say so of the subject before it: (…は)有効だと87%が答えました."""
    if quantity.unit == "%" and _BY_THOSE.fullmatch(text, mention.end, quantity.outer[0]):
        return True
    said = _SO.fullmatch(text, mention.end, quantity.outer[0])
    if quantity.unit != "%" or not said:
        return False
    return (_ANSWER if said["so"] else _NAMED).match(text, quantity.end) is not None


def shares(place: Place, start: int, end: int) -> bool:
    """Whether between two words of a subject stands how many of the one the other is true of: 工場の4割が人手不足."""
    figures, text = place.between(start, end), place.block.text
    if len(figures) != 1 or not _AMONG.fullmatch(text, start, figures[0][0]):
        return False
    return _WHO.fullmatch(text, figures[0][1], end) is not None
