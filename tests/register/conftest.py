"""The shipped platforms, and a way to count what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from intake.database import db, write
from intake.handbook import service


@pytest.fixture(autouse=True)
def shipped(app, now):
    with write():
        service.ensure_shipped(now)


@pytest.fixture
def queries_of(app):
    """Count the statements of an answer."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
