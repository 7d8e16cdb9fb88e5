"""Severity, overrides, suppression, precedence, and the same result by every way of running."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from articles import TODAY, found, guide_of, run_of

from msglint.cache import Cache
from msglint.draft import draft, draft_together
from msglint.engine import fixed, lint, lint_corpus
from msglint.guide.model import Guide
from msglint.model import Environment, InputInvalid, Severity, Source
from msglint.rule import builtin
from msglint.workers import freeze, thaw

HEAD = "---\ntitle: 記事\n---\n"


def severities(guide: str, text: str, rule: str = "banned-phrase") -> list[Severity]:
    return [d.severity for d in found(guide, HEAD + text, rule=rule)]


@pytest.mark.parametrize(
    ("guide", "severity"),
    [
        ("banned: [{phrase: 必ず}]", [Severity.ERROR]),
        ("banned: [{phrase: 必ず, severity: info}]", [Severity.INFO]),
        ("banned: [{phrase: 必ず}]\nrules: {banned-phrase: warning}", [Severity.WARNING]),
        ("banned: [{phrase: 必ず, severity: error}]\nrules: {banned-phrase: info}", [Severity.ERROR]),
        ("banned: [{phrase: 必ず, severity: error}]\nrules: {banned-phrase: off}", []),
        (
            "banned: [{phrase: 必ず, severity: error}]\noverrides: [{paths: ['*.md'], rules: {banned-phrase: info}}]",
            [Severity.INFO],
        ),
        (
            "banned: [{phrase: 必ず}]\noverrides: [{paths: ['*.md'], rules: {banned-phrase: off}},"
            " {paths: ['a.md'], rules: {banned-phrase: warning}}]",
            [Severity.WARNING],
        ),
        ("banned: [{phrase: 必ず}]\nrules: {banned-phrase: off}\noverrides: [{rules: {banned-phrase: error}}]", []),
        ("banned: [{phrase: 必ず}]\noverrides: [{paths: ['b.md'], rules: {banned-phrase: off}}]", [Severity.ERROR]),
    ],
)
def test_severity_is_resolved_in_order(guide: str, severity: list[Severity]) -> None:
    assert severities(guide, "必ず届けます。") == severity


def test_a_rules_own_ceiling_only_lowers() -> None:
    text = "<!-- msglint-disable-next-line banned-phrase -->\n必ず届けます。"
    raised = "banned: [{phrase: 必ず}]\nrules: {unused-suppression: error}"
    assert severities(raised, text, "unused-suppression") == [Severity.INFO]


def test_a_directive_that_there_is_not_silences_nothing() -> None:
    text = "<!-- msglint-front-matter -->\n\n本文です。"
    (missing,) = found("stages: []", text, rule="front-matter")
    assert (missing.start.line, missing.start.column, missing.text) == (1, 1, "")


@pytest.mark.parametrize(
    ("key", "value", "silent"),
    [
        ("updated", "2025-12-31", True),
        ("updated", "2026-01-01", False),
        ("date", "2025-12-31", True),
        ("other", "2025-12-31", False),
    ],
)
def test_override_before_a_day(key: str, value: str, silent: bool) -> None:
    guide = "banned: [{phrase: 必ず}]\noverrides: [{before: 2026-01-01, rules: {banned-phrase: off}}]"
    text = f"---\ntitle: 記事\n{key}: {value}\n---\n必ず届けます。"
    assert bool(found(guide, text, rule="banned-phrase")) is not silent


def test_updated_beats_date() -> None:
    guide = "banned: [{phrase: 必ず}]\noverrides: [{before: 2026-01-01, rules: {banned-phrase: off}}]"
    text = "---\ntitle: 記事\nupdated: 2026-02-01\ndate: 2020-01-01\n---\n必ず届けます。"
    assert len(found(guide, text, rule="banned-phrase")) == 1


def test_one_place_is_reported_by_the_most_specific_entry() -> None:
    guide = (
        "personas: [{id: p, avoid: [{phrase: 必ず成果が出る}, {phrase: 最速}]}]\n"
        "banned: [{phrase: 必ず}, {phrase: 最速}]\nterms: [{term: 最短, variants: [最速]}]"
    )
    text = "---\ntitle: 記事\npersona: p\n---\n必ず成果が出ます。最速です。"
    assert [(d.rule, d.text) for d in found(guide, text)] == [
        ("persona-vocabulary", "必ず成果が出ます"),
        ("banned-phrase", "最速"),
    ]


def test_suppressing_the_specific_rule_lets_the_other_speak() -> None:
    guide = "banned: [{phrase: 最速}]\nterms: [{term: 最短, variants: [最速]}]"
    text = HEAD + "<!-- msglint-disable-next-line banned-phrase -- 引用 -->\n最速です。"
    assert [(d.rule, d.text) for d in found(guide, text)] == [("term-variant", "最速")]


def test_positions_count_code_points_and_a_bom_is_offset_zero() -> None:
    (d,) = found("banned: [{phrase: 必ず}]", b"\xef\xbb\xbf" + "---\ntitle: 記事\n---\n🎉か\u3099必ずです。".encode())
    assert (d.start.line, d.start.column, d.start.offset) == (4, 4, 22)
    assert (d.end.column, d.end.offset, d.text) == (6, 24, "必ず")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_counts(end: str) -> None:
    (d,) = found(
        "banned: [{phrase: 必ず}]", "---\ntitle: 記事\n---\n一行目です。\u2028\x0b\n必ずです。".replace("\n", end)
    )
    assert (d.start.line, d.start.column) == (5, 1)


def test_an_unreadable_article_leaves_the_others() -> None:
    run = run_of("banned: [{phrase: 必ず}]", "---\ntitle: 記事\n---\n必ず".encode("cp932"), HEAD + "必ず")
    assert [r.path for r in run.results] == ["b.md"]
    assert [(p.path, p.line) for p in run.unreadable] == [("a.md", 2)]
    assert "Shift_JIS" in run.unreadable[0].message.ja


def test_lint_of_one_article_raises_what_is_wrong() -> None:
    from msglint.analysis.view import Sudachi

    with pytest.raises(InputInvalid):
        lint(
            Source("a.md", b"\xff\xfe\xff"),
            guide_of(""),
            rules=builtin(),
            analyzer=Sudachi(),
            environment=Environment(TODAY),
        )


def test_a_draft_survives_being_frozen() -> None:
    from msglint.analysis.view import Sudachi

    text = "---\ntitle: 記事\nupdated: 2026-01-02\n---\n必ずメールの開封率は25%です。\n<!-- msglint-disable-line x -->"
    made = draft(
        Source("a.md", text.encode(), "a.md"),
        guide_of("banned: [{phrase: 必ず, use: まず}]"),
        rules=builtin(),
        analyzer=Sudachi(),
        environment=Environment(TODAY),
    )
    assert thaw(json.loads(json.dumps(freeze(made)))) == made


def test_articles_read_together_are_as_each_alone_and_one_that_cannot_be_read_stands_in_no_others_way() -> None:
    from msglint.analysis.view import Sudachi

    broken = Source("b.md", b"\xff\xfe\xff", "b.md")
    contents = {"a.md": "必ず届けます。", "c.md": "# 見出し\n\n必ず、まず届けます。", "d.md": ""}
    read = [Source(path, text.encode(), path) for path, text in contents.items()]
    guide = guide_of("banned: [{phrase: 必ず, use: まず}]")
    options: dict[str, Any] = {"rules": builtin(), "analyzer": Sudachi(), "environment": Environment(TODAY)}
    first, unreadable, *others = draft_together([read[0], broken, *read[1:]], guide, **options)
    assert [first, *others] == [draft(source, guide, **options) for source in read]
    assert isinstance(unreadable, InputInvalid)
    assert [p.path for p in unreadable.problems] == ["b.md"]


def test_what_is_derived_together_is_made_once_and_without_the_articles_that_are_gone() -> None:
    from msglint.analysis.view import Sudachi, View
    from msglint.document.parse import parse

    asked = list[list[str]]()

    def paths(views: Sequence[View], guide: Guide) -> list[str]:
        asked.append([view.document.path for view in views])
        return asked[-1]

    guide = guide_of("")
    documents = [parse(Source(f"{name}.md", b"")) for name in "abc"]
    first, second, third = View.several(documents, Sudachi())
    del second
    assert [third.derived_together(paths, guide), first.derived_together(paths, guide)] == ["c.md", "a.md"]
    alone = View(documents[1], Sudachi())
    assert alone.derived_together(paths, guide) == "b.md"
    assert asked == [["a.md", "c.md"], ["b.md"]]


def test_models_of_others_are_asked_about_one_article_at_a_time() -> None:
    from msglint.analysis.encoder import Identity
    from msglint.analysis.view import Sudachi, View
    from msglint.document.parse import parse

    class Named(Sudachi):
        models = (Identity("named", "1", "0"),)

    def count(views: Sequence[View], guide: Guide) -> list[int]:
        return [len(views)] * len(views)

    views = View.several([parse(Source(f"{name}.md", b"")) for name in "ab"], Named())
    assert [view.derived_together(count, guide_of("")) for view in views] == [1, 1]


ARTICLES = [
    f"---\ntitle: 記事{i}\n---\n必ず届けます。メールの開封率は{20 + i % 3}%です。"
    f"{'問合せ' if i % 5 else '問い合わせ'}が増えた。\n"
    for i in range(60)
]


def test_the_same_by_any_way_of_running(tmp_path: Path) -> None:
    guide = guide_of("banned: [{phrase: 必ず, use: まず}]")
    sources = [Source(f"{i:02}.md", a.encode(), f"{i:02}.md") for i, a in enumerate(ARTICLES)]
    environment = Environment(TODAY)

    def run(order: list[Source], **options: object) -> object:
        return lint_corpus(order, guide, rules=builtin(), environment=environment, **options)  # type: ignore[arg-type]

    plain = run(sources)
    assert run(sources[::-1]) == plain
    assert run(sources, jobs=2) == plain
    for _ in range(2):
        with Cache(tmp_path / "cache") as cache:
            assert run(sources, cache=cache) == plain
    with Cache(tmp_path / "cache") as cache:
        assert run(sources, cache=cache, jobs=2) == plain


def test_a_broken_cache_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "drafts.db").write_bytes(b"not a database" * 100)
    with Cache(tmp_path) as cache:
        assert cache.get("key") is None
        cache.put("key", "value")
    with Cache(tmp_path) as cache:
        assert cache.get("key") == "value"


def test_a_cache_that_cannot_be_written_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with Cache(tmp_path / "file" / "under") as cache:
        cache.put("key", "value")
        assert cache.get("key") is None


def test_only_named_articles_are_reported_but_all_are_compared() -> None:
    guide = guide_of("")
    sources = [
        Source("a.md", "メールの開封率は25%です。".encode(), "a.md"),
        Source("b.md", "メールの開封率は30%です。".encode(), "b.md"),
    ]
    run = lint_corpus(sources, guide, rules=builtin(), environment=Environment(TODAY), named={"b.md"})
    assert [r.path for r in run.results] == ["b.md"]
    (conflict,) = [d for d in run.diagnostics if d.rule == "figure-conflict"]
    assert (conflict.text, "a.md" in conflict.message) == ("30%", True)


def test_fixes_that_overlap_are_put_in_one_at_a_time() -> None:
    guide = "banned: [{phrase: 必ず届ける, use: 届ける}]\nterms: [{term: サーバー, variants: [サーバ]}]"
    text = HEAD + "サーバを必ず届ける。\nサーバ。"
    assert fixed(text, found(guide, text)) == HEAD + "サーバーを届ける。\nサーバー。"
    assert fixed(text, 2 * found(guide, text)) == HEAD + "サーバーを届ける。\nサーバー。"


def test_messages_are_in_the_language_asked_for() -> None:
    guide = "banned: [{phrase: 必ず, reason: 断定しない}]"
    assert run_of(guide, HEAD + "必ず。").diagnostics[0].message == "「必ず」はガイドの禁止表現です。断定しない。"
    english = run_of(guide, HEAD + "必ず。", language="en").diagnostics[0].message
    assert english == '"必ず" is banned by the guide. 断定しない'
