"""For reviewdog: one JSON object a line, columns in UTF-8 bytes of the file, ends exclusive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msglint.model import Diagnostic, Language, Problem, Run
from msglint.report.units import Place, has_bom, places

_SOURCE = {"name": "msglint"}
_BOM_BYTES = 3


def encode(run: Run) -> str:
    """Return a line for each file that could not be read and each diagnostic, with its suggestion."""
    found = [_unreadable(p, run.language) for p in run.unreadable]
    for result in run.results:
        found += _result(result.diagnostics, run.texts[result.path]) if result.diagnostics else []
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in found)


def _result(diagnostics: Sequence[Diagnostic], text: str) -> list[dict[str, Any]]:
    where = places(text, diagnostics, "utf-8")
    bom = _BOM_BYTES * has_bom(text, diagnostics[0])
    return [
        _diagnostic(d, {"start": _position(where[d.start], bom), "end": _position(where[d.end], bom)})
        for d in diagnostics
    ]


def _position(place: Place, bom: int) -> dict[str, int]:
    return {"line": place.line, "column": place.column + (bom if place.line == 1 else 0)}


def _diagnostic(diagnostic: Diagnostic, span: dict[str, Any]) -> dict[str, Any]:
    fix = diagnostic.fix
    return {
        "message": diagnostic.message,
        "location": {"path": diagnostic.path, "range": span},
        "severity": diagnostic.severity.upper(),
        "source": _SOURCE,
        "code": {"value": diagnostic.rule},
        **({"suggestions": [{"range": span, "text": fix.replacement}]} if fix else {}),
    }


def _unreadable(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "message": problem.message.in_(language),
        "location": {"path": problem.path},
        "severity": "ERROR",
        "source": _SOURCE,
    }
