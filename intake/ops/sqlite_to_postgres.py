"""From the embedded database to PostgreSQL: every row, as it is."""

from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Column, Connection, Table, create_engine, insert, select, text, update
from sqlalchemy.pool import NullPool

from intake.config import NotStarted
from intake.data.base import Base, db, embedded
from intake.data.write import write
from intake.engine import witness
from intake.ops import key_mark, migrate, server

BATCH = 1000  # rows


def take_over(file: Path) -> int:
    """Copy every row of an embedded database into the empty PostgreSQL that is set; how many.

    Raises NotStarted, having changed nothing, where the one is not up to date or the other is in
    use.
    """
    if embedded() is not None:
        raise NotStarted("INTAKE_DATABASE_URL must name the PostgreSQL database to move to.")
    if not file.is_file():
        raise NotStarted(f"{file} is not there.")
    with server.present(Path(current_app.instance_path), alone=True):
        migrate.run(ship=False)
        source = create_engine(f"sqlite:///{file}", poolclass=NullPool)
        with source.connect() as old:
            _refuse_other_version(old, file)
            key_mark.refuse_others_of(old, file)
            with write():
                witness.leave_out()  # the trail comes along and knows every row
                _refuse_used()
                count = sum(_copy(old, table) for table in _tables())
                for table in _tables():
                    _point(old, table)
    return count


@cache
def _tables() -> list[Table]:
    """Every table, none before those it points to; but units and people point to each other."""
    return Base.metadata.sorted_tables


def _refuse_other_version(old: Connection, file: Path) -> None:
    if old.scalar(text("SELECT version_num FROM alembic_version")) != migrate.newest():
        raise NotStarted(f"{file} is not up to date: start the server with it once.")


def _refuse_used() -> None:
    """Empty is what has nothing but what the product ships."""
    for name in ("trail", "person"):
        if db.session.execute(select(Base.metadata.tables[name]).limit(1)).first():
            raise NotStarted("The PostgreSQL database is in use: an empty one is needed.")
    for table in reversed(_tables()):
        db.session.execute(table.delete())


def _copy(old: Connection, table: Table) -> int:
    """Every row of a table, without what points to rows that are not there yet."""
    later = {column.name for column in _later(table)}
    later |= {column.name for column in table.columns if column.info.get("own")}
    count = 0
    for rows in old.execute(select(table)).mappings().partitions(BATCH):
        values = [{name: row[name] for name in row if name not in later} for row in rows]
        db.session.execute(insert(table), values)
        count += len(values)
    return count


def _later(table: Table) -> list[Column[Any]]:
    """The columns that point to rows of the same table or of one that comes after it."""
    after = _tables()[_tables().index(table) :]
    return [
        column
        for column in table.columns
        if any(key.column.table in after for key in column.foreign_keys)
    ]


def _point(old: Connection, table: Table) -> None:
    """Let rows point to those that are there now."""
    if later := _later(table):
        for row in old.execute(select(table.c.id, *later)).mappings():
            values = {column.name: row[column.name] for column in later}
            db.session.execute(update(table).where(table.c.id == row["id"]).values(values))
