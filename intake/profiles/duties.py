"""What waits for a person among profiles: to set up, to confirm, to decide, to close."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, union_all
from sqlalchemy.orm import selectinload

from intake import clock
from intake.data.base import db
from intake.engine import earlier_steps
from intake.engine.tracks import Duty
from intake.handbook.models import Approval, Platform
from intake.people import queries as people
from intake.people import routing, town
from intake.people.models import Person, Role
from intake.profiles import parties, queries, rules, words, workflow
from intake.profiles.models import Address, Profile, ProfileAdmin, ProfileKind
from intake.profiles.states import AddressState, AlarmState, ContinuationState
from intake.profiles.states import ProfileState as P

AHEAD = timedelta(days=45)  # an end date is told of so that the notice time still fits (O8)
NOW = timedelta(0)
ESCALATED = (timedelta(days=14), timedelta(days=28))  # a late review: the supervisor, the keepers
POST_WITHIN = 3  # days in which the profile itself tells of its closing
OVER = queries.OVER
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
READY = (
    rules.checklist_is_done,
    rules.ticks_are_fresh,
    rules.rights_are_stated,
    rules.admins_have_accepted,
    rules.two_admins_are_named,
    rules.address_is_allowed,
)
Maker = Callable[[Profile, Person, datetime], Duty | None]


def of_profiles(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """What waits for a person on one profile, or on all."""
    profiles = [subject] if subject is not None else _candidates(person, now)
    return [duty for one in profiles for duty in _of(one, person, now, MAKERS)]


def of_alarms(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """What waits for a person on one profile that is taken over or lost, or on all of them."""
    if subject is not None:
        over = subject.alarm is AlarmState.CLEAR or subject.state in OVER
        profiles = [] if over else [subject]
    elif Role.KEEPER.value in person.roles or people.decides(person.id, clock.today(now)):
        raised = select(Profile).where(
            Profile.alarm_due_at > LONG_AGO,  # any: so the index finds them on either database
            Profile.alarm != AlarmState.CLEAR,
            Profile.state.not_in(OVER),
        )
        ordered = raised.options(*queries.WITH).order_by(Profile.alarm_due_at, Profile.id)
        profiles = list(db.session.scalars(ordered))
    else:
        return []
    earlier_steps.recall(workflow.ALARM, profiles)
    return [duty for one in profiles if (duty := _alarmed(one, person, now))]


def _alarmed(profile: Profile, person: Person, now: datetime) -> Duty | None:
    """Who may clear is asked to where that was proposed; until then the keepers are."""
    if profile.clearing_by_id is not None:
        if not workflow.ALARM.may("clear", profile, person, now):
            return None
        why = _("A keeper has checked the profile. A second person clears the alarm.")
        step, verb = "clear", _("Clear the alarm")
    elif person in parties.keepers.people(profile, now):
        why = _("You are a register keeper, and a profile is not in the town's hands.")
        step, verb = "propose_clear", _("Get the profile back")
    else:
        return None
    return _duty(profile, step, verb, why, profile.alarm_due_at)


def of_continuations(person: Person, now: datetime, subject: Profile | None = None) -> list[Duty]:
    """The reviews that wait for a person, and the profiles they decide on: on one, or on all."""
    if subject is not None:
        profiles = [subject]
    else:
        query = select(Profile).where(
            Profile.id.in_(union_all(*_to_review(person, clock.today(now)))),
            Profile.state == P.ACTIVE,
        )
        ordered = query.options(*queries.WITH).order_by(Profile.continuation_due_at, Profile.id)
        profiles = list(db.session.scalars(ordered))
    return [duty for one in profiles for duty in _of(one, person, now, CONTINUING)]


def _to_review(person: Person, day: date) -> list[Select[str]]:
    """The ids of profiles whose review is due, or that are in question, and that may be somebody's
    to see to: a superset."""
    asked = or_(Profile.continuation == ContinuationState.IN_QUESTION, _too_few())
    late = [Profile.review_due_on <= day - days for days in (NOW, *ESCALATED)]
    ids = [select(Profile.id).where(late[0], queries.administers(person))]
    if Role.KEEPER.value in person.roles:
        ids += [select(Profile.id).where(late[2])]
        ids += [select(Profile.id).where(one, _past_the_summit(day)) for one in (asked, late[1])]
    if (reach := routing.reach(person, day)) is not None:
        below = Profile.unit_id.in_(reach.units)
        ids += [select(Profile.id).where(one, below) for one in (asked, late[1])]
    return ids


def of_absences(_person: Person, _now: datetime, _subject: Profile | None = None) -> list[Duty]:
    """An announced absence asks nothing of anybody: a letter comes the day before it ends."""
    return []


def of_addresses(person: Person, now: datetime, subject: Address | None = None) -> list[Duty]:
    """What waits for a person on one address; the desk shows it with its profile."""
    if subject is None or subject.state is not AddressState.TYPED:
        return []
    return list(_of(parties.profile_of(subject), person, now, CONFIRMING))


def _candidates(person: Person, now: datetime) -> list[Profile]:
    """The open profiles that may have something for a person: a superset, in one query."""
    day = clock.today(now)
    ids = [line.where(queries.administers(person)) for line in (_moving(), _typed())]
    if Role.KEEPER.value in person.roles:
        ids += [_typed(), _on_a_service_to_approve()]
        ids += [line.where(_past_the_summit(day)) for line in _to_decide(day)]
        ids += [select(Profile.id).where(Profile.recheck_on <= day)]
    if (reach := routing.reach(person, day)) is not None:
        below = Profile.unit_id.in_(reach.units)
        ids += [line.where(below) for line in (_typed(), *_to_decide(day))]
    query = select(Profile).where(Profile.id.in_(union_all(*ids)), Profile.state != P.NEVER_OPENED)
    query = query.options(*queries.WITH, selectinload(Profile.checklist))
    return list(db.session.scalars(query.order_by(Profile.due_at, Profile.id)))


def _moving() -> Select[str]:
    """The ids of profiles that are set up or closed."""
    return select(Profile.id).where(Profile.state.in_((P.SETUP, P.CLOSING_ANNOUNCED)))


def _typed() -> Select[str]:
    """Those that have an address to confirm."""
    joined = select(Profile.id).join(Address, Address.profile_id == Profile.id)
    return joined.where(Address.state == AddressState.TYPED)


def _on_a_service_to_approve() -> Select[str]:
    """Those that cannot be listed before a keeper has decided on their service (G7)."""
    joined = select(Profile.id).join(Profile.platform).where(Profile.state == P.SETUP)
    return joined.where(Platform.approval == Approval.NOT_APPROVED)


def _to_decide(day: date) -> list[Select[str]]:
    """Those that have something for who decides on them: a set-up or a closing that is late, a
    term that ends."""
    conditions = (
        and_(Profile.state == P.SETUP, Profile.setup_until < day),
        and_(Profile.state == P.CLOSING_ANNOUNCED, Profile.closes_on <= day),
        Profile.ends_on <= day + AHEAD,
    )
    return [select(Profile.id).where(condition) for condition in conditions]


def _too_few() -> ColumnElement[bool]:
    """Office profiles in use with fewer than two admins (P1)."""
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
    return and_(Profile.state == P.ACTIVE, Profile.kind == ProfileKind.OFFICE, running < 2)


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


def _of(
    profile: Profile, person: Person, now: datetime, makers: Mapping[P, tuple[Maker, ...]]
) -> Iterator[Duty]:
    for maker in makers.get(profile.state or P.SETUP, ()):
        duty = maker(profile, person, now)
        if duty is not None:
            yield duty


def _duty(profile: Profile, step: str, verb: Any, why: Any, until: Any = None) -> Duty:
    path = words.path(profile) + (f"/{step}" if step else "")
    return Duty(verb, words.title(profile), why, until or profile.due_at, path, profile)


def _to_answer(profile: Profile, person: Person, now: datetime) -> Duty | None:
    if person not in parties.asked_admin.people(profile, now):
        return None
    return _duty(profile, "accept_part", _("Answer as an admin"), _("You were named as an admin."))


def _to_set_up(profile: Profile, person: Person, now: datetime) -> Duty | None:
    part = next((one for one in profile.current_admins if one.person_id == person.id), None)
    if part is None or part.accepted_at is None:
        return None
    if part.stated_at is None:
        why = _("You are an admin. Say which right you hold in the service.")
        return _duty(profile, "state_rights", _("State your rights"), why)
    still = len(rules.checklist_is_done(profile, now)) + len(rules.ticks_are_fresh(profile, now))
    if not still and profile.typed:
        return None
    if not still:
        return _duty(profile, "address/type", _("Type the address"), _("You are an admin."))
    why = _("You are an admin. The checklist is not done.")
    return _duty(profile, "", _("Go through the checklist"), why)


def _to_list(profile: Profile, person: Person, now: datetime) -> Duty | None:
    if not profile.typed or any(rule(profile, now) for rule in READY):
        return None
    if person not in parties.confirmer.people(profile, now):
        return None
    return _duty(profile, "list", _("Confirm and list"), _second(profile))


def _second(profile: Profile) -> Any:
    if profile.kind is ProfileKind.OFFICE:
        return _("Another admin than the one who typed the address confirms it, or a keeper.")
    return _("The supervisor or a keeper confirms an expert's address.")


def _to_confirm(profile: Profile, person: Person, now: datetime) -> Duty | None:
    waiting = next(iter(profile.typed), None)
    if waiting is None or rules.address_is_allowed(profile, now):
        return None
    if person not in parties.confirmer.people(profile, now):
        return None
    step, verb = f"address/{waiting.id}/confirm", _("Confirm the address")
    return _duty(profile, step, verb, _second(profile), waiting.due_at)


def _to_allow(profile: Profile, person: Person, now: datetime) -> Duty | None:
    waiting = next(iter(profile.typed), None)
    if waiting is None or not rules.address_is_allowed(profile, now):
        return None
    typed_it = person.id in {line.typed_by_id for line in profile.typed}
    if typed_it or person not in parties.supervisor.people(profile, now):
        return None
    why = _("You decide on the profile, and its address is not the decided one.")
    step = f"address/{waiting.id}/allow"
    return _duty(profile, step, _("Allow this address"), why, waiting.due_at)


def _to_extend(profile: Profile, person: Person, now: datetime) -> Duty | None:
    late = profile.setup_until is not None and profile.setup_until < clock.today(now)
    if not late or person not in parties.supervisor.people(profile, now):
        return None
    why = _("The time for the set-up is over. Give more time or cancel it.")
    return _duty(profile, "", _("Decide on the set-up"), why)


def _to_approve_platform(profile: Profile, person: Person, now: datetime) -> Duty | None:
    if not rules.platform_may_be_used(profile, now):
        return None
    if person not in parties.keepers.people(profile, now):
        return None
    why = _("You are a register keeper, and the service is not approved for work.")
    return _duty(profile, "", _("Decide on the service"), why)


def _to_end(profile: Profile, person: Person, now: datetime) -> Duty | None:
    soon = profile.ends_on is not None and profile.ends_on <= clock.today(now) + AHEAD
    if not soon or person not in parties.supervisor.people(profile, now):
        return None
    why = _("The profile's fixed term ends, and you decide on it.")
    return _duty(profile, "announce_closing", _("Announce closing"), why)


def _to_settle(profile: Profile, person: Person, now: datetime) -> Duty | None:
    """Who decides says how a profile goes on (O8): in question, or with too few admins (P1)."""
    few = profile.kind is ProfileKind.OFFICE and len(profile.current_admins) < 2
    if not few and profile.continuation is ContinuationState.GOES_ON:
        return None
    if person not in parties.supervisor.people(profile, now):
        return None
    why = (
        _("You decide on the profile, and it has fewer than two admins.")
        if few
        else _("You decide on the profile, and it is asked whether it should close.")
    )
    gone = [admin.until or admin.person.ended_at for admin in profile.admins]
    since = max((moment for moment in gone if moment), default=profile.state_since)
    until = clock.due(since, town.current().continuation_days)
    if profile.continuation is ContinuationState.IN_QUESTION:
        until = profile.continuation_due_at or until
    return _duty(profile, "", _("Decide how it goes on"), why, until)


def _to_look_over(profile: Profile, person: Person, now: datetime) -> Duty | None:
    """A review that is due is the admins', a late one the supervisor's too, then the keepers'."""
    if profile.review_due_on is None or profile.review_due_on > clock.today(now):
        return None
    if person in parties.admins.people(profile, now):
        why = _("You are an admin, and nobody has confirmed the profile for a while.")
        return _duty(profile, "review", _("Review the profile"), why, _due_of_review(profile))
    late = clock.today(now) - profile.review_due_on
    for days, party in zip(ESCALATED, (parties.supervisor, parties.keepers), strict=True):
        if late >= days and person in party.people(profile, now):
            why = _("Its review is late. Remind the admins, or decide that it closes.")
            return _duty(profile, "", _("See to the review"), why, _due_of_review(profile))
    return None


def _due_of_review(profile: Profile) -> datetime | None:
    return clock.due(profile.review_due_on, 0) if profile.review_due_on else None


def _to_post(profile: Profile, person: Person, now: datetime) -> Duty | None:
    """The profile itself tells that it closes, well before it does (O8)."""
    if profile.closing_posted_on is not None or profile.closes_on is None:
        return None
    if profile.closes_on < clock.today(now) or person not in parties.admins.people(profile, now):
        return None
    why = _("You are an admin, and the profile does not tell yet that it closes.")
    until = clock.due(profile.state_since, POST_WITHIN)
    return _duty(profile, "note_posted", _("Post the announcement"), why, until)


def _to_look_again(profile: Profile, person: Person, now: datetime) -> Duty | None:
    """The address of a closed profile is looked at again (O8)."""
    if profile.recheck_on is None or profile.recheck_on > clock.today(now):
        return None
    if person not in parties.keepers.people(profile, now):
        return None
    why = _("You are a register keeper. Somebody else may have taken the user name.")
    return _duty(profile, "recheck", _("Look at the old address"), why)


def _to_close(profile: Profile, person: Person, now: datetime) -> Duty | None:
    if rules.closing_day_has_come(profile, now) or profile.closes_on is None:
        return None
    if person in parties.lead_admin.people(profile, now):
        why = _("You are the lead admin, and the closing day has come.")
        return _duty(profile, "close", _("Confirm as closed"), why)
    late = profile.closes_on + timedelta(days=7) <= clock.today(now)
    if late and person in parties.supervisor.people(profile, now):
        why = _("You decide on the profile, and its closing day is past.")
        return _duty(profile, "close", _("Confirm as closed"), why)
    return None


CONFIRMING: dict[P, tuple[Maker, ...]] = {
    P.SETUP: (_to_list, _to_allow),
    P.ACTIVE: (_to_confirm, _to_allow),
    P.CLOSING_ANNOUNCED: (_to_confirm, _to_allow),
}
MAKERS: dict[P, tuple[Maker, ...]] = {
    P.SETUP: (_to_answer, _to_set_up, _to_list, _to_allow, _to_extend, _to_approve_platform),
    P.ACTIVE: (_to_confirm, _to_allow, _to_end),
    P.CLOSING_ANNOUNCED: (_to_confirm, _to_allow, _to_close, _to_post),
    P.CLOSED: (_to_look_again,),
}
CONTINUING: dict[P, tuple[Maker, ...]] = {P.ACTIVE: (_to_settle, _to_look_over)}
