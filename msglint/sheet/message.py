"""The claim that an article carries most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msglint.document.model import Document
from msglint.guide.model import Guide
from msglint.model import Found, Result
from msglint.sheet.model import KeyMessage

RULE = "claim-missing"
_ABOUT = "section"
_CARRIED = 0.5


def key_message(document: Document, result: Result, guide: Guide, path: str) -> KeyMessage | None:
    """Return the claim that the sections carry most.

    What the article promises or the guide requires of it comes before what it carries by the way. Where none is
    carried, it is the first of those promised or required.
    """
    statements = {claim.id: claim.statement for claim in guide.claims}
    carried = {id: how for id, how in _carried(result.evidence).items() if id in statements}
    expected = [id for id in dict.fromkeys(_expected(document, guide, path)) if id in statements]
    kept = [id for id in expected if id in carried]
    if best := max(kept or carried, key=lambda id: carried[id], default=None):
        return KeyMessage(best, statements[best], carried[best][1])
    return KeyMessage(expected[0], statements[expected[0]]) if expected else None


def _carried(evidence: Iterable[Found]) -> Mapping[str, tuple[float, float]]:
    """Return the claims that some section carries: how often, each as much as it is sure, and the surest."""
    found: dict[str, tuple[float, float]] = {}
    for item in evidence:
        if item.rule == RULE and item.about == _ABOUT and isinstance(item.value, dict):
            for id, (probability, *_) in item.value.get("claims", {}).items():
                if probability >= _CARRIED:
                    total, most = found.get(id, (0.0, 0.0))
                    found[id] = (total + probability, max(most, probability))
    return found


def _expected(document: Document, guide: Guide, path: str) -> Iterator[str]:
    """Yield the claims that the article promises, then those that the guide requires of it."""
    front = document.front
    entry = front.entries.get("claims") if front else None
    if entry:
        yield from (v for v in ([v for v, _ in entry.items] or [entry.value]) if isinstance(v, str))
    persona, stage = (front.text("persona"), front.text("stage")) if front else (None, None)
    for claim in guide.claims:
        if claim.required_for and claim.required_for.admits(persona, stage, path):
            yield claim.id
