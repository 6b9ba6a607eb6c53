"""Reports from anyone, and the cases they belong to: one for each fake profile."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.data.base import UTC, Base, Identified, coded
from intake.data.stored import Answers, Stored, lines
from intake.engine.tracks import Subject
from intake.fakes.states import (
    CaseState,
    Ground,
    Held,
    Outcome,
    PoliceState,
    Priority,
    UnitAnswer,
    Way,
)
from intake.people.models import Person, Unit
from intake.profiles.models import Profile
from intake.security.sealed import Sealed, SealedText

SAID = Answers(
    lists=frozenset({"acts", "reported_elsewhere"}), ticks=frozenset({"no_url", "good_faith"})
)


@dataclass(frozen=True)
class Sending:
    """The report that is being taken in: does it bring money, data, a new act or first evidence?"""

    report_id: str
    weightier: bool


class Case(Subject, Base):
    """One fake profile. `main_case` is the one it was merged into; `held` while it has nothing but
    reports that are held apart; `triage_by` is when somebody must have looked; `second` the other
    handler's opinion, good while it is newer than `taken_at`."""

    __tablename__ = "case"
    subject_type = "case"
    sending = cast("Sending | None", None)  # set for the length of one step
    __table_args__ = (
        Index(None, "state", "due_at", "id"),
        Index(None, "handler_id", "due_at"),
        Index(None, "held", "due_at", "id"),
        Index(None, "held", "created_at"),
        Index(None, "same_text", "due_at", "id"),
    )

    state: Mapped[CaseState | None] = mapped_column(coded(CaseState))
    name: Mapped[str] = mapped_column(String(200))  # how staff speak of it: handle or visible name
    platform_code: Mapped[str] = mapped_column(String(24), index=True)  # or "web", "other"
    priority: Mapped[Priority] = mapped_column(coded(Priority), default=Priority.NORMAL)
    held: Mapped[bool] = mapped_column(default=False)
    acts: Mapped[list[str]] = mapped_column(
        Stored(lines), default=list
    )  # what its reports say it does
    same_text: Mapped[str | None] = mapped_column(String(64))  # under which it is folded (A90)
    profile_id: Mapped[str | None] = mapped_column(ForeignKey("profile.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    handler_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    main_case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)
    triage_by: Mapped[datetime | None] = mapped_column(UTC)
    taken_at: Mapped[datetime | None] = mapped_column(UTC)
    second_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    second_at: Mapped[datetime | None] = mapped_column(UTC)
    unit_answer: Mapped[UnitAnswer | None] = mapped_column(coded(UnitAnswer))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    notice_by: Mapped[datetime | None] = mapped_column(UTC)  # the end of that working day
    outcome: Mapped[Outcome | None] = mapped_column(coded(Outcome))
    ground: Mapped[Ground | None] = mapped_column(coded(Ground))
    looks_private: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    recheck_on: Mapped[date | None]
    next_check_on: Mapped[date | None]
    packet_at: Mapped[datetime | None] = mapped_column(UTC)  # when the police packet was made
    no_warning_reason: Mapped[str] = mapped_column(Text, default="")
    police: Mapped[PoliceState] = mapped_column(
        coded(PoliceState), default=PoliceState.NOT_CONSIDERED
    )
    police_from: Mapped[datetime | None] = mapped_column(UTC)  # confirmed, or thought of anew
    police_since: Mapped[datetime | None] = mapped_column(UTC)
    police_due_at: Mapped[datetime | None] = mapped_column(UTC, index=True)

    profile: Mapped[Profile | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    handler: Mapped[Person | None] = relationship(foreign_keys=[handler_id])
    main_case: Mapped["Case | None"] = relationship(remote_side="Case.id")
    keys: Mapped[list["CaseKey"]] = relationship(
        foreign_keys="CaseKey.case_id", order_by="CaseKey.created_at", viewonly=True
    )
    reports: Mapped[list["Report"]] = relationship(
        secondary="case_report",
        primaryjoin="Case.id == CaseReport.case_id",
        secondaryjoin="Report.id == CaseReport.report_id",
        order_by="Report.created_at",
        viewonly=True,
    )


class CaseKey(Identified, Base):
    """A key of a case's profile; each key has one case. `shown` is the address as it was typed,
    `from_case` the case that a merge took it from."""

    __tablename__ = "case_key"

    key: Mapped[str] = mapped_column(String(300), unique=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    from_case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    shown: Mapped[str] = mapped_column(Text, default="")
    meets: Mapped[str | None] = mapped_column(String(300))  # the key it has by now: another's too
    whole: Mapped[bool] = mapped_column(default=False, server_default="0")  # a site with all of it


class Report(Identified, Base):
    """What one person sent, as typed. The code is stored as a keyed hash alone (A62); nobody's
    network address is stored (A78)."""

    __tablename__ = "report"
    subject_type = "report"

    reference: Mapped[str] = mapped_column(String(16), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Stored(SAID))
    language: Mapped[str] = mapped_column(String(2))
    held: Mapped[Held | None] = mapped_column(coded(Held))
    is_colleague: Mapped[bool] = mapped_column(default=False)  # who it is lies in Contact alone

    addresses: Mapped[list["ReportAddress"]] = relationship(
        order_by="ReportAddress.place", viewonly=True
    )

    @property
    def seen_on(self) -> date | None:
        """The day its sender saw the profile, None where none can be read."""
        try:
            return date.fromisoformat(self.answers.get("seen_at", ""))
        except ValueError:
            return None


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
    """A report belongs to a case: a report links to cases and never merges them (A93);
    `from_case` is the case that a merge took it from."""

    __tablename__ = "case_report"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True, index=True)
    from_case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))


class Contact(Base):
    """A reporter's name, address, number and wish for secrecy, encrypted: erased as one row. Of a
    colleague who reported it is the only place that tells who."""

    __tablename__ = "contact"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    encrypted: Mapped[str] = mapped_column(Text)
    mail_hash: Mapped[str | None] = mapped_column(String(64), index=True)  # keyed, counts letters


class Evidence(Identified, Base):
    """A file that was handed in: written once under its SHA-256, never changed. `staged_for` is
    the hash of the form token it waits for until the form is sent, `staged_from` until then that of
    the network it came from; `pages` how many it has, of which `pictures` show the first ones."""

    __tablename__ = "evidence"

    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    name: Mapped[Sealed] = mapped_column(SealedText)  # as its sender called it, 255 signs (A98)
    pages: Mapped[int] = mapped_column(default=1)
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)
    staged_for: Mapped[str | None] = mapped_column(String(64), index=True)
    staged_from: Mapped[str | None] = mapped_column(String(64))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))

    pictures: Mapped[list["EvidencePage"]] = relationship(
        order_by="EvidencePage.number", cascade="all, delete-orphan"
    )
    report: Mapped[Report | None] = relationship(viewonly=True)
    by: Mapped[Person | None] = relationship()


class EvidencePage(Identified, Base):
    """A picture of a page, counted from 1: drawn anew, and stored under its own SHA-256."""

    __tablename__ = "evidence_page"

    evidence_id: Mapped[str] = mapped_column(ForeignKey("evidence.id"), index=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]


class Filing(Identified, Base):
    """What was sent, word for word, where, when and with which reference, and what came of it.
    `copy` is the same in the other language, kept with it; `words_confirmed`: of older
    ones, a handler has said that a reporter's words may go (A68)."""

    __tablename__ = "filing"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    way: Mapped[Way] = mapped_column(coded(Way))
    route: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    copy: Mapped[str] = mapped_column(Text, default="")
    words_confirmed: Mapped[bool] = mapped_column(default=False)
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
    """What a reporter added through the follow page; never shown back there (A60). `case_id` is the
    one case it is about, none where it is about all of the report's."""

    __tablename__ = "addition"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))  # text, there, gone, back, contact, withdrawn
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
    subject_type = "watch"

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    looked_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    looked_at: Mapped[datetime | None] = mapped_column(UTC)

    profile: Mapped[Profile] = relationship(viewonly=True)


class Note(Identified, Base):
    """A handler's internal note."""

    __tablename__ = "note"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)


class PublicWarning(Identified, Base):
    """A public warning: the genuine address alone, never the fake's, with an end date. `texts` are
    its words by language."""

    __tablename__ = "public_warning"

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    profile_id: Mapped[str | None] = mapped_column(ForeignKey("profile.id"), index=True)
    texts: Mapped[dict[str, str]] = mapped_column(Stored(Answers()))
    ends_on: Mapped[date] = mapped_column(index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTC)

    profile: Mapped[Profile | None] = relationship(viewonly=True)


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
