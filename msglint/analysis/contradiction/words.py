"""The lexicon of polarity: which words say more or less, done or given up, good or bad, and which are opposites."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

_PREFIXES = frozenset("不無非未脱反")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they do. Keys are normalised forms, several morphemes joined by a blank.

    `predicates` gives -1 or 1 for what a predicate does to what it is said of (減らす -1), `judgements` likewise for
    being needed (不要 -1), `wrong` the words that call a statement wrong, `outcomes` how good a thing is to have,
    `axes` for each pair of poles the words on them with their sign, `frames` the words by which a clause is ascribed
    to somebody and taken back, `clauses` those that only hold clauses together.
    """

    predicates: Mapping[str, int]
    judgements: Mapping[str, int]
    wrong: frozenset[str]
    outcomes: Mapping[str, int]
    axes: Mapping[str, Mapping[str, int]]
    frames: Mapping[str, frozenset[str]]
    clauses: Mapping[str, frozenset[str]]


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon that stands beside this module."""
    raw = tomllib.loads((files(__package__) / "lexicon.toml").read_text(encoding="utf-8"))
    said, outcome = raw["predicate"], raw["outcome"]
    wrong = _keys(said["wrong"])
    return Lexicon(
        predicates=dict.fromkeys(_keys(said["up"]), 1) | dict.fromkeys(_keys(said["down"]) | _keys(said["stop"]), -1),
        judgements=dict.fromkeys(_keys(said["needed"]), 1) | dict.fromkeys(_keys(said["unneeded"]) | wrong, -1),
        wrong=frozenset(wrong),
        outcomes=dict.fromkeys(_keys(outcome["good"]), 1) | dict.fromkeys(_keys(outcome["bad"]), -1),
        axes={name: _poles(poles["plus"], poles["minus"]) for name, poles in raw["axes"].items()},
        frames={name: frozenset(_keys(words)) for name, words in raw["frame"].items()},
        clauses={name: frozenset(words.split()) for name, words in raw["clause"].items()},
    )


def value(table: Mapping[str, int], norms: Sequence[str], at: int) -> int:
    """Return what `table` says of the morpheme at `at`, of words of several morphemes that it belongs to first.

    A prefix that denies (不, 無, 非) turns the value round.
    """
    for first, behind in ((at, at + 3), (at, at + 2), (at - 1, at + 1), (at - 2, at + 1)):
        if first >= 0 and (found := table.get(" ".join(norms[first:behind]))) and behind - first > 1:
            return found
    word = norms[at]
    found = table.get(word, 0)
    if not found and len(word) > 1 and word[0] in _PREFIXES:
        found = -table.get(word[1:], 0)
    return -found if at and norms[at - 1] in _PREFIXES else found


def is_denied_by_prefix(norms: Sequence[str], at: int) -> bool:
    """Whether a prefix denies the morpheme at `at` (未|達成)."""
    return at > 0 and norms[at - 1] in _PREFIXES


@functools.cache
def opposes(norm: str) -> bool:
    """Whether a word can turn a sentence against something: a negation, a comparison, a limit, anything bad or less."""
    words = lexicon()
    bad = any(table.get(norm, 0) < 0 for table in (words.predicates, words.judgements, words.outcomes))
    return bad or norm in words.clauses["turning"] or (len(norm) > 1 and norm[0] in _PREFIXES)


def _poles(plus: str, minus: str) -> dict[str, int]:
    high, low = _keys(plus), _keys(minus)
    return dict.fromkeys(high - low, 1) | dict.fromkeys(low - high, -1)


def _keys(words: str) -> set[str]:
    return {word.replace("+", " ") for word in words.split()}
