"""A profile of the town's own that somebody else holds, or that its service removed (G8)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from intake.data.base import db, random_id
from intake.engine import tracks
from intake.engine.table import Effect
from intake.engine.tracks import track
from intake.fakes import queries
from intake.fakes.models import Case
from intake.fakes.service import address_marks, decisions, filings, triage
from intake.fakes.states import Priority, UnitAnswer, Way
from intake.people.models import Person
from intake.profiles import service as profiles
from intake.profiles.models import Profile
from intake.profiles.states import AlarmState


def open_recovery(profile: Profile, actor: Person, now: datetime, **answers: Any) -> Case:
    """Begin to get a profile back, inside write(): the alarm is set with it."""
    case = new_case(profile)
    case.reference = tracks.next_reference("VP", now)
    db.session.add(case)
    track("case").take(case, "open_recovery", actor, now, **answers)
    return case


def new_case(profile: Profile) -> Case:
    """The case of a profile that is to be got back, before it is born: in no session."""
    case = Case(
        id=random_id(),
        name=profile.name,
        platform_code=profile.platform_id,
        profile_id=profile.id,
        unit_id=profile.unit_id,
        priority=Priority.URGENT,
    )
    set_committed_value(case, "profile", profile)
    return case


def opened(case: Case, actor: Any, now: datetime, **answers: Any) -> dict[str, Any]:
    """The profile is marked, and its addresses lead reports here."""
    profile = case.profile
    if profile is not None:
        for line in profile.current:
            address_marks.give_keys(case, (line.key,), line.url or line.typed, now)
    return _raise_alarm(case, actor, now, **answers)


def recover(case: Case, actor: Any, now: datetime, **answers: Any) -> dict[str, Any]:
    """No fake but our own: it is got back; nothing is held against its address."""
    case.profile = queries.listed_with(key.key for key in queries.keys_of(case))
    case.profile_id = case.profile.id if case.profile else None
    triage.unconfirm(case)
    return _raise_alarm(case, actor, now, **answers)


def _raise_alarm(
    case: Case,
    actor: Any,
    now: datetime,
    alarm: str = "hijacked",
    what_happened: str = "",
    since: str = "",
    interim_channel: str = "",
    **_answers: Any,
) -> dict[str, Any]:
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
    return {"profile": case.profile_id, "alarm": alarm}


def file_recovery(
    case: Case,
    actor: Person,
    now: datetime,
    route: str = "",
    sent_at: str = "",
    text: str = "",
    reference: str = "",
    **_answers: Any,
) -> dict[str, Any]:
    """The town has asked the platform to give the profile back."""
    moment = sent_at or now.isoformat()
    row = filings.store(case, actor, Way.RECOVERY, route, moment, text, reference)
    return {"filing": row.id}


def ended(case: Case, _actor: Any, now: datetime, **_answers: Any) -> None:
    """The town holds its profile again."""
    case.ended_at = now


def given_up(case: Case, _actor: Any, now: datetime, **_answers: Any) -> None:
    """The profile is closed: whoever uses the address now is not the town (O8)."""
    case.unit_answer = UnitAnswer.NO_LONGER_OURS
    decisions.confirmed(case, now)


EFFECTS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "open_recovery": opened,
    "recover": recover,
    "file_recovery": file_recovery,
    "end_recovery": ended,
    "give_up_recovery": given_up,
}
