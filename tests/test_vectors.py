"""The file in which vectors are kept."""

from __future__ import annotations

import multiprocessing
import pickle
import sqlite3
from pathlib import Path

import pytest

from msglint.vectors import NAME, VectorStore


def values(first: int, count: int, size: int = 64) -> dict[bytes, bytes]:
    return {f"key {i}".encode(): f"{i:08}".encode().ljust(size, b".") for i in range(first, first + count)}


def test_what_is_kept_is_held(tmp_path: Path) -> None:
    kept = values(0, 1200)
    with VectorStore(tmp_path / "cache") as store:
        assert store.held(list(kept)) == {}
        store.keep(kept)
        assert store.held([*kept, b"unknown"]) == kept
        store.keep({b"key 1": b"new"})
    with VectorStore(tmp_path / "cache") as store:
        assert store.held([b"key 1", b"key 2"]) == {b"key 1": b"new", b"key 2": kept[b"key 2"]}
        assert store.held([]) == {}
    assert (tmp_path / "cache/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_broken_file_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with VectorStore(tmp_path) as store:
        assert store.held([b"key 1"]) == {}
        store.keep(values(0, 3))
        assert len(store.held(list(values(0, 3)))) == 3


def test_a_file_that_is_broken_inside_is_made_anew_for_the_next_time(tmp_path: Path) -> None:
    kept = values(0, 2000)
    with VectorStore(tmp_path) as store:
        store.keep(kept)
    file = tmp_path / NAME
    content = bytearray(file.read_bytes())
    content[8192:-8192] = b"\xa5" * (len(content) - 16384)
    file.write_bytes(content)
    with VectorStore(tmp_path) as store:
        assert store.held(list(kept)) == {}
    with VectorStore(tmp_path) as store:
        store.keep(kept)
        assert store.held(list(kept)) == kept


def test_a_table_of_another_make_is_no_trouble(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / NAME)
    connection.execute("CREATE TABLE held (other TEXT)")
    connection.close()
    with VectorStore(tmp_path) as store:
        store.keep(values(0, 3))
        assert store.held(list(values(0, 3))) == {}


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with VectorStore(tmp_path / "file") as store:
        store.keep(values(0, 3))
        assert store.held(list(values(0, 3))) == {}


def test_the_older_half_goes_when_there_is_too_much(tmp_path: Path) -> None:
    with VectorStore(tmp_path, most=1 << 20) as store:
        for first in range(0, 4000, 100):
            store.keep(values(first, 100, size=1024))
        held = store.held(list(values(0, 4000)))
        assert b"key 3999" in held
        assert b"key 0" not in held
        assert 300 < len(held) < 1024
    assert sum(file.stat().st_size for file in tmp_path.glob(f"{NAME}*")) < 3 << 20


def _write(arguments: tuple[VectorStore, int]) -> int:
    store, first = arguments
    for i in range(20):
        store.keep(values(first + 10 * i, 10))
    return len(store.held(list(values(first, 200))))


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    with VectorStore(tmp_path) as store:
        store.keep(values(0, 1))
        with multiprocessing.get_context("fork").Pool(4) as pool:
            assert pool.map(_write, [(store, first) for first in (1000, 2000, 3000, 4000)]) == [200] * 4
        assert len(store.held(list(values(0, 5000)))) == 801
        assert len(pickle.loads(pickle.dumps(store)).held(list(values(0, 5000)))) == 801
