"""What handlers keep beside the decisions on a case: notes, looks, priority, whom it imitates."""

from datetime import datetime
from typing import Any

from intake.data.base import db
from intake.engine.table import Effect, Outcome
from intake.fakes.effects import handling, triage
from intake.fakes.models import Case, Exclusion, Note
from intake.fakes.states import CaseState, Priority
from intake.people.models import Person
from intake.refusals import Unseen


def note(case: Case, actor: Person, _now: datetime, *, text: str) -> Outcome:
    """Keep an internal note."""
    row = Note(case_id=case.id, by_id=actor.id, text=text)
    db.session.add(row)
    db.session.flush()
    return Outcome({"note": row.id})


def look(case: Case, actor: Any, now: datetime, *, there: bool, text: str = "") -> Outcome:
    """Keep a handler's own look at the reported profile, made now."""
    by: Person = actor.cause if isinstance(actor, Effect) else actor
    row = handling.keep_look(case, by, now, there, text)
    return Outcome({"look": row.id, "there": there})


def prioritise(case: Case, _actor: Person, now: datetime, *, priority: str) -> Outcome:
    """Change how fast a case must be looked at: its time moves with it while it waits."""
    case.priority = Priority(priority)
    if case.state in (CaseState.RECEIVED, CaseState.REOPENED) and not case.held:
        case.triage_by = triage.due_of_triage(case, now)
    return Outcome({"priority": case.priority.value})


def aim(case: Case, _actor: Person, _now: datetime, *, profile: str, unit: str) -> Outcome:
    """Say which genuine profile, or which unit, a case imitates; ids, empty where none."""
    case.profile_id, case.unit_id = profile or None, unit or None
    return Outcome({"profile": case.profile_id, "unit": case.unit_id})


def end_exclusion(case: Case, _actor: Person, now: datetime, *, exclusion: str) -> Outcome:
    """A person who was excluded sees the case again (A70); another handler says so."""
    row = db.session.get(Exclusion, exclusion)
    if row is None or row.case_id != case.id or row.ended_at is not None:
        raise Unseen
    row.ended_at = now
    return Outcome({"person": row.person_id})
