"""`feedback-open` in a real repository: reported until the article is changed and committed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import GUIDE, Ran, Repository, environment
from sqlalchemy import Engine
from stores import new_postgresql

from msglint.app.cli.files import Ground
from msglint.app.cli.main import run
from msglint.loop import records
from msglint.loop.feedback import keep
from msglint.loop.merging import Change, Plan
from msglint.loop.model import Deal, Feedback, FeedbackItem, SheetVersion
from msglint.loop.store import file_url, open_store, writing

ARTICLE = "---\ntitle: CRMを入れる前に\n---\n\n料金は3つです。\n"
CHANGED = ARTICLE.replace("3つ", "4つ")
SHEET = "content/crm/one-pager"
SAID = (
    f"営業シート「{SHEET}」は2件の商談・リードで「使えなかった」とされ、その後、記事は直されていません。"
    "営業の声: 「料金が古い」(2026-10-02)、「料金が古い」(2026-10-01)。記事を直してコミットすると、この指摘は消えます。"
)

Check = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def msglint(repository: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what runs msglint here, in a git repository with an article."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("MSGLINT_DATABASE_URL", raising=False)
    monkeypatch.chdir(repository.folder)
    repository.write("content/crm.md", ARTICLE)
    repository.write(".gitignore", ".msglint_cache/\n")
    repository.git("init", "-q")
    commit(repository)

    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        status = run(arguments)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call


@pytest.fixture
def check(msglint: Callable[..., Ran]) -> Check:
    """Return what gives the diagnostics of `feedback-open` in all that is checked."""

    def call(*arguments: str) -> list[dict[str, Any]]:
        ran = msglint("check", "--format", "json", *arguments)
        assert (ran.status, ran.err) == (0, "")
        files = json.loads(ran.out)["files"]
        return [d | {"path": f["path"]} for f in files for d in f["diagnostics"] if d["rule"] == "feedback-open"]

    return call


def commit(repository: Repository) -> None:
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "x")


def complain(engine: Engine, number: int, article: str = ARTICLE, **changes: Any) -> None:
    """Keep that the sheet of `article` was not usable in the deal of this number."""
    digest = hashlib.sha256(article.encode()).hexdigest()
    made = SheetVersion(SHEET, digest[:10], "content/crm.md", source_sha256=digest)
    deal = Deal(f"csv:{number}", "csv", str(number))
    with writing(engine) as connection:
        if deal not in records.deals(connection):
            records.apply(connection, Plan(deals=(Change(None, deal),)))
        id = f"f{len(records.feedback(connection))}"
        said = Feedback(id, date(2026, 10, number), "営業A", deal=deal.id)
        item = {"verdict": "not_usable", "reason": "料金が古い"} | changes
        keep(connection, said, [FeedbackItem(id, SHEET, made.version, **item)], [made])


@pytest.fixture
def store(repository: Repository) -> Any:
    """Return the store beside the guide."""
    engine = open_store(file_url(repository.folder))
    yield engine
    engine.dispose()


def test_it_is_reported_until_the_article_is_changed_and_committed(
    repository: Repository, check: Check, store: Engine
) -> None:
    assert check() == []
    complain(store, 1)
    assert check() == []
    complain(store, 2)
    assert check() == [
        {
            "rule": "feedback-open",
            "severity": "warning",
            "message": SAID,
            "start": {"line": 1, "column": 1, "offset": 0},
            "end": {"line": 1, "column": 4, "offset": 3},
            "text": "---",
            "entry": None,
            "score": None,
            "fix": None,
            "path": "content/crm.md",
        }
    ]
    repository.write("content/crm.md", CHANGED)
    assert [d["message"] for d in check()] == [SAID]
    commit(repository)
    assert check() == []
    complain(store, 3, CHANGED, conflict=True)
    assert [d["message"][:60] for d in check()] == [
        f"営業シート「{SHEET}」は1件の商談・リードで「使えなかった」とされ、ほかのメッセージと食い違うとい"[:60]
    ]
    repository.write("content/crm.md", ARTICLE)
    commit(repository)
    assert [d["message"] for d in check()] == [SAID]


def test_cached_results_know_of_new_feedback_and_of_what_is_taken_back(check: Check, store: Engine) -> None:
    complain(store, 1)
    for number, expected in [(2, 1), (3, 1)]:
        assert check("--jobs", "1") == check("--no-cache")
        complain(store, number)
        assert len(check()) == expected
    complain(store, 1, verdict="helped", reason=None)
    assert "2件" in check()[0]["message"]
    complain(store, 2, verdict="shown_no_effect", reason=None)
    assert check() == []


def test_only_named_articles_are_asked_for_and_only_where_the_rule_is_on(
    repository: Repository, msglint: Callable[..., Ran], check: Check, store: Engine
) -> None:
    complain(store, 1)
    complain(store, 2)
    assert check("content/clean.md") == []
    assert len(check("content/crm.md")) == 1
    assert check("--ignore", "feedback-open") == []
    assert len(check("--select", "feedback-open")) == 1
    english = msglint("check", "--lang", "en").out
    assert english.startswith("content/crm.md:1:1: warning feedback-open\n  Sales could not use the sheet")
    repository.write("messaging.yaml", GUIDE.replace("rules: {", "rules: {feedback-open: off, "))
    assert check() == []
    repository.write("messaging.yaml", GUIDE.replace("rules: {", "rules: {feedback-open: {times: 3}, "))
    assert check() == []


def test_an_article_that_git_does_not_have_is_judged_by_its_file(
    repository: Repository, check: Check, store: Engine
) -> None:
    complain(store, 1)
    complain(store, 2)
    repository.git("rm", "-q", "--cached", "content/crm.md")
    repository.git("commit", "-q", "-m", "x")
    assert len(check()) == 1
    repository.write("content/crm.md", CHANGED)
    assert check() == []


def test_without_git_the_file_counts(repository: Repository, check: Check, store: Engine) -> None:
    complain(store, 1)
    complain(store, 2)
    (repository.folder / ".git").rename(repository.folder / "git.away")
    assert len(check()) == 1
    repository.write("content/crm.md", CHANGED)
    assert check() == []


def test_line_ends_that_git_changes_do_not_matter(repository: Repository, check: Check, store: Engine) -> None:
    windows = ARTICLE.replace("\n", "\r\n")
    repository.write("content/crm.md", windows)
    complain(store, 1, windows)
    complain(store, 2, windows)
    assert len(check()) == 1


def test_a_folder_within_a_repository_with_a_strange_name(
    repository: Repository, msglint: Callable[..., Ran], store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    complain(store, 1)
    complain(store, 2)
    inner = repository.folder / "内 側"
    inner.mkdir()
    for name in ("messaging.yaml", "content", ".msglint"):
        (repository.folder / name).rename(inner / name)
    commit(repository)
    monkeypatch.chdir(inner / "content")
    repository.write("内 側/content/crm.md", CHANGED)
    ran = msglint("check", "--format", "json")
    found = {f["path"]: [d["rule"] for d in f["diagnostics"]] for f in json.loads(ran.out)["files"]}
    assert found == {"clean.md": [], "crm.md": ["feedback-open"]}


def export(msglint: Callable[..., Ran]) -> None:
    ran = msglint("feedback", "export", "--open")
    assert ran.status == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_where_the_store_is_not_at_hand_the_exported_file_counts(
    repository: Repository, msglint: Callable[..., Ran], check: Check, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_postgresql() if kind == "postgresql" else f"sqlite:///{repository.folder / 'elsewhere.db'}"
    monkeypatch.setenv("MSGLINT_DATABASE_URL", url)
    engine = open_store(url)
    complain(engine, 1)
    complain(engine, 2)
    complain(engine, 3, CHANGED)
    engine.dispose()
    assert len(check()) == (kind == "sqlite")
    export(msglint)
    file = repository.folder / "messaging.feedback.json"
    written = file.read_text(encoding="utf-8")
    assert [one["feedback"] for one in json.loads(written)["open"]] == ["f0", "f1"]
    assert "csv:1" not in written
    assert "営業A" not in written
    monkeypatch.delenv("MSGLINT_DATABASE_URL")
    assert [d["message"] for d in check()] == [SAID]
    repository.write("content/crm.md", CHANGED)
    commit(repository)
    assert check() == []


def test_store_and_file_together_count_each_voice_once(
    repository: Repository, msglint: Callable[..., Ran], check: Check, store: Engine
) -> None:
    complain(store, 1)
    complain(store, 2)
    export(msglint)
    assert [d["message"] for d in check()] == [SAID]
    complain(store, 3)
    assert "3件" in check()[0]["message"]


_UNREAD = "注意: {} を読めないため({})、そこにある営業のフィードバックは feedback-open で検査しません。\n"
SPOILT = {
    "rubbish": _UNREAD.format("loop.db", "file is not a database"),
    "empty": _UNREAD.format("loop.db", "no such table: feedback_item"),
    "older": _UNREAD.format("loop.db", "no such column: s.source_sha256"),
    "locked": _UNREAD.format("loop.db", "database is locked"),
    "a folder": "",
    "a broken file": _UNREAD.format("messaging.feedback.json", "msglint feedback export --open で作り直せます"),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_store_of_no_use_is_one_line_at_most(
    repository: Repository, msglint: Callable[..., Ran], store: Engine, spoil: str
) -> None:
    complain(store, 1)
    store.dispose()
    file = repository.folder / ".msglint" / "loop.db"
    held = None
    match spoil:
        case "rubbish":
            file.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64)
        case "empty":
            file.write_bytes(b"")
        case "older":
            with sqlite3.connect(file) as connection:
                connection.execute("ALTER TABLE sheet RENAME COLUMN source_sha256 TO digest")
            connection.close()
        case "locked":
            held = sqlite3.connect(file, isolation_level=None)
            held.execute("PRAGMA journal_mode = DELETE")
            held.execute("BEGIN EXCLUSIVE")
            file.with_name("loop.db-wal").write_bytes(b"x")
        case "a folder":
            file.unlink()
            file.mkdir()
        case _:
            repository.write("messaging.feedback.json", "{")
    ran = msglint("check")
    if held:
        held.close()
    assert ran.status == 0
    assert ran.err == SPOILT[spoil]
    assert msglint("check", "-q").err == ""


def test_nothing_is_written_beside_a_store_that_is_read(repository: Repository, check: Check, store: Engine) -> None:
    complain(store, 1)
    complain(store, 2)
    store.dispose()
    folder = repository.folder / ".msglint"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert len(check()) == 1
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_what_a_writer_has_not_yet_put_away_is_read(check: Check, store: Engine) -> None:
    complain(store, 1)
    with store.connect() as reader:
        complain(store, 2)
        assert len(check()) == 1
        reader.rollback()


def test_it_costs_nothing_without_a_store(repository: Repository, msglint: Callable[..., Ran]) -> None:
    from msglint.app.cli.complaints import standing
    from msglint.app.cli.project import Project, open_project
    from msglint.app.cli.speech import Speaker

    project: Project = open_project(Speaker(), None)
    articles = [Ground(Path.cwd(), Path.cwd()).article(Path(f"content/{n}.md")) for n in range(2000)]
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        assert standing(project, articles, Speaker()) == {}
        best = min(best, time.perf_counter() - start)
    assert best < 0.005
