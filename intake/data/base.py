"""What every table is made of: typed base, aware time, coded columns, random ids."""

import secrets
from base64 import b32encode
from collections.abc import Iterator, Sequence
from datetime import UTC as UTC_ZONE
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Enum, MetaData, String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from intake import clock

PATIENCE = 5.0  # seconds to wait for whoever holds the database, a file or a row

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UTC(TypeDecorator[datetime]):
    """An aware moment, stored in UTC by either database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC_ZONE)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        return value if value is None else value.replace(tzinfo=value.tzinfo or UTC_ZONE)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)

    created_at: Mapped[datetime] = mapped_column(UTC, default=clock.now)


def coded(values: type[StrEnum]) -> Enum:
    """A column for the English codes of an enum, kept as text so that codes can be added."""
    return Enum(
        values,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda enum: [member.value for member in enum],
    )


LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")


def random_id() -> str:
    """80 random bits in lower-case letters and digits: tells nobody how many there are."""
    return b32encode(secrets.token_bytes(10)).decode().translate(LETTERS)


class Identified:
    """A row known outside by a random id."""

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=random_id)


db = SQLAlchemy(metadata=Base.metadata)


def lots(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """So many at a time, each lot for a write of its own, so that nobody waits behind thousands."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def is_postgresql() -> bool:
    """Is the database PostgreSQL (else SQLite)?"""
    return db.engine.dialect.name == "postgresql"


def embedded() -> Path | None:
    """The file of the embedded database, None where it is PostgreSQL."""
    return None if is_postgresql() else Path(str(db.engine.url.database))


def insert(table: Any) -> Any:
    """An INSERT of this database that knows ON CONFLICT."""
    return (postgresql if is_postgresql() else sqlite).insert(table)
