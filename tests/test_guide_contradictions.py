"""A guide that bans its own words is refused, and one that only looks so is not."""

from __future__ import annotations

import pytest
from guide_sample import HEAD, load, problems
from pace import within

CLAIM = HEAD + "claims:\n- {id: c, statement: %s}\n"


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("一貫した発信で、必ず成果が出る", "{phrase: 必ず成果が出る}"),
        ("一貫した発信で、必ず成果が出る", "{phrase: 必ず成果が出る, unless: [negated, quoted]}"),
        ("「必ず」は言わず、必ず成果が出る", "{phrase: 必ず成果が出る, unless: [quoted]}"),
        ("ＭＱＬを渡す", "{phrase: MQL, match: exact}"),
        ("MQLを渡す", "{phrase: ＭＱＬ}"),
        ("MQLを渡す", "{phrase: '[A-Z]{3}', match: regex}"),
        ("記事の質を高める", "{phrase: 質を高める}"),
    ],
)
def test_a_phrase_inside_a_claim(statement: str, entry: str) -> None:
    (found,) = problems(CLAIM % statement + f"banned: [{entry}]\n")
    assert found.startswith("g.yaml:5:19: `")
    assert found.endswith("is not to be used, but the claim `c` contains it (g.yaml, line 4).")


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("必ず成果が出るわけではない", "{phrase: 必ず成果が出る, unless: [negated]}"),
        ("必ず成果が出るとは限りません", "{phrase: 必ず成果が出る, unless: [negated]}"),
        ("「必ず成果が出る」という約束を疑う", "{phrase: 必ず成果が出る, unless: [quoted]}"),
        ("営業本部長に届く", "{phrase: 部長}"),
        ("ROICを高める", "{phrase: ROI}"),
        ("サーバーを選ぶ", "{phrase: サーバ}"),
        ("商談を増やす", "{phrase: 商談を減らす}"),
        ("商談を増やす", "{phrase: 商談, severity: off}"),
    ],
)
def test_a_phrase_that_leaves_the_claim_alone(statement: str, entry: str) -> None:
    assert problems(CLAIM % statement + f"banned: [{entry}]\n") == []


def test_paraphrases_count_and_contradictions_do_not() -> None:
    text = (
        HEAD + "claims:\n- {id: c, statement: a, paraphrases: [b, 絶対に勝つ], contradictions: [最安で売る]}\nbanned:\n"
    )
    assert problems(text + "- {phrase: 最安}\n") == []
    (found,) = problems(text + "- {phrase: 絶対に}\n")
    assert found.startswith("g.yaml:6:12: `絶対に` is not to be used, but the claim `c`")


def test_scopes_that_never_meet_are_no_contradiction() -> None:
    text = (
        HEAD + "personas: [{id: p, avoid: [{phrase: 費用}]}, {id: q}]\nstages: [{id: s}, {id: t}]\n"
        "claims: [{id: c, statement: 費用を抑える, required_for: {personas: [%s], stages: [s]}}]\n"
    )
    assert problems(text % "q") == []
    (found,) = problems(text % "p")
    assert found.startswith("g.yaml:3:37: `費用` is not to be used, but the claim `c`")
    assert problems(text % "q" + "banned: [{phrase: 費用, stages: [t]}, {phrase: 抑える, personas: [p]}]\n") == []
    assert (
        len(problems(text % "q" + "banned: [{phrase: 費用, stages: [s, t]}, {phrase: 抑える, personas: [q]}]\n")) == 2
    )


def test_terms() -> None:
    text = (
        HEAD + "terms:\n- {term: MQL, variants: [適格リード]}\n- {term: SQL, variants: [%s]}\nbanned: [{phrase: %s}]\n"
    )
    assert problems(text % ("営業リード", "リード獲得")) == []
    assert problems(text % ("ＳＱＬ", "x")) == []
    assert problems(text % ("MQL", "x")) == [
        "g.yaml:5:26: The variant `MQL` is itself a term (line 4). Remove one of the two."
    ]
    assert problems(text % ("SQL", "x")) == [
        "g.yaml:5:26: The variant `SQL` is itself a term (line 5). Remove one of the two."
    ]
    assert problems(text % ("適格リード", "x")) == ["g.yaml:5:26: `適格リード` is listed for `MQL` on line 4 too."]
    assert problems(text % ("x", "mql")) == []
    assert problems(text % ("x", "ＭＱＬ")) == [
        "g.yaml:6:19: `ＭＱＬ` is not to be used, but the term `MQL` contains it (g.yaml, line 4)."
    ]


def test_a_replacement_that_contains_the_phrase() -> None:
    assert problems(HEAD + "banned: [{phrase: 御社, use: 御社様}]\n") == []
    assert problems(HEAD + "banned: [{phrase: 御社, use: 御社の皆様}]\n") == [
        "g.yaml:3:28: The replacement `御社の皆様` contains `御社` itself."
    ]
    assert problems(HEAD + "banned: [{phrase: サーバ, use: サーバー}]\n") == []
    assert problems(HEAD + "personas: [{id: p, avoid: [{phrase: 'w+', match: regex, use: www}]}]\n") == [
        "g.yaml:3:62: The replacement `www` contains `w+` itself."
    ]


def test_a_phrase_banned_twice() -> None:
    text = HEAD + "stages: [{id: s}, {id: t}]\nbanned:\n- {phrase: Ａ, stages: [s, t]}\n"
    assert problems(text + "- {phrase: A, stages: [t, s]}\n") == [
        "g.yaml:6:12: `A` stands on line 5 too. Make one entry of them."
    ]
    assert problems(text + "- {phrase: A, stages: [s]}\n- {phrase: A}\n") == []


def test_a_claim_that_contradicts_itself() -> None:
    assert problems(CLAIM % "a, paraphrases: [b], contradictions: [c, b]") == [
        "g.yaml:4:63: The claim's own sentence is its contradiction."
    ]


def test_an_inherited_phrase_is_reported_where_it_can_be_mended() -> None:
    text = HEAD + "extends: [base.yaml]\nclaims: [{id: c, statement: 業界No.1を目指す}]\n"
    base = {"base.yaml": HEAD + "banned: [{phrase: 業界No.1}]\n"}
    assert problems(text, base) == [
        "g.yaml:4:29: `業界No.1` is not to be used, but the claim `c` contains it (base.yaml, line 3). "
        "To switch the inherited phrase off, add `{phrase: 業界No.1, severity: off}` to `banned`."
    ]
    assert load(text + "banned: [{phrase: 業界No.1, severity: off}]\n", base).banned == ()


def test_a_pattern_that_never_ends_does_not_hang() -> None:
    with within(3):
        problems(CLAIM % ("a" * 60) + "banned: [{phrase: '(a|a)*(a|a)*(a|a)*b', match: regex}]\n")


def test_the_guide_wins_over_a_term_of_a_pack() -> None:
    assert problems(HEAD + "extends: [msglint:b2b-terms]\nbanned: [{phrase: キャンペーン}]\n") == []
