"""What the whole database holds, as one hash: to say that nothing changed."""

import hashlib

from sqlalchemy import select

from intake.database import Base, db


def dump() -> dict[str, str]:
    """The hash of every row of every table, by table."""
    db.session.rollback()
    return {table.name: _hash(table) for table in Base.metadata.sorted_tables}


def _hash(table) -> str:
    rows = sorted(repr(tuple(row)) for row in db.session.execute(select(table)))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
