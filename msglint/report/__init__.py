"""Reports: one file per format, each `encode(run) -> str`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping

from msglint.model import Run

FORMATS: Mapping[str, str] = {
    "text": "msglint.report.text",
    "json": "msglint.report.json",
    "sarif": "msglint.report.sarif",
    "github": "msglint.report.github",
    "gitlab": "msglint.report.gitlab",
    "checkstyle": "msglint.report.checkstyle",
    "junit": "msglint.report.junit",
    "rdjsonl": "msglint.report.rdjsonl",
    "textlint": "msglint.report.textlint",
}
"""Each format's name, as given to `--format`, and the module that writes it."""


def encoder(name: str) -> Callable[[Run], str]:
    """Return the `encode` of the format called `name`, importing that one only; raises KeyError for no format."""
    encode: Callable[[Run], str] = importlib.import_module(FORMATS[name]).encode
    return encode
