"""Whether the installation can do its work: what `/readyz` and `flask doctor` ask."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from intake.data.base import db
from intake.ops import migrate

ROOM = 10**9  # bytes
SHARE = 0.15  # of the disk


def reasons() -> Iterator[str]:
    """A sentence for each reason why the installation is not ready; nothing where it is."""
    checks: tuple[Callable[[], str], ...] = (database, folders, disk)
    for check in checks:
        if said := check():
            yield said


def database() -> str:
    """Does the database answer, in the shape this program knows?"""
    try:
        found = migrate.revision()
    except SQLAlchemyError as error:
        return f"the database does not answer ({type(error).__name__})"
    finally:
        db.session.rollback()
    if found == migrate.newest():
        return ""
    return f"the database is at revision {found}, this program needs {migrate.newest()}"


def folders() -> str:
    """Can the instance folder and that of the evidence be written?"""
    instance = Path(current_app.instance_path)
    for folder in (instance, instance / "evidence"):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            return f"{folder} cannot be written"
    return ""


def disk() -> str:
    """Is there room: 1 GB, or 15 % of a smaller disk?"""
    usage = shutil.disk_usage(current_app.instance_path)
    if usage.free >= min(ROOM, usage.total * SHARE):
        return ""
    return f"only {usage.free // 10**6} MB are left on the disk"
