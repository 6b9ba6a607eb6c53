"""How Alembic reaches the database of the application that runs it."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from intake.database import db


def run() -> None:
    """Run the migrations on a connection of their own, in one transaction."""
    engine = create_engine(db.engine.url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _without_foreign_keys(connection)
        else:
            _migrate(connection)
    engine.dispose()


def _without_foreign_keys(connection: Connection) -> None:
    """SQLite's batch mode drops and makes tables anew: with foreign keys on, children would be
    emptied without an error. They are switched off outside any transaction and checked after."""
    raw = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
    _migrate(connection)
    raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _migrate(connection: Connection) -> None:
    arguments = current_app.extensions["migrate"].configure_args
    context.configure(connection=connection, target_metadata=db.metadata, **arguments)
    with connection.begin(), context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(
                    f"the migration would leave {len(broken)} rows without their parent"
                )


run()
