"""What is done to profiles and their addresses; `take` is the one road."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from intake import clock
from intake.data.base import db, random_id
from intake.engine import audit_trail
from intake.engine.table import Effect, Step
from intake.engine.tracks import Track
from intake.people import queries as people
from intake.people import town
from intake.people.models import Person
from intake.profiles import duties, published, queries, reading, words, workflow
from intake.profiles.change import duties as change_duties
from intake.profiles.change import proposals
from intake.profiles.change import words as change_words
from intake.profiles.change.models import Change, ChangeKind, Handover
from intake.profiles.decided import Decided
from intake.profiles.marking import forget_marks, mark
from intake.profiles.models import Address, Profile, ProfileKind
from intake.profiles.parties import Subject, profile_of
from intake.profiles.reading import is_of, refusal_of_site, today
from intake.profiles.states import ProfileState
from intake.profiles.stored_keys import decide as note_decided_key
from intake.profiles.waiting import alarm_rows, change_rows, in_use_rows, rows
from intake.refusals import Unready, Unseen
from intake.web.forms import Problem

__all__ = [
    "forget_marks",
    "is_of",
    "mark",
    "new_change",
    "note_decided_key",
    "open_profile",
    "person_leaves",
    "propose_change",
    "refusal_of_site",
    "take",
    "today",
    "type_address",
]


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

    Raises a refusal; an address that somebody else
    listed in the same moment is Unready beside its field (A16).
    """
    track = _track(subject, step)
    if not isinstance(subject, Profile):  # one at a time on a profile, whichever row it is about
        db.session.flush()
        db.session.refresh(profile_of(subject), with_for_update={"of": Profile})
    try:
        return audit_trail.perform(track, subject, step, actor, now, seen=seen, **answers)
    except IntegrityError as error:
        if "address" not in str(error.orig) or "key" not in str(error.orig):
            raise
        db.session.rollback()  # PostgreSQL answers nothing more here, not even the language
        sentence = _("This address is in the register already.")
        raise Unready([Problem(sentence, "address")]) from error


def _track(subject: Subject, step: str) -> Track:
    if not isinstance(subject, Profile):
        return BELOW[type(subject)]
    return next((track for track in BESIDE if step in track.workflow.names), PROFILE)


def open_profile(decided: Decided, actor: Any, now: datetime) -> Profile:
    """Begin the set-up of an approved profile (O3, O6): the effect of `approve`, inside whose
    write() it runs. `actor` is who approved. Raises Unready where a text must not be published."""
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
    published.refuse_decided(profile)
    cause = actor if isinstance(actor, Effect) else Effect(actor)
    take(profile, "prepare", cause, now, decided=decided)
    return profile


def type_address(
    profile: Profile, actor: Person, now: datetime, *, address: str, lasting_id: str = ""
) -> Address:
    """Type a profile's address, and its lasting account id where the platform has one; another
    person confirms them (A9). Takes the place of what was typed before."""
    read = reading.read(profile, address, lasting_id)
    first, *others = read.lines or (reading.TypedKey("", "", None, address),)
    answers: dict[str, Any] = {"address": address, "lasting_id": lasting_id}
    row = _row(profile, first, actor)
    take(row, "type", actor, now, **answers)
    for line in others:
        take(_row(profile, line, actor), "type", Effect(actor), now, beside=row, **answers)
    return row


def _row(profile: Profile, line: reading.TypedKey, actor: Person) -> Address:
    return Address(
        profile_id=profile.id,
        key=line.key,
        kind=line.kind,
        url=line.url,
        typed=line.typed,
        lasting=line.lasting,
        typed_by_id=actor.id,
    )


def new_change(profile: Profile, what: str, actor: Person) -> Change:
    """A change before it is proposed: in no session. Raises Unseen for a kind that there is not."""
    if what not in [kind.value for kind in ChangeKind]:
        raise Unseen
    change = Change(id=random_id(), profile_id=profile.id, what=ChangeKind(what), by_id=actor.id)
    set_committed_value(change, "profile", profile)
    return change


def propose_change(
    change: Change, actor: Person, now: datetime, *, reason: str, **typed: Any
) -> Change:
    """Propose a change with what was typed, by the names of its form; inside write()."""
    found = people.by_email(typed["person"]) if typed.get("person") else None
    change.person_id = found.id if found else None
    change.unit_id, change.field = typed.get("unit"), typed.get("field")
    change.text, change.mailbox = (
        typed.get("new_name") or typed.get("text"),
        typed.get("shared_mailbox"),
    )
    change.task = typed.get("task")
    change.hours_update = typed.get("hours_update")
    change.hours_interaction = typed.get("hours_interaction")
    kept = {name: typed[name] for name in proposals.ProposeForm.kept() if typed.get(name)}
    take(change, "propose", actor, now, reason=reason, **kept)
    return change


def person_leaves(person: Person, by: Any, now: datetime) -> None:
    """What ends in this room when a person leaves the town's service (P1, E0): an admin's part in
    office profiles, and their own expert profile is not opened, or begins to close."""
    for profile in queries.mine(person):
        if profile.kind is ProfileKind.OFFICE:
            take(profile, "leave", Effect(by), now, person_id=person.id)
        elif profile.state is not ProfileState.CLOSING_ANNOUNCED:
            take(profile, "employment_ends", Effect(by), now)


PROFILE = Track(
    workflow=workflow.PROFILE,
    model=Profile,
    take=take,
    title=words.title,
    address=words.path,
    words=words.PROFILE,
    duties=duties.of_profiles,
    tasks=(*rows.PROFILE, *in_use_rows.PROFILE),
    waiting=duties.waiting_profiles,
)
ADDRESS = Track(
    workflow=workflow.ADDRESS,
    model=Address,
    take=take,
    title=words.address_title,
    address=words.address_place,
    words=words.ADDRESS,
    duties=duties.of_addresses,
    tasks=rows.ADDRESS,
    waiting=duties.waiting_addresses,
)
ALARM = Track(
    workflow=workflow.ALARM,
    model=Profile,
    take=take,
    title=words.title,
    address=words.path,
    words=words.ALARM,
    duties=duties.of_alarms,
    tasks=alarm_rows.ALARM,
    waiting=duties.waiting_alarms,
    since="alarm_since",
    due="alarm_due_at",
)
CONTINUATION = Track(
    workflow=workflow.CONTINUATION,
    model=Profile,
    take=take,
    title=words.title,
    address=words.path,
    words=words.CONTINUATION,
    duties=duties.of_continuations,
    tasks=in_use_rows.CONTINUATION,
    waiting=duties.waiting_continuations,
    since="continuation_since",
    due="continuation_due_at",
)
ABSENCE = Track(
    workflow=workflow.ABSENCE,
    model=Profile,
    take=take,
    title=words.title,
    address=words.path,
    words=words.ABSENCE,
    duties=duties.of_absences,
    tasks=in_use_rows.ABSENCE,
    waiting=duties.waiting_absences,
    since="presence_since",
    due="presence_due_at",
)
CHANGE = Track(
    workflow=workflow.CHANGE,
    model=Change,
    take=take,
    title=change_words.change_title,
    address=change_words.path,
    words=change_words.CHANGE,
    duties=change_duties.of_changes,
    tasks=change_rows.CHANGE,
    waiting=change_duties.waiting_changes,
)
HANDOVER = Track(
    workflow=workflow.HANDOVER,
    model=Handover,
    take=take,
    title=change_words.handover_title,
    address=change_words.path,
    words=change_words.HANDOVER,
    duties=change_duties.of_handovers,
    tasks=change_rows.HANDOVER,
    waiting=change_duties.waiting_handovers,
)
BELOW: dict[type[Any], Track] = {Address: ADDRESS, Change: CHANGE, Handover: HANDOVER}
BESIDE = (ALARM, CONTINUATION, ABSENCE)  # the tracks beside a profile's own, in the same row
