"""For programs: one object, as the contract has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msglint.drift.model import ArticleDrift, Drift, Month, Place, Scored, SectionDrift, Twins


def encode(drift: Drift) -> str:
    """Return the object of `drift --format json`; `trend` is there when there is one."""
    report: dict[str, Any] = {
        "version": 1,
        "guide": drift.guide,
        "encoder": {"name": drift.encoder.name, "hash": drift.encoder.hash},
        "threshold": drift.threshold,
        "articles": [_article(a) for a in drift.articles],
        "uncarried": list(drift.uncarried),
        "duplicates": [_twins(t) for t in drift.twins if t.duplicate],
    }
    if drift.trend:
        report["trend"] = [_month(m) for m in drift.trend]
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _article(article: ArticleDrift) -> dict[str, Any]:
    return {
        "path": article.path,
        "carries": list(article.carries),
        "sections": [_section(s) for s in article.sections],
    }


def _section(section: SectionDrift) -> dict[str, Any]:
    start = section.start
    return {
        "heading": section.heading,
        "start": {"line": start.line, "column": start.column, "offset": start.offset},
        "claims": _scores(section.claims),
        "contradictions": _scores(section.contradictions),
        "on_message": section.on_message,
        "off_message": section.off_message,
    }


def _scores(scores: Mapping[str, Scored]) -> dict[str, float]:
    return {claim: score.value for claim, score in scores.items()}


def _twins(twins: Twins) -> dict[str, Any]:
    return {"similarity": twins.similarity, "sections": [_place(twins.first), _place(twins.second)]}


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "heading": place.heading}


def _month(month: Month) -> dict[str, Any]:
    return {
        "day": month.day.isoformat(),
        "articles": month.articles,
        "sections": month.sections,
        "coverage": dict(month.coverage),
        "off_message": month.off_message,
        "on_message": month.on_message,
    }
