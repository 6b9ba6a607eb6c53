"""A profile from set-up to closed: its addresses, admins, checklist, and what is public of it."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake import clock
from intake.addresses.lookalike import Trait
from intake.data.base import UTC, Base, Identified, coded
from intake.data.full_text import Ordered
from intake.data.stored import Answers, Stored
from intake.engine.tracks import Subject
from intake.handbook.models import Platform
from intake.people.models import Person, Unit
from intake.profiles.states import (
    AddressState,
    AlarmState,
    ContinuationState,
    PresenceState,
    ProfileState,
)


class ProfileKind(StrEnum):
    """An office profile (P1) or an expert profile (P2)."""

    OFFICE = "office"
    EXPERT = "expert"


KINDS = {ProfileKind.OFFICE: _l("office profile"), ProfileKind.EXPERT: _l("expert profile")}

LISTED = (ProfileState.ACTIVE, ProfileState.CLOSING_ANNOUNCED, ProfileState.CLOSED)
PUBLISHED = Answers(lists=frozenset({"content_languages"}))
UNLISTED = (ProfileState.SETUP, ProfileState.NEVER_OPENED)


class Profile(Subject, Ordered, Base):
    """An official profile. `decided` is the decided version's id as a plain value, `decided_key`
    the address key it named; `texts` holds what the register publishes of the answers:
    purpose, audience, answering, private_messages, private_messages_text, content_languages,
    contact, represents, role_defined, absence_cover, absence_cover_text."""

    __tablename__ = "profile"
    subject_type = "profile"
    __table_args__ = (
        Index(None, "state", "sort_key", "id"),
        Index(None, "state", "due_at"),
        Index(None, "sort_key", "id"),
        Index(None, "platform_id", "sort_key", "id"),
    )

    state: Mapped[ProfileState | None] = mapped_column(coded(ProfileState))
    kind: Mapped[ProfileKind] = mapped_column(coded(ProfileKind))
    platform_id: Mapped[str] = mapped_column(ForeignKey("platform.code"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    slug: Mapped[str | None] = mapped_column(String(120), unique=True)
    subject_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    texts: Mapped[dict[str, Any]] = mapped_column(Stored(PUBLISHED), default=dict)
    rhythm: Mapped[str] = mapped_column(String(16), default="weekly")
    answering_days: Mapped[int] = mapped_column(default=5)
    decided: Mapped[str | None] = mapped_column(String(16))
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_key: Mapped[str | None] = mapped_column(String(300))
    consent_on: Mapped[date | None]
    consent_ended_at: Mapped[datetime | None] = mapped_column(UTC)
    setup_until: Mapped[date | None]
    listed_at: Mapped[datetime | None] = mapped_column(UTC)
    confirmed_on: Mapped[date | None]
    review_due_on: Mapped[date | None] = mapped_column(index=True)
    closes_on: Mapped[date | None]
    closing_reason: Mapped[str] = mapped_column(Text, default="")
    successor: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]
    recheck_on: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None] = mapped_column(index=True)  # fixed term, such as an event's
    alarm: Mapped[AlarmState] = mapped_column(
        coded(AlarmState), default=AlarmState.CLEAR, server_default=AlarmState.CLEAR.value
    )
    alarm_since: Mapped[datetime | None] = mapped_column(UTC)
    alarm_due_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    alarm_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    clearing_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    interim_channel: Mapped[str | None] = mapped_column(Text)  # where to reach its people
    closing_posted_on: Mapped[date | None]  # when the profile itself told of its closing
    copied_on: Mapped[date | None]  # the day of the town's own copy of what was in it
    continuation: Mapped[ContinuationState] = mapped_column(
        coded(ContinuationState),
        default=ContinuationState.GOES_ON,
        server_default=ContinuationState.GOES_ON.value,
    )
    continuation_since: Mapped[datetime | None] = mapped_column(UTC)
    continuation_due_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    presence: Mapped[PresenceState] = mapped_column(
        coded(PresenceState),
        default=PresenceState.PRESENT,
        server_default=PresenceState.PRESENT.value,
    )
    presence_since: Mapped[datetime | None] = mapped_column(UTC)
    presence_due_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    away_from: Mapped[date | None]
    away_until: Mapped[date | None]
    away_cover: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None] = mapped_column(UTC)  # whoever ran it, and their words

    platform: Mapped[Platform] = relationship()
    unit: Mapped[Unit] = relationship()
    subject: Mapped[Person | None] = relationship(foreign_keys=[subject_id])
    admins: Mapped[list["ProfileAdmin"]] = relationship(
        order_by="ProfileAdmin.place", viewonly=True
    )
    addresses: Mapped[list["Address"]] = relationship(
        order_by="Address.lasting, Address.created_at, Address.id", viewonly=True
    )
    checklist: Mapped[list["ChecklistItem"]] = relationship(
        order_by="ChecklistItem.place", viewonly=True
    )

    @property
    def trail_ids(self) -> list[str]:
        """Its own id, and those of the addresses that are listed or confirmed with it."""
        return [self.id, *(line.id for line in self.typed)]

    @property
    def current_admins(self) -> list["ProfileAdmin"]:
        """Those who run it today and are in service, asked ones too."""
        return [admin for admin in self.admins if admin.until is None and admin.person.is_active]

    @property
    def handle(self) -> str:
        """The name in the service: of the official address, else of the one that waits, else of
        the last there was or the decided one."""
        lines = self.current or self.typed or self.addresses
        key = lines[0].key if lines else self.decided_key
        return (key or "").split(":", 2)[-1]

    def ended_on(self, day: date) -> date | None:
        """The day on which it was to end, where that has passed before a day and nobody has said
        what became of it: from then on it is not called the town's own (O8)."""
        if self.state is ProfileState.CLOSING_ANNOUNCED:
            ends = self.closes_on
        else:
            ends = self.ends_on if self.state is ProfileState.ACTIVE else None
        return ends if ends is not None and ends < day else None

    def is_away(self, day: date) -> bool:
        """Does the announced absence last on a day (E4)?"""
        if self.presence is PresenceState.PRESENT or not (self.away_from and self.away_until):
            return False
        return self.away_from <= day <= self.away_until

    @property
    def absence_ends(self) -> datetime | None:
        """The last moment of the announced absence."""
        return None if self.away_until is None else clock.end_of(self.away_until)

    @property
    def typed(self) -> list["Address"]:
        """The addresses that wait for somebody to confirm them, the readable one first."""
        return [line for line in self.addresses if line.state is AddressState.TYPED]

    @property
    def current(self) -> list["Address"]:
        """The addresses that are official, the readable one first."""
        return [line for line in self.addresses if line.state is AddressState.CURRENT]


class Right(StrEnum):
    """What an admin may do in the service."""

    OWNER = "owner"
    EDITOR = "editor"
    POSTER = "poster"


class TwoStep(StrEnum):
    """Does an admin sign in to the service in two steps (G9)?"""

    ON = "on"
    OFF = "off"
    NOT_OFFERED = "not_offered"


class ProfileAdmin(Identified, Base):
    """A person who runs a profile, with task, hours a week, and what they hold in the service."""

    __tablename__ = "profile_admin"
    __table_args__ = (
        Index(
            "uq_profile_admin_current",
            "profile_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    task: Mapped[str] = mapped_column(String(80))
    hours_update: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    hours_interaction: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    lead: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime | None] = mapped_column(UTC)
    since: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)
    rights: Mapped[Right | None] = mapped_column(coded(Right))
    two_step: Mapped[TwoStep | None] = mapped_column(coded(TwoStep))
    recovery_shared: Mapped[bool | None]  # an expert's goes through the own work address
    stated_at: Mapped[datetime | None] = mapped_column(UTC)

    person: Mapped[Person] = relationship()

    @property
    def is_unsafe(self) -> bool:
        """Have they said that they sign in without a second factor that the service offers, or
        that recovery does not go through the town (G9)?"""
        return self.stated_at is not None and (
            self.two_step is TwoStep.OFF or not self.recovery_shared
        )


class Address(Subject, Base):
    """One key of a profile: typed by one person, confirmed by another (A9). `lasting` marks the
    platform's unchanging account id."""

    __tablename__ = "address"
    subject_type = "address"
    __table_args__ = (
        Index(
            "uq_address_current",
            "key",
            unique=True,
            sqlite_where=text("state = 'current'"),
            postgresql_where=text("state = 'current'"),
        ),
        Index(None, "key"),
        Index(None, "state", "due_at"),
    )

    state: Mapped[AddressState | None] = mapped_column(coded(AddressState))
    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    key: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(24))
    url: Mapped[str | None] = mapped_column(Text)
    typed: Mapped[str] = mapped_column(Text)
    lasting: Mapped[bool] = mapped_column(default=False)
    allowed_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    typed_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    seen_on: Mapped[date | None]
    until: Mapped[date | None]
    meets: Mapped[str | None] = mapped_column(String(300))  # the key it has by now: another's too

    profile: Mapped[Profile] = relationship(viewonly=True)


class MarkKind(StrEnum):
    """A mark on an address: an open case has it, or it is a confirmed fake."""

    HELD = "held"
    CONFIRMED = "confirmed"


class AddressMark(Identified, Base):
    """A mark that the room of fakes sets; listing refuses both, the check speaks of the second."""

    __tablename__ = "address_mark"

    key: Mapped[str] = mapped_column(String(300), index=True)
    mark: Mapped[MarkKind] = mapped_column(coded(MarkKind))
    since: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)


class ChecklistItem(Identified, Base):
    """An item of a profile's set-up: `item` is a code of the list, or "condition"; ticked by whom
    and when. A tick that is taken back leaves the row without a date."""

    __tablename__ = "checklist_tick"

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    item: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text, default="")  # of a condition
    done_at: Mapped[datetime | None] = mapped_column(UTC)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")

    by: Mapped[Person | None] = relationship()


class Outlook(StrEnum):
    """What its admins say of a profile when they look it over (O7, O8)."""

    GOES_ON = "goes_on"
    NO_TIME = "no_time"  # too little working time is left for it
    NO_USE = "no_use"  # it no longer serves its purpose


class Review(Identified, Base):
    """One look that an admin took at a profile in use (O7, G10); `longest_days` is the longest time
    that a question waited for its answer, in days."""

    __tablename__ = "profile_review"

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    reviewed_on: Mapped[date]
    last_post_on: Mapped[date]
    questions_received: Mapped[int]
    questions_answered: Mapped[int]
    longest_days: Mapped[int]
    outlook: Mapped[Outlook] = mapped_column(coded(Outlook))


class NearName(Base):
    """What a listed or set-up profile is compared by, by those who look for look-alikes: see
    `addresses.lookalike.Name`; `own` are its own words, with a blank between."""

    __tablename__ = "near_name"

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), primary_key=True)
    text: Mapped[str] = mapped_column(String(300), primary_key=True)
    shape: Mapped[str] = mapped_column(String(600), index=True)
    core: Mapped[str] = mapped_column(String(300), index=True)
    bag: Mapped[str] = mapped_column(String(600), index=True)
    trait: Mapped[Trait] = mapped_column(coded(Trait))
    own: Mapped[str] = mapped_column(String(300))
    folded: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(index=True)  # characters of `folded`


class NearStamp(Base):
    """One row: `stamp` is another whenever a near name is, `words` says by which words the rows
    were filled."""

    __tablename__ = "near_stamp"

    id: Mapped[int] = mapped_column(primary_key=True)
    stamp: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(String(64))


class Neighbour(Identified, Base):
    """A name or address that resembles a listed one and is somebody else's, known to the town:
    `key` where it is an address, `shape` where it is a name."""

    __tablename__ = "neighbour"
    subject_type = "neighbour"

    text: Mapped[str] = mapped_column(String(300))
    key: Mapped[str | None] = mapped_column(String(300), unique=True)
    shape: Mapped[str | None] = mapped_column(String(600), unique=True)
    note: Mapped[str] = mapped_column(Text)


class LikelyFake(Base):
    """The day on which somebody last looked for a fake that is to be expected of a profile."""

    __tablename__ = "likely_fake"

    profile_id: Mapped[str] = mapped_column(ForeignKey("profile.id"), primary_key=True)
    text: Mapped[str] = mapped_column(String(300), primary_key=True)
    looked_on: Mapped[date]
    by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
