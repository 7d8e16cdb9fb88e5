"""`msglint serve`: where it may listen, how it ends, and who is written into the file of users."""

from __future__ import annotations

import re
import select
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import portal_sample as sample
import pytest
from conftest import GUIDE, Repository, environment

from msglint.app.cli.main import run

PASSWORD = "a long password"


@pytest.fixture
def place(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Return a repository that is the working folder."""
    monkeypatch.chdir(repository.folder)
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    return repository


@pytest.fixture
def taken() -> Iterator[int]:
    """Give a port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "portal.example", "127.0.0.1.example"])
def test_other_machines_are_served_with_a_login_only(
    place: Repository, capsys: pytest.CaptureFixture[str], host: str
) -> None:
    assert run(["serve", "--host", host]) == 2
    assert said(capsys) == [
        f"msglint: --host {host} はほかのパソコンからも開けるため、--auth か --trust-header が要ります。"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--auth", "users", "--trust-header", "X-User", "--proxy", "10.0.0.2"], "どちらか1つ"),
        (["--trust-header", "X-Forwarded-User"], "--proxy でそのプロキシのアドレス"),
        (["--trust-header", "X Forwarded", "--proxy", "10.0.0.2"], "ヘッダーの名前"),
        (["--trust-header", "X-User", "--proxy", "10.0.0.0/8"], "IPアドレスを書いてください"),
        (["--auth", "nobody"], "利用者のファイル nobody を読めません。ファイルがありません。"),
        (["--auth", "messaging.yaml"], "messaging.yaml の1行目が読めません"),
        (["--port", "70000"], "0〜65535"),
        (["--port", "八"], "0〜65535"),
        (["--host", "::1", "--port", "0", "extra"], "extra というコマンドはありません"),
        (["--guide", "nowhere.yaml"], "nowhere.yaml を読めません"),
    ],
)
def test_a_call_that_cannot_be_is_one_line(
    place: Repository, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert run(["serve", *arguments]) == 2
    lines = said(capsys)
    assert (len(lines), words in lines[0]) == (1, True), lines


def test_a_port_in_use_is_one_line(place: Repository, capsys: pytest.CaptureFixture[str], taken: int) -> None:
    assert run(["--lang", "en", "serve", "--port", str(taken)]) == 2
    assert said(capsys) == [f"msglint: The port {taken} is in use. Choose another with --port."]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(place: Repository, sent: signal.Signals) -> None:
    sample.fill(place.folder / "dist")
    place.write("messaging.yaml", GUIDE + "imports: {timezone: Asia/Tokyo}\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "msglint", "serve", "--port", "0"],
        cwd=place.folder,
        env=environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        url = _address(process)
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert "商談化率を高める3つの手順" in answer.read().decode()
    finally:
        process.send_signal(sent)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.decode()) == (0, b"", "止めました。\n")
    assert stat.S_IMODE((place.folder / ".msglint/portal.key").stat().st_mode) == 0o600


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stderr is not None
    ready, _, _ = select.select([process.stderr], [], [], 30)
    assert ready, "it says nothing"
    line = process.stderr.readline().decode()
    found = re.match(r"(http://127\.0\.0\.1:\d+/) で開けます。Ctrl-C で止まります。\n", line)
    assert found, line
    return found[1]


class Typed:
    """Standard input that is no terminal."""

    def __init__(self, line: str) -> None:
        self.line = line

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return self.line


def add(monkeypatch: pytest.MonkeyPatch, name: str, password: str, *more: str) -> int:
    monkeypatch.setattr(sys, "stdin", Typed(password + "\n"))
    return run(["serve", "add-user", name, "--password-stdin", *more])


def test_users_are_added_and_changed(
    place: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from msglint.app.portal import users

    file = place.folder / ".msglint" / "users"
    assert [add(monkeypatch, name, PASSWORD) for name in ("営業A", "佐藤")] == [0, 0]
    assert said(capsys)[-1] == ".msglint/users に 佐藤 を書きました。"
    before = users.users(file)
    assert add(monkeypatch, "営業Ａ", PASSWORD + "!") == 0
    after = users.users(file)
    assert list(after) == ["佐藤", "営業A"]
    assert after["佐藤"] == before["佐藤"]
    assert [users.admits(after, "営業A", one) for one in (PASSWORD, PASSWORD + "!")] == [False, True]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("name", "password", "more", "words"),
    [
        ("a", "short", (), "10〜1000文字"),
        ("a:b", PASSWORD, (), "「:」を含まず"),
        ("a", PASSWORD, ("--auth", "messaging.yaml/users"), "messaging.yaml/users を使えません"),
        ("a", PASSWORD, ("--auth", "content"), "ファイルではなくフォルダー"),
    ],
)
def test_who_cannot_be_added_is_one_line(
    place: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, password: str,
    more: tuple[str, ...], words: str,
) -> None:  # fmt: skip
    assert add(monkeypatch, name, password, *more) == 2
    lines = said(capsys)
    assert (len(lines), words in lines[0]) == (1, True), lines


def test_without_a_terminal_nobody_is_asked(
    place: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(PASSWORD))
    assert run(["serve", "add-user", "a"]) == 2
    assert "--password-stdin" in said(capsys)[0]
    assert not (place.folder / ".msglint/users").exists()


def test_what_is_not_installed_is_named(
    place: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    real = importlib.util.find_spec

    def without(name: str, *rest: Any) -> Any:
        return None if name == "uvicorn" else real(name, *rest)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    assert run(["serve"]) == 2
    assert said(capsys) == [
        "msglint: ポータルには追加の部品が要ります(uvicorn)。pip install 'msglint[portal]' を実行してください。"
    ]


def test_help_names_the_member(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("使い方: msglint serve [オプション] [コマンド …]\n")
    assert "add-user" in out
