"""What waits for a person among changes of profiles, and among admins who went."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from intake.data.base import db
from intake.engine import earlier_steps
from intake.engine.tracks import Duty
from intake.people.models import Person
from intake.profiles import parties, queries, workflow
from intake.profiles.change import words as change_words
from intake.profiles.change.models import Change, Handover
from intake.profiles.queries import OPEN_CHANGES, OPEN_HANDOVERS

NEXT = ("accept_part", "allow", "confirm")


def of_changes(person: Person, now: datetime, subject: Change | None = None) -> list[Duty]:
    """The changes that wait for a person: one, or all."""
    if subject is not None:
        waiting = [subject] if subject.state in OPEN_CHANGES else []
    else:
        waiting = _all(Change, OPEN_CHANGES)
    earlier_steps.recall(workflow.CHANGE, waiting)
    return [duty for one in waiting for duty in _of_change(one, person, now)]


def _of_change(change: Change, person: Person, now: datetime) -> Iterator[Duty]:
    why = {
        "accept_part": _("You were named as an admin."),
        "allow": _("You decide on the profile, and a change of it waits for you."),
        "confirm": _("A second person looks at a change before it is in force."),
    }
    for step in NEXT:
        if workflow.CHANGE.may(step, change, person, now):
            yield _duty(change, step, change_words.CHANGE.buttons[step], why[step])
            return


def of_handovers(person: Person, now: datetime, subject: Handover | None = None) -> list[Duty]:
    """The admins who went and whom a person may check off: one, or all."""
    if subject is not None:
        waiting = [subject] if subject.state in OPEN_HANDOVERS else []
    else:
        waiting = _all(Handover, OPEN_HANDOVERS)
    earlier_steps.recall(workflow.HANDOVER, waiting)
    return [duty for one in waiting for duty in _of_handover(one, person, now)]


def _of_handover(row: Handover, person: Person, now: datetime) -> Iterator[Duty]:
    """The admins who stay are asked, and the supervisor where none does; keepers may too."""
    asked = parties.asked_to_check.people(row, now)
    for step in ("say", "confirm"):
        if person in asked and workflow.HANDOVER.may(step, row, person, now):
            why = _("An admin left the profile. Two people see that they get in no more.")
            yield _duty(row, step, change_words.HANDOVER.buttons[step], why)


def _duty(subject: Any, step: str, verb: Any, why: Any) -> Duty:
    kind = "changes" if isinstance(subject, Change) else "handovers"
    path = f"/profiles/{subject.profile_id}/{kind}/{subject.id}/{step}"
    about = (
        change_words.change_title if isinstance(subject, Change) else change_words.handover_title
    )
    return Duty(verb, about(subject), why, subject.due_at, path, subject)


def _all(model: Any, states: Any) -> list[Any]:
    """Every open one, with its profile; few are open at a time."""
    whole = joinedload(model.profile).options(*queries.WITH)
    query = select(model).where(model.state.in_(states)).options(whole)
    return list(db.session.scalars(query.order_by(model.due_at, model.id)).unique())
