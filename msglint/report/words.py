"""What several formats say to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msglint.model import Diagnostic, Fix, Severity, Text

SEVERITIES: Mapping[Severity, Text] = {
    Severity.ERROR: Text("エラー", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.INFO: Text("情報", "info"),
}


def tally(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Count by severity, worst first, zeros included."""
    counted = Counter(d.severity for d in diagnostics)
    return {severity: counted[severity] for severity in SEVERITIES}


def counts(tally: Mapping[Severity, int]) -> Text:
    """Return 「エラー1件、警告2件、情報0件」."""
    return Text(
        "、".join(f"{name.ja}{tally[severity]}件" for severity, name in SEVERITIES.items()),
        ", ".join(_count(tally[severity], name.en) for severity, name in SEVERITIES.items()),
    )


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 or name == "info" else f"{number} {name}s"


def advice(fix: Fix) -> Text:
    """Say what to put in the place, and whether `msglint fix` does it."""
    what = Text(fix.replacement, fix.replacement) if fix.replacement else Text("この部分を削る", "delete this")
    if fix.safe:
        return Text(f"{what.ja}(msglint fix で直せます)", f"{what.en} (msglint fix applies it)")
    return Text(
        f"{what.ja}(自動では直しません。内容を確かめてから書き換えてください)",
        f"{what.en} (not applied automatically: check the meaning first)",
    )
