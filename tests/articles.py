"""Guides and runs for tests that need the whole pipeline but no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from msglint.engine import lint_corpus
from msglint.guide.load import load_guide
from msglint.guide.model import Guide
from msglint.model import Diagnostic, Environment, Language, Run, Source
from msglint.rule import Rule, builtin, catalogue

TODAY = date(2026, 11, 1)


def guide_of(text: str, dictionaries: Mapping[str, str] = MappingProxyType({})) -> Guide:
    """Return the guide whose entries are the YAML `text`; it may extend `dictionaries`, by their paths."""

    def read(path: str) -> bytes:
        if path not in dictionaries:
            raise FileNotFoundError(path)
        return dictionaries[path].encode()

    whole = f"version: 1\nname: 例\n{text}"
    return load_guide(Source("messaging.yaml", whole.encode()), catalogue=catalogue(builtin()), read=read)


def run_of(
    guide: str, *articles: str | bytes, rules: Sequence[Rule] = builtin(), language: Language = "ja", jobs: int = 1
) -> Run:
    """Check articles called a.md, b.md, … against the guide."""
    sources = [
        Source(f"{chr(97 + i)}.md", a.encode() if isinstance(a, str) else a, f"{chr(97 + i)}.md")
        for i, a in enumerate(articles)
    ]
    return lint_corpus(sources, guide_of(guide), rules=rules, environment=Environment(TODAY, language), jobs=jobs)


def found(guide: str, *articles: str | bytes, rule: str | None = None) -> list[Diagnostic]:
    """Return the diagnostics of the first article, of one rule if it is named."""
    return [d for d in run_of(guide, *articles).results[0].diagnostics if rule in (None, d.rule)]
