"""Marks on addresses: held by an open case, or a confirmed fake's (A9). The room of fakes sets
them; listing refuses both, the check speaks of the second."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from intake.data.base import db
from intake.profiles.models import AddressMark, MarkKind


def mark(keys: Iterable[str], kind: MarkKind, now: datetime) -> None:
    """Let addresses carry a mark from now on; a confirmed one is never weakened by a held one."""
    for key in keys:
        there = _of(key)
        if there is not None and (there.mark is kind or there.mark is MarkKind.CONFIRMED):
            continue
        if there is not None:
            there.until = now
        db.session.add(AddressMark(key=key, mark=kind, since=now))
    db.session.flush()


def unmark(keys: Iterable[str], now: datetime) -> None:
    """Lift the marks of addresses."""
    for key in keys:
        if there := _of(key):
            there.until = now
    db.session.flush()


def _of(key: str) -> AddressMark | None:
    query = select(AddressMark).where(AddressMark.key == key, AddressMark.until.is_(None))
    return db.session.scalars(query).first()
