"""A sales sheet as a value: what every format is rendered from. Nothing in it depends on the day it is made.

A renderer is `render(sheet: Sheet, look: Look) -> bytes`: the same bytes for the same values, no file read, nothing
printed. What cannot be rendered raises `Unrenderable`. Words of its own it takes from `msglint.sheet.words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from msglint.model import Language, Text

Align = Literal["", "left", "center", "right"]
State = Literal["current", "changed", "expired", "unapproved", "draft"]
MERMAID = "mermaid"


@dataclass(frozen=True, slots=True)
class Inline:
    r"""A stretch of text in one style; stretches follow each other with nothing between them.

    `text`: what is read, never markup; "\n" is a line break that the writer wants, and the only control character.
    `bold`, `italic`, `code`, `struck`: its style, any of them together.
    `href`: where a link leads: an absolute http, https or mailto address, never anything else.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    href: str | None = None


Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, never empty. Footnotes are paragraphs at the end of their section that begin with a mark (※1)."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section, below the section's own: `level` 1 is the section's direct part, 2 and 3 deeper."""

    content: Inlines
    level: int = 1


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list.

    `content`: its first paragraph (empty when it begins with something else).
    `children`: what follows in the same item: nested lists, further paragraphs, …, in order.
    `checked`: for an item of a task list, whether it is ticked; else None.
    """

    content: Inlines
    children: tuple[Block, ...] = ()
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, never empty: numbered from `start` when `ordered`, else with bullets."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every row has as many cells as `head`; a cell is its text. `align` has one entry a column."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: tuple[Align, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks that quote somebody else, never empty."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code that is no diagram, its lines as written, without the last line end; `language` may be empty."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """A mermaid diagram.

    `source`: the diagram as written. `line`: the line of the article its first line stands on (from 1).
    `title`: what it shows, in words, for those who cannot see it (the heading it stands under).
    """

    source: str
    line: int = 1
    title: str = ""
    language: str = MERMAID


Block: TypeAlias = Paragraph | Heading | ListBlock | Table | Quote | Code | Diagram


@dataclass(frozen=True, slots=True)
class Answer:
    """One objection a customer raises, and what to answer.

    `question` is empty where the article gives it no heading; `blocks` where it gives it no answer.
    """

    question: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A tagged section of the article.

    `kind`: as tagged: summary, problem, solution, proof, objection, talk-track, diagram, next-step, or the guide's own.
    `title`: what the kind is called on the sheet (要点, 根拠 …); several sections of one kind repeat it.
    `heading`: the article's heading it stands under, empty when that is the article's title.
    `blocks`: its text, never empty, without `heading`.
    `line`: the line of the article that it begins on (from 1).
    """

    kind: str
    title: str
    heading: Inlines
    blocks: tuple[Block, ...]
    line: int = 1

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Its text as objections and answers: one for each direct heading inside, else one under its own heading.

        Where headings inside are the objections, `heading` is none of them, and has to be printed above them.
        """
        parts: list[tuple[Inlines, list[Block]]] = [(self.heading, [])]
        for block in self.blocks:
            if isinstance(block, Heading) and block.level == 1:
                parts.append((block.content, []))
            else:
                parts[-1][1].append(block)
        return tuple(Answer(question, tuple(blocks)) for question, blocks in parts[not parts[0][1] :])


@dataclass(frozen=True, slots=True)
class Named:
    """A persona or a stage: its id in the guide, what it is called, and for a persona what it struggles with."""

    id: str
    name: str
    challenges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyMessage:
    """The claim that the article carries most, in the guide's words.

    `claim`: its id. `statement`: the guide's wording. `probability`: how surely the article carries it
    (0 to 1), or None when nothing was measured and it is the first of those promised or required.
    """

    claim: str
    statement: str
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A registered figure that the sheet's sections state. Caveat and source are always printed with the figure.

    `id`: the fact's in the guide. `subject`: what the figure is of. `value`: the figure with unit and year, ready to be
    printed (37.2%(2024年), 80点以上). `source`: who says so. `caveat`: what has to be said with it, or empty.
    """

    id: str
    subject: str
    value: str
    source: str
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that msglint reports in the article, when a sheet is made all the same; `line` from 1."""

    rule: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Whether somebody stands for the sheet.

    `state`: "current" (approved, unchanged since), "changed" (approved, then changed), "unapproved" or "draft". It
    never is "expired" here, since that depends on the day: ask `on`.
    `by`, `day`: who approved, and when, as the article's front matter says. `expires`: the first day on which the
    approval no longer holds, or None when it never ends or there is none.
    """

    state: State = "unapproved"
    by: str = ""
    day: date | None = None
    expires: date | None = None

    def on(self, day: date) -> State:
        """The state on a day: like `state`, but a current approval may have expired."""
        return "expired" if self.state == "current" and self.expires and day >= self.expires else self.state


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a sheet comes from.

    `article`: the article's path, relative to the guide, with `/`. `heading`: the heading of its first section, or
    empty. `line`: where that section begins. `commit`: the last commit that touched the article (40 hex digits), empty
    when it is not known or the article has changed since. `day`: that commit's, else the article's `updated`, or None.
    `sha256`: of the article's bytes. `guide`: the guide's revision (its first 12 hex digits).
    """

    article: str
    heading: str = ""
    line: int = 1
    commit: str = ""
    day: date | None = None
    sha256: str = ""
    guide: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sales sheet: all a renderer prints, in the order of the fields.

    `kind`: the id of the guide's sheet definition (one-pager). `name`: the files' name without suffix, relative to the
    output folder, with `/` (content/marketing/one-message/one-pager); it identifies the sheet for good.
    `title`: what stands on top, never empty. `language`: of the content and of the words around it.
    `summary`: the article's own description in one or two sentences, or empty.
    `key_message`, `persona`, `stage`: None when the article or the guide has none.
    `sections`: the tagged sections in the order of the sheet definition. Talk track, objections and next step are
    sections too: see `of`.
    `facts`: the figures that the sections state, in the order in which they are first stated.
    `faults`: errors in the article; empty unless they were allowed. Not empty: say so clearly on the page.
    `pages`: the most pages it may have, or None for any number. Text that does not fit raises Unrenderable.
    `version`: ten letters that change with what the sheet says, and with nothing else; what an approval names.
    """

    kind: str
    name: str
    title: str
    language: Language = "ja"
    summary: str = ""
    key_message: KeyMessage | None = None
    persona: Named | None = None
    stage: Named | None = None
    sections: tuple[SheetSection, ...] = ()
    facts: tuple[FactUsed, ...] = ()
    faults: tuple[Fault, ...] = ()
    approval: Approval = Approval()
    provenance: Provenance = Provenance("")
    pages: int | None = None
    version: str = ""

    def of(self, *kinds: str) -> tuple[SheetSection, ...]:
        """The sections of these kinds, in order: `of("talk-track")`, `of("objection")`, `of("next-step")`."""
        return tuple(s for s in self.sections if s.kind in kinds)

    @property
    def draft(self) -> bool:
        """Whether nobody but msglint chose its sections; every format says so, clearly, on each page."""
        return self.approval.state == "draft"


@dataclass(frozen=True, slots=True)
class Look:
    """How the company's sheets look.

    `brand`: the company's name, or empty. `logo`: the picture file's bytes, or None; `logo_type` its media type
    (image/png, image/jpeg, image/svg+xml). `color`: the company's colour as #rrggbb, always given; any colour may come,
    so text on it or in it has to be made readable (`msglint.sheet.color`). `font`: the guide's font name, or None.
    `templates`: the guide's own template files by format ("html", "pptx", …).
    """

    brand: str = ""
    logo: bytes | None = None
    logo_type: str = ""
    color: str = "#1f4e79"
    font: str | None = None
    templates: Mapping[str, bytes] = field(default_factory=dict)


class Unrenderable(Exception):
    """A sheet cannot be made in a format: one clear sentence why, and what to do (cut 120 characters, install …)."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.en)


def plain(inlines: Inlines) -> str:
    """Return the text of `inlines` without its style, line breaks as blanks."""
    return "".join(i.text for i in inlines).replace("\n", " ")
