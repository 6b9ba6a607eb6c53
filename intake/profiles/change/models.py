"""What is changed of a profile after its decision, and the checking off of an admin who goes."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.data.base import UTC, Base, coded
from intake.engine.tracks import Subject
from intake.people.models import Person, Unit
from intake.profiles.models import Profile
from intake.profiles.states import ChangeState, HandoverState


class ChangeKind(StrEnum):
    """What a change changes."""

    ADMIN = "admin"  # somebody becomes an admin
    UNIT = "unit"  # another unit has the profile
    TEXT = "text"  # a public text
    NAME = "name"
    OFFICE = "office"  # an expert's profile becomes an office profile


BRINGS_ADMIN = (ChangeKind.ADMIN, ChangeKind.OFFICE)
DECIDED_TEXTS = ("purpose", "role_defined")


class Change(Subject, Base):
    """A change that waits for whoever decides on it. Which columns are filled depends on `what`:
    `person`, `task` and hours of a new admin; `unit`; `field` and `text` of a public text, `text`
    alone of a new name; `mailbox`, the shared one of what becomes an office profile."""

    __tablename__ = "profile_change"
    subject_type = "profile_change"
    __table_args__ = (Index(None, "state", "due_at"),)

    state: Mapped[ChangeState | None] = mapped_column(coded(ChangeState))
    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    what: Mapped[ChangeKind] = mapped_column(coded(ChangeKind))
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    task: Mapped[str | None] = mapped_column(String(80))
    hours_update: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    hours_interaction: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    field: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str | None] = mapped_column(Text)
    mailbox: Mapped[str | None] = mapped_column(String(254))
    accepted_at: Mapped[datetime | None] = mapped_column(UTC)

    @property
    def is_decided_on(self) -> bool:
        """Is it among what the supervisor decides on (O1, O3, E1)?"""
        return self.what in (*BRINGS_ADMIN, ChangeKind.UNIT) or self.field in DECIDED_TEXTS

    profile: Mapped[Profile] = relationship(viewonly=True)
    by: Mapped[Person] = relationship(foreign_keys=[by_id], viewonly=True)
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], viewonly=True)
    unit: Mapped[Unit | None] = relationship(viewonly=True)


class Handover(Subject, Base):
    """What must be seen to when an admin goes: that they get in no more, and others do. Open until
    two people have said so."""

    __tablename__ = "profile_handover"
    subject_type = "profile_handover"
    __table_args__ = (Index(None, "state", "due_at"),)

    state: Mapped[HandoverState | None] = mapped_column(coded(HandoverState))
    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)

    profile: Mapped[Profile] = relationship(viewonly=True)
    person: Mapped[Person] = relationship(viewonly=True)
