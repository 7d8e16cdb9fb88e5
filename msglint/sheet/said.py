"""What a sheet says, as plain lines: for its version, for searching it, and for counting its characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from msglint.sheet.model import (
    Block,
    Code,
    Diagram,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Sheet,
    Table,
    plain,
)

_LETTERS = "bcdfghjkmnpqrstvwxz"
_LENGTH = 10


def lines(sheet: Sheet) -> Iterator[str]:
    """Yield all that a sheet says for itself, in reading order: nothing of where it comes from or who approved it."""
    yield sheet.title
    if sheet.summary:
        yield sheet.summary
    if sheet.key_message:
        yield sheet.key_message.statement
    for named in (sheet.persona, sheet.stage):
        if named:
            yield named.name
            yield from named.challenges
    for section in sheet.sections:
        yield section.title
        if section.heading:
            yield plain(section.heading)
        yield from spoken(section.blocks)
    for fact in sheet.facts:
        yield " ".join(filter(None, (fact.subject, fact.value, fact.source, fact.caveat)))


def spoken(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the text of `blocks`, a line for each paragraph, item or row."""
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(content):
                yield plain(content)
            case ListBlock(items):
                for item in items:
                    if item.content:
                        yield plain(item.content)
                    yield from spoken(item.children)
            case Table(head, rows):
                yield from ("\t".join(map(plain, row)) for row in (head, *rows))
            case Quote(inner):
                yield from spoken(inner)
            case Code(text) | Diagram(text):
                yield from text.splitlines()


def version(sheet: Sheet) -> str:
    """Return ten letters that change with what the sheet says, or where its links lead, and with nothing else.

    They are letters, and no hexadecimal digits, so that YAML cannot take them for a number.
    """
    said = "\n".join([*lines(sheet), *links(b for s in sheet.sections for b in s.blocks)])
    number = int.from_bytes(sha256(said.encode("utf-8", "replace")).digest()[:8])
    return "".join(_LETTERS[number // len(_LETTERS) ** i % len(_LETTERS)] for i in range(_LENGTH))


def links(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the addresses that `blocks` lead to, in order."""
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(content):
                yield from _addresses(content)
            case ListBlock(items):
                for item in items:
                    yield from _addresses(item.content)
                    yield from links(item.children)
            case Table(head, rows):
                for row in (head, *rows):
                    for cell in row:
                        yield from _addresses(cell)
            case Quote(inner):
                yield from links(inner)


def _addresses(content: Inlines) -> Iterator[str]:
    return (i.href for i in content if i.href)
