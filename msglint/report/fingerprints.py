"""Names for diagnostics that stay the same when lines move, so that a dashboard knows them again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from msglint.model import Diagnostic


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return one SHA-256 in hexadecimal for each, all different.

    Made of path, rule, entry, text and how many of the same came before: not of the line, and not of the message,
    which differs by language and may count other places.
    """
    seen = Counter[tuple[str, ...]]()
    made = []
    for d in diagnostics:
        subject = (d.path, d.rule, d.entry or "", d.text)
        made.append(digest(*subject, str(seen[subject])))
        seen[subject] += 1
    return made


def digest(*parts: str) -> str:
    """Return the SHA-256 of `parts`, which cannot run into each other."""
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
