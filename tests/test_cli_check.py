from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys

import pytest
from conftest import BAD, CLEAN, GUIDE, ROOT, Repository, environment

from msglint.report import FORMATS

MESSAGE = (
    "「必ず成果が出る」はガイドの禁止表現です。成果を保証する表現は使えない。「成果につながりやすい」と書いてください。"
)
REPORT = f"""\
content/bad.md:5:7: error banned-phrase
  {MESSAGE}
  5 │ この施策なら必ず成果が出る。
    │             ^^^^^^^^^^^^^^
  修正候補: 成果につながりやすい(msglint fix で直せます)

"""
SUMMARY = """\
2ファイルを検査: エラー1件、警告0件、情報0件
うち1件は msglint fix で直せます
"""
ALL_GOOD = "1ファイルを検査: 問題は見つかりませんでした\n"


@pytest.fixture
def bad(repository: Repository) -> Repository:
    repository.write("content/bad.md", BAD)
    return repository


def places(out: str) -> list[str]:
    """Return the first line of each diagnostic in a text report."""
    return [line for line in out.splitlines() if line.count(":") > 2 and not line.startswith(" ")]


# What is checked


def test_clean(repository: Repository) -> None:
    ran = repository.run("check")
    assert (ran.status, ran.out, ran.err) == (0, ALL_GOOD, "")


def test_bad(bad: Repository) -> None:
    ran = bad.run("check")
    assert (ran.status, ran.out, ran.err) == (1, REPORT + SUMMARY, "")


def test_from_another_folder_paths_go_up_and_the_nearest_guide_is_used(bad: Repository) -> None:
    ran = bad.run("check", within="content")
    assert (ran.status, places(ran.out)) == (1, ["bad.md:5:7: error banned-phrase"])
    (bad.folder / "assets/x").mkdir(parents=True)
    ran = bad.run("check", within="assets/x")
    assert places(ran.out) == ["../../content/bad.md:5:7: error banned-phrase"]


def test_guide_of_another_folder(bad: Repository) -> None:
    bad.write("other/messaging.yaml", GUIDE.replace("必ず成果が出る", "課題を整理する"))
    ran = bad.run("check", "--guide", "other/messaging.yaml", "content")
    assert (ran.status, places(ran.out)) == (1, ["content/clean.md:5:4: error banned-phrase"])


def test_named_file_is_checked_though_include_does_not_name_it(bad: Repository) -> None:
    bad.write("notes/memo.md", BAD)
    assert places(bad.run("check", "notes/memo.md").out) == ["notes/memo.md:5:7: error banned-phrase"]
    assert places(bad.run("check", "notes").out) == ["notes/memo.md:5:7: error banned-phrase"]
    assert places(bad.run("check").out) == ["content/bad.md:5:7: error banned-phrase"]


def test_excluded_file(repository: Repository) -> None:
    repository.write("content/drafts/a.md", BAD)
    assert repository.run("check").out == ALL_GOOD
    named = repository.run("check", "content/drafts/a.md")
    assert (named.status, places(named.out)) == (1, ["content/drafts/a.md:5:7: error banned-phrase"])
    forced = repository.run("check", "--force-exclude", "content/drafts/a.md")
    assert (forced.status, forced.out, forced.err) == (0, "検査するファイルはありませんでした\n", "")
    both = repository.run("check", "--force-exclude", "content/drafts/a.md", "content/clean.md")
    assert (both.status, both.out) == (0, ALL_GOOD)


def test_nothing_to_check(repository: Repository) -> None:
    (repository.folder / "empty").mkdir()
    empty = repository.run("check", "empty")
    assert (empty.status, empty.out) == (2, "")
    assert empty.err == "msglint: empty に検査する記事がありません。\n"
    repository.write("content/drafts/a.md", BAD)
    drafts = repository.run("check", "content/drafts")
    assert (drafts.status, drafts.out) == (2, "")
    assert drafts.err == "msglint: content/drafts に検査する記事がありません。content.exclude が1件を除いています。\n"
    (repository.folder / "content/clean.md").unlink()
    (repository.folder / "content/drafts/a.md").unlink()
    none = repository.run("check")
    assert (none.status, none.out) == (2, "")
    assert none.err == "msglint: ガイドの content.include に当たる記事がありません。\n"


def test_what_cannot_be_used_is_told_and_the_rest_is_reported(bad: Repository) -> None:
    bad.write("notes.txt", "文")
    bad.write("content/sjis.md", "日本語の記事です。".encode("cp932"))
    ran = bad.run("check", "content/none.md", "notes.txt", "content/sjis.md", "content/bad.md")
    assert ran.status == 2
    assert ran.out.startswith(REPORT)
    missing, kind, encoding = ran.err.splitlines()
    assert missing == "content/none.md:1:1: ファイルがありません。"
    assert kind == "notes.txt:1:1: 記事のファイルではありません。検査できるのは .md, .markdown, .mdx です。"
    assert encoding.startswith("content/sjis.md:1:1: 文字コードが UTF-8 ではありません(Shift_JIS のようです)。")


def test_file_that_is_gone_when_it_is_read(repository: Repository) -> None:
    (repository.folder / "content/gone.md").symlink_to("nowhere.md")
    ran = repository.run("check")
    assert (ran.status, ran.err) == (2, "content/gone.md:1:1: ファイルがありません。\n")
    assert json.loads(repository.run("check", "--format", "json").out)["summary"]["files"] == 1


def test_what_cannot_be_read_matters_only_where_it_is_named(repository: Repository) -> None:
    repository.write("content/sjis.md", "日本語の記事です。".encode("cp932"))
    assert repository.run("check", "content/clean.md").status == 0


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\r\n", b"---\n", b"\xe3\x81\x82", bytes(range(1, 128)) * 9]
)
def test_odd_files_are_checked(repository: Repository, content: bytes) -> None:
    repository.write("content/odd.md", content)
    ran = repository.run("check", "--format", "json")
    assert [file["path"] for file in json.loads(ran.out)["files"]] == ["content/clean.md", "content/odd.md"]
    assert ran.err == ""


def test_named_articles_are_compared_with_all_of_content(repository: Repository) -> None:
    for name, figure in (("a", "12.5%"), ("b", "14.5%"), ("c", "12.5%")):
        repository.write(f"content/{name}.md", f"---\ntitle: 題\n---\n\n資料の請求率は{figure}でした。\n")
    everything = repository.run("check", "--select", "figure-conflict")
    assert places(everything.out)
    own = [place for place in places(everything.out) if place.startswith("content/b.md")]
    assert places(repository.run("check", "--select", "figure-conflict", "content/b.md").out) == own
    assert len(own) == 1


# Standard input


def test_standard_input(repository: Repository) -> None:
    ran = repository.run("check", "-", typed=BAD.encode())
    assert (ran.status, places(ran.out)) == (1, ["stdin.md:5:7: error banned-phrase"])


def test_standard_input_stands_for_its_file(bad: Repository) -> None:
    ran = bad.run("check", "-", "--stdin-filename", "content/bad.md", typed=CLEAN.encode())
    assert (ran.status, ran.out) == (0, ALL_GOOD)
    drafts = bad.run("check", "-", "--stdin-filename", "content/drafts/x.md", "--force-exclude", typed=BAD.encode())
    assert drafts.status == 0
    other = bad.run("check", "-", "--stdin-filename", "notes.txt", typed=BAD.encode())
    assert (other.status, other.err.split(":")[0]) == (2, "notes.txt")


# The guide


@pytest.mark.parametrize("name", FORMATS)
def test_unusable_guide_prints_all_its_problems_and_nothing_else(repository: Repository, name: str) -> None:
    repository.write("messaging.yaml", "version: 1\nname: x\nbaned: []\nclaims: 3\n")
    ran = repository.run("check", "--format", name, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == ["messaging.yaml:3:1", "messaging.yaml:4:9"]


def test_unusable_guide_speaks_the_language_it_asks_for(repository: Repository) -> None:
    repository.write("messaging.yaml", "version: 1\nname: x\nlanguage: en\nbaned: []\n")
    assert repository.run("check").err.isascii()
    assert not repository.run("check", "--lang", "ja").err.isascii()


def test_no_guide(repository: Repository) -> None:
    (repository.folder / "messaging.yaml").unlink()
    ran = repository.run("check")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"msglint: messaging.yaml が {repository.folder} にも、その上のフォルダーにもありません。"
        "--guide FILE で場所を指定してください。\n"
    )
    ran = repository.run("check", "--guide", "none.yaml")
    assert (ran.status, ran.err) == (2, "msglint: ガイド none.yaml を読めません。ファイルがありません。\n")
    ran = repository.run("check", "--guide", "content")
    assert (ran.status, ran.err) == (2, "msglint: ガイド content を読めません。ファイルではなくフォルダーです。\n")


# Rules, severity, language


def test_select_and_ignore(bad: Repository) -> None:
    bad.write("content/untitled.md", "必ず成果が出る。\n")
    everything = ["content/bad.md:5:7: error banned-phrase", "content/untitled.md:1:1: error banned-phrase"]
    missing = ["content/untitled.md:1:1: error front-matter"]
    assert places(bad.run("check", "--ignore", "front-matter").out) == everything
    assert places(bad.run("check", "--select", "front-matter").out) == missing
    both = bad.run("check", "--select", "front-matter,banned-phrase", "--ignore", "banned-phrase")
    assert places(both.out) == missing
    twice = bad.run("check", "--ignore", "front-matter", "--ignore", "banned-phrase")
    assert (twice.status, places(twice.out)) == (0, [])


def test_select_does_not_revive_a_rule_that_is_off(bad: Repository) -> None:
    bad.write("messaging.yaml", GUIDE.replace("register: off", "banned-phrase: off"))
    ran = bad.run("check", "--select", "banned-phrase")
    assert (ran.status, places(ran.out)) == (0, [])


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_unknown_rule(repository: Repository, option: str) -> None:
    ran = repository.run("check", option, "banned-phrase,banned-phrse")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "msglint: banned-phrse というルールはありません。banned-phrase のことですか。"
        "一覧は msglint rules で見られます。\n"
    )


@pytest.mark.parametrize(
    ("word", "statuses"), [("必ず成果が出る", "1110"), ("業界最安", "0110"), ("弊社", "0010"), ("読者", "0000")]
)
def test_fail_on(repository: Repository, word: str, statuses: str) -> None:
    repository.write("content/clean.md", f"---\ntitle: 題\n---\n\n{word}。\n")
    levels = ("error", "warning", "info", "never")
    assert "".join(str(repository.run("check", "--fail-on", level).status) for level in levels) == statuses


def test_english(bad: Repository) -> None:
    ran = bad.run("check", "--lang", "en")
    assert ran.out.splitlines()[1].startswith('  "必ず成果が出る" is banned by the guide. ')
    assert "Checked 2 files: 1 error, 0 warnings, 0 info\n" in ran.out
    bad.write("messaging.yaml", GUIDE + "language: en\n")
    assert bad.run("check").out == ran.out


# Formats and where they go


def test_json(bad: Repository) -> None:
    ran = bad.run("check", "--format", "json")
    assert (ran.status, ran.err) == (1, "")
    assert json.loads(ran.out) == {
        "version": 1,
        "guide": "messaging.yaml",
        "files": [
            {
                "path": "content/bad.md",
                "diagnostics": [
                    {
                        "rule": "banned-phrase",
                        "severity": "error",
                        "message": MESSAGE,
                        "start": {"line": 5, "column": 7, "offset": 27},
                        "end": {"line": 5, "column": 14, "offset": 34},
                        "text": "必ず成果が出る",
                        "entry": "必ず成果が出る",
                        "score": None,
                        "fix": {"replacement": "成果につながりやすい", "safe": True},
                    }
                ],
            },
            {"path": "content/clean.md", "diagnostics": []},
        ],
        "summary": {"files": 2, "error": 1, "warning": 0, "info": 0},
    }


def test_unknown_format(repository: Repository) -> None:
    ran = repository.run("check", "--format", "jsn")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "msglint: --format に jsn はありません。json のことですか。選べるのは text, json, sarif, github, gitlab, "
        "checkstyle, junit, rdjsonl, textlint です。\n"
    )


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_what_the_screen_shows(bad: Repository, name: str) -> None:
    screen = bad.run("check", "--format", name, COLUMNS="80")
    ran = bad.run("check", "--format", name, "--output", "report")
    assert (ran.status, ran.out, ran.err) == (screen.status, "", "")
    assert (bad.folder / "report").read_text("utf-8") == screen.out


def test_output_that_cannot_be_written(bad: Repository) -> None:
    ran = bad.run("check", "--output", "none/report.json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "msglint: none/report.json を書けません。none というフォルダーがありません。\n"


def test_statistics_go_where_they_do_not_spoil_the_format(bad: Repository) -> None:
    text = bad.run("check", "--statistics")
    assert text.out.startswith(REPORT + SUMMARY)
    assert "件数  エラー  警告  情報  ルール\n   1       1     0     0  banned-phrase\n" in text.out
    assert text.err == ""
    data = bad.run("check", "--statistics", "--format", "json")
    assert data.out == bad.run("check", "--format", "json").out
    assert data.err in text.out


def test_quiet(bad: Repository) -> None:
    assert bad.run("check", "-q", "content/clean.md").out == ""
    assert bad.run("check", "-q").out == REPORT


def test_verbose(bad: Repository) -> None:
    ran = bad.run("check", "-v", "content/clean.md")
    assert ran.out == ALL_GOOD
    first, second = ran.err.splitlines()
    assert first == "ガイド: messaging.yaml"
    assert second.startswith("記事: 1件(")


def test_colors(bad: Repository) -> None:
    assert bad.run("check").out == REPORT + SUMMARY
    forced = bad.run("check", FORCE_COLOR="1").out
    assert forced.startswith("\x1b[1mcontent/bad.md\x1b[0m:5:7: \x1b[1;31merror\x1b[0m ")
    assert bad.run("check", "--no-color", FORCE_COLOR="1").out == REPORT + SUMMARY
    assert bad.run("check", FORCE_COLOR="1", NO_COLOR="1").out == REPORT + SUMMARY
    bad.run("check", "--output", "report", FORCE_COLOR="1")
    assert "\x1b" not in (bad.folder / "report").read_text("utf-8")


@pytest.mark.parametrize(("encoding", "seen"), [("ascii", REPORT + SUMMARY), ("cp932", REPORT + SUMMARY)])
def test_terminal_of_another_encoding(bad: Repository, encoding: str, seen: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "msglint", "check"],
        cwd=bad.folder,
        env=environment(PYTHONIOENCODING=encoding),
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode("utf-8" if encoding == "ascii" else encoding) == seen
    assert (done.returncode, done.stderr) == (1, b"")


# The same for any way of working


def test_same_bytes_for_any_jobs_and_cache(repository: Repository) -> None:
    for n in range(40):
        repository.write(f"content/{n:02}.md", BAD if n % 3 else CLEAN)
    first = repository.run("check", "--format", "json", "--no-cache", "--jobs", "1")
    assert first.out.count("banned-phrase") == 26
    assert not (repository.folder / ".msglint_cache").exists()
    for options in (("--jobs", "2"), ("--jobs", "1"), ("--jobs", "auto", "--no-cache"), ()):
        ran = repository.run("check", "--format", "json", *options)
        assert (ran.status, ran.out, ran.err) == (1, first.out, "")
    assert (repository.folder / ".msglint_cache").is_dir()


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "99999", "２"])
def test_jobs_that_are_no_number(repository: Repository, number: str) -> None:
    ran = repository.run("check", f"--jobs={number}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"msglint: --jobs に {number} は使えません。1以上の数か auto を指定してください。\n"


def test_today_that_is_no_day(repository: Repository) -> None:
    for given in ("tomorrow", "2026-02-30", "20261101", "2026-W44-7"):
        ran = repository.run("check", MSGLINT_TODAY=given)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == (
            f"msglint: 環境変数 MSGLINT_TODAY の {given} は日付ではありません。2026-11-01 のように書いてください。\n"
        )


# Baseline


def test_baseline(bad: Repository) -> None:
    wrote = bad.run("check", "--baseline", "known.json", "--write-baseline", "known.json")
    assert (wrote.status, wrote.out) == (0, "")
    assert wrote.err == "指摘1件をベースライン known.json に記録しました。\n"
    assert bad.run("check", "--baseline", "known.json").status == 0
    bad.write("content/bad.md", BAD.replace("\n\n", "\n\n前置きです。\n\n") + "\nそして必ず成果が出る。\n")
    ran = bad.run("check", "--baseline", "known.json")
    assert (ran.status, places(ran.out)) == (1, ["content/bad.md:9:4: error banned-phrase"])
    elsewhere = bad.run("check", "--baseline", "../known.json", "--lang", "en", within="content")
    assert places(elsewhere.out) == ["bad.md:9:4: error banned-phrase"]


def test_baseline_tells_how_much_of_it_is_gone(bad: Repository) -> None:
    bad.run("check", "--write-baseline", "known.json")
    bad.write("content/bad.md", CLEAN)
    ran = bad.run("check", "--baseline", "known.json")
    assert ran.status == 0
    assert ran.err == "ベースラインの1件は、もう見つかりません。--write-baseline で作り直すと減らせます。\n"
    for arguments in (("-q",), ("content/clean.md",), ("--select", "front-matter")):
        assert bad.run("check", "--baseline", "known.json", *arguments).err == ""


def test_baseline_that_cannot_be_used(bad: Repository) -> None:
    ran = bad.run("check", "--baseline", "none.json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "msglint: ベースライン none.json を読めません。ファイルがありません。\n"
    bad.write("b.json", "{")
    ran = bad.run("check", "--baseline", "b.json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "msglint: b.json はベースラインではありません。--write-baseline で作り直してください。\n"


def test_baseline_of_unreadable_articles_is_not_complete(bad: Repository) -> None:
    bad.write("content/sjis.md", "日本語の記事です。".encode("cp932"))
    assert bad.run("check", "--write-baseline", "known.json").status == 2


# Changes


def test_changed_since(bad: Repository) -> None:
    bad.git("init", "-q")
    bad.git("add", ".")
    bad.git("commit", "-qm", "first")
    unchanged = bad.run("check", "--changed-since", "HEAD")
    assert (unchanged.status, unchanged.out) == (0, "検査するファイルはありませんでした\n")
    bad.write("content/bad.md", BAD + "\nまた必ず成果が出る。\n")
    bad.write("content/new.md", "必ず成果が出る。\n")
    ran = bad.run("check", "--changed-since", "HEAD")
    assert places(ran.out) == [
        "content/bad.md:7:3: error banned-phrase",
        "content/new.md:1:1: error front-matter",
        "content/new.md:1:1: error banned-phrase",
    ]
    assert ran.status == 1
    named = bad.run("check", "--changed-since", "HEAD", "content/clean.md", "--format", "json")
    assert (named.status, json.loads(named.out)["files"]) == (0, [])


def test_changed_since_nothing(repository: Repository) -> None:
    ran = repository.run("check", "--changed-since", "HEAD")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("msglint: --changed-since を使えません。git の答え: fatal: not a git repository")
    assert ran.err.count("\n") == 1


# When it goes wrong


def test_reader_that_goes_away(bad: Repository) -> None:
    for n in range(300):
        bad.write(f"content/{n:03}.md", BAD)
    command = f"{sys.executable} -m msglint check | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=bad.folder, env=environment(), capture_output=True, check=False)
    assert (done.stdout.decode(), done.stderr) == ("content/000.md:5:7: error banned-phrase\n", b"")


def test_full_disk(bad: Repository) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "msglint", "check"],
            cwd=bad.folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr.decode()) == (
        2,
        f"msglint: 出力を書けません。{os.strerror(28)}。\n",
    )


def test_interrupted(repository: Repository) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "msglint", "check", "-v", "-"],
        cwd=repository.folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What a script runs in the background ignores Ctrl-C, and so would all that the tests start.
        preexec_fn=functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as started:
        assert started.stdout
        assert started.stderr
        assert started.stderr.readline().decode() == "ガイド: messaging.yaml\n"  # now it waits for the article
        started.send_signal(signal.SIGINT)
        assert started.wait(20) == 130
        assert (started.stdout.read(), started.stderr.read().decode()) == (b"", "msglint: 中断しました。\n")


def test_defect_of_msglint(repository: Repository) -> None:
    program = (
        "import msglint.engine\n"
        "def lint_corpus(*a, **k): raise ZeroDivisionError('oh\\nno')\n"
        "msglint.engine.lint_corpus = lint_corpus\n"
        "from msglint.app.cli.main import main\n"
        "main()\n"
    )

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-c", program, "check", *arguments],
            cwd=repository.folder,
            env=environment(),
            capture_output=True,
            check=False,
        )

    plain = run()
    assert (plain.returncode, plain.stdout) == (2, b"")
    assert plain.stderr.decode() == (
        "msglint: msglint の不具合です(ZeroDivisionError: oh no)。"
        "-v を付けてもう一度実行し、その出力を msglint の開発元に知らせてください。\n"
    )
    assert b"Traceback (most recent call last)" in run("-v").stderr


def test_working_folder_that_is_gone(repository: Repository) -> None:
    command = f"mkdir gone; cd gone; rmdir ../gone; {sys.executable} -m msglint check"
    done = subprocess.run(
        ["bash", "-c", command], cwd=repository.folder, env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == "msglint: 今いるフォルダーを使えません。ファイルがありません。"
    assert str(ROOT) not in done.stderr.decode()
