"""What msglint found, in the words of the Language Server Protocol; places are in the client's units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types

from msglint.engine import UNSUPPRESSIBLE, applicable
from msglint.model import Diagnostic, Language, Lines, Position, Problem, Severity, Text
from msglint.rule import Rule

FIX_ALL = "source.fixAll.msglint"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_NO_COMMENT_ABOVE = re.compile(r"[|>\s\-*+:`~]|\d+[.)]")
"""Lines that a comment above would take out of their list, table or quote."""


class Page:
    """A text as the client has it: `units` counts what a string is long in the units that it counts columns in."""

    def __init__(self, text: str, units: Callable[[str], int]) -> None:
        self.text = text
        self._lines = Lines(text)
        self._units = units

    @property
    def height(self) -> int:
        """How many lines it has."""
        return len(self._lines.starts)

    def at(self, line: int, column: int) -> types.Position:
        """Return a place from its line and column, both from 1."""
        line = min(line, self.height)
        start = self._lines.starts[line - 1]
        return types.Position(line - 1, self._units(self.text[start : start + column - 1]))

    def range(self, start: Position, end: Position) -> types.Range:
        """Return the range between two places."""
        return types.Range(self.at(start.line, start.column), self.at(end.line, end.column))

    def line(self, number: int) -> str:
        """Return a line (from 1) with its end."""
        return self.text[slice(*self._lines.span(number))]

    def offset(self, position: types.Position) -> int:
        """Return where a place of the client is, as an offset; behind a line's end is at its end."""
        if position.line >= self.height:
            return len(self.text)
        start, end = self._lines.span(position.line + 1)
        at = start
        while at < end and self._units(self.text[start : at + 1]) <= position.character:
            at += 1
        return at


def diagnostic(found: Diagnostic, page: Page) -> types.Diagnostic:
    """Return a diagnostic of an article."""
    return types.Diagnostic(
        range=page.range(found.start, found.end),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.rule,
        source="msglint",
    )


def problem(found: Problem, page: Page, language: Language) -> types.Diagnostic:
    """Return why a guide cannot be used: from its place to the end of the line."""
    line = min(found.line, page.height)
    end = len(page.line(line).rstrip("\r\n")) + 1
    return types.Diagnostic(
        range=types.Range(page.at(line, found.column), page.at(line, max(end, found.column))),
        message=found.message.in_(language),
        severity=types.DiagnosticSeverity.Error,
        source="msglint",
    )


def actions(
    uri: str, page: Page, found: Sequence[Diagnostic], start: int, end: int, language: Language
) -> Iterator[types.CodeAction]:
    """Yield what can be done about the diagnostics between two offsets, safe repairs first, and about all at once."""
    here = [d for d in found if d.span.start <= end and start <= d.span.end]
    for d in sorted(here, key=lambda d: not (d.fix and d.fix.safe)):
        if d.fix:
            yield _fix(uri, page, d, language)
    for d in here:
        if silence := _silence(uri, page, d, language):
            yield silence
    if chosen := applicable(found):
        title = Text(f"安全な修正をすべて入れる({len(chosen)}か所)", f"Put in all safe fixes ({len(chosen)})")
        edits = [types.TextEdit(page.range(d.start, d.end), replacement) for d, replacement in chosen]
        yield _action(title.in_(language), FIX_ALL, uri, edits)


def _fix(uri: str, page: Page, d: Diagnostic, language: Language) -> types.CodeAction:
    assert d.fix is not None
    title = Text(f"「{d.fix.replacement}」に書き換える", f'Write "{d.fix.replacement}"')
    if not d.fix.safe:
        title = Text(f"{title.ja}(内容を確かめてください)", f"{title.en} (make sure it is right)")
    edit = types.TextEdit(page.range(d.start, d.end), d.fix.replacement)
    kind = types.CodeActionKind.QuickFix
    made = _action(title.in_(language), kind, uri, [edit], diagnostic(d, page))
    made.is_preferred = d.fix.safe
    return made


def _silence(uri: str, page: Page, d: Diagnostic, language: Language) -> types.CodeAction | None:
    """Return how to silence a diagnostic with a reason; None where a comment cannot stand above its line."""
    line = page.line(d.start.line)
    above = page.line(d.start.line - 1).strip() if d.start.line > 1 else ""
    if d.rule == UNSUPPRESSIBLE or _NO_COMMENT_ABOVE.match(line) or (above and not above.startswith("<!--")):
        return None
    reason = Text("理由を書く", "say why").in_(language)
    comment = f"<!-- msglint-disable-next-line {d.rule} -- {reason} -->\n"
    title = Text(f"ここでは {d.rule} を検査しない(理由を書く)", f"Silence {d.rule} here, with a reason")
    at = page.at(d.start.line, 1)
    edit = types.TextEdit(types.Range(at, at), comment)
    return _action(title.in_(language), types.CodeActionKind.QuickFix, uri, [edit], diagnostic(d, page))


def _action(
    title: str, kind: str, uri: str, edits: list[types.TextEdit], about: types.Diagnostic | None = None
) -> types.CodeAction:
    return types.CodeAction(
        title=title,
        kind=kind,
        diagnostics=[about] if about else None,
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )


def manual(rules: Sequence[Rule], found: Sequence[Diagnostic], at: int, language: Language) -> str:
    """Return, as Markdown, the manual pages of the rules that report something at an offset."""
    named = {d.rule for d in found if d.span.start <= at <= d.span.end}
    pages = (f"**{r.id}**: {r.summary.in_(language)}\n\n{r.page.in_(language)}" for r in rules if r.id in named)
    return "\n\n---\n\n".join(pages)
