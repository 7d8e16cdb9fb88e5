"""Whether a predicate of the text is the predicate of a phrase: potential, honorific, polite and negative forms."""

from __future__ import annotations

from msglint.analysis.fold import nfkc
from msglint.analysis.spelling import hiragana, in_kana, kanji, reading, same_word
from msglint.analysis.tokens import Token, Tokens
from msglint.analysis.words import COPULA, SURU, TELLING, Element, same, stem

_HUMBLE = frozenset({"為る", "致す", "為さる", "下さる", "頂く", "申し上げる"})
_POTENTIAL = dict(zip("うくぐすつぬぶむる", "えけげせてねべめれ", strict=True))
_OPEN = dict(zip("うくぐすつぬぶむる", "わかがさたなばまら", strict=True))


def predicate(element: Element, tokens: Tokens, at: int, *, after_noun: bool) -> int | None:
    """Return the index behind the predicate at `at` when it is `element` in some form."""
    token = tokens[at]
    if element.norm == "為る":
        return _light_verb(tokens, at) if after_noun else (at + 1 if token.norm == "為る" else None)
    if element.kind == "助動詞":
        return (
            at + 1
            if (
                token.kind in {"助動詞", "助詞"}
                and (token.norm in COPULA or token.surface == "で")
                and (token.kind == "助動詞" or _negation_follows(tokens, at))
            )
            or _seems(tokens, at)
            else None
        )
    if element.norm == "無い" and element.kind == "形容詞":
        return _absence(tokens, at)
    if _is_nominal(element, token):
        return at + 1
    if token.kind == element.kind and same(element, token, alone=not after_noun):
        return at + 1 if _is_alike(element, tokens, at) else None
    if after_noun and (_is_met(element, token) or (element.norm, token.norm) == ("良い", "良く")):
        return at + 1  # Sudachi holds よく before a verb for the adverb: 手離れがよく見える
    if token.kind == "動詞" and potential(element) in (token.lemma, token.norm):
        return at + 1
    if made_to(element, tokens, at) or is_read_as_suru(element, token):
        return at + 1
    if _cut_in_two(element, tokens, at) or can(element, tokens, at):
        return at + 2
    return _honorific_verb(element, tokens, at)


def _is_nominal(element: Element, token: Token) -> bool:
    """Whether a phrase ends in a verb as a noun (現場任せ), and the text has the noun: 現場まかせ."""
    if element.kind != "動詞" or element.surface == element.lemma or token.kind != "名詞":
        return False
    return element.surface in (token.norm, token.surface)


def _is_alike(element: Element, tokens: Tokens, at: int) -> bool:
    """Whether the same word is also used in the same way: 使う is not 使える, and 熱さ is a noun of its own."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if element.kind == "動詞" and _can(element.lemma, element.norm):
        return token.lemma[-2:] == element.lemma[-2:] or (after is not None and after.norm in {"れる", "られる"})
    stem_only = token.kind == "形容詞" and token.pos[5].startswith("語幹")
    return not (stem_only and after is not None and after.kind == "接尾辞" and after.surface[0] in "さみがげ")


def _is_met(element: Element, token: Token) -> bool:
    """Whether あった is 遭った, which Sudachi reads as a form of ある."""
    return (
        token.norm == "有る" and token.surface == "あっ" and element.kind == "動詞" and reading(element.lemma) == "アウ"
    )


def _seems(tokens: Tokens, at: int) -> bool:
    """Whether something else than a copula makes a predicate of what stands before: 手軽らしい, 手軽すぎる."""
    before = tokens[at - 1] if at else None
    adjective = before is not None and (before.kind == "形状詞" or before.pos[5].startswith("語幹"))
    return adjective and tokens[at].norm in {"らしい", "そう", "みたい", "過ぎる"}


def _cut_in_two(element: Element, tokens: Tokens, at: int) -> bool:
    """Whether Sudachi cuts a compound in one spelling only: 囲い|こむ, かこい|こむ for 囲い込む, 面倒|臭い."""
    if element.kind not in {"動詞", "形容詞"} or at + 1 == len(tokens) or not kanji(element.surface[0]):
        return False
    if (tokens[at + 1].kind if tokens[at + 1].pos[1] != "形容詞的" else "形容詞") != element.kind:
        return False
    joined = tokens[at].surface + tokens[at + 1].lemma
    if tokens[at].surface[0] == element.surface[0]:
        able = potential(element)
        return same_word(joined, joined, element.norm, element.lemma) or bool(
            able and same_word(joined, joined, able, able)
        )
    return len(joined) >= TELLING and in_kana(joined, element.lemma)


def can(element: Element, tokens: Tokens, at: int) -> bool:
    """Whether Sudachi cuts the potential of a verb in す as another's causative: 動か|せる for 動かす."""
    if element.kind != "動詞" or element.lemma[-1] != "す" or at + 1 == len(tokens):
        return False
    return tokens[at + 1].norm == "せる" and tokens[at].surface + "す" in (element.lemma, element.norm)


def is_read_as_suru(element: Element, token: Token) -> bool:
    """Whether the potential of a verb in す is read as a form of one in する: なくせ|ます as of なくする."""
    if element.kind != "動詞" or element.lemma[-1] != "す" or not token.pos[5].startswith("未然形-セ"):
        return False
    read = token.lemma.removesuffix("する") + "す"
    in_kana = not kanji(read) or not kanji(element.lemma)
    return read in (element.lemma, element.norm) or (in_kana and reading(read) == reading(element.lemma))


def made_to(element: Element, tokens: Tokens, at: int) -> bool:
    """Whether a verb is the causative of another in 五段, in the passive: 書かされる; 済まされる of 済ませる."""
    if element.kind != "動詞":
        return False
    if "五段" in element.pos[4]:
        words = (word for word in (element.lemma, element.norm) if word[-1] in _OPEN)
        made = {word[:-1] + _OPEN[word[-1]] + "す" for word in words}
    else:
        made = {word[:-2] + "す" for word in (element.lemma, element.norm) if word.endswith("せる")}
    return tokens[at].lemma in made and at + 1 < len(tokens) and tokens[at + 1].norm == "れる"


def _negation_follows(tokens: Tokens, at: int) -> bool:
    return any(t.norm in {"無い", "有る", "御座る"} for t in tokens[at + 1 : at + 3])


def _light_verb(tokens: Tokens, at: int) -> int | None:
    """する after its noun: also できる, いたす, なさる, くださる, いただく, になる."""
    token = tokens[at]
    if token.norm in SURU and token.kind == "動詞":
        return at + 1
    if not (at > 1 and tokens[at - 2].norm == "御"):
        return None
    if token.norm in _HUMBLE and token.kind == "動詞":
        return at + 1
    if token.surface == "に" and at + 1 < len(tokens) and tokens[at + 1].norm == "成る":
        return at + 2
    return None


def _absence(tokens: Tokens, at: int) -> int | None:
    """ない as an adjective, or ありません, ございません."""
    if tokens[at].norm == "無い":
        return at + 1
    if (
        tokens[at].norm in {"有る", "御座る"}
        and at + 2 < len(tokens)
        and tokens[at + 1].norm == "ます"
        and tokens[at + 2].norm == "ず"
    ):
        return at + 3
    return None


_BECOME = frozenset("成る なれる 成れる".split())


def _honorific_verb(element: Element, tokens: Tokens, at: int) -> int | None:
    """お読みになる, お読みいただく for 読む."""
    if element.kind != "動詞" or not tokens[at].surface.startswith(("お", "ご", "御")):
        return None
    said, behind = tokens[at].surface, at + 1
    wanted = {stem(element.norm, element.pos), stem(element.lemma, element.pos)}
    wanted |= {hiragana(reading(word)) for word in wanted}
    while said[1:] not in wanted:
        # Sudachi may cut the stem (広|げ) or keep it with its お (お下げ).
        if behind == len(tokens) or len(said) > 8:
            return None
        said, behind = said + tokens[behind].surface, behind + 1
    if behind < len(tokens) and tokens[behind].norm in _HUMBLE:
        return behind + 1
    if behind + 1 < len(tokens) and tokens[behind].surface == "に" and tokens[behind + 1].norm in _BECOME:
        return behind + 2
    return None


def potential(element: Element) -> str | None:
    """Return the potential verb of a 五段 verb (動かす → 動かせる), which Sudachi may hold for a verb of its own."""
    if element.kind != "動詞" or "五段" not in element.pos[4] or element.lemma[-1] not in _POTENTIAL:
        return None
    return element.lemma[:-1] + _POTENTIAL[element.lemma[-1]] + "る"


def is_potential(tokens: Tokens, at: int) -> bool:
    """Whether a verb is the potential of another: 出せる of 出す, or 呼べ|ません, which Sudachi reads as of 呼べば."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.pos[5].startswith("仮定形") and after is not None and after.surface != "ば":
        return True
    return token.kind == "動詞" and _can(token.lemma, token.norm)


def _can(lemma: str, norm: str) -> bool:
    potential = lemma.endswith(("える", "ける", "げる", "せる", "てる", "ねる", "べる", "める", "れる"))
    return potential and nfkc(lemma)[-2:] != norm[-2:]
