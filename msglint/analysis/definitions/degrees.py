"""How much, and whether at all: qualities that are high or low, acts that are done or not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msglint.analysis.definitions.kinds import compound
from msglint.analysis.definitions.lexicon import lexicon
from msglint.analysis.definitions.reading import Difference, Reading
from msglint.model import Text

_DEGREE = Text("程度", "the degree")
_DONE = Text("するかしないか", "whether it is so")
_UP = frozenset(
    "高い 強い 大きい 深い 多い 濃い 厚い 高まる 増える 上がる 旺盛 十分 豊富 豊か 長い 速い 早い "
    "上回る 超える 増加 上昇 向上".split()
)
_DOWN = frozenset(
    "低い 弱い 小さい 浅い 少ない 薄い 乏しい 下がる 減る 不足 不十分 短い 遅い 鈍い 下回る 減少 低下 割り込む".split()
)
_LINKS = frozenset({"が", "の", "は", "も", "を"})
_EMPTY = frozenset(
    "為る 居る 有る 成る 出来る 無い 言う 含む 含める 除く 基づく 限る 異なる 拘わる 関わる 因る 拠る".split()
)
_CASES = frozenset({"を", "が", "に", "は", "も"})
_UNSETTLED = re.compile(r"[ぁ-ん]{0,3}(?:義務|約束|権利|予定|必要|べき|責任|ため|前|可能性|見込み|かどうか)")
_FILLERS = frozenset({"最も", "非常に", "特に", "十分", "まだ", "未だ", "比較的", "より", "一定", "以上"})


_NOUN = r"(?P<what>[一-龠ァ-ヶー]{2,})"
_WHATEVER = re.compile(rf"{_NOUN}(?:に(?:かかわらず|関わらず|関係なく|よらず)|を問わず)")
_CONDITIONS = (
    (
        "要る",
        re.compile(
            rf"{_NOUN}(?:を(?:得[るたて]|もら[うっ]|受け[るたて]|取[るっり])|が(?:必要|要る))"
            r"|(?P<done>承認|許可|同意|合意|審査)(?:した|され|済|を経)"
        ),
        re.compile(
            rf"{_NOUN}(?:なし(?:に|で|の)|を(?:得|受け|もらわ|取ら)(?:ず|ない)|(?:は|が)?不要|が(?:要ら|必要(?:では)?)な)"
        ),
    ),
    (
        "応じる",
        re.compile(rf"{_NOUN}に(?:応じ|比例|連動|伴っ|伴い|よって変|左右され(?:る|て))"),
        re.compile(
            rf"{_NOUN}(?:に(?:かかわらず|関わらず|関係なく|よらず|左右されず|左右されない|影響されな)|を問わず)"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class _Said:
    key: tuple[str, str]
    sign: bool
    words: str
    at: int


def other_degree(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield each quality that is high in one definition and low in the other."""
    ours = list(_degrees(guide))
    yield from _turned(_DEGREE, ours, list(_degrees(article)))
    for m in _WHATEVER.finditer(article.text):
        quality = _quality(m["what"]) or m["what"]
        if same := next((s for s in ours if s.key[0] == quality), None):
            yield Difference(_DEGREE, same.words, m.group(), m.start())


def undone(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield what is done in one definition and not done in the other."""
    yield from _turned(_DONE, [*_acts(guide), *_conditions(guide)], [*_acts(article), *_conditions(article)])


def _turned(aspect: Text, ours: list[_Said], theirs: list[_Said]) -> Iterator[Difference]:
    for said in theirs:
        mine = [s for s in ours if s.key == said.key]
        same = [s for s in theirs if s.key == said.key]
        if mine and all(s.sign != said.sign for s in mine) and all(s.sign == said.sign for s in same):
            yield Difference(aspect, mine[0].words, said.words, said.at)
            return


def _degrees(reading: Reading) -> Iterator[_Said]:
    tokens = reading.tokens
    for i, norm in enumerate(tokens.norms):
        if norm not in _UP and norm not in _DOWN:
            continue
        start, end = tokens.starts[i], tokens.starts[i + 1]
        if not reading.holds(start, end):
            continue
        up = (norm in _UP) != reading.denied(end)
        for at, words in _qualities(reading, i):
            if quality := _quality(words) or words:
                behind = max(end, at + len(words))
                yield _Said((quality, ""), up, reading.text[min(at, start) : behind], min(at, start))


def _qualities(reading: Reading, i: int) -> Iterator[tuple[int, str]]:
    """Yield the noun that an adjective is said of (確度が高い), and the one it stands before (高い確度)."""
    tokens = reading.tokens
    j = i - 1
    while j > 0 and tokens.norms[j] in _FILLERS:
        j -= 1
    if j > 0 and tokens[j].surface in _LINKS:
        yield compound(reading, tokens.starts[j])
    k = i + 1
    while k < len(tokens) and tokens[k].kind in {"名詞", "接尾辞"}:
        k += 1
    if k > i + 1:
        yield tokens.starts[i + 1], reading.text[tokens.starts[i + 1] : tokens.starts[k]]


def _quality(words: str) -> str | None:
    return next((name for name, pattern in lexicon().qualities if pattern.search(words)), None)


def _conditions(reading: Reading) -> Iterator[_Said]:
    """Yield what is needed or expressly not (承認を得る, 承認なしに), and what counts or does not (に応じて)."""
    for name, yes, no in _CONDITIONS:
        for pattern, sign in ((yes, True), (no, False)):
            for m in pattern.finditer(reading.text):
                if reading.holds(*m.span()):
                    what = m["what"] or str(m.groupdict().get("done", ""))
                    yield _Said((name, what), sign, m.group(), m.start())


def _acts(reading: Reading) -> Iterator[_Said]:
    """Yield each act with the word it is done to: (受け取る, 代金), affirmed or denied."""
    tokens = reading.tokens
    for i, norm in enumerate(tokens.norms):
        token = tokens[i]
        sahen = token.kind == "名詞" and token.pos[2] == "サ変可能" and i + 1 < len(tokens)
        if norm in _EMPTY or not (token.kind == "動詞" or (sahen and tokens.norms[i + 1] in {"為る", "出来る"})):
            continue
        j = i - 1
        while j > 0 and tokens[j].kind == "副詞":
            j -= 1
        if j < 1 or tokens[j].surface not in _CASES or not reading.holds(token.start, token.end):
            continue
        start, words = compound(reading, tokens.starts[j])
        if words:
            end = tokens.starts[i + 1]
            if _UNSETTLED.match(reading.text, end):
                continue
            denied = reading.denied(end)
            yield _Said((norm, words), not denied, _shown(reading.text, start, end, denied=denied), start)


def _shown(text: str, start: int, end: int, *, denied: bool) -> str:
    rest = text[end : end + 8]
    stop = next((rest.find(mark) + len(mark) for mark in ("ない", "なく", "ません", "ず", "ぬ") if mark in rest), 0)
    return text[start : end + (stop if denied else 0)]
