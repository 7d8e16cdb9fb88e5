"""A review as text for a terminal: the same blocks in the same order as every other form."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msglint.loop.review.blocks import (
    Bars,
    Block,
    Card,
    Cards,
    Cell,
    Choices,
    Diff,
    Line,
    Mark,
    Matrix,
    Page,
    Paragraph,
    Signatures,
    Table,
)
from msglint.model import Language, Text


def text(page: Page, language: Language) -> str:
    """Return the page as text, a line for each thing that is said."""
    return "".join(f"{line}\n" for line in _page(page, language))


def plain(words: str) -> str:
    """Return words of others on one line, without what a terminal would take for a command."""
    return "".join(c for c in " ".join(words.split()) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def series(chart: Bars, language: Language) -> str:
    """Return the values of a chart in words."""
    between = Text("、", ", ").in_(language)
    return between.join(f"{mark.label.in_(language)} {mark.shown}{_rests(mark)}" for mark in chart.marks)


def quoted(words: str, language: Language) -> str:
    """Return words of others in the quotation marks of the language."""
    return Text(f"「{words}」", f"“{words}”").in_(language)


def _rests(mark: Mark) -> str:
    if mark.share is None:
        return ""
    low, high = mark.share.interval
    return f" ({mark.share.k}/{mark.share.n}, {low * 100:.0f}–{high * 100:.0f}%)"


def _page(page: Page, language: Language) -> Iterator[str]:
    yield plain(page.title.in_(language))
    yield plain(page.about.in_(language))
    for section in page.sections:
        yield ""
        yield f"■ {section.title.in_(language)}"
        for block in section.blocks:
            yield from (f"  {line}".rstrip() for line in _block(block, language))
    yield ""
    yield from (plain(note.in_(language)) for note in page.notes)


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.text.in_(language))
        case Cards():
            for card in block.cards:
                yield from _card(card, language)
        case Choices():
            for number, choice in enumerate(block.choices, 1):
                yield f"{number}. {plain(choice.ask.in_(language))}"
                yield f"   {plain(choice.because.in_(language))}"
        case Table():
            yield from _table(block, language)
        case Matrix():
            yield from _matrix(block, language)
        case Line():
            yield from _line(block, language)
        case Diff():
            yield from block.text.splitlines()
        case Signatures():
            for side, role in block.sides:
                yield f"{side.in_(language)} {plain(role)}: ____________________  ____/____/____"


def _card(card: Card, language: Language) -> Iterator[str]:
    yield f"{card.title.in_(language)}: {card.value.in_(language)} ({card.basis.in_(language)})"
    yield f"   {card.moved.in_(language)}"
    yield from (f"   {note.in_(language)}" for note in card.notes)
    yield f"   {series(card.chart, language)}"


def _table(table: Table, language: Language) -> Iterator[str]:
    first, *rest = (head.in_(language) for head in table.head)
    yield f"[{table.caption.in_(language) if table.caption else first}]"
    for row in table.rows:
        yield f"・{_cell(row[0], language)}"
        for head, cell in zip(rest, row[1:], strict=True):
            said = _cell(cell, language)
            if said:
                yield f"    {head}: {said}" if head else f"    {said}"


def _cell(cell: Cell, language: Language) -> str:
    said = [cell.text.in_(language), f"({cell.sub.in_(language)})" if cell.sub else ""]
    said += [f"{quoted(words, language)}({who.in_(language)})" for words, who in cell.quotes]
    return plain(" ".join(part for part in said if part))


def _matrix(matrix: Matrix, language: Language) -> Iterator[str]:
    for name, cells in matrix.rows:
        named = zip(matrix.columns, cells, strict=True)
        said = (f"{column.in_(language)} {cell.text.in_(language)}" for column, cell in named)
        yield f"・{plain(name.in_(language))}: {' / '.join(said)}"


def _line(line: Line, language: Language) -> Iterator[str]:
    yield f"{line.x.in_(language)}: {line.y.in_(language)}"
    yield from (f"  {k.x:g}: {k.y:+.1f} ({k.low:+.1f} … {k.high:+.1f})" for k in line.knots)
    yield from (f"  {pole.name.in_(language)}" for pole in line.poles)
