"""How Alembic reaches the database of the application that runs it."""

from typing import Any

from alembic import context
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from intake.data.base import db


def run() -> None:
    """Run the migrations on a connection of their own, in one transaction on either database."""
    engine = create_engine(db.engine.url, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    with engine.connect() as connection:
        _migrate(connection)
    engine.dispose()


def _prepare_sqlite(engine: Engine) -> None:
    """SQLite's batch mode drops and makes tables anew: with foreign keys on, children would be
    emptied without an error. They are switched off outside any transaction and checked after.
    Python's own driver begins no transaction for DDL, so that a killed migration would leave a
    half one: it is begun here."""

    @event.listens_for(engine, "connect")
    def open_it(raw: Any, _record: Any) -> None:
        raw.isolation_level = None
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    arguments = current_app.extensions["migrate"].configure_args
    context.configure(
        connection=connection, target_metadata=db.metadata, transactional_ddl=True, **arguments
    )
    with connection.begin(), context.begin_transaction():
        if connection.dialect.name == "postgresql":  # one host at a time, too
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7262)")
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise CommandError(
                    f"the migration would leave {len(broken)} rows without their parent"
                )


run()
