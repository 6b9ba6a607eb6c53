"""What waits for a person among profiles: to set up, to confirm, to decide, to close."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union_all
from sqlalchemy.orm import selectinload

from intake import clock
from intake.data.base import db
from intake.engine import duties as desks
from intake.engine import earlier_steps, tracks
from intake.engine.duties import Duty
from intake.people import queries as people
from intake.people import routing
from intake.people.models import Person, Role
from intake.profiles import parties, queries, workflow
from intake.profiles.models import Address, Profile, ProfileAdmin, ProfileKind
from intake.profiles.states import AddressState, AlarmState, ContinuationState, PresenceState
from intake.profiles.states import ProfileState as P
from intake.profiles.waiting import open_points

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OVER = queries.OVER
OVERSEEING = {Role.KEEPER.value, Role.ADMINISTRATOR.value}


def of_profiles(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """What waits for a person on one profile or on all, their addresses among it."""
    profiles = [subject] if subject is not None else _candidates(person, now)
    return _on(profiles, person, now)


def of_addresses(person: Person, now: datetime, subject: Address | None = None) -> list[Duty]:
    """What waits for a person on one address; the desk shows it with its profile."""
    if subject is None or subject.state is not AddressState.TYPED:
        return []
    return _on([parties.profile_of(subject)], person, now, without_profile=True)


def _on(
    profiles: list[Profile], person: Person, now: datetime, *, without_profile: bool = False
) -> list[Duty]:
    recall(profiles)
    profile_desk = tracks.track(workflow.PROFILE.name)
    address_desk = tracks.track(workflow.ADDRESS.name)
    found = []
    for profile in profiles:
        if not without_profile:
            found += desks.on(profile_desk, profile, person, now)
        lines = () if profile.state in OVER else profile.typed[:1]
        for line in lines:  # an account id stands and falls with its address
            found += desks.on(address_desk, line, person, now)
    return found


def recall(profiles: Iterable[Profile]) -> None:
    """Read at once what the steps of many profiles and addresses ask of the trail."""
    known = list(profiles)
    if known:
        earlier_steps.recall(workflow.PROFILE, known)
        lines = [line for one in known for line in one.typed]
        earlier_steps.recall(workflow.ADDRESS, lines)
        queries.recall_taken(line.key for line in lines)


def of_alarms(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """What waits for a person on one profile that is taken over or lost, or on all of them."""
    if subject is not None:
        raised = [subject] if subject.state not in OVER else []
    elif person.roles & OVERSEEING or people.decides(person.id, clock.today(now)):
        raised = waiting_alarms(now)
    else:
        return []
    earlier_steps.recall(workflow.ALARM, raised)
    desk = tracks.track(workflow.ALARM.name)
    return [duty for one in raised for duty in desks.on(desk, one, person, now)]


def waiting_alarms(_now: datetime) -> list[Profile]:
    """The profiles that are taken over or lost."""
    raised = select(Profile).where(
        Profile.alarm_due_at > LONG_AGO,  # any: so the index finds them on either database
        Profile.alarm != AlarmState.CLEAR,
        Profile.state.not_in(OVER),
    )
    ordered = raised.options(*queries.WITH).order_by(Profile.alarm_due_at, Profile.id)
    found = list(db.session.scalars(ordered))
    earlier_steps.recall(workflow.ALARM, found)
    return found


def waiting_profiles(now: datetime) -> list[Profile]:
    """Every profile that may wait for anybody."""
    day = clock.today(now)
    found = _those([_moving(), _typed(), _watched(day), *_to_decide(day)])
    recall(found)
    return found


def waiting_addresses(now: datetime) -> list[Address]:
    """The typed addresses, each with the account id that came with it once."""
    found = waiting_profiles(now)
    return [line for one in found if one.state not in OVER for line in one.typed[:1]]


def of_continuations(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """The reviews that wait for a person, and the profiles in question: on one, or on all."""
    found = [subject] if subject is not None else _to_review(_mine_or_below(person, now), now)
    desk = tracks.track(workflow.CONTINUATION.name)
    return [duty for one in found for duty in desks.on(desk, one, person, now)]


def waiting_continuations(now: datetime) -> list[Profile]:
    """The profiles whose review is near or late, or that are in question."""
    return _to_review(true(), now)


def _to_review(among: ColumnElement[bool], now: datetime) -> list[Profile]:
    near = Profile.review_due_on <= clock.today(now) + open_points.REVIEW_AHEAD
    asked = Profile.continuation == ContinuationState.IN_QUESTION
    query = select(Profile).where(Profile.state == P.ACTIVE, or_(near, asked), among)
    ordered = query.options(*queries.WITH).order_by(Profile.continuation_due_at, Profile.id)
    return list(db.session.scalars(ordered))


def _mine_or_below(person: Person, now: datetime) -> ColumnElement[bool]:
    """The profiles that a person may have to see to: a superset."""
    if person.roles & OVERSEEING:
        return true()
    mine = queries.administers(person)
    reach = routing.reach(person, clock.today(now))
    return mine if reach is None else or_(mine, Profile.unit_id.in_(reach.units))


def of_absences(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """The absences of a person's profiles that are about to end: on one, or on all."""
    found = [subject] if subject is not None else _away(queries.administers(person), now)
    desk = tracks.track(workflow.ABSENCE.name)
    return [duty for one in found for duty in desks.on(desk, one, person, now)]


def waiting_absences(now: datetime) -> list[Profile]:
    """The profiles whose absence is about to end."""
    return _away(true(), now)


def _away(among: ColumnElement[bool], now: datetime) -> list[Profile]:
    query = select(Profile).where(
        Profile.presence_due_at <= now + open_points.ABSENCE_AHEAD,
        Profile.presence == PresenceState.AWAY,
        Profile.state.not_in(OVER),
        among,
    )
    ordered = query.options(*queries.WITH).order_by(Profile.presence_due_at, Profile.id)
    return list(db.session.scalars(ordered))


def _candidates(person: Person, now: datetime) -> list[Profile]:
    """The open profiles that may have something for a person: a superset, in one query."""
    day = clock.today(now)
    ids = [line.where(queries.administers(person)) for line in (_moving(), _typed())]
    if person.roles & OVERSEEING:
        ids += [_typed(), _in_setup(), _watched(day)]
        ids += [line.where(_past_the_summit(day)) for line in _to_decide(day)]
    if (reach := routing.reach(person, day)) is not None:
        below = Profile.unit_id.in_(reach.units)
        ids += [line.where(below) for line in (_typed(), _in_setup(), *_to_decide(day))]
    return _those(ids)


def _those(ids: list[Select[Any]]) -> list[Profile]:
    query = select(Profile).where(Profile.id.in_(union_all(*ids)), Profile.state != P.NEVER_OPENED)
    query = query.options(*queries.WITH, selectinload(Profile.checklist))
    return list(db.session.scalars(query.order_by(Profile.due_at, Profile.id)))


def _moving() -> Select[Any]:
    """The ids of profiles that are set up or closed."""
    return select(Profile.id).where(Profile.state.in_((P.SETUP, P.CLOSING_ANNOUNCED)))


def _in_setup() -> Select[Any]:
    """Those that are set up."""
    return select(Profile.id).where(Profile.state == P.SETUP)


def _watched(day: date) -> Select[Any]:
    """Closed ones whose old address is to be looked at again (O8)."""
    return select(Profile.id).where(Profile.state == P.CLOSED, Profile.recheck_on <= day)


def _typed() -> Select[Any]:
    """Those that have an address to confirm."""
    joined = select(Profile.id).join(Address, Address.profile_id == Profile.id)
    return joined.where(Address.state == AddressState.TYPED)


def _to_decide(day: date) -> list[Select[Any]]:
    """Those that have something for who decides on them: a closing that is late, a term that
    ends, too few admins."""
    running = (
        select(func.count(ProfileAdmin.id))
        .join(Person, Person.id == ProfileAdmin.person_id)
        .where(
            ProfileAdmin.profile_id == Profile.id,
            ProfileAdmin.until.is_(None),
            Person.ended_at.is_(None),
        )
        .scalar_subquery()
    )
    conditions = (
        and_(Profile.state == P.CLOSING_ANNOUNCED, Profile.closes_on <= day),
        and_(Profile.state == P.ACTIVE, Profile.ends_on <= day + open_points.AHEAD),
        and_(Profile.state == P.ACTIVE, Profile.kind == ProfileKind.OFFICE, running < 2),
    )
    return [select(Profile.id).where(condition) for condition in conditions]


def _past_the_summit(day: date) -> ColumnElement[bool]:
    """The profiles on which nobody in the organisation may be able to decide."""
    top = routing.summit(day)
    if top is None:
        return true()
    return or_(
        Profile.unit_id.not_in(top.units),
        Profile.subject_id == top.head.id,
        queries.administers(top.head),
    )
