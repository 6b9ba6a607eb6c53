"""What the town lays down: platforms, terms, guidelines; and who has read and learnt what."""

import re
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from intake.addresses import Stated, is_web_address
from intake.data.base import UTC, Base, Identified, coded
from intake.people.models import Person


class PlatformKind(StrEnum):
    """What kind of service a platform is (S2)."""

    COMMUNITY = "community"
    MEDIA = "media"
    BLOG = "blog"
    WIKI = "wiki"
    FORUM = "forum"
    PODCAST = "podcast"
    LINK_SHARING = "link_sharing"
    MESSAGING = "messaging"
    WEB_SITE = "web_site"


KINDS = {
    PlatformKind.COMMUNITY: _l("community"),
    PlatformKind.MEDIA: _l("media service"),
    PlatformKind.BLOG: _l("blog"),
    PlatformKind.WIKI: _l("wiki"),
    PlatformKind.FORUM: _l("discussion board"),
    PlatformKind.PODCAST: _l("podcast"),
    PlatformKind.LINK_SHARING: _l("link sharing"),
    PlatformKind.MESSAGING: _l("messaging"),
    PlatformKind.WEB_SITE: _l("web site"),
}


class Approval(StrEnum):
    """May work be discussed there (G7)?"""

    APPROVED = "approved"
    ON_TRIAL = "on_trial"
    NOT_APPROVED = "not_approved"


APPROVALS = {
    Approval.APPROVED: _l("approved for work use"),
    Approval.ON_TRIAL: _l("on trial"),
    Approval.NOT_APPROVED: _l("not approved for work use"),
}


WEB = "web"
WEB_SITE = _l("Web site")


class Platform(Base):
    """A service. `bio_limit` is the room for the profile text in characters, None for no limit."""

    __tablename__ = "platform"
    subject_type = "platform"

    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    stored_name: Mapped[str] = mapped_column("name", String(60))
    kind: Mapped[PlatformKind] = mapped_column(coded(PlatformKind))
    approval: Mapped[Approval] = mapped_column(coded(Approval))
    has_messages: Mapped[bool]
    bio_limit: Mapped[int | None]
    terms_url: Mapped[str] = mapped_column(Text, default="")
    retired_at: Mapped[datetime | None] = mapped_column(UTC)

    @property
    def id(self) -> str:
        """The code, as the trail names it."""
        return self.code

    @hybrid_property
    def name(self) -> str:
        """The service's name; a web site of one's own has none, so it is said in the reader's
        language."""
        return str(WEB_SITE) if self.code == WEB else self.stored_name

    @name.inplace.setter
    def _set_name(self, value: str) -> None:
        self.stored_name = value

    @name.inplace.expression
    @classmethod
    def _name_column(cls) -> ColumnElement[str]:
        return cls.stored_name.expression

    @property
    def terms_link(self) -> str:
        """The address of the terms (G3, G7), empty where it is no web address (A28)."""
        return self.terms_url if is_web_address(self.terms_url) else ""


class PlatformHost(Base):
    """A host by which a platform's addresses are known: added here beside the shipped ones, old
    ones kept when a platform is renamed; a known Mastodon server is a host of `mastodon`."""

    __tablename__ = "platform_host"

    host: Mapped[str] = mapped_column(String(253), primary_key=True)
    platform_code: Mapped[str] = mapped_column(ForeignKey("platform.code"), index=True)


class HostKind(StrEnum):
    """What is said of a host that is no service's own."""

    SHORT_LINKS = "short_links"
    SHARED = "shared"


HOST_KINDS = {
    HostKind.SHORT_LINKS: _l("short links"),
    HostKind.SHARED: _l("pages of many people"),
}


class SpecialHost(Identified, Base):
    """A host that a keeper has added to the shipped lists: its links only lead elsewhere, or it
    serves many, so that nobody can speak for all of it."""

    __tablename__ = "special_host"
    subject_type = "special_host"

    host: Mapped[str] = mapped_column(String(253), unique=True)
    kind: Mapped[HostKind] = mapped_column(coded(HostKind))


class AddressRule(Base):
    """How the addresses of a service name a profile, as a keeper has stated it without code;
    `statement` holds the fields of `addresses.Stated` but for the code."""

    __tablename__ = "address_rule"

    platform_code: Mapped[str] = mapped_column(ForeignKey("platform.code"), primary_key=True)
    statement: Mapped[dict[str, Any]] = mapped_column(JSON)

    @property
    def stated(self) -> Stated:
        """The rule as addresses are read by it."""
        return Stated.of(self.platform_code, self.statement)


class Channel(StrEnum):
    """What a report to a platform rests on: its own rules, the law, or its answer (DSA 16, 20)."""

    RULES = "rules"
    ART16 = "art16"
    COMPLAINT = "complaint"


CHANNELS = {
    Channel.RULES: _l("breach of the service's rules"),
    Channel.ART16: _l("illegal content"),
    Channel.COMPLAINT: _l("complaint about a decision"),
}


MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
STAYS_FRESH = timedelta(days=183)


class ReportRoute(Identified, Base):
    """Where a platform takes reports of fake profiles (P5): a web or mail address or, where there
    is none, words such as a path in its app; `asks` is what it wants filled in."""

    __tablename__ = "report_route"
    subject_type = "report_route"
    __table_args__ = (UniqueConstraint("platform_code", "channel"),)

    platform_code: Mapped[str] = mapped_column(ForeignKey("platform.code"))
    channel: Mapped[Channel] = mapped_column(coded(Channel))
    address: Mapped[str] = mapped_column(Text)
    needs_account: Mapped[bool]
    asks: Mapped[str] = mapped_column(Text, default="")
    checked_on: Mapped[date | None]

    platform: Mapped[Platform] = relationship()

    @property
    def link(self) -> str:
        """Where a click may lead (A28): a web address, or a mail address; else nothing."""
        if is_web_address(self.address):
            return self.address
        return f"mailto:{self.address}" if MAIL.fullmatch(self.address) else ""

    def is_fresh(self, today: date) -> bool:
        """Has the town tried it within the last half year?"""
        return self.checked_on is not None and today - self.checked_on <= STAYS_FRESH


class GuidelineVersion(Identified, Base):
    """A numbered version of the guidelines (P12, G1), in Markdown, in three languages."""

    __tablename__ = "guideline_version"
    subject_type = "guideline_version"

    number: Mapped[int] = mapped_column(unique=True)
    text_fi: Mapped[str] = mapped_column(Text)
    text_sv: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    in_force_on: Mapped[date]

    def text(self, language: str) -> str:
        """The text in a language."""
        return str(getattr(self, f"text_{language}"))


class Acknowledgement(Identified, Base):
    """A person has read a version of the guidelines (G1)."""

    __tablename__ = "acknowledgement"
    subject_type = "acknowledgement"
    __table_args__ = (UniqueConstraint("person_id", "number"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UTC)


class TrainingKind(StrEnum):
    """Two different trainings: P11 and G1."""

    SOCIAL_MEDIA = "social_media"
    SECURITY = "security"


TRAININGS = {
    TrainingKind.SOCIAL_MEDIA: _l("social media training"),
    TrainingKind.SECURITY: _l("information security training"),
}


class Training(Identified, Base):
    """A training that a person has had; `until` is the last day it is valid, None for ever."""

    __tablename__ = "training"
    subject_type = "training"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[TrainingKind] = mapped_column(coded(TrainingKind))
    held_on: Mapped[date]
    until: Mapped[date | None]
    cancelled_at: Mapped[datetime | None] = mapped_column(UTC)  # it was recorded by mistake

    person: Mapped[Person] = relationship()
