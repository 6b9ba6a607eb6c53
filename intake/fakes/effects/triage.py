"""What follows when a report or an addition reaches a case."""

from datetime import datetime
from typing import Any

from intake import clock
from intake.data.base import db
from intake.engine.table import Outcome
from intake.fakes.effects import address_marks
from intake.fakes.models import Case, Report
from intake.fakes.states import CaseState, Priority
from intake.people import town


def due_of_triage(case: Case, now: datetime) -> datetime:
    """When somebody must have looked at a report (P5)."""
    return due_at(case.priority is Priority.URGENT, now)


def due_at(urgent: bool, now: datetime) -> datetime:
    """When somebody looks at a report that comes now."""
    if urgent:
        return clock.after_office_hours(now, town.current().urgent_hours)
    return clock.due(now, town.current().triage_working_days, working=True)


def join(case: Case, _actor: Any, now: datetime, *, report: str = "") -> Outcome:
    """A report has joined: one that is not held apart lets a held case in, and sets the time of
    one that was at rest."""
    held = _is_held(report)
    if not held and case.state in (CaseState.RECEIVED, CaseState.REOPENED):
        due = due_of_triage(case, now)
        case.triage_by = due if case.held or not case.triage_by else min(case.triage_by, due)
    if not held:
        case.held = False
    if case.state is CaseState.REOPENED:
        wake(case, now)
    return Outcome({"report": report})


def _is_held(report_id: str) -> bool:
    report = db.session.get(Report, report_id)
    return report is not None and report.held is not None


def wake(case: Case, now: datetime) -> None:
    """A case that was at rest is on the queue again, its key held where it is no confirmed fake."""
    case.ended_at = case.recheck_on = case.outcome = case.ground = None
    case.triage_by = due_of_triage(case, now)
    address_marks.hold(case, now)


def added(case: Case, _actor: Any, now: datetime, *, addition: str = "") -> Outcome:
    """Something was added; a case at rest is on the queue again."""
    if case.state is CaseState.REOPENED and case.ended_at is not None:
        wake(case, now)
    return Outcome({"addition": addition})
