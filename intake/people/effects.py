"""What follows when a role is proposed, agreed to, given and taken back."""

from datetime import datetime
from typing import Any

from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.engine.table import Outcome
from intake.people import queries
from intake.people.changes import locked, tell
from intake.people.grants import vouching
from intake.people.models import Person, Proposal, Role, RoleGrant


def about(proposal: Proposal, _actor: Any, _now: datetime) -> Outcome:
    """Which role for whom: a line of the trail says it."""
    return Outcome({"person": proposal.person_id, "role": proposal.role})


def granted(proposal: Proposal, actor: Person, now: datetime) -> Outcome:
    """The second person has agreed: the role is the person's."""
    locked(proposal.person)
    give(proposal.person, proposal.role, actor, now, by_id=proposal.by_id, second=actor)
    facts = about(proposal, actor, now).facts
    return Outcome({**facts, "proposed_by": proposal.by_id})


def give(
    person: Person,
    role: Role,
    by: Any,
    now: datetime,
    *,
    by_id: str | None,
    second: Person | None = None,
) -> RoleGrant:
    """The person, all administrators and everybody with the role are told (A6)."""
    made = RoleGrant(
        person_id=person.id, role=role, by_id=by_id, confirmed_by_id=second and second.id
    )
    db.session.add(made)
    line = _note(made, person, "grant", by, now)
    if isinstance(by, Person):
        for colleague in queries.holders(role):
            if colleague != person and Role.ADMINISTRATOR not in colleague.roles:
                sees = colleague.roles & set(vouching.DECIDING)
                notice = "role" if sees else "role_colleague"
                outbox.notify(notice, made, colleague, now, line)
    return made


def end(held: RoleGrant, person: Person, by: Any, now: datetime) -> None:
    """End a grant, whoever asks."""
    held.ended_at = now
    _note(held, person, "withdraw", by, now)


def _note(grant: RoleGrant, person: Person, step: str, by: Any, now: datetime) -> str:
    db.session.flush()
    db.session.expire(person, ["grants"])
    facts = {"person": person.id, "role": grant.role}
    line = audit_trail.record(by, now, grant, "role_grant", step, facts=facts)
    tell("role", grant, [person] if person.is_active else [], by, now, line)
    return line
