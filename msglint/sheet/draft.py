"""A sheet proposed for an article that tags nothing: sentences that say most of it, and its registered figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from msglint.document.model import PLACEHOLDER, Document, Kind
from msglint.document.sentences import sentences
from msglint.guide.model import Guide
from msglint.guide.sales import SheetKind
from msglint.model import Result, Span
from msglint.sheet.build import DEFAULT, Origin, Part, assemble
from msglint.sheet.inlines import clean
from msglint.sheet.model import MERMAID, Approval, Inline, ListBlock, ListItem, Sheet
from msglint.sheet.tree import tree

if TYPE_CHECKING:
    from msglint.analysis.encoder import Vectors

Encode: TypeAlias = "Callable[[Sequence[str]], Vectors]"
SUMMARY, PROBLEM, PROOF, DIAGRAM, NEXT = "summary", "problem", "proof", "diagram", "next-step"
_POINTS = 3
_TROUBLES = 2
_LIKE_A_CHALLENGE = 0.5
_NEWNESS = 0.6
"""How much a sentence's likeness to those already taken counts against it, where its centrality counts 1."""
_SHORTEST, _LONGEST = 18, 110
_LEANING = re.compile(
    r"(?:しかし|また|そして|ただし?|なお|つまり|だから|そのため|したがって|さらに|一方|例えば|たとえば|次に|まず|では|とはいえ|"
    r"もちろん|それ|これ|あれ|その|この|あの|ここ|そこ|こう|そう|同じ|前者|後者)"
)
_OPEN_END = re.compile(r"(?:[?？]|か。|(?:から|ため)(?:だ|です)。|[:：])$")
_FACT = "entry:fact:"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that can stand alone: its text and its place."""

    text: str
    span: Span


def draft(document: Document, result: Result, guide: Guide, origin: Origin, encode: Encode) -> Sheet | None:
    """Return a sheet of sentences and parts taken from an untagged article, marked as a draft; None if it has none.

    The summary is made of the sentences that are most like all others and least like each other. Proof are the
    paragraphs that state registered figures; a diagram and the last numbered list are taken as they are.
    """
    kind = (guide.sheets or (DEFAULT,))[0]
    parts = [*_points(document, guide, kind, encode), *_whole(document, result)]
    sheet = assemble(document, result, guide, origin, kind, parts)
    return replace(sheet, approval=Approval("draft")) if sheet.sections else None


def _points(document: Document, guide: Guide, kind: SheetKind, encode: Encode) -> Iterator[Part]:
    found = list(_candidates(document))
    if not found:
        return
    vectors = encode([c.text for c in found])
    chosen = [found[i] for i in central(vectors, _POINTS)]
    yield _listed(SUMMARY, chosen)
    persona = guide.persona(document.front.text("persona") if document.front else None)
    if persona and persona.challenges and PROBLEM in kind.sections:
        likeness = (vectors @ encode(persona.challenges).T).max(axis=1)
        near = sorted(range(len(found)), key=lambda i: -likeness[i])
        troubles = [found[i] for i in near if likeness[i] >= _LIKE_A_CHALLENGE and found[i] not in chosen]
        if troubles:
            yield _listed(PROBLEM, sorted(troubles[:_TROUBLES], key=lambda c: c.span))


def central(vectors: Vectors, count: int) -> list[int]:
    """Return the rows most like all others and least like each other, in the order they stand in."""
    import numpy as np

    likeness = np.maximum(vectors @ vectors.T, 0)
    centrality = likeness.mean(axis=1)
    centrality /= centrality.max() or 1
    taken = list[int]()
    while len(taken) < min(count, len(vectors)):
        repeated = likeness[:, taken].max(axis=1) if taken else np.zeros(len(vectors))
        worth = np.round(centrality - _NEWNESS * repeated, 6)
        worth[taken] = -np.inf
        taken.append(int(worth.argmax()))
    return sorted(taken)


def _candidates(document: Document) -> Iterator[Candidate]:
    for block in document.blocks:
        if block.kind in (Kind.PARAGRAPH, Kind.ITEM) and not block.quote:
            for sentence in sentences(block):
                text = clean(sentence.text)
                alone = not _LEANING.match(text) and not _OPEN_END.search(text)
                if _SHORTEST <= len(text) <= _LONGEST and alone and PLACEHOLDER not in text:
                    yield Candidate(text, block.span(sentence.start, sentence.end))


def _listed(kind: str, chosen: Sequence[Candidate]) -> Part:
    items = tuple(ListItem((Inline(c.text),)) for c in chosen)
    return Part(kind, chosen[0].span.start, tuple(c.span for c in chosen), (ListBlock(items),))


def _whole(document: Document, result: Result) -> Iterator[Part]:
    """Yield what is taken as it stands: text with registered figures, diagrams, a numbered list in the last section."""
    stated = [e.span.start for e in result.evidence if e.about.startswith(_FACT)]
    nodes = tree(document).children
    last = max((i for i, n in enumerate(nodes) if n.name == "Heading"), default=0)
    steps = next((n for n in nodes[last:] if n.name == "List" and n.value is not None), None)
    for node in nodes:
        part = (node.span,)
        if node is steps:
            yield Part(NEXT, node.span.start, part)
        elif (
            node.name == "CodeBlock" and isinstance(node.value, dict) and node.value["Fenced"].split()[:1] == [MERMAID]
        ):
            yield Part(DIAGRAM, node.span.start, part)
        elif node.name in _TEXT and any(node.span.start <= at < node.span.end for at in stated):
            yield Part(PROOF, node.span.start, part)


_TEXT = frozenset({"Paragraph", "List", "Table", "BlockQuote"})
