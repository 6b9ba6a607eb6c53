"""Marks on addresses: held by an open case, or a confirmed fake's (A9). The room of fakes sets
them; listing refuses both, the check speaks of the second."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from intake.data.base import db
from intake.profiles.models import AddressMark, MarkKind


def mark(keys: Iterable[str], kind: MarkKind | None, now: datetime) -> None:
    """Let addresses carry this mark and no other from now on, or (None) no mark at all."""
    wanted = set(keys)
    standing = select(AddressMark).where(AddressMark.key.in_(wanted), AddressMark.until.is_(None))
    kept = set()
    for there in db.session.scalars(standing):
        if there.mark is kind:
            kept.add(there.key)
        else:
            there.until = now
    if kind is not None:
        for key in sorted(wanted - kept):
            db.session.add(AddressMark(key=key, mark=kind, since=now))
    db.session.flush()


def forget_marks(keys: Iterable[str]) -> None:
    """Erase every mark that addresses have or had, when the case that set them is erased."""
    db.session.execute(delete(AddressMark).where(AddressMark.key.in_(list(keys))))
