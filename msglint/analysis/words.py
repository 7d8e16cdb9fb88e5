"""The words of a phrase, and when a word of the text is one of them in another spelling."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from msglint.analysis.fold import nfkc
from msglint.analysis.spelling import hiragana, kanji, reading, same_word
from msglint.analysis.tokens import Token

SURU = frozenset({"為る", "出来る", "致す", "為さる"})
"""する and what stands for it: できる, いたす, なさる."""
COPULA = frozenset({"だ", "です"})
SPELT = frozenset({"動詞", "形容詞", "名詞", "副詞", "形状詞"})
"""Kinds of words that may be spelt in several ways."""
_ROWS = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
TELLING = 4
"""Kana that a word has at least for its reading alone to tell which word it is."""


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a phrase as it is compared with text."""

    norm: str
    lemma: str
    surface: str
    kind: str
    pos: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The normalised forms a matching word can begin with."""
        if self.norm == "為る":
            return SURU
        if self.kind == "助動詞" and self.norm in COPULA:
            return COPULA
        # Before そう and すぎる Sudachi takes 手軽 for the stem of 手軽い.
        return frozenset({self.norm, self.norm + "い"} if self.kind == "形状詞" else {self.norm})


def element_of(token: Token) -> Element:
    """Return a word of a phrase as it is compared."""
    return Element(token.norm, token.lemma, token.surface, token.kind, token.pos)


_ANY_FORM = frozenset({"無い", "為る"})
"""Words whose forms do not begin alike: ありません, ご検討いただく."""


class Need(NamedTuple):
    """What an article has to have for a word to stand in it: one of `norms` among its words, or one of `beginnings`."""

    norms: frozenset[str]
    beginnings: frozenset[str]

    def met(self, norms: Set[str], begun: Set[str]) -> bool:
        """Whether an article has it that has these words, and in which something begins like this."""
        return not self.norms.isdisjoint(norms) or not self.beginnings.isdisjoint(begun)


def need_of(element: Element) -> Need | None:
    """Return what `element` cannot stand without, in whatever spelling; None: unknown."""
    if element.kind not in SPELT or element.norm in _ANY_FORM or not kanji(element.surface):
        return None
    return Need(element.keys, beginnings(element))


def beginnings(element: Element) -> frozenset[str]:
    """Return what the spellings of `element` begin with that Sudachi may not normalise to one: none for particles.

    It is the kanji that the word begins with, or the first two kana that stay the same in all its forms.
    """
    if element.kind not in SPELT:
        return frozenset()
    conjugated = element.kind in {"動詞", "形容詞"}
    kana = [hiragana(reading(element.lemma)), *([] if kanji(element.surface[0]) else [element.lemma])]
    stems = {(word[:-1] if conjugated else word)[:2] or word for word in kana}
    return frozenset({*stems, *kanji(element.surface[0])} - {""})


def stem(lemma: str, pos: tuple[str, ...]) -> str:
    """Return the 連用形 of a verb in dictionary form (読む → 読み, 届ける → 届け)."""
    if "五段" in pos[4]:
        return lemma[:-1] + _ROWS.get(lemma[-1], "")
    return lemma.removesuffix("る")


def same(element: Element, token: Token, *, alone: bool = False) -> bool:
    """Whether a word of the text is a word of the phrase; `alone`: the phrase has no other word to tell homonyms by."""
    if element.norm == token.norm or token.surface == element.surface or nfkc(token.surface) == element.surface:
        return True
    if not alone and _is_noun_of(element, token):
        return True
    if element.kind != token.kind or element.kind not in SPELT or element.pos[4] != token.pos[4]:
        return False
    if not kanji(token.surface) or not kanji(element.surface):
        return _same_in_kana(element, token, alone=alone)
    if token.surface[0] not in (element.surface[0], element.lemma[0]):
        return False
    return token.lemma == element.lemma or same_word(element.norm, element.lemma, token.norm, token.lemma)


def _is_noun_of(element: Element, token: Token) -> bool:
    """Whether Sudachi takes the phrase's noun for the verb it is made of: もれ|なく for 漏れなく."""
    if element.kind != "名詞" or token.kind != "動詞":
        return False
    return stem(token.norm, token.pos) == element.norm and reading(token.surface) == reading(element.surface)


def _same_in_kana(element: Element, token: Token, *, alone: bool) -> bool:
    """夢をかなえる for 夢を叶える: the same reading and conjugation, one of the two without kanji."""
    sound = reading(element.lemma)
    # Sudachi may know no word in kanji that this one stands for: ささる.
    fewest = 2 if not alone else TELLING - 1 if token.norm == token.lemma else TELLING
    if len(sound) < fewest or reading(token.surface)[:1] != sound[:1]:
        return False
    return token.lemma == element.lemma or reading(token.lemma) == sound
