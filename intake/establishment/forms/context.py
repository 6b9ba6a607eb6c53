"""What the pages of a request need to know and may not look up themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l

from intake.handbook.models import Approval, Platform
from intake.people.models import Person, Unit
from intake.people.routing import Route
from intake.profiles.models import ProfileKind
from intake.web.forms import Offered


class Named(Protocol):
    """Somebody in service, as one who may be chosen."""

    @property
    def id(self) -> str:
        """Their id."""

    @property
    def name(self) -> str:
        """Their name."""

    @property
    def email(self) -> str:
        """Their work address."""


@dataclass(frozen=True)
class Address:
    """What the address rules and the register say of handle and address as they were typed: a
    sentence for each that is wrong, the key they name, and how the address was read."""

    key: str | None = None
    handle: str = ""
    url: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Context:
    """Choices, the town's rules and what was found out about the answers as they stand now.

    `answers` is {page: {field: [as typed]}}; `near` are names of profiles that resemble this one;
    `unready` says by person's id what an admin still lacks; `named` holds every person, unit and
    platform that the answers name, in use or not.
    """

    kind: ProfileKind
    today: date
    answers: Mapping[str, Any]
    requester: Person | None = None
    platforms: tuple[Platform, ...] = ()
    people: tuple[Named, ...] = ()
    owner: Person | None = None  # whose own address the mailbox is, in service or not
    units: tuple[Unit, ...] = ()
    language: str = "fi"
    mail_domains: tuple[str, ...] = ()
    low_hours: Decimal = Decimal("0.5")
    answering_days: int = 5
    address: Address = Address()
    near: tuple[str, ...] = ()
    unready: Mapping[str, list[str]] = field(default_factory=dict)
    deciders: tuple[Person, ...] = ()
    conflict: frozenset[str] = frozenset()
    route: Route | None = None
    named: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def everybody(self) -> Offered:
        """Everybody in service, to choose from."""
        named = ((person.id, person.name) for person in self.people)
        return Offered([("", _l("Choose")), *named])

    def typed(self, page: str, name: str) -> str:
        """What was typed first into a field of any page, "" where nothing was."""
        values = self.answers.get(page, {}).get(name) or [""]
        return str(values[0]).strip()

    @property
    def platform(self) -> Platform | None:
        """The platform that was chosen."""
        code = self.typed("profile", "platform")
        return next((platform for platform in self.platforms if platform.code == code), None)

    @property
    def platform_needs_reason(self) -> bool:
        """Is it a platform that is not approved for work use (G7)?"""
        return self.platform is not None and self.platform.approval is Approval.NOT_APPROVED

    @property
    def unit(self) -> Unit | None:
        """The unit that was chosen."""
        unit_id = self.typed("unit", "org_unit")
        return next((unit for unit in self.units if unit.id == unit_id), None)

    @property
    def subject(self) -> Person | None:
        """The expert that was chosen."""
        return self.person(self.typed("expert", "subject"))

    def person(self, person_id: str) -> Person | None:
        """Somebody in service whom the answers name, or who asks."""
        asks = self.requester if self.requester and self.requester.id == person_id else None
        found = self.somebody(person_id) or asks
        return found if found is not None and found.is_active else None

    def somebody(self, person_id: str | None) -> Person | None:
        """Somebody whom the answers name, in service or not."""
        found = self.named.get(person_id or "")
        return found if isinstance(found, Person) else None

    @property
    def is_office(self) -> bool:
        """Is it an office profile?"""
        return self.kind is ProfileKind.OFFICE
