from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pace import within

from msglint.analysis.encoder.builtin import TABLE, Builtin
from msglint.analysis.encoder.table import read
from msglint.analysis.encoder.vocabulary import grams, hash_of, wording
from msglint.analysis.passage import Passage
from msglint.analysis.tokens import tokenize

TEXTS = [
    "全コンテンツで一貫したメッセージを発信する仕組みが、商談化率を高める。",
    "どの記事を読んでも主張がぶれないことが、質の高い商談を生みます。",
    "出張の交通費は、月末までに経理へ申請してください。",
    "子犬が公園の芝生を走り回っている。",
    "小さな犬が草の上を駆けています。",
    "CRMの導入率は37.2%です。",
    "はい。",
    "",
]


@pytest.fixture(scope="module")
def builtin() -> Builtin:
    return Builtin()


def test_vectors_are_float32_of_length_1(builtin: Builtin) -> None:
    vectors = builtin.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (8, 576)
    assert np.linalg.norm(vectors[:6], axis=1) == pytest.approx(np.ones(6), abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "。", "、を。"])
def test_text_that_says_nothing_is_a_vector_of_zeros(builtin: Builtin, text: str) -> None:
    assert not builtin.encode([text]).any()


def test_no_texts(builtin: Builtin) -> None:
    assert builtin.encode([]).shape == (0, 576)


def test_like_meaning_is_nearer_than_like_form(builtin: Builtin) -> None:
    near = builtin.encode(TEXTS) @ builtin.encode(TEXTS).T
    assert near[0, 1] > near[0, 2] + 0.3
    assert near[3, 4] > near[3, 2] + 0.3


def test_a_vector_depends_on_its_text_alone() -> None:
    together = Builtin().encode(TEXTS)
    backwards = Builtin().encode(TEXTS[::-1])[::-1]
    one = Builtin()
    alone = np.vstack([one.encode([text]) for text in TEXTS])
    many = Builtin().encode(TEXTS * 300)
    assert np.abs(together - backwards).max() < 1e-6
    assert np.abs(together - alone).max() < 1e-6
    assert np.abs(together - many[8 * 299 :]).max() < 1e-6


def test_passages_are_not_analysed_again(builtin: Builtin) -> None:
    tokens = tokenize("記事を書く。営業が使う。")
    cut = [Passage.cut(tokens, 0, 4), Passage.cut(tokens, 4, len(tokens))]
    cut[0].norms = ("資料", "を", "書く", "。")
    first, second = builtin.encode(cut)
    assert first @ builtin.encode(["資料を書く。"])[0] == pytest.approx(1, abs=1e-5)
    assert second @ builtin.encode(["営業が使う。"])[0] == pytest.approx(1, abs=1e-5)


def test_a_word_that_the_table_lacks_is_near_its_parts(builtin: Builtin) -> None:
    unknown = "営業連携記事群"
    assert hash_of(unknown) not in read(TABLE).hashes
    passage = Passage.of("記事")
    passage.norms, passage.pos_ids = (unknown,), passage.pos_ids[:1]
    vector = builtin.encode([passage])[0]
    near = builtin.encode(["営業の記事", "芝生の子犬"]) @ vector
    assert near[0] > 0.4 > near[1] + 0.2


@pytest.mark.parametrize("text", ["ゑ", "𠮟", "𝕏𝕐", "🙂🙂", "ŵ", "\x00", "ﷺ", "a" * 5000, "鰯" * 3000])
def test_any_text_has_a_vector(builtin: Builtin, text: str) -> None:
    assert np.isfinite(builtin.encode([text])).all()


def test_views_stand_side_by_side(builtin: Builtin) -> None:
    meaning, subject, wording_ = builtin.views
    assert [meaning, subject, wording_] == [slice(0, 208), slice(208, 320), slice(320, 576)]


def test_identity_is_the_tables(builtin: Builtin) -> None:
    assert builtin.identity.name == "builtin"
    assert builtin.identity.hash == read(TABLE).hash
    assert len(builtin.identity.hash) == 16


def test_the_table_is_small_and_loads_at_once() -> None:
    assert TABLE.stat().st_size < 8_000_000
    with within(0.05):
        table = read(TABLE)
    assert (np.diff(table.hashes.astype(np.int64)) > 0).all()
    assert (np.diff(table.topic_hashes.astype(np.int64)) > 0).all()
    assert table.rows.max() < len(table.vectors)
    assert sum(table.shares) == pytest.approx(1, abs=1e-5)


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"something else")
    with pytest.raises(ValueError, match=r"other\.bin is no table of word vectors"):
        read(path)


def test_numpy_is_not_loaded_before_it_is_needed() -> None:
    code = "import sys, msglint.analysis.encoder.builtin, msglint.analysis.coverage, msglint.analysis.on_message;"
    done = subprocess.run([sys.executable, "-c", code + "sys.exit('numpy' in sys.modules)"], check=False)
    assert done.returncode == 0


def test_grams_are_characters_pairs_and_the_word() -> None:
    assert grams("記事") == ["記", "事", "<記", "記事", "事>", "<記事>"]


def test_wording_adds_up_weights_with_signs() -> None:
    made = wording("記事", np.ones(1 << 16), 4)
    assert made.dtype == np.float32
    assert int(np.abs(made).sum()) % 2 == 0
    assert np.abs(made).sum() <= 6
