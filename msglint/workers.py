"""Drafts of many articles: from the cache, in this process or in several; the same in any case."""

from __future__ import annotations

import functools
import hashlib
import json
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msglint import __version__
from msglint.draft import Draft, draft
from msglint.guide.model import Guide
from msglint.model import Diagnostic, Environment, Fix, Found, InputInvalid, Position, Severity, Source, Span
from msglint.rule import Rule, Silence

if TYPE_CHECKING:
    from msglint.analysis.view import Analyzer
    from msglint.cache import Cache

Outcome = Draft | InputInvalid
Key = Callable[[Source], str]
_CHUNK = 16
_READ = frozenset({".py", ".bin", ".toml", ".yaml"})
"""What msglint's own files that decide on a result end with: code, learned vectors, word lists."""


def drafts(
    sources: Iterable[Source],
    guide: Guide,
    rules: Sequence[Rule],
    environment: Environment,
    *,
    analyzer: Analyzer | None = None,
    jobs: int = 1,
    cache: Cache | None = None,
) -> Iterator[tuple[Source, Outcome]]:
    """Yield each source with its draft, or with the reason why it cannot be read.

    Without an `analyzer` articles are read with msglint's own vectors; one that is given must survive pickling.
    """
    stem = _stem(guide, rules, environment, analyzer) if cache else ""
    draft_of = functools.partial(_outcome, guide=guide, rules=rules, environment=environment, analyzer=analyzer)
    missing = list[Source]()
    key = functools.partial(_key, stem, environment)
    for source in sources:
        held = cache.get(key(source)) if cache else None
        if held is not None:
            yield source, thaw(json.loads(held))
        else:
            missing.append(source)
            if jobs == 1:
                yield from _made(missing, draft_of, key, cache)
                missing.clear()
    if len(missing) < 2 * _CHUNK:
        yield from _made(missing, draft_of, key, cache)
    else:
        yield from _parallel(missing, draft_of, jobs, key, cache)


def _made(
    sources: Sequence[Source], draft_of: Callable[[Source], Outcome], key: Key, cache: Cache | None
) -> Iterator[tuple[Source, Outcome]]:
    for source in sources:
        outcome = draft_of(source)
        _hold(cache, key, source, outcome)
        yield source, outcome


def _outcome(
    source: Source, guide: Guide, rules: Sequence[Rule], environment: Environment, analyzer: Analyzer | None
) -> Outcome:
    from msglint.analysis.view import Sudachi

    try:
        return draft(source, guide, rules=rules, analyzer=analyzer or Sudachi(), environment=environment)
    except InputInvalid as problem:
        return problem


def _hold(cache: Cache | None, key: Key, source: Source, outcome: Outcome) -> None:
    if cache and isinstance(outcome, Draft):
        cache.put(key(source), json.dumps(freeze(outcome), ensure_ascii=False))


_shared: Callable[[Source], Outcome]


def _prepare(draft_of: Callable[[Source], Outcome]) -> None:
    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one tells the user
    _shared = draft_of


def _work(sources: Sequence[Source]) -> list[Draft | tuple[Any, ...]]:
    # An exception with its own __init__ does not survive pickling, its problems do.
    outcomes = map(_shared, sources)
    return [o if isinstance(o, Draft) else o.problems for o in outcomes]


def _parallel(
    sources: Sequence[Source], draft_of: Callable[[Source], Outcome], jobs: int, key: Key, cache: Cache | None
) -> Iterator[tuple[Source, Outcome]]:
    from concurrent.futures import ProcessPoolExecutor

    chunks = [tuple(sources[i : i + _CHUNK]) for i in range(0, len(sources), _CHUNK)]
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(draft_of,)) as pool:
        for chunk, outcomes in zip(chunks, pool.map(_work, chunks), strict=True):
            for source, raw in zip(chunk, outcomes, strict=True):
                outcome = raw if isinstance(raw, Draft) else InputInvalid(*raw)
                _hold(cache, key, source, outcome)
                yield source, outcome


def _stem(guide: Guide, rules: Sequence[Rule], environment: Environment, analyzer: Analyzer | None) -> str:
    """All that a draft depends on but the article itself."""
    from importlib.util import find_spec

    dictionary = find_spec("sudachidict_core")
    parts = [__version__, _code(), guide.digest, guide.path, repr(environment), dictionary.origin if dictionary else ""]
    parts += [f"{r.id}:{r.severity}:{r.check.__name__ if r.check else ''}" for r in rules]
    parts += map(repr, analyzer.models if analyzer else ())
    return "\0".join(map(str, parts))


def _code() -> str:
    """A mark that changes with msglint's own files, so that work on a rule is never judged by old results."""
    files = sorted(f for f in Path(__file__).parent.rglob("*") if f.suffix in _READ)
    return repr([(f.name, f.stat().st_mtime_ns) for f in files])


def _key(stem: str, environment: Environment, source: Source) -> str:
    said = [tuple(c) for c in environment.complaints.get(source.guide_path or source.path, ())]
    digest = hashlib.sha256(f"{stem}\0{source.path}\0{source.guide_path}\0{said}\0".encode())
    digest.update(source.content)
    return digest.hexdigest()


def freeze(made: Draft) -> dict[str, Any]:
    """Return a draft as plain JSON values."""
    return asdict(made) | {"updated": made.updated.isoformat() if made.updated else None}


def thaw(held: dict[str, Any]) -> Draft:
    """Return the draft that `freeze` made `held` of."""
    return Draft(
        path=held["path"],
        guide_path=held["guide_path"],
        updated=date.fromisoformat(held["updated"]) if held["updated"] else None,
        diagnostics=tuple(_thaw_diagnostic(d) for d in held["diagnostics"]),
        evidence=tuple(Found(**e | {"span": Span(*e["span"])}) for e in held["evidence"]),
        silences=tuple(
            Silence(**s | {k: Span(*s[k]) for k in ("span", "directive", "covers")}) for s in held["silences"]
        ),
    )


def _thaw_diagnostic(held: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        **held
        | {
            "severity": Severity(held["severity"]),
            "start": Position(*held["start"]),
            "end": Position(*held["end"]),
            "fix": Fix(**held["fix"]) if held["fix"] else None,
        }
    )
