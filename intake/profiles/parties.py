"""Who may and who is told, in relation to a profile or to one of its addresses."""

from datetime import datetime
from typing import Any

from intake.data.base import db
from intake.engine.table import Party, People
from intake.people import queries as people
from intake.people import town
from intake.people.models import Person, Role
from intake.profiles import queries
from intake.profiles.change.models import Change, ChangeKind, Handover
from intake.profiles.models import Address, Profile, ProfileKind

Subject = Profile | Address | Change | Handover


def profile_of(subject: Subject) -> Profile:
    """The profile itself, or the one an address belongs to."""
    if isinstance(subject, Profile):
        return subject
    return db.session.get_one(Profile, subject.profile_id)


def _admins(subject: Subject, _now: datetime) -> list[Person]:
    return [admin.person for admin in profile_of(subject).current_admins]


def _lead_admin(subject: Subject, _now: datetime) -> list[Person]:
    """The lead; the first who remains where the lead has gone."""
    running = profile_of(subject).current_admins
    return [admin.person for admin in sorted(running, key=lambda line: not line.lead)[:1]]


def _asked_admin(subject: Subject, _now: datetime) -> list[Person]:
    running = profile_of(subject).current_admins
    return [admin.person for admin in running if admin.accepted_at is None]


def _subject(subject: Subject, _now: datetime) -> list[Person]:
    expert = profile_of(subject).subject
    return [expert] if expert is not None and expert.is_active else []


def _supervisor(subject: Subject, now: datetime) -> list[Person]:
    """Who decides today; where nobody in the organisation may, the keepers who are not involved."""
    profile = profile_of(subject)
    found = queries.supervisor(profile, now)
    if found is not None:
        return [found]
    involved = {admin.person_id for admin in profile.current_admins} | {profile.subject_id}
    return [keeper for keeper in queries.keepers() if keeper.id not in involved]


def _overseers(subject: Subject, now: datetime) -> list[Person]:
    return queries.overseers(profile_of(subject), subject.due_at, now)


def _willing(subject: Subject, _now: datetime) -> list[Person]:
    """The admins who have agreed to be one."""
    running = profile_of(subject).current_admins
    return [admin.person for admin in running if admin.accepted_at is not None]


def _unstated(subject: Subject, _now: datetime) -> list[Person]:
    """Those of them who have not said which right they hold."""
    running = profile_of(subject).current_admins
    return [one.person for one in running if one.accepted_at and one.stated_at is None]


def _stated(subject: Subject, _now: datetime) -> list[Person]:
    """Those of them who have."""
    running = profile_of(subject).current_admins
    return [one.person for one in running if one.accepted_at and one.stated_at is not None]


def _allowers(subject: Subject, now: datetime) -> list[Person]:
    """Who decides on the profile, where its typed address is not the decided one."""
    profile = profile_of(subject)
    keys = {line.key for line in profile.typed}
    if not profile.decided_key or not keys or profile.decided_key in keys:
        return []
    return _supervisor(subject, now)


def _unsafe(subject: Subject, _now: datetime) -> list[Person]:
    """Those of them who sign in without a second factor, or whose recovery is private (G9)."""
    return [one.person for one in profile_of(subject).current_admins if one.is_unsafe]


def _administrators(_subject: Any, _now: datetime) -> list[Person]:
    return people.holders(Role.ADMINISTRATOR)


def _keepers(_subject: Any, _now: datetime) -> list[Person]:
    return queries.keepers()


def _confirmers(subject: Subject, now: datetime) -> list[Person]:
    """Never who typed the address; of an office profile another admin or a keeper, of an expert's
    the supervisor or a keeper, never the expert (A9)."""
    profile = profile_of(subject)
    without = {line.typed_by_id for line in profile.typed}
    if isinstance(subject, Address):
        without.add(subject.typed_by_id)
    if profile.kind is ProfileKind.OFFICE:
        found = _admins(subject, now)
    else:
        found = _supervisor(subject, now)
        without.add(profile.subject_id or "")
    return [
        person for person in dict.fromkeys([*found, *queries.keepers()]) if person.id not in without
    ]


def _handlers(_subject: Any, _now: datetime) -> list[Person]:
    return people.holders(Role.HANDLER)


def _second_clearers(subject: Subject, now: datetime) -> list[Person]:
    """A keeper or the supervisor who neither set the alarm nor proposed clearing it (A54)."""
    profile = profile_of(subject)
    first = {profile.alarm_by_id, profile.clearing_by_id}
    found = dict.fromkeys([*queries.keepers(), *_supervisor(subject, now)])
    return [person for person in found if person.id not in first]


def _incoming_admin(change: Change, _now: datetime) -> list[Person]:
    """Who becomes an admin by a change."""
    person = db.session.get(Person, change.person_id) if change.person_id else None
    return [person] if person is not None and person.is_active else []


def _proposer(change: Change, _now: datetime) -> list[Person]:
    person = db.session.get(Person, change.by_id)
    return [person] if person is not None and person.is_active else []


def _change_decider(change: Change, now: datetime) -> list[Person]:
    """Who decides on the profile, or in the unit that takes it over; never who becomes an admin
    by it, so where that is the one who would decide, the next one up (A2)."""
    if not change.is_decided_on:
        return []
    profile = profile_of(change)
    incoming = _incoming_admin(change, now)
    unit = change.unit_id if change.what is ChangeKind.UNIT else None
    found = queries.supervisor(profile, now, unit_id=unit, beside=incoming)
    if found is not None:
        return [found]
    involved = {one.person_id for one in profile.current_admins} | {profile.subject_id}
    involved |= {person.id for person in incoming}
    return [keeper for keeper in queries.keepers() if keeper.id not in involved]


def _second_person(change: Change, now: datetime) -> list[Person]:
    """Of what the supervisor need not decide on: another admin or a keeper, of an expert profile
    the supervisor or a keeper."""
    if change.is_decided_on:
        return []
    is_office = profile_of(change).kind is ProfileKind.OFFICE
    found = _admins(change, now) if is_office else _supervisor(change, now)
    people_ = dict.fromkeys([*found, *queries.keepers()])
    return [person for person in people_ if person.id != change.by_id]


def _asked_to_check(row: Handover, now: datetime) -> list[Person]:
    """The admins who stay, and the supervisor; never who went."""
    found = dict.fromkeys([*_admins(row, now), *_supervisor(row, now)])
    return [person for person in found if person.id != row.person_id]


def _checker(row: Handover, now: datetime) -> list[Person]:
    found = dict.fromkeys([*_asked_to_check(row, now), *queries.keepers()])
    return [person for person in found if person.id != row.person_id]


def _contact(name: str) -> People:
    return lambda _subject, _now: [found] if (found := town.contact(name)) else []


def _dpo(subject: Subject, now: datetime) -> list[town.Contact]:
    """Only where messages that others wrote may be read: the profile took private messages."""
    took = profile_of(subject).texts.get("private_messages") == "answered"
    return list(_contact("dpo_contact")(subject, now)) if took else []


admins = Party("admins", _admins)
willing_admin = Party("willing_admin", _willing)
unstated_admin = Party("unstated_admin", _unstated)
stated_admin = Party("stated_admin", _stated)
allower = Party("allower", _allowers)
unsafe_admin = Party("unsafe_admin", _unsafe)
administrators = Party("administrators", _administrators)
overseer = Party("overseer", _overseers)
handler = Party("handler", _handlers)
second_clearer = Party("second_clearer", _second_clearers)
it_contact = Party("it_contact", _contact("it_contact"))
dpo_contact = Party("dpo_contact", _dpo)
lead_admin = Party("lead_admin", _lead_admin)
asked_admin = Party("asked_admin", _asked_admin)
subject = Party("subject", _subject)
supervisor = Party("supervisor", _supervisor)
keeper = Party("keeper", _keepers)
keepers = Party("keepers", _keepers)
incoming_admin = Party("incoming_admin", _incoming_admin)
proposer = Party("proposer", _proposer)
change_decider = Party("change_decider", _change_decider)
second_person = Party("second_person", _second_person)
asked_to_check = Party("asked_to_check", _asked_to_check)
checker = Party("checker", _checker)
confirmer = Party("confirmer", _confirmers)
confirmers = Party("confirmers", _confirmers)
