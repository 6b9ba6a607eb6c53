"""Which keys a database belongs to: with others nothing sealed opens, and every code is unknown."""

from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, String, create_engine, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.pool import NullPool

from intake import config
from intake.config import NotStarted
from intake.data.base import Base, db
from intake.data.write import write
from intake.security import keys

PATIENCE = 3  # seconds for a database elsewhere


class KeyMark(Base):
    """One row: a keyed hash that the right root key alone gives."""

    __tablename__ = "key_mark"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))


ROOT = "root"


def refuse_lost(instance: Path, database_url: str) -> None:
    """Raise NotStarted where the key file is gone, but not the database that belongs to it: new
    keys would be made, and nothing of what is sealed could be opened any more.

    A database that does not answer is left to `refuse_others`.
    """
    if (instance / config.KEYS).exists():
        return
    url = make_url(database_url or f"sqlite:///{instance / 'profiilivahti.db'}")
    is_file = url.drivername == "sqlite"
    if is_file and not Path(url.database or "").is_file():
        return
    wait = {} if is_file else {"connect_timeout": PATIENCE}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=wait)
    try:
        with engine.connect() as connection:
            filled = bool(inspect(connection).get_table_names())
    except SQLAlchemyError:
        filled = is_file  # a file that cannot be read is one all the same
    if filled:
        raise NotStarted(
            f"{instance / config.KEYS} is missing, but there is a database: without its keys "
            "nothing sealed in it can be opened. Put the file back from a backup, or move the "
            "database away to begin anew."
        )


def refuse_others() -> None:
    """Raise NotStarted where the database belongs to other keys: before anything changes it."""
    if not inspect(db.session.connection()).has_table(KeyMark.__tablename__):
        return
    kept = db.session.get(KeyMark, ROOT)
    if kept is not None and kept.mark != _mark():
        raise NotStarted(_other("the database"))


def leave() -> None:
    """Mark a database that has no mark yet."""
    if db.session.get(KeyMark, ROOT) is None:
        with write():
            db.session.add(KeyMark(id=ROOT, mark=_mark()))


def refuse_others_of(old: Connection, file: Path) -> None:
    """Raise NotStarted where another database belongs to other keys."""
    kept = old.scalar(select(KeyMark.mark).where(KeyMark.id == ROOT))
    if kept is not None and kept != _mark():
        raise NotStarted(_other(str(file)))


def _mark() -> str:
    return keys.keyed_hash("mark", ROOT)


def _other(whose: str) -> str:
    file = Path(current_app.instance_path) / config.KEYS
    return (
        f"{file} is not that of {whose}: nothing sealed in it could be opened. Put the right file "
        "there, from a backup or from the host that used it before."
    )
