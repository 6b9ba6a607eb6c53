"""The track with the police (P5): what was reported, by whom, and what came of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from intake.engine.table import Effect
from intake.engine.tracks import track
from intake.fakes.models import Case
from intake.fakes.service import filings
from intake.fakes.states import PoliceState
from intake.people.models import Person

OVER = (PoliceState.NOT_NEEDED, PoliceState.INVESTIGATION_ENDED)


def file(
    case: Case,
    actor: Person,
    _now: datetime,
    filed_on: str = "",
    number: str = "",
    offence: str = "",
    station: str = "",
    **_answers: Any,
) -> dict[str, Any]:
    """The town has reported it: number, day, offence and station are kept."""
    return {"filing": _store(case, actor, filed_on, number, offence, station)}


def note_victims(
    case: Case, actor: Person, _now: datetime, filed_on: str = "", number: str = "", **_a: Any
) -> dict[str, Any]:
    """The one who is impersonated or was cheated has reported it."""
    return {"filing": _store(case, actor, filed_on, number, "", "")}


def _store(
    case: Case, actor: Person, filed_on: str, number: str, offence: str, station: str
) -> str:
    moment = f"{filed_on}T12:00:00+00:00"
    row = filings.store(case, actor, "police", station, moment, offence, number)
    return row.id


def reconsider_again(case: Case, actor: Any, now: datetime) -> None:
    """New facts: the police are thought of again, where that had come to an end."""
    if case.police in OVER:
        track("police").take(case, "reconsider", Effect(actor), now)


def reconsider(case: Case, _actor: Any, now: datetime, **_answers: Any) -> None:
    """The time to decide begins anew, where the fake is confirmed."""
    case.police_from = now if case.confirmed_at is not None else None


EFFECTS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "file": file,
    "note_victims_report": note_victims,
    "reconsider": reconsider,
}
