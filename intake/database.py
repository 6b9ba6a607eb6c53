"""The database: typed base, aware time, reads that cannot write, and the one door to a commit."""

import fcntl
import os
import secrets
import sqlite3
import threading
from base64 import b32encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC as UTC_ZONE
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import quote

from flask import Flask, current_app, g, has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, Enum, MetaData, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from intake import clock
from intake.refusals import Busy

PATIENCE = 5.0  # seconds to wait for whoever holds the database, a file or a row
QUEUE = 10.0  # seconds in the line of this process's own writers
LOCKED = ("55P03", "40P01")  # PostgreSQL: no lock in time, deadlock
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UTC(TypeDecorator[datetime]):
    """An aware moment, stored in UTC by either database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC_ZONE)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        return value if value is None else value.replace(tzinfo=value.tzinfo or UTC_ZONE)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)

    created_at: Mapped[datetime] = mapped_column(UTC, default=clock.now)


def coded(values: type[StrEnum]) -> Enum:
    """A column for the English codes of an enum, kept as text so that codes can be added."""
    return Enum(
        values,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda enum: [member.value for member in enum],
    )


LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz")


def random_id() -> str:
    """80 random bits in lower-case letters and digits: tells nobody how many there are."""
    return b32encode(secrets.token_bytes(10)).decode().translate(LETTERS)


class Identified:
    """A row known outside by a random id."""

    id: Mapped[str] = mapped_column(String(16), primary_key=True, default=random_id)


db = SQLAlchemy(metadata=Base.metadata)


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
        app.extensions["steady"] = Steady(db.engine)
    event.listen(db.session, "after_begin", _mark)
    event.listen(db.session, "after_flush", _forget_written)
    event.listen(db.session, "after_transaction_end", _unmark)
    app.extensions["write"] = WriteLock(
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


def once(*of: type[Base]) -> dict[Any, Any]:
    """What has been read in this transaction and need not be read again; forgotten at its end,
    and whenever a row of one of these models is written, of any where none is named."""
    kept: dict[Any, dict[Any, Any]] = db.session.info.setdefault("once", {})
    return kept.setdefault(frozenset(of), {})


def _forget_written(session: Any, *_: Any) -> None:
    kept = session.info.get("once", {})
    written = {type(row) for row in (*session.new, *session.dirty, *session.deleted)}
    for of in [models for models in kept if not models or models & written]:
        del kept[of]


def lots(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """So many at a time, each lot for a write of its own, so that nobody waits behind thousands."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


class Steady:
    """What has been read and holds until anybody commits anything, in whatever process.

    Whether anybody has, one connection that never writes is asked: SQLite counts the commits of
    all others, PostgreSQL names the transactions that are over. Such a mark is taken before the
    data it stands for is read, so what is kept may be newer than its mark, never older.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine, self.lock = engine, threading.Lock()
        self.watcher: Any = None
        self.opened = 0  # marks of one watcher say nothing to another
        self.mark: tuple[int, Any] | None = None
        self.kept: dict[Any, Any] = {}
        event.listen(engine, "engine_disposed", self._close)

    def look(self) -> tuple[int, Any]:
        """The mark of this moment."""
        with self.lock:
            try:
                return self._ask()
            except Exception:  # the database was away, or is another: a second try tells
                self._close()
                return self._ask()

    def at(self, mark: tuple[int, Any]) -> dict[Any, Any]:
        """What is kept under a mark; nothing of another is left."""
        with self.lock:
            if mark != self.mark:
                self.mark, self.kept = mark, {}
            return self.kept

    def _ask(self) -> tuple[int, Any]:
        is_sqlite = self.engine.dialect.name == "sqlite"
        if self.watcher is None:
            raw = self.engine.raw_connection()
            self.watcher, self.opened = raw.driver_connection, self.opened + 1
            raw.detach()  # it is never given back
            if not is_sqlite:
                self.watcher.autocommit = True  # each look is a transaction of its own
        question = "PRAGMA data_version" if is_sqlite else "SELECT pg_current_snapshot()::text"
        return self.opened, self.watcher.execute(question).fetchone()[0]

    def _close(self, *_: Any) -> None:
        watcher, self.watcher = self.watcher, None
        if watcher is not None:
            watcher.close()


def steady() -> dict[Any, Any]:
    """What has been read and holds until anybody commits anything. Inside write(), where changes
    of this very transaction count, only what holds within it."""
    info = db.session.info if db.session.registry.has() else {}
    if "pending" in info:
        return once()
    found: Steady = current_app.extensions["steady"]
    if "mark" in info or not has_request_context():
        return found.at(info.get("mark") or found.look())
    if "mark" not in g:
        g.mark = found.look()
    return found.at(g.mark)


def _mark(session: Any, *_: Any) -> None:
    """Mark a transaction before it has read anything; what another has read is forgotten."""
    session.info.pop("once", None)
    session.info["mark"] = current_app.extensions["steady"].look()


def _unmark(session: Any, transaction: Any) -> None:
    """What comes after a transaction sees what it has changed."""
    if transaction.parent is None:
        session.info.pop("mark", None)
        if has_request_context():
            g.pop("mark", None)


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

    def lead_to(self, place: str) -> None:
        """Remember where the form led, for whoever sends it again."""


class Done:
    """What a write has led to: `place` is where a repeat of the same form is sent."""

    def __init__(self) -> None:
        self.place = ""


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
            for finish in current_app.extensions["finishing"]:
                finish()
            if form is not None and once:
                form.lead_to(done.place)
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
    lock: WriteLock = current_app.extensions["write"]
    return lock


def is_postgresql() -> bool:
    """Is the database PostgreSQL (else SQLite)?"""
    return db.engine.dialect.name == "postgresql"


def embedded() -> Path | None:
    """The file of the embedded database, None where it is PostgreSQL."""
    return None if is_postgresql() else Path(str(db.engine.url.database))


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


def insert(table: Any) -> Any:
    """An INSERT of this database that knows ON CONFLICT."""
    return (postgresql if is_postgresql() else sqlite).insert(table)
