"""Sides that two definitions take in one question (固定 or 変動), and the fields that they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.analysis.definitions.kinds import head
from msglint.analysis.definitions.lexicon import Group, groups, lexicon
from msglint.analysis.definitions.reading import Difference, Reading, read
from msglint.model import Text

_ENOUGH = (2, 3)
"""Words of one field, at least, by which the guide's and the article's definition are known to speak of it."""


def opposed(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield each question in which the two take sides that exclude one another."""
    return _opposed(guide, article, heads=False)


def opposed_heads(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where the nouns that the two come down to are opposites: 費用 and 収益."""
    ours, theirs = head(guide), head(article)
    if ours and theirs and ours.words != theirs.words:
        for found in _opposed(read(ours.words), read(theirs.words), heads=True):
            yield Difference(found.aspect, ours.words, theirs.words, theirs.at)


def _opposed(guide: Reading, article: Reading, *, heads: bool) -> Iterator[Difference]:
    for group in groups():
        theirs = _taken(group, article) if heads or not group.heads else {}
        if theirs and (ours := _taken(group, guide)) and not ours.keys() & theirs.keys():
            words, at = next(iter(theirs.values()))
            yield Difference(Text(group.name, group.english), next(iter(ours.values()))[0], words, at)


def _taken(group: Group, reading: Reading) -> dict[int, tuple[str, int]]:
    """Return the sides a definition takes, each with its words and their place."""
    found = [
        (match.start(f"s{n}"), match.end(f"s{n}"), n)
        for match in group.pattern.finditer(reading.text)
        for n in range(group.sides)
        if match[f"s{n}"]
    ]
    taken = dict[int, tuple[str, int]]()
    for start, end, side in found:
        if any(a <= start and end <= b and b - a > end - start and other != side for a, b, other in found):
            continue
        if not reading.holds(start, end):
            continue
        words = reading.text[start:end]
        if "まだ" in words or not reading.denied(end):
            taken.setdefault(side, (words, start))
        elif group.flips:
            taken.setdefault(1 - side, (f"{words}…ない", start))
    return taken


def elsewhere(guide: Reading, article: Reading) -> Iterator[Difference]:
    """Yield a difference where the two speak of fields that have nothing in common."""
    ours, theirs = _fields(guide), _fields(article)
    if not ours or not theirs or ours.keys() & theirs.keys():
        return
    most = [max(len(words) for words in found.values()) for found in (ours, theirs)]
    if most[0] >= _ENOUGH[0] and most[1] >= _ENOUGH[1]:
        at, _ = next(iter(theirs.values()))[0]
        yield Difference(_FIELD, _listed(ours), _listed(theirs), at)


_FIELD = Text("何についての言葉か", "the field it belongs to")


def _fields(reading: Reading) -> dict[str, list[tuple[int, str]]]:
    found = dict[str, list[tuple[int, str]]]()
    for name, pattern in lexicon().fields:
        words = {m.group(): m.start() for m in pattern.finditer(reading.text)}
        if words:
            found[name] = [(at, word) for word, at in words.items()]
    return found


def _listed(found: dict[str, list[tuple[int, str]]]) -> str:
    most = max(found.values(), key=len)
    return "・".join(word for _, word in most[:3])
