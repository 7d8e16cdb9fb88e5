"""JUnit's XML: one test case a file, so that a case keeps its name from run to run.

A case has one failure that lists all diagnostics, because several readers of the format show the first one only.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msglint.model import Diagnostic, Language, Problem, Result, Run
from msglint.report.words import counts, tally
from msglint.report.xml import document, element


def encode(run: Run) -> str:
    """Return the suite: clean files pass, files with diagnostics fail, unreadable ones are errors."""
    suite: dict[str, str | int] = {
        "name": "msglint",
        "tests": len(run.results) + len(run.unreadable),
        "failures": sum(bool(r.diagnostics) for r in run.results),
        "errors": len(run.unreadable),
    }
    cases = [_case(p.path, [_error(p, run.language)]) for p in run.unreadable]
    cases += [_case(r.path, [_failure(r, run.language)] if r.diagnostics else []) for r in run.results]
    return document(element("testsuites", suite, [element("testsuite", suite, cases)]))


def _case(path: str, outcome: list[Element]) -> Element:
    return element("testcase", {"classname": "msglint", "name": path}, outcome)


def _failure(result: Result, language: Language) -> Element:
    worst = min((d.severity for d in result.diagnostics), key=lambda s: s.rank)
    attributes = {"type": worst, "message": counts(tally(result.diagnostics)).in_(language)}
    return element("failure", attributes, text="\n".join(_line(d) for d in result.diagnostics))


def _line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.path}:{diagnostic.start.line}:{diagnostic.start.column}"
    return f"{place}: {diagnostic.severity} {diagnostic.rule} {diagnostic.message}"


def _error(problem: Problem, language: Language) -> Element:
    attributes = {"type": "unreadable", "message": problem.message.in_(language)}
    return element("error", attributes, text=problem.line_in(language))
