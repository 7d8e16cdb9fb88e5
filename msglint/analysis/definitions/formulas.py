"""How it is reckoned: what is divided by what, and what is counted in or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msglint.analysis.definitions.kinds import kind_of
from msglint.analysis.definitions.lexicon import lexicon
from msglint.analysis.definitions.reading import Difference, Reading, read
from msglint.model import Text

_TURNED = Text("割る数と割られる数", "what is divided by what")
_COUNTED_IN = Text("何を含めるか", "what is counted in")
_ADDED = Text("足すか引くか", "added or taken away")
_TAKEN_AS = Text("何として扱うか", "what it is taken as")
_DONE_TO = Text("対象", "what it is done to")
_SHARES = tuple(
    re.compile(p)
    for p in (
        r"(?P<part>[^。]+?)を、?(?P<whole>[^、。]+?)で(?:割|除)",
        r"(?P<whole>[^、。]+?)(?:のうち|に占める|に対する)、?(?P<part>[^。]+?)(?:が占める|の)?(?:割合|比率|率|パーセント)",
        r"(?P<part>[^、。]+?)の、?(?P<whole>[^、。]+?)に(?:占める|対する)(?:割合|比率)",
        r"(?P<whole>[^、。]+?)から、?(?P<part>(?:(?!から)[^、。])+?)を(?:差し)?引",
        r"(?P<part>[^、。÷/]+?)\s*[÷/]\s*(?P<whole>[^、。÷/]+)",
    )
)
_MINUS = re.compile(r"(?P<what>[一-龠ァ-ヶー]{2,})(?:の[一-龠]{1,4})?を(?:差し引|引[いくき]|控除|減ら)")
_PLUS = re.compile(r"(?P<what>[一-龠ァ-ヶー]{2,})(?:の[一-龠]{1,4})?(?:を|も)(?:足[しす]|加え|合算|上乗せ)")
_LEFT_OUT = re.compile(r"(?P<what>[^、。]+?)(?:を除[いくき]|[をはも]含(?:ま[なずれ]|め[なずま]|みません)|以外の)")
_ALL_BUT = re.compile(r"(?P<what>(?:[一-龠ァ-ヶー]+の)?[一-龠ァ-ヶー]+[ぁ-ん]{0,2})以外の")
_KEPT_IN = re.compile(r"(?P<what>[^、。]+?)(?:も|まで|を)(?:含[めむん]|足し|加え)(?!な|ず|ま[せし])")
_AS = re.compile(r"(?P<what>[一-龠ァ-ヶー]{2,8})として(?:計上|配分|処理|扱|認識|記録|割り振|按分|分)")
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞"})
_LIGHT = frozenset("為る 有る 事 数 者 等 其の 一定 期間 額 居る 全体 総 物 内 中 合計".split())


@dataclass(frozen=True, slots=True)
class _Share:
    part: frozenset[str]
    whole: frozenset[str]
    words: str
    at: int


def turned_share(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where part and whole of a share have changed places."""
    ours, theirs = _share(guide), _share(article)
    if ours is None or theirs is None:
        return
    part, whole = ours.part - ours.whole, ours.whole - ours.part
    their_part, their_whole = theirs.part - theirs.whole, theirs.whole - theirs.part
    straight = len(part & their_part) + len(whole & their_whole)
    if len(part & their_whole) + len(whole & their_part) > straight == 0:
        yield Difference(_TURNED, ours.words, theirs.words, theirs.at)


def _share(reading: Reading) -> _Share | None:
    for pattern in _SHARES:
        if m := pattern.search(reading.text):
            return _Share(_words(m["part"]), _words(m["whole"]), m.group(), m.start())
    return None


def counted_in(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield what one definition leaves out and the other counts in."""
    for ours, theirs in ((_LEFT_OUT, _KEPT_IN), (_KEPT_IN, _LEFT_OUT)):
        mine = [(m, _words(m["what"])) for m in ours.finditer(guide.text)]
        for m in theirs.finditer(article.text):
            words = _words(m["what"])
            if found := next((g for g, known in mine if known & words), None):
                yield Difference(_COUNTED_IN, found.group(), m.group(), m.start())
                return


def exempted(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield what the guide expressly means all but, and the article means: 仕入れ以外の取引, 仕入れの代金."""
    for m in _ALL_BUT.finditer(guide.text):
        for found in re.finditer(re.escape(m["what"]), article.text):
            if article.holds(*found.span()) and not re.match(r"[^、。]{0,2}(?:以外|外)", article.text[found.end() :]):
                yield Difference(_COUNTED_IN, m.group(), found.group(), found.start())
                return


def added(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield what one definition takes away and the other adds."""
    for ours, theirs in ((_MINUS, _PLUS), (_PLUS, _MINUS)):
        mine = {m["what"]: m.group() for m in ours.finditer(guide.text)}
        same = {m["what"] for m in ours.finditer(article.text)}
        for m in theirs.finditer(article.text):
            if m["what"] in mine and m["what"] not in same:
                yield Difference(_ADDED, mine[m["what"]], m.group(), m.start())
                return


def taken_as(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where the same is entered as a cost here and as revenue there."""
    ours, theirs = _AS.search(guide.text), _AS.search(article.text)
    if ours and theirs:
        words = {ours["what"], theirs["what"]}
        pair = {next((w for w in _ENTRIES if w & {word}), frozenset([word])) for word in words}
        if len(pair) == 2 and pair <= set(_ENTRIES):
            yield Difference(_TAKEN_AS, ours["what"], theirs["what"], theirs.start())


_ENTRIES = (
    frozenset({"費用", "経費", "損金", "コスト", "原価"}),
    frozenset({"収益", "売上", "利益", "益金"}),
    frozenset({"資産"}),
    frozenset({"負債"}),
)


def done_to(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield what an act is done to in the article, where the guide does it to a thing of another kind."""
    ours, theirs = _objects(guide), _objects(article)
    for act, (words, kind, at) in theirs.items():
        if act in ours and (ours[act][1], kind) in lexicon().apart:
            yield Difference(_DONE_TO, ours[act][0], words, at)
            return


def _objects(reading: Reading) -> dict[str, tuple[str, str, int]]:
    """Return by each verb the noun with を before it, with its kind, where that is known."""
    found = dict[str, tuple[str, str, int]]()
    for m in re.finditer(r"(?P<what>[一-龠ァ-ヶーA-Za-z]+)を(?P<act>[一-龠]{1,4})", reading.text):
        if reading.holds(*m.span()) and (kind := kind_of(m["what"])):
            found.setdefault(m["act"], (m["what"], kind, m.start()))
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(t.norm for t in read(text).tokens if t.kind in _CONTENT and t.norm not in _LIGHT)
