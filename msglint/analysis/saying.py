"""Relative clauses that say who has a subject: in 人材の不足を挙げた企業が34.3% the figure is that of 人材の不足."""

from __future__ import annotations

from msglint.analysis.nouns import Words, is_neutral, is_noun, noun_runs

POPULATION = frozenset(
    (
        "工場 事業所 営業所 事業者 メーカー 現場 職場 店 店舗 施設 自治体 病院 学校 部門 家庭 世帯 社員 "
        "経営者 利用者 企業 会社 組織 人 方 割合 回答 回答者 担当者 責任者 マーケター 声 ところ 比率 者 人々 団体"
    ).split()
)
_SAYS = frozenset(
    (
        "挙げる あげる 選ぶ 答える 感じる 感ずる 抱える 悩む 苦しむ 直面 回答 指摘 訴える 認識 認める 意識 "
        "ある 有る 思う 考える 実感 痛感 経験 困る 悩み 済み 導入"
    ).split()
)
_SHARES = frozenset("割合 比率 数 率".split())
"""What may be said of those who have the subject: 人材不足を挙げた企業の割合."""
_SAYS_AFTER_TO = frozenset("する 為る みる 見る いう 言う 捉える".split())
_ISSUES = frozenset("課題 問題 理由 障壁 障害 悩み 要因 壁 テーマ".split())
PREDICATES = frozenset({"動詞", "形容詞"})


def states_it(words: Words, tail: Words) -> bool:
    """Whether a relative clause says who has the subject, and the figure counts them: 人材不足を挙げた企業が34.3%."""
    head = next((w for w in tail if w is not None), None)
    runs = noun_runs(tail)
    if head is None:
        return False
    those = head.pos[1] == "準体助詞"  # 人材不足を挙げたのは
    if not those and (head.surface not in POPULATION or not runs or any(len(run) != 1 for run in runs)):
        return False
    if any(run[0].surface not in _SHARES and not is_neutral(run) for run in (runs if those else runs[1:])):
        return False
    if any(w is not None and w.kind == "助動詞" and w.norm in {"ない", "ず", "ぬ"} for w in words[-3:]):
        return False
    clause = list(words)
    while clause and clause[-1] is not None and is_noun(clause[-1]):
        clause.pop()
    verb = last_verb(clause)
    if verb in _SAYS:
        return True
    at = next((i for i in range(len(clause) - 1, -1, -1) if (w := clause[i]) is not None and w.kind == "動詞"), 0)
    before = clause[at - 1] if at else None
    if verb not in _SAYS_AFTER_TO or before is None:
        return False
    issue = clause[at - 2] if at > 1 else None
    return before.surface == "と" or (before.surface == "に" and issue is not None and issue.surface in _ISSUES)


def last_verb(words: Words) -> str:
    """The dictionary form of the last verb that carries meaning, or the noun before する."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word is None:
            return ""
        if word.kind == "接尾辞" and word.surface == "済み":
            return "済み"
        if word.kind not in PREDICATES:
            continue
        before = words[at - 1] if at else None
        if word.norm in {"為る", "居る", "有る", "成る"} and before is not None:
            if before.kind == "名詞":
                return before.surface
            if before.kind in {"動詞", "助動詞"} or before.surface in {"て", "で"}:
                continue
        return word.lemma
    return ""
