"""The tracks of a case and of the police, and the one road by which a step is taken."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from intake.engine import audit_trail
from intake.engine.table import Step
from intake.engine.tracks import Track
from intake.fakes import duties, words, workflow
from intake.fakes.models import Case
from intake.fakes.service import (
    address_marks,
    decisions,
    filings,
    handling,
    merge,
    police,
    recovery,
    warnings,
)


def take(
    case: Case, step: str, actor: Any, now: datetime, *, seen: int | None = None, **answers: Any
) -> Step:
    """Take a step on a case or on its track with the police; rules and effects get the actor as
    `acting`. Raises a refusal."""
    track = POLICE if (step in POLICE_STEPS) else CASE
    effect = EFFECTS.get((track.name, step))
    answers = {name: _plain(answer) for name, answer in {"acting": actor, **answers}.items()}
    row = audit_trail.perform(track, case, step, actor, now, seen=seen, effect=effect, **answers)
    address_marks.settle(case, now)
    return row


def _plain(answer: Any) -> Any:
    """Days and moments are kept as text beside the trail."""
    return answer.isoformat() if isinstance(answer, date) else answer


CASE = Track(
    workflow=workflow.CASE,
    model=Case,
    take=take,
    title=words.title,
    address=words.place,
    words=words.CASE,
    duties=duties.of_cases,
)
POLICE = Track(
    workflow=workflow.POLICE,
    model=Case,
    take=take,
    title=words.title,
    address=words.place,
    words=words.POLICE,
    duties=duties.of_police,
    since="police_since",
    due="police_due_at",
)
POLICE_STEPS = {step.name for step in workflow.POLICE.steps}
EFFECTS: dict[tuple[str, str], Callable[..., dict[str, Any] | None]] = {
    **{
        ("case", step): effect
        for room in (handling, merge, decisions, filings, recovery, warnings)
        for step, effect in room.EFFECTS.items()
    },
    **{("police", step): effect for step, effect in police.EFFECTS.items()},
}
