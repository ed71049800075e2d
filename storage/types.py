"""Column types that behave the same on SQLite and PostgreSQL.

    type          SQLite                               PostgreSQL       Python
    ExactNumber   text, plain decimal notation         NUMERIC          Decimal, to the last digit and trailing zero
    UtcTime       text, UTC, microseconds              TIMESTAMPTZ      aware datetime in UTC
    Words         JSON text                            JSON             tuple of strings
    Counts        JSON text                            JSON             mapping of names to whole numbers
    Pairs         JSON text                            JSON             mapping of names to strings

SQLite has no exact number and no aware time: `Numeric` silently rounds there, and times come back naive.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import JSON, DateTime, Dialect, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal that comes back digit for digit. Refuses floats, NaN and infinities with ValueError."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[str]:
        """NUMERIC without a limit where the database has it, text elsewhere."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(asdecimal=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | str | None:
        """Plain notation: 8E+5 is written 800000, so that equal texts are equal numbers of equal precision."""
        if value is None:
            return None
        return exact(value) if dialect.name == "postgresql" else plain(exact(value))

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """The decimal as it was stored."""
        return None if value is None else Decimal(value)


class UtcTime(TypeDecorator[datetime]):
    """An aware moment, kept and given in UTC. Refuses naive times with ValueError."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """A column with a time zone where the database has one."""
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Into UTC; SQLite keeps it without the zone, which is then always UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} says no time zone; give an aware time")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware, in UTC, on both."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """An ordered list of words: rules that fired, remarks, addresses."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> list[str] | None:  # noqa: ARG002
        """As a JSON list."""
        return None if value is None else list(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """Empty where nothing was stored."""
        return tuple(value or ())


class Counts(TypeDecorator[dict[str, int]]):
    """Counted things by name: ignored figures by kind, pages by outcome."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, int] | None, dialect: Dialect) -> dict[str, int] | None:  # noqa: ARG002
        """With its names in order, so that equal counts are equal bytes."""
        return None if value is None else dict(sorted(value.items()))

    def process_result_value(self, value: dict[str, int] | None, dialect: Dialect) -> dict[str, int]:  # noqa: ARG002
        """Empty where nothing was stored."""
        return dict(value or {})


class Pairs(TypeDecorator[dict[str, str]]):
    """Words by name: thresholds (as exact decimals in text), matchers, headers."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> dict[str, str] | None:  # noqa: ARG002
        """With its names in order, so that equal pairs are equal bytes."""
        return None if value is None else dict(sorted(value.items()))

    def process_result_value(self, value: dict[str, str] | None, dialect: Dialect) -> dict[str, str]:  # noqa: ARG002
        """Empty where nothing was stored."""
        return dict(value or {})


def exact(value: Decimal | int) -> Decimal:
    """`value` as a finite decimal. Raises ValueError for a float (it has lost its digits already), NaN or infinity."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise ValueError(f"{value!r} is no exact number; give a Decimal")  # noqa: TRY004
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{value!r} is no number that can be kept")
    # A minus before nothing is kept by one database and not by the other.
    return number or number.copy_abs()


def plain(value: Decimal) -> str:
    """Plain decimal notation without an exponent."""
    return format(value, "f")
