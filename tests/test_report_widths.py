from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msglint.report.widths import columns, fold, pad, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("abc", 3),
        ("漢字", 4),
        ("ｶﾅ", 2),
        ("カ\u3099", 2),
        ("…", 1),
        ("😀", 2),
        ("👩‍💻", 2),
        ("葛\U000e0100", 2),
        ("\u200b", 0),
    ],
)
def test_columns(text: str, expected: int) -> None:
    assert columns(text) == expected


def test_pad_fills_to_a_column() -> None:
    assert pad("用語", 6) == "用語  "


def test_shown_is_one_for_one() -> None:
    assert shown("a\tb\x00\x1b\x7f\x85\u2028\u202e\ud800") == "a\tb␀␛␡\ufffd\ufffd\ufffd\ufffd"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("あいうえおか", 10, ["あいうえお", "か"]),
        ("あいうえお。か", 10, ["あいうえ", "お。か"]),
        ("あいうえ「お」", 10, ["あいうえ", "「お」"]),
        ("あいうえ(お)", 10, ["あいうえ", "(お)"]),
        ("導入率は47.2%です", 12, ["導入率は", "47.2%です"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),
        ("あ\r\nい\n\nう", 10, ["あ", "い", "", "う"]),
        ("か\u3099き\u3099く\u3099", 4, ["か\u3099き\u3099", "く\u3099"]),
        ("家族👨‍👩‍👧と🇯🇵", 6, ["家族👨‍👩‍👧", "と🇯🇵"]),
        ("サーバーとデータ", 10, ["サーバーと", "データ"]),
    ],
)
def test_fold(text: str, width: int, lines: list[str]) -> None:
    assert fold(text, width) == lines


@given(st.text("あaB 、。「」(ーっ😀🇯🇵か\u3099\u200d\t\u3000-", max_size=60), st.integers(4, 30))
def test_fold_keeps_to_the_width_and_loses_only_blanks(text: str, width: int) -> None:
    lines = fold(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
