"""Bytes → Document."""

from __future__ import annotations

from msglint.document import markdown
from msglint.document.comments import comments
from msglint.document.decode import decode
from msglint.document.front_matter import front_matter
from msglint.document.model import Document
from msglint.document.sections import finish
from msglint.document.suppressions import suppressions
from msglint.document.tags import sales_tags
from msglint.model import Lines, Source


def parse(source: Source) -> Document:
    """Read an article: its blocks and sections, front matter, sales tags, suppressions and code blocks.

    Raises InputInvalid when the bytes are not UTF-8 text. Whatever the text, it is Markdown (with a path that ends in
    .mdx, MDX).
    """
    text, bom = decode(source)
    lines = Lines(text, bom=bom)
    front, prose, start = front_matter(text)
    reading = markdown.read(text, start, mdx=source.path.lower().endswith(".mdx"))
    blocks, sections = finish([*prose, *reading.blocks], len(text))
    found = comments(text, reading.comments)
    tags, tag_problems = sales_tags(text, reading, found)
    return Document(
        path=source.path,
        source=text,
        lines=lines,
        blocks=blocks,
        sections=sections,
        front=front,
        tags=tags,
        tag_problems=tag_problems,
        suppressions=suppressions(found, text, lines, reading.body, start),
        fences=tuple(reading.fences),
    )
