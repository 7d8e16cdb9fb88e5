"""What may follow a predicate and still be that predicate: its auxiliaries, and whether they negate it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msglint.analysis.tokens import Token
from msglint.expression import expression

NEGATIVE = frozenset({"ない", "ず", "無い", "まい"})
PASSIVE = frozenset({"れる", "られる"})
LIGHT = frozenset({"ます", "た", "だ", "です", "う", "て", "で", "ば", "たり", "は", "も", "よう"})
"""Auxiliaries that change how a predicate is said, not what it says; a phrase does not insist on them."""

_AFTER_TE = frozenset(
    (
        "居る おる 仕舞う 置く 呉れる 貰う 頂く 行く 来る 見る 有る 下さる 参る 上げる 差し上げる 遣る 欲しい 御座る "
        "ござる いらっしゃる いる おく しまう くれる もらう いただく いく くる みる ある くださる あげる やる ほしい"
    ).split()
)
_VOICE = frozenset({"れる", "られる", "せる", "させる"})
_EASE = frozenset({"易い", "難い", "辛い"})
_COMPOUND = frozenset({"始める", "続ける", "過ぎる"})
_TE = frozenset({"て", "で"})
_ASSERTING = expression(r"(?:じゃ|では)(?:ない|ありません)(?:です)?か\Z|ませんか\Z")
"""A question that asserts or invites: 減るじゃないですか, 減らしませんか."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The auxiliaries after a predicate: index behind the last, their normalised forms, whether they negate."""

    stop: int
    norms: tuple[str, ...]
    negative: bool


def tail(tokens: Sequence[Token], start: int) -> Tail:
    """Read the auxiliaries from `start`."""
    at, norms = start, list[str]()
    while at < len(tokens) and not _is_likeness(tokens, at):
        token = tokens[at]
        taken = _step(tokens, at, norms)
        if taken == 0:
            break
        norms += [t.norm for t in tokens[at : at + taken]]
        at += taken
        if token.norm in {"ば", "たり"}:
            break
    return Tail(at, tuple(norms), _negates(tokens, at, norms))


def _step(tokens: Sequence[Token], at: int, before: list[str]) -> int:
    """How many tokens from `at` on are the next auxiliary; 0 for none."""
    token = tokens[at]
    pos = token.pos
    if pos[0] == "助動詞":
        return 1 + negation_after_copula(tokens, at)
    if pos[:2] == ("形状詞", "助動詞語幹"):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        wants_copula = token.norm != "そう" or not before
        said = following.surface if following is not None and following.kind == "助動詞" else ""
        ends = token.norm == "そう" and (following is None or following.kind == "補助記号")
        fits = ends or (bool(said) and (token.norm == "そう" or said not in {"に", "な"}))
        return 1 if fits or not wants_copula else 0
    if pos[:2] == ("助詞", "接続助詞"):
        if token.surface == "ば":
            return 1
        follows = at > 0 and tokens[at - 1].pos[5].startswith("連用形")
        return 1 + _te_auxiliary(tokens, at + 1) if token.surface in _TE and follows else 0
    if token.norm == "たり" and pos[0] == "助詞":
        return 1
    if token.norm == "無い" and pos[0] == "形容詞" and at and tokens[at - 1].kind in {"形容詞", "助動詞"}:
        return 1
    if denied := _politely_denied(tokens, at):
        return denied
    return int(at > 0 and (_joins(token, tokens[at - 1]) or _is_causative(tokens, at)))


def _politely_denied(tokens: Sequence[Token], at: int) -> int:
    """How many tokens behind an adjective in く deny it with ある: 安く|あり(ません), 安く|は|ござい(ません)."""
    if not at or tokens[at - 1].kind != "形容詞" or not tokens[at - 1].pos[5].startswith("連用形"):
        return 0
    skip = 1 if tokens[at].surface in {"は", "も"} else 0
    said = [t.norm for t in tokens[at + skip : at + skip + 3]]
    return skip + 1 if said[:1] in (["有る"], ["御座る"]) and said[1:2] == ["ます"] and said[2:] == ["ず"] else 0


def negation_after_copula(tokens: Sequence[Token], at: int) -> int:
    """How many tokens after a copula で say ではない, でもありません, である."""
    if tokens[at].surface not in {"で", "じゃ"}:
        return 0
    skip = 1 if at + 1 < len(tokens) and tokens[at + 1].surface in {"は", "も"} else 0
    if at + 1 + skip < len(tokens) and tokens[at + 1 + skip].norm in {"無い", "有る", "御座る"}:
        return skip + 1
    return 0


def _te_auxiliary(tokens: Sequence[Token], at: int) -> int:
    """How many tokens after て are its auxiliary verb (ている, てはいない)."""
    skip = 1 if at < len(tokens) and tokens[at].surface in {"は", "も"} else 0
    here = tokens[at + skip] if at + skip < len(tokens) else None
    if here is None or here.kind not in {"動詞", "形容詞"}:
        return 0
    return 0 if _AFTER_TE.isdisjoint((here.norm, here.lemma)) else skip + 1


def _is_likeness(tokens: Sequence[Token], at: int) -> bool:
    """Whether a predicate ends with そう before な or に, which lead on: 出そうな, 出そうに."""
    return tokens[at].surface in {"な", "に"} and tokens[at - 1].pos[:2] == ("形状詞", "助動詞語幹")


def _is_causative(tokens: Sequence[Token], at: int) -> bool:
    """Whether さ stands for せ in a passive causative: 急が|さ|れる."""
    before = tokens[at - 1]
    return (
        tokens[at].surface == "さ"
        and tokens[at].norm == "為る"
        and before.kind == "動詞"
        and before.pos[5].startswith("未然形")
        and at + 1 < len(tokens)
        and tokens[at + 1].norm == "れる"
    )


def _joins(token: Token, before: Token) -> bool:
    """Whether a word goes on with the stem before it: 出始める, 出やすい, 出なさい, 高すぎる."""
    if before.kind == "形容詞":
        return token.norm == "過ぎる" and before.pos[5].startswith("語幹")
    if not (before.kind == "動詞" or before.norm in _VOICE) or not before.pos[5].startswith("連用形"):
        return False
    if token.kind == "接尾辞":
        return token.norm in _EASE
    command = token.norm == "為さる" and token.pos[5] == "命令形"
    return token.pos[:2] == ("動詞", "非自立可能") and (token.norm in _COMPOUND or command)


def _negates(tokens: Sequence[Token], stop: int, norms: list[str]) -> bool:
    if not any(n in NEGATIVE for n in norms):
        return False
    if _ASSERTING.search("".join(t.surface for t in tokens[max(0, stop - 5) : stop + 1])):
        return False
    # 出なければならない, 出ないといけない, 出なければと demand the opposite of what their ない says.
    if norms[-1] in {"ば", "て", "ず"} or norms[-1] in NEGATIVE:
        rest = "".join(t.surface for t in tokens[stop : stop + 4])
        if norms[-1] == "ば" and rest.startswith("と"):
            return False
        if norms[-1] in NEGATIVE and not rest.startswith(("と", "を得", "をえ", "に", "わけに")):
            return True  # 減らなくなる
        rest = rest.lstrip("はと")
        return not rest.startswith(
            ("なら", "なり", "いけ", "だめ", "駄目", "を得", "をえ", "にはいられ", "にいられ", "わけに")
        )
    return True
