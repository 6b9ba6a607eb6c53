"""Roles: given and taken back by another administrator."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from intake.data.base import db
from intake.engine import audit_trail
from intake.people import queries
from intake.people.models import Person, Role, RoleGrant
from intake.people.service.common import locked, of_another, tell
from intake.refusals import Unready, WrongState
from intake.web.forms import Problem


def grant(person: Person, role: Role, by: Any, now: datetime) -> RoleGrant:
    """Give a role; nobody gives themself one, and all administrators are told (A6)."""
    of_another(person, by)
    locked(person)
    if queries.grant_of(person, role) is not None:
        raise WrongState
    if not person.is_active:
        raise Unready([Problem(_("Only somebody in service can have a role."))])
    made = RoleGrant(person_id=person.id, role=role, by_id=getattr(by, "id", None))
    db.session.add(made)
    _note(made, person, "grant", by, now)
    return made


def withdraw(person: Person, role: Role, by: Any, now: datetime) -> None:
    """Take a role back; never the last administrator's (A6)."""
    if role is Role.ADMINISTRATOR:
        keep_an_administrator(person, by)
    of_another(person, by)
    held = queries.grant_of(person, role)
    if held is None:
        raise WrongState
    end(held, person, by, now)


def end(held: RoleGrant, person: Person, by: Any, now: datetime) -> None:
    """End a grant, whoever asks."""
    held.ended_at = now
    _note(held, person, "withdraw", by, now)


def _note(grant_: RoleGrant, person: Person, step: str, by: Any, now: datetime) -> None:
    db.session.flush()
    db.session.expire(person, ["grants"])
    facts = {"person": person.id, "role": grant_.role}
    line = audit_trail.record(by, now, grant_, "role_grant", step, facts=facts)
    tell("role", grant_, [person] if person.is_active else [], by, now, line)


def keep_an_administrator(person: Person, by: Any) -> None:
    """Raises Unready where the town would be left without an administrator. Two who remove each
    other queue here, and the second finds themself without the role."""
    holders = queries.administrators_locked()
    if isinstance(by, Person):
        db.session.expire(by, ["grants"])
    if holders == {person.id}:
        sentence = _("The town needs an administrator: grant the role to somebody else first.")
        raise Unready([Problem(sentence)])
