"""What is done to profiles and their addresses; `take` is the one road."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from intake import clock
from intake.data.base import db
from intake.engine import audit_trail
from intake.engine.table import Effect, Step
from intake.engine.tracks import Track
from intake.people import town
from intake.people.models import Person
from intake.profiles import alarming, checklist, duties, names, queries, reading, words, workflow
from intake.profiles.decided import Decided
from intake.profiles.marking import mark
from intake.profiles.models import (
    Address,
    ChecklistItem,
    Profile,
    ProfileAdmin,
    ProfileKind,
    Right,
    TwoStep,
)
from intake.profiles.parties import Subject, profile_of
from intake.profiles.states import ProfileState
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem

__all__ = ["mark", "open_profile", "person_leaves", "take", "type_address"]


def take(
    subject: Subject,
    step: str,
    actor: Any,
    now: datetime,
    *,
    seen: int | None = None,
    **answers: Any,
) -> Step:
    """Take a step on a profile or on one of its addresses.

    Rules and effects get the actor as `acting`. Raises a refusal; an address that somebody else
    listed in the same moment is Unready beside its field (A16).
    """
    track = _track(subject, step)
    if isinstance(subject, Address):  # one at a time on a profile, whichever row it is about
        db.session.flush()
        db.session.refresh(profile_of(subject), with_for_update={"of": Profile})
    effect = EFFECTS.get((track.name, step))
    answers = {name: _plain(answer) for name, answer in {"acting": actor, **answers}.items()}
    try:
        return audit_trail.perform(
            track, subject, step, actor, now, seen=seen, effect=effect, **answers
        )
    except IntegrityError as error:
        if "address" not in str(error.orig) or "key" not in str(error.orig):
            raise
        db.session.rollback()  # PostgreSQL answers nothing more here, not even the language
        sentence = _("This address is in the register already.")
        raise Unready([Problem(sentence, "address")]) from error


def _track(subject: Subject, step: str) -> Track:
    if isinstance(subject, Address):
        return ADDRESS
    return ALARM if step in alarming.EFFECTS else PROFILE


def _plain(answer: Any) -> Any:
    """Days are kept as text beside the trail."""
    return answer.isoformat() if isinstance(answer, date) else answer


def open_profile(decided: Decided, actor: Any, now: datetime) -> Profile:
    """Begin the set-up of an approved profile (O3, O6): the effect of `approve`, inside whose
    write() it runs. `actor` is who approved."""
    profile = Profile(
        decided=decided.version_id,
        decided_by_id=decided.decided_by_id,
        decided_key=decided.key,
        kind=decided.kind,
        platform_id=decided.platform_id,
        unit_id=decided.unit_id,
        name=decided.name,
        subject_id=decided.subject_id,
        texts=dict(decided.texts),
        rhythm=decided.rhythm,
        answering_days=decided.answering_days,
        consent_on=decided.consent_on,
        ends_on=decided.ends_on,
        setup_until=clock.today(clock.due(now, town.current().setup_days)),
    )
    cause = actor if isinstance(actor, Effect) else Effect(actor)
    take(profile, "prepare", cause, now, decided=decided)
    return profile


def type_address(
    profile: Profile, actor: Person, now: datetime, *, address: str, lasting_id: str = ""
) -> Address:
    """Type a profile's address, and its lasting account id where the platform has one; another
    person confirms them (A9). Takes the place of what was typed before."""
    read = reading.read(profile, address, lasting_id)
    first, *others = read.lines or (reading.Line("", "", None, address),)
    answers: dict[str, Any] = {"address": address, "lasting_id": lasting_id}
    row = _row(profile, first, actor)
    take(row, "type", actor, now, **answers)
    for line in others:
        take(_row(profile, line, actor), "type", Effect(actor), now, beside=row, **answers)
    return row


def _row(profile: Profile, line: reading.Line, actor: Person) -> Address:
    return Address(
        profile_id=profile.id,
        key=line.key,
        kind=line.kind,
        url=line.url,
        typed=line.typed,
        lasting=line.lasting,
        typed_by_id=actor.id,
    )


def person_leaves(person: Person, by: Any, now: datetime) -> None:
    """What ends in this room when a person leaves the town's service (P1, E0): an admin's part in
    office profiles, and their own expert profile is not opened, or begins to close."""
    for profile in queries.mine(person):
        if profile.kind is ProfileKind.OFFICE:
            take(profile, "leave", Effect(by), now, person_id=person.id)
        elif profile.state is not ProfileState.CLOSING_ANNOUNCED:
            take(profile, "employment_ends", Effect(by), now)


def _prepare(
    profile: Profile, _actor: Any, _now: datetime, decided: Decided, **_answers: Any
) -> dict[str, Any]:
    since = profile.state_since
    for place, admin in enumerate(decided.admins):
        db.session.add(ProfileAdmin(profile_id=profile.id, place=place, since=since, **vars(admin)))
    codes = [(code, "") for code in checklist.codes(profile.kind, profile.platform)]
    codes += [(checklist.CONDITION, text) for text in decided.conditions]
    for place, (code, text) in enumerate(codes):
        row = ChecklistItem(profile_id=profile.id, place=place, item=code, text=text)
        db.session.add(row)
    names.remember(profile)
    names.give_slug(profile)  # the text to paste holds the entry's address before it is listed
    return {"version": decided.version_id, "admins": [admin.person_id for admin in decided.admins]}


def _check_off(
    profile: Profile,
    actor: Person,
    now: datetime,
    item: str = "",
    done: bool = True,
    note: str = "",
    **_answers: Any,
) -> dict[str, Any]:
    """Tick an item (its id) or take the tick back; a note says why what is advised was left out."""
    row = db.session.scalars(
        select(ChecklistItem).where(
            ChecklistItem.id == item, ChecklistItem.profile_id == profile.id
        )
    ).first()
    if row is None:
        raise Unseen
    row.done_at = now if done else None
    row.by_id = actor.id if done else None
    row.note = note if done else ""
    db.session.flush()
    return {"item": row.item, "row": row.id, "done": done}


def _list(profile: Profile, actor: Person, now: datetime, **answers: Any) -> dict[str, Any]:
    group = tuple(profile.typed)
    for line in group:
        take(line, "confirm", Effect(actor), now, **{**answers, "group": group})
    profile.listed_at = now
    profile.confirmed_on = clock.today(now)
    names.remember(profile)
    return {"keys": [line.key for line in group], "slug": profile.slug}


def _accept(profile: Profile, actor: Person, now: datetime, **_answers: Any) -> dict[str, Any]:
    _part(profile, actor.id).accepted_at = now
    return {"admin": actor.id}


def _part(profile: Profile, person_id: str) -> ProfileAdmin:
    return next(admin for admin in profile.current_admins if admin.person_id == person_id)


def _end_part(
    profile: Profile, actor: Any, now: datetime, person_id: str = "", **_answers: Any
) -> dict[str, Any]:
    """The actor's own part ends; another's only where that follows from their leaving the town.
    What the profile says of its admins is then checked anew (O4)."""
    leaving = person_id if isinstance(actor, Effect) else actor.id
    for admin in profile.admins:
        if admin.person_id == leaving and admin.until is None:
            admin.until = now
    if profile.state is ProfileState.SETUP:
        for row in profile.checklist:
            if row.item == checklist.TEXT:
                row.done_at, row.by_id, row.note = None, None, ""
    db.session.flush()
    return {"admin": leaving}


def _state_rights(
    profile: Profile,
    actor: Person,
    now: datetime,
    rights: Right,
    two_step: TwoStep,
    recovery_shared: bool,
    **_answers: Any,
) -> dict[str, Any]:
    part = _part(profile, actor.id)
    part.rights, part.two_step = Right(rights), TwoStep(two_step)
    part.recovery_shared, part.stated_at = recovery_shared, now
    return {"admin": actor.id}


def _extend(profile: Profile, _actor: Any, _now: datetime, until: str, **_a: Any) -> dict[str, Any]:
    profile.setup_until = date.fromisoformat(until)
    return {"until": until}


def _abandon(profile: Profile, actor: Any, now: datetime, **_answers: Any) -> None:
    """The set-up comes to nothing: what was typed is dropped, the name is free."""
    _drop_typed(profile, actor, now)
    names.remember(profile)


def _withdraw(profile: Profile, actor: Any, now: datetime, **answers: Any) -> None:
    profile.consent_ended_at = now
    _without_expert(profile, actor, now, **answers)


def _without_expert(profile: Profile, actor: Any, now: datetime, **answers: Any) -> None:
    """The set-up comes to nothing; what is in use closes after the notice of an expert who goes."""
    if profile.state is ProfileState.NEVER_OPENED:
        _abandon(profile, actor, now, **answers)
        return
    days = timedelta(days=town.current().expert_closing_notice_days)
    profile.closes_on = clock.today(now) + days
    profile.closing_reason = profile.successor = ""


def _announce(
    profile: Profile,
    _actor: Any,
    _now: datetime,
    closes_on: str,
    reason: str,
    successor: str,
    **_answers: Any,
) -> dict[str, Any]:
    profile.closes_on = date.fromisoformat(closes_on)
    profile.closing_reason, profile.successor = reason, successor
    return {"closes_on": closes_on}


def _call_off(profile: Profile, _actor: Any, _now: datetime, **_answers: Any) -> None:
    profile.closes_on = None
    profile.closing_reason = profile.successor = ""


def _close(profile: Profile, actor: Any, now: datetime, **_answers: Any) -> dict[str, Any]:
    _drop_typed(profile, actor, now)
    keys = [line.key for line in profile.current]
    for line in profile.current:
        take(line, "retire", Effect(actor), now)
    profile.closed_on = clock.today(now)
    return {"keys": keys}


def _drop_typed(profile: Profile, actor: Any, now: datetime, but: tuple[Address, ...] = ()) -> None:
    cause = actor if isinstance(actor, Effect) else Effect(actor)
    for line in profile.typed:
        if line not in but:
            take(line, "drop", cause, now, alone=True)


def _type(
    row: Address, actor: Any, now: datetime, beside: Address | None = None, **_answers: Any
) -> dict[str, Any]:
    profile = profile_of(row)
    if beside is None:
        _drop_typed(profile, actor, now, but=(row,))
    profile.revision += 1  # who confirms must have seen this one (A10)
    names.remember(profile)
    return {"key": row.key, "profile": row.profile_id}


def _allow(row: Address, actor: Person, _now: datetime, **_answers: Any) -> dict[str, Any]:
    row.allowed_by_id = actor.id
    return {"key": row.key}


def _confirm(
    row: Address, actor: Any, now: datetime, group: tuple[Address, ...] = (), **answers: Any
) -> dict[str, Any]:
    """The address is official, its earlier one is not; the lasting id typed with it follows."""
    person = actor.cause if isinstance(actor, Effect) else actor
    row.confirmed_by_id, row.seen_on = person.id, clock.today(now)
    profile = profile_of(row)
    for line in profile.current:
        if line is not row and line.lasting == row.lasting:
            take(line, "retire", Effect(person), now)
    if not group:
        together = (row, *profile.typed)
        for line in profile.typed:
            shared = {**answers, "shown": queries.fingerprint(together), "group": together}
            take(line, "confirm", Effect(person), now, **shared)
        profile.confirmed_on = clock.today(now)
        profile.revision += 1
        names.remember(profile)
    return {"key": row.key}


def _drop(
    row: Address, actor: Any, now: datetime, *, alone: bool = False, **_answers: Any
) -> dict[str, Any]:
    profile = profile_of(row)
    if not alone:
        _drop_typed(profile, actor, now, but=(row,))
        profile.revision += 1
        names.remember(profile)
    return {"key": row.key}


def _retire(row: Address, _actor: Any, now: datetime, **_answers: Any) -> dict[str, Any]:
    row.until = clock.today(now)
    return {"key": row.key}


PROFILE = Track(
    workflow=workflow.PROFILE,
    model=Profile,
    take=take,
    title=words.title,
    address=words.place,
    words=words.PROFILE,
    duties=duties.of_profiles,
)
ADDRESS = Track(
    workflow=workflow.ADDRESS,
    model=Address,
    take=take,
    title=words.address_title,
    address=words.address_place,
    words=words.ADDRESS,
    duties=duties.of_addresses,
)
ALARM = Track(
    workflow=workflow.ALARM,
    model=Profile,
    take=take,
    title=words.title,
    address=words.place,
    words=words.ALARM,
    duties=duties.of_alarms,
    since="alarm_since",
    due="alarm_due_at",
)
EFFECTS: dict[tuple[str, str], Callable[..., dict[str, Any] | None]] = {
    ("profile", "prepare"): _prepare,
    ("profile", "check_off"): _check_off,
    ("profile", "list"): _list,
    ("profile", "accept_part"): _accept,
    ("profile", "decline_part"): _end_part,
    ("profile", "leave"): _end_part,
    ("profile", "state_rights"): _state_rights,
    ("profile", "extend_setup"): _extend,
    ("profile", "cancel_setup"): _abandon,
    ("profile", "announce_closing"): _announce,
    ("profile", "withdraw_consent"): _withdraw,
    ("profile", "employment_ends"): _without_expert,
    ("profile", "call_off_closing"): _call_off,
    ("profile", "close"): _close,
    ("address", "type"): _type,
    ("address", "allow"): _allow,
    ("address", "confirm"): _confirm,
    ("address", "drop"): _drop,
    ("address", "retire"): _retire,
    **{("alarm", step): effect for step, effect in alarming.EFFECTS.items()},
}
