"""SARIF 2.1.0, for code scanning services and editors."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from msglint import __version__
from msglint.model import Diagnostic, Language, Lines, Problem, RuleInfo, Run, Severity, Text
from msglint.report.fingerprints import fingerprints
from msglint.report.words import advice

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
_ROOT_MEANING = Text("msglint を実行したフォルダー", "The folder that msglint was called in")

Object = dict[str, Any]


def encode(run: Run) -> str:
    """Return the log: columns in code points, offsets without a BOM, files that could not be read as notifications."""
    lines = {r.path: Lines(run.texts[r.path]) for r in run.results if r.diagnostics and r.path in run.texts}
    indexes = {rule.id: index for index, rule in enumerate(run.rules)}
    results = [
        _result(d, lines.get(d.path), run.language)
        | {"partialFingerprints": {"msglint/v1": fingerprint}}
        | ({"ruleIndex": indexes[d.rule]} if d.rule in indexes else {})
        for d, fingerprint in zip(run.diagnostics, fingerprints(run.diagnostics), strict=True)
    ]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run, results)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(run: Run, results: list[Object]) -> Object:
    driver = {
        "name": "msglint",
        "version": __version__,
        "language": run.language,
        "rules": [_rule(rule, run.language) for rule in run.rules],
    }
    return {
        "tool": {"driver": driver},
        "language": run.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_MEANING.in_(run.language)}}},
        "invocations": [
            {
                "executionSuccessful": not run.unreadable,
                "toolExecutionNotifications": [_notification(p, run.language) for p in run.unreadable],
            }
        ],
        "results": results,
    }


def _rule(rule: RuleInfo, language: Language) -> Object:
    summary, page = rule.summary.in_(language), rule.page.in_(language).strip()
    described: Object = {
        "id": rule.id,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": _opening(page) or summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return described | ({"help": {"text": page, "markdown": page}} if page else {})


def _opening(page: str) -> str:
    """Return the first paragraph that is no heading."""
    paragraphs = (p.strip() for p in page.split("\n\n"))
    return next((p for p in paragraphs if p and not p.startswith("#")), "")


def _result(diagnostic: Diagnostic, lines: Lines | None, language: Language) -> Object:
    region = _region(diagnostic, lines)
    artifact = _artifact(diagnostic.path)
    described: Object = {
        "ruleId": diagnostic.rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": region | {"snippet": {"text": diagnostic.text}},
                }
            }
        ],
    }
    if not diagnostic.fix:
        return described
    replacement = {"deletedRegion": region, "insertedContent": {"text": diagnostic.fix.replacement}}
    change = {"artifactLocation": artifact, "replacements": [replacement]}
    return described | {
        "fixes": [{"description": {"text": advice(diagnostic.fix).in_(language)}, "artifactChanges": [change]}]
    }


def _region(diagnostic: Diagnostic, lines: Lines | None) -> Object:
    start, end = diagnostic.start, diagnostic.end
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    if lines is None:
        return region
    offset = lines.starts[start.line - 1] + start.column - 1  # Position.offset would count a BOM
    return region | {"charOffset": offset, "charLength": len(diagnostic.text)}


def _artifact(path: str) -> Object:
    return {"uri": quote(path, safe="/", errors="surrogateescape"), "uriBaseId": _ROOT}


def _notification(problem: Problem, language: Language) -> Object:
    return {
        "level": "error",
        "message": {"text": problem.message.in_(language)},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(problem.path)}}],
    }
