"""A guide that bans its own words: phrases inside claims, terms or their own replacement, and phrases banned twice."""

from __future__ import annotations

import bisect
import contextlib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msglint.guide.extend import PACK
from msglint.guide.literals import needles_of
from msglint.guide.model import Place
from msglint.guide.needles import even
from msglint.guide.page import Read, shortened
from msglint.guide.patterns import matches
from msglint.guide.scalars import pattern_problem
from msglint.model import Problem, Span, Text

_NEGATED = re.compile("ない|なく|なけれ|ません|ず(?:に|、|、)|限ら|言え|言い切れ|誤り")
_BETWEEN = "\0"  # one code point that no phrase has
_REACH = 15  # code points after a phrase within which its negation stands
_WORDS = r"([\u4e00-\u9fff\u3400-\u4dbf々]+)|([ァ-ヴー]+)|([0-9A-Za-z]+)"


class _Use(NamedTuple):
    """Words of the guide that have to stay allowed; `scope` is of the articles that carry them."""

    text: str
    what: Text
    place: Place
    scope: Read | None = None


class _Words:
    """All such words as one text too, so that a phrase is looked for once and not in each of them."""

    def __init__(self, uses: Iterable[_Use]) -> None:
        self.uses = tuple(uses)
        self.text = _BETWEEN.join(use.text for use in self.uses)
        self.evened = even(self.text)
        self.starts = list(itertools.accumulate((len(use.text) + 1 for use in self.uses), initial=0))

    def found(self, entry: Read) -> Iterator[tuple[int, Span]]:
        """Yield which use the entry's phrase stands in, and where in it."""
        if entry.scalar("match") == "regex":  # could match across two of them
            needles = needles_of(entry.scalar("phrase"))
            if needles and not any(needle in self.evened for needle in needles):
                return
            yield from ((i, at) for i, use in enumerate(self.uses) for at in _found(entry, use.text))
            return
        for at in _found(entry, self.text):
            i = bisect.bisect_right(self.starts, at.start) - 1
            yield i, Span(at.start - self.starts[i], at.end - self.starts[i])


def contradictions(guide: Read, path: str) -> Iterator[Problem]:
    """Yield the contradictions of the merged guide, each at the later written of the two places it has."""
    claims = _Words(_claims(guide))
    words = _Words([*claims.uses, *_terms(guide)])
    yield from _opposite(guide)
    yield from _twice(guide.each("banned"))
    for entry in guide.each("banned"):
        yield from _of_entry(entry, words, path)
    for persona in guide.each("personas"):
        yield from _twice(persona.each("avoid"))
        for entry in persona.each("avoid"):
            yield from _of_entry(entry, claims, path, persona.scalar("id"))


def _claims(guide: Read) -> Iterator[_Use]:
    for claim in guide.each("claims"):
        what = Text(f"主張「{claim.scalar('id', '')}」", f"the claim `{claim.scalar('id', '')}`")
        for text in (*filter(None, [claim.get("statement")]), *claim.each("paraphrases")):
            yield _Use(_folded(text.value), what, text.place, claim.get("required_for"))


def _terms(guide: Read) -> Iterator[_Use]:
    for term in filter(None, (entry.get("term") for entry in guide.each("terms"))):
        yield _Use(_folded(term.value), Text(f"用語「{term.value}」", f"the term `{term.value}`"), term.place)


def _opposite(guide: Read) -> Iterator[Problem]:
    for claim in guide.each("claims"):
        said = {text.value: text for text in (*filter(None, [claim.get("statement")]), *claim.each("paraphrases"))}
        for text in claim.each("contradictions"):
            if text.value in said:
                ja, en = (
                    "主張と同じ文が`contradictions`にもあります。",
                    "The claim's own sentence is its contradiction.",
                )
                yield text.problem(ja, en)


def _twice(entries: tuple[Read, ...]) -> Iterator[Problem]:
    first: dict[object, Place] = {}
    for entry in entries:
        phrase = entry.get("phrase")
        if phrase is None:
            continue
        scope = (frozenset(i.value for i in entry.each(key)) for key in ("personas", "stages", "paths"))
        same = (_folded(phrase.value), *scope)
        if earlier := first.get(same):
            ja = f"「{shortened(phrase.value)}」は{earlier.line}行目にもあります。1つにまとめてください。"
            en = f"`{shortened(phrase.value)}` stands on line {earlier.line} too. Make one entry of them."
            yield phrase.problem(ja, en)
        first.setdefault(same, phrase.place)


def _of_entry(entry: Read, words: _Words, path: str, persona: str | None = None) -> Iterator[Problem]:
    phrase = entry.get("phrase")
    if phrase is None or entry.scalar("severity") == "off":
        return
    # The packs' own expressions are tried in msglint's tests: to compile them all again would be half of a start.
    is_pattern = entry.scalar("match") == "regex" and not phrase.place.path.startswith(PACK)
    if is_pattern and (wrong := pattern_problem(phrase.value)):
        yield phrase.problem(*wrong)
        return
    replacement = entry.get("use")
    if replacement and next(_found(entry, _folded(replacement.value)), None):
        instead, own = shortened(replacement.value), shortened(phrase.value)
        ja = f"言い換えの「{instead}」に、使わない表現「{own}」が含まれています。"
        en = f"The replacement `{instead}` contains `{own}` itself."
        yield replacement.problem(ja, en)
    hit = dict.fromkeys(i for i, at in words.found(entry) if not _spared(entry, words.uses[i].text, at))
    for use in (words.uses[i] for i in hit):
        # What the guide itself says wins over a pack's term.
        if use.place.path.startswith(PACK) and phrase.place.path == path:
            continue
        if _overlaps(entry, use) and (persona is None or _meets(use.scope, "personas", {persona})):
            yield _clash(phrase, use, path)


def _clash(phrase: Read, use: _Use, path: str) -> Problem:
    """Point at the phrase, or, when that is in a file the guide only extends, at what it clashes with."""
    inherited = phrase.place.path != path and use.place.path == path
    place, other = (use.place, phrase.place) if inherited else (phrase.place, use.place)
    words = shortened(phrase.value)
    ja = f"使わない表現「{words}」が{use.what.ja}に含まれています({other.path}の{other.line}行目)。"
    en = f"`{words}` is not to be used, but {use.what.en} contains it ({other.path}, line {other.line})."
    if inherited:
        ja += f"取り込んだ表現を外すには、`banned`に`{{phrase: {words}, severity: off}}`と書いてください。"
        en += f" To switch the inherited phrase off, add `{{phrase: {words}, severity: off}}` to `banned`."
    return Problem(place.path, place.line, place.column, Text(ja, en))


def _overlaps(entry: Read, use: _Use) -> bool:
    """Whether an article can fall under both."""
    return all(
        key not in entry.value or _meets(use.scope, key, {item.value for item in entry.each(key)})
        for key in ("personas", "stages")
    )


def _meets(scope: Read | None, key: str, names: set[str]) -> bool:
    return scope is None or key not in scope.value or any(item.value in names for item in scope.each(key))


def _found(entry: Read, text: str) -> Iterator[Span]:
    """Yield where the entry's phrase stands in `text`, as a word of its own; a pattern wherever it matches."""
    phrase = entry.scalar("phrase")
    if entry.scalar("match") == "regex":
        with contextlib.suppress(TimeoutError):
            yield from (Span(*at) for at in matches(phrase, text))
    else:
        phrase, at = _folded(phrase), -1
        while (at := text.find(phrase, at + 1)) >= 0:
            if not (_joined(text, at) or _joined(text, at + len(phrase))):
                yield Span(at, at + len(phrase))


def _joined(text: str, at: int) -> bool:
    """Whether a word of kanji, katakana or letters goes on across `at`: 部長 is no word of 本部長, ROI none of ROIC."""
    return any(m.start() < at < m.end() for m in re.compile(_WORDS).finditer(text, max(0, at - 1), at + 1))


def _spared(entry: Read, text: str, at: Span) -> bool:
    unless = {item.value for item in entry.each("unless")}
    if "negated" in unless and _NEGATED.search(text, at.end, at.end + _REACH):
        return True
    before, after = text[: at.start], text[at.end :]
    return "quoted" in unless and any(
        before.count(a) > before.count(b) and b in after for a, b in ("「」", "『』", "“”")
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
