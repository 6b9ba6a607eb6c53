"""A request for a profile: its draft, the versions that were sent, what was decided of them.

What the program decides by is a column or a row; what people only read is JSON under its key.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.data.base import UTC, Base, Identified, coded
from intake.data.stored import Stored, lines, pages
from intake.engine.tracks import Subject
from intake.establishment.states import RequestState
from intake.handbook.models import Platform
from intake.people.models import Person, Unit
from intake.profiles.models import ProfileKind


class DecisionKind(StrEnum):
    """What a supervisor has decided of a version."""

    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    LAPSED = "lapsed"


class Request(Subject, Base):
    """An establishment request (O1). `draft` is {page: {field: [as typed]}}, mistakes included.

    `decider_id` holds the deciding office, `acting_id` is whom we last told, `why` the routing's
    reasons as [[code, unit, person], ...]; `named_id` is a supervisor the requester named instead,
    `handed_to_id` whom a decider handed it on to.
    """

    __tablename__ = "request"
    subject_type = "request"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "edited_at", "id"))

    state: Mapped[RequestState | None] = mapped_column(coded(RequestState))
    kind: Mapped[ProfileKind] = mapped_column(coded(ProfileKind))
    requester_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    subject_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    platform_id: Mapped[str | None] = mapped_column(ForeignKey("platform.code"))
    name: Mapped[str] = mapped_column(String(100), default="")
    key: Mapped[str | None] = mapped_column(String(300))
    decider_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    acting_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    named_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    handed_to_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[list[Any]] = mapped_column(JSON, default=list)
    draft: Mapped[dict[str, Any]] = mapped_column(Stored(pages), default=dict)
    edited_at: Mapped[datetime] = mapped_column(UTC)
    complete_by: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=0)  # number of the newest version sent
    hand_ons: Mapped[int] = mapped_column(default=0)

    requester: Mapped[Person] = relationship(foreign_keys=[requester_id])
    subject: Mapped[Person | None] = relationship(foreign_keys=[subject_id])
    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    platform: Mapped[Platform | None] = relationship()
    versions: Mapped[list["Version"]] = relationship(order_by="Version.number", viewonly=True)


class Version(Identified, Base):
    """What was sent, frozen: `answers` is {page: {field: [as typed]}}, digest their hash."""

    __tablename__ = "request_version"
    __table_args__ = (UniqueConstraint("request_id", "number"),)

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"))
    number: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(Stored(pages))
    digest: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(UTC)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))

    admins: Mapped[list["RequestAdmin"]] = relationship(
        order_by="RequestAdmin.place", viewonly=True
    )


class RequestAdmin(Identified, Base):
    """A person named as admin in a version, with task and working time (hours a week)."""

    __tablename__ = "request_admin"
    __table_args__ = (UniqueConstraint("version_id", "person_id"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("request_version.id"))
    place: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    task: Mapped[str] = mapped_column(String(80))
    hours_update: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    hours_interaction: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    lead: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime | None] = mapped_column(UTC)
    declined_at: Mapped[datetime | None] = mapped_column(UTC)

    person: Mapped[Person] = relationship()


class Conflict(Identified, Base):
    """Somebody who may never decide on a request: of any version ever sent; it only grows (A1)."""

    __tablename__ = "request_conflict"
    __table_args__ = (UniqueConstraint("request_id", "person_id"),)

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    why: Mapped[str] = mapped_column(
        String(24)
    )  # requester, admin, subject, typist, disqualified, handed_on


class Reader(Identified, Base):
    """Somebody who was told of a request as the holder of an office: may go on reading it."""

    __tablename__ = "request_reader"
    __table_args__ = (UniqueConstraint("request_id", "person_id"),)

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)


class Consent(Identified, Base):
    """An expert's consent (E2) to one matter: platform, name, handle, role, subject by digest."""

    __tablename__ = "consent"

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    version: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    guideline_version: Mapped[int]
    matter: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime] = mapped_column(UTC)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTC)


class Remark(Identified, Base):
    """What a supervisor asks to be completed: on one page of the form, or (empty) on all."""

    __tablename__ = "remark"

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    version: Mapped[int]
    page: Mapped[str] = mapped_column(String(24), default="")
    text: Mapped[str] = mapped_column(Text)


class Decision(Identified, Base):
    """A decision on a version: by whom, for whom they stood in, with reasons and conditions."""

    __tablename__ = "decision"

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    version: Mapped[int]
    kind: Mapped[DecisionKind] = mapped_column(coded(DecisionKind))
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    for_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    conditions: Mapped[list[str]] = mapped_column(Stored(lines), default=list)
    training_reason: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(UTC)

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    holder: Mapped[Person | None] = relationship(foreign_keys=[for_id])
