"""The tracks of a case and of the police, and the one road by which a step is taken."""

from datetime import datetime
from typing import Any

from intake.engine import audit_trail
from intake.engine.table import Step
from intake.engine.tracks import Track
from intake.fakes import duties, waiting, words, workflow
from intake.fakes.effects import address_marks
from intake.fakes.models import Case


def take(
    case: Case, step: str, actor: Any, now: datetime, *, seen: int | None = None, **answers: Any
) -> Step:
    """Take a step on a case or on its track with the police. Raises a refusal."""
    track = POLICE if step in POLICE_STEPS else CASE
    row = audit_trail.perform(track, case, step, actor, now, seen=seen, **answers)
    address_marks.settle(case, now)
    return row


CASE = Track(
    workflow=workflow.CASE,
    model=Case,
    take=take,
    title=words.title,
    address=words.path,
    words=words.CASE,
    duties=duties.of_cases,
    tasks=waiting.CASE,
    waiting=duties.waiting_cases,
)
POLICE = Track(
    workflow=workflow.POLICE,
    model=Case,
    take=take,
    title=words.title,
    address=words.path,
    words=words.POLICE,
    duties=duties.of_police,
    tasks=waiting.POLICE,
    waiting=duties.waiting_police,
    since="police_since",
    due="police_due_at",
)
POLICE_STEPS = {step.name for step in workflow.POLICE.steps}
