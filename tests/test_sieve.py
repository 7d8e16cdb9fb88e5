"""A sieve may let too much through, never too little."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msglint.analysis.sieve import Sieve
from msglint.guide.literals import needles_of


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        ("業界(No\\.?1|最大)", ("業界no.1", "業界no1", "業界最大")),
        ("(?:日本|世界)初", ("世界初", "日本初")),
        ("最(?:安|速)?値", ("最値", "最安値", "最速値")),
        ("(?i)roi", ()),
        ("(?i:No)\\.1", ("no.1",)),
        ("最大(?:級)?+の", ("最大の", "最大級の")),
        ("[?+]つ", ("+つ", "?つ")),
        ("\\++つ", ("+",)),
        ("\\AROI\\Z", ()),
        ("[[:alpha:]]+", ()),
        ("[]あ]?", ()),
        ("[^]あ]い", ()),
        ("\\d+%", ("%",)),
        (".*", ()),
        ("あ{,3}い", ()),
        ("(?:あい){e<=1}", ()),
        ("(?i:É)", ()),
    ],
)
def test_needles(pattern: str, needles: tuple[str, ...]) -> None:
    assert needles_of(pattern) == needles


def test_only_patterns_that_can_match_pass() -> None:
    sieve = Sieve([needles_of(p) for p in ("業界最大", "(?i)roi", "世界初")])
    assert list(sieve.passing("業界最大の")) == [0, 1]
    assert list(sieve.passing("世界初で業界最大")) == [0, 1, 2]
    assert list(sieve.passing("")) == [1]


@given(st.text("業界最大No.1 ＮROI%0"))
def test_no_match_is_lost(text: str) -> None:
    import regex

    patterns = ["業界(?:No\\.?1|最大)", "N[oＯ].?1", "最大?R", "\\bROI\\b", "1|0%", "(?i:no)?+R"]
    passing = set(Sieve([needles_of(p) for p in patterns]).passing(text))
    for i, pattern in enumerate(patterns):
        assert i in passing or not regex.search(pattern, text)
