"""What is wrong with a guide is said at its place, all of it at once, and with what to write instead."""

from __future__ import annotations

import pytest
from guide_sample import EXAMPLE, HEAD, load, problems
from pace import within

from msglint.model import InputInvalid

FACT = HEAD + "facts:\n- id: f\n  subject: s\n  keywords: [k]\n  source: x\n  values:\n"

CASES = [
    # keys
    ("claimes: []\n", "3:1: Unknown key `claimes`. Did you mean `claims`?"),
    ("content: {inclde: []}\n", "3:11: Unknown key `inclde`. Did you mean `include`?"),
    (
        "claims: [{id: a, statement: b, required_for: {persona: [x]}}]\n",
        "3:47: Unknown key `persona`. Did you mean `per",
    ),
    ("handoff: {mql: {fit: [{field: a, equal: b}]}}\n", "3:34: Unknown key `equal`. Did you mean `equals`?"),
    ("brand: {zzz: 1}\n", "3:9: Unknown key `zzz`. Known here: name, logo, color, font."),
    ("brand:\n  name: a\n  name: b\n", "5:3: The key `name` stands on line 4 too; keep one."),
    ("imports: {stages: {a: won, a: lost}}\n", "3:28: The key `a` stands on line 3 too; keep one."),
    ("claims:\n- id: a\n", "4:3: `statement` is missing."),
    # types
    ("stages: {id: a}\n", "3:9: Expected a list (each item a mapping) for `stages` (found a mapping)."),
    ("stages: [a]\n", "3:10: Expected a mapping for an item of `stages` (found `a`)."),
    ("stages: ['id：a']\n", "3:10: Expected a mapping for an item of `stages` (found `id：a`). A key is followed by"),
    ("stages:\n", "3:1: Expected a list (each item a mapping) for `stages` (there is no value)."),
    ("stages: [{id: [a]}]\n", "3:15: Expected text for `id` (found a list)."),
    ("stages: [{id: ~}]\n", "3:15: Expected text for `id` (there is no value)."),
    ("stages: [{id: null, name: ''}]\n", "3:15: Expected text for `id` (there is no value)."),
    ("banned: [{phrase: '　'}]\n", "3:19: Expected text for `phrase` (found empty text)."),
    ("plugins: maybe\n", "3:10: Expected true or false for `plugins` (found `maybe`)."),
    ("language: fr\n", "3:11: Expected `ja` or `en` for `language` (found `fr`)."),
    (
        "banned: [{phrase: a, match: regexp}]\n",
        "3:29: Expected one of lemma, exact, regex for `match` (found `regexp`). Di",
    ),
    (
        "banned: [{phrase: a, severity: on}]\n",
        "3:32: Expected error, warning, info or off for `severity` (found `on`).",
    ),
    ("brand:\n  color: #fff\n", "4:3: Expected a colour such as `#0b5fa5` for `color` (there is no value). What follo"),
    ("brand: {color: blue}\n", "3:16: Expected a colour such as `#0b5fa5` for `color` (found `blue`)."),
    ("claims: [{id: a, statement: b, required_for: {stages: []}}]\n", "3:55: `stages` is an empty list. Write an item"),
    ("drift: {encoder: null}\n", "3:18: Expected text for `encoder` (there is no value)."),
    # days, globs, patterns, files
    (
        "overrides: [{before: 2026-02-30}]\n",
        "3:22: Expected a day (YYYY-MM-DD) for `before` (found `2026-02-30`). There",
    ),
    (
        "overrides: [{before: 2026年3月1日}]\n",
        "3:22: Expected a day (YYYY-MM-DD) for `before` (found `2026年3月1日`). Write it",
    ),
    ("content: {include: ['!']}\n", "3:21: Expected a gitignore-style pattern for an item of `include` (found `!`)."),
    ("content: {include: ['[z-a].md']}\n", "3:21: Expected a gitignore-style pattern for an item of `include`"),
    ("content: {include: ['[[:alpha:]].md']}\n", "3:21: Expected a gitignore-style pattern for an item of `include`"),
    ("banned: [{phrase: '(a', match: regex}]\n", "3:19: Not a regular expression: missing ) at position 2."),
    ("banned: [{phrase: 'a*', match: regex}]\n", "3:19: This regular expression matches empty text."),
    ("personas: [{id: p, avoid: [{phrase: '[', match: regex}]}]\n", "3:37: Not a regular expression:"),
    (
        "handoff: {mql: {fit: [{field: a, matches: '('}]}}\n",
        "3:43: Expected a regular expression for `matches` (found `(",
    ),
    ("sheets: {../a: {}}\n", "3:10: Expected text that can be a file name for `sheets` (found `../a`). It has"),
    (
        "imports: {timezone: Asia/Tokio}\n",
        "3:21: Expected a time zone such as `Asia/Tokyo` for `timezone` (found `Asia/T",
    ),
    ("handoff: {calendar: {hours: 18:00-09:00}}\n", "3:29: Expected hours such as `09:00-18:00` for `hours` (found"),
    # names
    ("stages: [{id: a}, {id: a}]\n", "3:24: `a` stands on line 3 too. Each id has to be unique."),
    ("terms: [{term: a}, {term: a}]\n", "3:27: `a` stands on line 3 too. Each term has to be unique."),
    ("rules: {term-varient: off}\n", "3:9: Unknown rule `term-varient`. Did you mean `term-variant`?"),
    ("overrides: [{rules: {registre: off}}]\n", "3:22: Unknown rule `registre`. Did you mean `register`?"),
    ("rules: {near-duplicate: {similarty: 1}}\n", "3:26: Unknown key `similarty`. Did you mean `similarity`?"),
    (
        "rules: {near-duplicate: {similarity: 高い}}\n",
        "3:38: Expected a number for `similarity` (found `高い`). Write digits",
    ),
    ("rules: {term-variant: {least: 1.5}}\n", "3:31: Expected a whole number for `least` (found `1.5`)."),
    ("rules: {term-variant: {spellings: 2}}\n", "3:35: Expected true or false for `spellings` (found `2`)."),
    ("rules: {register: warn}\n", "3:19: Expected error, warning, info or off for `register` (found `warn`)."),
    (
        "stages: [{id: aware}]\nbanned: [{phrase: x, stages: [awar]}]\n",
        "4:31: Unknown stage `awar`. Did you mean `aware`?",
    ),
    ("personas: [{id: p, avoid: [{phrase: x, personas: [q]}]}]\n", "3:51: Unknown persona `q`. Known here: p."),
    ("claims: [{id: a, statement: b, evidence: [f]}]\n", "3:43: Unknown fact `f`."),
    ("claims: [{id: a, statement: b, required_for: {personas: [p]}}]\n", "3:58: Unknown persona `p`."),
    (
        "banned: [{phrase: a, stages: [s], severity: off}]\nstages: [{id: s}]\n",
        "3:30: `severity: off` switches the phrase",
    ),
    # sheets and hand-over
    (
        "sheets: {a: {sections: [summary], required: [sumary]}}\n",
        "3:46: The required `sumary` is not in `sections`. Did",
    ),
    ("handoff: {response: {clock: business}}\n", "3:29: Business hours need a `calendar` in `handoff`."),
    (
        "handoff: {target_conversion: 30%}\n",
        "3:30: Expected a number from 0 to 1 for `target_conversion` (found `30%`). Wr",
    ),
    (
        "handoff: {sql: {bant_minimum: 5}}\n",
        "3:31: Expected a whole number from 0 to 4 for `bant_minimum` (found `5`).",
    ),
    (
        "handoff: {mql: {fit: [{field: a}]}}\n",
        "3:23: Write `at_least`, or `at_most`, or `equals`, or `in`, or `matches`,",
    ),
    ("handoff: {mql: {fit: [{field: a, in: [b], equals: c}]}}\n", "3:23: Write `at_least`, or `at_most`, or `equals`,"),
    (
        "handoff: {mql: {actions: [{action: 価格ページ閲覧}], required_actions: [価格ページの閲覧]}}\n",
        "3:66: `価格ページの閲覧` is not in `actions`. Did you mean `価格ページ閲覧`?",
    ),
    # extends
    ("extends: [none.yaml]\n", "3:11: none.yaml cannot be read."),
    ('extends: ["a\\0b"]\n', "3:11: "),
]


@pytest.mark.parametrize(("body", "said"), CASES, ids=[said[:60] for _, said in CASES])
def test_one_problem_at_its_place(body: str, said: str) -> None:
    (found,) = problems(HEAD + body)
    assert found.startswith(f"g.yaml:{said}")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{value: 1,000}", "9:15: Unknown key `000`. A number is written without commas."),
        ("{value: '1,000'}", "9:13: Expected a number for `value` (found `1,000`). Write only 1000."),
        (
            "{value: 37.2%}",
            "9:13: Expected a number for `value` (found `37.2%`). Write only 37.2, and give `%` as unit.",
        ),
        ("{value: ３７.２}", "9:13: Expected a number for `value` (found `３７.２`). Write only 37.2."),
        ("{value: 約4割}", "9:13: Expected a number for `value` (found `約4割`). Write digits only."),
        ("{value: .inf}", "9:13: Expected a number for `value` (found `.inf`). Write digits only."),
        ("{value: 1e999999999}", "9:13: Expected a number for `value` (found `1e999999999`). Write"),
        ("{from: 5, to: 2}", "9:12: `from` (5) is greater than `to` (2)."),
        ("{from: 5}", "9:5: Write `value`, or `from` and `to`, and only one of these."),
        ("{value: 1, to: 5}", "9:5: Write `value`, or `from` and `to`, and only one of these."),
        (
            "{value: 1, as_of: 2024年度}",
            "9:23: Expected a whole number from 1 to 9999 for `as_of` (found `2024年度`). Wri",
        ),
    ],
)
def test_figures(value: str, said: str) -> None:
    (found,) = problems(FACT + f"  - {value}\n")
    assert found.startswith(f"g.yaml:{said}")


def test_all_problems_come_at_once_in_their_order() -> None:
    found = problems(
        "version: 2\r\nlanguage: jp\r\nclaims:\r\n- {id: 😀a, statment: x, evidence: [no]}\r\n"
        "- {id: 😀a, statement: y}\r\nbanned:\r\n- phrase: ''\r\n  match: fuzzy\r\nrules: {zzz: off}\r\n"
    )
    assert [line.split(": ")[0] for line in found] == [
        *("g.yaml:1:1", "g.yaml:1:10", "g.yaml:2:11", "g.yaml:4:12", "g.yaml:4:36"),
        *("g.yaml:5:8", "g.yaml:7:11", "g.yaml:8:10", "g.yaml:9:9"),
    ]
    assert found[0] == "g.yaml:1:1: `name` is missing."
    assert (
        found[1] == "g.yaml:1:10: Expected `1` for `version` (found `2`). Version 1 is the only one this msglint reads."
    )


def test_names_are_not_called_unknown_where_their_section_is_broken() -> None:
    found = problems(
        HEAD + "personas: [manager]\nclaims: [{id: a, statement: b, required_for: {personas: [manager]}}]\n"
    )
    assert found == ["g.yaml:3:12: Expected a mapping for an item of `personas` (found `manager`)."]


def test_problems_in_japanese() -> None:
    found = problems(HEAD + "claimes: []\nlanguage: jp\nhandoff: {mql: {threshold: 80点}}\nstages:\n", language="ja")
    assert found == [
        "g.yaml:3:1: 不明なキー「claimes」です。「claims」の間違いではありませんか。",
        "g.yaml:4:11: 「language」には「ja」「en」のどれかを書いてください(「jp」と書かれています)。",
        "g.yaml:5:28: 「threshold」には数を書いてください(「80点」と書かれています)。「80」とだけ書いてください。",
        "g.yaml:6:1: 「stages」にはリスト(各項目はキーと値の組)を書いてください(値がありません)。",
    ]


@pytest.mark.parametrize("content", [b"", b"# only\n", b"- a\n", b"text", b"null\n", b"\xef\xbb\xbf"])
def test_what_holds_no_mapping_is_no_guide(content: bytes) -> None:
    (found,) = problems(content)
    assert found.startswith("g.yaml:1:1: This is no guide. Write a mapping that begins with `version: 1`")


@pytest.mark.parametrize(
    ("codec", "seems"),
    [("cp932", "Shift_JIS(CP932)"), ("euc_jp", "EUC-JP")],
)
def test_another_encoding_is_named_at_its_first_byte(codec: str, seems: str) -> None:
    (found,) = problems("version: 1\r\nname: 営業のためのガイド\r\n".encode(codec))
    assert found == f"g.yaml:2:7: Not UTF-8 (byte 19). It seems to be {seems}. Save it as UTF-8."


def test_encodings_that_say_nothing_of_themselves() -> None:
    assert problems("version: 1".encode("utf-16"))[0].startswith(
        "g.yaml:1:1: Not UTF-8 (byte 1). It seems to be UTF-16."
    )
    assert problems(b"\xef\xbb\xbfa: \xff") == ["g.yaml:1:4: Not UTF-8 (byte 7). Save it as UTF-8."]
    assert problems("a: あ\nb: い".encode()[:-1]) == ["g.yaml:2:4: Not UTF-8 (byte 11). Save it as UTF-8."]


@pytest.mark.parametrize("content", [b"[" * 10_000_000, b"version: 1\nname: " + b"[" * 4_000_000, b"a: &a [*a]"])
def test_bombs_give_one_line_within_a_second(content: bytes) -> None:
    with within(1):
        assert len(problems(content)) == 1


def test_a_thousand_mistakes_are_all_said_and_quickly() -> None:
    with within(5):
        found = problems(HEAD + "terms:\n" + "- {trem: a, variants: x}\n" * 3000)
    assert len(found) == 6000


def test_every_key_of_the_example_is_missed_when_misspelt() -> None:
    lines = EXAMPLE.decode().splitlines(keepends=True)
    top = [i for i, line in enumerate(lines) if line[:1].isalpha()]
    assert len(top) == 19
    for i in top:
        text = "".join([*lines[:i], "x" + lines[i], *lines[i + 1 :]])
        with pytest.raises(InputInvalid, match=f"{i + 1}:1: Unknown key `x"):
            load(text)
