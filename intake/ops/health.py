"""Whether the installation can do its work: what `/readyz` and `flask doctor` ask."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from intake.data import file_store
from intake.data.base import db, embedded
from intake.ops import migrate

ROOM = 10**9  # bytes
SHARE = 0.15  # of the disk
LOCKS = ("write.lock", "migrate.lock", "serving.lock")


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
    """Can the instance, its evidence and each file in use be written? Told by trying: what the
    modes of files promise, a user of another name or a disk set to read-only does not keep."""
    instance = Path(current_app.instance_path)
    for folder in (instance, file_store.folder()):
        if folder.exists() and not _takes_files(folder):
            return f"{folder} cannot be written"
    for lock in (instance / name for name in LOCKS):
        if lock.exists() and not _can_be_written(lock):
            return f"{lock} cannot be written"
    file = embedded()
    if file is not None and file.exists() and not _takes_writers(file):
        return f"{file} cannot be written, or what lies beside it"
    return ""


def _takes_files(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _can_be_written(file: Path) -> bool:
    try:
        os.close(os.open(file, os.O_WRONLY))
    except OSError:
        return False
    return True


def _takes_writers(file: Path) -> bool:
    """Does the embedded database let somebody write? Tried through SQLite itself, and taken back:
    whoever opens and closes its file beside it takes away the locks that this process holds."""
    address = f"file:{quote(str(file))}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as beside:
            beside.execute("BEGIN IMMEDIATE")  # which alone a file for reading would let pass
            beside.execute("PRAGMA user_version = 0")
            beside.rollback()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # another is writing
    except sqlite3.DatabaseError:
        return False
    return True


def disk() -> str:
    """Is there room: 1 GB, or 15 % of a smaller disk?"""
    usage = shutil.disk_usage(current_app.instance_path)
    if usage.free >= min(ROOM, usage.total * SHARE):
        return ""
    return f"only {usage.free // 10**6} MB are left on the disk"
