"""The clauses of a passage: where they end, how each hangs on the next, and what its predicate is."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from msglint.analysis.contradiction.words import lexicon, value
from msglint.analysis.passage import Passage
from msglint.analysis.tokens import pos_of

LINKS = ("end", "quote", "adn", "if", "though", "and", "since", "but", "open", "than")
"""How a clause may hang on what follows it; see Clause."""

_ENDS = frozenset("。！？!?\n")
_OPENS = frozenset("「『“")
_CLOSES = frozenset("」』”")
_QUIET = frozenset("名詞 代名詞 副詞 形状詞 連体詞 接頭辞 接尾辞 接続詞 感動詞".split())
_LOUD = _ENDS | _CLOSES | _OPENS | {"で"}
"""Words of the quiet kinds end no clause, but for these."""
_BUT = frozenset("が けれど けど けれども ものの".split())
_SINCE = frozenset("ので から し".split())
_THOUGH = frozenset("ても とも つつ のに".split())
_TE = frozenset({"て", "で"})
_AFTER_TE = frozenset(
    "居る 仕舞う 置く 呉れる 貰う 頂く 行く 来る 見る 下さる 参る 上げる 差し上げる 遣る 欲しい 御座る".split()
)
_COPULAS = frozenset("だ です でしょう だろう か である で だっ でし".split())
_PREDICATES = frozenset({"動詞", "形容詞", "助動詞"})
_NEGATIONS = frozenset("ない ず 無い まい ぬ".split())
_NO_DENIALS = (
    "すぎな 過ぎな すぎま 過ぎま に違いな かもしれ かも知れ ほかなら 他なら だけでな だけではな のみなら ばかりでな "
    "しか ほかな ほかあり までもな 言うまで"
).split()
_MARKS = frozenset({"補助記号", "記号", "空白"})
_NAMES = frozenset("名詞 代名詞 接尾辞 副詞 連体詞 助詞".split())
_HEADS = frozenset("動詞 形容詞 形状詞 名詞 代名詞 副詞 接頭辞 感動詞 連体詞".split())


@functools.cache
def word_class(number: int) -> tuple[str, str, str]:
    """Return the part of speech, its first subdivision and the form of conjugation that Sudachi numbers so."""
    pos = pos_of(number)
    return pos[0], pos[1], pos[5]


@dataclass(frozen=True, slots=True)
class Clause:
    """Morphemes `first` up to `behind`; `link` says how it hangs on what follows.

    `link`: end, quote, adn (of a noun or making one: 減らす施策, 減らすこと), if, though, and, since, but, than, open.
    `head` is the index of what it predicates, -1 when nothing; `denied` whether an odd number of negations follow;
    `quoted` is the depth of brackets it stands in.
    """

    first: int
    behind: int
    link: str
    head: int
    denied: bool
    quoted: int


def states(passage: Passage) -> bool:
    """Whether `passage` states anything: an item of a list that only names a thing does not."""
    kinds = [word_class(pos_id)[0] for pos_id in reversed(passage.pos_ids)]
    from_end = next((i for i, kind in enumerate(kinds) if kind not in _MARKS), None)
    if from_end is None:
        return False
    if kinds[from_end] not in _NAMES or passage.last in _ENDS:
        return True
    return bool(value(lexicon().judgements, passage.norms, len(kinds) - 1 - from_end))


def clauses(passage: Passage) -> list[Clause]:
    """Return the clauses of `passage` in their order."""
    found, first, depth = list[Clause](), 0, 0
    kept = lexicon().clauses["conditions"] | lexicon().clauses["reasons"]
    for i, surface in enumerate(passage.surfaces):
        quiet = word_class(passage.pos_ids[i])[0] in _QUIET and passage.norms[i] not in kept and surface not in _LOUD
        if quiet:
            continue
        link = _link(passage, i)
        if surface in _OPENS:
            if i > first:
                found.append(_clause(passage, first, i, "open", depth))
            first, depth = i, depth + 1
        elif link is not None:
            found.append(_clause(passage, first, i + 1, link, depth))
            first = i + 1
        if surface in _CLOSES:
            depth = max(0, depth - 1)
    if first < len(passage.surfaces):
        found.append(_clause(passage, first, len(passage.surfaces), "end", depth))
    return found


def _link(passage: Passage, i: int) -> str | None:
    """Say how the clause that ends with morpheme `i` goes on, None when none ends there."""
    surface, (kind, sub, form) = passage.surfaces[i], word_class(passage.pos_ids[i])
    if surface in _ENDS:
        return "end"
    if surface in _CLOSES:
        return "quote"
    after = passage.surfaces[i + 1] if i + 1 < len(passage.surfaces) else ""
    if _judges(passage, i, after):
        return "and"
    if kind == "助詞":
        return _connective(passage, i, after) if sub == "接続助詞" else _particle(passage, i, after)
    if kind in _PREDICATES:
        return _predicate(passage, i, kind, form, after)
    words = lexicon().clauses
    if kind == "名詞" and passage.norms[i] in words["conditions"] | words["reasons"] and _is_predicate(passage, i - 1):
        return None if after in {"の", "が"} else "since" if passage.norms[i] in words["reasons"] else "if"
    return None


def _judges(passage: Passage, i: int, after: str) -> bool:
    """Whether a judgement ends in で: 無意味で、…."""
    return (
        passage.surfaces[i] == "で"
        and after == "、"
        and i > 0
        and bool(value(lexicon().judgements, passage.norms, i - 1))
    )


def _is_predicate(passage: Passage, i: int) -> bool:
    return i >= 0 and word_class(passage.pos_ids[i])[0] in _PREDICATES


def _predicate(passage: Passage, i: int, kind: str, form: str, after: str) -> str | None:
    surface = passage.surfaces[i]
    if kind == "助動詞" and surface in {"たら", "だら", "なら"}:
        return "if"
    if after == "、" and (form.startswith("連用形") or passage.norms[i] == "ず"):
        return "and"
    if surface in {"な", "の"} or not after:
        return None
    after_kind, after_sub, _ = word_class(passage.pos_ids[i + 1])
    if after_sub == "準体助詞" and after == "の":
        following = passage.surfaces[i + 2] if i + 2 < len(passage.surfaces) else ""
        return None if following in _COPULAS else "adn"
    words = lexicon().clauses
    if passage.norms[i + 1] in words["conditions"] | words["reasons"]:
        return None
    noun = after_kind in {"名詞", "代名詞", "接頭辞"} and form.startswith(("連体形", "終止形"))
    return "adn" if noun else None


def _connective(passage: Passage, i: int, after: str) -> str | None:
    surface = passage.surfaces[i]
    if surface in _TE:
        joined = after in {"も", "は", "から"} or (after and passage.norms[i + 1] in _AFTER_TE)
        return None if joined else "and"
    if surface in _BUT:
        return "but"
    if surface in _THOUGH:
        return "though"
    return "since" if surface in _SINCE else "if" if surface in {"ば", "と"} else "and"


def _particle(passage: Passage, i: int, after: str) -> str | None:
    surface, before = passage.surfaces[i], passage.surfaces[i - 1] if i else ""
    predicate = _is_predicate(passage, i - 1)
    if surface in {"も", "は", "から"} and before in _TE and word_class(passage.pos_ids[i - 1])[1] == "接続助詞":
        return "though" if surface == "も" else "if" if not after or passage.norms[i + 1] != "居る" else None
    if predicate and surface in {"から", "ほど", "より"}:
        return {"から": "since", "ほど": "if", "より": "than"}[surface]
    if surface == "で" and before in {"だけ", "のみ", "ばかり"} and _is_predicate(passage, i - 2):
        return "if"
    said = bool(after) and word_class(passage.pos_ids[i + 1])[0] in {"動詞", "助詞"}
    return "quote" if surface == "と" and (predicate or said) else None


def _clause(passage: Passage, first: int, behind: int, link: str, depth: int) -> Clause:
    """Read a clause from its end: what denies it, then what it predicates."""
    head, negations = -1, 0
    for i in range(behind - 1, first - 1, -1):
        kind, norm = word_class(passage.pos_ids[i])[0], passage.norms[i]
        if norm in _NEGATIONS and kind in {"助動詞", "形容詞"}:
            if kind == "形容詞" and not _goes_with(passage, i, first):
                head = i
                break
            negations += 1
        elif norm == "有る" and negations and not _goes_with(passage, i, first):
            head = i  # ありません: nothing is there
            break
        elif kind == "補助記号" and passage.surfaces[i] == "、" and i < behind - 1 and negations == 0:
            break
        elif kind in _HEADS and norm not in lexicon().clauses["light"]:
            head = i
            break
    if negations and _denies_nothing(passage, max(first, head - 3), behind):
        negations -= 1
    return Clause(first, behind, link, head, negations % 2 == 1, depth)


def _goes_with(passage: Passage, i: int, first: int) -> bool:
    """Whether the ない or ある at `i` belongs to what stands before it: ではない, でもありません, よくない."""
    at = i - 1
    if at > first and passage.surfaces[at] in {"は", "も"}:
        at -= 1
    if at < first:
        return False
    kind = word_class(passage.pos_ids[at])[0]
    return passage.surfaces[at] in {"で", "じゃ"} or kind in {"形容詞", "助動詞"}


def _denies_nothing(passage: Passage, first: int, behind: int) -> bool:
    """Whether a ない denies nothing: に過ぎない, に違いない, かもしれない, しか…ない, だけでなく."""
    said = "".join(passage.surfaces[first:behind])
    return any(words in said for words in _NO_DENIALS)
