"""Persons: who comes, moves, leaves and comes back."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from intake import clock, ports, text
from intake.data.base import db
from intake.engine import audit_trail
from intake.people import effects, links, passwords, queries, rules, sign_in
from intake.people.changes import locked, of_another, organises, tell
from intake.people.models import Person, Role, Unit
from intake.people.service import absences, roles, units
from intake.refusals import NotAllowed, Unready, WrongState
from intake.web.forms import Problem


def add_person(
    email: str,
    name: str,
    title: str,
    unit: Unit | None,
    by: Any,
    now: datetime,
    *,
    language: str = "fi",
    password: str | None = None,
) -> Person:
    """A person in the town's service; without a password they cannot sign in yet. Raises Unready
    beside the field."""
    organises(by)
    if problems := [*rules.person_problems(email, name, title), *rules.unit_of_problems(unit)]:
        raise Unready(problems)
    person = Person(
        email=text.mail_key(email),
        name=name,
        title=title,
        unit_id=unit.id if unit else None,
        language=language,
        password_hash=passwords.hashed(password) if password else None,
    )
    db.session.add(person)
    _flush()
    audit_trail.record(by, now, person, "person", "add", facts={"unit": person.unit_id})
    return person


def _flush() -> None:
    """Write a person; the address of somebody who came in the same moment is a problem of it."""
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise Unready([Problem(rules.taken(), "email")]) from error


def change_person(
    person: Person,
    by: Any,
    now: datetime,
    *,
    name: str | None = None,
    title: str | None = None,
    language: str | None = None,
    email: str | None = None,
) -> bool:
    """Change what is given; says whether anything changed. One's own address stays as it is (A6);
    with a new address old links and sessions end (A33) and roles wait for a second person. All
    administrators are told of it, and the
    person at both addresses: who changes an address to their own could choose the password of
    somebody else."""
    organises(by)
    given = {"name": name, "title": title, "language": language}
    given["email"] = None if email is None else text.mail_key(email)
    new = {key: value for key, value in given.items() if value not in (None, getattr(person, key))}
    if "email" in new and by == person:
        raise NotAllowed
    wanted = {key: new.get(key, getattr(person, key)) for key in ("email", "name", "title")}
    if problems := rules.person_problems(**wanted, person=person):
        raise Unready(problems)
    if not new:
        return False
    before = person.email
    for key, value in new.items():
        setattr(person, key, value)
    _flush()
    if "email" in new:
        shut_out(person, now)
    facts = {"fields": sorted(new)}
    line = audit_trail.record(by, now, person, "person", "change", facts=facts, words=new)
    if "email" in new:
        tell("work_address", person, [person], by, now, line, former=before)
        roles.propose_anew(person, by, now)
    return True


def move_person(person: Person, unit: Unit | None, by: Any, now: datetime) -> bool:
    """Move a person to another unit; says whether anything changed. Their offices in units that
    are neither above nor below the new one end. Nobody moves themself, but that the only
    administrator leaves the town's own level once (A6)."""
    organises(by)
    if by == person and not may_settle(person):
        raise NotAllowed
    if problems := rules.unit_of_problems(unit):
        raise Unready(problems)
    locked(person)
    if not person.is_active:
        raise WrongState
    if person.unit_id == (unit.id if unit else None):
        return False
    ending = queries.offices_outside(person, unit, clock.today(now))
    before, person.unit_id = person.unit_id, unit.id if unit else None
    db.session.flush()
    db.session.expire(person, ["unit"])
    facts = {"from": before, "to": person.unit_id}
    audit_trail.record(by, now, person, "person", "move", facts=facts)
    _end_offices(person, ending, by, now)
    ports.here().staff.person_moved(person, by, now)
    ports.here().staff.organisation_changed(by, now)
    return True


def may_settle(person: Person) -> bool:
    """The only administrator of a new town stands at its top until they say where they work."""
    alone = queries.holders(Role.ADMINISTRATOR) == [person]
    return alone and (person.unit is None or person.unit.parent_id is None)


def end_service(person: Person, by: Any, now: datetime) -> None:
    """A person leaves the town's service: sign-in, roles, offices and absences end at once, and
    what follows in other rooms (A43, A44)."""
    roles.keep_an_administrator(person, by)
    of_another(person, by)
    locked(person)
    if not person.is_active:
        raise WrongState
    person.ended_at = now
    shut_out(person, now, for_good=True)
    for held in queries.grants_of(person):
        effects.end(held, person, by, now)
    _end_offices(person, queries.headed_by(person, clock.today(now)), by, now)
    absences.end_all(person, by, now)
    audit_trail.record(by, now, person, "person", "leave")
    ports.here().staff.person_left(person, by, now)
    ports.here().staff.organisation_changed(by, now)


def take_back(person: Person, by: Any, now: datetime) -> None:
    """Somebody returns to the town's service: with their work address and nothing else. Whose
    address was erased comes as somebody new: WrongState."""
    of_another(person, by)
    locked(person)
    if person.is_active or person.erased_at is not None:
        raise WrongState
    person.ended_at = None
    if person.unit is not None and person.unit.ended_at is not None:
        person.unit_id = None
    db.session.flush()
    audit_trail.record(by, now, person, "person", "come_back")
    ports.here().staff.organisation_changed(by, now)


def shut_out(person: Person, now: datetime, *, for_good: bool = False) -> None:
    """Every session and link of a person ends; for good, the password too."""
    sign_in.end_all(person, now)
    links.void(person, now)
    if for_good:
        person.password_hash = None
    db.session.flush()


def _end_offices(person: Person, headed: list[Unit], by: Any, now: datetime) -> None:
    for unit in headed:
        head, deputy = (None if one == person.id else one for one in (unit.head_id, unit.deputy_id))
        units.fill(unit, head, deputy, by, now)
