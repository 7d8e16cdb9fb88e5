"""By what: the measure that a definition judges by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msglint.analysis.definitions.lexicon import lexicon
from msglint.analysis.definitions.reading import Difference, Reading
from msglint.model import Text

_ASPECT = Text("判断の基準", "what it is judged by")
_BASIS = re.compile(
    r"(?:など)?(?:の(?:結果|合計|値|高さ|多さ|高い順|多い順|大小))?(?:"
    r"を(?:もと|基|元)に|に(?:もとづ|基づ)|をベースに|を基準に|を用い|を使っ|に応じ|によ(?:って|る|り)|から(?=[^、。]{0,10}(?:算出|判|評価|選|決|計算))"
    r"|で(?=[^、。]{0,16}(?:判|評価|選|測|算出|決|計算|認定|分類|認め|見極|採点|表))|だけで"
    r"|を(?:確認|確かめ|聞き|満た)|が(?:確認|そろ|揃)"
    r"|が[^、。]{0,12}(?:以上|超|達|満た|高[いくま]|多[いく]|上位|上回))"
)
_CHARACTERS = re.compile(r"[一-龠ァ-ヶA-Z]{2,}")


def other_measure(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where the article judges by a measure and names nothing that the guide judges by."""
    ours, theirs = _judged_by(guide), _judged_by(article)
    if not ours or not theirs:
        return
    kinds = {kind for kind, _, _ in ours}
    named = {m.lastgroup for m in lexicon().measures.finditer(article.text)}
    if kinds & named - {"rate", "count"} or _shares(guide, ours, article):
        return
    if all(kind not in kinds or (kind in {"rate", "count"} and not _alike(words, ours)) for kind, words, _ in theirs):
        _, words, at = theirs[0]
        yield Difference(_ASPECT, ours[0][1], words, at)


def _judged_by(reading: Reading) -> list[tuple[str, str, int]]:
    return [
        (m.lastgroup or "", m.group(), m.start())
        for m in lexicon().measures.finditer(reading.text)
        if reading.holds(*m.span()) and _BASIS.match(reading.text, m.end())
    ]


def _alike(words: str, ours: list[tuple[str, str, int]]) -> bool:
    return any(words[:2] == other[:2] or words in other or other in words for _, other, _ in ours)


def _shares(guide: Reading, ours: list[tuple[str, str, int]], article: Reading) -> bool:
    """Whether the article names what the guide's measure is made from: the 属性 and 行動 of 属性と行動のスコア."""
    made = [_CHARACTERS.findall(guide.text[max(0, at - 8) : at].split("、")[-1]) for _, _, at in ours]
    return any(word in article.text for words in made for word in words)
