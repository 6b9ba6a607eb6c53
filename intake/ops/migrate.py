"""Migrations: made by Alembic from the first model on, run at start."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from flask_migrate import Migrate
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from intake import clock, ports
from intake.config import NotStarted
from intake.data.base import UTC, db, embedded
from intake.data.engine import snapshot
from intake.data.stored import Stored
from intake.data.write import write
from intake.engine import audit_trail, replay, witness
from intake.ops import key_mark

FOLDER = Path(__file__).parent.parent / "migrations"
KEPT = 3  # copies from before a migration
COPIES = timedelta(days=30)  # after which a copy has served: it holds what was erased since


def init_app(app: Flask) -> None:
    """Bind Flask-Migrate, so that `flask db` works."""
    Migrate(
        app,
        db,
        directory=str(FOLDER),
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=_render,
    )


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Our own column types by the name of what they are made of: migrations import nothing of
    ours."""
    if kind == "type" and isinstance(item, Stored):
        return "sa.JSON()"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTC) else False


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def newest() -> str:
    """The revision this program needs."""
    return str(_script().get_current_head())


def knows(revision: str) -> bool:
    """Is this a revision that this program can begin from?"""
    return revision in {one.revision for one in _script().walk_revisions()}


def revision() -> str | None:
    """The revision the database is at; None where it is empty."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()


def run(*, ship: bool = True) -> None:
    """Bring the database up to date, one process at a time; raises NotStarted where it cannot, and
    where it belongs to other keys.

    A migration is one transaction: it happens whole or not at all (F15). Before it changes an
    embedded database that is in use, a copy is kept beside it. `ship=False` leaves it without what
    the product brings along, for who fills it with something else.
    """
    with Path(current_app.instance_path, "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _told():
            found = revision()
            _refuse_strange(found)
            key_mark.refuse_others()
            if found != newest():
                db.session.remove()
                _keep_copy(found)
                command.upgrade(
                    current_app.extensions["migrate"].migrate.get_config(str(FOLDER)), "head"
                )
            if ship:
                key_mark.leave()
                replay.settle(clock.now())
                _ship()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, CommandError) as error:
        cause = type(getattr(error, "orig", error)).__name__
        raise NotStarted(
            f"The database could not be opened or brought up to date ({cause}); nothing in it was "
            "changed. See that it can be reached and that the disk has room, and start again: "
            "`flask --app app doctor` looks at both."
        ) from error


def _refuse_strange(found: str | None) -> None:
    """Refuse a database of a newer program, and one whose making was cut short."""
    if found is not None and not knows(found):
        raise NotStarted(
            f"The database is at revision {found}, which this program does not know: it was used "
            f"by a newer one. Install that again, or restore a backup from before {found}."
        )
    if found is None and inspect(db.session.connection()).get_table_names():
        raise NotStarted(
            "The database holds tables but no revision, so its making was cut short. Move it away "
            "and start again, or restore a backup."
        )


def _keep_copy(found: str | None) -> None:
    file = embedded()
    if file is None or found is None:
        return
    folder = Path(current_app.instance_path)
    snapshot(folder / f"before-{newest()}.db")
    copies = sorted(folder.glob("before-*.db"), key=lambda copy: copy.stat().st_mtime)
    for copy in copies[:-KEPT]:
        copy.unlink()


def forget_copies(now: datetime) -> None:
    """Remove the copies from before upgrades that are long past."""
    for copy in Path(current_app.instance_path).glob("before-*.db"):
        if copy.stat().st_mtime < (now - COPIES).timestamp():
            copy.unlink()


def _ship() -> None:
    """Let each room see to what the product brings along, such as the first guidelines."""
    with write():
        if audit_trail.head()[0] == 0:
            witness.leave_out()  # nobody has done anything yet
        for ship in ports.here().shipped:
            ship(clock.now())
