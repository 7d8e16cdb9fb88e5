"""What a rule is, and how rules are found and chosen."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from msglint.analysis.view import View
from msglint.document.model import Document
from msglint.guide.model import Guide, Persona
from msglint.model import Environment, Evidence, Found, Option, RuleInfo, Severity, Span, Text, Violation

_MARK = re.compile(r"[⟦⟧]")


@dataclass(frozen=True)
class Example:
    """An article and a guide; ⟦…⟧ marks each place that the rule must report, and nothing else may be.

    `guide` is YAML without its `version` and `name`; `fixed` the text after `msglint fix`; `others` are
    further articles of the same content; `today` the day that dates are judged by.
    """

    marked: str
    guide: str = ""
    fixed: str | None = None
    others: tuple[str, ...] = ()
    today: str = "2026-11-01"

    @property
    def text(self) -> str:
        """The article without marks."""
        return _MARK.sub("", self.marked)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The marked ranges as offsets in `text`, in order of their start."""
        found, open_ = [], list[int]()
        for i, mark in enumerate(_MARK.finditer(self.marked)):
            at = mark.start() - i
            if mark.group() == "⟦":
                open_.append(at)
            else:
                found.append(Span(open_.pop(), at))
        return tuple(sorted(found))


@dataclass(frozen=True)
class Context:
    """All that a rule may look at: the article, the guide, derived views of the text, the environment."""

    document: Document
    guide: Guide
    view: View
    environment: Environment
    path: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def persona(self) -> Persona | None:
        """The persona the article is written for, if the guide knows it."""
        return self.guide.persona(self.persona_id)

    @property
    def persona_id(self) -> str | None:
        """The persona as the article names it."""
        return self.document.front.text("persona") if self.document.front else None

    @property
    def stage_id(self) -> str | None:
        """The stage as the article names it."""
        return self.document.front.text("stage") if self.document.front else None


@dataclass(frozen=True)
class Corpus:
    """What a corpus rule may look at: the evidence of all articles, and the guide."""

    evidence: Sequence[Found]
    guide: Guide
    environment: Environment
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Silence:
    """One rule named by one suppression of an article, and what became of it.

    `name` is as written at `span`, `nearest` a rule's name when none is called so. `used`: it silenced
    something; `idle`: the rule was not run. `first`: it is the first name of its directive.
    """

    path: str
    name: str
    span: Span
    directive: Span
    action: str
    covers: Span
    reason: str | None = None
    closed: bool = True
    first: bool = True
    known: bool = True
    nearest: str | None = None
    used: bool = False
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule over several articles, or over suppressions, has to say: in which article, and what."""

    path: str
    violation: Violation


Check = Callable[[Context], Iterator[Violation | Evidence]]
CorpusCheck = Callable[[Corpus], Iterator[Remark]]
ClosingCheck = Callable[[Sequence[Silence]], Iterator[Remark]]


@dataclass(frozen=True)
class Rule:
    """One rule: what it is called, its manual page, the examples that prove it, and what it checks.

    `check` sees one article, `corpus` the evidence of all, `closing` what the suppressions silenced; a rule has
    at least one of the three. `precedence` orders rules about phrases: one place is reported by one of them.
    """

    id: str
    severity: Severity
    summary: Text
    page: Text
    examples: tuple[Example, ...] = ()
    options: tuple[Option, ...] = ()
    precedence: int | None = None
    check: Check | None = None
    corpus: CorpusCheck | None = None
    closing: ClosingCheck | None = None

    @property
    def info(self) -> RuleInfo:
        """What reports may know."""
        return RuleInfo(self.id, self.severity, self.summary, self.page)


RESERVED: Mapping[str, tuple[Option, ...]] = {
    "claim-missing": (),
    "claim-contradicted": (),
    "off-message": (),
    "definition-drift": (),
    "near-duplicate": (
        Option(
            "similarity",
            Decimal,
            Decimal("0.95"),
            Text("これ以上似ている節を指摘する", "Report sections at least this alike"),
        ),
    ),
    "diagram": (),
    "feedback-open": (),
}
"""Rules of the contract that are not built yet: a guide may already configure them, with these options."""


def catalogue(rules: Sequence[Rule]) -> dict[str, tuple[Option, ...]]:
    """Return the rules a guide may name, with their options."""
    return dict(RESERVED) | {rule.id: rule.options for rule in rules}


@functools.cache
def builtin() -> tuple[Rule, ...]:
    """Return msglint's own rules, by id."""
    package = importlib.import_module("msglint.rules")
    modules = (importlib.import_module(m.name) for m in pkgutil.iter_modules(package.__path__, "msglint.rules."))
    return tuple(sorted((m.RULE for m in modules), key=lambda r: r.id))


def discover(*, plugins: bool = False) -> tuple[Rule, ...]:
    """Return the built-in rules, and with `plugins` also those that installed packages offer, by id.

    Raises ValueError when two rules have one id.
    """
    if not plugins:
        return builtin()
    from importlib.metadata import entry_points

    found = [*builtin(), *(point.load() for point in entry_points(group="msglint.rules"))]
    ids = [rule.id for rule in found]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise ValueError(f"two rules are called {twice}")
    return tuple(sorted(found, key=lambda r: r.id))
