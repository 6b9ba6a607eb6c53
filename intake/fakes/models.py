"""Reports from anyone, and the cases they belong to: one for each fake profile."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.database import UTC, Base, Identified, coded
from intake.fakes.states import CaseState, PoliceState
from intake.people.models import Person, Unit
from intake.profiles.models import Profile
from intake.subjects import Subject


class Priority(StrEnum):
    """How fast a case must be looked at."""

    NORMAL = "normal"
    URGENT = "urgent"  # money or data given, bank codes asked for


class Outcome(StrEnum):
    """What became of a fake at its platform."""

    REMOVED = "removed"
    RESTRICTED = "restricted"
    LABELLED = "labelled"
    RENAMED = "renamed"
    HIDDEN_IN_EU = "hidden_in_eu"
    GONE = "gone_without_answer"


class Ground(StrEnum):
    """Why a reported profile is no fake."""

    OFFICIAL = "official"
    WAS_OFFICIAL = "was_official"
    NAMESAKE = "namesake"
    PARODY = "parody"
    OTHER_BODY = "other_body"
    NOT_FOUND = "not_found"
    NO_HARM = "no_harm"


class Held(StrEnum):
    """Why a report is held apart until a handler has looked; it is never thrown away."""

    TRAP = "trap"  # the field that people do not see was filled
    FAST = "fast"  # sent sooner than anybody reads
    FLOOD = "flood"  # no proof of work in a flood


class Case(Subject, Base):
    """One fake profile. `main_case` is the one it was merged into; `held` while it has nothing but
    reports that are held apart."""

    __tablename__ = "case"
    subject_type = "case"
    __table_args__ = (
        Index(None, "state", "due_at", "id"),
        Index(None, "handler_id", "due_at"),
        Index(None, "held", "due_at", "id"),
    )

    state: Mapped[CaseState | None] = mapped_column(coded(CaseState))
    name: Mapped[str] = mapped_column(String(200))  # how staff speak of it: handle or visible name
    platform_code: Mapped[str] = mapped_column(String(24), index=True)  # or "web", "other"
    priority: Mapped[Priority] = mapped_column(coded(Priority), default=Priority.NORMAL)
    held: Mapped[bool] = mapped_column(default=False)
    profile_id: Mapped[str | None] = mapped_column(ForeignKey("profile.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    handler_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    main_case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)
    taken_at: Mapped[datetime | None] = mapped_column(UTC)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    outcome: Mapped[Outcome | None] = mapped_column(coded(Outcome))
    ground: Mapped[Ground | None] = mapped_column(coded(Ground))
    looks_private: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    recheck_on: Mapped[date | None]
    next_check_on: Mapped[date | None]
    police: Mapped[PoliceState] = mapped_column(
        coded(PoliceState), default=PoliceState.NOT_CONSIDERED
    )
    police_since: Mapped[datetime | None] = mapped_column(UTC)
    police_due_at: Mapped[datetime | None] = mapped_column(UTC, index=True)

    profile: Mapped[Profile | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    handler: Mapped[Person | None] = relationship()
    main_case: Mapped["Case | None"] = relationship(remote_side="Case.id")
    keys: Mapped[list["CaseKey"]] = relationship(order_by="CaseKey.created_at", viewonly=True)
    reports: Mapped[list["Report"]] = relationship(
        secondary="case_report", order_by="Report.created_at", viewonly=True
    )


class CaseKey(Identified, Base):
    """A key of a case's profile; each key has one case. `shown` is the address as it was read."""

    __tablename__ = "case_key"

    key: Mapped[str] = mapped_column(String(300), unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    shown: Mapped[str] = mapped_column(Text, default="")


class Report(Identified, Base):
    """What one person sent, as typed. The code is stored as a keyed hash alone (A62); nobody's
    network address is stored (A78)."""

    __tablename__ = "report"
    subject_type = "report"

    reference: Mapped[str] = mapped_column(String(16), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(2))
    held: Mapped[Held | None] = mapped_column(coded(Held))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # staff who reported

    addresses: Mapped[list["ReportAddress"]] = relationship(
        order_by="ReportAddress.place", viewonly=True
    )


class ReportAddress(Identified, Base):
    """One address of a report, as typed, and the case it led to. No key: it could not be read."""

    __tablename__ = "report_address"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    place: Mapped[int]
    typed: Mapped[str] = mapped_column(Text)
    key: Mapped[str | None] = mapped_column(String(300))
    deep_link: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(String(24))
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)


class CaseReport(Base):
    """A report belongs to a case: a report links to cases and never merges them (A93)."""

    __tablename__ = "case_report"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True, index=True)


class Contact(Base):
    """A reporter's name, address, number and wish for secrecy, encrypted: erased as one row."""

    __tablename__ = "contact"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    encrypted: Mapped[str] = mapped_column(Text)


class Evidence(Identified, Base):
    """A file that was handed in: written once under its SHA-256, never changed. `staged_for` is
    the hash of the form token it waits for until the form is sent; `pages` pictures to look at."""

    __tablename__ = "evidence"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    name: Mapped[str] = mapped_column(String(255))  # as it was called; text only (A98)
    pages: Mapped[int] = mapped_column(default=1)
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)
    staged_for: Mapped[str | None] = mapped_column(String(64), index=True)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Way(StrEnum):
    """The way a notice went: to the platform, or further."""

    RULES = "rules"
    ART16 = "art16"
    COMPLAINT = "complaint"
    BODY = "body"
    DSC = "dsc"
    POLICE = "police"
    RECOVERY = "recovery"


WAYS = {
    Way.RULES: _l("breach of the service's rules"),
    Way.ART16: _l("illegal content"),
    Way.COMPLAINT: _l("complaint about a decision"),
    Way.BODY: _l("out-of-court body"),
    Way.DSC: _l("complaint to Traficom"),
    Way.POLICE: _l("police"),
    Way.RECOVERY: _l("account recovery"),
}


class Filing(Identified, Base):
    """What was sent, word for word, where, when and with which reference, and what came of it."""

    __tablename__ = "filing"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    way: Mapped[Way] = mapped_column(coded(Way))
    route: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(String(100), default="")
    sent_at: Mapped[datetime] = mapped_column(UTC)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    receipt_at: Mapped[datetime | None] = mapped_column(UTC)
    decided_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(Text, default="")


class Question(Identified, Base):
    """A set phrase that a handler asks a reporter; the answer is an addition."""

    __tablename__ = "question"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    phrase: Mapped[str] = mapped_column(String(24))
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTC)


class Addition(Identified, Base):
    """What a reporter added through the follow page; never shown back there (A60)."""

    __tablename__ = "addition"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # text, gone, back
    text: Mapped[str] = mapped_column(Text, default="")


class Look(Identified, Base):
    """A handler's own dated look at the reported profile."""

    __tablename__ = "look"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    seen_at: Mapped[datetime] = mapped_column(UTC)
    there: Mapped[bool]
    text: Mapped[str] = mapped_column(Text, default="")


class Watch(Identified, Base):
    """The genuine profile is looked at after a notice: platforms have removed the wrong page."""

    __tablename__ = "watch"

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    looked_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    looked_at: Mapped[datetime | None] = mapped_column(UTC)


class Note(Identified, Base):
    """A handler's internal note."""

    __tablename__ = "note"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)


class Warning(Identified, Base):
    """A public warning: the genuine address alone, never the fake's, with an end date."""

    __tablename__ = "warning"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    profile_id: Mapped[str | None] = mapped_column(ForeignKey("profile.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    ends_on: Mapped[date]
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTC)


class Exclusion(Identified, Base):
    """A person who may see nothing of a case (A70)."""

    __tablename__ = "exclusion"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTC)


class Reveal(Identified, Base):
    """A handler has opened a reporter's identity or an original; shown for ten minutes (A80)."""

    __tablename__ = "reveal"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    what: Mapped[str] = mapped_column(String(40))  # "contact:<report>" or "original:<evidence>"
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime] = mapped_column(UTC)


class Follow(Base):
    """A reporter's browser that has shown its code: good for a quarter of an hour."""

    __tablename__ = "follow"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(UTC)
