"""What is held of somebody in the town's service, or who was: by section, each of rows."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from intake.data.base import db
from intake.engine import tracks
from intake.establishment.models import Consent, Decision, Request, RequestAdmin, Version
from intake.handbook.models import TRAININGS, Acknowledgement, Training
from intake.people.models import Absence, LinkToken, Person, Proposal, RoleGrant, Session, Unit
from intake.profiles.models import Profile, ProfileAdmin
from intake.retention import words

Rows = list[dict[str, Any]]


def of(person: Person) -> Iterator[tuple[str, Rows]]:
    """Every section, by its code."""
    yield "person", [_person(person)]
    yield "role", _roles(person)
    yield "office", _offices(person)
    yield "absence", _absences(person)
    yield "handbook", _handbook(person)
    yield "session", _sessions(person)
    yield "request", _requests(person)
    yield "consent", _consents(person)
    yield "profile", _profiles(person)


def _person(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "title": person.title,
        "unit": person.unit.name_fi if person.unit else "",
        "language": person.language,
        "since": person.created_at,
        "until": person.ended_at,
    }


def _roles(person: Person) -> Rows:
    held = select(RoleGrant).where(RoleGrant.person_id == person.id)
    proposed = select(Proposal).where(Proposal.person_id == person.id)
    rows: Rows = [
        {"what": str(one.label), "since": one.created_at, "until": one.ended_at}
        for one in db.session.scalars(held.order_by(RoleGrant.created_at))
    ]
    return rows + [
        {"what": str(one.label), "since": one.created_at, "state": _state("grant", one)}
        for one in db.session.scalars(proposed.order_by(Proposal.created_at))
    ]


def _offices(person: Person) -> Rows:
    query = select(Unit).where(or_(Unit.head_id == person.id, Unit.deputy_id == person.id))
    return [
        {"unit": one.name_fi, "part": _part("head" if one.head_id == person.id else "deputy")}
        for one in db.session.scalars(query)
    ]


def _absences(person: Person) -> Rows:
    mine = or_(Absence.person_id == person.id, Absence.deputy_id == person.id)
    query = select(Absence).where(mine).order_by(Absence.begins)
    return [
        {
            "part": _part("absent" if one.person_id == person.id else "deputy"),
            "since": one.begins,
            "until": one.until,
            "cancelled": one.cancelled_at,
        }
        for one in db.session.scalars(query)
    ]


def _handbook(person: Person) -> Rows:
    read = select(Acknowledgement).where(Acknowledgement.person_id == person.id)
    had = select(Training).where(Training.person_id == person.id).order_by(Training.held_on)
    rows: Rows = [
        {"what": str(_("Guidelines")), "number": one.number, "at": one.at}
        for one in db.session.scalars(read)
    ]
    return rows + [
        {"what": str(TRAININGS[one.kind]), "at": one.held_on, "until": one.until}
        for one in db.session.scalars(had)
    ]


def _sessions(person: Person) -> Rows:
    was = select(Session).where(Session.person_id == person.id).order_by(Session.created_at)
    sent = select(LinkToken).where(LinkToken.person_id == person.id).order_by(LinkToken.created_at)
    rows: Rows = [
        {"what": one.browser or "", "at": one.created_at, "until": one.ended_at or one.ends_at}
        for one in db.session.scalars(was)
    ]
    return rows + [
        {"what": one.purpose.value, "at": one.created_at, "until": one.used_at or one.ends_at}
        for one in db.session.scalars(sent)
    ]


def _requests(person: Person) -> Rows:
    named = (
        select(Version.request_id)
        .join(RequestAdmin, RequestAdmin.version_id == Version.id)
        .where(RequestAdmin.person_id == person.id)
    )
    decided = select(Decision.request_id).where(
        or_(Decision.by_id == person.id, Decision.for_id == person.id)
    )
    parts = {
        "requester": Request.requester_id == person.id,
        "subject": Request.subject_id == person.id,
        "admin": Request.id.in_(named),
        "decider": or_(
            Request.decider_id == person.id, Request.acting_id == person.id, Request.id.in_(decided)
        ),
    }
    return [
        {
            "reference": one.reference or "",
            "name": one.name,
            "part": _part(part),
            "state": _state("request", one),
            "at": one.created_at,
        }
        for part, condition in parts.items()
        for one in db.session.scalars(select(Request).where(condition).order_by(Request.created_at))
    ]


def _consents(person: Person) -> Rows:
    query = select(Consent).where(Consent.person_id == person.id).order_by(Consent.given_at)
    return [
        {"what": one.text, "at": one.given_at, "until": one.withdrawn_at}
        for one in db.session.scalars(query)
    ]


def _profiles(person: Person) -> Rows:
    query = select(Profile).where(Profile.subject_id == person.id).order_by(Profile.created_at)
    rows: Rows = [
        {
            "name": one.name,
            "part": _part("subject"),
            "state": _state("profile", one),
            "at": one.created_at,
        }
        for one in db.session.scalars(query)
    ]
    runs = (
        select(ProfileAdmin, Profile)
        .join(Profile, Profile.id == ProfileAdmin.profile_id)
        .where(ProfileAdmin.person_id == person.id)
        .order_by(ProfileAdmin.since)
    )
    return rows + [
        {
            "name": profile.name,
            "part": _part("admin"),
            "task": one.task,
            "hours": str(one.hours_update + one.hours_interaction),
            "since": one.since,
            "until": one.until,
        }
        for one, profile in db.session.execute(runs)
    ]


def _part(code: str) -> str:
    return str(words.PARTS[code])


def _state(track: str, subject: Any) -> str:
    """The state of a subject as people read it."""
    one = tracks.track(track)
    state = one.workflow.state_of(subject)
    return str(one.words.states[state].text) if state is not None else ""
