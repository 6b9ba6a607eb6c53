"""Roles: given by an administrator and, as soon as there is a second person, by two; taken back by
another administrator."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail
from intake.engine.table import Step
from intake.engine.tracks import Track
from intake.people import duties, effects, queries, workflow
from intake.people.changes import locked, of_another
from intake.people.grants import vouching, words
from intake.people.models import Person, Proposal, Role, RoleGrant
from intake.refusals import Unready, WrongState
from intake.web.forms import Problem

GRANT_DAYS = 14  # calendar days in which a second person agrees, or the proposal lapses


def grant(person: Person, role: Role, by: Any, now: datetime) -> RoleGrant | Proposal:
    """Give a role, or propose it where a second person must agree; nobody gives themself one (A6).

    Raises WrongState where the person has the role, or it waits for them already.
    """
    of_another(person, by)
    locked(person)
    if queries.grant_of(person, role) or queries.proposal_of(person, role):
        raise WrongState
    if not person.is_active:
        raise Unready([Problem(_("Only somebody in service can have a role."))])
    if not isinstance(by, Person) or not vouching.is_second_needed(person, by, now):
        return effects.give(person, role, by, now, by_id=getattr(by, "id", None))
    until = clock.today(now) + timedelta(days=GRANT_DAYS)
    made = Proposal(person_id=person.id, role=role, by_id=by.id, state_since=now, lapses_on=until)
    take(made, "propose", by, now)
    return made


def propose_anew(person: Person, by: Any, now: datetime) -> None:
    """The roles of an account that has got another address end and wait for a second person, where
    there is one: who chooses an address can choose the password, and so who has the roles (A6)."""
    if not isinstance(by, Person) or not vouching.is_second_needed(person, by, now):
        return
    if not vouching.seconds(Proposal(person_id=person.id, by_id=by.id, state_since=now)):
        return
    for held in [one for one in person.grants if one.ended_at is None]:
        effects.end(held, person, by, now)
        grant(person, held.role, by, now)


def take(
    proposal: Proposal,
    step: str,
    actor: Any,
    now: datetime,
    *,
    seen: int | None = None,
    **answers: Any,
) -> Step:
    """Take a step on a proposed role. Raises a refusal."""
    return audit_trail.perform(GRANTS, proposal, step, actor, now, seen=seen, **answers)


def withdraw(person: Person, role: Role, by: Any, now: datetime) -> None:
    """Take a role back; never the last administrator's (A6)."""
    if role is Role.ADMINISTRATOR:
        keep_an_administrator(person, by)
    of_another(person, by)
    held = queries.grant_of(person, role)
    if held is None:
        raise WrongState
    effects.end(held, person, by, now)


def keep_an_administrator(person: Person, by: Any) -> None:
    """Raises Unready where the town would be left without an administrator. Two who remove each
    other queue here, and the second finds themself without the role."""
    holders = queries.administrators_locked()
    if isinstance(by, Person):
        db.session.expire(by, ["grants"])
    if holders == {person.id}:
        sentence = _("The town needs an administrator: grant the role to somebody else first.")
        raise Unready([Problem(sentence)])


GRANTS = Track(
    workflow=workflow.GRANT,
    model=Proposal,
    take=take,
    title=words.title,
    address=words.path,
    words=words.GRANT,
    duties=duties.of_grants,
    tasks=duties.TASKS,
    waiting=duties.waiting,
)
