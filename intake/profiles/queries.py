"""Reading profiles for staff: what a person may see, lists, whose a key is, close names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, true, tuple_
from sqlalchemy.orm import joinedload, selectinload

from intake import addresses, clock
from intake.data import full_text
from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.data.full_text import Found, Place
from intake.handbook import queries as handbook
from intake.handbook.models import Platform
from intake.handbook.uses import Held, rests_on
from intake.people import queries as people
from intake.people import routing, town
from intake.people.models import Person, Role
from intake.profiles.change.models import Change, Handover
from intake.profiles.models import (
    LISTED,
    UNLISTED,
    Address,
    AddressMark,
    MarkKind,
    Profile,
    ProfileAdmin,
    ProfileKind,
)
from intake.profiles.states import (
    AddressState,
    ChangeState,
    ContinuationState,
    HandoverState,
    ProfileState,
)
from intake.refusals import Unseen

OVERSEERS = {Role.KEEPER.value, Role.ADMINISTRATOR.value}
STAFF = "s"  # the scope of what staff search: profiles in every state
BY_NAME = (Profile.sort_key, Profile.id)
PAGE = 25
STATES = [state.value for state in ProfileState]
OVER = (ProfileState.CLOSED, ProfileState.NEVER_OPENED)
FEWEST = 2  # admins of an office profile (P1)
OVERSEEN, OVERSEEN_AGAIN = 7, 14  # days late until the next one up may act, and each one above
WITH = (
    joinedload(Profile.platform, innerjoin=True),
    joinedload(Profile.unit, innerjoin=True),
    selectinload(Profile.subject),
    selectinload(Profile.admins).joinedload(ProfileAdmin.person, innerjoin=True),
    selectinload(Profile.addresses),
)
OPEN_CHANGES = (ChangeState.PROPOSED, ChangeState.ACCEPTED)
OPEN_HANDOVERS = (HandoverState.OPEN, HandoverState.SAID)
KEPT = (AddressState.CURRENT, AddressState.FORMER)  # what the town has or had


def visible_to(person: Person, among: Iterable[str] | None = None) -> ColumnElement[bool]:
    """The profiles a person may see: whatever is or was listed; one that is set up or was never
    opened only where they are concerned: admins, subject, supervisor, keepers, administrators.
    `among`: the only ids that are asked about, for who decides is worked out for each."""
    return or_(Profile.state.not_in(UNLISTED), _concerns(person, among))


def _concerns(person: Person, among: Iterable[str] | None) -> ColumnElement[bool]:
    if person.roles & OVERSEERS:
        return true()
    return or_(
        Profile.subject_id == person.id,
        administers(person),
        Profile.id.in_(_asked_to_join(person)),
        Profile.id.in_(offices(person, clock.now(), among)),
    )


def _asked_to_join(person: Person) -> Select[str]:
    """Ids of the profiles whose admin a person is asked to become."""
    waiting = Change.state.in_(OPEN_CHANGES)
    return select(Change.profile_id).where(Change.person_id == person.id, waiting)


def open_of(profile: Profile) -> tuple[list[Change], list[Handover]]:
    """What is open of one profile."""
    changes = select(Change).where(Change.profile_id == profile.id, Change.state.in_(OPEN_CHANGES))
    rows = select(Handover).where(
        Handover.profile_id == profile.id, Handover.state.in_(OPEN_HANDOVERS)
    )
    return (
        list(db.session.scalars(changes.order_by(Change.created_at))),
        list(db.session.scalars(rows.order_by(Handover.created_at))),
    )


def changed(profile: Profile) -> list[Change | Handover]:
    """Every change of a profile and every admin who was checked off, for its history."""
    changes = db.session.scalars(select(Change).where(Change.profile_id == profile.id))
    rows = db.session.scalars(select(Handover).where(Handover.profile_id == profile.id))
    return [*changes, *rows]


def administers(person: Person) -> ColumnElement[bool]:
    """The profiles whose admin a person is today, asked ones too."""
    return Profile.id.in_(
        select(ProfileAdmin.profile_id).where(
            ProfileAdmin.person_id == person.id, ProfileAdmin.until.is_(None)
        )
    )


def offices(person: Person, now: datetime, among: Iterable[str] | None = None) -> list[str]:
    """Ids of the unlisted profiles (of these) on which a person decides today, or is
    above who does where that is late."""
    reach = routing.reach(person, clock.today(now))
    if reach is None:
        return []
    query = select(Profile).where(Profile.state.in_(UNLISTED), Profile.unit_id.in_(reach.units))
    if among is not None:
        query = query.where(Profile.id.in_(list(among)))
    unlisted = db.session.scalars(query.options(*WITH))
    return [
        profile.id
        for profile in unlisted
        if person in (supervisor(profile, now), *_above(profile, now))
    ]


def _above(profile: Profile, now: datetime) -> list[Person]:
    dues = [profile.due_at, *(line.due_at for line in profile.typed)]
    return overseers(profile, min((due for due in dues if due), default=None), now)


def supervisor(
    profile: Profile, now: datetime, *, unit_id: str | None = None, beside: Iterable[Person] = ()
) -> Person | None:
    """Who decides on a profile today (O3): routing over its unit (or another one), with its admins
    and subject (and those `beside`) both as those whom the unit must hold and as those who are
    biased. None where nobody is left."""
    return _route(profile, now, unit_id or profile.unit_id, beside).acting


def _route(
    profile: Profile, now: datetime, unit_id: str, beside: Iterable[Person] = ()
) -> routing.Route:
    involved = [*_involved(profile), *beside]
    conflict = {person.id for person in involved}
    return routing.route(unit_id, involved, conflict, clock.today(now))


def _involved(profile: Profile) -> list[Person]:
    involved = [admin.person for admin in profile.current_admins]
    return involved if profile.subject is None else [*involved, profile.subject]


def left_alone_until(profile: Profile) -> datetime:
    """By when an office profile of too few admins has found a second one, or ends (P1)."""
    gone = [admin.until or admin.person.ended_at for admin in profile.admins]
    since = max((moment for moment in gone if moment), default=profile.state_since)
    return clock.due(since, town.current().continuation_days)


def has_too_few(profile: Profile) -> bool:
    """Has an office profile fewer admins than it must (P1)?"""
    return profile.kind is ProfileKind.OFFICE and len(profile.current_admins) < FEWEST


def overseers(profile: Profile, due: datetime | None, now: datetime) -> list[Person]:
    """Who decides above the supervisor of what is late: the next one up from the seventh day on,
    then one level more every two weeks; nobody who is party to the profile."""
    is_asked = profile.continuation is ContinuationState.IN_QUESTION
    dues = [
        due,
        left_alone_until(profile) if has_too_few(profile) else None,
        profile.continuation_due_at if is_asked else None,
    ]
    day = clock.today(now)
    late = max((day - clock.today(one)).days for one in (*dues, now) if one and one <= now)
    if late < OVERSEEN:
        return []
    levels = 1 + (late - OVERSEEN) // OVERSEEN_AGAIN
    conflict = {person.id for person in _involved(profile)}
    return routing.above(_route(profile, now, profile.unit_id), conflict, day, levels)


def keepers() -> list[Person]:
    """The register keepers of today."""
    return people.holders(Role.KEEPER)


def get(profile_id: str, person: Person) -> Profile:
    """The profile; raises Unseen where there is none for this person."""
    may = visible_to(person, [profile_id])
    found = db.session.scalars(
        select(Profile).where(Profile.id == profile_id, may).options(*WITH)
    ).first()
    if found is None:
        raise Unseen
    return found


@dataclass(frozen=True)
class ProfileList:
    """Some profiles of a list, and the mark from which the next ones follow, if any."""

    profiles: list[Profile]
    after: str | None
    is_near: bool = False


def page(
    person: Person,
    *,
    q: str = "",
    state: str = "",
    unit: str = "",
    after: str = "",
) -> ProfileList:
    """What a person may see, by name: with these words, in this state, of this unit and those
    below it, from a mark on. `is_near`: none has these very words."""
    may = visible_to(person)
    query = select(Profile).where(may).options(*WITH)
    found = ask(q, may) if q else None
    if found:
        query = query.where(found.condition)
    if state in STATES:
        query = query.where(Profile.state == ProfileState(state))
    if unit:
        query = query.where(Profile.unit_id.in_(_below(unit)))
    last = db.session.get(Profile, after) if after else None
    if last is not None:
        query = query.where(tuple_(*BY_NAME) > tuple_(last.sort_key, last.id))
    rows = list(db.session.scalars(query.order_by(*BY_NAME).limit(PAGE + 1)))
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return ProfileList(rows[:PAGE], more, found is not None and found.is_near)


def ask(q: str, may: ColumnElement[bool]) -> Found:
    """The profiles that a text finds, among those that one may see."""
    place = Place(STAFF, Profile.id, may, known=handbook.known())
    return full_text.ask(place, q, optional=town.current().spoken)


def _below(unit_id: str) -> list[str]:
    """A unit and every unit below it."""
    found = people.organisation(clock.today())
    return [
        unit.id
        for unit in found.units.values()
        if any(above.id == unit_id for above in found.chain(unit))
    ]


def running() -> Select[Any]:
    """Ids of everybody who is an admin of a profile that is not over."""
    return (
        select(ProfileAdmin.person_id)
        .join(Profile, Profile.id == ProfileAdmin.profile_id)
        .where(ProfileAdmin.until.is_(None), Profile.state.notin_(OVER))
    )


def runs_any(person: Person) -> bool:
    """Is a person an admin of any profile that is not over?"""
    mine = running().where(ProfileAdmin.person_id == person.id)
    return db.session.scalar(mine.limit(1)) is not None


def any_running_of(unit_id: str) -> bool:
    """Has a unit any profile that is not over?"""
    found = select(Profile.id).where(Profile.unit_id == unit_id, Profile.state.notin_(OVER))
    return db.session.scalar(found.limit(1)) is not None


def count_on(platform: str) -> int:
    """How many profiles on a platform are not over; 1,001 stands for more than 1,000."""
    some = select(Profile.id).where(Profile.platform_id == platform, Profile.state.notin_(OVER))
    query = select(func.count()).select_from(some.limit(1001).subquery())
    return db.session.scalar(query) or 0


def held(host: str) -> list[Held]:
    """The addresses that the town has, had or waits to confirm, and that rest on a host."""
    query = select(Address).where(
        Address.state != AddressState.DROPPED, rests_on(host, Address.key, Address.typed)
    )
    return [
        Held(
            key=line.key,
            texts=(line.url or "", line.typed),
            title=line.profile.name,
            url=f"/profiles/{line.profile_id}",
            is_listed=line.state in KEPT,
            platform=line.profile.platform_id,
        )
        for line in db.session.scalars(query.options(joinedload(Address.profile)))
    ]


def seen_by(person: Person, ids: Iterable[str]) -> set[str]:
    """Those of some profiles that a person may see."""
    wanted = list(ids)
    query = select(Profile.id).where(Profile.id.in_(wanted), visible_to(person, wanted))
    return set(db.session.scalars(query))


def mine(person: Person, limit: int | None = None) -> list[Profile]:
    """The profiles a person administers and that are not over, by name; the first ones of them."""
    return list(
        db.session.scalars(
            select(Profile)
            .where(administers(person), Profile.state.notin_(OVER))
            .options(*WITH)
            .order_by(*BY_NAME)
            .limit(limit)
        )
    )


def listed() -> ColumnElement[bool]:
    """The profiles that are or were official: in use, closing, closed."""
    return Profile.state.in_(LISTED)


def listed_names() -> list[tuple[str, str]]:
    """Id, and name with platform, of every profile in the register that is not closed, by name."""
    query = (
        select(Profile.id, Profile.name, Platform.name)
        .join(Platform, Platform.code == Profile.platform_id)
        .where(Profile.state.in_(LISTED), Profile.state != ProfileState.CLOSED)
        .order_by(*BY_NAME)
    )
    return [(id_, f"{name}, {platform}") for id_, name, platform in db.session.execute(query)]


def taken(key: str, but: str | None = None) -> str | None:
    """Why another profile than `but` (an id) may not have a key: "listed" where one has it,
    "closed" where one had it (A14), "marked" where it is held, or it or what lies above it is a
    confirmed fake (A9); or None.
    """
    if key not in _known_keys():
        recall_taken([key])
    is_marked, owners = _known_keys()[key]
    if is_marked:
        return "marked"
    states = {state for owner, state in owners if owner != but}
    if AddressState.CURRENT in states:
        return "listed"
    return "closed" if states else None


Owners = list[tuple[str, AddressState | None]]  # ids of profiles, each with how it has the key


def _known_keys() -> dict[str, tuple[bool, Owners]]:
    return transaction_cache(AddressMark, Address)


def recall_taken(keys: Iterable[str]) -> None:
    """Read at once what `taken` must know of many keys."""
    wanted = {key: {key, *addresses.above(key)} for key in keys}
    every = {one for some in wanted.values() for one in some}
    marks = db.session.execute(
        select(AddressMark.key, AddressMark.mark).where(
            AddressMark.key.in_(every), AddressMark.until.is_(None)
        )
    ).all()
    rows = db.session.execute(
        select(Address.key, Address.profile_id, Address.state).where(
            Address.key.in_(list(wanted)), Address.state.in_(KEPT)
        )
    ).all()
    for key, above in wanted.items():
        fake = any(mark is MarkKind.CONFIRMED and one in above for one, mark in marks)
        marked = fake or any(one == key for one, _mark in marks)
        owners = [(owner, state) for one, owner, state in rows if one == key]
        _known_keys()[key] = marked, owners


def fingerprint(lines: Iterable[Address]) -> str:
    """A hash of the keys that wait to be confirmed, posted with the confirmation (A10)."""
    keys = "\n".join(sorted(line.key for line in lines))
    return sha256(keys.encode()).hexdigest()[:32]


def shown(profile: Profile, print_of_it: str) -> list[Address]:
    """The addresses of a profile that once were shown with a fingerprint; none where unknown."""
    for size in (1, 2):
        for lines in combinations(profile.addresses, size):
            if fingerprint(lines) == print_of_it:
                return list(lines)
    return []
