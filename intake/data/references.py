"""Who still points at a row: found in the tables themselves, so that no new one is forgotten."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, ColumnElement, exists, false, or_

from intake.data.base import Base


def columns_to(name: str) -> list[Column[Any]]:
    """Every column that points at the rows of a table, in the order of the tables' names."""
    table = Base.metadata.tables[name]
    return [
        column
        for other in sorted(Base.metadata.tables)
        for column in Base.metadata.tables[other].columns
        for key in column.foreign_keys
        if key.column.table is table
    ]


def to(name: str, *, besides: Collection[str] = ()) -> ColumnElement[bool]:
    """The condition that some row points at a row of a table, leaving out tables, or single
    columns as `table.column`."""
    table = Base.metadata.tables[name]
    (key,) = table.primary_key.columns
    found = [
        exists().where(column == key).correlate(table)
        for column in columns_to(name)
        if column.table.name not in besides and str(column) not in besides
    ]
    return or_(false(), *found)
