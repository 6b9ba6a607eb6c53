"""What follows from a handler's daily steps: taking, asking, setting aside, looking again."""

from datetime import date, datetime, timedelta
from typing import Any

from intake import clock
from intake.data.base import db
from intake.engine.table import Outcome
from intake.fakes import queries
from intake.fakes.effects import address_marks, triage
from intake.fakes.models import Case, Exclusion, Look, Question, Reveal
from intake.fakes.states import CaseState
from intake.people.models import Person

SHOWN = timedelta(minutes=10)  # how long a revealed identity or original stays open
LOOKS = (7, 30, 90)  # days after a takedown on which somebody looks again
A_YEAR = 365


def assign(case: Case, _actor: Any, _now: datetime, *, handler: str = "") -> Outcome:
    """Another handler is asked first."""
    case.handler_id = handler or None
    return Outcome({"handler": handler})


def take(case: Case, actor: Person, now: datetime) -> None:
    """Somebody looks at it: a case of held reports is let in."""
    case.handler_id, case.taken_at = actor.id, now
    case.second_by_id = case.second_at = None
    if case.held:
        case.held = False
        address_marks.hold(case, now)


def exclude(case: Case, actor: Person, _now: datetime, *, person: str = "") -> Outcome:
    """A person sees nothing more of the case (A70)."""
    db.session.add(Exclusion(case_id=case.id, person_id=person, by_id=actor.id))
    case.same_text = None  # else it would hide from that person the ones folded behind it
    if case.handler_id == person:
        case.handler_id = None
    db.session.flush()
    return Outcome({"person": person})


def reveal(case: Case, actor: Person, now: datetime, *, what: str = "") -> Outcome:
    """A reporter's identity or an original is open to this handler for ten minutes (A80)."""
    db.session.add(Reveal(case_id=case.id, what=what, by_id=actor.id, until=now + SHOWN))
    return Outcome({"what": what})


def ask(
    case: Case, actor: Person, _now: datetime, *, report: str = "", phrase: str = ""
) -> Outcome:
    """A set phrase waits on the follow page of one report."""
    row = Question(case_id=case.id, report_id=report, phrase=phrase, by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    return Outcome({"report": report, "phrase": phrase})


def go_on(case: Case, _actor: Any, now: datetime) -> None:
    """The case goes on with what there is: nobody waits for an answer any more."""
    for question in queries.open_questions(case):
        question.answered_at = now


def set_aside(case: Case, _actor: Any, now: datetime) -> None:
    """An improper report: nothing is thrown away, and it can be restored (A90)."""
    case.ended_at = now
    address_marks.lift(case, now)


def restore(case: Case, _actor: Any, now: datetime) -> None:
    """A case that was set aside waits to be looked at again."""
    case.held = False
    triage.wake(case, now)


def keep_look(case: Case, by: Person, seen_at: datetime, there: bool, text: str) -> Look:
    """A handler's own dated look at the reported profile."""
    row = Look(case_id=case.id, by_id=by.id, seen_at=seen_at, there=there, text=text)
    db.session.add(row)
    db.session.flush()
    return row


def recheck(case: Case, actor: Person, now: datetime, *, seen_at: datetime) -> Outcome:
    """It is still gone (or as it was): the next look is due after 7, 30 and 90 days, of a case
    that ended without removal each year."""
    keep_look(case, actor, seen_at, case.state is not CaseState.TAKEN_DOWN, "")
    case.recheck_on = next_look(case, clock.today(now))
    return Outcome({"next": case.recheck_on.isoformat() if case.recheck_on else None})


def next_look(case: Case, today: date) -> date | None:
    """When a case at rest is looked at again; None after the last look."""
    if case.ended_at is None:
        return None
    ended = clock.today(case.ended_at)
    if case.state is CaseState.CLOSED_UNRESOLVED:
        return today + timedelta(days=A_YEAR)
    return next((day for days in LOOKS if (day := ended + timedelta(days=days)) > today), None)
