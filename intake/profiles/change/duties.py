"""What waits for a person among changes of profiles, and among admins who went."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from intake.data.base import db
from intake.engine import duties as desks
from intake.engine import earlier_steps, tracks
from intake.engine.duties import Duty
from intake.people.models import Person
from intake.profiles import queries, workflow
from intake.profiles.change.models import Change, Handover
from intake.profiles.queries import OPEN_CHANGES, OPEN_HANDOVERS


def of_changes(person: Person, now: datetime, subject: Change | None = None) -> list[Duty]:
    """The changes that wait for a person: one, or all."""
    found = [subject] if subject is not None else waiting_changes(now)
    desk = tracks.track(workflow.CHANGE.name)
    return [duty for one in found for duty in desks.on(desk, one, person, now)]


def waiting_changes(_now: datetime) -> list[Change]:
    """Every open change."""
    found = _all(Change, OPEN_CHANGES)
    earlier_steps.recall(workflow.CHANGE, found)
    return found


def of_handovers(person: Person, now: datetime, subject: Handover | None = None) -> list[Duty]:
    """The admins who went and whom a person may check off: one, or all."""
    found = [subject] if subject is not None else waiting_handovers(now)
    desk = tracks.track(workflow.HANDOVER.name)
    return [duty for one in found for duty in desks.on(desk, one, person, now)]


def waiting_handovers(_now: datetime) -> list[Handover]:
    """Everybody who went and is not checked off."""
    found = _all(Handover, OPEN_HANDOVERS)
    earlier_steps.recall(workflow.HANDOVER, found)
    return found


def _all(model: Any, states: Any) -> list[Any]:
    """Every open one, with its profile; few are open at a time."""
    whole = joinedload(model.profile).options(*queries.WITH)
    query = select(model).where(model.state.in_(states)).options(whole)
    return list(db.session.scalars(query.order_by(model.due_at, model.id)).unique())
