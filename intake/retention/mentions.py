"""Where a text stands in free text, whoever wrote it: the places alone, for a person to judge."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, String, Table, Text, cast, func, or_, select
from sqlalchemy.types import JSON, Enum, TypeDecorator

from intake.data import references
from intake.data.base import Base, db
from intake.security.sealed import SealedText

# what is no free text: hashes, keys of indexes, and what is told elsewhere on the page
LEFT_OUT = {
    *(
        "used_token",
        "search_document",
        "search_term",
        "search_state",
        "trail",
        "trail_salt",
        "job_run",
        "disclosure",
        "session",
    ),
    *("near_name", "case_name"),
}
SHORT = 40  # a column with less room holds a code


@dataclass(frozen=True)
class Place:
    """A row in which something stands or that names somebody, by table and column."""

    table: str
    column: str
    row: str
    at: datetime


def of_text(texts: Iterable[str]) -> list[Place]:
    """Every place where one of some texts stands, whatever its case."""
    wanted = [text.lower() for text in texts if text]
    if not wanted:
        return []
    return [
        place
        for table in Base.metadata.sorted_tables
        if table.name not in LEFT_OUT
        for place in _places(
            table, {one: _holds(one, wanted) for one in table.columns if _is_free_text(one)}
        )
    ]


def of_person(person_id: str) -> list[Place]:
    """Every row that names a person by id, but for who may not see a case (A70)."""
    naming: dict[Any, dict[Column[Any], Any]] = {}
    for column in references.columns_to("person"):
        if column.table.name != "exclusion":
            naming.setdefault(column.table, {})[column] = column == person_id
    return [place for table, columns in naming.items() for place in _places(table, columns)]


def _is_free_text(column: Column[Any]) -> bool:
    kind = column.type
    if isinstance(kind, SealedText) or column.foreign_keys or column.primary_key:
        return False
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, Enum):
        return False
    if isinstance(kind, String) and kind.length is not None:
        return kind.length >= SHORT and not column.name.endswith("hash")
    return isinstance(kind, Text | JSON)


def _holds(column: Column[Any], wanted: list[str]) -> Any:
    told = func.lower(cast(column, Text))
    return or_(*(told.contains(text, autoescape=True) for text in wanted))


def _places(table: Any, conditions: Mapping[Column[Any], Any]) -> Iterable[Place]:
    """The rows of a table of which a condition holds, and of which columns; in one query."""
    assert isinstance(table, Table)  # noqa: S101 -- a column of a table is of one
    if not conditions:
        return
    keys = [cast(key, Text) for key in table.primary_key.columns]
    at, held = table.c["created_at"], list(conditions.values())
    query = select(at, *keys, *held).where(or_(*held)).order_by(at)
    for moment, *row in db.session.execute(query):
        ids, holds = row[: len(keys)], row[len(keys) :]
        for column, is_held in zip(conditions, holds, strict=True):
            if is_held:
                yield Place(table.name, column.name, ":".join(map(str, ids)), moment)
