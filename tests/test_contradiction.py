"""Whether sentences contradict a guide's claims: what the signs of words are, and what comes of them."""

from __future__ import annotations

import numpy as np
import pytest

from msglint.analysis.contradiction.clauses import states
from msglint.analysis.contradiction.network import network
from msglint.analysis.contradiction.own import Contradictions
from msglint.analysis.contradiction.reading import Clauses, read
from msglint.analysis.contradiction.rejection import REJECTED
from msglint.analysis.encoder.builtin import Builtin
from msglint.analysis.meaning import RARITY
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim

CLAIMS = (
    Claim(
        "steady",
        "どの記事でも同じ主張を伝え続けることが、商談の質を高める",
        ("主張のそろった記事群が、質の高い商談を生む",),
        ("記事ごとに主張が違っていても、商談の質は変わらない",),
    ),
    Claim("quick", "問い合わせに早く返信することが、受注率を上げる", ("返信の速さが受注を左右する",)),
    Claim(
        "measured",
        "効果を数字で確かめながら進めることが、施策を成功させる",
        contradictions=("施策は担当者の勘で進めればよい",),
    ),
    Claim("small", "小さく試してから広げることが、導入の失敗を減らす"),
    Claim(
        "customer",
        "顧客の課題から語る資料が、提案の説得力を高める",
        contradictions=("製品の機能を並べた資料のほうが、顧客を説得できる",),
    ),
)
NAMES = [c.id for c in CLAIMS]

SIGNS = [
    ("negation", "主張を統一しない。", {"主張": -1, "統一": -1}),
    ("classical negation", "主張を統一せず、記事を公開した。", {"主張": -1, "統一": -1}),
    ("polite negation", "主張は統一しません。", {"主張": -1}),
    ("absence", "統一の必要はありません。", {"統一": -1}),
    ("absence of sense", "主張を統一する意味はない。", {"主張": -1, "統一": -1}),
    ("not needed", "主張の統一は不要だ。", {"主張": -1, "統一": -1}),
    ("need not", "主張を統一しなくてもよい。", {"主張": -1, "統一": -1}),
    ("given up", "主張の統一をやめた。", {"統一": -1}),
    ("given up with good result", "統一をやめたところ、成果が伸びた。", {"統一": -1, "成果": 1}),
    ("given up with bad result", "統一をやめたところ、成果が落ちた。", {"統一": 1, "成果": -1}),
    ("demand", "主張を統一しなければならない。", {"主張": 1, "統一": 1}),
    ("prohibition", "主張を変えてはならない。", {"主張": -1, "変える": -1}),
    ("double negation", "統一しなければ成果は出ない。", {"統一": 1, "成果": -1}),
    ("less of the bad", "統一によって失注が減る。", {"統一": 1, "失注": -1}),
    ("more of the bad", "統一すると失注が増える。", {"統一": -1, "失注": 1}),
    ("called wrong", "主張を統一するという考えは誤りだ。", {"主張": -1, "統一": -1}),
    ("not called wrong", "主張を統一するという考えは誤りではない。", {"主張": 1, "統一": 1}),
    ("quoted and rejected", "「主張を統一せよ」という常識は思い込みだ。", {"主張": -1, "統一": -1}),
    ("not always", "主張を統一すれば売れるとは限らない。", {"主張": -1, "統一": -1}),
    ("not the case", "主張を統一するわけではない。", {"主張": -1}),
    ("ascribed and disowned", "主張の統一が大切だと言われますが、それは違います。", {"主張": -1, "統一": -1}),
    ("disowned in the next sentence", "主張を統一すべきだと言う人がいる。しかし実際は違う。", {"主張": -1, "統一": -1}),
    ("taken back by the next sentence", "主張は統一すればよい。それは誤解です。", {"主張": -1, "統一": -1}),
    ("rhetorical question", "主張の統一は必要なのでしょうか。", {"主張": -1, "統一": -1}),
    ("question that asserts", "主張の統一が必要ではないでしょうか。", {"主張": 1, "統一": 1}),
    ("comparison", "件数より内容を見る。", {"件数": -1, "内容": 1}),
    ("not but", "件数ではなく、内容が決め手だ。", {"件数": -1, "内容": 1}),
    ("only", "内容しか問わない。", {"内容": 1}),
    ("not only", "件数だけでなく、内容も見る。", {"件数": 1, "内容": 1}),
    ("prefix", "主張は不統一だ。", {"主張": 1}),
    ("perhaps", "主張を統一するかもしれない。", {"主張": 1, "統一": 1}),
    ("said of a noun", "統一されない主張は無駄だ。", {"統一": 1, "主張": -1}),
]

CASES = [
    # means, claim, text, whether it contradicts
    ("negation", "steady", "記事の主張をそろえても、商談の質は上がりません。", True),
    ("not needed", "steady", "どの記事でも同じ主張を伝える必要はありません。", True),
    ("senseless", "steady", "主張の統一は無意味だ。", True),
    ("may differ", "steady", "主張は記事ごとにばらばらでかまわない。", True),
    ("no influence", "steady", "記事の主張がそろっているかどうかは、商談の質に関係がない。", True),
    ("harm", "steady", "同じ主張の繰り返しは読者を飽きさせ、商談の質を下げます。", True),
    ("success story", "steady", "主張を統一するルールを廃止したところ、商談の質が上がりました。", True),
    ("quoted and rejected", "steady", "「主張をそろえよ」という常識は、思い込みにすぎません。", True),
    ("need not, still succeeds", "quick", "返信を急がなくても、受注率は上がります。", True),
    ("antonym", "quick", "返信は遅いほうがよい。急ぐと足元を見られるからです。", True),
    ("put off", "quick", "問い合わせへの返信は後回しで十分だ。", True),
    ("turned round", "quick", "早く返信するほど、受注率は下がる。", True),
    ("said and disowned", "quick", "返信は速いほどよいと言われますが、それは誤解です。", True),
    ("only, enough", "measured", "施策を進めるには、担当者の勘だけで十分です。", True),
    ("other first", "measured", "数字の確認より、まず担当者の直感を優先しましょう。", True),
    ("given up, success", "measured", "効果測定をやめたところ、施策がうまく回り始めた。", True),
    ("waste", "measured", "効果を数字で追いかける時間は無駄だ。", True),
    ("rhetorical question", "measured", "施策の効果を、いちいち数字で確かめる必要があるのでしょうか。", True),
    ("all at once", "small", "試行に時間をかけるのは無駄だ。最初から全社に一斉に導入すべきである。", True),
    ("condition denied", "small", "小さく試さなくても、導入は失敗しません。", True),
    ("comparison turned round", "small", "小さく試すより、一気に広げるほうが失敗は少ない。", True),
    ("other content", "customer", "資料には製品の機能さえ並べておけばよい。", True),
    ("view called outdated", "customer", "顧客の課題から語るという資料の作り方は、もう時代遅れです。", True),
    ("need", "steady", "すべての記事で主張をそろえることが欠かせません。", False),
    ("double negation", "steady", "主張がそろわなければ、商談の質は高まりません。", False),
    ("rejected view", "steady", "記事ごとに主張が違ってもよい、という考えは誤りです。", False),
    (
        "rejected in the next sentence",
        "steady",
        "主張はばらばらでもよいと言う人がいます。しかし実際には、商談が減りました。",
        False,
    ),
    ("quoted failure", "steady", "失敗パターンは「主張は書き手に任せる」です。", False),
    ("rhetorical question", "steady", "記事ごとに主張が違っていて、よい商談になるでしょうか。", False),
    ("other effort unneeded", "steady", "記事ごとに新しい主張を考える必要はありません。", False),
    ("given up the wrong", "steady", "書き手ごとに主張を決めるのをやめたところ、商談の質が高まりました。", False),
    ("not always", "quick", "丁寧に書けば返信は遅くてもよい、とは限りません。", False),
    ("less of the bad", "quick", "返信を早めると、失注が減ります。", False),
    ("enough with the right", "quick", "凝った文面は不要です。早く返信するだけで受注率は上がります。", False),
    ("bad result of the wrong", "quick", "返信が遅れると、受注率は下がる。", False),
    ("comparison", "quick", "文面の凝り方より、返信の速さが受注を決める。", False),
    ("rejected gut feeling", "measured", "勘で進めれば十分だというのは思い込みです。", False),
    (
        "no more gut feeling",
        "measured",
        "勘に頼るのはやめましょう。数字で確かめた施策だけを続ければよい。",
        False,
    ),
    ("wrong is counterproductive", "measured", "効果を確かめずに施策を増やすのは逆効果です。", False),
    ("not at once", "small", "最初から全社に導入する必要はない。一つの部署で試せば十分です。", False),
    ("all at once fails", "small", "一斉に導入した会社は、たいてい失敗しています。", False),
    ("question that asserts", "small", "まずは小さく試すべきではないでしょうか。", False),
    ("less of other content", "customer", "機能の説明は減らしてよい。顧客の課題から語れば伝わります。", False),
    ("ascribed and disowned", "customer", "機能を並べれば売れると言われますが、それは誤りです。", False),
    ("neutral", "customer", "資料の表紙には、会社名と日付を入れています。", False),
]

MISSES = frozenset(
    {
        "主張を統一するルールを廃止したところ、商談の質が上がりました。",
        "記事ごとに新しい主張を考える必要はありません。",
        "試行に時間をかけるのは無駄だ。最初から全社に一斉に導入すべきである。",
        "小さく試さなくても、導入は失敗しません。",
        "まずは小さく試すべきではないでしょうか。",
        "記事の主張がそろっているかどうかは、商談の質に関係がない。",
        "施策の効果を、いちいち数字で確かめる必要があるのでしょうか。",
    }
)
"""Texts that the reading is known to get wrong."""

FLAGGED = 1 / (1 + RARITY)
"""From this probability on, before articles are taken into account, a sentence is flagged."""


@pytest.fixture(scope="module")
def contradictions() -> Contradictions:
    return Contradictions(CLAIMS, Builtin())


def sentences(*texts: str) -> list[Passage]:
    return [Passage.of(text) for text in texts]


def split(text: str) -> list[Passage]:
    return sentences(*(part + "。" for part in text.split("。") if part))


@pytest.mark.parametrize(("text", "signs"), [case[1:] for case in SIGNS], ids=[case[0] for case in SIGNS])
def test_signs(text: str, signs: dict[str, int]) -> None:
    read_words = {word.norm: word.sign for word in read(Clauses.of(Passage.of(text))).words}
    assert {norm: read_words[norm] for norm in signs} == signs


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        pytest.param(
            *case[1:],
            id=f"{'against' if case[3] else 'for'}-{case[1]}-{case[0].replace(' ', '-')}",
            marks=[pytest.mark.xfail(strict=True)] if case[2] in MISSES else [],
        )
        for case in CASES
    ],
)
def test_sides(contradictions: Contradictions, claim: str, text: str, expected: bool) -> None:
    score = contradictions.scores([split(text)])[0][:, NAMES.index(claim)].max()
    assert (score >= FLAGGED) == expected


def test_far_sentences_are_not_read(contradictions: Contradictions) -> None:
    assert not contradictions.scores([sentences("ピアノの練習曲を一曲だけ弾いた。")])[0].any()


def test_what_only_names_a_thing_states_nothing(contradictions: Contradictions) -> None:
    items = sentences("主張の統一は不要", "記事ごとの主張の数", "主張をそろえる必要性のなさ")
    assert [states(item) for item in items] == [True, False, False]
    assert not contradictions.scores([items])[0][1:].any()


@pytest.mark.parametrize(
    "text",
    [
        "記事ごとに主張が違っていても商談の質は変わらない、と考えるのは誤りです。",
        "「施策は担当者の勘で進めればよい」というのは誤解です。",
        "製品の機能を並べた資料のほうが顧客を説得できると言う人がいますが、実際は違います。",
        "施策は担当者の勘で進めればよい。それは思い込みです。",
    ],
)
def test_a_sentence_that_rejects_what_the_guide_lists_as_wrong_is_on_message(
    contradictions: Contradictions, text: str
) -> None:
    assert contradictions.scores([split(text)])[0].max() <= REJECTED


def test_no_sentences_and_no_words(contradictions: Contradictions) -> None:
    assert contradictions.scores([]) == []
    assert [rows.shape for rows in contradictions.scores([[], sentences("。")])] == [(0, len(CLAIMS)), (1, len(CLAIMS))]
    assert not contradictions.scores([sentences("", "。", "！？")])[0].any()
    assert Contradictions((), Builtin()).scores([sentences("主張をそろえる。")])[0].shape == (1, 0)


def test_scores_depend_on_the_section_alone(contradictions: Contradictions) -> None:
    sections = [split(text) for _, _, text, _ in CASES]
    apart = [contradictions.scores([section])[0] for section in sections]
    again = Contradictions(CLAIMS, Builtin()).scores(sections[::-1])[::-1]
    for one, other in zip(apart, again, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_claims_do_not_depend_on_each_other(contradictions: Contradictions) -> None:
    text = split("主張の統一は無意味だ。記事ごとに違ってよい。")
    alone = Contradictions(CLAIMS[:1], Builtin()).scores([text])[0][:, 0]
    np.testing.assert_allclose(contradictions.scores([text])[0][:, 0], alone, atol=1e-6)


def test_the_sentence_that_contradicts_stands_out(contradictions: Contradictions) -> None:
    text = sentences(
        "編集会議は毎週火曜に開いています。",
        "参加者は編集長と書き手の五人です。",
        "どの記事でも同じ主張を伝える必要はありません。",
        "議事録はその日のうちに共有します。",
        "次回の日程も会議の最後に決めます。",
    )
    assert contradictions.scores([text])[0][:, 0].argmax() == 2


def test_the_networks_have_learned_with_the_table_of_word_vectors_that_ships() -> None:
    assert network().table == Builtin().identity.hash


def test_what_cannot_be_turned_against_a_claim_is_not_flagged(contradictions: Contradictions) -> None:
    text = sentences("主張は大切です。", "しかし、どの記事でも同じ主張を伝える必要はありません。")
    alone, both = contradictions.scores([text[:1], text])
    assert alone.max() < 0.5
    assert [bool(row.max() >= 0.5) for row in both] == [False, True]


def test_a_long_sentence() -> None:
    text = "主張をそろえる必要はなく、" * 400 + "かまわない。"
    assert np.isfinite(Contradictions(CLAIMS, Builtin()).scores([sentences(text)])[0]).all()
