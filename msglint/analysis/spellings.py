"""One word in two spellings: which words of an article are spelt in more than one way."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from typing import NamedTuple

from msglint.analysis.fold import nfkc
from msglint.analysis.spelling import kanji, reading
from msglint.analysis.tokens import UNLISTED, Token, Tokens, pos_of
from msglint.analysis.view import View
from msglint.expression import expression
from msglint.model import Places

_FUNCTION_WORDS = frozenset(
    (
        "頃 折 隣 辺 別 逆 先 末 旨 例 各 更 尚 或 且 但 丈 迄 風 手 身 一 "
        "事 物 者 時 所 為 訳 方 内 通り 筈 積もり 儘 他 外 度 上 中 下 間 後 前 際 "
        "毎 位 程 様 故 等 達 何 誰 我 私 其れ 此れ 彼れ 共 無い 有る 居る 為る 成る "
        "言う 行く 来る 見る 置く 仕舞う 貰う 頂く 呉れる 下さる 上げる 遣る 欲しい 良い 易い "
        "難い 出す 込む 一つ 二つ 三つ 一人 二人 度々 付く 付ける 掛ける 掛かる 依る 因る "
        "拠る 於く 就く 関する 対する 伴う 基 元 又 及び 並びに 振り 形 型 気 手 目 分 側 "
        "幾 今 共に 初め 始め 始まる 始める 越える 超える 沿う 添う 計る 図る 当たる 当てる "
        "通す 通る 付き 次第 限り 限る 合う 合わせる 立つ 立てる 持つ 取る 切る 切れる 行なう "
        "方法 人 年 月 日 回 件 点 本 丁度 従う 関わる 拘る 構う 皆 皆さん 応じる 通じる "
        "未だ 最早 余り 詰まり 恐れ "
    ).split()
)
_ALWAYS = frozenset({"出来る"})
NOUN = "名詞"
_KINDS = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接続詞"})
_CONJUGATED = frozenset({"動詞", "形容詞"})
_KANA = expression(r"[ァ-ヴー・]+")
KANJI = expression(r"[\u3400-\u9fff々]+")
_PARTICLES = frozenset("はがもにとでをのへや")
_WIDE = expression("[Ａ-Ｚａ-ｚ][Ａ-Ｚａ-ｚ０-９]+")
_NOUN_ENDS = frozenset("いきぎしちにびみり")
_LABELS = frozenset({"no", "vol", "ver", "fig"})
"""What a number stands behind: Ｎｏ．１ and No.12 may be two names."""
_LETTERS = expression("(?<![A-Za-z0-9Ａ-Ｚａ-ｚ０-９])[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9Ａ-Ｚａ-ｚ０-９]+")
_KATAKANA = expression(r"[ァ-ヴー・]{4,}")
_HYPHENS = frozenset("-‐－")
"""What Sudachi takes for a long vowel at the end of a loanword: センター-東京."""


class Word(NamedTuple):
    """A word whatever its spelling: what Sudachi normalises it to, and its part of speech."""

    norm: str
    kind: str


Use = tuple[int, int, int]
"""Where a word is used: the block's index, and the range of its text."""
Spellings = dict[Word, dict[str, list[Use]]]
"""Words, their spellings (in dictionary form) in order of first use, and where each is used."""


def spellings(view: View) -> Spellings:
    """Return the content words of an article that may be spelt otherwise; function words and quotations are left out.

    Nouns in the kanji of their dictionary form are most words: they are among them only where the article also spells
    them otherwise.
    """
    blocks = [b.index for b in view.body() if not b.quote and not b.text.isascii()]
    uses: dict[int, list[Use]] = {}
    for index in blocks:
        _collect(uses, view, index)
    found = _widths(view)
    for number, places in uses.items():
        word, spelling = _spelt[number]
        found.setdefault(word, {}).setdefault(spelling, []).extend(places)
    also = {word.norm: word for word in found if word.norm in _plain and word.kind == NOUN}
    for index in blocks if also else ():
        for norm, use in _plainly(also, view, index):
            found[also[norm]].setdefault(norm, []).append(use)
    for word in also.values():
        found[word] = dict(sorted(found[word].items(), key=lambda spelt: spelt[1][0]))
    for word, by_spelling in found.items():
        if len(by_spelling) > 1:
            found[word] = _own(view, by_spelling)
    return found


def _own(view: View, by_spelling: dict[str, list[Use]]) -> dict[str, list[Use]]:
    """Leave out what stands in quotation marks: others' words, and names such as the one of a button."""
    quoted = {index: view.quotes(index) for uses in by_spelling.values() for index, _, _ in uses}
    own = {
        spelling: [use for use in uses if not any(start <= use[1] < end for start, end in quoted[use[0]])]
        for spelling, uses in by_spelling.items()
    }
    # Of two that are as common as each other the one that quotations have too comes first, and is kept.
    others = "\n".join(block.text for block in view.body() if block.quote)
    # Then the one that stands there more often, though Sudachi took it for a verb (引き継ぎ、).
    common = sorted(
        own.items(),
        key=lambda spelt: (-len(by_spelling[spelt[0]]) - others.count(spelt[0]), -_times(view, spelt[0], own)),
    )
    return {spelling: uses for spelling, uses in common if uses} or by_spelling


def _times(view: View, spelling: str, spellings: Collection[str]) -> int:
    """How often the article has a noun made of a verb; 0 where its spellings do not all end like one."""
    like_verbs = {s[-1] for s in spellings} == {spelling[-1]} <= _NOUN_ENDS
    return view.readable.count(spelling) if like_verbs else 0


def _widths(view: View) -> Spellings:
    """Words in full-width letters, and the same words in half-width ones."""
    found: Spellings = {}
    blocks = [b for b in view.body() if not b.quote]
    wide = {word for b in blocks for w in _WIDE.findall(b.text) if (word := nfkc(w)).lower() not in _LABELS}
    for block in blocks if wide else ():
        for letters in _LETTERS.finditer(block.text):
            if (word := nfkc(letters[0])) in wide:
                uses = found.setdefault(Word(word, "字幅"), {}).setdefault(letters[0], [])
                uses.append((block.index, *letters.span()))
    return found


def _collect(uses: dict[int, list[Use]], view: View, index: int) -> None:
    """Add where a block uses words, by their numbers, to `uses`; nouns in the kanji of their dictionary form not."""
    tokens = view.tokens(index)
    text, starts, norms, pos_ids = tokens.text, tokens.starts, tokens.norms, tokens.pos_ids
    # Most words are never looked for: to see so by their numbers in the dictionary costs a tenth of what follows.
    for i in [i for i, word_id in enumerate(tokens.word_ids) if word_id not in _passed_over]:
        start, end = starts[i], starts[i + 1]
        key = (text[start:end], norms[i], pos_ids[i])
        # One surface is looked at once in a process: asking Sudachi costs more than all the rest.
        number = _known.get(key)
        if number is None:
            number = _read(key, tokens[i])
            if number < 0 and (tokens.word_ids[i] < UNLISTED or not _is_content(pos_ids[i])):
                _passed_over.add(tokens.word_ids[i])
        if (
            number >= 0
            and not (text[start] in _PARTICLES and _swallows(tokens, i))
            and not (number in _bare_words and _in_compound(text, start, end, norms[i], view))
        ):
            uses.setdefault(number, []).append((index, start, end))


def _plainly(norms: Collection[str], view: View, index: int) -> Iterator[tuple[str, Use]]:
    """Yield where a block uses one of some nouns in the kanji of its dictionary form."""
    tokens = view.tokens(index)
    for i, norm in enumerate(tokens.norms):
        if norm in norms and _is_content(tokens.pos_ids[i]) and pos_of(tokens.pos_ids[i])[0] == NOUN:
            start, end = tokens.starts[i], tokens.starts[i + 1]
            if tokens.text[start:end] == norm:
                yield norm, (index, start, end)


def _in_compound(text: str, start: int, end: int, norm: str, view: View) -> bool:
    """Whether a word stands without okurigana because it is part of a compound, as is the rule (受付番号).

    Not where the article writes the same compound with okurigana too (見込客, 見込み客).
    """
    behind, before = KANJI.match(text, end), KANJI.match(text, start - 1) if start else None
    if behind:
        return norm + behind[0][0] not in view.readable
    return before is not None and text[start - 1] + norm not in view.readable


def _swallows(tokens: Tokens, i: int) -> bool:
    """装置はいりません is not 入る: Sudachi took a particle for the beginning of a word in kana."""
    return i > 0 and tokens.norms[i] not in _ALWAYS and pos_of(tokens.pos_ids[i - 1])[0] == "名詞"


@functools.cache
def _is_content(pos: int) -> bool:
    levels = pos_of(pos)
    return levels[0] in _KINDS and levels[1] not in {"固有名詞", "数詞"} and levels[2] != "助数詞可能"


_passed_over: set[int] = set()
"""Sudachi's numbers of words that are not looked for."""
_Key = tuple[str, str, int]
_known: dict[_Key, int] = {}
_spelt: list[tuple[Word, str]] = []
"""What was read so far, and for each key its number there, or -1 for one that is not looked for."""
_plain: set[str] = set()
"""Nouns in the kanji of their dictionary form."""
_bare_words: set[int] = set()
"""Numbers of words written without the okurigana of their dictionary form."""


def _read(key: _Key, token: Token) -> int:
    read = _word(token) if _is_content(key[2]) else None
    if read and read[0].kind == NOUN and key[0] == key[1] and KANJI.fullmatch(key[0]):
        _plain.add(key[1])
        read = None
    if read is None:
        _known[key] = -1
        return -1
    number = _known[key] = len(_spelt)
    _spelt.append(read)
    if KANJI.fullmatch(key[0]) and key[0] != key[1]:
        _bare_words.add(number)
    return number


def _is_japanese(character: str) -> bool:
    return (
        "ぁ" <= character <= "\u30ff"
        or "\u3400" <= character <= "\u9fff"
        or character == "々"
        or "ｦ" <= character <= "ﾟ"
    )


def _word(token: Token) -> tuple[Word, str] | None:
    """The word a token is a spelling of, and the spelling; None for words that are left alone."""
    if token.norm in _FUNCTION_WORDS or not any(map(_is_japanese, token.surface)):
        return None
    if token.surface[-1] in _HYPHENS:
        return None
    if len(token.surface) == 1 and not kanji(token.surface):
        return None
    pos = token.pos
    if pos[1] == "非自立可能" and token.norm not in _ALWAYS:
        return None
    norm = token.norm.rstrip("ー") if _KATAKANA.fullmatch(token.norm) else token.norm
    return Word(norm, pos[0]), token.lemma if pos[0] in _CONJUGATED else token.surface


@functools.lru_cache(maxsize=16384)
def variants_of_one(spelling: str, other: str) -> bool:
    """Whether two spellings of one normalised form differ only in ー, width, okurigana, or kana for kanji.

    A plural (ユーザーズ) and a participle (フェーズド) in katakana are words of their own.
    Letters for kana (Web, ウェブ), letter case, and other kanji (作る, 創る) are a writer's choice.
    """
    one, two = nfkc(spelling), nfkc(other)
    if one.casefold() == two.casefold():
        return one == two
    if _KANA.fullmatch(one) and _KANA.fullmatch(two):
        few, many = sorted((_bare(one), _bare(two)), key=len)
        return many not in {few + "ズ", few + "ス", few + "ド"}
    if one.isascii() or two.isascii() or _bare(reading(one)) != _bare(reading(two)):
        return False
    mine, theirs = kanji(one), kanji(two)
    if mine and theirs and min(len(one), len(two)) == 1:
        return False  # 灯 and 灯り, 話 and 話し are words of their own
    return _within(mine, theirs) or _within(theirs, mine)


def _bare(kana: str) -> str:
    return kana.replace("ー", "").replace("・", "")


def _within(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(k in rest for k in few)


def preferred(counts: dict[str, int], terms: Collection[str]) -> str:
    """Return the spelling to keep: the one that the guide's terms use, else the most frequent, else the first."""
    return next((s for s in counts if is_term(s, counts, terms)), None) or max(counts, key=lambda s: counts[s])


def is_term(spelling: str, spellings: Collection[str], terms: Collection[str]) -> bool:
    """Whether the guide writes a word so, of the `spellings` that it has.

    It is a term, a part of one (問い合わせ in お問い合わせ), a verb's noun (取り組み of the term 取り組む), or has a
    term in it that the others have not (問い合わせ先).
    """
    stem = spelling[:-1] if len(spelling) > 2 and spelling[-1] in _NOUN_ENDS else spelling
    return any(
        spelling in term
        or (stem != spelling and term[:-1] == stem)
        or (term in spelling and not all(term in other for other in spellings))
        for term in terms
    )


def without(found: Spellings, view: View, places: Places) -> Spellings:
    """Leave out what stands in `places`: 見積り in 見積り書, which is reported as such."""
    blocks = view.document.blocks
    left = {
        word: {
            spelling: kept
            for spelling, uses in by_spelling.items()
            if (kept := [use for use in uses if places.free(blocks[use[0]].span(use[1], use[2]))])
        }
        for word, by_spelling in found.items()
    }
    return {word: by_spelling for word, by_spelling in left.items() if by_spelling}
