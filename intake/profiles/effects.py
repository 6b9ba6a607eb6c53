"""What the steps of a profile, of its addresses and of its alarm do, called by `perform` alone."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine.table import Effect, Outcome, Then
from intake.people import town
from intake.people.models import Person
from intake.profiles import checklist, names, published, queries
from intake.profiles.change import handovers
from intake.profiles.decided import Decided
from intake.profiles.in_use import closing, reviews
from intake.profiles.models import (
    Address,
    ChecklistItem,
    Profile,
    ProfileAdmin,
    ProfileKind,
    Right,
    TwoStep,
)
from intake.profiles.parties import profile_of
from intake.profiles.states import ContinuationState, ProfileState
from intake.refusals import Unseen

MANY = 2  # the fewest admins of an office profile (P1)
SOON = timedelta(days=30)


def prepare(profile: Profile, _actor: Any, _now: datetime, *, decided: Decided) -> Outcome:
    """The set-up begins: who runs it, and what is to be ticked off (O3, O6)."""
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
    admins = [admin.person_id for admin in decided.admins]
    return Outcome({"version": decided.version_id, "admins": admins})


def check_off(
    profile: Profile, actor: Person, now: datetime, *, item: str, done: bool, note: str = ""
) -> Outcome:
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
    return Outcome({"item": row.item, "row": row.id, "done": done})


def enter(
    profile: Profile, _actor: Person, now: datetime, *, shown: str = "", seen_today: bool = False
) -> Outcome:
    """The profile enters the register: its addresses become official (O6, P4)."""
    profile.listed_at = now
    profile.confirmed_on = clock.today(now)
    profile.review_due_on = reviews.due_after(profile, profile.confirmed_on)
    group = tuple(profile.typed)
    answers = {"group": group, "shown": shown, "seen_today": seen_today}
    return Outcome(
        {"addresses": [line.id for line in group]},
        tuple(Then("address", line, "confirm", answers) for line in group),
    )


def accept_part(profile: Profile, actor: Person, now: datetime) -> Outcome:
    """A named admin has agreed in their own sign-in (P1)."""
    _part(profile, actor.id).accepted_at = now
    return Outcome({"admin": actor.id})


def _part(profile: Profile, person_id: str) -> ProfileAdmin:
    return next(admin for admin in profile.current_admins if admin.person_id == person_id)


def end_part(profile: Profile, actor: Any, now: datetime, *, person_id: str = "") -> Outcome:
    """The actor's own part ends; another's only where that follows from their leaving the town.
    What the profile says of its admins is then checked anew (O4)."""
    leaving = person_id if isinstance(actor, Effect) else actor.id
    had_access = False
    for admin in profile.admins:
        if admin.person_id == leaving and admin.until is None:
            admin.until, had_access = now, admin.accepted_at is not None
    if profile.state is ProfileState.SETUP:
        for row in profile.checklist:
            if row.item == checklist.TEXT:
                row.done_at, row.by_id, row.note = None, None, ""
    db.session.flush()
    db.session.expire(profile, ["admins"])
    checked_off = handovers.of_leaver(profile, leaving) if had_access else ()
    then = (*checked_off, *_too_few(profile))
    return Outcome({"admin": leaving}, then)


def _too_few(profile: Profile) -> tuple[Then, ...]:
    """An office profile in use with fewer than two admins is the supervisor's to decide on (P1)."""
    if profile.state is not ProfileState.ACTIVE or len(profile.current_admins) >= MANY:
        return ()
    if profile.continuation is ContinuationState.IN_QUESTION:
        return ()
    return (Then("continuation", profile, "question", {"why": "few"}),)


def state_rights(
    profile: Profile,
    actor: Person,
    now: datetime,
    *,
    rights: Right,
    two_step: TwoStep,
    recovery_shared: bool,
) -> Outcome:
    """What an admin holds in the service (G9)."""
    part = _part(profile, actor.id)
    part.rights, part.two_step = Right(rights), TwoStep(two_step)
    part.recovery_shared, part.stated_at = recovery_shared, now
    return Outcome({"admin": actor.id})


def extend(profile: Profile, _actor: Any, _now: datetime, *, until: date) -> Outcome:
    """The set-up has more time."""
    profile.setup_until = until
    return Outcome({"until": until.isoformat()})


def abandon(profile: Profile, _actor: Any, _now: datetime) -> Outcome:
    """The set-up comes to nothing: what was typed is dropped, the name is free."""
    names.remember(profile)
    return Outcome(then=(*_drop_typed(profile), *_fallen_away(profile)))


def _fallen_away(profile: Profile) -> tuple[Then, ...]:
    """What was open of a profile that is over."""
    changes, rows = queries.open_of(profile)
    return (
        *(Then("change", one, "lapse") for one in changes),
        *(Then("handover", one, "fall_away") for one in rows),
    )


def withdraw_consent(profile: Profile, actor: Any, now: datetime) -> Outcome:
    """The expert takes the consent back (E2)."""
    profile.consent_ended_at = now
    return end_without_expert(profile, actor, now)


def end_without_expert(profile: Profile, actor: Any, now: datetime) -> Outcome:
    """The set-up comes to nothing; what is in use closes after the notice of an expert who goes."""
    if profile.state is ProfileState.NEVER_OPENED:
        return abandon(profile, actor, now)
    days = timedelta(days=town.current().expert_closing_notice_days)
    profile.closes_on = clock.today(now) + days
    profile.closing_reason = profile.successor = ""
    return Outcome({"closes_on": profile.closes_on.isoformat()}, _stop_asking(profile))


def _stop_asking(profile: Profile) -> tuple[Then, ...]:
    """What is going to close is looked over no more, and whether it goes on is decided."""
    profile.review_due_on = profile.closing_posted_on = None
    return reviews.settled(profile)


def announce_closing(
    profile: Profile, _actor: Any, _now: datetime, *, closes_on: date, reason: str, successor: str
) -> Outcome:
    """The register tells of the closing, its reasons and what comes instead (O8)."""
    published.refuse(profile, reason=reason, successor=successor)
    profile.closes_on = closes_on
    profile.closing_reason, profile.successor = reason, successor
    return Outcome({"closes_on": closes_on.isoformat()}, _stop_asking(profile))


def call_off_closing(profile: Profile, _actor: Any, now: datetime) -> Outcome:
    """The profile stays in use, and is looked over again soon."""
    profile.closes_on = profile.closing_posted_on = None
    profile.closing_reason = profile.successor = ""
    profile.review_due_on = clock.today(now) + SOON
    return Outcome(then=() if profile.kind is ProfileKind.EXPERT else _too_few(profile))


def close(
    profile: Profile, _actor: Any, now: datetime, *, copied_on: date | None = None
) -> Outcome:
    """Its addresses are official no more and are looked at again; the entry stays (O8)."""
    profile.closed_on, profile.copied_on = clock.today(now), copied_on
    profile.recheck_on = closing.next_look(profile, profile.closed_on)
    retired = tuple(Then("address", line, "retire") for line in profile.current)
    ids = [line.id for line in profile.current]
    then = (*_drop_typed(profile), *retired, *_fallen_away(profile))
    return Outcome({"addresses": ids}, then)


def _drop_typed(profile: Profile, but: tuple[Address, ...] = ()) -> tuple[Then, ...]:
    return tuple(
        Then("address", line, "drop", {"alone": True}) for line in profile.typed if line not in but
    )


def type_address(
    row: Address, _actor: Any, _now: datetime, *, beside: Address | None = None
) -> Outcome:
    """An address waits for its second person; it takes the place of what was typed before, but
    for the line that was typed with it (`beside`)."""
    profile = profile_of(row)
    profile.revision += 1  # who confirms must have seen this one (A10)
    names.remember(profile)
    facts = {"profile": row.profile_id}
    return Outcome(facts, _drop_typed(profile, but=(row,)) if beside is None else ())


def allow(row: Address, actor: Person, _now: datetime) -> None:
    """The supervisor lets another address than the decided one be listed (O3)."""
    row.allowed_by_id = actor.id


def confirm(
    row: Address,
    actor: Any,
    now: datetime,
    *,
    group: tuple[Address, ...] = (),
    seen_today: bool = False,
) -> Outcome:
    """The address is official, its earlier one is not; the lasting id typed with it follows."""
    person = actor.cause if isinstance(actor, Effect) else actor
    row.confirmed_by_id, row.seen_on = person.id, clock.today(now)
    profile = profile_of(row)
    then = [
        Then("address", line, "retire")
        for line in profile.current
        if line is not row and line.lasting == row.lasting
    ]
    if not group:
        together = (row, *profile.typed)
        shared: Mapping[str, Any] = {
            "shown": queries.fingerprint(together),
            "group": together,
            "seen_today": seen_today,
        }
        then += [Then("address", line, "confirm", shared) for line in profile.typed]
        profile.confirmed_on = clock.today(now)
        profile.revision += 1
    names.remember(profile)
    return Outcome(then=tuple(then))


def drop(row: Address, _actor: Any, _now: datetime, *, alone: bool = False) -> Outcome:
    """The address is not used; `alone` where the others of the profile are dropped beside it."""
    profile = profile_of(row)
    if not alone:
        profile.revision += 1
    names.remember(profile)
    return Outcome(then=() if alone else _drop_typed(profile, but=(row,)))


def retire(row: Address, _actor: Any, now: datetime) -> None:
    """The address was the profile's, and is no more."""
    row.until = clock.today(now)
    names.remember(profile_of(row))


def flag(profile: Profile, actor: Person, _now: datetime, *, interim_channel: str = "") -> None:
    """The alarm is set by one person at once (A54): the register and the check warn from the
    commit on."""
    published.refuse(profile, interim_channel=interim_channel)
    profile.alarm_by_id, profile.clearing_by_id = actor.id, None
    profile.interim_channel = interim_channel or None


def propose_clear(profile: Profile, actor: Person, _now: datetime) -> None:
    """A keeper has checked the profile; clearing the alarm takes a second person (A54)."""
    profile.clearing_by_id = actor.id
    profile.revision += 1


def clear(profile: Profile, _actor: Person, _now: datetime) -> None:
    """The profile is the town's again."""
    profile.alarm_by_id = profile.clearing_by_id = None
    profile.interim_channel = None
