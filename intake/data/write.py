"""The one door to a commit."""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from flask import has_request_context
from sqlalchemy.exc import OperationalError

from intake import ports
from intake.data.base import PATIENCE, db
from intake.refusals import Busy

QUEUE = 10.0  # seconds in the line of this process's own writers

LOCKED = ("55P03", "40P01")  # PostgreSQL: no lock in time, deadlock


def pending() -> dict[str, Any]:
    """What waits for the end of this write: lines for the trail, messages of effects."""
    kept: dict[str, Any] | None = db.session.info.get("pending")
    if kept is None:
        raise RuntimeError("a change outside write()")
    return kept


class WriteLock:
    """One writer at a time in this process, and on SQLite among all processes of one file.

    A plain wait for SQLite's own lock starves writers; a queue in front of it does not.
    """

    def __init__(self, path: Path | None) -> None:
        self.thread = threading.Lock()
        self.path = path
        self.wake: list[Callable[[], None]] = []  # called after each commit

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raises Busy where others write for too long (F3)."""
        if self.path is None:  # PostgreSQL locks rows by itself
            yield
            return
        if not self.thread.acquire(timeout=QUEUE):
            raise Busy
        try:
            with self.path.open("w") as file:
                _wait_for(file)
                yield
        finally:
            self.thread.release()


def _wait_for(file: IO[str]) -> None:
    """Lock a file; flock() wakes its waiters in order but knows no end, so a thread waits for it.

    A lock that comes too late goes with the file, which the caller has closed by then.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    except BlockingIOError:
        locked = threading.Event()

    def wait(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
        locked.set()

    threading.Thread(target=wait, args=(file.fileno(),), daemon=True).start()
    if not locked.wait(PATIENCE):
        raise Busy


class Burnable(Protocol):
    """A form whose token can be used up."""

    def burn(self) -> None:
        """Use up the token; raises AlreadyDone where it was used before."""

    def lead_to(self, path: str) -> None:
        """Remember where the form led, for whoever sends it again."""


class Done:
    """What a write has led to: `leads_to` is where a repeat of the same form is sent."""

    def __init__(self) -> None:
        self.leads_to = ""


@contextmanager
def write(form: Burnable | None = None, *, once: bool = True) -> Iterator[Done]:
    """The one door to a commit.

    Ends the read, so that everything is read again inside; queues behind other writers; begins
    the writing transaction; uses up the form's token; appends the trail as its last act; commits;
    wakes the outbox. Inside a request only a form whose token held gets in. `once=False` leaves
    the token unused: for saving a draft, which may be repeated. Raises Busy where others hold the
    database for too long; nothing has changed then.
    """
    session = db.session
    _refuse_careless_write(form)
    session.rollback()
    with _lock().held():
        session.info["pending"] = {"trail": [], "effects": [], "told": set()}
        try:
            session.connection(execution_options={"writes": True})
            done = Done()
            if form is not None and once:
                form.burn()
            yield done
            session.flush()
            for finish in ports.here().finishing:
                finish()
            if form is not None and once:
                form.lead_to(done.leads_to)
            session.commit()
        except BaseException as error:
            session.rollback()
            if isinstance(error, OperationalError) and _is_locked(error):
                raise Busy from error
            raise
        finally:
            session.info.pop("pending", None)
    for wake in _lock().wake:
        wake()


def _is_locked(error: OperationalError) -> bool:
    """Did the database wait in vain for another writer?"""
    code = getattr(error.orig, "sqlite_errorcode", None)
    busy = code is not None and code & 0xFF == sqlite3.SQLITE_BUSY
    return busy or getattr(error.orig, "sqlstate", None) in LOCKED


def _refuse_careless_write(form: Burnable | None) -> None:
    session = db.session
    if "pending" in session.info:
        raise RuntimeError("write() inside write()")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed before write()")
    if has_request_context() and not getattr(form, "token_held", False):
        raise RuntimeError("write() in a request takes a form whose token held")


def _lock() -> WriteLock:
    return ports.here().write_lock
