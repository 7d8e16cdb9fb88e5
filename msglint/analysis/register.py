"""敬体 and 常体: in which register a Japanese sentence ends, and where its predicate stands."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msglint.analysis.tokens import Token, Tokens
from msglint.analysis.view import View
from msglint.document.model import PLACEHOLDER, Block, Kind
from msglint.document.sentences import Sentence
from msglint.expression import expression
from msglint.guide.model import Register

_TERMINAL = frozenset("。．！？!?")
_TRAILING = frozenset("…‥―—─〜～♪♡★☆：:")
_CLOSING = "」』）)”〉》】"
_OPENING = {"）": "（", ")": "("}
_POLITE = frozenset({"です", "ます", "御座る"})
_PLAINLY_POLITE = expression(
    r"(?:です|(?<![済冷励覚醒澄悩騙ださすくなふげら])ます|ました|ません|でした|でしょう|ましょう|ください|下さい)(?:か|ね|よ|よね)?\Z"
)
_LONGEST = 16
"""Words that a predicate with all its auxiliaries has at most."""
_LINKS = frozenset({"は", "も", "で", "か", "では"})
_LIGHT = frozenset({"為る", "出来る", "致す", "下さる", "頂く", "為さる"})
_FINAL_FORMS = ("終止形", "命令形", "意志推量形", "連体形")


@dataclass(frozen=True, slots=True)
class Ending:
    """The predicate a sentence ends in, as a range of the text, and its register."""

    register: Register
    start: int
    end: int


_GREETING = expression(r"(?:ごめん|御免|(?:お|御)(?:帰り|かえり|休み|やすみ))なさい\Z|[おご御][^。、]{1,6}あれ\Z")
_STATED = expression(
    r"(?:です|ます|ました|ません|でした|でしょう|ましょう|[^ん]だ|だった|であ(?:る|った)|は.*て(?:いる|いた|ある|あった|きた))\Z",
    re.DOTALL,
)
_SHORTEST = 12
"""So many characters a sentence without a full stop has at least: what is shorter may be a label."""


_TAKEN_UP = expression(
    r"そう(?:お?考え|お?思|お?感じ|言|いう声|いっ|語|話|聞|お?悩|願|お?答え|訴え|述べ|嘆|打ち明け|おっしゃ|つぶや|こぼ)"
    r"|(?:そんな|こんな|そうした|こうした|そういった|こういった|そのような|このような)"
    r"(?:お?(?:声|悩み|困りごと|考え|気持ち)|ご?(?:相談|意見|要望|経験|不安|不満|疑問)|思い|言葉|嘆き|会話|願い|問い|もどかしさ|焦り)"
)


class Registered(NamedTuple):
    """A sentence of an article's body and the register it is in; `taken_up`: the next one takes it up as a thought."""

    block: Block
    sentence: Sentence
    register: Register
    taken_up: bool = False


_STATES = expression(
    r"(?:[^んの]だ|だった|であ(?:る|った)|です|でし(?:た|ょう)|ます|ました|ません|ましょう)[。！？!?]*\s*\Z"
)


def registered(view: View) -> Iterator[Registered]:
    """Yield the sentences of the paragraphs that are in a register; neutral ones, labels and quotes are none."""
    for block in view.body():
        if block.kind is Kind.PARAGRAPH and not block.quote and not block.text.isascii():
            said = [(sentence, _register_of(view, block, sentence)) for sentence in view.sentences(block.index)]
            thoughts = _thoughts(block.text, said)
            for sentence, register in said:
                if register and not _is_label(view, block, sentence):
                    yield Registered(block, sentence, register, sentence.start in thoughts)


def _register_of(view: View, block: Block, sentence: Sentence) -> Register | None:
    if _plainly_polite(block.text, sentence.start, sentence.end):
        return "polite"
    found = ending_of(view, block, sentence)
    return found.register if found else None


def _thoughts(text: str, said: Sequence[tuple[Sentence, Register | None]]) -> set[int]:
    """Return where plain sentences begin that the next one takes up as what somebody thinks or says.

    They stand for a quotation without brackets: 電話が鳴らない。そんな悩みをよく聞きます.
    """
    found: set[int] = set()
    for (sentence, register), (after, _) in reversed(list(itertools.pairwise(said))):
        if register == "plain" and (after.start in found or _TAKEN_UP.match(text, after.start)):
            found.add(sentence.start)
    return found


def ending_of(view: View, block: Block, sentence: Sentence) -> Ending | None:
    """Return how `sentence` of `block` ends, as `ending` does."""
    return ending(block.text, view.tokens(block.index), sentence.start, sentence.end)


def _is_label(view: View, block: Block, sentence: Sentence) -> bool:
    """A sentence wholly in bold that begins a paragraph is a heading that runs into it.

    So **客を知る。**, but not one that states something (**結論は一つだ。**).
    """
    if sentence.start or _STATES.search(block.text, sentence.start, sentence.end):
        return False
    span, source = block.span(sentence.start, sentence.end), view.document.source
    return any(source.startswith(m, span.start - 2) and source.startswith(m, span.end) for m in ("**", "__"))


def _plainly_polite(text: str, start: int, end: int) -> bool:
    """Whether the letters alone tell that a sentence ends politely: most do, and need no morphemes."""
    stop = _before_mark(text, start, end)
    return stop is not None and _PLAINLY_POLITE.search(text, max(start, stop - 8), stop) is not None


def ending(text: str, tokens: Tokens, start: int, end: int) -> Ending | None:
    """Return how the sentence at [start, end) of `text` ends.

    None when it is neutral: it ends in a noun (体言止め), a particle, a quotation or a greeting (ごめんなさい), or
    lacks a full stop and may be a label.
    """
    stop = _before_mark(text, start, end)
    if stop is None or _GREETING.search(text, start, stop):
        return None
    inside = [t for t in tokens.last(_LONGEST, start, stop) if t.kind != "空白"]
    while inside and inside[-1].pos[:2] in {("助詞", "終助詞"), ("助詞", "準体助詞")}:
        inside.pop()
    if not inside:
        return None
    first = _predicate(inside)
    if first is None:
        return None
    predicate = inside[first:]
    asked = predicate[-1].norm == "下さる" and predicate[-1].pos[5].startswith("命令形")
    polite = asked or any(t.norm in _POLITE for t in predicate)
    if not polite and not predicate[-1].pos[5].startswith(_FINAL_FORMS):
        return None
    return Ending("polite" if polite else "plain", predicate[0].start, predicate[-1].end)


def _before_mark(text: str, start: int, end: int) -> int | None:
    """Return where the words end before 。 and a bracketed aside; None where it is none or ends in a quotation."""
    stop, marked = _inside(text, start, end), False
    while stop > start and _trails(text[stop - 1]):
        marked = marked or text[stop - 1] in _TERMINAL
        stop -= 1
    if not marked and not _is_stated(text, start, stop, end):
        return None
    while stop > start and text[stop - 1] in _OPENING:
        opening = text.rfind(_OPENING[text[stop - 1]], start, stop)
        if opening <= start:
            return None
        stop = opening
        while stop > start and text[stop - 1] in _TERMINAL:
            stop -= 1
    return None if stop == start or text[stop - 1] in _CLOSING else stop


def _inside(text: str, start: int, end: int) -> int:
    """Return where the words of a sentence end that stands wholly in brackets (（後で述べる。）), else `end`."""
    said = text[start:end].rstrip()
    whole = len(said) > 2 and said[-1] in _OPENING and said[-2] in _TERMINAL and said[0] == _OPENING[said[-1]]
    return start + len(said) - 1 if whole and said.count(said[0]) == 1 else end


def _trails(character: str) -> bool:
    """Whether a character may stand behind the words of a sentence: 。, a blank, …, an emoji."""
    decorative = unicodedata.category(character) == "So" and character != PLACEHOLDER
    return decorative or character in _TERMINAL or character in _TRAILING or character.isspace()


def _is_stated(text: str, start: int, stop: int, end: int) -> bool:
    """Whether words at the end of a block are a sentence though they lack 。, by what they end in."""
    last = not text[end:].strip()
    return last and stop - start >= _SHORTEST and _STATED.search(text, start, stop) is not None


def _predicate(tokens: list[Token]) -> int | None:
    """Return the index where the last predicate begins: its verb, adjective, or noun with a copula."""
    at = len(tokens) - 1
    while at >= 0 and _auxiliary(tokens, at):
        at -= 1
    if at < 0:
        return None
    head, last = tokens[at], len(tokens) - 1
    if head.kind == "動詞":
        return _denied(tokens, at) if head.norm in {"有る", "御座る", "知れる"} else _with_noun(tokens, at)
    if head.kind in {"形容詞", "接尾辞"} and head.pos[4] != "*":
        return _denied(tokens, at) if head.norm == "無い" else _with_base(tokens, at)
    if head.kind in {"名詞", "形状詞", "代名詞", "接尾辞", "助詞", "副詞", "補助記号"} and at < last:
        return at + 1 if head.kind == "補助記号" else _with_number(tokens, at)
    return None


def _denied(tokens: list[Token], at: int) -> int:
    """Take in what is denied: 高くない, わけではない, かもしれない."""
    first = at
    while first and (tokens[first - 1].surface in _LINKS or tokens[first - 1].kind == "助動詞"):
        first -= 1
    if first and tokens[first - 1].kind in ({"名詞", "形状詞", "形容詞"} if first < at else {"形容詞"}):
        first -= 1
    return first


def _with_base(tokens: list[Token], at: int) -> int:
    """Take in the noun of 興味深い."""
    before = tokens[at - 1] if at else None
    joined = (
        before is not None
        and before.pos[:2] == ("名詞", "普通名詞")
        and before.pos[2] not in {"副詞可能", "助数詞可能"}
    )
    return at - 1 if joined else at


def _with_number(tokens: list[Token], at: int) -> int:
    while at and tokens[at - 1].pos[1] == "数詞":
        at -= 1
    return at


def _with_noun(tokens: list[Token], at: int) -> int:
    """Take in the noun or adverb of 検討する, うんざりする, the verb of お渡しする, the honorific of ご検討ください."""
    polite = at > 1 and tokens[at - 1].kind == "動詞" and tokens[at - 2].norm == "御"
    carried = at > 0 and (tokens[at - 1].pos[:2] == ("名詞", "普通名詞") or tokens[at - 1].kind == "副詞")
    if at and tokens[at].norm in _LIGHT and (polite or carried):
        at -= 1
    return at - 1 if at and tokens[at - 1].norm == "御" else at


def _auxiliary(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind == "助動詞" or token.pos[:2] == ("形状詞", "助動詞語幹"):
        return True
    behind = tokens[at - 1] if at else None
    if behind is None:
        return False
    if token.pos[:2] == ("助詞", "準体助詞"):
        return behind.kind in {"動詞", "形容詞", "助動詞"}
    if token.pos[:2] == ("動詞", "非自立可能") and behind.surface in {"て", "で"}:
        return True
    if token.surface in {"て", "で"} and token.kind == "助詞":
        return (
            at + 1 < len(tokens)
            and tokens[at + 1].pos[1] in {"非自立可能"}
            and behind.kind in {"動詞", "助動詞", "形容詞"}
        )
    return token.norm == "有る" and behind.norm == "だ" and behind.surface == "で"
