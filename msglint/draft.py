"""What the rules find in one article, before articles are compared."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msglint.guide.model import Guide
from msglint.model import (
    Diagnostic,
    Environment,
    Evidence,
    Found,
    InputInvalid,
    Lines,
    Severity,
    Source,
    Span,
    Violation,
)
from msglint.rule import Context, Rule, Silence, builtin

if TYPE_CHECKING:
    from msglint.analysis.view import Analyzer, View
    from msglint.document.model import Document


@dataclass(frozen=True, slots=True)
class Level:
    """How a rule stands in one article: its severity (None: the rule is off), and what it may not be raised above."""

    severity: Severity | None
    overridden: bool
    options: dict[str, Any]

    def of(self, violation: Violation) -> Severity:
        """Return the severity of a violation: overrides beat the entry's own, a proposal only lowers."""
        assert self.severity is not None
        severity = self.severity if self.overridden else violation.declared or self.severity
        return severity.at_most(violation.severity) if violation.severity else severity


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules found in one article, before suppressions and before articles are compared.

    Plain values only, so that it can be cached or made by another process. `updated` is the article's day.
    """

    path: str
    guide_path: str
    updated: date | None
    diagnostics: tuple[Diagnostic, ...]
    evidence: tuple[Found, ...]
    silences: tuple[Silence, ...]


def draft(
    source: Source, guide: Guide, *, rules: Sequence[Rule], analyzer: Analyzer, environment: Environment
) -> Draft:
    """Run the document rules over one article; raises InputInvalid when it cannot be read."""
    [outcome] = draft_together([source], guide, rules=rules, analyzer=analyzer, environment=environment)
    if isinstance(outcome, InputInvalid):
        raise outcome
    return outcome


def draft_together(
    sources: Sequence[Source], guide: Guide, *, rules: Sequence[Rule], analyzer: Analyzer, environment: Environment
) -> list[Draft | InputInvalid]:
    """Return what `draft` would of each article, or why it cannot be read.

    Rule by rule: what Sudachi, or a rule, looks up for one article stays near for the next, which takes a fifth less.
    All the articles are in memory at a time.
    """
    from msglint.analysis.view import View

    read = [_read(source) for source in sources]
    readable = [(s, one) for s, one in zip(sources, read, strict=True) if not isinstance(one, InputInvalid)]
    views = View.several([document for _, document in readable], analyzer)
    articles = [
        _Article(view, source.guide_path or source.path, _updated(document))
        for (source, document), view in zip(readable, views, strict=True)
    ]
    found = [[_found(rule, article, guide, environment) for article in articles] for rule in rules]
    made = iter([_assembled(article, parts, rules) for article, *parts in zip(articles, *found, strict=True)])
    return [one if isinstance(one, InputInvalid) else next(made) for one in read]


def _read(source: Source) -> Document | InputInvalid:
    from msglint.document.parse import parse

    try:
        return parse(source)
    except InputInvalid as problem:
        return problem


class _Article(NamedTuple):
    view: View
    guide_path: str
    updated: date | None


def _found(
    rule: Rule, article: _Article, guide: Guide, environment: Environment
) -> list[Diagnostic | Found] | InputInvalid:
    view, guide_path, updated = article
    level = level_of(rule, guide, guide_path, updated)
    if rule.check is None or level.severity is None:
        return []
    document = view.document
    context = Context(document, guide, view, environment, guide_path, level.options)
    try:
        return [
            Found(document.path, rule.id, item.about, item.value, item.score, item.span)
            if isinstance(item, Evidence)
            else stamp(item, rule, level, document.path, document.source, document.lines, environment)
            for item in rule.check(context)
        ]
    except InputInvalid as problem:
        return problem


def _assembled(
    article: _Article, parts: Sequence[list[Diagnostic | Found] | InputInvalid], rules: Sequence[Rule]
) -> Draft | InputInvalid:
    items = list[Diagnostic | Found]()
    for part in parts:
        if isinstance(part, InputInvalid):
            return part
        items += part
    return Draft(
        article.view.document.path,
        article.guide_path,
        article.updated,
        tuple(item for item in items if isinstance(item, Diagnostic)),
        tuple(sorted((i for i in items if isinstance(i, Found)), key=lambda e: (e.rule, e.span, e.about))),
        tuple(_silences(article.view.document, rules)),
    )


def level_of(rule: Rule, guide: Guide, path: str, updated: date | None) -> Level:
    """Return how `rule` stands for the article at `path` (relative to the guide), last updated on `updated`."""
    options = {option.name: option.default for option in rule.options}
    setting = guide.setting(rule.id)
    options |= dict(setting.options)
    given: Severity | Literal["off"] | None = setting.severity
    off, overridden = given == "off", False
    for override in guide.overrides:
        for change in override.rules:
            if change.rule == rule.id and override.applies(path, updated):
                options |= dict(change.options)
                given, overridden = (change.severity, True) if change.severity else (given, overridden)
    severity = None if off or given == "off" else Severity(given or rule.severity)
    return Level(severity, overridden, options)


def stamp(
    violation: Violation, rule: Rule, level: Level, path: str, text: str, lines: Lines, environment: Environment
) -> Diagnostic:
    """Return a violation as a diagnostic of `rule`, with its place in `text`."""
    return Diagnostic(
        path=path,
        rule=rule.id,
        severity=level.of(violation),
        message=violation.message.in_(environment.language),
        start=lines.position(violation.span.start),
        end=lines.position(violation.span.end),
        text=text[violation.span.start : violation.span.end],
        entry=violation.entry,
        score=None if violation.score is None else round(violation.score, 3),
        fix=violation.fix,
    )


def _silences(document: Document, rules: Sequence[Rule]) -> Iterator[Silence]:
    if not document.suppressions:
        return
    names = {*(r.id for r in rules), *(r.id for r in builtin())}
    shift = document.lines.position(0).offset
    for s in document.suppressions:
        for i, (name, span) in enumerate(s.rules or (("", s.span),)):
            near = [] if name in names else difflib.get_close_matches(name, sorted(names), n=1)
            covers = s.covers.get(name, Span(0, 0))
            yield Silence(
                path=document.path,
                name=name,
                span=span,
                directive=s.span,
                action=s.action,
                covers=Span(covers.start + shift, covers.end + shift),
                reason=s.reason,
                closed=name not in s.unclosed,
                first=i == 0,
                known=name in names,
                nearest=near[0] if near else None,
            )


def _updated(document: Document) -> date | None:
    for key in ("updated", "date"):
        entry = document.front.entries.get(key) if document.front else None
        if entry and (day := _as_day(entry.value)):
            return day
    return None


def _as_day(value: Any) -> date | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
