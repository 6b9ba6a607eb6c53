"""Reading people and the organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from intake.database import db, once
from intake.people import town
from intake.people.models import Absence, Person, Role, RoleGrant, Unit


def active_person(person_id: str) -> Person | None:
    """The person, None where there is none or they have left."""
    person = db.session.get(Person, person_id)
    return person if person is not None and person.is_active else None


def reader(reader_id: str) -> Person | town.Contact | None:
    """Whoever a message is for: a person in service, or one of the town's contacts."""
    return town.contact(reader_id) or active_person(reader_id)


def active_people() -> list[Person]:
    """Everybody in service, by name."""
    return list(
        db.session.scalars(select(Person).where(Person.ended_at.is_(None)).order_by(Person.name))
    )


def people(ids: Iterable[str | None]) -> dict[str, Person]:
    """Persons by id, those who have left too: histories name them."""
    wanted = {person_id for person_id in ids if person_id}
    if not wanted:
        return {}
    return {
        person.id: person
        for person in db.session.scalars(select(Person).where(Person.id.in_(wanted)))
    }


def by_email(email: str) -> Person | None:
    """The person with a work address, whatever its case."""
    return db.session.scalars(
        select(Person).where(Person.email == email.strip().casefold())
    ).first()


def holders(role: Role) -> list[Person]:
    """Everybody in service who holds a role today; a lead handler is a handler too."""
    wanted = [role, Role.LEAD] if role is Role.HANDLER else [role]
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(wanted), RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
        .order_by(Person.name)
        .distinct()
    )
    return list(db.session.scalars(query))


def units() -> list[Unit]:
    """Every unit that exists today, by name."""
    return list(
        db.session.scalars(select(Unit).where(Unit.ended_at.is_(None)).order_by(Unit.name_fi))
    )


@dataclass(frozen=True)
class Organisation:
    """The organisation of one day: units by id, and who is away and who stands in for them."""

    day: date
    units: dict[str, Unit]
    absences: dict[str, Absence]
    people: dict[str, Person]

    def chain(self, unit: Unit | None) -> list[Unit]:
        """The unit and those above it, up to the town; ends where data goes in a circle."""
        found: list[Unit] = []
        while unit is not None and unit not in found:
            found.append(unit)
            unit = self.units.get(unit.parent_id or "")
        return found

    def person(self, person_id: str | None) -> Person | None:
        """An active person among heads and deputies."""
        return self.people.get(person_id or "")


def organisation(day: date) -> Organisation:
    """The organisation as it is on a day; read once for each transaction."""
    kept: dict[date, Organisation] = once().setdefault("organisation", {})
    if day not in kept:
        kept[day] = _organisation(day)
    return kept[day]


def _organisation(day: date) -> Organisation:
    every = {unit.id: unit for unit in units()}
    away = {
        absence.person_id: absence
        for absence in db.session.scalars(
            select(Absence)
            .where(Absence.begins <= day, Absence.until >= day, Absence.cancelled_at.is_(None))
            .order_by(Absence.created_at)
        )
    }
    ids = {unit.head_id for unit in every.values()} | {unit.deputy_id for unit in every.values()}
    ids |= {absence.deputy_id for absence in away.values()}
    known = people(ids)
    return Organisation(
        day, every, away, {key: person for key, person in known.items() if person.is_active}
    )


def headed_by(person: Person, day: date) -> list[Unit]:
    """The units a person heads or is standing deputy of."""
    return [
        unit
        for unit in organisation(day).units.values()
        if person.id in (unit.head_id, unit.deputy_id)
    ]


def deciders(day: date) -> list[Person]:
    """Everybody who heads or deputises a unit on a day: those who may be asked to decide."""
    found = organisation(day)
    ids = {unit.head_id for unit in found.units.values()} | {
        unit.deputy_id for unit in found.units.values()
    }
    ids |= {absence.deputy_id for absence in found.absences.values()}
    return sorted(
        (found.people[key] for key in ids if key in found.people), key=lambda person: person.name
    )
