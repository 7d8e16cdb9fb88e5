"""What abbreviations stand for, where an article says so itself: MQL(Marketing Qualified Lead)."""

from __future__ import annotations

from collections.abc import Iterator

from msglint.expression import expression

_SHORT = r"[A-Z][A-Za-z]{1,7}"
_LONG = r"[A-Za-z]+(?:[ \-‐–][A-Za-z]+)+"
_ABBREVIATION = expression(r"(?<![A-Za-z0-9_./-])" + _SHORT + r"(?![A-Za-z0-9_/-]|\.[A-Za-z])")
_EXPLAINED = expression(
    # MQL(Marketing Qualified Lead) and (MQL: Marketing Qualified Lead)
    rf"(?<![A-Za-z0-9])(?P<short>{_SHORT}) ?(?:[(（]|[:、,：] ?)(?:以下、?|略して)?(?P<long>{_LONG})"
    # Marketing Qualified Lead(MQL)
    rf"|(?<![A-Za-z0-9])(?P<longer>{_LONG}) ?[(（](?:以下、?|略して)?(?P<shorter>{_SHORT})[)）]"
)
_SMALL = frozenset("a an and as at by for in of on or the to with".split())
_WORD = expression("[A-Za-z]+")
_HYPHENS = expression(r"[‐–]")


def abbreviations(text: str) -> frozenset[str]:
    """Return the abbreviations that `text` uses: short words with at least two capitals."""
    return frozenset(found for found in _ABBREVIATION.findall(text) if _is_short(found))


def explained(text: str) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation with what it stands for, where the first letters of the words beside it spell it."""
    for found in _EXPLAINED.finditer(text):
        short, words = found["short"] or found["shorter"], found["long"] or found["longer"]
        if _is_short(short) and (expansion := _spelling(short, words, last=found["longer"] is not None)):
            yield short, expansion


def _is_short(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1


def _spelling(short: str, words: str, *, last: bool) -> str | None:
    """Return those of `words`, from the first or up to the `last`, whose first letters spell `short`."""
    spans = [word.span() for word in _WORD.finditer(words)]
    tried = ((n, len(spans)) for n in range(len(spans) - 1)) if last else ((0, n) for n in range(len(spans), 1, -1))
    for first, behind in tried:
        inside = [words[start:end] for start, end in spans[first:behind]]
        if _SMALL.intersection((inside[0].lower(), inside[-1].lower())):
            continue
        if short.casefold() in (_initials(inside), _initials([w for w in inside if w.lower() not in _SMALL])):
            return _HYPHENS.sub("-", words[spans[first][0] : spans[behind - 1][1]])
    return None


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words).casefold()
