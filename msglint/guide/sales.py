"""The guide's part for sales: sheets, brand, the hand-over of leads, and how exports of the CRM are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

KINDS = ("summary", "problem", "solution", "proof", "objection", "talk-track", "diagram", "next-step")
"""The kinds of section that every guide knows, in the order of a sheet."""


class SheetKind(NamedTuple):
    """A sales sheet: the tagged sections it is made of."""

    id: str
    title: str = "{{ article.title }}"
    sections: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf", "pptx")
    pages: int | None = None
    review_months: int | None = None
    templates: tuple[tuple[str, str], ...] = ()


class Brand(NamedTuple):
    """Whose sheets they are."""

    name: str = ""
    logo: str | None = None
    color: str | None = None
    font: str | None = None


class FitRule(NamedTuple):
    """Points for what a lead is: `operator` one of at_least, at_most, equals, in, matches."""

    field: str
    operator: str
    operand: Any
    points: Decimal = Decimal(0)


class ActionRule(NamedTuple):
    """Points for what a lead did."""

    action: str
    points: Decimal = Decimal(0)
    repeatable: bool = False
    cap: Decimal | None = None
    half_life_days: Decimal | None = None


class Mql(NamedTuple):
    """When a lead is handed over."""

    threshold: Decimal = Decimal(80)
    fit: tuple[FitRule, ...] = ()
    actions: tuple[ActionRule, ...] = ()
    required_actions: tuple[str, ...] = ()


class Calendar(NamedTuple):
    """Business hours, in local time."""

    workdays: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    hours: str = "09:00-18:00"
    holidays: str | None = None


class Response(NamedTuple):
    """How fast sales calls."""

    hours: Decimal = Decimal(24)
    clock: Literal["business", "elapsed"] = "elapsed"


class Agreement(NamedTuple):
    """Who agreed to the hand-over rules, and when."""

    marketing: str = ""
    sales: str = ""
    date: date | None = None


class Handoff(NamedTuple):
    """Marketing's and sales' agreed definition of a handed-over lead."""

    revision: str = "1"
    mql: Mql = Mql()
    effective_from: date | None = None
    agreed: Agreement | None = None
    bant_minimum: int | None = None
    response: Response | None = None
    calendar: Calendar | None = None
    target_conversion: Decimal | None = None


class Imports(NamedTuple):
    """How exports of the CRM are read."""

    timezone: str | None = None
    stages: tuple[tuple[str, str], ...] = ()
