"""Whom one may see, in service or not, and their absences."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true, tuple_
from sqlalchemy.orm import joinedload, selectinload

from intake import text
from intake.data.base import db
from intake.people.models import Absence, Person, Role, RoleGrant, Unit
from intake.people.queries import named, organisation
from intake.refusals import Unseen

PAGE = 50
WITH = (joinedload(Person.unit), selectinload(Person.grants))
BY_NAME = (Person.sort_key, Person.id)
OVERSEERS = {Role.KEEPER.value, Role.ADMINISTRATOR.value}


def headed_people(person: Person, day: date) -> ColumnElement[bool]:
    """The people whose own head a person is: everybody in the units they lead, but for those who
    lead part of them, who answer for theirs."""
    org = organisation(day)
    own, led = [], []
    for unit in org.units.values():
        heads = [*dict.fromkeys(org.heads(unit))]
        if heads[:1] == [person.id]:
            own.append(unit.id)
        elif heads[1:2] == [person.id]:
            led.append(and_(Person.unit_id == unit.id, Person.id == heads[0]))
    return and_(Person.id != person.id, or_(Person.unit_id.in_(own), *led))


def visible_to(person: Person, day: date) -> ColumnElement[bool]:
    """The people a person may see: keepers and administrators all, everybody themself and those
    whose head they are."""
    if person.roles & OVERSEERS:
        return true()
    return or_(Person.id == person.id, headed_people(person, day))


def sees_others(person: Person, day: date) -> bool:
    """May a person see anybody but themself?"""
    if person.roles & OVERSEERS:
        return True
    others = select(Person.id).where(headed_people(person, day), Person.ended_at.is_(None))
    return db.session.scalars(others.limit(1)).first() is not None


def find_person(person_id: str, seen_by: Person, day: date) -> Person:
    """A person, those who have left too; raises Unseen where there is none for who looks."""
    found = db.session.scalars(
        select(Person).where(Person.id == person_id, visible_to(seen_by, day))
    ).first()
    if found is None:
        raise Unseen
    return found


@dataclass(frozen=True)
class PeopleList:
    """Some people of a list, and the mark from which the next ones follow, if any."""

    people: list[Person]
    after: str | None
    is_near: bool = False


def page(
    seen_by: Person,
    day: date,
    *,
    q: str = "",
    unit: str = "",
    role: str = "",
    left: bool = False,
    after: str = "",
) -> PeopleList:
    """The people one may see, by name: with these words, in this unit and those below it, with
    this role, in service or (`left`) not any more, from a mark on. `is_near`:
    nobody has these very words."""
    has_left = and_(Person.ended_at.is_not(None), Person.erased_at.is_(None))
    gone = has_left if left else Person.ended_at.is_(None)
    may = visible_to(seen_by, day)
    query = select(Person).where(may, gone)
    found = named(q, may) if q else None
    if found:
        query = query.where(found.condition)
    if unit:
        org = organisation(day)
        below = [one.id for one in org.below(org.units[unit])] if unit in org.units else []
        query = query.where(Person.unit_id.in_(below))
    if role in {one.value for one in Role}:
        held = select(RoleGrant.person_id).where(
            RoleGrant.role == Role(role), RoleGrant.ended_at.is_(None)
        )
        query = query.where(Person.id.in_(held))
    last = db.session.get(Person, after) if after else None
    if last is not None:
        query = query.where(tuple_(*BY_NAME) > tuple_(last.sort_key, last.id))
    rows = list(db.session.scalars(query.options(*WITH).order_by(*BY_NAME).limit(PAGE + 1)))
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return PeopleList(rows[:PAGE], more, found is not None and found.is_near)


def meant(typed: str) -> list[Person]:
    """Whom it means among those in service: the one with this address or whole name, else
    everybody with these words (a page of them at most)."""
    active = select(Person).where(Person.ended_at.is_(None)).order_by(*BY_NAME)
    exact = list(
        db.session.scalars(
            active.where(or_(Person.email == text.mail_key(typed), Person.name == text.name(typed)))
        )
    )
    if exact:
        return exact
    words = named(typed, Person.ended_at.is_(None), near=False)  # nobody is meant by a slip
    return list(db.session.scalars(active.where(words.condition).limit(PAGE)))


def around(unit: Unit, day: date) -> list[Person]:
    """Those in service who work in a unit or above it, a page of them at most: whoever heads it
    or stands in is most often among them."""
    near = [one.id for one in organisation(day).chain(unit)]
    active = select(Person).where(Person.unit_id.in_(near), Person.ended_at.is_(None))
    return list(db.session.scalars(active.order_by(*BY_NAME).limit(PAGE)))


def find_absence(absence_id: str, seen_by: Person, day: date) -> Absence:
    """An absence, over or not: for the person, who may see them, and who stands in; raises
    Unseen."""
    known = select(Person.id).where(visible_to(seen_by, day))
    found = db.session.scalars(
        select(Absence).where(
            Absence.id == absence_id,
            or_(Absence.deputy_id == seen_by.id, Absence.person_id.in_(known)),
        )
    ).first()
    if found is None:
        raise Unseen
    return found


def absences(seen_by: Person, day: date, after: str = "") -> tuple[list[Absence], str | None]:
    """The absences of others that one may see and that are not over, by their last day; and the
    mark from which the next ones follow, if any."""
    others = select(Person.id).where(visible_to(seen_by, day), Person.id != seen_by.id)
    query = _absences(day).where(Absence.person_id.in_(others))
    last = db.session.get(Absence, after) if after else None
    if last is not None:
        further = and_(Absence.until == last.until, Absence.id > last.id)
        query = query.where(or_(Absence.until > last.until, further))
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _absences(day: date) -> Select[Any]:
    return (
        select(Absence)
        .where(Absence.until >= day, Absence.cancelled_at.is_(None))
        .options(joinedload(Absence.person), joinedload(Absence.deputy))
        .order_by(Absence.until, Absence.id)
    )
