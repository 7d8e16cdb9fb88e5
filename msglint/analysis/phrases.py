"""Finding a guide's phrases in Japanese text, all of them in one go."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from msglint.analysis.literals import Literals
from msglint.analysis.matching import Match, literally, match_at
from msglint.analysis.occurrences import occurrences
from msglint.analysis.pattern import Pattern, bare
from msglint.analysis.tokens import Tokens, pos_of
from msglint.analysis.words import Need, beginnings, need_of
from msglint.model import Places, Span


@functools.lru_cache(maxsize=8192)
def _needs(pattern: Pattern) -> tuple[Need, ...]:
    return tuple(need for element in pattern.elements if (need := need_of(element)))


class _Head(NamedTuple):
    """How a pattern can begin: the normalised forms of its first word, what this begins with; and all as written."""

    keys: frozenset[str]
    beginnings: frozenset[str]
    literal: str


@functools.lru_cache(maxsize=8192)
def _head_of(pattern: Pattern) -> _Head:
    first = pattern.elements[0]
    honorific = {"御"} if first.kind == "動詞" and len(pattern.elements) == 1 else set()
    return _Head(first.keys | {first.lemma, first.surface} | honorific, beginnings(first), bare(pattern.phrase))


class Index:
    """Patterns by the words they begin with, so that a text is gone through once for all of them."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_key: dict[str, list[Pattern]] = {}
        self._by_beginning: dict[str, list[Pattern]] = {}
        self._by_literal: dict[str, list[Pattern]] = {}
        self.patterns = [pattern for pattern in patterns if pattern.elements]
        for pattern in self.patterns:
            self._add(pattern)
        self._automaton = Literals(self._by_literal)

    def _add(self, pattern: Pattern) -> None:
        head = _head_of(pattern)
        for key in head.keys:
            self._by_key.setdefault(key, []).append(pattern)
        for beginning in head.beginnings:
            self._by_beginning.setdefault(beginning, []).append(pattern)
        self._by_literal.setdefault(head.literal, []).append(pattern)

    def narrowed(self, norms: Collection[str], text: str) -> Index:
        """Return the index of the patterns that an article can match: `norms` are its words, `text` is in NFKC."""
        known = self._needed.norms.intersection(norms)
        begun = {beginning for beginning in self._needed.beginnings if beginning in text}
        return Index(p for p in self.patterns if all(need.met(known, begun) for need in _needs(p)))

    @functools.cached_property
    def _needed(self) -> Need:
        """All that any word of the patterns needs."""
        needs = [need for pattern in self.patterns for need in _needs(pattern)]
        return Need(
            frozenset[str]().union(*(need.norms for need in needs)),
            frozenset[str]().union(*(need.beginnings for need in needs)),
        )

    def literals(self, text: str) -> list[str]:
        """Return the phrases that stand in `text` (in NFKC) as they are written: what `find` has to look for."""
        return self._automaton.present(text)

    @property
    def beginnings(self) -> Collection[str]:
        """What the patterns begin with that begin with a word that can be spelt in several ways."""
        return self._by_beginning.keys()

    def knows(self, tokens: Tokens) -> bool:
        """Whether a text has a word that a pattern begins with, whatever its spelling."""
        return not self._by_key.keys().isdisjoint(tokens.norms)

    def find(self, tokens: Tokens, literals: Sequence[str]) -> list[Match]:
        """Return where patterns stand in the text of `tokens`; of one pattern the longest at a place.

        `literals` are those of the article, found once for all its blocks.
        """
        found = list(self._find_words(tokens))
        if literals and (folded := tokens.folded) is not None:
            found += [m for text in literals if text in folded for m in self._find_literal(text, tokens, folded)]
        return _longest(found) if len(found) > 1 else found

    def _find_words(self, tokens: Tokens) -> Iterator[Match]:
        text, keys, by_beginning = tokens.text, self._by_key, self._by_beginning
        near = {i: keys[norm] for i, norm in enumerate(tokens.norms) if norm in keys} if self.knows(tokens) else {}
        spelt: dict[int, list[Pattern]] = {}
        for beginning in [b for b in by_beginning if b in text]:
            for at, _ in occurrences(beginning, text):
                if (i := tokens.starting(at)) is not None:
                    spelt.setdefault(i, []).extend(by_beginning[beginning])
        for i in sorted(near.keys() | spelt.keys()):
            kind, known = pos_of(tokens.pos_ids[i])[0], near.get(i, ())
            alike = (
                p
                for p in dict.fromkeys(spelt.get(i, ()))
                if p.elements[0].kind in (kind, "名詞", "形容詞") and p not in known
            )
            for pattern in (*known, *alike):
                if match := match_at(pattern, tokens, i):
                    yield match

    def _find_literal(self, text: str, tokens: Tokens, folded: str) -> Iterator[Match]:
        return (match for pattern in self._by_literal[text] for match in literally(pattern, tokens, folded))


def _longest(found: list[Match]) -> list[Match]:
    """Of one pattern's matches that overlap keep the longest."""
    kept, places = list[Match](), dict[int, Places]()
    for match in sorted(found, key=lambda m: m.start - m.end):
        if places.setdefault(id(match.pattern), Places()).take(Span(match.start, match.end)):
            kept.append(match)
    return kept
