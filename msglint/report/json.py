"""For programs: one object, its places in code points as msglint counts them."""

from __future__ import annotations

import json
from typing import Any

from msglint.model import Diagnostic, Position, Run
from msglint.report.words import tally


def encode(run: Run) -> str:
    """Return the object of `--format json`, with every file that was checked."""
    report: dict[str, Any] = {
        "version": 1,
        "guide": run.guide,
        "files": [{"path": r.path, "diagnostics": [_diagnostic(d) for d in r.diagnostics]} for r in run.results],
        "summary": {"files": len(run.results), **tally(run.diagnostics)},
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    fix = diagnostic.fix
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "start": _position(diagnostic.start),
        "end": _position(diagnostic.end),
        "text": diagnostic.text,
        "entry": diagnostic.entry,
        "score": diagnostic.score,
        "fix": {"replacement": fix.replacement, "safe": fix.safe} if fix else None,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}
