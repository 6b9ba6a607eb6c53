"""Reading people and the organisation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from intake import text
from intake.data import full_text
from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.data.full_text import Found, Place, sort_key
from intake.people import town
from intake.people.models import Absence, Level, Person, Proposal, Role, RoleGrant, Unit
from intake.people.states import GrantState
from intake.refusals import Unseen

PEOPLE = "p"  # the scope of people: by name, title and address


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
        db.session.scalars(
            select(Person).where(Person.ended_at.is_(None)).order_by(Person.sort_key, Person.id)
        )
    )


def names() -> list[Row[tuple[str, str, str]]]:
    """Id, name and work address of everybody in service, by name: enough to choose from."""
    query = select(Person.id, Person.name, Person.email).where(Person.ended_at.is_(None))
    return list(db.session.execute(query.order_by(Person.sort_key, Person.id)))


def people(ids: Iterable[str | None]) -> dict[str, Person]:
    """Persons by id, those who have left too: histories name them."""
    wanted = {person_id for person_id in ids if person_id}
    if not wanted:
        return {}
    return {
        person.id: person
        for person in db.session.scalars(select(Person).where(Person.id.in_(wanted)))
    }


def units_of(ids: Iterable[str]) -> dict[str, Unit]:
    """Units by id, those that have ended too: histories name them."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {unit.id: unit for unit in db.session.scalars(select(Unit).where(Unit.id.in_(wanted)))}


def by_email(email: str) -> Person | None:
    """The person with a work address, however it is typed."""
    return db.session.scalars(select(Person).where(Person.email == text.mail_key(email))).first()


def holders(role: Role) -> list[Person]:
    """Everybody in service who holds a role today; a lead handler is a handler too.
    Read once for each transaction."""
    kept: dict[Role, list[Person]] = transaction_cache(Person, RoleGrant)
    if role not in kept:
        kept[role] = _holders(role)
    return list(kept[role])


def _holders(role: Role) -> list[Person]:
    wanted = [role, Role.LEAD] if role is Role.HANDLER else [role]
    query = (
        select(Person)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(wanted), RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
        .order_by(Person.sort_key, Person.id)
        .distinct()
    )
    return list(db.session.scalars(query))


def units() -> list[Unit]:
    """Every unit that exists today, by name."""
    return _by_name(select(Unit).where(Unit.ended_at.is_(None)))


def _by_name(query: Select[Unit]) -> list[Unit]:
    return sorted(db.session.scalars(query), key=lambda unit: (sort_key(unit.name_fi), unit.id))


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

    def heads(self, unit: Unit | None) -> list[str]:
        """Ids of the heads from a unit up to the town; a working group has none of its own."""
        return [
            one.head_id
            for one in self.chain(unit)
            if one.head_id and one.level is not Level.WORKING_GROUP
        ]

    def head_above(self, person: Person) -> str | None:
        """The id of a person's own head: the first above them who is not themself."""
        heads = self.heads(self.units.get(person.unit_id or ""))
        return next((head for head in heads if head != person.id), None)

    def below(self, unit: Unit) -> list[Unit]:
        """The unit and every unit below it."""
        return [one for one in self.units.values() if unit in self.chain(one)]

    def tree(self) -> Iterator[tuple[Unit, int]]:
        """Every unit with its depth, each followed by those below it, by name."""
        under: dict[str | None, list[Unit]] = {}
        for unit in self.units.values():  # these are by name already
            known = unit.parent_id if unit.parent_id in self.units else None
            under.setdefault(known, []).append(unit)
        waiting = [(unit, 0) for unit in reversed(under.get(None, []))]
        while waiting:
            unit, depth = waiting.pop()
            yield unit, depth
            waiting += [(one, depth + 1) for one in reversed(under.get(unit.id, []))]


def organisation(day: date) -> Organisation:
    """The organisation as it is on a day; read once for each transaction."""
    kept: dict[date, Organisation] = transaction_cache(Unit, Absence, Person)
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


def decides(person_id: str, day: date) -> bool:
    """Does a person head or deputise any unit, or stand in for anybody, on a day?"""
    office = select(Unit.id).where(
        or_(Unit.head_id == person_id, Unit.deputy_id == person_id), Unit.ended_at.is_(None)
    )
    stands_in = select(Absence.id).where(
        Absence.deputy_id == person_id,
        Absence.begins <= day,
        Absence.until >= day,
        Absence.cancelled_at.is_(None),
    )
    return bool(db.session.scalar(select(or_(office.exists(), stands_in.exists()))))


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


def root() -> Unit | None:
    """The town itself, None before it is founded."""
    found = select(Unit).where(Unit.level == Level.ROOT, Unit.ended_at.is_(None))
    return db.session.scalars(found.limit(1)).first()


def find_unit(unit_id: str) -> Unit:
    """A unit, ended ones too; raises Unseen where there is none."""
    found = db.session.get(Unit, unit_id)
    if found is None:
        raise Unseen
    return found


def units_below(unit: Unit) -> list[Unit]:
    """The units directly below one, by name."""
    below = select(Unit).where(Unit.parent_id == unit.id, Unit.ended_at.is_(None))
    return _by_name(below)


def unit_by_code(code: str) -> Unit | None:
    """The unit with a code, whatever its case, ended ones too: a code is never used again."""
    return db.session.scalars(select(Unit).where(func.lower(Unit.code) == code.lower())).first()


def codes_like(start: str) -> set[str]:
    """The codes that begin so."""
    same = Unit.code.startswith(start, autoescape=True)
    return {code for code in db.session.scalars(select(Unit.code).where(same)) if code}


def any_people_in(unit: Unit) -> bool:
    """Does anybody in service work in the unit itself?"""
    there = select(Person.id).where(Person.unit_id == unit.id, Person.ended_at.is_(None))
    return db.session.scalars(there.limit(1)).first() is not None


def offices_outside(person: Person, unit: Unit | None, day: date) -> list[Unit]:
    """Their offices in units that are neither above nor below a unit: those end with a move."""
    org = organisation(day)
    above = org.chain(unit)
    return [
        one
        for one in headed_by(person, day)
        if unit is None or (one not in above and unit not in org.chain(one))
    ]


def grant_of(person: Person, role: Role) -> RoleGrant | None:
    """The grant by which a person holds a role today."""
    return next((one for one in grants_of(person) if one.role is role), None)


def grants_of(person: Person) -> list[RoleGrant]:
    """The grants that a person holds today."""
    return [grant for grant in all_grants_of(person) if grant.ended_at is None]


def all_grants_of(person: Person) -> list[RoleGrant]:
    """Every grant a person ever held, the oldest first."""
    ever = select(RoleGrant).where(RoleGrant.person_id == person.id)
    return list(db.session.scalars(ever.order_by(RoleGrant.created_at, RoleGrant.id)))


def absence_ids_of(person: Person) -> list[str]:
    """Ids of every absence a person ever had."""
    return list(db.session.scalars(select(Absence.id).where(Absence.person_id == person.id)))


def proposal_of(person: Person, role: Role) -> Proposal | None:
    """The proposal to give a person a role that waits for a second person."""
    return next(
        (one for one in proposals() if (one.person_id, one.role) == (person.id, role)), None
    )


def proposals() -> list[Proposal]:
    """Every role that waits for a second person, the oldest first."""
    waiting = select(Proposal).where(Proposal.state == GrantState.PROPOSED)
    return list(db.session.scalars(waiting.order_by(Proposal.due_at, Proposal.id)))


def find_proposal(proposal_id: str, seen_by: Person) -> Proposal:
    """A role that was proposed, decided or not: for keepers, administrators and holders of that
    role; raises Unseen for anybody else."""
    found = db.session.get(Proposal, proposal_id)
    keeping = {Role.KEEPER.value, Role.ADMINISTRATOR.value}
    if found is None or not seen_by.roles & {*keeping, found.role.value}:
        raise Unseen
    return found


def administrators_locked() -> set[str]:
    """Ids of the administrators in service; until the commit nobody else changes who they are."""
    held = (
        select(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.ended_at.is_(None))
        .where(Person.ended_at.is_(None))
        .order_by(RoleGrant.id)
        .with_for_update(of=RoleGrant)
        .execution_options(populate_existing=True)
    )
    return {grant.person_id for grant in db.session.scalars(held)}


def absences_of(person: Person, day: date) -> list[Absence]:
    """A person's absences that are not over on a day, by their last day."""
    return _absences(Absence.person_id == person.id, day)


def absences_covered_by(person: Person, day: date) -> list[Absence]:
    """The absences of others, not over on a day, for which a person is the named deputy."""
    return _absences(Absence.deputy_id == person.id, day)


def _absences(of: ColumnElement[bool], day: date) -> list[Absence]:
    found = select(Absence).where(of, Absence.until >= day, Absence.cancelled_at.is_(None))
    return list(db.session.scalars(found.order_by(Absence.until, Absence.id)))


def ids_below(units: Iterable[Unit]) -> Select[str]:
    """The ids of some units and of every unit below them."""
    below = (
        select(Unit.id).where(Unit.id.in_([one.id for one in units])).cte("below", recursive=True)
    )
    return select(below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id)).c.id)


def unit_names(ids: Iterable[str | None]) -> dict[str, tuple[str, ...]]:
    """What some units are called in either language, and the units above them but for the town:
    what belongs to them is found by all of these."""
    rows = select(Unit.id, Unit.parent_id, Unit.name_fi, Unit.name_sv)
    every = {row.id: row for row in db.session.execute(rows)}
    found = {}
    for unit_id in {one for one in ids if one in every}:
        names: list[str] = []
        above, seen = unit_id, set[str | None]()
        while above in every and above not in seen:
            row = every[above]
            if row.parent_id or above == unit_id:
                names += [row.name_fi, row.name_sv]
            seen.add(above)
            above = row.parent_id
        found[str(unit_id)] = tuple(name for name in names if name)
    return found


def named(q: str, may: ColumnElement[bool] | None = None, *, near: bool = True) -> Found:
    """Who has these words, among those whom one may see; without `near` those alone who have
    them as they were typed."""
    return full_text.ask(Place(PEOPLE, Person.id, may), q, near=near)
