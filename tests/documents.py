"""Articles for tests of how they are read, and what holds for every one of them."""

from __future__ import annotations

from msglint.document.model import Block, Document, Kind
from msglint.document.parse import parse
from msglint.document.sentences import quotes, sentences
from msglint.model import Source, Span

HIDDEN = "\ufffc"


def read(text: str | bytes, path: str = "a.md") -> Document:
    """Read an article, and make sure that all its places are right."""
    document = parse(Source(path, text.encode() if isinstance(text, str) else text))
    check(document)
    return document


def texts(text: str, path: str = "a.md") -> list[tuple[Kind, str]]:
    """Return kind and text of each block."""
    return [(block.kind, block.text) for block in read(text, path).blocks]


def only(text: str, path: str = "a.md") -> Block:
    """Return the one block of an article."""
    (block,) = read(text, path).blocks
    return block


def cut(document: Document, span: Span) -> str:
    """Return the source at a span."""
    return document.source[span.start : span.end]


def check(document: Document) -> None:
    """Assert what holds for every document."""
    for index, block in enumerate(document.blocks):
        assert block.index == index
        assert index in document.sections[block.section].blocks
        assert block.text == block.text.strip(" \t\r\n")
        _check_runs(document, block)
        _check_sentences(block)
    starts = [block.outer.start for block in document.blocks]
    assert starts == sorted(starts)
    edges = [(section.blocks.start, section.blocks.stop) for section in document.sections]
    assert [a for a, _ in edges] == [0, *(b for _, b in edges)][: len(edges)]
    assert (edges[-1][1] if edges else 0) == len(document.blocks)
    for fence in document.fences:
        assert 0 <= fence.content.start <= fence.content.end <= len(document.source)
    for suppression in document.suppressions:
        assert all(cut(document, span) == name for name, span in suppression.rules)
    for tag in document.tags:
        assert tag.covers.start <= tag.covers.end <= len(document.source)


def _check_runs(document: Document, block: Block) -> None:
    at, last = 0, block.outer.start
    for run in block.runs:
        assert run.text == at
        assert run.length > 0
        assert run.source >= last
        at, last = at + run.length, run.source + run.source_length
        if run.length == run.source_length:
            assert block.text[run.text : at] == document.source[run.source : last]
    assert at == len(block.text)
    assert last <= block.outer.end
    for reference in block.references:
        assert 0 <= reference.at <= len(block.text)


def _check_sentences(block: Block) -> None:
    at = 0
    for sentence in sentences(block):
        assert at <= sentence.start < sentence.end
        assert not block.text[at : sentence.start].strip()
        assert sentence.text == block.text[sentence.start : sentence.end] == sentence.text.strip()
        at = sentence.end
    assert not block.text[at:].strip()
    assert all(0 < start <= end < len(block.text) for start, end in quotes(block.text))
