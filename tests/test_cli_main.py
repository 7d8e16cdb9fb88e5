from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import Repository, environment

import msglint
from msglint.app.cli.main import COMMANDS
from msglint.app.cli.speech import spoken
from msglint.report.widths import columns

HELP = """\
使い方: msglint [オプション] コマンド …

  日本語のB2B記事を、1つのメッセージガイド(messaging.yaml)に照らして検査します。
  各コマンドの説明は msglint コマンド --help で見られます。

コマンド:
"""
CALLS = [("check",), ("fix",), ("guide",), ("guide", "check"), ("guide", "test"), ("guide", "schema"), ("rules",)]


def test_version(repository: Repository) -> None:
    ran = repository.run("--version")
    assert (ran.status, ran.out, ran.err) == (0, f"msglint {msglint.__version__}\n", "")


def test_help_lists_the_commands(repository: Repository) -> None:
    ran = repository.run("--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(HELP)
    listed = ran.out.removeprefix(HELP).split("\n\n")[0].splitlines()
    assert [line.split(maxsplit=1) for line in listed] == [[name, about.ja] for name, (_, about) in COMMANDS.items()]


def test_without_a_command_the_help_is_printed_and_nothing_done(repository: Repository) -> None:
    ran = repository.run()
    assert (ran.status, ran.out, ran.err) == (2, "", repository.run("--help").out)


@pytest.mark.parametrize("call", CALLS)
def test_every_command_speaks_both_languages_in_any_width(repository: Repository, call: tuple[str, ...]) -> None:
    japanese = repository.run(*call, "--help", COLUMNS="60")
    english = repository.run("--lang", "en", *call, "-h", COLUMNS="60")
    assert (japanese.status, english.status) == (0, 0)
    assert japanese.out.startswith(f"使い方: msglint {' '.join(call)} [オプション]")
    assert english.out.startswith(f"Usage: msglint {' '.join(call)} [OPTIONS]")
    assert english.out.replace("…", "").isascii()
    assert max(map(columns, (japanese.out + english.out).splitlines())) <= 60
    assert repository.run(*call, "--help", "--lang=en", COLUMNS="60").out == english.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "chek というコマンドはありません。check のことですか。一覧は msglint --help で見られます。"),
        (["guide", "tset"], "tset というコマンドはありません。test のことですか。"
         "一覧は msglint guide --help で見られます。"),
        (["content/clean.md"], "content/clean.md はコマンドではありません。"
         "検査するには msglint check content/clean.md と書きます。"),
        (["--foo"], "--foo というオプションはありません。"),
        (["check", "--formt", "json"], "--formt というオプションはありません。--format のことですか。"),
        (["check", "--output"], "--output には値が必要です。"),
        (["check", "--statistics=1"], "--statistics は値を取りません。"),
        (["check", "--fail-on", "eror"], "--fail-on に eror はありません。error のことですか。"
         "選べるのは error, warning, info, never です。"),
        (["--lang", "fr", "check"], "--lang に fr はありません。選べるのは ja, en です。"),
        (["rules", "register", "more"], "引数が多すぎます: more"),
    ],
)  # fmt: skip
def test_mistakes_are_one_clear_line(repository: Repository, arguments: list[str], said: str) -> None:
    ran = repository.run(*arguments)
    assert (ran.status, ran.out, ran.err) == (2, "", f"msglint: {said}\n")


def test_mistakes_are_told_in_english_too(repository: Repository) -> None:
    ran = repository.run("check", "--lang", "en", "--formt", "json")
    assert (ran.status, ran.err) == (2, "msglint: There is no option --formt. Did you mean --format?\n")


def test_spoken() -> None:
    assert spoken(["check", "--lang", "en", "a.md"]) == "en"
    assert spoken(["--lang=en", "check", "--lang", "ja"]) == "en"
    assert spoken(["check", "--lang", "ja", "--lang", "en"]) == "en"
    assert spoken(["check", "--", "--lang", "en"]) is None
    assert spoken(["check", "--lang", "fr"]) is None
    assert spoken(["check", "--lang"]) is None
    assert spoken([]) is None


def test_script_is_the_module(repository: Repository) -> None:
    program = "from msglint.app.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"],
        cwd=repository.folder,
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == repository.run("--help").out
