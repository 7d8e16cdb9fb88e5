"""The values every stage shares. Imports nothing from msglint."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

Language = Literal["ja", "en"]


class Text(NamedTuple):
    """One thing said to a person, in both languages, side by side so that neither is forgotten."""

    ja: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the wording for `language`."""
        return self.ja if language == "ja" else self.en


class Severity(StrEnum):
    """How bad a diagnostic is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for error, 1 for warning, 2 for info."""
        return _RANK[self]

    def at_most(self, ceiling: Severity) -> Severity:
        """Return the milder of the two."""
        return max(self, ceiling, key=lambda s: s.rank)


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


class Span(NamedTuple):
    """Half-open range of code points in the source as written (without a BOM)."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character; an empty span overlaps what it lies inside of."""
        return self.start < max(other.end, other.start + 1) and other.start < max(self.end, self.start + 1)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Places:
    """Ranges that are taken; a further one is taken only where it overlaps none of them."""

    def __init__(self) -> None:
        self._taken: list[Span] = []

    def take(self, span: Span) -> bool:
        """Take `span` and return True, or return False when it overlaps what is taken."""
        if not self.free(span):
            return False
        bisect.insort(self._taken, span)
        return True

    def free(self, span: Span) -> bool:
        """Whether `span` overlaps nothing that is taken."""
        at = bisect.bisect_left(self._taken, span)
        return not any(span.overlaps(taken) for taken in self._taken[max(0, at - 1) : at + 2])


class Position(NamedTuple):
    """A place in a file: line and column from 1, offset from 0, all in code points.

    A BOM counts as offset 0 and not as a column.
    """

    line: int
    column: int
    offset: int


class Lines:
    r"""Turns offsets into positions; lines end at \n, \r\n and \r only."""

    def __init__(self, text: str, *, bom: bool = False) -> None:
        self.length = len(text)
        self._bom = int(bom)
        self.starts = [0]
        at = -1
        if "\r" not in text:
            while (at := text.find("\n", at + 1)) >= 0:
                self.starts.append(at + 1)
            return
        for i, character in enumerate(text):
            if character == "\n" or (character == "\r" and text[i + 1 : i + 2] != "\n"):
                self.starts.append(i + 1)

    def position(self, offset: int) -> Position:
        """Return the position of `offset`, an offset in the text without its BOM."""
        line = bisect.bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1, offset + self._bom)

    def span(self, line: int) -> Span:
        """Return the range of `line` (from 1), its line end included."""
        return Span(self.starts[line - 1], self.starts[line] if line < len(self.starts) else self.length)


@dataclass(frozen=True, slots=True)
class Fix:
    """What to put in the place of exactly the reported range; `safe` when no meaning can change."""

    replacement: str
    safe: bool


class Violation(NamedTuple):
    """What a rule yields: a place and a reason, and nothing about the rule itself.

    `entry` is the guide's entry it is about. `severity` is a ceiling the rule proposes. `declared` is
    the severity that the guide's entry asks for itself. `score` is a probability or similarity.
    """

    span: Span
    message: Text
    entry: str | None = None
    score: float | None = None
    severity: Severity | None = None
    declared: Severity | None = None
    fix: Fix | None = None


class Evidence(NamedTuple):
    """What an article says, for rules that compare articles and for the reports that count.

    `about` names the subject ("figure:…", "spelling:…", "entry:…"); `value` is plain JSON.
    """

    span: Span
    about: str
    value: Any = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence with the article and the rule it comes from; `span` is in the article's text without a BOM."""

    path: str
    rule: str
    about: str
    value: Any
    score: float
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A violation stamped by the engine with its rule, severity and place."""

    path: str
    rule: str
    severity: Severity
    message: str
    start: Position
    end: Position
    text: str
    entry: str | None = None
    score: float | None = None
    fix: Fix | None = None

    @property
    def span(self) -> Span:
        """The range in offsets as printed (a BOM counted)."""
        return Span(self.start.offset, self.end.offset)

    @property
    def sort_key(self) -> tuple[int, int, str, str, str]:
        """Source order, then rule, entry and message: reports are the same in every run."""
        return (self.start.offset, self.end.offset, self.rule, self.entry or "", self.message)


class Source(NamedTuple):
    """Bytes, the path they are reported under, and the path that the guide's globs see.

    `path` is relative to the working folder, `guide_path` to the guide's folder; both with `/`.
    """

    path: str
    content: bytes
    guide_path: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """All that checking one article gave: diagnostics in source order, and its evidence."""

    path: str
    diagnostics: tuple[Diagnostic, ...] = ()
    evidence: tuple[Found, ...] = ()


class Problem(NamedTuple):
    """Why an input cannot be used: one line for its owner."""

    path: str
    line: int
    column: int
    message: Text

    def line_in(self, language: Language) -> str:
        """Return `file:line:column: message`."""
        return f"{self.path}:{self.line}:{self.column}: {self.message.in_(language)}"


class InputInvalid(Exception):
    """An input cannot be used; carries all its problems at once, in file order."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column, p.message)))
        super().__init__("\n".join(p.line_in("en") for p in self.problems))


class RuleInfo(NamedTuple):
    """What a report may say about a rule."""

    id: str
    severity: Severity
    summary: Text
    page: Text


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a report is made from: results in path order, the text of each file by path.

    `unreadable` are files that could not be used (they make the exit status 2). `entries` are the guide's
    phrase, term and fact entries by rule, so that statistics can name the ones nothing ever matched.
    """

    guide: str
    language: Language
    results: tuple[Result, ...]
    rules: tuple[RuleInfo, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    unreadable: tuple[Problem, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """All diagnostics, in path and source order."""
        return [d for r in self.results for d in r.diagnostics]


class Complaint(NamedTuple):
    """Sales' word of one deal or lead that this version of a sheet is not usable, and why.

    `feedback` is the id of what was said, `met_on` the day of the meeting. `conflict`: it contradicts another message.
    """

    sheet: str
    version: str
    feedback: str
    met_on: str
    reason: str
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Environment:
    """What a rule needs from outside the article and the guide; part of every cache key.

    `threshold` is the similarity under which a section is off message, as learned for this guide (None: nobody has).
    `complaints` are those about articles as they are committed, by the path that the guide sees; of an article's cache
    key only its own are a part.
    """

    today: date
    language: Language = "ja"
    threshold: float | None = None
    complaints: Mapping[str, tuple[Complaint, ...]] = field(default_factory=dict, repr=False, hash=False)


class Option(NamedTuple):
    """An option a rule takes in the guide's `rules`."""

    name: str
    type: type[Any]
    default: Any
    description: Text
