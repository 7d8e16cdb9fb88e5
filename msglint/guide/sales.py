"""The guide's part for sales: sheets, brand, the hand-over of leads, and how exports of the CRM are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sales sheet: the tagged sections it is made of."""

    id: str
    title: str = "{{ article.title }}"
    sections: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf", "pptx")
    pages: int | None = None
    review_months: int | None = None
    templates: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose sheets they are."""

    name: str = ""
    logo: str | None = None
    color: str | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class FitRule:
    """Points for what a lead is: `operator` one of at_least, at_most, equals, in, matches."""

    field: str
    operator: str
    operand: Any
    points: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ActionRule:
    """Points for what a lead did."""

    action: str
    points: Decimal = Decimal(0)
    repeatable: bool = False
    cap: Decimal | None = None
    half_life_days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Mql:
    """When a lead is handed over."""

    threshold: Decimal = Decimal(80)
    fit: tuple[FitRule, ...] = ()
    actions: tuple[ActionRule, ...] = ()
    required_actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Business hours, in local time."""

    workdays: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    hours: str = "09:00-18:00"
    holidays: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """How fast sales calls."""

    hours: Decimal = Decimal(24)
    clock: Literal["business", "elapsed"] = "elapsed"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed to the hand-over rules, and when."""

    marketing: str = ""
    sales: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Handoff:
    """Marketing's and sales' agreed definition of a handed-over lead."""

    revision: str = "1"
    mql: Mql = Mql()
    effective_from: date | None = None
    agreed: Agreement | None = None
    bant_minimum: int | None = None
    response: Response | None = None
    calendar: Calendar | None = None
    target_conversion: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Imports:
    """How exports of the CRM are read."""

    timezone: str | None = None
    stages: tuple[tuple[str, str], ...] = ()
