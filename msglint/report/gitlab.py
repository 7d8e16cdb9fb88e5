"""For GitLab's Code Quality.

`error` is critical and not a blocker, which is kept for files that could not be read: whether a merge has to wait is
for `--fail-on` to say. `warning` is major, since each is for the editor to decide on, and `info` is info.
"""

from __future__ import annotations

import json
from typing import Any

from msglint.model import Diagnostic, Language, Problem, Run, Severity
from msglint.report.fingerprints import digest, fingerprints

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def encode(run: Run) -> str:
    """Return the list of issues, each with a fingerprint of its own that moving lines do not change."""
    diagnostics = run.diagnostics
    issues = [_unreadable(p, run.language) for p in run.unreadable]
    issues += [_issue(d, name) for d, name in zip(diagnostics, fingerprints(diagnostics), strict=True)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    return {
        "description": diagnostic.message,
        "check_name": diagnostic.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": diagnostic.path,
            "lines": {"begin": diagnostic.start.line, "end": diagnostic.end.line},
        },
    }


def _unreadable(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "description": problem.message.in_(language),
        "check_name": "unreadable",
        "fingerprint": digest(problem.path, "unreadable", problem.message.en),
        "severity": "blocker",
        "location": {"path": problem.path, "lines": {"begin": max(1, problem.line)}},
    }
