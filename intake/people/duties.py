"""What waits for a person among people and roles: to agree to a role, or to refuse it."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.engine import duties as desks
from intake.engine import earlier_steps, tracks
from intake.engine.duties import Duty, Task
from intake.people import parties, queries, workflow
from intake.people.grants import vouching
from intake.people.models import Person, Proposal
from intake.people.states import GrantState as G


def of_grants(person: Person, now: datetime, subject: Proposal | None = None) -> list[Duty]:
    """The roles that wait for a second person: on one proposal, or all."""
    if subject is not None:
        found = [subject]
    else:
        found = waiting(now) if person.roles & set(vouching.DECIDING) else []
    desk = tracks.track(workflow.GRANT.name)
    return [duty for one in found for duty in desks.on(desk, one, person, now)]


def waiting(_now: datetime) -> list[Proposal]:
    """The proposals that wait for a second person."""
    found = list(queries.proposals())
    earlier_steps.recall(workflow.GRANT, found)
    return found


def _why(proposal: Proposal, _person: Person, _now: datetime) -> Any:
    return _("%(person)s proposed it. A second person must agree.", person=proposal.by.name)


def nobody_agrees(proposal: Proposal, now: datetime) -> bool:
    """Is there no second person who may agree or refuse?"""
    people = parties.second_granter.people(proposal, now)
    return not any(workflow.GRANT.may("refuse", proposal, one, now) for one in people)


TASKS = (
    Task(
        _l("Agree to a role or refuse it: %(title)s"),
        _l("Agree to a role or refuse it"),
        _why,
        (G.PROPOSED,),
        (parties.second_granter,),
        ("grant", "refuse"),
        told=(-7, -2),
        page="",
    ),
    Task(
        _l("Take your proposal of a role back: %(title)s"),
        _l("Take the proposal back"),
        _l("There is nobody who could agree to it as the second person."),
        (G.PROPOSED,),
        (parties.proposer,),
        ("withdraw",),
        when=(nobody_agrees,),
        told=(-7, -2),
        page="",
    ),
)
