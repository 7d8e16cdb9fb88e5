"""The guide's JSON Schema, for editors that complete and check `messaging.yaml` while it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msglint.guide.decode import Either, Field, Kind, ListOf, MapOf, Record, Scalar
from msglint.guide.model import Globs
from msglint.guide.table import Catalogue, guide_table


def schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a guide that may name the rules of `catalogue`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "msglint: messaging.yaml",
        "description": "msglintのメッセージングガイド。\nThe messaging guide of msglint.",
        **_of_kind(guide_table(catalogue)),
    }


def _of_kind(kind: Kind) -> dict[str, Any]:
    match kind:
        case Scalar():
            return {"anyOf": [kind.json, {"type": "null"}]} if kind.nullable else dict(kind.json)
        case ListOf():
            least = {"minItems": kind.least} if kind.least else {}
            return {"type": "array", "items": _of_kind(kind.item), **least}
        case MapOf():
            keys, values = _of_kind(kind.key), _of_kind(kind.value)
            return {"type": "object", "propertyNames": keys, "additionalProperties": values}
        case Either():
            return {"anyOf": [_of_kind(kind.single), _of_kind(kind.longer)]}
        case Record():
            return _of_record(kind)
    raise TypeError(kind)


def _of_record(record: Record) -> dict[str, Any]:
    required = [f.key for f in record.fields if f.required]
    one_of = [{"required": list(group)} for group in record.one_of]
    return {
        "type": "object",
        "properties": {f.key: _of_field(record, f) for f in record.fields},
        "additionalProperties": False,
        **({"required": required} if required else {}),
        **({"oneOf": one_of} if one_of else {}),
    }


def _of_field(record: Record, field: Field) -> dict[str, Any]:
    described = {**_of_kind(field.kind), "description": f"{field.about.ja}\n{field.about.en}"}
    default = None if field.required else plain_default(record.default(field))
    return described if default is None else {**described, "default": default}


def plain_default(value: Any) -> str | int | float | bool | list[Any] | dict[str, Any] | None:
    """Return a default as JSON has it, None when there is no value to show."""
    if isinstance(value, Globs):
        value = value.patterns
    if type(value) is tuple:  # a record of the model, such as Content, has no value of its own
        return [plain_default(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, (str, int, float, bool, dict)) else None
