"""What was computed before, by key, in one SQLite file; losing it costs time and nothing else."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

FOLDER = ".msglint_cache"
_MOST_ROWS = 50_000


class Cache:
    """Texts by key in `folder`; every trouble with the file is the same as finding nothing.

    A context manager: what was put is written when it closes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        with contextlib.suppress(sqlite3.Error, OSError):
            self._connection = self._open()
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

    def _open(self) -> sqlite3.Connection:
        self._folder.mkdir(parents=True, exist_ok=True)
        ignore = self._folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
        file = self._folder / "drafts.db"
        try:
            return self._connect(file)
        except sqlite3.DatabaseError:
            file.unlink(missing_ok=True)
            return self._connect(file)

    def _connect(self, file: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=1.0)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("CREATE TABLE IF NOT EXISTS held (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

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
