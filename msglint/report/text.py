"""For people, on a terminal: where, what, the line itself with the place marked, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable

from msglint.model import Diagnostic, Lines, Run, Severity, Text
from msglint.report.excerpt import excerpt
from msglint.report.widths import fold, shown
from msglint.report.words import advice, counts, tally

_INDENT = "  "
_NARROWEST = 24
_SUGGESTION = Text("修正候補:", "suggestion:")
_BOLD, _DIM, _GREEN = "1", "2", "32"
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}

Paint = Callable[[str, str], str]


def encode(run: Run, *, color: bool = False, width: int = 80) -> str:
    """Return all diagnostics in at most `width` columns (24 at least), and a summary.

    Only the first line of a diagnostic, which editors parse, and which keeps the English severity for them, may be
    longer. `color` puts in ANSI sequences.
    """
    paint = _paint if color else _plain
    summary = _summary(run, paint, max(width, _NARROWEST))
    return findings(run, color=color, width=width) + "\n".join([*summary, ""])


def findings(run: Run, *, color: bool = False, width: int = 80) -> str:
    """Return what `encode` does without the summary: nothing when there are no diagnostics."""
    paint = _paint if color else _plain
    room = max(width, _NARROWEST)
    parts = []
    for result in run.results:
        text = run.texts.get(result.path)
        lines = None if text is None or not result.diagnostics else Lines(text)
        for diagnostic in result.diagnostics:
            parts += [_head(diagnostic, paint), *_indented(diagnostic.message, room)]
            if text is not None and lines:
                parts += _source(diagnostic, text, lines, paint, room)
            parts += [*_suggestion(diagnostic, run, paint, room), ""]
    return "".join(f"{part}\n" for part in parts)


def _plain(text: str, style: str) -> str:
    return text


def _paint(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _head(diagnostic: Diagnostic, paint: Paint) -> str:
    place = f":{diagnostic.start.line}:{diagnostic.start.column}:"
    severity = paint(diagnostic.severity, _COLOURS[diagnostic.severity])
    return f"{paint(shown(diagnostic.path), _BOLD)}{place} {severity} {paint(shown(diagnostic.rule), _DIM)}"


def _indented(text: str, room: int) -> list[str]:
    return [(_INDENT + line).rstrip() for line in fold(text, room - len(_INDENT))]


def _source(diagnostic: Diagnostic, text: str, lines: Lines, paint: Paint, room: int) -> list[str]:
    number = str(diagnostic.start.line)
    gutter = f"{_INDENT}{number} │ "
    under = f"{_INDENT}{' ' * len(number)} │ "
    seen = excerpt(text, lines, diagnostic.start, diagnostic.end, room - len(gutter))
    marks = " " * seen.indent + paint("^" * seen.marks, _COLOURS[diagnostic.severity])
    return [f"{paint(gutter, _DIM)}{seen.line}".rstrip(), f"{paint(under, _DIM)}{marks}"]


def _suggestion(diagnostic: Diagnostic, run: Run, paint: Paint, room: int) -> list[str]:
    if not diagnostic.fix:
        return []
    label = _SUGGESTION.in_(run.language)
    first, *rest = _indented(f"{label} {advice(diagnostic.fix).in_(run.language)}", room)
    return [first.replace(label, paint(label, _GREEN), 1), *rest]


def _summary(run: Run, paint: Paint, room: int) -> list[str]:
    found = tally(run.diagnostics)
    worst = next((severity for severity, number in found.items() if number), None)
    files = len(run.results)
    if not files and not run.unreadable:
        said = Text("検査するファイルはありませんでした", "There were no files to check")
    else:
        checked = Text(f"{files}ファイルを検査: ", f"Checked {files} {'file' if files == 1 else 'files'}: ")
        ending = counts(found) if worst or run.unreadable else Text("問題は見つかりませんでした", "all good")
        said = Text(checked.ja + ending.ja, checked.en + ending.en)
    style = _COLOURS[worst] if worst else "1;31" if run.unreadable else _GREEN
    return [paint(line, style) for line in fold(said.in_(run.language), room)] + _asides(run, room)


def _asides(run: Run, room: int) -> list[str]:
    fixable = sum(d.fix is not None and d.fix.safe for d in run.diagnostics)
    unread = len(run.unreadable)
    asides = []
    if fixable:
        english = f"{fixable} of them can be fixed by msglint fix"
        asides.append(Text(f"うち{fixable}件は msglint fix で直せます", english))
    if unread:
        english = f"{unread} {'file' if unread == 1 else 'files'} could not be read"
        asides.append(Text(f"{unread}ファイルは読めませんでした", english))
    return [line for aside in asides for line in fold(aside.in_(run.language), room)]
