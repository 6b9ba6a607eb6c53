"""The town's own settings: one typed class, a row for each that was changed."""

import json
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select

from intake.data.base import db
from intake.data.cache import commit_cache
from intake.people.models import Setting


@dataclass(frozen=True)
class Town:
    """What a town decides for itself. Names are stored inflected: nothing is glued on."""

    name_fi: str = "Kunta"
    name_sv: str = "Kommunen"
    name_en: str = "The municipality"
    genitive_fi: str = "Kunnan"
    genitive_sv: str = "Kommunens"
    genitive_en: str = "The municipality's"
    mail_domains: tuple[str, ...] = ("kunta.example",)
    own_sites: tuple[str, ...] = ()  # domains of its own web sites; empty: the mail domains
    languages: tuple[str, ...] = ("fi", "sv", "en")
    contact_email: str = "viestinta@kunta.example"
    it_contact: str = ""
    dpo_contact: str = ""
    postal_address: str = ""
    phone: str = ""
    register_page: str = ""  # the page of the town's own site that links to the register (P4)
    # calendar days unless the name says working days
    draft_days: int = 104
    consent_days: int = 30
    decision_working_days: int = 10
    completion_days: int = 14
    setup_days: int = 30
    address_days: int = 14
    closing_notice_days: int = 30
    expert_closing_notice_days: int = 14
    alarm_hours: int = 1  # until the keepers have seen to a hijacked profile
    lost_days: int = 7  # until they look again at one the town cannot get into
    urgent_hours: int = 2  # of office time, until somebody looks at an urgent report (P5)
    triage_working_days: int = 1  # until somebody looks at any other
    review_working_days: int = 3  # until a case is decided on
    info_days: int = 14  # a reporter's time to answer
    answer_days: int = 3  # a platform's, before it is asked again
    no_answer_days: int = 2  # until the next step after that
    refusal_days: int = 5  # until the next step after a platform's refusal
    recovery_days: int = 1  # until somebody looks at a profile that is being got back
    police_working_days: int = 5  # until it is decided whether the police are told
    flood_cases: int = 20  # new cases an hour that are still told of one by one
    office_review_days: int = 180  # until an office profile is looked over again (O7)
    expert_review_days: int = 180
    review_grace_days: int = 60  # late by so many, the register says since when nobody looked
    continuation_days: int = 14  # until it is decided whether a profile goes on (O8)
    change_days: int = 14  # until a proposed change of a profile is agreed to
    handover_days: int = 5  # until two people have checked off an admin who went (G9)
    quiet_days: int = 14  # longer away with nobody in their place, an expert's profile is quiet
    tick_days: int = 30  # older ticks of the set-up checklist are asked again (A15)
    low_hours: float = 0.5  # hours a week in all, below which everybody is warned (O2)
    answering_days: int = 5
    colour: str = ""  # the town's own, as #rrggbb; empty for the product's
    logo: tuple[Any, ...] = ()  # (hash, width, height) of the stored picture
    logo_dark: tuple[Any, ...] = ()  # the same, for dark ground
    is_demo: bool = False  # set once, when the demo town is made
    revision: int = 0  # counts the changes made in the browser

    def name(self, language: str) -> str:
        """The town's name in a language."""
        return str(getattr(self, f"name_{language}"))

    @property
    def spoken(self) -> tuple[str, ...]:
        """How the town is called, inflected or not: nobody is told apart by it."""
        named = (self.name_fi, self.name_sv, self.name_en)
        return (*named, self.genitive_fi, self.genitive_sv, self.genitive_en)

    def owns(self, host: str) -> bool:
        """Is a host, as it stands in a key, one of the town's own sites or below one?"""
        name = host.partition(":")[0]
        own = self.own_sites or self.mail_domains
        return any(name == one or name.endswith(f".{one}") for one in own)

    def genitive(self, language: str) -> str:
        """The town's name in the genitive, with a capital letter."""
        return str(getattr(self, f"genitive_{language}"))


@dataclass(frozen=True)
class Contact:
    """An address of the town's that is told of things: no person, with no rights."""

    id: str
    email: str
    language: str
    name: str = ""
    is_active: bool = True
    roles: frozenset[str] = frozenset()


CONTACTS = ("it_contact", "dpo_contact")


def contact(name: str) -> Contact | None:
    """One of the town's contacts by the name of its setting; None where none is set."""
    town = current()
    email = getattr(town, name) if name in CONTACTS else ""
    return Contact(name, email, town.languages[0]) if email else None


NAMES = {line.name for line in fields(Town)}


def current() -> Town:
    """The settings as they stand; read again only when something was committed."""
    kept = commit_cache()
    cached: Town | None = kept.get("town")
    if cached is None:
        rows = db.session.execute(select(Setting.name, Setting.value))
        stored: dict[str, Any] = {
            name: _listed(json.loads(value)) for name, value in rows if name in NAMES
        }
        cached = Town(**stored)
        kept["town"] = cached
    return cached


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def store(**values: Any) -> None:
    """Change settings; the caller notes it in the trail."""
    for name, value in values.items():
        row = db.session.get(Setting, name) or Setting(name=name)
        row.value = json.dumps(value, ensure_ascii=False)
        db.session.add(row)
    db.session.flush()
