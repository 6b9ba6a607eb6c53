"""Roles: given by an administrator and, as soon as there is a second person, by two; taken back by
another administrator."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.engine.table import Step
from intake.engine.tracks import Track
from intake.people import duties, grant_words, queries, vouching, workflow
from intake.people.models import Person, Proposal, Role, RoleGrant
from intake.people.service.common import locked, of_another, tell
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
        return _give(person, role, by, now, by_id=getattr(by, "id", None))
    until = clock.today(now) + timedelta(days=GRANT_DAYS)
    made = Proposal(person_id=person.id, role=role, by_id=by.id, state_since=now, lapses_on=until)
    take(made, "propose", by, now)
    return made


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
    effect = EFFECTS.get(step, _about)
    return audit_trail.perform(
        GRANTS, proposal, step, actor, now, seen=seen, effect=effect, **answers
    )


def _about(proposal: Proposal, _actor: Any, _now: datetime, **_answers: Any) -> dict[str, Any]:
    return {"person": proposal.person_id, "role": proposal.role}


def _granted(proposal: Proposal, actor: Person, now: datetime, **_answers: Any) -> dict[str, Any]:
    """The second person has agreed: the role is the person's."""
    locked(proposal.person)
    _give(proposal.person, proposal.role, actor, now, by_id=proposal.by_id, second=actor)
    return {**_about(proposal, actor, now), "proposed_by": proposal.by_id}


def _give(
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
            if colleague != person and not colleague.roles & set(vouching.DECIDING):
                outbox.notify("role_colleague", made, colleague, now, line)
            elif colleague != person and Role.ADMINISTRATOR not in colleague.roles:
                outbox.notify("role", made, colleague, now, line)
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


def _note(grant_: RoleGrant, person: Person, step: str, by: Any, now: datetime) -> str:
    db.session.flush()
    db.session.expire(person, ["grants"])
    facts = {"person": person.id, "role": grant_.role}
    line = audit_trail.record(by, now, grant_, "role_grant", step, facts=facts)
    tell("role", grant_, [person] if person.is_active else [], by, now, line)
    return line


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
    title=grant_words.title,
    address=grant_words.place,
    words=grant_words.GRANT,
    duties=duties.of_grants,
)
EFFECTS: dict[str, Callable[..., dict[str, Any]]] = {"grant": _granted}
