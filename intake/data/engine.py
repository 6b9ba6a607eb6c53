"""The database bound to the application: who may write, and how either database is opened."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

from intake import ports
from intake.data import cache
from intake.data.base import PATIENCE, db, embedded
from intake.data.write import WriteLock


def init_app(app: Flask, instance: Path) -> None:
    """Bind the database and teach its engine who may write."""
    url = app.config["DATABASE_URL"] or f"sqlite:///{instance / 'profiilivahti.db'}"
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "hide_parameters": True,
        "pool_pre_ping": not url.startswith("sqlite"),
    }
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        cache.init_app(app, db.engine)
    ports.of(app).write_lock = WriteLock(
        instance / "write.lock" if url.startswith("sqlite") else None
    )


def prepare(engine: Engine) -> None:
    """Set the rules of either database on an engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE * 1000:.0f}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(not writes)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE * 1000:.0f}ms'")


def snapshot(target: Path) -> None:
    """Copy the embedded database as it stands, while others go on writing; what was erased is
    not in the copy. A copy that was cut short is never found under the target's name."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"file:{quote(str(embedded()))}?mode=rw", uri=True)) as source:
        source.execute("VACUUM INTO ?", (str(part),))
    with part.open("rb") as copy:
        os.fsync(copy.fileno())
    part.replace(target)


def scrub() -> bool:
    """Write the embedded database anew, so that no byte of what was erased is left in its file or
    beside it; says whether that is done. Writers wait meanwhile. PostgreSQL does it by itself."""
    file = embedded()
    if file is None:
        return True
    made = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    with ports.here().write_lock.held(), closing(made) as connection:
        try:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("VACUUM")
            found = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # others are at it, or the disk is full
            return False
    return not found[0]  # whether somebody was reading all the while
