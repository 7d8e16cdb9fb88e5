"""A sheet as PowerPoint: native text, tables and shapes; what only sales may read stands in the speaker notes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from msglint.model import Text
from msglint.sheet import words
from msglint.sheet.color import readable
from msglint.sheet.diagram import FONT, Box, drawer, drawing
from msglint.sheet.fonts import english, measure
from msglint.sheet.model import Diagram, Inline, Inlines, Look, Sheet, SheetSection, Table, Unrenderable, plain
from msglint.sheet.needs import require
from msglint.sheet.pdf_content import banner, footer
from msglint.sheet.pptx_deck import Deck, open_deck
from msglint.sheet.pptx_items import (
    DIAGRAM_TEXT,
    DiagramItem,
    Item,
    TableItem,
    TextItem,
    beside,
    explained,
    place,
    texts,
    total,
)
from msglint.sheet.pptx_text import BULLET, Line, Type, paragraphs
from msglint.sheet.printable import printable
from msglint.sheet.said import lines, spoken
from msglint.sheet.zipped import LONGEST_PROPERTY

SIZES = (24, 22, 20, 18, 16, 14)
"""The sizes of a slide's text: the first that fits is used, what does not fit at the last goes to the next slide."""
TOGETHER = 16
"""The least size at which two sections share a slide."""
BELOW_DIAGRAM = 16
"""The largest size of text below a diagram, which is to have the room."""
MOST_SLIDES = 60
MOST_LINES, MOST_LETTERS = 22, 1_500
"""More than this on each slide cannot be, so that it need not be tried."""
INK, SOFT, TINT = "1C2126", "4D5761", "F3F5F7"
SPOKEN = ("talk-track", "objection")
"""Kinds of sections that are said and not shown."""


class Page(NamedTuple):
    """What a slide shows: its title, and what stands below it."""

    title: str
    items: tuple[Item, ...]


def depends(_: Look) -> str:
    """Return what else the file depends on: who draws its diagrams."""
    return drawer()


def render(sheet: Sheet, look: Look) -> bytes:
    """Return the sheet as a presentation; raises Unrenderable for an unusable template or far too much text."""
    require("sheets", "pptx", "typst", "fontTools", "cssselect2", "tinycss2")
    deck = open_deck(look, _type(sheet, look))
    deck.presentation.core_properties.title = printable(sheet.title)[:LONGEST_PROPERTY]
    deck.presentation.core_properties.author = printable(look.brand)[:LONGEST_PROPERTY]
    deck.presentation.core_properties.language = "ja-JP" if sheet.language == "ja" else "en-US"
    _, _, width, room = deck.body
    said = list(lines(sheet))
    if len(said) > MOST_SLIDES * MOST_LINES or sum(map(len, said)) > MOST_SLIDES * MOST_LETTERS:
        raise _too_long()
    divided = _pages([_first(sheet, deck), *_sections(sheet, deck)], width, room, deck.type)
    pages = list(itertools.islice(divided, MOST_SLIDES + 1))
    if len(pages) > MOST_SLIDES:
        raise _too_long()
    for i, page in enumerate(pages):
        _add(deck, page, sheet, f"{i + 1}/{len(pages)}", _notes(sheet, whole=i == 0))
    return deck.bytes()


def _too_long() -> Unrenderable:
    return Unrenderable(
        Text(
            f"スライドが{MOST_SLIDES}枚を超えるため、PowerPointにできません。内容を減らしてください。",
            f"It would be more than {MOST_SLIDES} slides: leave something out.",
        )
    )


def _type(sheet: Sheet, look: Look) -> Type:
    name = english(look.font or FONT)
    accent = readable(readable(look.color, "#f3f5f7"), "#ffffff")[1:].upper()
    own = Type(name, name, sheet.language, measure(look.font), accent, strong=accent)
    if "pptx" not in look.templates:
        return own
    themed = replace(own, ink="tx1", soft="tx1", strong="tx1")  # whatever the company's background is
    return themed if look.font else replace(themed, latin="+mn-lt", asian="+mn-ea")


def _first(sheet: Sheet, deck: Deck) -> Page:
    """Return the first slide: what the sheet is about and for whom, its message, its figures."""
    say, soft = _say(sheet), deck.type.soft
    audience = [(words.STAGE, sheet.stage), (words.PERSONA, sheet.persona)]
    chips = "　".join(f"{say(label)}: {named.name}" for label, named in audience if named)
    lines = [Line((Inline(said),), color=soft, size=0.8) for said in (chips, sheet.summary) if said]
    items: list[Item] = [TextItem(tuple(lines))] if lines else []
    if sheet.faults:
        faults = (f"{say(words.line(f.line))}: {f.message}" for f in sheet.faults)
        items.append(TextItem(tuple(Line((Inline(s),), color="8A1C1C", size=0.7) for s in faults), fill="FDF1F0"))
    if sheet.key_message:
        label = Line((Inline(say(words.KEY_MESSAGE)),), color=SOFT, size=0.7)
        said = Line((Inline(sheet.key_message.statement),), bold=True, color=INK)
        items.append(TextItem((label, said), fill=TINT))
    if sheet.persona and sheet.persona.challenges:
        head = _subtitle(say(words.CHALLENGES), deck.type)
        items.append(TextItem((head, *(Line((Inline(c),), bullet=BULLET) for c in sheet.persona.challenges))))
    if sheet.facts:
        items += [TextItem((_subtitle(say(words.FACTS), deck.type),)), TableItem(_facts(sheet), emphasis=0)]
    return Page(sheet.title, tuple(items))


def _facts(sheet: Sheet) -> Table:
    say = _say(sheet)
    caveats = any(f.caveat for f in sheet.facts)
    head = (words.FIGURE, words.SUBJECT, words.SOURCE, *([words.CAVEAT] if caveats else []))
    rows = [(f.value, f.subject, f.source, *([f.caveat] if caveats else [])) for f in sheet.facts]
    return Table(tuple(_cell(say(t)) for t in head), tuple(tuple(map(_cell, row)) for row in rows))


def _cell(text: str) -> Inlines:
    return (Inline(text),) if text else ()


def _subtitle(text: str, type: Type) -> Line:
    return Line((Inline(text),), bold=True, color=type.strong, before=0.6)


def _sections(sheet: Sheet, deck: Deck) -> Iterator[Page]:
    _, _, width, room = deck.body
    for section in sheet.sections:
        if section.kind not in SPOKEN:
            heading = f": {plain(section.heading)}" if section.heading else ""
            made = (_item(part, section, sheet, deck, (width, room)) for part in paragraphs(section.blocks))
            yield Page(section.title + heading, tuple(explained(list(texts(made)), (width, room), TOGETHER, deck.type)))


def _item(
    part: Line | Table | Diagram, section: SheetSection, sheet: Sheet, deck: Deck, box: tuple[float, float]
) -> Line | Item:
    if isinstance(part, Line):
        return part
    if isinstance(part, Table):
        return TableItem(part)
    found = drawing(part, deck.look, Box(*box, DIAGRAM_TEXT), english(deck.look.font or FONT))
    if found is None:
        note, source = Inline(_say(sheet)(words.UNDRAWN) + "\n"), Inline(part.source, code=True)
        return Line((note, source), size=0.8)
    return DiagramItem(found, part.title or section.title, box[1], deck.number)


def _pages(sections: Sequence[Page], width: float, room: float, type: Type) -> Iterator[Page]:
    """Yield slides: sections together where they fit, one that is too long on several."""
    least, page = SIZES[-1], sections[0]
    for i, following in enumerate(sections[1:]):
        title = _subtitle(following.title, type)
        below = Page(page.title, (*page.items, *_under(title, following.items)))
        both = beside(page.items, _under(title, following.items), width, type) if i else None
        if both and both.height(width, TOGETHER, type) <= room:
            page = Page(page.title, (both,))
        elif total(below.items, width, TOGETHER, type) <= room:
            page = below
        else:
            yield from _divided(page, width, room, least, type)
            page = following
    yield from _divided(page, width, room, least, type)


def _under(title: Line, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return items below a title, which is part of their text where they begin with text."""
    if items and isinstance(items[0], TextItem) and not items[0].fill:
        return (TextItem((title, *items[0].lines)), *items[1:])
    return (TextItem((title,)), *items)


def _divided(page: Page, width: float, room: float, size: float, type: Type) -> Iterator[Page]:
    taken, waiting, left = list[Item](), list(page.items), room
    while waiting:
        item = waiting.pop(0)
        height = item.height(width, size, type)
        if height <= left:
            taken.append(item)
            left -= height
            continue
        parts = item.split(left, width, size, type)
        if parts:
            taken.append(parts[0])
            item = parts[1]
        if taken:
            waiting = [*_heading_taken(taken), item, *waiting]
            yield Page(page.title, tuple(taken))
        else:
            yield Page(page.title, (item,))
        taken, left = [], room
    if taken or not page.items:
        yield Page(page.title, tuple(taken))


def _heading_taken(taken: list[Item]) -> list[Item]:
    """Take a heading that would be alone at the end of a slide off it."""
    last = taken[-1]
    if len(taken) > 1 and isinstance(last, TextItem) and last.lines[-1].bold and not last.fill:
        if len(last.lines) == 1:
            return [taken.pop()]
        taken[-1] = TextItem(last.lines[:-1])
        return [TextItem(last.lines[-1:])]
    return []


def _add(deck: Deck, page: Page, sheet: Sheet, number: str, notes: Sequence[str]) -> None:
    state = words.STATES[sheet.approval.state].in_(sheet.language)
    version = f"{_say(sheet)(words.VERSION)} {sheet.version}"
    foot = "　".join(filter(None, (deck.look.brand, state, version, sheet.provenance.article, number)))
    slide = deck.add(page.title, foot, list(banner(sheet))[: sheet.draft + bool(sheet.faults)])
    left, top, width, room = deck.body
    sizes = [s for s in SIZES if s <= BELOW_DIAGRAM or not any(isinstance(item, DiagramItem) for item in page.items)]
    size = next((s for s in sizes if total(page.items, width, s, deck.type) <= room), SIZES[-1])
    place(slide, page.items, (left, top, width, room), size, deck.type)
    deck.note(slide, notes)


def _notes(sheet: Sheet, *, whole: bool) -> list[str]:
    """Return a slide's notes: on the first what to say, on each the sources of its figures."""
    say = _say(sheet)
    made = list[str]()
    for section in sheet.of(*SPOKEN) if whole else ():
        made += [
            f"【{section.title}】",
            *([plain(section.heading)] if section.heading else []),
            *spoken(section.blocks),
            "",
        ]
    if sheet.facts:
        made.append(f"【{say(words.SOURCE)}】")
        made += [
            f"{f.subject}: {f.value}({say(words.SOURCE)}: {f.source}{f'、{f.caveat}' if f.caveat else ''})"
            for f in sheet.facts
        ]
    if whole:
        made += ["", f"【{say(words.PROVENANCE)}】", *(f"{say(label)}: {said}" for label, said in footer(sheet))]
        made += list(banner(sheet))
    return made or [say(words.ARTICLE) + ": " + sheet.provenance.article]


def _say(sheet: Sheet) -> Callable[[Text], str]:
    return lambda text: text.in_(sheet.language)
