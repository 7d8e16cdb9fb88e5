"""What a portal is made of: its guide, sheets and store, and how it knows who somebody is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from msglint.guide.model import Guide
from msglint.loop.clock import Clock
from msglint.model import Language
from msglint.sheet.model import Look

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from msglint.loop.review import Holdings


@dataclass(frozen=True, slots=True)
class Local:
    """Nobody logs in, since only this machine is answered; whoever uses it is `person` unless they say otherwise."""

    person: str


@dataclass(frozen=True, slots=True)
class Passwords:
    """People log in with the passwords of `file`, as `msglint serve add-user` writes it."""

    file: Path


@dataclass(frozen=True, slots=True)
class Proxied:
    """A proxy knows who it is, and says so in `header`; it is believed to the addresses of `Settings.proxies` only."""

    header: str


Gate: TypeAlias = Local | Passwords | Proxied


@dataclass(frozen=True, slots=True)
class Settings:
    """What one portal shows, and to whom.

    `folder`: where `msglint sheet` put the sheets. `secret`: what sessions are signed with. `now`: the moment it is
    taken to be. `holdings`: what reviews need to know of the sheets. `proxies`: addresses whose X-Forwarded-For and
    X-Forwarded-Proto are believed. `posts`: how many feedbacks a person may send in a minute.
    """

    guide: Guide
    folder: Path
    look: Look
    engine: Engine
    zone: ZoneInfo
    clock: Clock
    secret: bytes
    gate: Gate
    now: Callable[[], datetime]
    holdings: Callable[[], Holdings]
    language: Language = "ja"
    proxies: frozenset[str] = frozenset()
    posts: int = 30

    @property
    def today(self) -> date:
        """The organisation's day."""
        return self.now().astimezone(self.zone).date()
