"""The file of those who may log in: a line each, the name and the argon2 hash of the password."""

from __future__ import annotations

import functools
import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from msglint.loop.model import Misread

MODE = 0o600
SHORTEST, LONGEST = 10, 1_000
_LONGEST_NAME = 64
_HASHING = threading.Semaphore(2)  # a hash takes 64 MiB: many logins at once must not take the machine


def name_of(written: str) -> str:
    """Return a name as it is compared; raises Misread for one that cannot be a user's."""
    name = unicodedata.normalize("NFKC", written).strip()
    if not name or len(name) > _LONGEST_NAME or ":" in name or not name.isprintable() or name.startswith("#"):
        raise Misread(
            f"利用者の名前は1〜{_LONGEST_NAME}文字で、「:」を含まず、「#」で始まらないものにしてください。",
            f"A user's name has 1 to {_LONGEST_NAME} characters, no colon, and does not begin with #.",
        )
    return name


def password_of(written: str) -> str:
    """Return a password as it is hashed, however wide its characters were typed; raises Misread for one too short."""
    password = unicodedata.normalize("NFKC", written)
    if not SHORTEST <= len(password) <= LONGEST:
        raise Misread(
            f"パスワードは{SHORTEST}〜{LONGEST}文字にしてください。",
            f"A password has {SHORTEST} to {LONGEST} characters.",
        )
    return password


def users(file: Path) -> Mapping[str, str]:
    """Return the hash of each user's password, read anew once the file changes; raises Misread or OSError."""
    stat = file.stat()
    return _read(file, (stat.st_mtime_ns, stat.st_size, stat.st_ino))


@functools.lru_cache(maxsize=4)
def _read(file: Path, _: object) -> Mapping[str, str]:
    found = {}
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        lines = [""]
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, hash = line.strip().partition(":")
        if not colon or not hash.startswith("$argon2"):
            raise Misread(
                f"{file} の{number}行目が読めません。msglint serve add-user で作ってください。",
                f"Line {number} of {file} cannot be read. Make the file with msglint serve add-user.",
            )
        found[unicodedata.normalize("NFKC", name)] = hash
    if not found:
        raise Misread(
            f"{file} に利用者がいません。msglint serve add-user で加えてください。",
            f"There is nobody in {file}. Add users with msglint serve add-user.",
        )
    return found


def added(content: str, name: str, password: str) -> str:
    """Return the file's `content` with `name`, whose former password no longer holds; raises Misread."""
    from argon2 import PasswordHasher

    user = name_of(name)
    line = f"{user}:{PasswordHasher().hash(password_of(password))}"
    kept = [one for one in content.splitlines() if unicodedata.normalize("NFKC", one.partition(":")[0]) != user]
    return "".join(f"{one}\n" for one in [*kept, line])


def admits(known: Mapping[str, str], name: str, password: str) -> bool:
    """Whether `password` is that of `name`; takes as long when there is nobody of that name."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    with _HASHING:
        try:
            right = PasswordHasher().verify(known.get(name) or _nobodys(), unicodedata.normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
    return right and name in known


@functools.cache
def _nobodys() -> str:
    from argon2 import PasswordHasher

    return PasswordHasher().hash(secrets.token_urlsafe())


def mark(hash: str) -> str:
    """Return what a session remembers of a password's hash, so that it ends when the password changes."""
    return hashlib.sha256(hash.encode()).hexdigest()[:16]


def typed(name: str) -> str:
    """Return a name that somebody typed as it is compared."""
    return unicodedata.normalize("NFKC", name).strip()[:_LONGEST_NAME]
