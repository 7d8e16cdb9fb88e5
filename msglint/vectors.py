"""The vectors that models made, in one SQLite file; losing it costs time and nothing else."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from msglint.cache import connect, discard

NAME = "vectors.db"
MOST_BYTES = 256 << 20
"""A quarter of a million sentences at 256 dimensions, 65,000 at 1,024."""
_TABLE = "CREATE TABLE IF NOT EXISTS held (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
_ASKED = 500
"""Keys in one question; older SQLite takes 999."""

T = TypeVar("T")


class VectorStore:
    """Bytes by key in `folder`; every trouble with the file is the same as finding nothing.

    Several processes may use it at once, and a copy in another process opens the file for itself. What is kept is
    written at once. When there is more than `most` bytes, the older half goes. A context manager, which closes it.
    """

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most = most
        self._connection: sqlite3.Connection | None = None
        self._process = 0

    def __reduce__(self) -> tuple[type[VectorStore], tuple[Path, int]]:
        return VectorStore, (self._folder, self._most)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection and self._process == os.getpid():
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None
        self._process = 0

    def held(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return what is kept under those of the keys that are known."""

        def read(connection: sqlite3.Connection) -> dict[bytes, bytes]:
            found = dict[bytes, bytes]()
            for first in range(0, len(keys), _ASKED):
                part = keys[first : first + _ASKED]
                marks = ",".join("?" * len(part))
                found |= connection.execute(f"SELECT key, value FROM held WHERE key IN ({marks})", part).fetchall()
            return {k: v for k, v in found.items() if isinstance(v, bytes)}

        return self._tried(read) or {}

    def keep(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values under their keys."""

        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO held VALUES (?, ?)", values.items())
            if self._size(connection) > self._most:
                with connection:
                    connection.execute(
                        "DELETE FROM held WHERE rowid <= (SELECT (min(rowid) + max(rowid)) / 2 FROM held)"
                    )

        self._tried(write)

    @staticmethod
    def _size(connection: sqlite3.Connection) -> int:
        pages, free, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * size

    def _tried(self, do: Callable[[sqlite3.Connection], T]) -> T | None:
        """Return what `do` gives, None when the file cannot be used; a broken one is deleted for the next time."""
        try:
            connection = self._opened()
            return do(connection) if connection else None
        except sqlite3.OperationalError:  # locked for too long, or the disk is full
            return None
        except sqlite3.DatabaseError:
            self.__exit__(None, None, None)
            with contextlib.suppress(OSError):
                discard(self._folder / NAME)
            return None

    def _opened(self) -> sqlite3.Connection | None:
        if self._process != os.getpid():  # a connection must not be used across a fork
            self._process, self._connection = os.getpid(), None
            with contextlib.suppress(sqlite3.Error, OSError):
                self._connection = connect(self._folder, NAME, _TABLE)
        return self._connection
