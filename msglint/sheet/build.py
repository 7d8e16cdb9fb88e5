"""An article, what checking it gave, and the guide → its sales sheets."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from msglint.document.model import Document, FrontMatter, Kind, SalesTag
from msglint.guide.model import Guide, Persona, Stage
from msglint.guide.sales import SheetKind
from msglint.model import Result, Severity, Span, Text
from msglint.sheet import words
from msglint.sheet.approval import approval, approved, as_day
from msglint.sheet.blocks import Builder
from msglint.sheet.facts import facts_used
from msglint.sheet.inlines import clean
from msglint.sheet.message import key_message
from msglint.sheet.model import (
    Block,
    Fault,
    Inline,
    Inlines,
    Named,
    Provenance,
    Sheet,
    SheetSection,
    Unrenderable,
    plain,
)
from msglint.sheet.said import version
from msglint.sheet.tree import Node, tree, within

DEFAULT = SheetKind("one-pager", sections=tuple(words.SECTIONS), pages=1)
"""The sheet of a guide that defines none."""
REVISION = 12
_TITLE = SheetKind("").title
_MISSING_SECTION = "sheet-section"


@dataclass(frozen=True, slots=True)
class Origin:
    """What only the outside knows of an article: its path from the guide, its bytes' hash, its last commit and day."""

    path: str
    sha256: str
    commit: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an article that a sheet takes up: its kind, where it begins (its tag's line), and what it covers.

    `blocks` is its text where it is not simply what stands there.
    """

    kind: str
    at: int
    covers: tuple[Span, ...]
    blocks: tuple[Block, ...] = ()


def sheets(document: Document, result: Result, guide: Guide, origin: Origin) -> tuple[Sheet, ...]:
    """Return the sheets of a tagged article, none for one without tags.

    It has the guide's first sheet that names a kind it tags, and every further one whose required kinds it tags.
    `Sheet.faults` are the errors that checking found in what the sheets take up. Raises Unrenderable for a title that
    cannot be made.
    """
    parts = _parts(document)
    tagged = {part.kind for part in parts}
    return tuple(
        sheet
        for kind in kinds(guide, tagged)
        if (sheet := assemble(document, result, guide, origin, kind, parts)).sections
    )


def kinds(guide: Guide, tagged: set[str]) -> list[SheetKind]:
    """Return the sheets that an article gives that tags these kinds of section."""
    naming = [k for k in guide.sheets or (DEFAULT,) if tagged & {*k.sections, *k.required}]
    return [k for i, k in enumerate(naming) if i == 0 or (k.required and tagged >= set(k.required))]


def assemble(
    document: Document, result: Result, guide: Guide, origin: Origin, kind: SheetKind, parts: Sequence[Part]
) -> Sheet:
    """Return one sheet made of `parts` (not yet `parts` of other kinds than the sheet's)."""
    order = tuple(dict.fromkeys((*kind.sections, *kind.required)))
    taken = sorted((p for p in parts if p.kind in order), key=lambda p: order.index(p.kind))
    sections = _sections(document, guide, taken)
    covered = _covered([span for part in taken for span in part.covers])
    front = document.front
    persona, stage = _audience(front, guide)
    day = origin.day or updated(document)
    first = min(sections, key=lambda s: s.line, default=None)
    sheet = Sheet(
        kind=kind.id,
        name=name(origin.path, kind.id),
        title=_title(document, guide, kind, origin.path),
        language=guide.language,
        summary=clean((front.text("description") if front else None) or ""),
        key_message=key_message(document, result, guide, origin.path),
        persona=persona and Named(persona.id, persona.name or persona.id, persona.challenges),
        stage=stage and Named(stage.id, stage.name or stage.id),
        sections=sections,
        facts=facts_used(document, result, guide, covered),
        faults=_faults(document, result, covered),
        provenance=Provenance(
            origin.path,
            plain(first.heading) if first else "",
            first.line if first else 1,
            origin.commit,
            day,
            origin.sha256,
            guide.digest[:REVISION],
        ),
        pages=kind.pages,
    )
    made = version(sheet)
    return replace(sheet, version=made, approval=approval(approved(front), kind.id, made, day, kind.review_months))


def name(path: str, kind: str) -> str:
    """Return what the files of an article's sheet are called, without suffix, relative to the output folder."""
    parts = [p for p in PurePosixPath(path).with_suffix("").parts if p not in ("..", "/")]
    return "/".join([*parts, kind])


def updated(document: Document) -> date | None:
    """Return the day of the article as its front matter gives it."""
    entries = document.front.entries if document.front else {}
    return next((day for key in ("updated", "date") if key in entries and (day := as_day(entries[key].value))), None)


def _parts(document: Document) -> list[Part]:
    """Return what is tagged, in source order; what an inner tag covers is not the outer one's."""
    return [
        Part(tag.kind, tag.span.start, tuple(_without(tag.covers, [t.covers for t in document.tags if _in(t, tag)])))
        for tag in document.tags
    ]


def _in(inner: SalesTag, outer: SalesTag) -> bool:
    return inner is not outer and outer.covers.contains(inner.covers) and inner.covers != outer.covers


def _without(whole: Span, inner: Sequence[Span]) -> Iterator[Span]:
    at = whole.start
    for span in sorted(inner):
        if at < span.start:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < whole.end:
        yield Span(at, whole.end)


def _covered(spans: Sequence[Span]) -> Callable[[int], bool]:
    return lambda at: any(span.start <= at < span.end for span in spans)


def _sections(document: Document, guide: Guide, parts: Sequence[Part]) -> tuple[SheetSection, ...]:
    if not parts:
        return ()
    body = tree(document)
    footnotes = {n.value: n for n in body.walk() if n.name == "FootnoteDefinition"}
    found = []
    for part in parts:
        title, line = words.section_title(part.kind).in_(guide.language), document.lines.position(part.at).line
        if part.blocks:
            found.append(SheetSection(part.kind, title, (), part.blocks, line))
            continue
        nodes = within(body.children, _covered(part.covers))
        nodes = [n for n in nodes if n.name != "FootnoteDefinition"]
        heading, nodes = _heading(document, part, nodes)
        builder = Builder(document.source, document.lines, footnotes, plain(heading))
        if blocks := builder.build(nodes):
            heading = () if plain(heading) == title else heading
            found.append(SheetSection(part.kind, title, heading, blocks, line))
    return tuple(found)


def _heading(document: Document, part: Part, nodes: list[Node]) -> tuple[Inlines, list[Node]]:
    """Return the heading that a part stands under, and what is left of it: its own first one, else the one above."""
    if nodes and nodes[0].name == "Heading":
        own = Builder(document.source, document.lines, {}, "").inlines(nodes[0])
        return own, nodes[1:]
    above = [
        b for b in document.blocks if b.kind is Kind.HEADING and not b.quote and b.outer.start < part.at and b.text
    ]
    if not above or above[-1].level == 1:
        return (), nodes
    text = clean(above[-1].text.replace("\ufffc", ""))
    return ((Inline(text),) if text else ()), nodes


def _audience(front: FrontMatter | None, guide: Guide) -> tuple[Persona | None, Stage | None]:
    if front is None:
        return None, None
    return guide.persona(front.text("persona")), next((s for s in guide.stages if s.id == front.text("stage")), None)


def _title(document: Document, guide: Guide, kind: SheetKind, path: str) -> str:
    front = document.front
    values = {k: e.value for k, e in front.entries.items()} if front else {}
    heading = next((b.text for b in document.blocks if b.kind is Kind.HEADING and b.level == 1), "")
    title = clean(str(values.get("title") or "")) or clean(heading) or PurePosixPath(path).stem
    if kind.title == _TITLE:
        return title
    persona, stage = _audience(front, guide)
    made = _rendered(kind.title, article=values | {"title": title}, persona=persona, stage=stage, sheet=kind)
    return clean(made) or title


def _rendered(template: str, **values: Any) -> str:
    from jinja2 import TemplateError

    try:
        return _template(template).render(**values)  # type: ignore[no-any-return]
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise Unrenderable(
            Text(
                f"ガイドの資料の題「{template}」を組み立てられません({error})。",
                f"The guide's sheet title {template} cannot be made ({error}).",
            )
        ) from error


@functools.lru_cache(maxsize=32)
def _template(source: str) -> Any:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment().from_string(source)


def _faults(document: Document, result: Result, covered: Callable[[int], bool]) -> tuple[Fault, ...]:
    """Return the errors in what is taken up, in the front matter, and in the tags."""
    shift = document.lines.position(0).offset
    head = document.blocks[0].outer.start if document.front and document.blocks else 0
    body = next((b.outer.start for b in document.blocks if b.kind not in (Kind.TITLE, Kind.DESCRIPTION)), head)
    return tuple(
        Fault(d.rule, d.start.line, d.message)
        for d in result.diagnostics
        if d.severity is Severity.ERROR
        and (
            (at := d.start.offset - shift) < (body if document.front else 1)
            or covered(at)
            or d.rule == _MISSING_SECTION
        )
    )
