"""What has been read and need not be read again: in a transaction, or until anybody commits."""

import threading
from collections.abc import Callable
from typing import Any

from flask import Flask, g, has_request_context
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from intake import ports
from intake.data.base import Base, db


def init_app(app: Flask, engine: Engine) -> None:
    """Watch the database for commits, and its sessions for the ends of transactions."""
    ports.of(app).commit_cache = CommitCache(engine)
    event.listen(db.session, "after_begin", _mark)
    event.listen(db.session, "after_flush", _forget_written)
    event.listen(db.session, "do_orm_execute", _forget_stated)
    event.listen(db.session, "after_transaction_end", _unmark)


def transaction_cache(*of: type[Base]) -> dict[Any, Any]:
    """What has been read in this transaction and need not be read again; forgotten at its end,
    and whenever a row of one of these models is written, of any where none is named."""
    kept: dict[Any, dict[Any, Any]] = db.session.info.setdefault("transaction_cache", {})
    return kept.setdefault(frozenset(of), {})


def _forget_written(session: Any, *_: Any) -> None:
    rows = (*session.new, *session.dirty, *session.deleted)
    _forget(session, {type(row).__table__ for row in rows})


def _forget_stated(state: Any) -> None:
    """A statement that writes goes past the flush."""
    if not state.is_select:
        _forget(state.session, {getattr(state.statement, "table", None)})


def _forget(session: Any, tables: set[Any]) -> None:
    kept = session.info.get("transaction_cache", {})
    for of in [of for of in kept if not of or {one.__table__ for one in of} & tables]:
        del kept[of]


class CommitCache:
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
        self.stamped: dict[str, tuple[Any, Any]] = {}
        event.listen(engine, "engine_disposed", self._close)

    def look(self) -> tuple[int, Any]:
        """The mark of this moment."""
        with self.lock:
            try:
                return self._ask()
            except Exception:  # the database was away, or is another: a second try tells
                self._close()
            try:
                return self._ask()
            except self.engine.dialect.loaded_dbapi.Error as error:
                raise OperationalError("look", {}, error) from error

    def at(self, mark: tuple[int, Any]) -> dict[Any, Any]:
        """What is kept under a mark; nothing of another is left."""
        with self.lock:
            if mark != self.mark:
                self.mark, self.kept = mark, {}
            return self.kept

    def under(self, name: str, stamp: Any, read: Callable[[], Any]) -> Any:
        """What was read under a stamp of its own, and is read again only when that is another,
        whatever else is committed. A stamp must never come back for other data."""
        kept = self.stamped.get(name)
        if kept is None or kept[0] != stamp:
            kept = self.stamped[name] = stamp, read()
        return kept[1]

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


def commit_cache() -> dict[Any, Any]:
    """What has been read and holds until anybody commits anything. Inside write(), where changes
    of this very transaction count, only what holds within it."""
    info = db.session.info if db.session.registry.has() else {}
    if "pending" in info:
        return transaction_cache()
    found = ports.here().commit_cache
    if "mark" in info or not has_request_context():
        return found.at(info.get("mark") or found.look())
    if "mark" not in g:
        g.mark = found.look()
    return found.at(g.mark)


def _mark(session: Any, *_: Any) -> None:
    """Mark a transaction before it has read anything; what another has read is forgotten."""
    session.info.pop("transaction_cache", None)
    session.info["mark"] = ports.here().commit_cache.look()


def _unmark(session: Any, transaction: Any) -> None:
    """What comes after a transaction sees what it has changed."""
    if transaction.parent is None:
        session.info.pop("mark", None)
        if has_request_context():
            g.pop("mark", None)
