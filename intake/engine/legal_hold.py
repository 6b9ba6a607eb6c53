"""Legal holds: while one stands, nothing of its subject is erased.

A room states two steps in its table, `hold` and `lift_hold`, with the conditions and effects that
stand here; why it was done is among the words of the trail and, while it stands, in the row.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Index, Select, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.data.base import UTC, Base, Identified, db
from intake.engine.step_form import StepForm
from intake.engine.table import Outcome
from intake.web.forms import Lines

STEPS = ("hold", "lift_hold")
BUTTONS = {"hold": _l("Stop erasing"), "lift_hold": _l("Let it be erased in time")}
DONE = {
    "hold": _l("%(actor)s stopped the erasing of this."),
    "lift_hold": _l("%(actor)s let this be erased in time again."),
}
MEANS = {
    "hold": _l(
        "Nothing of this is erased, whatever its age, until somebody lifts the hold: for example "
        "while an authority or a court asks for it."
    ),
    "lift_hold": _l("What is older than its time is erased in the night after."),
}


class Hold(Identified, Base):
    """A subject of which nothing is erased, why, and until when that was so."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        Index(
            "uq_legal_hold_standing",
            "subject_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    subject_type: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime] = mapped_column(UTC)
    lifted_at: Mapped[datetime | None] = mapped_column(UTC)


class HoldForm(StepForm):
    """Why nothing of a subject may be erased."""

    reason = Lines(
        _l("Why must nothing be erased?"),
        hint=_l("Name the matter and who asks. Do not write what is secret."),
        least=10,
        most=1000,
        rows=3,
        missing=_l("Say why."),
        clause="P7",
        trail=True,
    )


class LiftForm(StepForm):
    """Why a subject may be erased again."""

    reason = Lines(
        _l("Why may it be erased again?"),
        least=10,
        most=1000,
        rows=3,
        missing=_l("Say why."),
        clause="P7",
        trail=True,
    )


def standing() -> Select[Any]:
    """Every hold that stands, the oldest first."""
    return select(Hold).where(Hold.lifted_at.is_(None)).order_by(Hold.since, Hold.id)


def held_ids() -> Select[Any]:
    """The ids of what is held."""
    return select(Hold.subject_id).where(Hold.lifted_at.is_(None))


def of(subject: Any) -> Hold | None:
    """The hold that stands on a subject, None where there is none."""
    found: Hold | None = db.session.scalars(standing().where(Hold.subject_id == subject.id)).first()
    return found


def is_held(subject: Any, _now: datetime) -> bool:
    """Does a hold stand on a subject?"""
    return of(subject) is not None


def is_not_held(subject: Any, _now: datetime) -> bool:
    """Does none?"""
    return of(subject) is None


def hold(subject: Any, actor: Any, now: datetime, *, reason: str) -> Outcome:
    """Let nothing of a subject be erased from now on."""
    row = Hold(
        subject_type=subject.subject_type,
        subject_id=subject.id,
        reason=reason,
        by_id=actor.id,
        since=now,
    )
    db.session.add(row)
    db.session.flush()
    return Outcome({"hold": row.id})


def lift(subject: Any, _actor: Any, now: datetime) -> Outcome:
    """Let a subject be erased in its time again."""
    row = of(subject)
    if row is not None:
        row.lifted_at = now
        row.reason = ""
    return Outcome({"hold": row.id if row else None})


def forget(subject_ids: Iterable[str]) -> None:
    """Erase the holds that stood once on what is erased."""
    ids = list(subject_ids)
    for row in db.session.scalars(select(Hold).where(Hold.subject_id.in_(ids))):
        db.session.delete(row)
