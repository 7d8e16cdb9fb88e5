"""JavaScript's regular expressions as prh runs them (always with g, m and u), as sources for Python's `regex`."""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn

from msglint.guide import needles
from msglint.guide.jschars import (
    ANY,
    LINE_ENDS,
    WORD,
    WORD_IN_ANY_CASE,
    JsRegexError,
    quoted,
    read_character,
    read_class,
    read_shorthand,
)
from msglint.guide.needles import Needles
from msglint.model import Text

_DEPTH = 50
_REPEATS = 10_000
_OPENINGS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|(\((?:(?!\?)|\?<(?![=!])([^>]*)>))", re.DOTALL)
_NAMED = re.compile(r"\(\?<([^>]*)>")
_NUMBER = re.compile(r"\\([1-9][0-9]*)")
_NAME = re.compile(r"\\k<([^>]*)>")
_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_SIGNS = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")
UNLIKE = Text(
    "繰り返しの中の「( )」の内容は、JavaScriptとPythonで食い違います。繰り返しの外に出してください。",
    "What a group inside a repetition holds differs between JavaScript and Python. Move it out of the repetition.",
)


class Translated(NamedTuple):
    """A source for `regex.compile`, how many groups it has, and literals one of which is in every match, evened out.

    `unlike` are the groups that keep an earlier round's text in Python where JavaScript empties them.
    """

    pattern: str
    groups: int
    needles: tuple[str, ...]
    unlike: frozenset[int]


class _Part(NamedTuple):
    """A translated piece: its source, its needles, the groups in it, and those of them that may be left out."""

    source: str
    needles: Needles = needles.NOTHING
    groups: frozenset[int] = frozenset()
    skipped: frozenset[int] = frozenset()


def translate(source: str, *, ignore_case: bool = False, dot_all: bool = False) -> Translated:
    """Return the Python pattern that matches what JavaScript's `source` matches.

    Raises JsRegexError for what JavaScript refuses and for what Python cannot express.
    """
    reader = _Reader(source, ignore_case=ignore_case, dot_all=dot_all)
    part = reader.alternatives(0)
    if reader.at < len(source):
        reader.refuse("「)」に対応する「(」がありません。", "This `)` closes nothing.")
    if reader.unlike & reader.referenced:
        reader.refuse(UNLIKE.ja, UNLIKE.en)
    return Translated(part.source, len(reader.names), tuple(sorted(part.needles.some)), frozenset(reader.unlike))


class _Reader:
    """Goes through a pattern once, from left to right."""

    def __init__(self, source: str, *, ignore_case: bool, dot_all: bool) -> None:
        self.source, self.at = source, 0
        self.names = [m[2] for m in _OPENINGS.finditer(source) if m[1]]
        self.unlike, self.referenced = set[int](), set[int]()
        self._opened, self._open = 0, set[int]()
        self._ignore_case = ignore_case
        self._dot = ANY if dot_all else f"[^{LINE_ENDS}]"
        word = WORD_IN_ANY_CASE if ignore_case else WORD
        self._positions = {
            "^": f"(?<![^{LINE_ENDS}])",
            "$": f"(?![^{LINE_ENDS}])",
            r"\b": f"(?:(?<=[{word}])(?![{word}])|(?<![{word}])(?=[{word}]))",
            r"\B": f"(?:(?<=[{word}])(?=[{word}])|(?<![{word}])(?![{word}]))",
        }

    def refuse(self, ja: str, en: str, at: int | None = None) -> NoReturn:
        """Give up at the current character, or at the one given."""
        raise JsRegexError(ja, en, self.at if at is None else at)

    def _eat(self, text: str) -> bool:
        eaten = self.source.startswith(text, self.at)
        self.at += len(text) * eaten
        return eaten

    def alternatives(self, depth: int) -> _Part:
        """Read up to the closing bracket or the end."""
        if depth > _DEPTH:
            self.refuse("「(」の入れ子が深すぎます。", "Brackets are nested too deeply.")
        parts = [self._sequence(depth)]
        while self._eat("|"):
            parts.append(self._sequence(depth))
        if len(parts) == 1:
            return parts[0]
        groups = frozenset[int]().union(*(p.groups for p in parts))
        source = "|".join(p.source for p in parts)
        return _Part(source, needles.alternatives([p.needles for p in parts]), groups, groups)

    def _sequence(self, depth: int) -> _Part:
        parts = list[_Part]()
        while self.at < len(self.source) and self.source[self.at] not in "|)":
            parts.append(self._term(depth))
        return _Part(
            "".join(p.source for p in parts),
            needles.sequence([p.needles for p in parts]),
            frozenset[int]().union(*(p.groups for p in parts)),
            frozenset[int]().union(*(p.skipped for p in parts)),
        )

    def _term(self, depth: int) -> _Part:
        start, sign = self.at, self.source[self.at]
        if sign in _SIGNS or _COUNT.match(self.source, start):
            self.refuse(
                f"「{sign}」の前に、繰り返すものがありません。文字そのものなら「\\{sign}」と書きます。",
                f"There is nothing for `{sign}` to repeat. For the character itself write `\\{sign}`.",
            )
        if position := self._position(depth):
            if self._bounds():
                self.refuse("^、$、\\b、先読みなどの条件は繰り返せません。", "An assertion cannot be repeated.", start)
            return position
        part = self._atom(depth)
        bounds = self._bounds()
        return self._repeated(part, *bounds) if bounds else part

    def _repeated(self, part: _Part, least: int, most: int | None, written: str) -> _Part:
        if most is None or most > 1:
            self.unlike |= part.skipped
        skipped = part.skipped if least else part.groups
        return _Part(f"{part.source}{written}", needles.repeated(part.needles, least, most), part.groups, skipped)

    def _bounds(self) -> tuple[int, int | None, str] | None:
        sign = self.source[self.at : self.at + 1]
        if sign in _SIGNS:
            (least, most), written = _SIGNS[sign], sign
        elif count := _COUNT.match(self.source, self.at):
            written, least = count[0], int(count[1])
            most = least if not count[2] else int(count[3]) if count[3] else None
        else:
            return None
        if max(least, most or 0) > _REPEATS or (most is not None and most < least):
            self.refuse(
                f"回数「{written}」が逆か、大きすぎます。", f"The count {written} is out of order or too large."
            )
        self.at += len(written)
        return least, most, written + "?" * self._eat("?")

    def _position(self, depth: int) -> _Part | None:
        for sign, source in self._positions.items():
            if self._eat(sign):
                return _Part(source)
        for sign in _LOOKS:
            if self._eat(sign):
                inner = self._closed(depth, self.at - len(sign))
                return _Part(f"{sign}{inner.source})", needles.NOTHING, inner.groups, inner.groups)
        return None

    def _closed(self, depth: int, start: int) -> _Part:
        part = self.alternatives(depth + 1)
        if not self._eat(")"):
            self.refuse("「(」が閉じていません。", "This `(` is never closed.", start)
        return part

    def _atom(self, depth: int) -> _Part:
        character = self.source[self.at]
        if character == "(":
            return self._group(depth)
        if character == "[":
            source, known, self.at = read_class(self.source, self.at, ignore_case=self._ignore_case)
            return _Part(source, known)
        if character == "\\":
            return self._escape()
        self.at += 1
        return _Part(self._dot, needles.UNKNOWN) if character == "." else self._literal(character)

    def _literal(self, character: str) -> _Part:
        return _Part(quoted(character), needles.characters([character], ignore_case=self._ignore_case))

    def _group(self, depth: int) -> _Part:
        start = self.at
        if self._eat("(?:"):
            inner = self._closed(depth, start)
            return inner._replace(source=f"(?:{inner.source})")
        if named := _NAMED.match(self.source, start):
            if not named[1].isidentifier() or self.names.count(named[1]) > 1:
                self.refuse(f"グループ名「{named[1]}」は使えません。", f"A group cannot be called {named[1]!r} here.")
            self.at = named.end()
        elif self.source.startswith("(?", start):
            self.refuse("「(?」の後ろの書き方がJavaScriptにありません。", "JavaScript has no group of this kind.")
        else:
            self.at += 1
        self._opened += 1
        number = self._opened
        self._open.add(number)
        inner = self._closed(depth, start)
        self._open.remove(number)
        return inner._replace(source=f"({inner.source})", groups=inner.groups | {number})

    def _escape(self) -> _Part:
        if shorthand := read_shorthand(self.source, self.at, ignore_case=self._ignore_case):
            members, self.at = shorthand
            return _Part(f"[{members}]", needles.UNKNOWN)
        if number := _NUMBER.match(self.source, self.at):
            return self._reference(int(number[1]), number.end())
        if name := _NAME.match(self.source, self.at):
            known = name[1] in self.names
            return self._reference(self.names.index(name[1]) + 1 if known else len(self.names) + 1, name.end())
        character, self.at = read_character(self.source, self.at)
        return self._literal(character)

    def _reference(self, number: int, end: int) -> _Part:
        written = self.source[self.at : end]
        if number > len(self.names):
            self.refuse(f"「{written}」が指す「( )」がありません。", f"There is no group that `{written}` could mean.")
        self.at = end
        if number in self._open:  # empty text from inside itself
            return _Part("(?:)")
        self.referenced.add(number)
        # A group that took no part is empty text in JavaScript, and a failure in Python.
        return _Part(f"(?:(?({number})\\{number}|))", needles.UNKNOWN)
