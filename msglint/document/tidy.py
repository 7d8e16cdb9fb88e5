"""What is taken out of a block's text once all of it is known: line breaks nobody sees, URLs, blanks at the ends."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple, TypeAlias
from unicodedata import east_asian_width

from msglint.document.model import PLACEHOLDER
from msglint.expression import expression

Pieces: TypeAlias = Iterable[tuple[str, tuple[int, int]]]
"""Parts of a text, each with the source offset and length it came from."""


class Edit(NamedTuple):
    """A range of text and what is to stand there instead."""

    start: int
    end: int
    replacement: str


_UNSEEN = expression(r"[\u200b\u2060\ufeff\xad]+")
"""Characters without width; writers put them in so that ** works beside Japanese punctuation."""
_BLANK = " \t\r\n\u200b\u2060\ufeff\xad"
_BREAK = expression(r"(?<![ \t\r\n])[ \t]*+[\r\n][ \t\r\n]*+")
# Bare URLs, ~~ that CommonMark takes for text beside Japanese punctuation, what a site generator fills in, directives.
_NOT_PROSE = expression(
    r"(?i:https?://|www\.)[\w!#$%&'*+,\-./:;=?@~]*[\w#$%&*+\-/=@~]"
    r"(?:[\u3041-\u30ff\u3400-\u9fff]{1,40}[\-./=?&#_%][\w!#$%&*+,\-./:;=?@~]*[\w#$%&*+\-/=@~])*"
    r"(?:(?<=[/=])(?![にがもとでのや]|から|まで|より)(?:(?![をはへ])[\u3041-\u30ff\u3400-\u9fff]){1,40}(?=[\s<)」）]|\Z))?"
    r"|~~[^~\n]{1,300}~~|\{\{.{0,300}?\}\}|\{%.{0,300}?%\}|:::[a-z][^\n]{0,1000}?:::",
    re.ASCII,
)
_CALLOUT = expression(r"\[![A-Za-z][^\]\n]*\][+-]?")
_VARIATIONS = "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


def edits(text: str, soft: Collection[int], *, quote: bool) -> list[Edit]:
    """Return what `text` has to lose, in order; `soft` are the offsets of its soft line breaks.

    In a block `quote` a leading `[!NOTE]` is markup.
    """
    if not text:
        return []
    found = list[Edit]()
    start, end = 0, len(text.rstrip(_BLANK))
    if quote and (callout := _CALLOUT.match(text)):
        start = callout.end()
    while start < len(text) and text[start] in _BLANK:
        start += 1
    if start:
        found.append(Edit(0, start, ""))
    if "\n" in text or "\r" in text:
        found += _breaks(text, start, end, soft)
    if "://" in text or "{{" in text or "{%" in text or ":::" in text or "~~" in text:
        found += [Edit(*m.span(), PLACEHOLDER) for m in _NOT_PROSE.finditer(text, start, end)]
    if "\u200b" in text or "\u2060" in text or "\ufeff" in text or "\xad" in text:
        found += [Edit(*m.span(), "") for m in _UNSEEN.finditer(text, start, end)]
    if start < end < len(text):
        found.append(Edit(end, len(text), ""))
    return _apart(found) if len(found) > 1 else found


def _apart(found: list[Edit]) -> list[Edit]:
    """Return the edits in order, without those that begin inside another."""
    kept = list[Edit]()
    for edit in sorted(found):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _breaks(text: str, start: int, end: int, soft: Collection[int]) -> Iterator[Edit]:
    """Yield what goes around each line break: blanks always, itself when it is soft and not seen."""
    for match in _BREAK.finditer(text, start, end):
        first, last = match.span()
        if last - first == 1:
            if first in soft and joined(text[max(0, first - 2) : first], text[last]):
                yield Edit(first, last, "")
            continue
        newlines = [i for i in range(first, last) if text[i] in "\r\n"]
        kept = [i for i in newlines if i not in soft]
        if not kept and not joined(text[max(0, first - 2) : first], text[last]):
            kept = newlines[:1]
        for a, b in zip([first, *(i + 1 for i in kept)], [*kept, last], strict=True):
            if a < b:
                yield Edit(a, b, "")


def joined(before: str, after: str) -> bool:
    """Whether a line may end between the two and nothing is seen of it, as in Japanese."""
    if "\u3040" <= before[-1:] < "\ua000" and "\u3000" <= after < "\ua000":
        return True
    sides = east_asian_width(before[-1:].strip(_VARIATIONS) or before[-2:-1] or " "), east_asian_width(after)
    wide = [side in "WFH" for side in sides]
    return PLACEHOLDER not in (before[-1:], after) and any(wide) and all(side in "WFHA" for side in sides)


def apply(changes: list[Edit], pieces: Pieces) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield `pieces` with the changes made; a piece whose lengths differ is never cut."""
    todo = iter(changes)
    edit: Edit | None = next(todo)
    at, begun = 0, -1
    for part, (source, width) in pieces:
        n, i = len(part), 0
        if edit is None or at + n <= edit.start:
            yield part, (source, width)
            at += n
            continue
        while i < n:
            bound = n if edit is None else (edit.start if at + i < edit.start else edit.end) - at
            j = n if n != width else min(n, bound)
            place = (source + i, j - i) if n == width else (source, width)
            if edit is None or at + i < edit.start:
                yield part[i:j], place
            else:
                begun = place[0] if begun < 0 else begun
                if at + j >= edit.end:
                    if edit.replacement:
                        yield edit.replacement, (begun, sum(place) - begun)
                    edit, begun = next(todo, None), -1
            i = j
        at += n
