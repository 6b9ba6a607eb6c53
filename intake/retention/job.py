"""The nightly job: whatever has been kept long enough goes, some subjects in each write, so that
nobody waits and whatever breaks off goes on the next night. Each write leaves a line with type,
number and references, never with content."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import delete, select

from intake.data import engine
from intake.data.base import db, lots
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.legal_hold import Hold
from intake.engine.table import CLOCK
from intake.engine.witness import Witness
from intake.ops import migrate
from intake.retention import clock_guard, table
from intake.retention.models import Disclosure, Period
from intake.retention.table import Row

AT_ONCE = 25  # subjects erased in one write
WITNESSES = (
    Witness(Period, ("length",)),
    Witness(Hold, ("subject_type", "subject_id", "since", "lifted_at")),
)


def run(now: datetime) -> dict[str, int]:
    """Erase what has been kept long enough; how many subjects of each type. Nothing while the
    clock is not to be trusted, and in the very first night."""
    if not clock_guard.may_erase(now):
        return {}
    erased = {row.code: number for row in table.ROWS if (number := _obey(row, now))}
    clock_guard.note_run(now)
    scrub()
    return erased


def _obey(row: Row, now: datetime) -> int:
    """Erase what is over of one type; how many subjects."""
    if row.find is None:
        return 0
    before = row.before(now)
    due = list(db.session.scalars(row.find(before)))
    return sum(_erase(row, ids, before, now) for ids in lots(due, AT_ONCE))


def _erase(row: Row, ids: Any, before: datetime, now: datetime) -> int:
    """Erase a lot in a write of its own: those of which it is still so."""
    if row.find is None or row.erase is None:
        return 0
    with write():
        found = row.find(before)
        (column,) = found.selected_columns
        db.session.execute(select(column).where(column.in_(ids)).with_for_update())
        still = list(db.session.scalars(found.where(column.in_(ids))))
        if still:
            references = list(row.erase(still, now))
            clock_guard.note_erased()
            facts = {"type": row.code, "count": len(still), "references": references}
            audit_trail.record(CLOCK, now, Subject(row.code), "retention", "erase", facts=facts)
    return len(still)


class Subject:
    """A row of the table, as the trail names it."""

    subject_type = "retention"

    def __init__(self, code: str) -> None:
        self.id = code


def scrub() -> None:
    """Let no erased byte stay in the file of the database; tried again the next night where
    somebody was reading all the while."""
    if not clock_guard.newest().unclean:
        return
    db.session.rollback()  # what is read here would stand in the way
    if engine.scrub():
        clock_guard.note_clean()
    else:
        current_app.logger.warning("what was erased may still lie in the file of the database")


def forget_copies(now: datetime) -> None:
    """Remove old copies of the database, by a clock that is trusted."""
    if clock_guard.newest().refused_at is None:
        migrate.forget_copies(now)


def forget_disclosures(now: datetime) -> None:
    """Erase by which addresses persons were looked up."""
    old = Disclosure.until < now - table.SHOWN
    if db.session.scalars(select(Disclosure.id).where(old).limit(1)).first() is not None:
        with write():
            db.session.execute(delete(Disclosure).where(old))
