"""Beginning to get a profile of the town's own back (G8)."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from intake.data.base import db, random_id
from intake.engine import tracks
from intake.fakes.models import Case
from intake.fakes.service import steps
from intake.fakes.states import Priority
from intake.people.models import Person
from intake.profiles.models import Profile


def open_recovery(profile: Profile, actor: Person, now: datetime, **answers: Any) -> Case:
    """Begin to get a profile back, inside write(): the alarm is set with it."""
    case = new_case(profile)
    case.reference = tracks.next_reference("VP", now)
    db.session.add(case)
    steps.take(case, "open_recovery", actor, now, **answers)
    return case


def new_case(profile: Profile) -> Case:
    """The case of a profile that is to be got back, before it is born: in no session."""
    case = Case(
        id=random_id(),
        name=profile.name,
        platform_code=profile.platform_id,
        profile_id=profile.id,
        unit_id=profile.unit_id,
        priority=Priority.URGENT,
    )
    set_committed_value(case, "profile", profile)
    return case
