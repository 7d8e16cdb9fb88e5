"""Stores for the tests of the loop: SQLite in a file, and a real PostgreSQL server of the tests' own."""

from __future__ import annotations

import atexit
import functools
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from msglint.loop.store import open_store

_USER = "msglint"
_numbers = itertools.count()


class Absent(Exception):
    """There can be no server here; says why."""


def _program(name: str) -> str:
    places = [os.environ.get("PATH", ""), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        raise Absent(f"{name} of PostgreSQL is not installed")
    return found


def _owner() -> str | None:
    """Return who is to run the server, which refuses to be root's; None: whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    owner = next((name for name in ("postgres", "nobody") if name in known), None)
    if owner is None:
        raise Absent("PostgreSQL does not run as root, and there is no other user")
    return owner


@functools.cache
def _server() -> str | Absent:
    """Start the server of this run of the tests and return the folder of its socket, or why there is none."""
    try:
        initdb, pg_ctl, owner = _program("initdb"), _program("pg_ctl"), _owner()
    except Absent as absent:
        return absent
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if owner is not None:
        shutil.chown(folder, owner)
    data = folder / "data"

    def call(*command: str) -> None:
        subprocess.run(command, cwd="/", user=owner, check=True, stdout=subprocess.DEVNULL)

    def stop() -> None:
        call(pg_ctl, "stop", "-D", str(data), "-m", "immediate", "-s")
        shutil.rmtree(folder, ignore_errors=True)

    call(initdb, "-D", str(data), "-U", _USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c shared_buffers=16MB"
    call(pg_ctl, "start", "-w", "-s", "-D", str(data), "-l", str(folder / "log"), "-o", settings)
    atexit.register(stop)
    return str(folder)


def new_postgresql() -> str:
    """Return the URL of a fresh database; skips the test, with the reason, where there can be no server."""
    import psycopg

    server = _server()
    if isinstance(server, Absent):
        pytest.skip(str(server))
    name = f"test{next(_numbers)}"
    with psycopg.connect(host=server, user=_USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://{_USER}@/{name}?host={server}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty store, of either kind."""
    return new_postgresql() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'loop.db'}"


@pytest.fixture
def store(store_url: str) -> Iterator[Engine]:
    """Give an opened store, of either kind."""
    engine = open_store(store_url)
    yield engine
    engine.dispose()
