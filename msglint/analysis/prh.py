"""Finding what a prh dictionary finds: its patterns over the readable text as it is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msglint.analysis.same import Same
from msglint.analysis.sieve import Sieve
from msglint.guide.model import PrhRule, PrhSpec
from msglint.guide.prhpattern import REFERENCE


class PrhMatch(NamedTuple):
    """A place that a rule would change, as a half-open range of the text, and what would stand there then."""

    rule: PrhRule
    start: int
    end: int
    replacement: str


def prh_matches(text: str, rules: Sequence[PrhRule]) -> Iterator[PrhMatch]:
    """Yield what `rules` would change in `text`, in order and apart from each other.

    Of several at one place the longest wins, of several that overlap the first. Keep `rules` one object: what is
    prepared for them is kept by identity.
    """
    found = [match for i in _sieve(Same(rules)).passing(text) for match in _changes(rules[i], text)]
    end = 0
    for match in sorted(found, key=lambda m: (m.start, -m.end)):
        if match.start >= end:
            yield match
            end = match.end


def failing_specs(rules: Sequence[PrhRule]) -> tuple[tuple[PrhSpec, str], ...]:
    """Return the specs that do not hold, each with what its own rule (as in prh, no other) makes of it."""
    return tuple(
        (spec, got) for rule in rules for spec in rule.specs if (got := _applied(rule, spec.before)) != spec.after
    )


def _applied(rule: PrhRule, text: str) -> str:
    for match in reversed(list(prh_matches(text, (rule,)))):
        text = text[: match.start] + match.replacement + text[match.end :]
    return text


def _changes(rule: PrhRule, text: str) -> Iterator[PrhMatch]:
    for found in _compiled(rule.pattern, rule.flags).finditer(text):
        start, end = found.span()
        if found[0] == rule.expected or any(_group(found, name) for name in rule.must_empty):
            continue
        replacement = REFERENCE.sub(functools.partial(_substitute, found), rule.expected)
        if start == end and replacement and text:
            start, end, replacement = _widened(text, start, replacement)
        if start < end and replacement != text[start:end] and not _is_there(text, start, end, replacement):
            yield PrhMatch(rule, start, end, replacement)


def _group(found: Any, name: str) -> str:
    number = int(name[1:])
    return found[number] or "" if number <= found.re.groups else ""


def _substitute(found: Any, reference: re.Match[str]) -> str:
    number = int(reference[1])
    return found[number] or "" if 1 <= number <= found.re.groups else reference[0]


def _widened(text: str, at: int, inserted: str) -> tuple[int, int, str]:
    """Return an insertion as the change of a neighbouring character, because a report has to point at something."""
    if at < len(text):
        return at, at + 1, inserted + text[at]
    return at - 1, at, text[at - 1] + inserted


def _is_there(text: str, start: int, end: int, replacement: str) -> bool:
    """Whether the text around the match reads as the replacement already (サーバ inside サーバー, for サーバー)."""
    at = replacement.find(text[start:end])
    while at >= 0:
        if text.startswith(replacement, start - at) and start >= at:
            return True
        at = replacement.find(text[start:end], at + 1)
    return False


@functools.lru_cache(maxsize=8192)
def _compiled(pattern: str, flags: str) -> Any:
    import regex

    return regex.compile(pattern, regex.VERSION0 | (regex.IGNORECASE if "i" in flags else 0))


@functools.lru_cache(maxsize=16)
def _sieve(rules: Same[Sequence[PrhRule]]) -> Sieve:
    return Sieve([rule.needles for rule in rules.it])
