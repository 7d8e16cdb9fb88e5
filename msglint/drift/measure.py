"""From the evidence of a run to the picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msglint.analysis.duplicates import Trace, twins
from msglint.analysis.encoder import Encoder
from msglint.analysis.encoder.packing import unpacked
from msglint.analysis.meaning import CARRIED
from msglint.analysis.on_message import Section, on_message
from msglint.drift.layout import Point, layout
from msglint.drift.model import ArticleDrift, ClaimPoint, Drift, Place, Scored, SectionDrift, Twins
from msglint.guide.model import Guide
from msglint.model import Found, Position, Run, Span

RULES = ("claim-contradicted", "claim-missing", "near-duplicate", "off-message")
"""The rules whose evidence the picture is made of."""
_MOST_TWINS = 20


def measure(run: Run, guide: Guide, encoder: Encoder, threshold: float, *, similarity: float) -> Drift:
    """Return the picture of all articles of `run`, whose rules are RULES, surveying.

    `similarity` is what makes a near duplicate; the most similar pairs are shown whether they reach it or not.
    """
    found = {rule: [e for r in run.results for e in r.evidence if e.rule == rule] for rule in RULES}
    claims = _by_place(found["claim-missing"])
    contradictions = _by_place(found["claim-contradicted"])
    sections = found["off-message"]
    scores = on_message([Section.of(e) for e in sections])
    points, claim_points = _points(sections, guide, encoder)
    articles: dict[str, list[SectionDrift]] = {r.path: [] for r in run.results}
    for e, score, point in zip(sections, scores, points, strict=True):
        at = (e.path, e.value["start"][2])
        articles[e.path].append(
            SectionDrift(
                heading=e.value["heading"],
                start=Position(*e.value["start"]),
                claims=_scored(claims.get(at)),
                contradictions=_scored(contradictions.get(at)),
                on_message=score,
                off_message=score < threshold,
                nearest=e.value["nearest"],
                point=point,
            )
        )
    shown = tuple(ArticleDrift(path, _carried(found, guide), tuple(found)) for path, found in articles.items())
    carried = {c for a in shown for c in a.carries}
    return Drift(
        guide=run.guide,
        encoder=encoder.identity,
        threshold=threshold,
        claims=tuple(ClaimPoint(c.id, c.statement, p) for c, p in zip(guide.claims, claim_points, strict=True)),
        articles=shown,
        uncarried=tuple(c.id for c in guide.claims if c.id not in carried),
        twins=_twins(found["near-duplicate"], similarity),
    )


def _points(sections: Sequence[Found], guide: Guide, encoder: Encoder) -> tuple[list[Point], list[Point]]:
    claims = encoder.encode([c.statement for c in guide.claims])
    vectors = unpacked([e.value["vector"] for e in sections]) if sections else claims[:0]
    return layout(vectors, claims)


def _by_place(found: Iterable[Found]) -> dict[tuple[str, int], Mapping[str, list[float]]]:
    return {(e.path, e.value["start"][2]): e.value["claims"] for e in found}


def _scored(values: Mapping[str, list[float]] | None) -> dict[str, Scored]:
    return {claim: Scored(value, Span(int(a), int(b))) for claim, (value, a, b) in (values or {}).items()}


def _carried(sections: Sequence[SectionDrift], guide: Guide) -> tuple[str, ...]:
    best = {c: s.value for section in sections for c, s in section.claims.items() if s.value >= CARRIED}
    return tuple(c.id for c in guide.claims if c.id in best)


def _twins(found: Sequence[Found], similarity: float) -> tuple[Twins, ...]:
    traces = [Trace(e.path, e.value["vector"], e.value["sketch"]) for e in found]
    pairs = sorted(twins(traces, min(similarity, 0.8)), key=lambda p: (-p.similarity, p.first, p.second))
    shown = [p for i, p in enumerate(pairs) if p.similarity >= similarity or i < _MOST_TWINS]
    places = [Place(e.path, e.value["start"][2], e.value["heading"]) for e in found]
    return tuple(Twins(p.similarity, places[p.first], places[p.second], p.similarity >= similarity) for p in shown)
