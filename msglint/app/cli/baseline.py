"""A baseline: diagnostics that are known and left for later, so that only new ones are reported."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msglint.app.cli.unusable import Unusable, reason
from msglint.model import Diagnostic, Result, Run

VERSION = 1

Key = tuple[str, str, str | None, str]
"""What makes a diagnostic the same when its lines have moved: guide path, rule, entry, text."""


def recorded(results: tuple[Result, ...], guide_paths: Mapping[str, str]) -> Counter[Key]:
    """Count the diagnostics of `results` by key; `guide_paths` are the articles' paths as the guide sees them."""
    return Counter(_key(d, guide_paths) for result in results for d in result.diagnostics)


def _key(diagnostic: Diagnostic, guide_paths: Mapping[str, str]) -> Key:
    return (guide_paths[diagnostic.path], diagnostic.rule, diagnostic.entry, diagnostic.text)


def without(results: tuple[Result, ...], known: Counter[Key], guide_paths: Mapping[str, str]) -> tuple[Result, ...]:
    """Return `results` less the diagnostics in `known`: of equal ones, as many as it counts, the first first."""
    left = Counter(known)

    def new(diagnostic: Diagnostic) -> bool:
        key = _key(diagnostic, guide_paths)
        left[key] -= 1
        return left[key] < 0

    return tuple(
        dataclasses.replace(result, diagnostics=tuple(d for d in result.diagnostics if new(d))) for result in results
    )


def gone(known: Counter[Key], run: Run, guide_paths: Mapping[str, str]) -> int:
    """Count what `known` has too many of, for the articles and by the rules of `run`."""
    checked, rules = set(guide_paths.values()), {rule.id for rule in run.rules}
    left = known - recorded(run.results, guide_paths)
    return sum(n for (path, rule, _, _), n in left.items() if path in checked and rule in rules)


def encode(known: Counter[Key]) -> bytes:
    """Return the baseline file: the same for the same diagnostics, one record a diagnostic."""
    ordered = sorted(known.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or "", item[0][3]))
    records = [
        {"path": path, "rule": rule, "entry": entry, "text": text, "count": count}
        for (path, rule, entry, text), count in ordered
    ]
    document = {"version": VERSION, "diagnostics": records}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def load(shown: str) -> Counter[Key]:
    """Read the baseline at the path `shown`; raises Unusable when it is none."""
    try:
        document = json.loads(Path(shown).read_bytes())
    except OSError as error:
        why = reason(error)
        raise Unusable(
            f"ベースライン {shown} を読めません。{why.ja}", f"Cannot read the baseline {shown}. {why.en}"
        ) from error
    except (ValueError, RecursionError):
        raise _not_one(shown) from None
    if isinstance(document, dict) and document.get("version", VERSION) != VERSION:
        raise Unusable(
            f"ベースライン {shown} は別の版の msglint のものです。--write-baseline で作り直してください。",
            f"The baseline {shown} is of another version of msglint. Make it anew with --write-baseline.",
        )
    try:
        return Counter(dict(_record(entry) for entry in document["diagnostics"]))
    except (KeyError, TypeError):
        raise _not_one(shown) from None


def _record(entry: Any) -> tuple[Key, int]:
    path, rule, about, text, count = (entry[key] for key in ("path", "rule", "entry", "text", "count"))
    if not all(isinstance(part, str) for part in (path, rule, about or "", text)) or not isinstance(count, int):
        raise TypeError
    return (path, rule, about, text), count


def _not_one(shown: str) -> Unusable:
    return Unusable(
        f"{shown} はベースラインではありません。--write-baseline で作り直してください。",
        f"{shown} is not a baseline. Make it anew with --write-baseline.",
    )
