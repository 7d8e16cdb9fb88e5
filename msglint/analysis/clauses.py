"""Whether the words between a subject and a figure tie the two together, by the shape of the Japanese clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msglint.analysis.asides import without_amount, without_base, without_gloss, without_source
from msglint.analysis.nouns import AMOUNTS, Words, has_noun_before, is_head, is_neutral, is_noun, noun_run, noun_runs
from msglint.analysis.saying import POPULATION, PREDICATES, last_verb, states_it
from msglint.analysis.tokens import Token, Tokens

FARTHEST = 240
"""So many characters after its subject a figure is still looked for."""

_MEASURES = frozenset("時間 期間 日数 費用 コスト 金額 額 人数 手間 年数 月数 代金".split())
_LOOKS = frozenset(
    (
        "見る みる 調べる 計算 算出 集計 まとめる 示す 聞く 尋ねる 訊く 注目 測る 測定 言う いう 確認 推計 "
        "つく 関する よる 表す 直す 換算 おく 置く 取り上げる 例 とる 取る 試算 調査 たどる 振り返る 合計 合算 通算 "
        "めぐる 巡る 至る 足し合わせる 均す ならす"
    ).split()
)
_ANSWERED = frozenset("する いう 言う みる 見る 答える 考える 感じる 思う の".split())
_NARROWS = frozenset("限る 絞る 限定 見る みる 除く".split())
_PARTING = frozenset("が けれど けれども けど し ので のに から".split())
_LOCAL = frozenset("と ば たら なら から ても ほど".split())
_LOCAL_NOUNS = frozenset("ため 為 ほど なか 中 よう 様 とき 時 場合 際 分 度 間 たび".split())
_FIELDS = frozenset("現場 分野 場面 世界 業界 領域 市場 場".split())
"""Where a subject belongs, said before its other words: 外食の現場では、食品ロスは."""
_STATED_SO = frozenset("実績 件数 数 社数 人数 規模 合計 総数".split())
"""What is told of a subject between its words, and is the subject's own."""
_CLOSING = frozenset("」』”）)】]>》")


@dataclass(frozen=True, slots=True)
class _Rest:
    """The words after a subject and its particle. A None stands for another figure."""

    words: Words
    role: str


def carries(tokens: Tokens, start: int, end: int, figures: Sequence[tuple[int, int]], unit: str) -> bool:
    """Whether the subject that ends at `start` is the one of the figure of `unit` that begins at `end`.

    `figures` are the ranges of the figures between. The subject carries over a comma and over a subordinate
    clause (CRM導入率は上昇を続け、47.2%に達した), until another subject is named (積載率が低いので、…した会社は22%).
    """
    if end - start > FARTHEST:
        return False
    rest = _after_head(_words(tokens, start, end, figures))
    if rest is None:
        return False
    if not rest.words:
        return rest.role != "from"
    if rest.role == "from" or (rest.role == "object" and _gives_reason(rest.words)):
        return False
    words = without_base(rest.words) if unit == "倍" else without_amount(rest.words) if unit == "%" else rest.words
    return _goes_on(words, rest.role)


def parts_subject(tokens: Tokens, start: int, end: int, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether two words of a subject are kept apart by another between them: スカウトの開封率は58%、返信率は.

    A clause that has one of the `figures` ends there, too (…は1台3,000円ですが、…の価格は).
    """
    words = _words(tokens, start, end, figures)
    said = [w.surface if w else "" for w in words[:4]]
    if said[:1] == ["の"] and said[2:3] == ["は"] and said[1] in _STATED_SO:
        words = words[3:]  # (出展支援)の実績は(累計)で
    if said[:1] == ["の"] and said[2:3] == ["で"] and said[1] in _FIELDS:
        words = words[3 + (said[3:] == ["は"]) :]
    if _names_another(words):
        return True
    joined = (w for w in words if w is not None and w.kind == "助詞" and w.pos[1] == "接続助詞")
    return None in words and any(w.surface in _PARTING for w in joined)


def names_other(tokens: Tokens, start: int, end: int, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether another subject is named between: 社数が増え、質問は22%増えた."""
    return _names_another(_words(tokens, start, end, figures))


def is_tight(tokens: Tokens, start: int, end: int) -> bool:
    """Whether nothing but a particle, a colon or 約 stands between a subject and its figure."""
    words = [t for t in tokens.between(start, end) if t.kind not in {"助詞", "補助記号", "空白", "副詞", "接頭辞"}]
    return all(t.norm in {"約", "平均", "僅か", "実際", "およそ"} for t in words)


def _words(tokens: Tokens, start: int, end: int, figures: Sequence[tuple[int, int]]) -> list[Token | None]:
    """The tokens of a range without blanks and brackets that close in it; each figure is one None."""
    found: list[Token | None] = []
    opened: list[int] = []
    for token in tokens.between(start, end):
        if any(a <= token.start < b for a, b in figures):
            if not found or found[-1] is not None:
                found.append(None)
        elif token.surface in {"(", "（"}:
            opened.append(len(found))
        elif token.surface in {")", "）"}:
            del found[opened.pop() if opened else len(found) :]
        elif token.kind != "空白":
            found.append(token)
    return found


def _after_head(words: Words) -> _Rest | None:
    """Read on from the subject: nouns joined to it, then its particle. None when they make it another subject."""
    at = 0
    while at < len(words) and (word := words[at]) is not None and word.surface in _CLOSING:
        at += 1
    if at < len(words) and (word := words[at]) is not None and word.norm == "為る":
        return _doers(words, at)
    if said := _answer(words, at):
        return said
    at, nouns = noun_run(words, at)
    if nouns and not is_head(nouns):
        return None
    if [w.surface if w else "" for w in words[at : at + 3]] == ["に", "必要", "な"]:
        at, nouns = noun_run(words, at + 3)
        return _particle(words, at) if nouns and nouns[-1].surface in _MEASURES else None
    at = _measured_in(words, at)
    while at < len(words) and (word := words[at]) is not None and word.surface == "の":
        after, nouns = noun_run(words, at + 1)
        if not nouns:
            return _Rest(words[after:], "of") if after == len(words) or words[after] is None else None
        if after < len(words) and (word := words[after]) is not None and word.surface == "まで":
            return _particle(words, after + 1)  # 配送の到着までは
        population = nouns[-1].surface in POPULATION and len(nouns) == 1
        if not is_head(nouns) and not population and not (after == len(words) and is_neutral(nouns)):
            return _Rest(words[at + 1 :], "of") if after == len(words) else None
        at = after
    return _particle(words, at)


def _measured_in(words: Words, at: int) -> int:
    """Skip what leads on to the subject's own measure: (初回連絡)までの時間, (来場)への配点, (審査)にかかる期間."""
    said = [w.norm if w else "" for w in words[at : at + 3]]
    if said[:2] in (["まで", "の"], ["へ", "の"]):
        return at + 1
    if said[:2] == ["まで", "に"]:
        at, said = at + 1, said[1:] + [w.norm if w else "" for w in words[at + 3 : at + 4]]
    if said[:1] == ["に"] and said[1:2] and said[1] in {"掛かる", "要する"}:
        start = at + 3 if said[2:] == ["た"] else at + 2
        if [w.surface if w else "" for w in words[start : start + 2]] == ["の", "は"]:
            return start + 1  # (一次回答)までにかかるのは
        after, nouns = noun_run(words, start)
        return after if nouns and nouns[-1].surface in _MEASURES else at
    return at


def _doers(words: Words, at: int) -> _Rest | None:
    """Read on where the subject's last word is a verb: who does it (テレワークを実施する人は15%) is counted."""
    while at < len(words) and (word := words[at]) is not None and not is_noun(word) and word.surface != "、":
        at += 1
    after, nouns = noun_run(words, at)
    return _particle(words, after) if len(nouns) == 1 and nouns[0].surface in POPULATION else None


def _answer(words: Words, at: int) -> _Rest | None:
    """Read on from (…は有効)とする担当者が, (…が有効)との回答は: those who say so are counted."""
    said = [w.lemma if w else "" for w in words[at : at + 2]]
    return _doers(words, at + 1) if said[:1] == ["と"] and said[1:] and said[1] in _ANSWERED else None


def _particle(words: Words, at: int) -> _Rest:
    said = ""
    while at < len(words) and (word := words[at]) is not None and word.kind in {"助詞", "補助記号"}:
        said += word.surface if word.kind == "助詞" else "" if said else ":"
        at += 1
    rest = without_gloss(words[at:])
    after = rest[0] if rest else None
    apart = said == "とは" and after is not None and after.norm in {"別", "違う", "異なる"}
    if said in {"と", "に"} and [w.surface for w in rest[:2] if w] == ["し", "て"]:
        return _Rest(rest[2:], "topic")
    if apart or (said.startswith(("から", "より", "以外")) and "は" not in said):
        return _Rest(rest, "from")
    if said.endswith(("は", "も", "って")) or said in {"", ":"}:
        return _Rest(rest, "topic")
    return _Rest(rest, "subject" if said == "が" else "object")


def _goes_on(words: Words, role: str) -> bool:
    """Whether the clause goes on about its subject up to the figure."""
    words = without_source(words)
    if _names_another(words):
        return False
    last = max((i for i, w in enumerate(words) if w is None or _ends_clause(words, i)), default=None)
    if last is None:
        return not has_noun_before(words)
    tail = words[last + 1 :]
    if None in words and any(not is_neutral(run) for run in noun_runs(words[words.index(None) + 1 :])):
        return False
    stated = words[last] is not None and states_it(words[: last + 1], tail)
    if stated:
        return True
    if any(not is_neutral(run) for run in noun_runs(tail)):
        return False
    if role == "topic" or words[last] is None:
        return True
    predicate = last_verb(words[: last + 1])
    if role == "subject":
        return not any(_is_local(words, i) for i in range(len(words)))
    return predicate in _LOOKS


def _gives_reason(words: Words) -> bool:
    """Whether the clause takes its subject for the reason of another thing: 人材不足を理由に."""
    said = [w.surface if w else "" for w in words[:3]]
    return said[:1] in (["理由"], ["背景"], ["口実"]) and said[1:] == ["に", "、"]


def _is_local(words: Words, at: int) -> bool:
    """Whether a clause that keeps its subject to itself ends at `at`: …が低いので, …が下がると, …が足りないため."""
    word = words[at]
    if word is None:
        return False
    if word.kind == "助詞" and word.pos[1] == "接続助詞":
        return word.surface in _LOCAL
    after = words[at + 1] if at + 1 < len(words) else None
    causal = word.pos[1] == "準体助詞" and after is not None and after.surface in {"で", "に"}
    return (
        causal
        or word.norm == "なら"
        or word.surface in {"たら", "だら"}
        or (word.surface in _LOCAL_NOUNS and _is_relative(words, at))
    )


def _names_another(words: Words) -> bool:
    """Whether another subject or a part of the whole is named: 中小企業が, SFA導入率は, 大企業では, 製造業に限ると."""
    nouns: list[Token] = []
    relative = False
    marked = ""
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else None
        if word is None and after is not None and after.surface == "が" and after.pos[1] == "格助詞":
            return True  # …ですが、95%が10分以内に
        if word is not None and is_noun(word):
            if marked or not nouns:
                nouns, marked = [], ""
                relative = _is_relative(words, i)
            nouns.append(word)
            continue
        if word is not None and nouns and word.kind == "助詞":
            marked += word.surface
            stated = relative and states_it(words[:i], words[i - len(nouns) :])
            if (
                marked.endswith(("は", "が", "も"))
                and word.pos[1] != "接続助詞"
                and (not is_neutral(nouns) or nouns[-1].surface in AMOUNTS)
                and not stated
                and not (marked == "でも" and _is_every(words, i - 2 - len(nouns)))
            ):
                return True
            continue
        if word is not None and nouns and marked in {"に", "を", "で"} and not is_neutral(nouns):
            ahead = {w.lemma for w in words[i : i + 1] if w is not None}
            if ahead & _NARROWS or (word.surface == "限定"):
                return True
        nouns, marked = [], ""
    return False


def _is_every(words: Words, at: int) -> bool:
    """Whether どの or its like stands at `at`, so that the noun behind it narrows nothing: どの地域でも."""
    word = words[at] if at >= 0 else None
    return word is not None and word.surface in {"どの", "どんな", "どこ", "いつ"}


def _is_relative(words: Words, at: int) -> bool:
    before = words[at - 1] if at else None
    return before is not None and before.kind in {"動詞", "助動詞", "形容詞"}


def _ends_clause(words: Words, at: int) -> bool:
    """Whether a predicate stands at `at`; what only joins words (な, という) is none."""
    word = words[at]
    if word is None:
        return False
    if word.kind == "助動詞":
        return word.surface not in {"な", "に"}
    return word.kind in PREDICATES or (word.kind == "助詞" and word.pos[1] == "接続助詞")
