"""Who may come into the portal: nobody without a login, and nobody by guessing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import portal_sample as sample
import pytest
from portal_sample import hidden
from starlette.testclient import TestClient

from msglint.app.portal import Passwords, Settings, sessions, users
from msglint.app.portal.entrance import local
from msglint.app.portal.limits import Limit
from msglint.app.portal.recent import Recent
from msglint.app.portal.sessions import Session
from msglint.loop import records
from msglint.loop.model import Misread
from msglint.loop.store import reading

PASSWORD = "とても長いパスワード123"


INSIDE = """/ /sheets/content/a/one-pager /files/pdf/content/a/one-pager /files/html/content/a/one-pager /feedback
    /feedback/x /handover /leads/hubspot:101 /reviews /reviews/2026-10 /reviews/2026-10/page /nowhere /loop.db
    /manifest.json // /LOGIN /login/ /login/x /assets /assets/ /assets/x /assets/portal.css/x""".split()


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    made = sample.settings(tmp_path)
    sample.stock(made.engine)
    return made


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of users: hashing takes a while, so all tests share it."""
    file = tmp_path_factory.mktemp("users") / "users"
    file.write_text(users.added("# who may log in\n", "営業A", PASSWORD), encoding="utf-8")
    return file


@pytest.fixture
def guarded(given: Settings, known: Path) -> Settings:
    return dataclasses.replace(given, gate=Passwords(known))


def login(browser: TestClient, name: str = "営業A", password: str = PASSWORD, **more: str) -> int:
    token = hidden(browser.get("/login").text, "token")
    return browser.post("/login", data={"token": token, "name": name, "password": password} | more).status_code


def test_without_login_nothing_is_served(guarded: Settings) -> None:
    browser = sample.browse(guarded)
    for path in INSIDE:
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            got = browser.request(method, path)
            assert (got.status_code, got.content) == (303, b""), (method, path)
            assert got.headers["location"].startswith("/login")
    assert browser.get("/login").status_code == 200
    assert browser.get("/assets/portal.css").status_code == 200
    assert "content/a" not in browser.get("/login").text + browser.get("/assets/portal.js").text
    with reading(guarded.engine) as connection:
        assert records.visits(connection) == []


def test_a_login_leads_to_where_one_wanted_to_go(guarded: Settings) -> None:
    browser = sample.browse(guarded)
    asked = browser.get("/sheets/content/a/one-pager?x=1")
    assert asked.headers["location"] == "/login?next=%2Fsheets%2Fcontent%2Fa%2Fone-pager%3Fx%3D1"
    page = browser.get(asked.headers["location"]).text
    sent = {"token": hidden(page, "token"), "next": hidden(page, "next"), "name": "営業Ａ", "password": PASSWORD}
    done = browser.post("/login", data=sent)
    assert (done.status_code, done.headers["location"]) == (303, "/sheets/content/a/one-pager?x=1")
    assert browser.get("/").status_code == 200
    assert browser.get("/login").headers["location"] == "/"


def test_logging_out_and_a_new_password_end_a_session(guarded: Settings, tmp_path: Path, known: Path) -> None:
    file = tmp_path / "users"
    file.write_bytes(known.read_bytes())
    browser = sample.browse(dataclasses.replace(guarded, gate=Passwords(file)))
    assert login(browser) == 303
    token = hidden(browser.get("/").text, "token")
    assert browser.post("/logout", data={"token": token}).headers["location"] == "/login"
    assert browser.get("/").status_code == 303
    assert login(browser) == 303
    assert browser.get("/").status_code == 200
    file.write_text(users.added(file.read_text("utf-8"), "営業A", PASSWORD + "4"), encoding="utf-8")
    assert browser.get("/").status_code == 303


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(guarded: Settings) -> None:
    browser = sample.browse(guarded)
    token = hidden(browser.get("/login").text, "token")
    for name in ("営業A", "だれか"):
        got = browser.post("/login", data={"token": token, "name": name, "password": "間違いのパスワード"})
        assert (got.status_code, "名前かパスワードが違います。" in got.text) == (401, True)


def test_guessing_passwords_has_to_wait(guarded: Settings) -> None:
    browser = sample.browse(guarded)
    assert [login(browser, password=f"まちがい{n}") for n in range(6)] == [401] * 5 + [429]
    assert login(browser) == 429, "the right one does not help any more"
    assert login(sample.browse(guarded)) == 303, "another portal knows nothing of it"


def test_a_limit_is_over_when_its_time_is() -> None:
    now = [0.0]
    limit = Limit(2, 60, lambda: now[0])
    assert [limit.take("a"), limit.take("a"), limit.take("b")] == [0, 0, 0]
    now[0] = 20
    assert limit.take("a") == 40
    now[0] = 60
    assert [limit.take("a"), limit.take("a")] == [0, 0]
    assert limit.take("a") == 60


def test_what_is_dear_is_made_once_a_minute() -> None:
    now, made = [0.0], []
    recent: Recent[int] = Recent(60, lambda: now[0])

    def make() -> int:
        made.append(1)
        return len(made)

    assert [recent.get(make), recent.get(make)] == [1, 1]
    now[0] = 60
    assert recent.get(make) == 2


def test_the_cookie_cannot_be_read_by_scripts_nor_changed(given: Settings, guarded: Settings) -> None:
    got = sample.browse(given).get("/")
    cookie = got.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    forged = sessions.pack(Session("t", "営業A", users.mark("x")), b"another secret, just as long as it")
    stolen = sessions.pack(Session("t", "営業A", "wrong mark"), sample.SECRET)
    right = users.mark(users.users(guarded.gate.file)["営業A"])  # type: ignore[union-attr]
    good = sessions.pack(Session("t", "営業A", right), sample.SECRET)
    for value, status in ((forged, 303), (stolen, 303), (good, 200), (good[:-1], 303), ("", 303), ("a.b.c", 303)):
        browser = sample.browse(guarded)
        browser.cookies.set(sessions.cookie(sample.SECRET), value, domain="127.0.0.1")
        assert browser.get("/").status_code == status


def test_the_cookie_is_for_https_where_the_proxy_speaks_it(guarded: Settings) -> None:
    behind = dataclasses.replace(guarded, proxies=frozenset({"10.0.0.2"}))
    https = {"x-forwarded-proto": "https"}
    assert "Secure" in sample.browse(behind, "10.0.0.2").get("/login", headers=https).headers["set-cookie"]
    assert "Secure" not in sample.browse(behind, "10.0.0.3").get("/login", headers=https).headers["set-cookie"]


def test_attempts_are_counted_by_the_address_that_the_proxy_saw(guarded: Settings) -> None:
    browser = sample.browse(dataclasses.replace(guarded, proxies=frozenset({"10.0.0.2"})), "10.0.0.2")
    token = hidden(browser.get("/login").text, "token")

    def attempt(seen: str) -> int:
        data = {"token": token, "name": "営業A", "password": "まちがえた"}
        return browser.post("/login", data=data, headers={"x-forwarded-for": f"1.2.3.4, {seen}"}).status_code

    assert [attempt("10.1.1.1") for _ in range(6)][-1] == 429
    assert attempt("10.1.1.2") == 401


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("/handover?late=1", "/handover?late=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\t/evil.example", "/"),
        ("http:/evil", "/"),
        ("//[evil", "/"),
        ("evil", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_led_to_another_site(guarded: Settings, written: str, leads_to: str) -> None:
    assert local(written) == leads_to
    browser = sample.browse(guarded)
    token = hidden(browser.get("/login").text, "token")
    sent = {"token": token, "name": "営業A", "password": PASSWORD, "next": written}
    if written in ("//evil.example", "/handover?late=1", "/\\evil.example"):
        assert browser.post("/login", data=sent).headers["location"] == leads_to


def test_users_are_kept_as_hashes(known: Path, tmp_path: Path) -> None:
    content = known.read_text("utf-8")
    assert PASSWORD not in content
    assert content.splitlines()[1].startswith("営業A:$argon2id$")
    for name in ("", "a:b", "#a", "a" * 65, "a\nb"):
        with pytest.raises(Misread):
            users.added("", name, PASSWORD)
    with pytest.raises(Misread):
        users.added("", "a", "short")
    for bad in ("", "# nobody\n", "a:plain\n", "just words\n"):
        (tmp_path / "bad").write_text(bad, encoding="utf-8")
        with pytest.raises(Misread):
            users.users(tmp_path / "bad")
    (tmp_path / "bad").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Misread):
        users.users(tmp_path / "bad")
