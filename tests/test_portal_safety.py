"""What nobody may do in the portal, whoever it is."""

from __future__ import annotations

import dataclasses
import stat
from collections.abc import Iterator
from pathlib import Path

import portal_sample as sample
import pytest
from portal_sample import filled, hidden

from msglint.app.portal import Proxied, Settings, sessions
from msglint.loop import records
from msglint.loop.store import reading

INSIDE = """/ /sheets/content/a/one-pager /files/pdf/content/a/one-pager /files/html/content/a/one-pager /feedback
    /feedback/x /handover /leads/hubspot:101 /reviews /reviews/2026-10 /reviews/2026-10/page /nowhere /loop.db
    /manifest.json // /LOGIN /login/ /login/x /assets /assets/ /assets/x /assets/portal.css/x""".split()


@pytest.fixture
def given(tmp_path: Path) -> Settings:
    made = sample.settings(tmp_path)
    sample.stock(made.engine)
    return made


@pytest.fixture
def proxied(given: Settings) -> Settings:
    return dataclasses.replace(given, gate=Proxied("x-forwarded-user"), proxies=frozenset({"10.0.0.2"}))


def feedbacks(given: Settings) -> int:
    with reading(given.engine) as connection:
        return sum(one.id.startswith("portal:") for one in records.feedback(connection))


@pytest.mark.parametrize("token", ["", "x", "other"])
def test_a_form_of_another_site_is_not_taken(given: Settings, token: str) -> None:
    browser, other = sample.browse(given), sample.browse(given)
    form = filled(browser.get("/feedback?sheet=content/a/one-pager").text, need="消えると困る")
    theirs = hidden(other.get("/feedback").text, "token") if token == "other" else token
    got = browser.post("/feedback", data=form | {"token": theirs})
    assert (got.status_code, "もう一度送ってください" in got.text, "消えると困る" in got.text) == (403, True, True)
    assert feedbacks(given) == 0
    assert browser.post("/feedback", data=filled(got.text)).status_code == 303
    assert browser.post("/language", data={"language": "en", "token": theirs}).status_code == 403


def test_a_form_sent_across_sites_is_not_taken_even_with_a_token(given: Settings) -> None:
    browser = sample.browse(given)
    form = filled(browser.get("/feedback?sheet=content/a/one-pager").text)
    assert browser.post("/feedback", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.post("/feedback", json=form).status_code == 403
    assert browser.post("/feedback", files={"a": b"b"}, data=form).status_code == 403
    assert feedbacks(given) == 0


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "localhost.evil", "", "10.0.0.1", "[::2]"]
)
def test_another_name_for_this_machine_is_not_answered(given: Settings, host: str) -> None:
    got = sample.browse(given).get("/", headers={"host": host})
    assert (got.status_code, "営業" in got.text) == (421, False)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST", "127.0.0.5:1"])
def test_this_machines_own_names_are(given: Settings, host: str) -> None:
    assert sample.browse(given).get("/", headers={"host": host}).status_code == 200


def test_pages_say_what_they_may_do(given: Settings) -> None:
    browser = sample.browse(given)
    for path in ("/", "/feedback", "/nowhere", "/assets/portal.css", "/handover"):
        headers = browser.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; img-src data:;")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "server" not in headers
    assert browser.get("/").headers["cache-control"] == "no-store"


def test_a_sheet_is_shown_without_scripts_and_without_the_network(given: Settings) -> None:
    headers = sample.browse(given).get("/files/html/content/a/one-pager").headers
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "img-src data:", "form-action 'none'", "frame-ancestors 'self'"} <= set(policy)
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert not any(part.startswith(("script-src", "connect-src")) for part in policy)


def test_only_the_named_proxy_says_who_somebody_is(proxied: Settings) -> None:
    user = {"x-forwarded-user": "sato"}
    assert sample.browse(proxied, "10.0.0.2").get("/", headers=user).status_code == 200
    assert sample.browse(proxied, "::ffff:10.0.0.2").get("/", headers=user).status_code == 200
    for address, headers in (("10.0.0.3", user), ("127.0.0.1", user), ("10.0.0.2", {}), ("testclient", user)):
        browser = sample.browse(proxied, address)
        for path in (*INSIDE, "/login", "/assets/portal.css"):
            got = browser.get(path, headers=headers)
            assert (got.status_code, "シート" in got.text) == (403, False)
    twice = [("x-forwarded-user", "sato"), ("x-forwarded-user", "admin")]
    assert sample.browse(proxied, "10.0.0.2").get("/", headers=twice).status_code == 403
    assert sample.browse(proxied, "10.0.0.2").get("/", headers={"x-forwarded-user": "s" * 201}).status_code == 403


def test_a_slash_at_the_end_leads_nowhere_else(given: Settings) -> None:
    got = sample.browse(given).get("/handover/")
    assert (got.status_code, "location" in got.headers) == (404, False)


def test_more_than_a_form_is_not_taken(given: Settings) -> None:
    browser = sample.browse(given)
    form = filled(browser.get("/feedback?sheet=content/a/one-pager").text)
    assert browser.post("/feedback", data=form | {"need": "a" * 70_000}).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a=" + b"b" * 1_000 + b"&"

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/feedback", content=endless(), headers=kind).status_code == 413
    assert browser.post("/feedback", content=b"a=1&" * 1_000, headers=kind).status_code == 403
    assert browser.post("/feedback", content=b"\xff\x00%ff=%zz", headers=kind).status_code == 403
    assert feedbacks(given) == 0


def test_a_store_that_is_away_is_said_and_nothing_breaks(
    given: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    browser = sample.browse(given)
    assert browser.get("/").status_code == 200
    given.engine.dispose()
    (tmp_path / "loop.db").write_bytes(b"no database any more" * 100)
    for wal in tmp_path.glob("loop.db-*"):
        wal.unlink()
    got = browser.get("/")
    assert (got.status_code, "データの保存先を使えません" in got.text, "Traceback" in got.text) == (503, True, False)
    assert "GET /: DatabaseError" in caplog.text


def test_a_manifest_that_is_none_is_said(given: Settings) -> None:
    (given.folder / "manifest.json").write_bytes(b"{}")
    got = sample.browse(given).get("/")
    assert (got.status_code, "manifest.json は msglint の作ったものではありません" in got.text) == (503, True)


def test_the_secret_is_kept_to_oneself(tmp_path: Path) -> None:
    made = sessions.secret(tmp_path)
    file = tmp_path / sessions.KEY
    assert len(made) >= 32
    assert sessions.secret(tmp_path) == made
    file.chmod(0o644)
    assert sessions.secret(tmp_path) == made
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_bytes(b"")
    assert sessions.secret(tmp_path) != made
