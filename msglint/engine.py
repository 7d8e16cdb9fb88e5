"""The pipeline: bytes and a guide in, Results out. Reads no file, prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from msglint.draft import Draft, draft, level_of, stamp
from msglint.guide.model import Guide
from msglint.model import (
    Diagnostic,
    Environment,
    InputInvalid,
    Lines,
    Places,
    Result,
    Run,
    Source,
    Violation,
)
from msglint.rule import Corpus, Remark, Rule, Silence
from msglint.workers import drafts

if TYPE_CHECKING:
    from msglint.analysis.view import Analyzer
    from msglint.cache import Cache

UNSUPPRESSIBLE = "unused-suppression"


def lint(
    source: Source, guide: Guide, *, rules: Sequence[Rule], analyzer: Analyzer, environment: Environment
) -> Result:
    """Check one article by itself (rules over several articles see only this one).

    Raises InputInvalid when the article cannot be read.
    """
    made = draft(source, guide, rules=rules, analyzer=analyzer, environment=environment)
    return _finish([made], {source.path: source}, guide, rules, environment)[0]


def lint_among(
    source: Source,
    others: Iterable[Draft],
    guide: Guide,
    *,
    rules: Sequence[Rule],
    analyzer: Analyzer,
    environment: Environment,
) -> Result:
    """Check one article as `lint_corpus` would among articles that were read before; a draft of its own is left aside.

    Raises InputInvalid when the article cannot be read.
    """
    made = draft(source, guide, rules=rules, analyzer=analyzer, environment=environment)
    all_of_them = sorted((made, *(o for o in others if o.path != source.path)), key=lambda d: d.path)
    return _finish(all_of_them, {source.path: source}, guide, rules, environment, {source.path})[0]


def lint_corpus(
    sources: Iterable[Source],
    guide: Guide,
    *,
    rules: Sequence[Rule],
    environment: Environment,
    named: Collection[str] | None = None,
    analyzer: Analyzer | None = None,
    jobs: int = 1,
    cache: Cache | None = None,
    progress: Callable[[int], None] | None = None,
) -> Run:
    """Check articles against the guide and against each other.

    `sources` are all that are compared, `named` the paths that are reported on (None: all). The result is the
    same for any `jobs`, with a cache or without. `analyzer` has the models that the guide names (None: msglint's own
    vectors, whatever it names). An article that cannot be read becomes `Run.unreadable`.
    """
    known: dict[str, Source] = {}
    made, unreadable = list[Draft](), []
    for source, outcome in drafts(sources, guide, rules, environment, analyzer=analyzer, jobs=jobs, cache=cache):
        known[source.path] = source
        if isinstance(outcome, InputInvalid):
            unreadable += [p for p in outcome.problems if named is None or source.path in named]
        else:
            made.append(outcome)
        if progress:
            progress(1)
    made.sort(key=lambda d: d.path)
    results = tuple(_finish(made, known, guide, rules, environment, named))
    return Run(
        guide=guide.path,
        language=environment.language,
        results=results,
        rules=tuple(r.info for r in rules),
        texts={r.path: _text(known[r.path]) for r in results if r.diagnostics},
        unreadable=tuple(unreadable),
        entries=_entries(guide),
    )


def applicable(diagnostics: Sequence[Diagnostic]) -> list[tuple[Diagnostic, str]]:
    """Return the diagnostics whose fixes are safe and do not overlap, in source order, with what each puts in."""
    chosen, at = list[tuple[Diagnostic, str]](), 0
    for d in sorted(diagnostics, key=lambda d: (d.start.offset, -d.end.offset)):
        if d.fix and d.fix.safe and d.start.offset >= at:
            chosen.append((d, d.fix.replacement))
            at = d.end.offset
    return chosen


def fixed(text: str, diagnostics: Sequence[Diagnostic], *, bom: bool = False) -> str:
    """Return `text` (without its BOM; `bom` says there was one) with the applicable fixes put in."""
    parts, at = list[str](), 0
    for d, replacement in applicable(diagnostics):
        parts += [text[at : d.start.offset - bom], replacement]
        at = d.end.offset - bom
    return "".join([*parts, text[at:]])


def _finish(
    made: Sequence[Draft],
    sources: Mapping[str, Source],
    guide: Guide,
    rules: Sequence[Rule],
    environment: Environment,
    named: Collection[str] | None = None,
) -> list[Result]:
    """Compare the articles, then suppress → dedupe → sort the diagnostics of each that is `named` (None: of all)."""
    by_path = {d.path: d for d in made if named is None or d.path in named}
    across: dict[str, list[Diagnostic]] = {path: [] for path in by_path}
    for rule in rules:
        if rule.corpus:
            evidence = [e for d in made for e in d.evidence if e.rule == rule.id]
            options = {o.name: o.default for o in rule.options} | dict(guide.setting(rule.id).options)
            remarks = _grouped(rule.corpus(Corpus(evidence, guide, environment, options, named)))
            for path, violations in remarks.items():
                if path in by_path:
                    across[path] += _stamped(violations, rule, by_path[path], sources[path], guide, environment)
    ranks = {rule.id: rule.precedence for rule in rules if rule.precedence is not None}
    results = []
    for one in by_path.values():
        kept, silences = suppress((*one.diagnostics, *across[one.path]), one.silences)
        silences = [_with_level(s, rules, guide, one) for s in silences]
        for rule in rules:
            if rule.closing and silences:
                violations = [r.violation for r in rule.closing(silences)]
                kept += _stamped(violations, rule, one, sources[one.path], guide, environment)
        results.append(Result(one.path, tuple(in_order(dedupe(kept, ranks))), one.evidence))
    return results


def _grouped(remarks: Iterable[Remark]) -> dict[str, list[Violation]]:
    found: dict[str, list[Violation]] = {}
    for remark in remarks:
        found.setdefault(remark.path, []).append(remark.violation)
    return found


def _stamped(
    violations: Sequence[Violation], rule: Rule, one: Draft, source: Source, guide: Guide, environment: Environment
) -> list[Diagnostic]:
    level = level_of(rule, guide, one.guide_path, one.updated)
    if level.severity is None or not violations:
        return []
    text = _text(source)
    lines = Lines(text, bom=source.content.startswith(b"\xef\xbb\xbf"))
    return [stamp(v, rule, level, one.path, text, lines, environment) for v in violations]


def suppress(diagnostics: Sequence[Diagnostic], silences: Sequence[Silence]) -> tuple[list[Diagnostic], list[Silence]]:
    """Take out what a suppression covers; return the rest, and the suppressions with `used` set."""
    used, kept = set[int](), []
    for d in diagnostics:
        by = [
            i
            for i, s in enumerate(silences)
            if s.name == d.rule != UNSUPPRESSIBLE and s.silencing and s.covers.overlaps(d.span)
        ]
        used.update(by)
        if not by:
            kept.append(d)
    return kept, [replace(s, used=i in used) for i, s in enumerate(silences)]


def dedupe(diagnostics: Sequence[Diagnostic], ranks: dict[str, int]) -> list[Diagnostic]:
    """Keep one diagnostic a place among the rules about phrases: the longest, then the rule of lower rank."""
    kept, places = list[Diagnostic](), Places()
    by_length = sorted(
        diagnostics, key=lambda d: (d.span.start - d.span.end, ranks.get(d.rule, 0), d.severity.rank, d.sort_key)
    )
    for d in by_length:
        if d.rule not in ranks or places.take(d.span):
            kept.append(d)
    return list(dict.fromkeys(kept))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return `diagnostics` in source order."""
    return sorted(diagnostics, key=lambda d: d.sort_key)


def _with_level(silence: Silence, rules: Sequence[Rule], guide: Guide, made: Draft) -> Silence:
    rule = next((r for r in rules if r.id == silence.name), None)
    idle = rule is None or level_of(rule, guide, made.guide_path, made.updated).severity is None
    return replace(silence, idle=idle)


def _text(source: Source) -> str:
    return source.content.decode("utf-8-sig")


def _entries(guide: Guide) -> tuple[tuple[str, str], ...]:
    return (
        *(("fact", f.id) for f in guide.facts),
        *(("term", t.term) for t in guide.terms),
        *(("banned", b.phrase) for b in guide.banned),
        *(("avoid", a.phrase) for p in guide.personas for a in p.avoid),
    )
