"""Sections that say the same: by vectors, and by wording."""

from __future__ import annotations

from base64 import b64decode

import numpy as np

from msglint.analysis.duplicates import BOILERPLATE, SIZE, Pair, Trace, alike, resemblance, sketch, twins
from msglint.analysis.encoder.packing import packed, unpacked

TEXT = "営業は最初の電話で、見込み客が読んだ記事の話から始めます。"


def trace(path: str, *vector: float, text: str = TEXT) -> Trace:
    return Trace(path, packed(np.array(vector, np.float32)), sketch(text))


def test_a_sketch_is_of_the_letters_alone() -> None:
    assert sketch("ＭＱＬの定義、です") == sketch("MQL の定義です。\n")
    assert sketch("四文字だ") == ""
    assert sketch("") == ""
    assert len(b64decode(sketch("".join(map(chr, range(0x4E00, 0x4F00)))))) == 8 * SIZE


def test_resemblance_is_the_jaccard_index_of_short_texts() -> None:
    # Shingles of five: あいうえお, いうえおか | いうえおか, うえおかき
    assert resemblance(sketch("あいうえおか"), sketch("いうえおかき")) == 1 / 3
    assert resemblance(sketch(TEXT), sketch(TEXT)) == 1
    assert resemblance("", "") == 0


def test_alike_are_sections_of_different_articles_once() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1], [0.8, 0.6]], np.float32)
    assert list(alike(vectors, ["a", "a", "b", "c"], 0.6)) == [
        Pair(0, 3, 0.800000011920929),
        Pair(1, 3, 0.800000011920929),
        Pair(2, 3, 0.6000000238418579),
    ]
    assert [p[:2] for p in alike(vectors, ["a", "a", "b", "c"], 0.6, [False, False, True, False])] == [(2, 3)]


def test_twins_need_like_words_too() -> None:
    same = [trace("a.md", 1, 0), trace("b.md", 1, 0)]
    assert [p[:2] for p in twins(same, 0.95)] == [(0, 1)]
    assert (
        twins([trace("a.md", 1, 0), trace("b.md", 1, 0, text="会議は毎週の月曜日に開いて、数字を順に見ます。")], 0.95)
        == []
    )
    assert twins([trace("a.md", 1, 0), trace("b.md", 0.6, 0.8)], 0.95) == []
    assert twins([], 0.95) == []


def test_boilerplate_is_nobodys_twin() -> None:
    many = [trace(f"{i}.md", 1, 0) for i in range(BOILERPLATE + 1)]
    assert twins(many, 0.95) == []
    assert len(twins(many[:-1], 0.95)) == BOILERPLATE * (BOILERPLATE - 1) // 2


def test_packing_keeps_three_decimals() -> None:
    vector = np.array([0.12345, -0.98765, 0.5], np.float32)
    assert np.abs(unpacked([packed(vector)])[0] - vector).max() < 5e-4
