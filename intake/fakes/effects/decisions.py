"""What follows when it is decided what a case is, and how it ends."""

from datetime import datetime
from typing import Any

from intake import clock
from intake.engine.table import Outcome, Then
from intake.fakes import queries, states
from intake.fakes.effects import handling, police, triage, warnings
from intake.fakes.models import Case
from intake.fakes.states import Ground, UnitAnswer
from intake.people.models import Person

STILL_THERE = (  # still there, but harmless
    states.Outcome.RESTRICTED,
    states.Outcome.LABELLED,
    states.Outcome.RENAMED,
)


def dismiss(case: Case, _actor: Any, now: datetime, *, ground: str = "") -> Outcome:
    """It is no fake: nothing is held against the address any more."""
    case.ground, case.ended_at = Ground(ground), now
    triage.unconfirm(case)
    return Outcome({"ground": ground})


def ask_second(case: Case, _actor: Any, _now: datetime) -> None:
    """It looks private: another handler gives an opinion before it is decided."""
    case.looks_private = True


def second(case: Case, actor: Person, now: datetime) -> None:
    """Another handler has given an opinion."""
    case.second_by_id, case.second_at = actor.id, now


def confirm(
    case: Case, _actor: Any, now: datetime, *, unit_answer: str = "", looks_private: bool = False
) -> Outcome:
    """It is a fake: from the commit on the check says so."""
    case.unit_answer = UnitAnswer(unit_answer)
    case.looks_private = case.looks_private or looks_private
    confirmed(case, now)
    return Outcome({"unit_answer": unit_answer})


def confirmed(case: Case, now: datetime) -> None:
    """The case counts as a confirmed fake from now on."""
    case.confirmed_at = case.police_from = now
    case.notice_by = clock.due(now, 0, working=True)
    case.ended_at = case.outcome = case.ground = None


def note_takedown(
    case: Case,
    _actor: Person,
    now: datetime,
    *,
    outcome: str,
    seen_at: datetime,
    seen_text: str = "",
    looked: bool = False,
) -> Outcome:
    """The platform has acted; it is looked at again after 7, 30 and 90 days. Who says so has
    `looked` themself just now, or before on the same day."""
    case.outcome, case.ended_at = states.Outcome(outcome), now
    case.recheck_on = handling.next_look(case, clock.today(now))
    there = {"there": case.outcome in STILL_THERE, "text": seen_text}
    look = (Then("case", case, "look", there),) if looked else ()
    return Outcome({"outcome": outcome, "seen_at": seen_at.isoformat()}, look)


def close_unresolved(
    case: Case, _actor: Any, now: datetime, *, no_warning_reason: str = ""
) -> None:
    """Everything was tried; it is looked at again each year."""
    case.ended_at = now
    case.no_warning_reason = no_warning_reason or case.no_warning_reason
    case.recheck_on = handling.next_look(case, clock.today(now))


def retract(case: Case, _actor: Any, now: datetime, *, ground: str = "") -> Outcome:
    """The confirmation was wrong: the check, the mark and the public warning go at once."""
    case.ground, case.ended_at = Ground(ground), now
    case.outcome = case.recheck_on = None
    triage.unconfirm(case)
    return Outcome({"ground": ground}, warnings.ended_with(case))


def reopen(case: Case, _actor: Any, now: datetime) -> Outcome:
    """It is back, or there are new facts."""
    triage.wake(case, now)
    return Outcome(then=police.considered_again(case))


def note_no_answer(case: Case, _actor: Any, _now: datetime) -> Outcome:
    """The platform has not answered in time."""
    return Outcome({"filings": [filing.id for filing in queries.filings_of(case)]})
