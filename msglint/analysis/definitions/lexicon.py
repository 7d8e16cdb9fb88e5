"""The word lists that definitions are read by, compiled when first asked for."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from msglint.analysis.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Group:
    """Sides of a question of which a definition takes one: 固定 or 変動. `pattern` has a group for each side.

    `flips`: not to be on one of the two sides is to be on the other. `heads`: only the noun that a definition comes
    down to takes a side.
    """

    name: str
    english: str
    pattern: re.Pattern[str]
    sides: int
    flips: bool
    heads: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What lexicon.toml says, ready to be looked up; the comments there say what each list is for."""

    roles: re.Pattern[str]
    overlap: frozenset[tuple[str, str]]
    acts: dict[str, frozenset[str]]
    course: tuple[tuple[str, float], ...]
    occasions: dict[str, str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    apart: frozenset[tuple[str, str]]
    light: frozenset[str]
    measures: re.Pattern[str]
    qualities: tuple[tuple[str, re.Pattern[str]], ...]
    fields: tuple[tuple[str, re.Pattern[str]], ...]


@functools.cache
def lexicon() -> Lexicon:
    """Return the lists of lexicon.toml."""
    raw = _read("lexicon.toml")
    return Lexicon(
        roles=_named(raw["roles"]),
        overlap=_pairs(raw["overlap"]),
        acts={
            name: frozenset(tokenize(word).norms[-1] for word in words.split()) for name, words in raw["acts"].items()
        },
        course=tuple(raw["course"].items()),
        occasions={word: name for name, words in raw["occasions"].items() for word in words.split()},
        kinds=tuple((name, re.compile(f"(?:{_any(words)})$")) for name, words in raw["kinds"].items()),
        apart=_pairs(raw["apart"]),
        light=frozenset(raw["light"]["words"].split()),
        measures=_named(raw["measures"]),
        qualities=tuple((name, re.compile(f"(?:{_any(words)})$")) for name, words in raw["qualities"].items()),
        fields=tuple((name, re.compile(_any(words))) for name, words in _read("opposites.toml")["fields"].items()),
    )


@functools.cache
def groups() -> tuple[Group, ...]:
    """Return the groups of opposites.toml."""
    return tuple(
        Group(
            g["name"],
            g["english"],
            _sides(g["sides"]),
            len(g["sides"]),
            flips=g.get("flips", False),
            heads=g.get("heads", False),
        )
        for g in _read("opposites.toml")["group"]
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


def _any(words: str) -> str:
    return "|".join(words.split())


def _named(lists: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{_any(words)})" for name, words in lists.items()))


def _sides(sides: list[str]) -> re.Pattern[str]:
    # A lookahead finds every side at every place, so that the longer match can be told from the shorter.
    return re.compile("".join(f"(?=(?P<s{n}>{_any(words)})?)" for n, words in enumerate(sides)))


def _pairs(lists: dict[str, str]) -> frozenset[tuple[str, str]]:
    one_way = {(name, other) for name, others in lists.items() for other in others.split()}
    return frozenset(one_way | {(b, a) for a, b in one_way})
