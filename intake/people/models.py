"""Units, persons, their roles and absences, their sessions, and the town's settings."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.data.base import UTC, Base, Identified, coded
from intake.engine.tracks import Subject
from intake.people.states import GrantState


class Level(StrEnum):
    """The levels of the organisation (O1); `ROOT` is the town itself."""

    ROOT = "root"
    SECTOR = "sector"
    SERVICE_AREA = "service_area"
    UNIT = "unit"
    WORKING_GROUP = "working_group"


LEVELS = {
    Level.ROOT: _l("town"),
    Level.SECTOR: _l("sector"),
    Level.SERVICE_AREA: _l("service area"),
    Level.UNIT: _l("unit"),
    Level.WORKING_GROUP: _l("working group"),
}


class Role(StrEnum):
    """What somebody else grants a person; heading a unit is no role."""

    KEEPER = "keeper"
    HANDLER = "handler"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


ROLES = {
    Role.KEEPER: _l("register keeper"),
    Role.HANDLER: _l("case handler"),
    Role.LEAD: _l("lead handler"),
    Role.ADMINISTRATOR: _l("system administrator"),
}


class Unit(Identified, Base):
    """A node of the organisation. A working group has no head of its own."""

    __tablename__ = "unit"
    subject_type = "unit"

    parent_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[Level] = mapped_column(coded(Level))
    code: Mapped[str | None] = mapped_column(String(40), unique=True)  # what imports call it
    name_fi: Mapped[str] = mapped_column(String(120))
    name_sv: Mapped[str] = mapped_column(String(120), default="")
    head_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", use_alter=True), index=True)
    deputy_id: Mapped[str | None] = mapped_column(
        ForeignKey("person.id", use_alter=True), index=True
    )
    ended_at: Mapped[datetime | None] = mapped_column(UTC)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")
    head: Mapped["Person | None"] = relationship(foreign_keys=[head_id], viewonly=True)
    deputy: Mapped["Person | None"] = relationship(foreign_keys=[deputy_id], viewonly=True)

    def name(self, language: str) -> str:
        """The unit's name in a language; Finnish where there is no Swedish one."""
        return (self.name_sv if language == "sv" else "") or self.name_fi


class Person(Identified, Base):
    """Somebody in the town's service. `email` is folded; None of the password means no sign-in."""

    __tablename__ = "person"
    subject_type = "person"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="fi")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    erased_at: Mapped[datetime | None] = mapped_column(UTC)  # all but the name, then that too

    unit: Mapped[Unit | None] = relationship(foreign_keys=[unit_id])
    grants: Mapped[list["RoleGrant"]] = relationship(
        foreign_keys="RoleGrant.person_id", viewonly=True
    )

    # flask-login's own mixin would compare persons by what get_id() says: not here
    is_authenticated, is_anonymous = True, False
    session_id = ""  # set on the instance that is signed in

    def get_id(self) -> str:
        """What flask-login keeps: the id of the session, not of the person."""
        return self.session_id

    @property
    def is_active(self) -> bool:
        """Still in service?"""
        return self.ended_at is None

    @property
    def roles(self) -> set[str]:
        """The roles held today; a lead handler is a handler too."""
        held = {grant.role.value for grant in self.grants if grant.ended_at is None}
        return held | ({Role.HANDLER.value} if Role.LEAD.value in held else set())


class RoleGrant(Identified, Base):
    """A role given to a person by somebody else."""

    __tablename__ = "role_grant"
    subject_type = "role_grant"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(coded(Role))
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # the second
    ended_at: Mapped[datetime | None] = mapped_column(UTC)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], viewonly=True)

    @property
    def label(self) -> Any:
        """The role as people call it."""
        return ROLES[self.role]


class Proposal(Subject, Base):
    """A role that an administrator would give a person, until a second person has agreed or
    refused; `lapses_on` is the last day for that."""

    __tablename__ = "role_proposal"
    subject_type = "role_proposal"
    __table_args__ = (
        Index(
            "uq_role_proposal_open",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index(None, "state", "due_at"),
    )

    state: Mapped[GrantState | None] = mapped_column(coded(GrantState))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(coded(Role))
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    lapses_on: Mapped[date]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], viewonly=True)
    by: Mapped[Person] = relationship(foreign_keys=[by_id], viewonly=True)

    @property
    def label(self) -> Any:
        """The role as people call it."""
        return ROLES[self.role]


class Absence(Identified, Base):
    """When a person is away (both days included) and who stands in; never why."""

    __tablename__ = "absence"
    subject_type = "absence"
    __table_args__ = (Index(None, "person_id", "until"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    begins: Mapped[date]
    until: Mapped[date]
    deputy_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    entered_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(UTC)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], viewonly=True)
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id], viewonly=True)


class Session(Base):
    """A signed-in browser: only the hash of its 256-bit id is stored."""

    __tablename__ = "session"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(UTC, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    browser: Mapped[str | None] = mapped_column(String(60))  # such as "Firefox, Windows"

    person: Mapped[Person] = relationship(lazy="joined")


class LinkPurpose(StrEnum):
    """What a link in a message or on the terminal is for."""

    FIRST_START = "first_start"
    INVITATION = "invitation"
    RESET = "reset"


class LinkToken(Identified, Base):
    """A link that is good once. Its 256-bit secret is derived from the id under a key of its own
    and stored nowhere; the hash finds the row. No person: the first start, or nobody's address."""

    __tablename__ = "link_token"
    subject_type = "link_token"

    purpose: Mapped[LinkPurpose] = mapped_column(coded(LinkPurpose))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    ends_at: Mapped[datetime] = mapped_column(UTC, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UTC)  # or made void by something else


class Setting(Base):
    """One of the town's own settings, as JSON."""

    __tablename__ = "setting"
    subject_type = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)

    @property
    def id(self) -> str:
        """The name, as the trail and messages know it."""
        return self.name


class TownImage(Base):
    """The town's logo, re-encoded: `logo`, and `logo_dark` for dark ground."""

    __tablename__ = "town_image"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ImportStage(StrEnum):
    """How far an import has got."""

    CHECKING = "checking"
    FAULTY = "faulty"
    CHECKED = "checked"
    WRITING = "writing"
    INVITING = "inviting"  # all is written, and who is new is being invited
    DONE = "done"
    FAILED = "failed"  # nothing was written


class Import(Identified, Base):
    """Files of units and people: checked whole, shown, then written at once or not at all.

    `report` is JSON: the faults, or what would change; `done` of `total` rows tell the progress,
    of people where they are invited.
    """

    __tablename__ = "import"
    subject_type = "import"

    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    stage: Mapped[ImportStage] = mapped_column(coded(ImportStage), default=ImportStage.CHECKING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    report: Mapped[str] = mapped_column(Text, default="{}")
    finished_at: Mapped[datetime | None] = mapped_column(UTC)  # what the server had to do


class ImportFile(Base):
    """One file of an import; its content is deleted a day after the import came to an end."""

    __tablename__ = "import_file"

    import_id: Mapped[str] = mapped_column(ForeignKey("import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
