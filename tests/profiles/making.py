"""Profiles for tests: opened as an approval opens them, walked to a state by ordinary steps."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from intake import clock
from intake.addresses import canonical_url
from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine import audit_trail
from intake.handbook import queries as handbook
from intake.people.models import Person
from intake.profiles import queries, service
from intake.profiles.change.models import Change
from intake.profiles.decided import Decided, DecidedAdmin
from intake.profiles.models import Address, Profile, ProfileKind
from intake.profiles.states import AlarmState
from intake.profiles.states import ProfileState as P

OFFICE, EXPERT = ProfileKind.OFFICE, ProfileKind.EXPERT
TEXTS = {
    "purpose": "Kerromme nuorille kesätyöpaikoista ja niiden hakemisesta.",
    "audience": "15–17-vuotiaat, jotka voivat kysyä ja ehdottaa.",
    "answering": "Hallinnoijat vastaavat arkisin.",
    "private_messages": "answered",
    "private_messages_text": "Vastaamme myös yksityisviesteihin.",
    "content_languages": ["fi", "sv"],
    "contact": "nuoriso@savonkoski.example",
    "represents": "unit",
}


def decided(cast, kind: ProfileKind = OFFICE, **changes) -> Decided:
    """What an approval hands over: two admins who have agreed, or an expert who has consented."""
    made = Decided(
        version_id=random_id(),
        decided_by_id=cast.head.id,
        kind=kind,
        platform_id="instagram",
        unit_id=cast.youth.id,
        name="Savonkosken nuorisopalvelut",
        key="instagram:handle:savonkosken_nuoret",
        texts=TEXTS,
        admins=(admin(cast.requester, lead=True), admin(cast.admin)),
    )
    if kind == EXPERT:
        made = replace(
            made,
            name=f"Nuorisopalvelut {cast.colleague.name}",
            subject_id=cast.colleague.id,
            key="instagram:handle:riitta.nuoriso",
            consent_on=clock.today() - timedelta(days=3),
            admins=(admin(cast.colleague, lead=True, task="nuorisotyön asiantuntija"),),
        )
    return replace(made, **changes)


def admin(
    person: Person, *, lead: bool = False, task: str = "nuorisotyöntekijä", accepted: bool = True
) -> DecidedAdmin:
    """One admin of a decided version."""
    return DecidedAdmin(
        person_id=person.id,
        task=task,
        hours_update=Decimal("1.5"),
        hours_interaction=Decimal("1.5"),
        lead=lead,
        accepted_at=clock.now() if accepted else None,
    )


def open_profile(cast, kind: ProfileKind = OFFICE, **changes) -> Profile:
    """A profile in set-up, as an approval opens it."""
    with write():
        return service.open_profile(
            decided(cast, kind, **changes), db.session.get_one(Person, cast.head.id), clock.now()
        )


def make_profile(
    cast,
    state: P = P.ACTIVE,
    kind: ProfileKind = OFFICE,
    key: str | None = None,
    **changes,
) -> Profile:
    """A profile in a state, walked there by its steps; `key` is its address, `changes` what the
    decision said otherwise (platform_id, unit_id, name, admins, texts, ...)."""
    if key is not None:
        changes = {"key": key, "platform_id": key.split(":")[0], **changes}
    profile = open_profile(cast, kind, **changes)
    for step in service.PROFILE.workflow.path_to(state)[1:]:
        WALKS.get(step, _step)(cast, profile, step)
    return again(profile)


def set_up(cast, profile: Profile, address: str | None = None, lasting_id: str = "") -> None:
    """Do all that must be done before a second person confirms."""
    lead = again(profile).current_admins[0].person
    tick_all(profile, lead)
    for part in list(again(profile).current_admins):
        state_rights(profile, part.person)
    type_address(profile, lead, address, lasting_id)


def tick_all(profile: Profile, actor: Person) -> None:
    """Tick every item of the checklist."""
    for item in [row.id for row in again(profile).checklist]:
        take(profile, "check_off", actor, item=item, done=True, note="")


def state_rights(profile: Profile, actor: Person, **answers) -> None:
    """Say which right an admin holds, two-step on, recovery through the town."""
    usual = {"rights": "owner", "two_step": "on", "recovery_shared": True}
    take(profile, "state_rights", actor, **{**usual, **answers})


def type_address(
    profile: Profile, actor: Person, address: str | None = None, lasting_id: str = ""
) -> Address:
    """Type the address, by default the decided one."""
    with write():
        current = again(profile)
        text = address or canonical_url(current.decided_key, handbook.known())
        return service.type_address(
            current, _again(actor), clock.now(), address=text, lasting_id=lasting_id
        )


def confirm(cast, profile: Profile, actor: Person | None = None, **answers) -> None:
    """List the profile as the second person, having seen what is typed."""
    current = again(profile)
    second = actor or (cast.admin if current.kind == OFFICE else cast.keeper)
    if actor is None and current.typed and current.typed[0].typed_by_id == second.id:
        second = cast.keeper
    shown = queries.fingerprint(current.typed)
    take(profile, "list", second, **{"seen_today": True, "shown": shown, **answers})


def _list(cast, profile: Profile, _step: str) -> None:
    set_up(cast, profile)
    confirm(cast, profile)


def _announce(cast, profile: Profile, _step: str) -> None:
    take(
        profile,
        "announce_closing",
        supervisor(profile),
        reason="Toiminta päättyy.",
        closes_on=clock.today() + timedelta(days=40),
        successor="Kaupungin verkkosivut",
        short_notice_reason="",
    )


def _close(cast, profile: Profile, _step: str) -> None:
    with clock.at(clock.end_of(again(profile).closes_on)):
        take(
            profile,
            "close",
            again(profile).current_admins[0].person,
            final_post=True,
            ended_how="handle_kept",
            access_removed=True,
            copied_on=clock.today(),
        )


def _step(cast, profile: Profile, step: str) -> None:
    take(profile, step, supervisor(profile), reason="Tarvetta ei enää ole.")


def raise_alarm(cast, profile: Profile, alarm: AlarmState, actor: Person | None = None) -> None:
    """Mark the profile as taken over or lost, by its first admin where nobody is named."""
    who = actor or again(profile).current_admins[0].person
    answers = (
        {"since": clock.today()}
        if alarm is AlarmState.HIJACKED
        else {"interim_channel": "savonkoski.example/nuoret"}
    )
    take(profile, f"flag_{alarm.value}", who, what_happened="Tili ei ole hallussa.", **answers)


WALKS = {"list": _list, "announce_closing": _announce, "close": _close}


def supervisor(profile: Profile) -> Person:
    """Who decides on the profile today."""
    found = queries.supervisor(again(profile), clock.now())
    assert found is not None
    return found


def take(subject, step: str, actor, seen: int | None = None, **answers):
    """Take a step on a profile or an address in a write of its own."""
    with write():
        return service.take(
            again(subject),
            step,
            _again(actor) if isinstance(actor, Person) else actor,
            clock.now(),
            seen=seen,
            **answers,
        )


def propose(profile: Profile, what: str, by: Person, **typed) -> Change:
    """Propose a change of a profile, with what its form would ask."""
    with write():
        actor = db.session.get_one(Person, by.id)
        change = service.new_change(again(profile), what, actor)
        made = service.propose_change(
            change, actor, clock.now(), reason="Niin on sovittu.", **typed
        )
        made_id = made.id
    return db.session.get_one(Change, made_id)


def again(subject):
    """The subject as it stands now."""
    return db.session.get_one(type(subject), subject.id)


def _again(person: Person) -> Person:
    return db.session.get_one(Person, person.id)


def steps_of(subject) -> list[str]:
    """What the trail says was done to it, in order."""
    return [entry.step for entry, _words in audit_trail.history([subject.id])]


def addresses_of(profile: Profile) -> list[Address]:
    """Every address of a profile, the oldest first."""
    rows = select(Address).where(Address.profile_id == profile.id).order_by(Address.created_at)
    return list(db.session.scalars(rows))
