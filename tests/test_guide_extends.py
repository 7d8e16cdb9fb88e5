"""What a guide extends: the order in which files lie over one another, and what is wrong with reading them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from guide_sample import HEAD, load, problems

from msglint.guide.extend import pack_names
from msglint.guide.model import Globs, Override, Phrase, Place, RuleSetting, Stage, Term
from msglint.model import Severity


def test_entries_of_one_name_are_replaced_and_the_others_kept() -> None:
    base = HEAD + "stages: [{id: a, name: 1}, {id: b, name: 2}]\nbanned: [{phrase: x}, {phrase: ｙ, reason: 下}]\n"
    guide = load(
        HEAD + "extends: [base.yaml]\nstages: [{id: b, name: 3}]\nbanned: [{phrase: y}]\n", {"base.yaml": base}
    )
    assert guide.stages == (Stage("a", "1"), Stage("b", "3"))
    assert guide.banned == (
        Phrase("x", place=Place("base.yaml", 4, 10)),
        Phrase("y", place=Place("messaging.yaml", 5, 10)),
    )


def test_mappings_are_joined_key_by_key_and_overrides_follow() -> None:
    base = (
        "version: 1\nname: 下\nlanguage: en\nbrand: {name: A, color: '#000'}\n"
        "rules: {register: off, claim-missing: info}\n"
        "overrides: [{paths: [a], rules: {register: off}}]\nhandoff: {revision: 1, mql: {threshold: 70}}\n"
    )
    guide = load(
        HEAD + "extends: [base.yaml]\nbrand: {name: B}\nrules: {register: error}\n"
        "overrides: [{paths: [b], rules: {register: info}}]\nhandoff: {revision: 2}\n",
        {"base.yaml": base},
    )
    assert (guide.name, guide.language) == ("試験用", "en")
    assert (guide.brand.name, guide.brand.color) == ("B", "#000")
    assert guide.rules == (RuleSetting("register", Severity.ERROR), RuleSetting("claim-missing", Severity.INFO))
    assert guide.overrides == (
        Override((RuleSetting("register", "off"),), Globs(("a",))),
        Override((RuleSetting("register", Severity.INFO),), Globs(("b",))),
    )
    assert guide.handoff is not None
    assert (guide.handoff.revision, guide.handoff.mql.threshold) == ("2", Decimal(70))


def test_off_switches_an_inherited_phrase_off() -> None:
    base = HEAD + "banned: [{phrase: 業界No.1}, {phrase: 絶対}]\n"
    guide = load(HEAD + "extends: [base.yaml]\nbanned: [{phrase: 業界No.1, severity: off}]\n", {"base.yaml": base})
    assert [phrase.phrase for phrase in guide.banned] == ["絶対"]


def test_the_guides_own_terms_win_over_inherited_variants() -> None:
    base = HEAD + "terms: [{term: ウェブサイト, variants: [Webサイト, HP]}, {term: サーバ}]\n"
    own = "terms: [{term: Webサイト}, {term: サーバー, variants: [サーバ]}]\n"
    guide = load(HEAD + "extends: [base.yaml]\n" + own, {"base.yaml": base})
    assert guide.terms == (
        Term("ウェブサイト", variants=("HP",), place=Place("base.yaml", 3, 9)),
        Term("Webサイト", place=Place("messaging.yaml", 4, 9)),
        Term("サーバー", variants=("サーバ",), place=Place("messaging.yaml", 4, 25)),
    )


def test_later_ones_win_and_a_file_named_twice_keeps_its_last_place() -> None:
    files = {
        "a.yaml": HEAD + "brand: {name: a}\n",
        "b.yaml": HEAD + "extends: [a.yaml]\nbrand: {name: b}\n",
    }
    assert load(HEAD + "extends: [a.yaml, b.yaml]\n", files).brand.name == "b"
    assert load(HEAD + "extends: [b.yaml, a.yaml]\n", files).brand.name == "a"
    assert load(HEAD + "extends: [a.yaml, b.yaml]\nbrand: {name: c}\n", files).brand.name == "c"


def test_paths_are_relative_to_the_file_that_names_them() -> None:
    files = {
        "shared/base/guide.yaml": HEAD + "extends: [../words.yaml]\nbrand: {logo: img/logo.svg}\n",
        "shared/words.yaml": HEAD + "terms: [{term: MQL}]\nhandoff: {calendar: {holidays: days.csv}}\n",
    }
    guide = load(HEAD + "extends: [../shared/base/guide.yaml]\n", files, path="site/messaging.yaml")
    assert guide.terms == (Term("MQL", place=Place("shared/words.yaml", 3, 9)),)
    assert guide.brand.logo == "../shared/base/img/logo.svg"
    assert guide.handoff is not None
    assert guide.handoff.calendar is not None
    assert guide.handoff.calendar.holidays == "../shared/days.csv"


@pytest.mark.parametrize(
    "root", ["rules:\n- expected: Web\n", "{version: 1, rules: [{expected: Web}]}\n", "rules: [Web]"]
)
def test_a_file_whose_rules_are_a_list_is_a_prh_dictionary(root: str) -> None:
    guide = load(HEAD + "extends: [d/prh.yml]\n", {"d/prh.yml": root})
    assert [rule.expected for rule in guide.prh] == ["Web"]


def test_problems_of_a_dictionary_are_reported_in_it_with_the_others() -> None:
    found = problems(HEAD + "extends: [prh.yml]\nzzz: 1\n", {"prh.yml": "rules:\n- expected: a\n  pattern: /(/\n"})
    assert [line.split(":")[:2] for line in found] == [["g.yaml", "4"], ["prh.yml", "3"]]


def test_only_the_guide_itself_lets_foreign_code_in() -> None:
    base = HEAD + "plugins: true\n"
    assert load(HEAD + "extends: [a.yaml]\n", {"a.yaml": base}).plugins is False
    assert load(base).plugins is True


def test_problems_name_the_extended_file() -> None:
    found = problems(HEAD + "extends: [d/a.yaml]\nlanguage: jp\n", {"d/a.yaml": "version: 1\nnaem: x\n"})
    assert found == [
        "d/a.yaml:2:1: Unknown key `naem`. Did you mean `name`?",
        "g.yaml:4:11: Expected `ja` or `en` for `language` (found `jp`).",
    ]


def test_references_may_be_to_an_extended_file_and_from_it() -> None:
    base = HEAD + "personas: [{id: p}]\nbanned: [{phrase: x, stages: [s]}]\n"
    guide = load(
        HEAD + "extends: [a.yaml]\nstages: [{id: s}]\nbanned: [{phrase: y, personas: [p]}]\n", {"a.yaml": base}
    )
    assert [phrase.phrase for phrase in guide.banned] == ["x", "y"]


@pytest.mark.parametrize("content", ["", "- a\n", "a: [\n", b"\xff"])
def test_an_extended_file_that_is_no_guide_is_one_problem_in_it(content: str | bytes) -> None:
    (found,) = problems(HEAD + "extends: [a.yaml]\n", {"a.yaml": content})
    assert found.startswith(("a.yaml:1:1: ", "a.yaml:2:1: "))


def test_cycles_are_refused_where_they_close() -> None:
    files = {
        "b.yaml": HEAD + "extends: [x/c.yaml]\n",
        "x/c.yaml": HEAD + "extends: [../b.yaml]\n",
    }
    assert problems(HEAD + "extends: [b.yaml]\n", files) == [
        "x/c.yaml:3:11: `extends` comes back to itself (b.yaml → x/c.yaml → b.yaml)."
    ]
    assert problems(HEAD + "extends: [./g.yaml]\n") == [
        "g.yaml:3:11: `extends` comes back to itself (g.yaml → g.yaml)."
    ]


def test_long_chains_and_wide_ones_end() -> None:
    chain = {f"{i}.yaml": HEAD + f"extends: [{i + 1}.yaml]\n" for i in range(100)}
    assert [line.split(": ")[1] for line in problems(HEAD + "extends: [0.yaml]\n", chain)] == [
        "The chain of `extends` is too long."
    ]
    doubling = {f"{i}.yaml": HEAD + f"extends: [{i + 1}.yaml, {i + 1}.yaml]\n" for i in range(15)} | {"15.yaml": HEAD}
    assert load(HEAD + "extends: [0.yaml]\n", doubling).name == "試験用"


def test_packs() -> None:
    names = pack_names()
    assert "keihyo" in names
    for name in names:
        guide = load(HEAD + f"extends: [msglint:{name}]\n")
        assert guide.name == "試験用"
        assert guide.banned or guide.terms
        places = [phrase.place for phrase in guide.banned] + [term.place for term in guide.terms]
        assert {place.path for place in places if place} == {f"msglint:{name}"}


def test_an_unknown_pack_is_named_with_the_nearest() -> None:
    assert problems(HEAD + "extends: ['msglint:keihyou']\n") == [
        "g.yaml:3:11: Unknown pack `msglint:keihyou`. Did you mean `msglint:keihyo`?"
    ]
    (found,) = problems(HEAD + "extends: ['msglint:../model']\n")
    assert found.startswith("g.yaml:3:11: Unknown pack `msglint:../model`.")
