from __future__ import annotations

import numpy as np
import pytest

from msglint.analysis.coverage import Coverage
from msglint.analysis.encoder.opening import builtin
from msglint.analysis.encoder.packing import packed
from msglint.analysis.message import Message
from msglint.analysis.on_message import THRESHOLD, Nearness, Section, on_message, reference_scores
from msglint.analysis.passage import Passage
from msglint.guide.model import Claim
from msglint.model import Found, Span

CLAIMS = (
    Claim(
        "consistent-message",
        "全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める",
        ("どの記事を読んでも主張がぶれないことが、質の高い商談を生む",),
        ("記事ごとに訴求が違っていても商談化率には影響しない",),
    ),
    Claim(
        "agreed-handover",
        "MQLとSQLの定義と引き渡しの条件は、マーケティングと営業が文書で合意し、定期的に見直す",
    ),
    Claim(
        "feedback-loop",
        "商談で分かったことをコンテンツと判定基準に戻す循環が、次の記事とリードの質を高める",
        ("営業のフィードバックを集め、記事の改善に反映し続ける",),
    ),
)
CONSISTENT = "誰が書いた記事でも会社の言い分がそろっていると、読んだ人との商談がうまく運びます。"
HANDOVER = "どの段階で見込み客を営業へ渡すのか、両部門で書面に残し、四半期に一度は見直しましょう。"
FEEDBACK = "商談で営業が聞いた顧客の声を集めて書き手に伝え、記事の改善に反映します。"
EXPENSES = "出張旅費の精算は、領収書を添えて翌月5日までに経理へ出してください。"
FILLER = ("今日は晴れです。", "会場は駅から歩いて5分です。", "受付は2階にあります。", "昼食は各自でお取りください。")


def passages(*texts: str) -> list[Passage]:
    return [Passage.of(text) for text in texts]


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return Coverage(CLAIMS, builtin())


@pytest.mark.parametrize(("text", "claim"), [(CONSISTENT, 0), (HANDOVER, 1), (FEEDBACK, 2)])
def test_a_sentence_in_other_words_carries_its_claim_and_no_other(coverage: Coverage, text: str, claim: int) -> None:
    values, best = coverage.scores(passages(text))
    assert [value >= 0.5 for value in values] == [i == claim for i in range(3)]
    assert list(best) == [0, 0, 0]


def test_what_is_about_something_else_carries_nothing(coverage: Coverage) -> None:
    assert coverage.scores(passages(EXPENSES))[0].max() < 0.2


def test_the_statement_itself_is_carried(coverage: Coverage) -> None:
    for i, claim in enumerate(CLAIMS):
        assert coverage.scores(passages(claim.statement + "。"))[0][i] > 0.9


def test_a_claim_is_found_among_other_sentences(coverage: Coverage) -> None:
    said = passages(*FILLER[:2], HANDOVER, "期限を過ぎたら、責任者が催促します。", *FILLER[2:])
    values, best = coverage.scores(said)
    assert values[1] >= 0.5
    assert best[1] == 2


def test_a_guide_of_one_claim() -> None:
    alone = Coverage(CLAIMS[1:2], builtin())
    assert alone.scores(passages(HANDOVER))[0][0] >= 0.5
    assert alone.scores(passages(EXPENSES))[0][0] < 0.2


def test_no_claims() -> None:
    values, best = Coverage((), builtin()).scores(passages(HANDOVER))
    assert values.shape == best.shape == (0,)


@pytest.mark.parametrize("text", ["。", "x", "🙂"])
def test_text_that_says_nothing_carries_nothing(coverage: Coverage, text: str) -> None:
    assert coverage.scores(passages(text))[0].max() < 0.2


def test_a_score_does_not_depend_on_what_was_read_before() -> None:
    texts = [(CONSISTENT,), (HANDOVER, FEEDBACK), (EXPENSES,), (*FILLER, CONSISTENT)]
    forwards, backwards = Coverage(CLAIMS, builtin()), Coverage(CLAIMS, builtin())
    first = [forwards.scores(passages(*text))[0] for text in texts]
    second = [backwards.scores(passages(*text))[0] for text in texts[::-1]][::-1]
    assert np.abs(np.array(first) - np.array(second)).max() < 1e-6


def test_the_heading_counts(coverage: Coverage) -> None:
    said = passages("四半期ごとに改めます。")
    without, within = coverage.scores(said)[0], coverage.scores(said, "引き渡しの条件を文書で合意する")[0]
    assert within[1] > without[1]


MESSAGE = Message(CLAIMS, challenges=("リードは増えたのに商談につながらない",), subjects=("日本企業のCRM導入率",))


def test_nearness_knows_the_nearest_sentence() -> None:
    nearness = Nearness(MESSAGE, builtin())
    _, near, nearest = nearness.of(passages(HANDOVER))
    assert MESSAGE.sentences[nearest].startswith("MQLとSQLの定義")
    _, far, _ = nearness.of(passages(EXPENSES))
    assert near > 0.2 > far + 0.1


def section(path: str, *texts: str) -> Section:
    vector, near, _ = Nearness(MESSAGE, builtin()).of(passages(*texts))
    return Section(path, packed(vector), near)


def test_a_section_of_the_guides_world_is_over_the_shipped_threshold() -> None:
    inside, outside = on_message([section("a.md", HANDOVER, FEEDBACK), section("a.md", EXPENSES)])
    assert inside > 0.7
    assert outside < THRESHOLD


def test_the_other_articles_bring_a_section_nearer() -> None:
    topic = "展示会で集めた名刺に、翌週までに誰がどの順で連絡するかを決めておきます。"
    others = [section(f"{i}.md", f"{topic}{i}回目の見込み客です。") for i in range(6)]
    alone, *_ = on_message([section("a.md", topic)])
    among, *_ = on_message([section("a.md", topic), *others])
    own, *_ = on_message([section("a.md", topic), *(Section("a.md", o.vector, o.nearness) for o in others)])
    assert among > alone == own


def test_no_sections() -> None:
    assert on_message([]) == []


def test_only_reference_sections_are_learned_from() -> None:
    def found(path: str, text: str, **more: bool) -> Found:
        vector, near, _ = Nearness(MESSAGE, builtin()).of(passages(text))
        return Found(path, "off-message", "", {"vector": packed(vector), "nearness": near, **more}, 0.0, Span(0, 1))

    evidence = [
        found("a.md", HANDOVER),
        found("b.md", FEEDBACK, reference=True),
        found("c.md", EXPENSES, reference=False),
    ]
    assert reference_scores(evidence) == on_message([Section.of(e) for e in evidence])[:2]
