"""What waits for a person among people and roles: to agree to a role, or to refuse it."""

from datetime import datetime

from flask_babel import gettext as _

from intake.engine.tracks import Duty
from intake.people import queries, workflow
from intake.people.grants import vouching, words
from intake.people.models import Person, Proposal
from intake.people.states import GrantState


def of_grants(person: Person, now: datetime, subject: Proposal | None = None) -> list[Duty]:
    """The roles that wait for a second person: on one proposal, or all."""
    if subject is not None:
        waiting = [subject] if subject.state is GrantState.PROPOSED else []
    else:
        waiting = queries.proposals() if person.roles & set(vouching.DECIDING) else []
    return [
        Duty(
            _("Agree to a role or refuse it"),
            words.title(one),
            _("%(person)s proposed it. A second person must agree.", person=one.by.name),
            one.due_at,
            words.path(one),
            one,
        )
        for one in waiting
        if workflow.GRANT.may("grant", one, person, now)
    ]
