"""The store on SQLite and on PostgreSQL: what it refuses, what it keeps, and how it becomes the schema of today."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from stores import store as store
from stores import store_url as store_url

import msglint.loop
from msglint.loop import records, tables
from msglint.loop.merging import Change, Plan, digest
from msglint.loop.model import Action, Deal, HandoffRevision, Handover, Lead, StoreUnusable
from msglint.loop.store import file_url, open_store, reading, rehearsing, scrub, writing

MOMENT = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
LEAD = Lead("hubspot:101", "hubspot", "101", email="a@example.co.jp", created_at=MOMENT, fields={"部署": "営業企画"})
DEAL = Deal("hubspot:7", "hubspot", "7", lead=LEAD.id, amount=2**40, opened_on=date(2026, 9, 1))


def row(value: Any, **changes: Any) -> dict[str, Any]:
    return dataclasses.asdict(dataclasses.replace(value, **changes))


def put(connection: Connection, *changes: Any) -> None:
    records.apply(connection, Plan(leads=tuple(Change(None, lead) for lead in changes)))


def test_what_is_written_is_read_back(store: Engine) -> None:
    action = Action(LEAD.id, "価格ページ閲覧", datetime(2026, 10, 2, 18, tzinfo=timezone(timedelta(hours=9))), "/price")
    plan = Plan(leads=(Change(None, LEAD),), deals=(Change(None, DEAL),), actions=(Change(None, action),))
    revision = HandoffRevision(
        "2026-10", date(2026, 10, 1), {"mql": {"threshold": "80"}}, "甲", "乙", date(2026, 9, 25)
    )
    handover = Handover(LEAD.id, MOMENT, "guide", Decimal("80.10"), "2026-10")
    with writing(store) as connection:
        records.apply(connection, plan)
        records.add_revision(connection, revision)
        records.put_handovers(connection, [Change(None, handover)])
    with reading(store) as connection:
        assert records.leads(connection) == [LEAD]
        assert records.deals(connection) == [DEAL]
        assert records.actions(connection) == {LEAD.id: [action]}
        assert records.actions(connection)[LEAD.id][0].at.utcoffset() == timedelta(0)
        assert records.revisions(connection) == [revision]
        assert records.handovers(connection) == [handover]


def test_a_changed_record_is_changed_and_nothing_else(store: Engine) -> None:
    other = Lead("hubspot:102", "hubspot", "102", budget=False)
    changed = dataclasses.replace(LEAD, budget=True, sql_at=MOMENT)
    with writing(store) as connection:
        put(connection, LEAD, other)
    with writing(store) as connection:
        records.apply(connection, Plan(leads=(Change(LEAD, changed),)))
    with reading(store) as connection:
        assert records.leads(connection) == [changed, other]


LATER = MOMENT + timedelta(seconds=1)
IMPOSSIBLE = {
    "an id that is not system and record": (tables.LEAD, row(LEAD, id="x")),
    "no record": (tables.LEAD, row(LEAD, id="hubspot:", record="")),
    "an SQL before the MQL": (
        tables.LEAD,
        row(LEAD, id="csv:1", system="csv", record="1", mql_at=LATER, sql_at=MOMENT),
    ),
    "an SQL that was rejected": (
        tables.LEAD,
        row(LEAD, id="csv:1", system="csv", record="1", sql_at=MOMENT, rejected_at=MOMENT),
    ),
    "an action of nobody": (tables.ACTION, {"lead": "csv:9", "action": "a", "at": MOMENT, "detail": ""}),
    "an action without a name": (tables.ACTION, {"lead": LEAD.id, "action": "", "at": MOMENT, "detail": ""}),
    "a deal of nobody": (tables.DEAL, row(DEAL, lead="csv:9")),
    "won and not closed": (tables.DEAL, row(DEAL, outcome="won")),
    "closed without outcome": (tables.DEAL, row(DEAL, closed_on=date(2026, 10, 1))),
    "closed before it was opened": (tables.DEAL, row(DEAL, outcome="lost", closed_on=date(2026, 8, 31))),
    "an outcome that is none": (tables.DEAL, row(DEAL, outcome="open", closed_on=date(2026, 10, 1))),
    "an SQL that is no MQL": (
        tables.HANDOVER,
        {"lead": LEAD.id, "mql_at": None, "origin": "crm", "sql_at": MOMENT},
    ),
    "an SQL before the hand-over": (
        tables.HANDOVER,
        {"lead": LEAD.id, "mql_at": LATER, "origin": "crm", "sql_at": MOMENT},
    ),
    "judged without a score": (tables.HANDOVER, {"lead": LEAD.id, "mql_at": MOMENT, "origin": "guide"}),
    "judged by an unknown revision": (
        tables.HANDOVER,
        {"lead": LEAD.id, "mql_at": MOMENT, "origin": "guide", "score": Decimal(80), "revision": "x"},
    ),
    "figures of a period that ends first": (
        tables.ARTICLE_FIGURE,
        {"path": "/a", "since": date(2026, 10, 2), "until": date(2026, 10, 1), "views": 1},
    ),
    "fewer than no views": (
        tables.ARTICLE_FIGURE,
        {"path": "/a", "since": date(2026, 10, 1), "until": date(2026, 10, 1), "views": -1},
    ),
    "approved by nobody": (
        tables.SHEET,
        {"sheet": "a", "version": "2", "article": "a.md", "state": "approved", "approved_on": date(2026, 10, 1)},
    ),
    "feedback of a deal and a lead": (
        tables.FEEDBACK,
        {"id": "2", "met_on": date(2026, 10, 1), "rep": "甲", "lead": LEAD.id, "deal": "hubspot:1"},
    ),
    "feedback of neither": (tables.FEEDBACK, {"id": "2", "met_on": date(2026, 10, 1), "rep": "甲"}),
    "a temperature of 6": (
        tables.FEEDBACK,
        {"id": "2", "met_on": date(2026, 10, 1), "rep": "甲", "lead": LEAD.id, "temperature": 6},
    ),
    "feedback on an unknown version": (
        tables.FEEDBACK_ITEM,
        {"feedback": "1", "sheet": "a", "version": "9", "verdict": "helped", "conflict": False},
    ),
    "not usable for no reason": (
        tables.FEEDBACK_ITEM,
        {"feedback": "1", "sheet": "a", "version": "1", "verdict": "not_usable", "conflict": False},
    ),
    "a commit that closed nothing": (
        tables.ACTION_ITEM,
        {
            "id": "1",
            "kind": "content",
            "what": "直す",
            "owner": "甲",
            "due": date(2026, 10, 1),
            "closing_commit": "abc",
        },
    ),
}


@pytest.mark.parametrize("impossible", IMPOSSIBLE)
def test_what_cannot_be_is_refused_by_the_schema(store: Engine, impossible: str) -> None:
    table, values = IMPOSSIBLE[impossible]
    with writing(store) as connection:
        put(connection, LEAD)
        connection.execute(insert(tables.SHEET).values(sheet="a", version="1", article="a.md", state="unapproved"))
        connection.execute(insert(tables.FEEDBACK).values(id="1", met_on=date(2026, 10, 1), rep="甲", lead=LEAD.id))
        before = connection.execute(select(table)).all()
    with pytest.raises(IntegrityError), writing(store) as connection:
        connection.execute(insert(table), [values])
    with reading(store) as connection:
        assert connection.execute(select(table)).all() == before


def test_a_revision_is_never_changed_or_deleted(store: Engine) -> None:
    revision = HandoffRevision("1", date(2026, 10, 1), {})
    with writing(store) as connection:
        records.add_revision(connection, revision)
    for statement in (update(tables.HANDOFF_REVISION).values(definition={"a": 1}), tables.HANDOFF_REVISION.delete()):
        with pytest.raises(DBAPIError, match="never changed"), writing(store) as connection:
            connection.execute(statement)
    with reading(store) as connection:
        assert records.revisions(connection) == [revision]


def test_a_rehearsal_and_a_failure_keep_nothing(store: Engine) -> None:
    with rehearsing(store) as connection:
        put(connection, LEAD)
        assert records.leads(connection) == [LEAD]
    with contextlib.suppress(KeyError), writing(store) as connection:
        put(connection, LEAD)
        raise KeyError
    with reading(store) as connection:
        assert records.leads(connection) == []


def test_forgetting_leaves_numbers_of_nobody(store: Engine) -> None:
    handover = Handover(LEAD.id, MOMENT, "crm")
    said = {"id": "1", "met_on": date(2026, 10, 1), "rep": "甲", "deal": DEAL.id, "need": "田中様の部署の話"}
    with writing(store) as connection:
        put(connection, dataclasses.replace(LEAD, mql_at=MOMENT, company="株式会社サンプル"))
        records.apply(connection, Plan(deals=(Change(None, DEAL),)))
        records.apply(connection, Plan(actions=(Change(None, Action(LEAD.id, "問い合わせ", MOMENT)),)))
        records.put_handovers(connection, [Change(None, handover)])
        connection.execute(insert(tables.FEEDBACK).values(said))
    for expected in (1, 0):
        with writing(store) as connection:
            assert records.forget(connection, "a@example.co.jp", date(2026, 11, 1), lambda: "abc") == expected
    scrub(store)
    with reading(store) as connection:
        assert records.leads(connection) == [
            Lead("forgotten:abc", "forgotten", "abc", created_at=MOMENT, mql_at=MOMENT)
        ]
        assert [h.lead for h in records.handovers(connection)] == ["forgotten:abc"]
        assert [d.lead for d in records.deals(connection)] == ["forgotten:abc"]
        assert records.actions(connection) == {}
        assert connection.execute(select(tables.FEEDBACK.c.need, tables.FEEDBACK.c.rep)).all() == [(None, "甲")]
        known = set(connection.scalars(select(tables.FORGOTTEN.c.digest)))
        assert known == {digest("email", "a@example.co.jp"), digest("lead", "hubspot:101")}


def test_what_is_forgotten_is_not_left_in_the_file(tmp_path: Path) -> None:
    engine = open_store(file_url(tmp_path))
    with writing(engine) as connection:
        put(connection, LEAD)
    with writing(engine) as connection:
        records.forget(connection, "a@example.co.jp", date(2026, 11, 1), lambda: "abc")
    assert b"a@example.co.jp" in b"".join(file.read_bytes() for file in (tmp_path / ".msglint").glob("loop.db*"))
    scrub(engine)
    assert b"a@example.co.jp" not in b"".join(file.read_bytes() for file in (tmp_path / ".msglint").glob("loop.db*"))
    engine.dispose()


def test_the_folder_is_closed_to_others_and_to_git(tmp_path: Path) -> None:
    engine = open_store(file_url(tmp_path))
    with reading(engine) as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()
    assert (tmp_path / ".msglint").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / ".msglint" / ".gitignore").read_text() == "*\n"


def test_the_migrations_make_the_tables_that_the_code_has(tmp_path: Path) -> None:
    migrated = open_store(f"sqlite:///{tmp_path / 'migrated.db'}")
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    tables.METADATA.create_all(made)

    def schema(engine: Engine) -> set[str]:
        query = "SELECT sql FROM sqlite_master WHERE type <> 'trigger' AND name NOT LIKE 'alembic%' AND sql IS NOT NULL"
        with engine.connect() as connection:
            return {_sorted_lines(sql) for sql in connection.scalars(text(query))}

    assert schema(migrated) == schema(made)
    assert len(schema(made)) == len(tables.METADATA.tables) + 8  # and the indexes
    migrated.dispose()
    made.dispose()


def _sorted_lines(sql: str) -> str:
    """Return a CREATE statement whose constraints stand in a fixed order."""
    return "\n".join(sorted(line.strip().rstrip(",") for line in sql.splitlines()))


def test_migrations_go_forward_only_and_end_at_the_schema_of_the_code() -> None:
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(msglint.loop.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == tables.SCHEMA
    steps = list(script.walk_revisions())
    assert steps
    assert not any(hasattr(step.module, "downgrade") for step in steps)


def test_a_store_is_migrated_once_however_many_open_it(store_url: str) -> None:
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            open_store(store_url).dispose()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    engine = open_store(store_url)
    assert set(tables.METADATA.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


def test_a_store_of_a_newer_version_is_left_alone(store: Engine, store_url: str) -> None:
    with writing(store) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnusable, match="newer"):
        open_store(store_url)


@pytest.mark.parametrize("url", ["foo", "", "mysql://h/x", "postgresql://u:secret@127.0.0.1:1/x", "sqlite:////no/x.db"])
def test_a_store_that_cannot_be_opened_says_so_in_one_line(url: str) -> None:
    with pytest.raises(StoreUnusable) as raised:
        open_store(url)
    assert all(text and "\n" not in text and "secret" not in text for text in raised.value.text)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(StoreUnusable, match="not a database"):
        open_store(f"sqlite:///{tmp_path / 'x.db'}")
