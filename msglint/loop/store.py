"""Opens the store: SQLite in a file, or PostgreSQL by URL, brought to today's schema first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from msglint.loop.model import StoreUnusable
from msglint.loop.tables import SCHEMA

FOLDER = ".msglint"
NAME = "loop.db"
_LOCK = 0x6D73676C  # one number for all of msglint, so that two calls wait for one another
_BUSY_MS = 10_000


def open_store(url: str | URL) -> Engine:
    """Return the store at `url`, with the schema of this version; raises StoreUnusable."""
    engine = _engine(url)
    try:
        _migrate(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise _unusable(engine.url, error) from error
    except StoreUnusable:
        engine.dispose()
        raise
    return engine


def file_url(root: Path) -> URL:
    """Return where the store of the content repository `root` lies; its folder is made, closed to others and to git."""
    folder = root / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise StoreUnusable(
            f"{folder} を使えません({error.strerror})。", f"The folder {folder} cannot be used ({error.strerror})."
        ) from error
    return URL.create("sqlite", database=str(folder / NAME))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the store."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection of which all is kept or, when an exception leaves it, nothing; one writer at a time."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _wait_for_turn(connection)
        yield connection


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that writes as `writing` does, and of which nothing is kept."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin() as transaction:
        _wait_for_turn(connection)
        yield connection
        transaction.rollback()


def scrub(engine: Engine) -> None:
    """Overwrite what was deleted where SQLite still has it; PostgreSQL's own vacuum does that in its time."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _engine(url: str | URL) -> Engine:
    try:
        made = make_url(url)
        if made.drivername in ("postgres", "postgresql"):
            made = made.set(drivername="postgresql+psycopg")
        if made.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError
        engine = create_engine(made)
    except (ArgumentError, ValueError) as error:
        raise StoreUnusable(
            "MSGLINT_DATABASE_URL を読めません。postgresql://利用者@ホスト/データベース の形で書いてください。",
            "MSGLINT_DATABASE_URL cannot be read. Write it like postgresql://user@host/database.",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, so that they hold what makes tables, too
    for pragma in (f"busy_timeout = {_BUSY_MS}", "journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    writes = options.get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with reading(engine) as connection:
        if _schema(connection) == SCHEMA:
            return
    with writing(engine) as connection:
        found = _schema(connection)
        if found is not None and found > SCHEMA:
            raise StoreUnusable(
                "保存先は、より新しい msglint で作られています。msglint を更新してください。",
                "The store was made by a newer msglint. Update msglint.",
            )
        if found != SCHEMA:
            _upgrade(connection)


def _schema(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _unusable(url: URL, error: SQLAlchemyError) -> StoreUnusable:
    shown = url.render_as_string(hide_password=True)
    why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    return StoreUnusable(f"保存先 {shown} を使えません({why})。", f"The store {shown} cannot be used ({why}).")
