"""A review as Markdown: the same blocks in the same order as every other form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msglint.loop.review.blocks import (
    Block,
    Card,
    Cards,
    Cell,
    Choices,
    Diff,
    Line,
    Matrix,
    Page,
    Paragraph,
    Signatures,
    Table,
)
from msglint.loop.review.lines import plain, quoted, series
from msglint.model import Language, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")


def markdown(page: Page, language: Language) -> str:
    """Return the page as Markdown with tables."""
    parts = [f"# {_escaped(page.title.in_(language))}", _escaped(page.about.in_(language))]
    for section in page.sections:
        parts.append(f"## {_escaped(section.title.in_(language))}")
        for block in section.blocks:
            parts += _block(block, language)
    parts += [_escaped(note.in_(language)) for note in page.notes]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _escaped(block.text.in_(language))
        case Cards():
            yield from _cards(block, language)
        case Choices():
            lines = (
                f"{number}. **{_escaped(one.ask.in_(language))}**  \n   {_escaped(one.because.in_(language))}"
                for number, one in enumerate(block.choices, 1)
            )
            yield "\n".join(lines)
        case Table():
            if block.caption:
                yield f"**{_escaped(block.caption.in_(language))}**"
            head = [_escaped(one.in_(language)) for one in block.head]
            right = [align == "right" for align in block.align] or [False] * len(head)
            yield _table(head, ([_cell(cell, language) for cell in row] for row in block.rows), right)
        case Matrix():
            head = [_escaped(one.in_(language)) for one in (block.corner, *block.columns)]
            rows = ([_escaped(n.in_(language)), *(_cell(cell, language) for cell in cells)] for n, cells in block.rows)
            yield _table(head, rows, [False] * len(head))
        case Line():
            yield from _line(block, language)
        case Diff():
            yield f"```diff\n{block.text}```"
        case Signatures():
            sides = (f"- {one.in_(language)} {_escaped(role)}: \\_\\_\\_\\_\\_\\_\\_\\_" for one, role in block.sides)
            yield "\n".join(sides)


def _cards(cards: Cards, language: Language) -> Iterator[str]:
    head = (
        Text("数字", "Figure"),
        Text("値", "value"),
        Text("根拠", "basis"),
        Text("動き", "change"),
        Text("推移", "trend"),
    )
    rows = (_card(card, language) for card in cards.cards)
    yield _table([one.in_(language) for one in head], rows, [False, True, False, False, False])
    notes = [(card.title, note) for card in cards.cards for note in card.notes]
    yield "\n".join(f"- {_escaped(title.in_(language))}: {_escaped(note.in_(language))}" for title, note in notes)


def _card(card: Card, language: Language) -> list[str]:
    said = [part.in_(language) for part in (card.title, card.value, card.basis, card.moved)]
    return [_escaped(part) for part in (*said, series(card.chart, language))]


def _line(line: Line, language: Language) -> Iterator[str]:
    head = [line.x.in_(language), line.y.in_(language), Text("90%の帯", "90% band").in_(language)]
    names = {pole.x: pole.name.in_(language) for pole in line.poles}
    rows = (
        [f"{k.x:g} {names.get(k.x, '')}".strip(), f"{k.y:+.1f}", f"{k.low:+.1f} … {k.high:+.1f}"] for k in line.knots
    )
    yield _table([_escaped(one) for one in head], rows, [False, True, True])


def _table(head: list[str], rows: Iterable[list[str]], right: list[bool]) -> str:
    rule = ["---:" if one else "---" for one in right]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def _cell(cell: Cell, language: Language) -> str:
    said = [_escaped(cell.text.in_(language)), f"({_escaped(cell.sub.in_(language))})" if cell.sub else ""]
    said += [f"{quoted(_escaped(words), language)}({_escaped(who.in_(language))})" for words, who in cell.quotes]
    return "<br>".join(part for part in said if part)


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\1", plain(words))
