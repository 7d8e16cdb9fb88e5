"""textlint's own JSON, for tools made for it: indexes and columns in UTF-16 code units, a BOM not counted.

Severities are those of textlint 15, where `info` is 3 (before, it was 0, which also meant "off"). `fix` is what
textlint and its editors put in without asking, so only safe fixes are; the others are `suggestions`.
"""

from __future__ import annotations

import json
from typing import Any

from msglint.model import Diagnostic, Language, Position, Result, Run, Severity
from msglint.report.units import Place, places
from msglint.report.words import advice

_SEVERITIES = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 3}


def encode(run: Run) -> str:
    """Return the list of files, those without messages too."""
    files = [{"messages": _messages(r, run), "filePath": r.path} for r in run.results]
    return json.dumps(files, ensure_ascii=False, indent=2) + "\n"


def _messages(result: Result, run: Run) -> list[dict[str, Any]]:
    if not result.diagnostics:
        return []
    where = places(run.texts[result.path], result.diagnostics, "utf-16-le")
    return [_message(d, where, run.language) for d in result.diagnostics]


def _message(diagnostic: Diagnostic, where: dict[Position, Place], language: Language) -> dict[str, Any]:
    start, end = where[diagnostic.start], where[diagnostic.end]
    span = [start.offset, end.offset]
    return {
        "type": "lint",
        "ruleId": diagnostic.rule,
        "message": diagnostic.message,
        "index": start.offset,
        "line": start.line,
        "column": start.column,
        "range": span,
        "loc": {
            "start": {"line": start.line, "column": start.column},
            "end": {"line": end.line, "column": end.column},
        },
        "severity": _SEVERITIES[diagnostic.severity],
        **_fix(diagnostic, span, language),
    }


def _fix(diagnostic: Diagnostic, span: list[int], language: Language) -> dict[str, Any]:
    if not diagnostic.fix:
        return {}
    command = {"range": span, "text": diagnostic.fix.replacement}
    if diagnostic.fix.safe:
        return {"fix": command}
    said = advice(diagnostic.fix).in_(language)
    return {"suggestions": [{"id": diagnostic.rule, "message": said, "fix": command}]}
