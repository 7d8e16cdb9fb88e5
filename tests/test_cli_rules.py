from __future__ import annotations

from conftest import GUIDE, Repository

from msglint.app.cli.rules import paragraphs
from msglint.report.widths import columns
from msglint.rule import builtin


def test_list_is_aligned_and_complete(repository: Repository) -> None:
    ran = repository.run("rules")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.id, rule.severity] for rule in builtin()]
    name = max(len(rule.id) for rule in builtin())
    assert {line[name : name + 2] for line in lines} == {"  "}
    assert [line[name + 11 :] for line in lines] == [rule.summary.ja for rule in builtin()]


def test_list_fits_a_narrow_terminal(repository: Repository) -> None:
    lines = repository.run("rules", COLUMNS="50").out.splitlines()
    assert len(lines) > len(builtin())
    assert max(map(columns, lines)) <= 50


def test_page_explains_with_both_examples(repository: Repository) -> None:
    ran = repository.run("rules", "banned-phrase")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "banned-phrase (既定の重大度: error)"
    rule = next(rule for rule in builtin() if rule.id == "banned-phrase")
    assert lines[1] == rule.summary.ja
    reported = lines.index("指摘する例(〔〕が指摘する箇所です)")
    silent = lines.index("指摘しない例")
    assert "〔" in "".join(lines[reported + 1 : silent])
    assert "〔" not in "".join(lines[silent:])
    english = repository.run("rules", "banned-phrase", "--lang", "en").out
    assert english.splitlines()[:2] == ["banned-phrase (default severity: error)", rule.summary.en]
    assert "\nNot reported\n" in english


def test_every_page_fits(repository: Repository) -> None:
    for rule in builtin():
        ran = repository.run("rules", rule.id, COLUMNS="60")
        assert ran.status == 0
        prose = ran.out.split("\n指摘する例")[0].splitlines()
        assert max(map(columns, prose)) <= 60


def test_colors(repository: Repository) -> None:
    ran = repository.run("rules", FORCE_COLOR="1")
    assert ran.out.startswith("\x1b[1mbanned-phrase")
    assert repository.run("rules", "--no-color", FORCE_COLOR="1").out == repository.run("rules").out


def test_unknown_rule(repository: Repository) -> None:
    ran = repository.run("rules", "bannedphrase")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "msglint: bannedphrase というルールはありません。banned-phrase のことですか。"
        "一覧は msglint rules で見られます。\n"
    )


def test_no_guide_is_needed_but_a_named_one_counts(repository: Repository) -> None:
    japanese = repository.run("rules").out
    repository.write("messaging.yaml", GUIDE + "language: en\n")
    english = repository.run("rules")
    assert english.out == repository.run("rules", "--lang", "en").out != japanese
    repository.write("messaging.yaml", "broken: [")
    assert repository.run("rules").out == japanese
    assert repository.run("rules", "--guide", "messaging.yaml").status == 2
    (repository.folder / "messaging.yaml").unlink()
    assert repository.run("rules").out == japanese


def test_paragraphs_of_a_page() -> None:
    page = "一つ目の文です。\n二つ目は the\nguide の話です。\n\n- 項目1の\n  続き\n- 項目2\n"
    assert list(paragraphs(page)) == [
        ["一つ目の文です。二つ目は the guide の話です。"],
        ["- 項目1の続き", "- 項目2"],
    ]
