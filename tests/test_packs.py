"""The packs that ship with msglint: what they report, to the character, and what they leave in peace."""

from __future__ import annotations

import functools
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from msglint import engine
from msglint.analysis.fold import nfkc
from msglint.analysis.view import Sudachi
from msglint.guide.extend import pack as read_pack
from msglint.guide.load import load_guide
from msglint.guide.model import Guide
from msglint.model import Diagnostic, Environment, Source
from msglint.rule import Example, builtin, catalogue

FIXTURE = yaml.safe_load((Path(__file__).parent / "fixtures" / "packs" / "keihyo.yaml").read_text(encoding="utf-8"))
CASES = [(case["reports"], case["silent"]) for case in FIXTURE["cases"]]


@functools.cache
def guide(*packs: str) -> Guide:
    text = f"version: 1\nname: 例\nextends: [{', '.join(f'msglint:{p}' for p in packs)}]\n"
    return load_guide(Source("messaging.yaml", text.encode()), catalogue=catalogue(builtin()), read=read_pack)


def lint(text: str, pack: str, rule: str) -> list[Diagnostic]:
    result = engine.lint(
        Source("a.md", text.encode(), "a.md"),
        guide(pack),
        rules=[r for r in builtin() if r.id == rule],
        analyzer=Sudachi(),
        environment=Environment(date(2026, 11, 1)),
    )
    return list(result.diagnostics)


def entries(pack: str) -> dict[str, Any]:
    text = (files("msglint.guide") / "packs" / f"{pack}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


REPORTED = [pytest.param(i, t, id=t) for i, (reported, _) in enumerate(CASES) for t in reported]
LEFT_ALONE = [pytest.param(t, id=t[:30]) for _, silent in CASES for t in silent] + [
    pytest.param(t, id=t[:30]) for t in FIXTURE["silent"]
]


@pytest.mark.parametrize(("case", "marked"), REPORTED)
def test_keihyo_reports(case: int, marked: str) -> None:
    example = Example(marked)
    found = lint(example.text, "keihyo", "banned-phrase")
    assert [(d.span, d.text) for d in found] == [(s, example.text[s.start : s.end]) for s in example.spans]
    first = lint(Example(CASES[case][0][0]).text, "keihyo", "banned-phrase")
    assert {d.entry for d in found} == {d.entry for d in first}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_keihyo_leaves_alone(text: str) -> None:
    assert [(d.text, d.entry) for d in lint(text, "keihyo", "banned-phrase")] == []


def test_every_keihyo_entry_is_tested() -> None:
    hit = [lint(Example(reported[0]).text, "keihyo", "banned-phrase")[0].entry for reported, _ in CASES]
    assert sorted(map(str, hit)) == sorted(e["phrase"] for e in entries("keihyo")["banned"])
    assert all(len(reported) + len(silent) >= 3 and silent for reported, silent in CASES)


def test_every_keihyo_entry_names_the_law_and_what_to_do() -> None:
    for entry in entries("keihyo")["banned"]:
        assert re.search(r"\(景品表示法5条[12]号(?:・7条2項)?\)", entry["reason"]), entry
        assert re.search(r"(?:ます|使いません)$", entry["reason"]), entry
        assert len(entry["reason"]) < 130, entry
        assert entry["severity"] in {"error", "warning", "info"}
        assert "quoted" in entry["unless"]
        assert entry.get("match", "lemma") in {"lemma", "regex"}


def test_keihyo_severities_and_fixes() -> None:
    (found,) = lint("必ず成果が出る。", "keihyo", "banned-phrase")
    assert (found.severity, found.fix and found.fix.replacement) == ("error", "成果につながりやすい")
    (found,) = lint("業界最安値です。", "keihyo", "banned-phrase")
    assert (found.severity, found.fix) == ("warning", None)
    assert found.message == (
        "「業界最安値」はガイドの禁止表現です。「業界最安」は、他社より高いものが一つでもあれば"
        "有利誤認(景品表示法5条2号)に当たるおそれがあるため、比べた範囲・時点・出典を同じ箇所に示せるときだけ使います。"
    )


TERMS = [(t["term"], v) for t in entries("b2b-terms")["terms"] for v in t["variants"]]


@pytest.mark.parametrize(("term", "variant"), TERMS, ids=[v for _, v in TERMS])
def test_a_listed_spelling_is_reported_and_put_right(term: str, variant: str) -> None:
    (found,) = lint(f"次に{variant}を見直します。", "b2b-terms", "term-variant")
    assert (found.text, found.start.column, found.entry) == (variant, 3, term)
    assert found.fix
    assert (found.fix.replacement, found.fix.safe) == (term, True)


@pytest.mark.parametrize("term", sorted({t for t, _ in TERMS}))
def test_the_right_spelling_is_left_alone(term: str) -> None:
    assert lint(f"次に{term}を見直します。「{term}担当」と{term}の話です。", "b2b-terms", "term-variant") == []


@pytest.mark.parametrize(
    "text",
    [
        "サーバーレスとユーザビリティの違いです。",
        "リードを商談につなげ、パイプラインを整えます。",
        "https://example.com/saas/ を開きます。",
        "クラウド(SaaS)のCRMとSFAを、BtoB企業がROIで比べました。",
        "`ＣＲＭ`と`サーバ`は列の名前です。",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert lint(text, "b2b-terms", "term-variant") == []


def test_terms_are_not_defined_twice() -> None:
    terms = entries("b2b-terms")["terms"]
    names = [t["term"] for t in terms]
    variants = [v for t in terms for v in t["variants"]]
    assert len(names) >= 60
    assert len(set(names)) == len(names)
    assert len(set(variants)) == len(variants)
    assert not set(variants) & set(names)
    assert all(set(t) == {"term", "variants"} for t in terms)
    assert all(nfkc(v) != v or v not in names for v in variants)
