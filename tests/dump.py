"""What the whole database holds, as one hash: to say that nothing changed."""

import hashlib

from intake.data.base import Base, db


def dump() -> dict[str, str]:
    """The hash of every row of every table, by table."""
    db.session.rollback()
    return {name: _hash(rows) for name, rows in rows_of(db.session).items()}


def rows_of(session) -> dict[str, list[tuple]]:
    """Every row of every table as a session sees it now."""
    raw = session.connection().exec_driver_sql  # as it is stored: nothing is made of it
    return {
        table.name: [tuple(row) for row in raw(f'SELECT * FROM "{table.name}"')]
        for table in Base.metadata.sorted_tables
    }


def _hash(rows: list[tuple]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
