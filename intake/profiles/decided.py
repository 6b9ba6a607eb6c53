"""What a decided request hands over to the profile that is set up."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from intake.profiles.models import ProfileKind


@dataclass(frozen=True)
class DecidedAdmin:
    """A person named as admin in the decided version; an expert's subject is its one admin."""

    person_id: str
    task: str
    hours_update: Decimal
    hours_interaction: Decimal
    lead: bool
    accepted_at: datetime | None


@dataclass(frozen=True)
class Decided:
    """The decided version, copied so that a profile never looks it up (A8).

    `version_id` is the version's id as a plain value, `key` the address key it named, `texts`
    what the register publishes of the answers, `conditions` what the supervisor asked for.
    """

    version_id: str
    decided_by_id: str
    kind: ProfileKind
    platform_id: str
    unit_id: str
    name: str
    subject_id: str | None = None
    texts: dict[str, Any] = field(default_factory=dict)
    rhythm: str = "weekly"
    answering_days: int = 5
    key: str | None = None
    consent_on: date | None = None
    ends_on: date | None = None
    admins: tuple[DecidedAdmin, ...] = ()
    conditions: tuple[str, ...] = ()
