"""The schema that editors use agrees with the loader, and the generated pages with the tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from guide_sample import CATALOGUE, EXAMPLE, HEAD, load
from jsonschema import Draft202012Validator

from msglint.guide.schema import schema

ROOT = Path(__file__).parent.parent


class EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: a day is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return a validator of guides."""
    made = schema(CATALOGUE)
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def errors(validator: Draft202012Validator, text: str | bytes) -> list[str]:
    return [error.json_path for error in validator.iter_errors(yaml.load(text, Loader=EditorLoader))]


def test_the_example_is_valid(validator: Draft202012Validator) -> None:
    assert errors(validator, EXAMPLE) == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("claimes: []\n", "$"),
        ("claims: [{id: a, statment: b}]\n", "$.claims[0]"),
        ("claims: [{id: a}]\n", "$.claims[0]"),
        ("language: fr\n", "$.language"),
        ("stages: {id: a}\n", "$.stages"),
        ("rules: {term-varient: off}\n", "$.rules"),
        ("rules: {near-duplicate: {similarty: 1}}\n", "$.rules['near-duplicate']"),
        ("banned: [{phrase: a, severity: err}]\n", "$.banned[0].severity"),
        ("facts: [{id: a, subject: b, keywords: [], values: [{value: 1}], source: c}]\n", "$.facts[0].keywords"),
        ("facts: [{id: a, subject: b, keywords: [c], values: [{from: 1}], source: c}]\n", "$.facts[0].values[0]"),
        (
            "facts: [{id: a, subject: b, keywords: [c], values: [{value: 1%}], source: c}]\n",
            "$.facts[0].values[0].value",
        ),
        ("handoff: {mql: {fit: [{field: a, equals: b, in: [c]}]}}\n", "$.handoff.mql.fit[0]"),
        ("sheets: {a: {formats: [doc]}}\n", "$.sheets.a.formats[0]"),
        ("brand: {color: blue}\n", "$.brand.color"),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(validator: Draft202012Validator, body: str, path: str) -> None:
    assert path in errors(validator, HEAD + body)
    with pytest.raises(Exception, match=r"messaging\.yaml:3:"):
        load(HEAD + body)


@pytest.mark.parametrize(
    "body",
    [
        "rules: {register: off, near-duplicate: {severity: 'off', similarity: 0.9}}\n",
        "terms: [{term: 2024, expansion: [a]}, {term: b, expansion: c}]\n",
        "drift: {contradiction_model: null}\n",
        "claims: [{id: 1, statement: a, required_for: {}}]\n",
        "facts: [{id: a, subject: b, keywords: [c, [d, e]], values: [{from: 1, to: 2.5}], source: c}]\n",
    ],
)
def test_what_the_loader_takes_the_schema_takes(validator: Draft202012Validator, body: str) -> None:
    load(HEAD + body)
    assert errors(validator, HEAD + body) == []


def _described(found: Any) -> list[Any]:
    if not isinstance(found, dict):
        return []
    own = list(found.get("properties", {}).values())
    return own + [deeper for value in found.values() for deeper in _described(value)]


def test_every_key_is_described_in_both_languages() -> None:
    described = _described(schema(CATALOGUE))
    assert len(described) > 100
    for key in described:
        ja, en = key["description"].split("\n")
        assert ja
        assert en.isascii() or "（" not in en


def test_defaults_are_those_of_the_model() -> None:
    properties = schema(CATALOGUE)["properties"]
    assert properties["language"]["default"] == "ja"
    assert properties["content"]["properties"]["include"]["default"] == ["**/*.md", "**/*.markdown", "**/*.mdx"]
    assert properties["facts"]["items"]["properties"]["bound"]["default"] == "exact"
    assert properties["drift"]["properties"]["false_positive_rate"]["default"] == 0.05
    assert properties["handoff"]["properties"]["mql"]["properties"]["threshold"]["default"] == 80
    assert "default" not in properties["name"]


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/gen_guide_docs.py", "--check"], cwd=ROOT, capture_output=True, check=False, text=True,
        env={"PYTHONPATH": "."},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
