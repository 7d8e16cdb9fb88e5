"""Definitions that say what the guide says are left alone; those that say something else are found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from msglint.engine import lint_corpus
from msglint.guide.load import load_guide
from msglint.model import Diagnostic, Environment, Source
from msglint.rule import builtin, catalogue

TERMS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("definitions.yaml").read_text(encoding="utf-8"))
RULES = [rule for rule in builtin() if rule.id == "definition-drift"]
MISSED = {
    "MFAとは、同じ種類の要素を2つ以上組み合わせて本人を確かめる方法のことです。",
    "損益分岐点とは、利益率が10%になる売上高です。",
}
"""What is known not to be found: whether it is the same kind of factor, and a rate where the guide has a nought."""


def found(term: dict[str, Any], article: str) -> tuple[Diagnostic, ...]:
    def read(path: str) -> bytes:
        raise FileNotFoundError(path)

    entry = {key: value for key, value in term.items() if key not in {"same", "drift"}}
    text = yaml.safe_dump({"version": 1, "name": "例", "terms": [entry]}, allow_unicode=True)
    guide = load_guide(Source("messaging.yaml", text.encode()), catalogue=catalogue(builtin()), read=read)
    sources = [Source("a.md", article.encode(), "a.md")]
    run = lint_corpus(sources, guide, rules=RULES, environment=Environment(date(2026, 11, 1)))
    return tuple(d for d in run.diagnostics if d.rule == "definition-drift")


def cases(kind: str) -> list[Any]:
    marks = pytest.mark.xfail(reason="known miss", strict=True)
    return [
        pytest.param(term, text, id=f"{term['term']}-{i}", marks=[marks] if any(m in text for m in MISSED) else [])
        for term in TERMS
        for i, text in enumerate(term[kind])
    ]


@pytest.mark.parametrize(("term", "article"), cases("same"))
def test_the_same_in_other_words_is_left_alone(term: dict[str, Any], article: str) -> None:
    assert found(term, article) == ()


@pytest.mark.parametrize(("term", "article"), cases("drift"))
def test_drift_is_found_once_and_names_the_term(term: dict[str, Any], article: str) -> None:
    assert [d.entry for d in found(term, article)] == [term["term"]]


def test_nearly_all_drift_is_found() -> None:
    drifted = [(term, text) for term in TERMS for text in term["drift"]]
    assert len(drifted) == 60
    assert sum(bool(found(term, text)) for term, text in drifted) >= 58


def test_message_says_which_words_differ() -> None:
    (only,) = found(TERMS[0], "MQLとは、営業部門が判定した見込み顧客のことです。")
    assert only.message == (
        "「MQL」の説明が、ガイドの定義と食い違っています(担い手)。ガイドでは「マーケティング部門」、この記事では「営業部門」です。"
        f"ガイドの定義に合わせてください:「{TERMS[0]['definition']}」"
    )


def test_each_of_two_definitions_is_reported_where_it_stands() -> None:
    article = "MQLとは、営業が判定した見込み客です。\n\n- MQL：80点以上の見込み客\n- MQL：50点以上の見込み客\n"
    assert [(d.start.line, d.start.column, d.text) for d in found(TERMS[0], article)] == [
        (1, 1, "MQLとは、営業が判定した見込み客です。"),
        (4, 3, "MQL：50点以上の見込み客"),
    ]


@pytest.mark.parametrize("name", [".*", "A(B", "ＭＱＬ", "a|b", "[x"])
def test_a_term_is_no_expression(name: str) -> None:
    term = {"term": name, "definition": "マーケティング部門が判定した見込み客"}
    assert len(found(term, f"{name}とは、営業部門が判定した見込み客のことです。".replace("|", r"\|"))) <= 1


def test_a_very_long_line_takes_no_time() -> None:
    article = "MQLが" * 20_000 + "とは" * 5_000 + "を指します"
    assert found(TERMS[0], article) == ()
