"""When two spellings are one word: kana for kanji, okurigana, a long-vowel mark, width."""

from __future__ import annotations

import functools


def kanji(text: str) -> list[str]:
    """Return the kanji of `text`."""
    # Compared, not matched: the words are short, and a class of all kanji takes milliseconds to compile.
    return [
        c
        for c in text
        if "一" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" or c in "々〆" or "\uf900" <= c <= "\ufaff"
    ]


@functools.lru_cache(maxsize=16384)
def same_word(norm: str, lemma: str, other_norm: str, other_lemma: str) -> bool:
    """Whether two dictionary entries are one word that is only spelt differently (寄りそう, 寄り添う).

    Their readings have to agree and the kanji of one to be among the other's: 会う and 合う stay two words.
    """
    if norm == other_norm:
        return True
    mine, theirs = kanji(lemma), kanji(other_lemma)
    if not mine or not theirs or mine[0] != theirs[0] or not (_within(mine, theirs) or _within(theirs, mine)):
        return False
    return reading(lemma) == reading(other_lemma)


def _within(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return len(few) < len(many) and all(k in rest for k in few)


def in_kana(spelling: str, word: str) -> bool:
    """Whether `spelling` may be `word` with kana for some of its kanji, by the reading: かこいこむ for 囲い込む."""
    return set(kanji(spelling)) <= set(kanji(word)) and reading(spelling) == reading(word)


def hiragana(katakana: str) -> str:
    """Return katakana as hiragana."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in katakana)


@functools.lru_cache(maxsize=16384)
def reading(word: str) -> str:
    """Return how `word` alone is read, in katakana."""
    from msglint.analysis.tokens import morphemes

    return "".join(m.reading_form() for m in morphemes(word))
