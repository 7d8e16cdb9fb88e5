"""A guide's regular expressions: what they match, and by which library."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import regex
import yaml

from msglint.guide import patterns
from msglint.guide.literals import needles_of, shipped
from msglint.guide.patterns import matches
from msglint.guide.scalars import pattern_problem

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = yaml.safe_load((ROOT / "tests" / "fixtures" / "packs" / "keihyo.yaml").read_text(encoding="utf-8"))
TEXTS = [
    *(text for case in FIXTURE["cases"] for texts in case.values() for text in texts),
    *FIXTURE["silent"],
    *(file.read_text(encoding="utf-8") for file in sorted((ROOT / "content").rglob("*.md"))),
]


@pytest.mark.parametrize("pattern", sorted(shipped()))
def test_the_packs_expressions_match_the_same_by_both_libraries(pattern: str) -> None:
    expected = [[m.span() for m in regex.finditer(pattern, text)] for text in TEXTS]
    assert [matches(pattern, text) for text in TEXTS] == expected


def test_ranges() -> None:
    assert matches(r"(?:たった|わずか)\d+日", "たった3日、わずか10日") == [(0, 5), (6, 12)]
    assert matches(r"\p{Han}+", "導入はCRM導入") == [(0, 2), (6, 8)]


def test_one_that_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "PATIENCE", 0.05)
    with pytest.raises(TimeoutError):
        matches(r"(?:あ|ああ)+\d", "あ" * 60)


@pytest.mark.parametrize("pattern", ["(?:a?|b?){30}c", "(a?){40}", "(?:", "a{e<=1}", r"\p{Foo}", "[[:alpha:]]", "x*"])
def test_what_the_standard_library_does_not_vouch_for_is_asked_of_regex(pattern: str) -> None:
    try:
        empty = bool(regex.compile(pattern).search("", timeout=1))
    except (regex.error, TimeoutError):
        empty = True
    assert bool(pattern_problem(pattern)) == empty


def test_regex_reads_what_the_standard_library_vouches_for() -> None:
    pieces = (
        r"導入 a . \d \w \s \b [abc] [^a] (?:ab) (a) (?P<n>a) a|b \1 (?=a) (?!a) (?<=a) (?<!a) ^ $ * + ? {2} {1,} "
        r"{,3} *? ++ (?>a) (?i:a) { } ] - \- \. {e} {e<=1} \x41 \u3042 (?(1)a|b) []a] [a\]b] && -- || [[a]"
    ).split()
    rng, vouched = random.Random(0), 0
    for _ in range(20_000):
        pattern = "".join(rng.choices(pieces, k=rng.randint(1, 5)))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                re.compile(pattern)
            except (re.error, Warning):
                continue
        if needles_of(pattern):
            vouched += 1
            assert not regex.compile(pattern).search("")
    assert vouched > 500


def test_to_read_a_guide_needs_no_regex() -> None:
    code = "import sys\nfrom msglint.app.cli.main import run\nrun(['guide', 'check'])\nsys.exit('regex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0
