"""Checkstyle's XML, which most CI servers read."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msglint.model import Diagnostic, Language, Problem, Run
from msglint.report.xml import document, element


def encode(run: Run) -> str:
    """Return every file that was checked, and those that could not be read, with their errors."""
    unread = [_file(problem.path, [_unreadable(problem, run.language)]) for problem in run.unreadable]
    files = [_file(result.path, [_error(d) for d in result.diagnostics]) for result in run.results]
    return document(element("checkstyle", {"version": "4.3"}, unread + files))


def _file(path: str, errors: list[Element]) -> Element:
    return element("file", {"name": path}, errors)


def _error(diagnostic: Diagnostic) -> Element:
    attributes: dict[str, str | int] = {
        "line": diagnostic.start.line,
        "column": diagnostic.start.column,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "source": f"msglint.{diagnostic.rule}",
    }
    return element("error", attributes)


def _unreadable(problem: Problem, language: Language) -> Element:
    attributes: dict[str, str | int] = {
        "line": max(1, problem.line),
        "column": max(1, problem.column),
        "severity": "error",
        "message": problem.message.in_(language),
        "source": "msglint.unreadable",
    }
    return element("error", attributes)
