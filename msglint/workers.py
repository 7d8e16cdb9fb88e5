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
from msglint.draft import Draft, draft_together
from msglint.guide.model import Guide
from msglint.model import Diagnostic, Environment, Fix, Found, InputInvalid, Position, Severity, Source, Span
from msglint.rule import Rule, Silence

if TYPE_CHECKING:
    from msglint.analysis.view import Analyzer
    from msglint.cache import Cache

Outcome = Draft | InputInvalid
DraftsOf = Callable[[Sequence[Source]], list[Outcome]]

_MOST, _BYTES = 32, 256 * 1024
"""So many articles, and bytes of them, are read together: more take more memory and hardly less time."""

_FEWEST, _ROUNDS = 16, 4
"""A process is given so many articles or more at a time, and comes back for more so often or more."""

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
    drafts_of = functools.partial(_outcomes, guide=guide, rules=rules, environment=environment, analyzer=analyzer)
    key = functools.partial(_key, stem, environment)
    missing = list[Source]()
    for source in sources:
        held = cache.get(key(source)) if cache else None
        if held is not None:
            yield source, thaw(json.loads(held))
        else:
            missing.append(source)
    alone = jobs == 1 or len(missing) < 2 * _FEWEST
    for source, outcome in _made(missing, drafts_of) if alone else _parallel(missing, drafts_of, jobs):
        if cache and isinstance(outcome, Draft):
            cache.put(key(source), json.dumps(freeze(outcome), ensure_ascii=False))
        yield source, outcome


def _chunks(sources: Sequence[Source], most: int) -> Iterator[list[Source]]:
    """Cut `sources` into chunks of at most `most`, and of few bytes."""
    chunk, size = list[Source](), 0
    for source in sources:
        if chunk and (len(chunk) == most or size + len(source.content) > _BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(source)
        size += len(source.content)
    if chunk:
        yield chunk


def _made(sources: Sequence[Source], drafts_of: DraftsOf) -> Iterator[tuple[Source, Outcome]]:
    for chunk in _chunks(sources, _MOST):
        yield from zip(chunk, drafts_of(chunk), strict=True)


def _outcomes(
    sources: Sequence[Source], guide: Guide, rules: Sequence[Rule], environment: Environment, analyzer: Analyzer | None
) -> list[Outcome]:
    from msglint.analysis.view import Sudachi

    return draft_together(sources, guide, rules=rules, analyzer=analyzer or Sudachi(), environment=environment)


_shared: DraftsOf


def _prepare(drafts_of: DraftsOf) -> None:
    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one tells the user
    _shared = drafts_of


def _work(sources: Sequence[Source]) -> list[Draft | tuple[Any, ...]]:
    # An exception with its own __init__ does not survive pickling, its problems do.
    return [o if isinstance(o, Draft) else o.problems for o in _shared(sources)]


def _parallel(sources: Sequence[Source], drafts_of: DraftsOf, jobs: int) -> Iterator[tuple[Source, Outcome]]:
    from concurrent.futures import ProcessPoolExecutor

    most = min(_MOST, max(_FEWEST, len(sources) // (_ROUNDS * jobs)))
    chunks = [*_chunks(sources, most)]
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(drafts_of,)) as pool:
        for chunk, outcomes in zip(chunks, pool.map(_work, chunks), strict=True):
            for source, raw in zip(chunk, outcomes, strict=True):
                yield source, raw if isinstance(raw, Draft) else InputInvalid(*raw)


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
