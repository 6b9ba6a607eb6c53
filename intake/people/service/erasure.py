"""Erasing what is held of people who have left, their absences, and old imports, inside write()."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from intake import clock
from intake.data import full_text, references
from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.people.importing.running import UNDER_WAY
from intake.people.models import (
    Absence,
    Import,
    ImportFile,
    LinkToken,
    Person,
    Proposal,
    RoleGrant,
    Session,
)
from intake.people.queries import PEOPLE

NOBODY = "–"  # the name of whoever has none any more
# what a name does not stay for: the rows of an entry that stays in the register for ever
NAMELESS = ("address.typed_by_id", "address.confirmed_by_id", "address.allowed_by_id")
OWN: tuple[type[Any], ...] = (RoleGrant, Proposal, Absence, Session, LinkToken)


def leavers(before: datetime) -> Any:
    """Ids of those who left before a moment and of whom more than a name is held."""
    return select(Person.id).where(Person.ended_at < before, Person.erased_at.is_(None))


def erase_leavers(ids: Sequence[str], now: datetime) -> list[str]:
    """Erase what is held of people but their names; their ids."""
    about = list(ids)
    for model in (RoleGrant, Proposal, Absence):
        about += db.session.scalars(select(model.id).where(model.person_id.in_(ids)))
    for own in OWN:
        db.session.execute(delete(own).where(own.person_id.in_(ids)))
    for person in db.session.scalars(select(Person).where(Person.id.in_(ids))):
        person.erased_at = now
        person.email = f"{person.id}@erased.invalid"
        person.title, person.unit_id, person.password_hash = "", None, None
    db.session.flush()
    full_text.forget(PEOPLE, *ids)
    audit_trail.erase_words_about(about)
    outbox.forget(about)
    return sorted(ids)


def names(before: datetime) -> Any:
    """Ids of those who left before a moment, of whom only a name is left, and that on nothing
    which is kept."""
    return select(Person.id).where(
        Person.ended_at < before,
        Person.erased_at.is_not(None),
        Person.name != NOBODY,
        ~references.to("person", besides=NAMELESS),
    )


def erase_names(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase the names of people; their ids."""
    for person in db.session.scalars(select(Person).where(Person.id.in_(ids))):
        person.name = NOBODY
    db.session.flush()
    full_text.forget(PEOPLE, *ids)
    audit_trail.erase_words_about(ids)
    return sorted(ids)


def absences(before: datetime) -> Any:
    """Ids of the absences that ended before a moment."""
    return select(Absence.id).where(
        or_(Absence.until < clock.today(before), Absence.cancelled_at < before)
    )


def erase_absences(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase absences; their ids."""
    db.session.execute(delete(Absence).where(Absence.id.in_(ids)))
    audit_trail.erase_words_about(ids)
    outbox.forget(ids)
    return sorted(ids)


def imports(before: datetime) -> Any:
    """Ids of the imports that came to an end before a moment."""
    return select(Import.id).where(Import.finished_at < before, Import.stage.not_in(UNDER_WAY))


def erase_imports(ids: Sequence[str], _now: datetime) -> list[str]:
    """Erase imports with the names of their files; their ids."""
    db.session.execute(delete(ImportFile).where(ImportFile.import_id.in_(ids)))
    db.session.execute(delete(Import).where(Import.id.in_(ids)))
    audit_trail.erase_words_about(ids)
    outbox.forget(ids)
    return sorted(ids)
