"""What was computed before, by key, in one SQLite file; losing it costs time and nothing else."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

FOLDER = ".msglint_cache"
_MOST_ROWS = 50_000
_TABLE = "CREATE TABLE IF NOT EXISTS held (key TEXT PRIMARY KEY, value TEXT NOT NULL)"


def connect(folder: Path, name: str, table: str) -> sqlite3.Connection:
    """Open the SQLite file `name` in `folder`, made anew when it is none, with the `table` that it is to have.

    Raises sqlite3.Error and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    file = folder / name
    try:
        return _connected(file, table)
    except sqlite3.OperationalError:  # somebody else has it, or it cannot be written: no reason to delete it
        raise
    except sqlite3.DatabaseError:
        discard(file)
        return _connected(file, table)


def discard(file: Path) -> None:
    """Delete an SQLite file with its journals, whose pages must not get into the next file of its name."""
    for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        path.unlink(missing_ok=True)


def _connected(file: Path, table: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=1.0)
    try:
        connection.execute("PRAGMA page_size = 16384")  # of the usual 4 KB a value of 2.3 KB leaves almost half empty
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(table)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class Cache:
    """Texts by key in `folder`; every trouble with the file is the same as finding nothing.

    A context manager: what was put is written when it closes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        with contextlib.suppress(sqlite3.Error, OSError):
            self._connection = connect(self._folder, "drafts.db", _TABLE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute(
                    "DELETE FROM held WHERE rowid <= (SELECT max(rowid) FROM held) - ?", (_MOST_ROWS,)
                )
                self._connection.commit()
            self._connection.close()
            self._connection = None

    def get(self, key: str) -> str | None:
        """Return what was put under `key`, or None."""
        if self._connection is None:
            return None
        try:
            row = self._connection.execute("SELECT value FROM held WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return str(row[0]) if row else None

    def put(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (key, value))
