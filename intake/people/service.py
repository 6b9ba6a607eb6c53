"""What is done to people and the organisation; every change leaves a line in the trail."""

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from intake import clock, subjects, trail
from intake.database import db
from intake.forms import Problem
from intake.people import passwords, queries
from intake.people.models import Absence, Level, Person, Role, RoleGrant, Unit
from intake.refusals import NotAllowed, Unready

DONE = {
    "unit": {
        "add": _l("%(actor)s added a unit."),
        "name_head": _l("%(actor)s named the head of a unit."),
    },
    "person": {
        "add": _l("%(actor)s added a person."),
        "choose_language": _l("%(actor)s chose a language."),
    },
    "role_grant": {"grant": _l("%(actor)s granted a role.")},
    "absence": {"enter": _l("%(actor)s entered an absence.")},
}


def tell_history() -> None:
    """Give the trail the sentences of this room."""
    for name, sentences in DONE.items():
        subjects.tell_history(name, sentences)


def add_unit(
    level: Level, name_fi: str, name_sv: str, parent: Unit | None, by: Any, now: datetime
) -> Unit:
    """A new unit below another; only the town has no parent."""
    unit = Unit(
        level=level, name_fi=name_fi, name_sv=name_sv, parent_id=parent.id if parent else None
    )
    db.session.add(unit)
    db.session.flush()
    trail.record(by, now, unit, "unit", "add", facts={"level": level, "parent": unit.parent_id})
    return unit


def name_head(
    unit: Unit, head: Person | None, deputy: Person | None, by: Any, now: datetime
) -> None:
    """Who heads a unit and who stands in; nobody names themself (A6)."""
    if by in (head, deputy):
        raise NotAllowed
    unit.head_id = head.id if head else None
    unit.deputy_id = deputy.id if deputy else None
    db.session.flush()
    facts = {"head": unit.head_id, "deputy": unit.deputy_id}
    trail.record(by, now, unit, "unit", "name_head", facts=facts)


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
    """A person in the town's service; without a password they cannot sign in yet."""
    person = Person(
        email=email.strip().casefold(),
        name=name,
        title=title,
        unit_id=unit.id if unit else None,
        language=language,
        password_hash=passwords.hashed(password) if password else None,
    )
    db.session.add(person)
    db.session.flush()
    trail.record(by, now, person, "person", "add", facts={"unit": person.unit_id})
    return person


def grant(person: Person, role: Role, by: Any, now: datetime) -> RoleGrant:
    """Give a role; nobody gives themself one (A6)."""
    if by == person:
        raise NotAllowed
    made = RoleGrant(person_id=person.id, role=role, by_id=getattr(by, "id", None))
    db.session.add(made)
    db.session.flush()
    trail.record(by, now, made, "role_grant", "grant", facts={"person": person.id, "role": role})
    return made


def enter_absence(
    person: Person, begins: date, until: date, deputy: Person | None, by: Person, now: datetime
) -> Absence:
    """Note when a person is away and who stands in (A3).

    Entered by the person, their own head or an administrator, never by who would stand in, and
    never back-dated. Raises NotAllowed, or Unready beside `begins`, `until` or `deputy`.
    """
    if not may_enter_absence(person, by, now) or by == deputy:
        raise NotAllowed
    if problems := _absence_problems(person, begins, until, deputy, now):
        raise Unready(problems)
    absence = Absence(
        person_id=person.id,
        begins=begins,
        until=until,
        deputy_id=deputy.id if deputy else None,
        entered_by_id=by.id,
    )
    db.session.add(absence)
    db.session.flush()
    facts = {
        "person": person.id,
        "deputy": absence.deputy_id,
        "from": str(begins),
        "until": str(until),
    }
    trail.record(by, now, absence, "absence", "enter", facts=facts)
    return absence


def may_enter_absence(person: Person, by: Person, now: datetime) -> bool:
    """The person, the head above them, or an administrator; never a standing deputy of theirs."""
    if by == person:
        return True
    org = queries.organisation(clock.today(now))
    if any(unit.head_id == person.id and unit.deputy_id == by.id for unit in org.units.values()):
        return False
    heads = [unit.head_id for unit in org.chain(org.units.get(person.unit_id or ""))]
    own_head = next((head for head in heads if head and head != person.id), None)
    return by.id == own_head or Role.ADMINISTRATOR in by.roles


def _absence_problems(
    person: Person, begins: date, until: date, deputy: Person | None, now: datetime
) -> list[Problem]:
    problems = []
    if begins < clock.today(now):
        problems.append(Problem(_l("An absence cannot begin before today."), "begins"))
    if until < begins:
        problems.append(Problem(_l("The last day is before the first."), "until"))
    if deputy is not None and (deputy == person or not deputy.is_active):
        problems.append(Problem(_l("Choose somebody else who is in service."), "deputy"))
    return problems
