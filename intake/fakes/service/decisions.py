"""What follows when it is decided what a case is, and how it ends."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intake import clock
from intake.fakes import queries
from intake.fakes.models import Case
from intake.fakes.service import handling, police, triage, warnings
from intake.fakes.states import Ground, Outcome, UnitAnswer
from intake.people.models import Person


def dismiss(
    case: Case, _actor: Any, now: datetime, ground: str = "", **_answers: Any
) -> dict[str, Any]:
    """It is no fake: nothing is held against the address any more."""
    case.ground, case.ended_at = Ground(ground), now
    triage.unconfirm(case)
    return {"ground": ground}


def second(case: Case, actor: Person, now: datetime, **_answers: Any) -> None:
    """Another handler has given an opinion."""
    case.second_by_id, case.second_at = actor.id, now


def confirm(
    case: Case,
    _actor: Any,
    now: datetime,
    unit_answer: str = "",
    looks_private: bool = False,
    **_answers: Any,
) -> dict[str, Any]:
    """It is a fake: from the commit on the check says so."""
    case.unit_answer, case.looks_private = UnitAnswer(unit_answer), looks_private
    confirmed(case, now)
    return {"unit_answer": unit_answer}


def confirmed(case: Case, now: datetime) -> None:
    """The case counts as a confirmed fake from now on."""
    case.confirmed_at = case.police_from = now
    case.notice_by = clock.due(now, 0, working=True)
    case.ended_at = case.outcome = case.ground = None


def note_takedown(
    case: Case, _actor: Any, now: datetime, outcome: str = "", seen_at: str = "", **_answers: Any
) -> dict[str, Any]:
    """The platform has acted; it is looked at again after 7, 30 and 90 days."""
    case.outcome, case.ended_at = Outcome(outcome), now
    case.recheck_on = handling.next_look(case, clock.today(now))
    return {"outcome": outcome, "seen_at": seen_at}


def close_unresolved(
    case: Case, _actor: Any, now: datetime, no_warning_reason: str = "", **_answers: Any
) -> None:
    """Everything was tried; it is looked at again each year."""
    case.ended_at = now
    case.no_warning_reason = no_warning_reason or case.no_warning_reason
    case.recheck_on = handling.next_look(case, clock.today(now))


def retract(
    case: Case, actor: Any, now: datetime, ground: str = "", **_answers: Any
) -> dict[str, Any]:
    """The confirmation was wrong: the check, the mark and the public warning go at once."""
    case.ground, case.ended_at = Ground(ground), now
    case.outcome = case.recheck_on = None
    triage.unconfirm(case)
    warnings.end_all(case, actor, now)
    return {"ground": ground}


def reopen(case: Case, actor: Any, now: datetime, **_answers: Any) -> None:
    """It is back, or there are new facts."""
    triage.wake(case, now)
    police.reconsider_again(case, actor, now)


def note_no_answer(case: Case, _actor: Any, _now: datetime, **_answers: Any) -> dict[str, Any]:
    """The platform has not answered in time."""
    return {"filings": [filing.id for filing in queries.filings_of(case)]}


EFFECTS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "dismiss": dismiss,
    "second": second,
    "confirm": confirm,
    "note_takedown": note_takedown,
    "close_unresolved": close_unresolved,
    "retract": retract,
    "reopen": reopen,
    "note_no_answer": note_no_answer,
}
