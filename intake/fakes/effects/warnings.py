"""Public warnings: the genuine address alone, with an end date (P5, P8)."""

from datetime import date, datetime
from typing import Any

from intake.data.base import db
from intake.engine.table import Outcome, Then
from intake.fakes import guard, queries
from intake.fakes.guard import Leaving
from intake.fakes.models import Case, PublicWarning
from intake.people import town
from intake.people.models import Person


def warn(
    case: Case,
    actor: Person,
    now: datetime,
    *,
    warning_text: str = "",
    ends_on: date,
    texts: dict[str, str] | None = None,
) -> Outcome:
    """The start page and the register page warn from the commit on; an earlier one ends. Raises
    Unready where a text must not become public."""
    guard.refuse(case, texts or {"warning_text": warning_text}, Leaving.WARNING, actor)
    _end(case, now)
    row = PublicWarning(
        case_id=case.id,
        profile_id=case.profile_id,
        texts={
            name.removeprefix("text_"): one
            for name, one in (texts or {town.current().languages[0]: warning_text}).items()
        },
        ends_on=ends_on,
        by_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    return Outcome({"warning": row.id, "ends_on": ends_on.isoformat()})


def end(case: Case, _actor: Any, now: datetime) -> Outcome:
    """Nobody is warned any more."""
    return Outcome({"warnings": _end(case, now)})


def _end(case: Case, now: datetime) -> list[str]:
    shown = [one for one in queries.warnings_of(case) if one.ended_at is None]
    for one in shown:
        one.ended_at = now
    db.session.flush()
    return [one.id for one in shown]


def ended_with(case: Case) -> tuple[Then, ...]:
    """The warning of a case ends with it, where there is one."""
    shown = any(one.ended_at is None for one in queries.warnings_of(case))
    return (Then("case", case, "end_warning"),) if shown else ()
