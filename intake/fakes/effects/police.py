"""The track with the police (P5): what was reported, by whom, and what came of it."""

from datetime import UTC, date, datetime, time

from intake.engine.table import Outcome, Then
from intake.fakes.effects import filings
from intake.fakes.models import Case
from intake.fakes.states import PoliceState
from intake.people.models import Person

NOON = time(12)
OVER = (PoliceState.NOT_NEEDED, PoliceState.INVESTIGATION_ENDED)


def file(
    case: Case,
    actor: Person,
    _now: datetime,
    *,
    filed_on: date,
    number: str = "",
    offence: str = "",
    station: str = "",
) -> Outcome:
    """The town has reported it: number, day, offence and station are kept."""
    return Outcome({"filing": _store(case, actor, filed_on, number, offence, station)})


def note_victims(
    case: Case, actor: Person, _now: datetime, *, filed_on: date, number: str = ""
) -> Outcome:
    """The one who is impersonated or was cheated has reported it."""
    return Outcome({"filing": _store(case, actor, filed_on, number, "", "")})


def _store(
    case: Case, actor: Person, filed_on: date, number: str, offence: str, station: str
) -> str:
    moment = datetime.combine(filed_on, NOON, tzinfo=UTC)
    fields = {"station": station, "number": number}
    row = filings.store(case, actor, "police", station, moment, offence, number, fields=fields)
    return row.id


def considered_again(case: Case) -> tuple[Then, ...]:
    """New facts: the police are thought of again, where that had come to an end."""
    return (Then("police", case, "reconsider"),) if case.police in OVER else ()
