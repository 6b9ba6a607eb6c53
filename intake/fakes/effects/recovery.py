"""A profile of the town's own that somebody else holds, or that its service removed (G8)."""

from datetime import date, datetime
from typing import Any

from intake.engine.table import Effect, Outcome
from intake.fakes import queries
from intake.fakes.effects import address_marks, decisions, filings
from intake.fakes.models import Case
from intake.fakes.states import Way
from intake.people.models import Person
from intake.profiles import service as profiles
from intake.profiles.states import AlarmState


def opened(
    case: Case,
    actor: Any,
    now: datetime,
    *,
    alarm: str,
    what_happened: str = "",
    since: date | None = None,
    interim_channel: str = "",
) -> Outcome:
    """The profile is marked, and its addresses lead reports here."""
    profile = case.profile
    if profile is not None:
        for line in profile.current:
            address_marks.give_keys(case, (line.key,), line.url or line.typed, now)
        address_marks.lift(case, now)
    return _raise_alarm(case, actor, now, alarm, what_happened, since, interim_channel)


def recover(
    case: Case,
    actor: Any,
    now: datetime,
    *,
    alarm: str,
    what_happened: str = "",
    since: date | None = None,
    interim_channel: str = "",
) -> Outcome:
    """No fake but our own: it is got back; nothing is held against its address."""
    case.profile = queries.listed_with(key.key for key in queries.keys_of(case))
    case.profile_id = case.profile.id if case.profile else None
    address_marks.lift(case, now)
    return _raise_alarm(case, actor, now, alarm, what_happened, since, interim_channel)


def _raise_alarm(
    case: Case,
    actor: Any,
    now: datetime,
    alarm: str,
    what_happened: str,
    since: date | None,
    interim_channel: str,
) -> Outcome:
    """Warn in the register and the check, unless they do already."""
    profile = case.profile
    if profile is not None and profile.alarm is not AlarmState(alarm):
        answers: dict[str, Any] = {"what_happened": what_happened}
        if alarm == AlarmState.HIJACKED:
            answers["since"] = since
        else:
            answers["interim_channel"] = interim_channel
        person = actor.cause if isinstance(actor, Effect) else actor
        profiles.take(profile, f"flag_{alarm}", person, now, **answers)
    return Outcome({"profile": case.profile_id, "alarm": alarm})


def file_recovery(
    case: Case,
    actor: Person,
    now: datetime,
    *,
    route: str = "",
    sent_at: datetime | None = None,
    text: str = "",
    reference: str = "",
) -> Outcome:
    """The town has asked the platform to give the profile back."""
    moment = sent_at or now
    row = filings.store(case, actor, Way.RECOVERY, route, moment, text, reference)
    return Outcome({"filing": row.id})


def ended(case: Case, _actor: Any, now: datetime) -> None:
    """The town holds its profile again."""
    case.ended_at = now


def given_up(case: Case, _actor: Any, now: datetime) -> None:
    """The profile is closed: whoever uses the address now is not the town (O8)."""
    decisions.confirmed(case, now)
