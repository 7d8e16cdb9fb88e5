"""What a browser is given to remember: a signed cookie, in which nothing can be changed, and no secret stands."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

KEY = "portal.key"
DAYS = 14
_SALT = "msglint.portal"
_SIZE = 32


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of a browser.

    `token`: what a form has to carry, so that no other site's form is taken for ours. `user`: who has logged in.
    `mark`: of the password at that time. `name`: who gives feedback, where nobody logs in. `language`: if chosen.
    """

    token: str = ""
    user: str = ""
    mark: str = ""
    name: str = ""
    language: str = ""

    def genuine(self, token: str) -> bool:
        """Whether a form that carries `token` is one of ours, sent by this browser."""
        return bool(self.token) and hmac.compare_digest(self.token.encode(), token.encode("utf-8", "replace"))

    def logged_in(self, user: str, mark: str) -> Session:
        """Return it after a login: with a new token, so that none from before is of use."""
        return replace(fresh(), user=user, mark=mark, language=self.language)


def fresh() -> Session:
    """Return the session of a browser that is not known yet."""
    return Session(secrets.token_urlsafe(24))


def secret(folder: Path) -> bytes:
    """Return the secret that is kept in `folder`, readable by its owner alone; it is made at first. Raises OSError."""
    file = folder / KEY
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        found = file.read_bytes().strip()
        if len(found) >= _SIZE:
            file.chmod(0o600)
            return found
        file.unlink()
        return secret(folder)
    with os.fdopen(handle, "wb") as opened:
        made = secrets.token_urlsafe(_SIZE).encode()
        opened.write(made + b"\n")
    return made


def cookie(secret: bytes) -> str:
    """Return the cookie's name: another one for each portal, since a browser does not tell ports apart."""
    return f"msglint-{hashlib.sha256(secret).hexdigest()[:8]}"


def pack(session: Session, secret: bytes) -> str:
    """Return the cookie's value."""
    return _serializer(secret).dumps({name: value for name, value in asdict(session).items() if value})


def unpack(value: str, secret: bytes) -> tuple[Session, datetime] | None:
    """Return the session in a cookie's value, and when it was given; None for one that is not ours, or too old."""
    try:
        found, given = _serializer(secret).loads(value, max_age=DAYS * 24 * 60 * 60, return_timestamp=True)
        return Session(**{str(name): str(part) for name, part in found.items()}), given
    except (BadData, TypeError, AttributeError):
        return None


def _serializer(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})
