"""The registered figures that a sheet's sections state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msglint.analysis.statements import agreed, registered, shown
from msglint.document.model import Document
from msglint.guide.model import Fact, FactValue, Guide
from msglint.model import Found, Result
from msglint.sheet.model import FactUsed

RULE = "fact-mismatch"
_ABOUT = "entry:fact:"


def facts_used(
    document: Document, result: Result, guide: Guide, covered: Callable[[int], bool]
) -> tuple[FactUsed, ...]:
    """Return the facts stated where `covered` says so, in the order in which they are first stated."""
    known = {fact.id: fact for fact in guide.facts}
    found: dict[str, list[FactValue]] = {}
    for at, id, said in sorted(_stated(document, result, guide)):
        value = next((v for v in known[id].values if shown(v) == said), None) if id in known else None
        if value and covered(at) and value not in found.setdefault(id, []):
            found[id].append(value)
    return tuple(_used(known[id], values) for id, values in found.items() if values)


def _stated(document: Document, result: Result, guide: Guide) -> Iterator[tuple[int, str, str]]:
    """Yield where the article states which fact, and the value: as the rule found it, or if it is off, found here."""
    if guide.setting(RULE).severity != "off":
        yield from _evidence(result.evidence)
        return
    from msglint.analysis.view import Sudachi, View

    for statement in agreed(View(document, Sudachi()), guide):
        quantity = statement.bound.quantity
        if statement.value:
            span = statement.bound.block.span(quantity.start, quantity.end)
            yield span.start, statement.fact.id, shown(statement.value)


def _evidence(evidence: Iterable[Found]) -> Iterator[tuple[int, str, str]]:
    for found in evidence:
        if found.rule == RULE and found.about.startswith(_ABOUT):
            yield found.span.start, found.about.removeprefix(_ABOUT), str(found.value)


def _used(fact: Fact, values: list[FactValue]) -> FactUsed:
    said = "、".join(registered(fact, v) + (f"({v.as_of}年)" if v.as_of else "") for v in values)
    return FactUsed(fact.id, fact.subject, said, fact.source, fact.caveat.text if fact.caveat else "")
