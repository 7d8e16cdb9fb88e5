"""The revisions of the hand-over rules: kept as plain JSON, and which of them is in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from msglint.guide.sales import ActionRule, Agreement, Calendar, FitRule, Handoff, Mql, Response
from msglint.loop.model import HandoffRevision


def kept(handoff: Handoff) -> HandoffRevision:
    """Return `handoff` as the store keeps it; without a day it is in force from the beginning."""
    agreed = handoff.agreed or Agreement()
    definition = cast("dict[str, object]", _plain(handoff))
    return HandoffRevision(
        handoff.revision,
        handoff.effective_from or date.min,
        definition,
        agreed.marketing or None,
        agreed.sales or None,
        agreed.date,
    )


def read(revision: HandoffRevision) -> Handoff:
    """Return the rules that `revision` keeps."""
    kept = cast("Mapping[str, Any]", revision.definition)
    mql = kept["mql"]
    response, calendar = kept["response"], kept["calendar"]
    minimum = kept["bant_minimum"]
    target = kept["target_conversion"]
    return Handoff(
        revision=revision.revision,
        mql=Mql(
            Decimal(mql["threshold"]),
            tuple(_fit(rule) for rule in mql["fit"]),
            tuple(_action(rule) for rule in mql["actions"]),
            tuple(mql["required_actions"]),
        ),
        effective_from=revision.effective_from,
        agreed=Agreement(revision.agreed_marketing or "", revision.agreed_sales or "", revision.agreed_on),
        bant_minimum=None if minimum is None else int(minimum),
        response=Response(Decimal(response["hours"]), response["clock"]) if response else None,
        calendar=Calendar(tuple(calendar["workdays"]), calendar["hours"], calendar["holidays"]) if calendar else None,
        target_conversion=None if target is None else Decimal(target),
    )


def in_force(revisions: Iterable[Handoff], day: date) -> Handoff | None:
    """Return the revision that holds on `day`: the latest that is effective by then; None before the first."""
    begun = [handoff for handoff in revisions if (handoff.effective_from or date.min) <= day]
    return max(begun, key=lambda handoff: handoff.effective_from or date.min, default=None)


def _plain(value: Any) -> Any:
    """Return `value` as JSON has it: records as mappings, exact numbers and days as text."""
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Decimal | date) else value


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _fit(rule: Mapping[str, Any]) -> FitRule:
    operand: Any = rule["operand"]
    if rule["operator"] in ("at_least", "at_most"):
        operand = Decimal(operand)
    elif isinstance(operand, list):
        operand = tuple(operand)
    return FitRule(rule["field"], rule["operator"], operand, Decimal(rule["points"]))


def _action(rule: Mapping[str, Any]) -> ActionRule:
    return ActionRule(
        rule["action"],
        Decimal(rule["points"]),
        bool(rule["repeatable"]),
        _decimal(rule["cap"]),
        _decimal(rule["half_life_days"]),
    )
