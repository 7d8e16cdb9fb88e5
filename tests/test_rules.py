"""Every rule proves itself by its own examples, to the exact range."""

from __future__ import annotations

from datetime import date

import pytest

from msglint.analysis.view import Sudachi
from msglint.engine import fixed, lint_corpus
from msglint.guide.load import load_guide
from msglint.model import Environment, Result, Source, Span
from msglint.rule import Example, Rule, builtin, catalogue

CASES = [pytest.param(r, e, id=f"{r.id}-{i}") for r in builtin() for i, e in enumerate(r.examples)]
SURVEYED = [pytest.param(r, e, id=f"{r.id}-{i}") for r in builtin() if r.survey for i, e in enumerate(r.examples)]


def run(rule: Rule, example: Example) -> Result:
    def read(path: str) -> bytes:
        raise FileNotFoundError(path)

    text = f"version: 1\nname: 例\n{example.guide}"
    guide = load_guide(Source("messaging.yaml", text.encode()), catalogue=catalogue(builtin()), read=read)
    articles = [example.text, *example.others]
    sources = [Source(f"{i}.md", a.encode(), f"{i}.md") for i, a in enumerate(articles)]
    rules = builtin() if rule.closing else [rule]
    environment = Environment(date.fromisoformat(example.today), complaints={"0.md": example.complaints})
    return lint_corpus(sources, guide, rules=rules, environment=environment).results[0]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    found = [d for d in run(rule, example).diagnostics if d.rule == rule.id]
    assert [(d.span, d.text) for d in found] == [(s, example.text[s.start : s.end]) for s in example.spans]
    if example.fixed is not None:
        assert fixed(example.text, found) == example.fixed


@pytest.mark.parametrize(("rule", "example"), SURVEYED)
def test_survey_finds_what_check_finds(rule: Rule, example: Example) -> None:
    plain, surveying = run(rule, example), run(rule.surveying, example)
    assert surveying.diagnostics == plain.diagnostics
    assert not plain.evidence


@pytest.mark.parametrize("rule", builtin(), ids=lambda r: r.id)
def test_rule_is_proved_and_documented(rule: Rule) -> None:
    assert sum(bool(e.spans) for e in rule.examples) >= 6
    assert sum(not e.spans for e in rule.examples) >= 6
    for text in (*rule.summary, *rule.page):
        assert text.strip() == text
        assert text


def test_marks_are_read_as_ranges() -> None:
    example = Example("⟦あ⟧いう⟦え⟦お⟧⟧⟦⟧")
    assert example.text == "あいうえお"
    assert example.spans == (Span(0, 1), Span(3, 5), Span(4, 5), Span(5, 5))


def test_analyzer_covers_the_text() -> None:
    text = "必ず成果が出ます。\n🎉ｶﾞ"
    tokens = Sudachi().tokens(text)
    assert "".join(text[t.start : t.end] for t in tokens) == text
