from __future__ import annotations

import stat

import pytest
from conftest import BAD, CLEAN, GUIDE, Repository

GOOD = BAD.replace("必ず成果が出る", "成果につながりやすい")
DIFF = (
    "--- a/content/bad.md\n"
    "+++ b/content/bad.md\n"
    "@@ -2,4 +2,4 @@\n"
    " title: 記事の題\n"
    " ---\n"
    " \n"
    "-この施策なら必ず成果が出る。\n"
    "+この施策なら成果につながりやすい。\n"
)


@pytest.fixture
def bad(repository: Repository) -> Repository:
    repository.write("content/bad.md", BAD)
    return repository


def text(repository: Repository, path: str = "content/bad.md") -> str:
    return (repository.folder / path).read_bytes().decode()


def test_fix_writes_what_is_safe_and_is_done_after_one_run(bad: Repository) -> None:
    ran = bad.run("fix")
    assert (ran.status, ran.out, ran.err) == (0, "", "1ファイルの1か所を直しました。\n")
    assert text(bad) == GOOD
    assert text(bad, "content/clean.md") == CLEAN
    again = bad.run("fix")
    assert (again.status, again.out, again.err) == (0, "", "直すところはありません。\n")
    assert text(bad) == GOOD


def test_unsafe_fix_stays_undone(repository: Repository) -> None:
    conjugated = BAD.replace("出る", "出ます")
    repository.write("content/bad.md", conjugated)
    assert repository.run("fix").err == "直すところはありません。\n"
    assert text(repository) == conjugated


def test_fixes_that_a_fix_makes_possible(repository: Repository) -> None:
    repository.write("messaging.yaml", GUIDE + "terms: [{term: 有効商談, variants: [有望案件]}]\n")
    repository.write("messaging.yaml", text(repository, "messaging.yaml").replace("成果につながりやすい", "有望案件"))
    repository.write("content/bad.md", BAD + "\n必ず成果が出る。必ず成果が出る。\n")
    ran = repository.run("fix", "--lang", "en")
    assert ran.err == "Fixed 6 places in 1 file.\n"
    assert text(repository) == BAD.replace("必ず成果が出る", "有効商談") + "\n有効商談。有効商談。\n"


def test_diff_shows_and_changes_nothing(bad: Repository) -> None:
    ran = bad.run("fix", "--diff")
    assert (ran.status, ran.out) == (0, DIFF)
    assert ran.err == "1ファイルの1か所を直せます(--diff なので書き込んでいません)。\n"
    assert text(bad) == BAD


def test_diff_can_be_applied(bad: Repository) -> None:
    bad.write("content/bad.md", BAD.rstrip("\n").replace("\n", "\r\n"))
    bad.write("change.patch", bad.run("fix", "--diff").out)
    bad.git("init", "-q")
    bad.git("apply", "change.patch")
    assert text(bad) == GOOD.rstrip("\n").replace("\n", "\r\n")


def test_byte_order_mark_line_ends_and_mode_are_kept(bad: Repository) -> None:
    file = bad.write("content/bad.md", "\ufeff" + BAD.replace("\n", "\r\n") + "最後の行")
    file.chmod(0o600)
    bad.run("fix")
    assert text(bad) == "\ufeff" + GOOD.replace("\n", "\r\n") + "最後の行"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_which_files(bad: Repository) -> None:
    for path in ("content/drafts/a.md", "notes/b.md"):
        bad.write(path, BAD)
    assert bad.run("fix", "--force-exclude", "content/drafts/a.md", "content/bad.md").status == 0
    assert [text(bad, p) for p in ("content/bad.md", "content/drafts/a.md", "notes/b.md")] == [GOOD, BAD, BAD]
    assert bad.run("fix", "../notes", within="content").status == 0
    assert text(bad, "notes/b.md") == GOOD


def test_which_rules(bad: Repository) -> None:
    assert bad.run("fix", "--ignore", "banned-phrase").err == "直すところはありません。\n"
    assert bad.run("fix", "--select", "front-matter").err == "直すところはありません。\n"
    assert bad.run("fix", "--select", "banned-phrase").status == 0
    assert text(bad) == GOOD


def test_standard_input_comes_back_fixed(bad: Repository) -> None:
    ran = bad.run("fix", "-", typed=BAD.encode())
    assert (ran.status, ran.out, ran.err) == (0, GOOD, "1ファイルの1か所を直しました。\n")
    unchanged = bad.run("fix", "-", "-q", typed=CLEAN.replace("\n", "\r\n").encode())
    assert (unchanged.out, unchanged.err) == (CLEAN.replace("\n", "\r\n"), "")
    assert bad.run("fix", "-", "--diff", typed=BAD.encode()).out == DIFF.replace("content/bad.md", "stdin.md")
    named = bad.run("fix", "-", "--stdin-filename", "content/bad.md", typed=b"\xef\xbb\xbf" + BAD.encode())
    assert named.out == "\ufeff" + GOOD
    assert text(bad) == BAD


def test_suppressed_place_is_not_fixed(bad: Repository) -> None:
    silenced = BAD.replace("\nこの", "\n<!-- msglint-disable-next-line banned-phrase -- 引用 -->\nこの")
    bad.write("content/bad.md", silenced)
    bad.run("fix")
    assert text(bad) == silenced


def test_fix_that_would_break_the_front_matter_is_not_written(repository: Repository) -> None:
    repository.write("messaging.yaml", GUIDE.replace("use: 成果につながりやすい", 'use: "成果: 出やすい"'))
    broken = "---\ntitle: 必ず成果が出る\n---\n\n文です。\n"
    repository.write("content/bad.md", broken)
    repository.write("content/other.md", BAD)
    ran = repository.run("fix")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "content/bad.md:1:1: 修正すると front matter やタグが壊れるため、書き込みませんでした。手で直してください。\n"
        "1ファイルの1か所を直しました。\n"
    )
    assert text(repository) == broken
    assert text(repository, "content/other.md") == BAD.replace("必ず成果が出る", "成果: 出やすい")


def test_fixes_that_undo_each_other(repository: Repository) -> None:
    guide = GUIDE.replace("use: 成果につながりやすい", "use: 成果が見込める")
    entry = "  - {phrase: 成果が見込める, use: 必ず成果が出る}\nrules:"
    repository.write("messaging.yaml", guide.replace("rules:", entry))
    repository.write("content/bad.md", BAD)
    ran = repository.run("fix", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "content/bad.md:1:1: The fixes never come to an end. See whether entries of the guide undo each other.\n"
        "Nothing to fix.\n"
    )
    assert text(repository) == BAD


def test_unreadable_files_are_told_and_the_others_fixed(bad: Repository) -> None:
    damaged = BAD.encode("cp932")
    bad.write("content/sjis.md", damaged)
    ran = bad.run("fix", "content", "none.md")
    assert ran.status == 2
    assert [line.split(":")[0] for line in ran.err.splitlines()] == [
        "none.md",
        "content/sjis.md",
        "1ファイルの1か所を直しました。",
    ]
    assert text(bad) == GOOD
    assert (bad.folder / "content/sjis.md").read_bytes() == damaged
