"""For GitHub Actions: workflow commands that the runner turns into annotations.

The runner shows ten of each kind a step, so the most severe come first.
"""

from __future__ import annotations

from msglint.model import Diagnostic, Language, Problem, Run, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def encode(run: Run) -> str:
    """Return a line for each file that could not be read, then one for each diagnostic, worst first."""
    worst_first = sorted(run.diagnostics, key=lambda d: d.severity.rank)
    return "".join([_unreadable(p, run.language) for p in run.unreadable] + [_diagnostic(d) for d in worst_first])


def _diagnostic(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.start, diagnostic.end
    properties: dict[str, str | int] = {"file": diagnostic.path, "line": start.line, "endLine": end.line}
    if start.line == end.line:  # the runner refuses columns of a range over several lines
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"msglint {diagnostic.rule}"
    return _command(_COMMANDS[diagnostic.severity], properties, diagnostic.message)


def _unreadable(problem: Problem, language: Language) -> str:
    return _command("error", {"file": problem.path, "title": "msglint"}, problem.message.in_(language))


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    listed = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {listed}::{message.translate(_DATA)}\n"
