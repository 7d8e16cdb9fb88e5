"""Whether a lead is what a fit rule of the guide asks for."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from decimal import Decimal

from msglint.guide.sales import FitRule
from msglint.loop.columns import fields_of, normalized
from msglint.loop.model import Lead

_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_UP_TO = re.compile(r"^\s*[~〜～<≦]|以下|未満|まで")
_FROM = re.compile(r"[~〜～+]\s*$|^\s*[>≧]|以上|超")
_CHOICES = re.compile(r"[;、,]")
_SECONDS = 0.2
_HELD = frozenset(field.name for field in dataclasses.fields(Lead)) - {"fields", "id"}


def own_columns(rules: tuple[FitRule, ...]) -> tuple[str, ...]:
    """Return the fields of `rules` that no export has by name, so that their columns are to be kept as they are."""
    return tuple(dict.fromkeys(rule.field for rule in rules if rule.field not in fields_of("leads")))


def holds(rule: FitRule, lead: Lead) -> bool:
    """Whether `rule` holds for `lead`; what is not known holds never.

    Numbers may have a unit (300名). A range such as 100〜299 reaches `at_least` by its lower end and `at_most` by its
    upper one. Of several choices in one cell (製造業;情報通信業) one is enough.
    """
    value = value_of(lead, rule.field)
    if value is None:
        return False
    match rule.operator:
        case "at_least" | "at_most":
            return _compares(rule, value)
        case "equals":
            return any(same(value, rule.operand) for value in (value, *_CHOICES.split(value)))
        case "in":
            return any(same(v, wanted) for v in (value, *_CHOICES.split(value)) for wanted in rule.operand)
    return _matches(str(rule.operand), value)


def value_of(lead: Lead, field: str) -> str | None:
    """Return what is known of `field`, None for nothing."""
    value = getattr(lead, field) if field in _HELD else lead.fields.get(field)
    text = "" if value is None else str(value)
    return text.strip() or None


def same(one: str, other: str) -> bool:
    """Whether two texts are equal but for width, case and blanks."""
    return normalized(one) == normalized(other)


def _compares(rule: FitRule, value: str) -> bool:
    text = unicodedata.normalize("NFKC", value).replace(",", "")
    numbers = [Decimal(number) for number in _NUMBER.findall(text)]
    operand: Decimal = rule.operand
    if not numbers or len(numbers) > 2:
        return False
    if rule.operator == "at_least":
        return numbers[0] >= operand and not (len(numbers) == 1 and _UP_TO.search(text))
    return numbers[-1] <= operand and not (len(numbers) == 1 and _FROM.search(text))


def _matches(pattern: str, value: str) -> bool:
    import regex

    try:
        return regex.search(pattern, unicodedata.normalize("NFKC", value), timeout=_SECONDS) is not None
    except TimeoutError:
        return False
