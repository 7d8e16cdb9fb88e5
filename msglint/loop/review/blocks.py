"""A review as it is told: sections of blocks in both languages, which every form of output goes through in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from msglint.loop.intervals import Share
from msglint.model import Text

Tone = Literal["", "good", "bad", "warn", "soft"]
Align = Literal["left", "right"]


def same(words: object) -> Text:
    """Return what is the same in both languages: a name, a number, somebody's own words."""
    return Text(str(words), str(words))


def joined(parts: list[Text] | tuple[Text, ...], ja: str = "", en: str = " ") -> Text:
    """Return the parts one after another, with `ja` and `en` between them."""
    kept = [part for part in parts if part.ja or part.en]
    return Text(ja.join(part.ja for part in kept), en.join(part.en for part in kept))


class Mark(NamedTuple):
    """A value over a label: a column of its height, or of a share a dot with its interval; None: nothing to draw."""

    label: Text
    value: float | None
    shown: str
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Columns of a count, or with `top` 1 shares from 0 to 1 with their intervals and a `target`; the last is now."""

    about: Text
    marks: tuple[Mark, ...]
    top: float | None = None
    target: float | None = None


class Knot(NamedTuple):
    """A point of a line with its band."""

    x: float
    y: float
    low: float
    high: float


class Pole(NamedTuple):
    """A place on the x axis that has a name."""

    x: float
    name: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a band around it, and named places on its x axis; `x` and `y` say what the axes are."""

    about: Text
    x: Text
    y: Text
    knots: tuple[Knot, ...]
    poles: tuple[Pole, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One of the figures: its value, what it rests on, how it moved, and what else has to be known of it."""

    title: Text
    value: Text
    basis: Text
    moved: Text
    tone: Tone
    notes: tuple[Text, ...]
    chart: Bars


@dataclass(frozen=True, slots=True)
class Cards:
    """The figures side by side."""

    cards: tuple[Card, ...]


class Choice(NamedTuple):
    """A question to decide, what it rests on, and the id of the section that shows it."""

    ask: Text
    because: Text
    section: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What to decide, with room to write."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `share` is drawn beside its words, `quotes` are somebody's own words, `sub` a smaller line."""

    text: Text
    tone: Tone = ""
    sub: Text | None = None
    share: Share | None = None
    quotes: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row is its head. `printed`: so many rows go on paper, all are on the screen.

    `widths` are those of its columns, in percent.
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: tuple[Align, ...] = ()
    caption: Text | None = None
    printed: int | None = None
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    text: Text
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of which every cell is either covered or a hole."""

    corner: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """A change of a file, as git shows it."""

    text: str


@dataclass(frozen=True, slots=True)
class Signatures:
    """Where both sides sign, each with the role that signed last time ("" where nobody did)."""

    sides: tuple[tuple[Text, str], ...]


Block = Cards | Choices | Table | Paragraph | Matrix | Diff | Signatures | Line


@dataclass(frozen=True, slots=True)
class Section:
    """A section; `new_page`: it begins a page on paper."""

    id: str
    title: Text
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A whole review as it is told."""

    title: Text
    about: Text
    sections: tuple[Section, ...]
    notes: tuple[Text, ...] = field(default=())
