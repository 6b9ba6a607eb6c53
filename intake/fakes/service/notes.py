"""What handlers keep beside the steps of a case: notes, looks, priority, whom it imitates."""

from datetime import datetime
from typing import Any

from intake.data.base import db
from intake.engine import audit_trail, tracks
from intake.fakes.models import Case, Exclusion, Note
from intake.fakes.service import handling, steps, triage
from intake.fakes.states import CaseState, Priority
from intake.people.models import Person
from intake.refusals import Unseen


def note(case: Case, by: Person, now: datetime, text: str) -> None:
    """Keep an internal note."""
    row = Note(case_id=case.id, by_id=by.id, text=text)
    db.session.add(row)
    db.session.flush()
    _record(case, by, now, "note", note=row.id)


def look(case: Case, by: Person, now: datetime, there: bool, text: str = "") -> None:
    """Keep a handler's own look at the reported profile, made now."""
    row = handling.look(case, by, now, there, text)
    _record(case, by, now, "look", look=row.id, there=there)


def prioritise(case: Case, by: Person, now: datetime, priority: Priority) -> None:
    """Change how fast a case must be looked at: its time moves with it while it waits."""
    if case.priority is priority:
        return
    case.priority = priority
    if case.state in (CaseState.RECEIVED, CaseState.REOPENED) and not case.held:
        case.triage_by = triage.due_of_triage(case, now)
        tracks.set_due_dates(case)
    _record(case, by, now, "prioritise", priority=priority.value)


def aim(case: Case, by: Person, now: datetime, profile: str, unit: str) -> None:
    """Say which genuine profile, or which unit, a case imitates; ids, empty where none."""
    case.profile_id, case.unit_id = profile or None, unit or None
    _record(case, by, now, "aim", profile=case.profile_id, unit=case.unit_id)


def end_exclusion(case: Case, by: Person, now: datetime, exclusion: str) -> None:
    """A person who was excluded sees the case again (A70); another handler says so."""
    row = db.session.get(Exclusion, exclusion)
    if row is None or row.case_id != case.id or row.ended_at is not None:
        raise Unseen
    row.ended_at = now
    _record(case, by, now, "end_exclusion", person=row.person_id)


def _record(case: Case, by: Person, now: datetime, step: str, **facts: Any) -> None:
    audit_trail.record(by, now, case, steps.CASE.name, step, facts=facts)
