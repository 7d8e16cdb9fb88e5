"""How the store keeps what its databases have no common type for."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Float, String
from sqlalchemy.types import TypeDecorator, TypeEngine

_CENT = Decimal("0.01")


class Moment(TypeDecorator[datetime]):
    """An aware moment, to the second; SQLite keeps it as text in UTC, which sorts as time does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of `dialect`."""
        return dialect.type_descriptor(String(20) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return what the database is given; raises ValueError for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        moment = value.astimezone(UTC).replace(microsecond=0)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return what the database has, in UTC."""
        if value is None:
            return None
        return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


class Points(TypeDecorator[Decimal]):
    """Points to the hundredth, which a double holds without loss."""

    impl = Float(53)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Return what the database is given."""
        return None if value is None else float(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return what the database has."""
        return None if value is None else Decimal(repr(float(value))).quantize(_CENT)
