"""What a rule is, and how rules are found and chosen."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from msglint.analysis.view import View
from msglint.document.model import Document
from msglint.guide.model import Guide, Persona
from msglint.model import Complaint, Environment, Evidence, Found, Option, RuleInfo, Severity, Span, Text, Violation

_MARK = re.compile(r"[⟦⟧]")


class Example(NamedTuple):
    """An article and a guide; ⟦…⟧ marks each place that the rule must report, and nothing else may be.

    `guide` is YAML without its `version` and `name`; `fixed` the text after `msglint fix`; `others` are
    further articles of the same content; `today` the day that dates are judged by; `complaints` what sales said of
    sheets made of this article.
    """

    marked: str
    guide: str = ""
    fixed: str | None = None
    others: tuple[str, ...] = ()
    today: str = "2026-11-01"
    complaints: tuple[Complaint, ...] = ()

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


class Context(NamedTuple):
    """All that a rule may look at: the article, the guide, derived views of the text, the environment."""

    document: Document
    guide: Guide
    view: View
    environment: Environment
    path: str
    options: Mapping[str, Any] = MappingProxyType({})

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

    @property
    def promised(self) -> tuple[str, ...]:
        """The claims that the article says it carries, by id, whether the guide knows them or not."""
        entry = self.document.front.entries.get("claims") if self.document.front else None
        if entry is None:
            return ()
        given = [value for value, _ in entry.items] or [entry.value]
        return tuple(value for value in given if isinstance(value, str))


class Corpus(NamedTuple):
    """What a corpus rule may look at: the evidence of all articles, and the guide.

    `named` are the paths of the articles that are reported on (None: all); what is said of others is not shown.
    """

    evidence: Sequence[Found]
    guide: Guide
    environment: Environment
    options: Mapping[str, Any] = MappingProxyType({})
    named: Collection[str] | None = None

    def shows(self, path: str) -> bool:
        """Whether what is said of the article at `path` is shown."""
        return self.named is None or path in self.named


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

    @property
    def silencing(self) -> bool:
        """Whether it can silence anything: neither does an `enable`, nor a directive that there is not."""
        return self.action not in {"enable", "unknown"}


class Remark(NamedTuple):
    """What a rule over several articles, or over suppressions, has to say: in which article, and what."""

    path: str
    violation: Violation


Check = Callable[[Context], Iterator[Violation | Evidence]]
CorpusCheck = Callable[[Corpus], Iterator[Remark]]
ClosingCheck = Callable[[Sequence[Silence]], Iterator[Remark]]


class Rule(NamedTuple):
    """One rule: what it is called, its manual page, the examples that prove it, and what it checks.

    `check` sees one article, `corpus` the evidence of all, `closing` what the suppressions silenced; a rule has
    at least one of the three. `survey` is a `check` that yields, as evidence, all that it measures besides: more than
    is needed to tell what is wrong. `precedence` orders rules about phrases: one place is reported by one of them.
    `needs` is a library that has no wheel for some platforms: without it the rule cannot look.
    """

    id: str
    severity: Severity
    summary: Text
    page: Text
    examples: tuple[Example, ...] = ()
    options: tuple[Option, ...] = ()
    precedence: int | None = None
    check: Check | None = None
    survey: Check | None = None
    corpus: CorpusCheck | None = None
    closing: ClosingCheck | None = None
    needs: str | None = None

    @property
    def surveying(self) -> Rule:
        """The rule as it is asked where all that it measures is to be known."""
        return self._replace(check=self.survey) if self.survey else self

    @property
    def info(self) -> RuleInfo:
        """What reports may know."""
        return RuleInfo(self.id, self.severity, self.summary, self.page)


def catalogue(rules: Sequence[Rule]) -> dict[str, tuple[Option, ...]]:
    """Return the rules a guide may name, with their options."""
    return {rule.id: rule.options for rule in rules}


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
