"""Who, in relation to a request: one vocabulary for who may act and who is told."""

from collections.abc import Iterable
from datetime import datetime

from intake.engine.table import Party
from intake.establishment import deciding, queries
from intake.establishment.models import Request
from intake.people import queries as people
from intake.people.models import Person, Role


def _active(ids: Iterable[str | None]) -> list[Person]:
    found = (people.active_person(person_id) for person_id in ids if person_id)
    return [person for person in found if person is not None]


def _staff(_request: Request, _now: datetime) -> list[Person]:
    return people.active_people()


def _requester(request: Request, _now: datetime) -> list[Person]:
    return _active([request.requester_id])


def _subject(request: Request, _now: datetime) -> list[Person]:
    return _active([request.subject_id])


def _admins(request: Request, _now: datetime) -> list[Person]:
    """Of the version sent last; who declined is no admin any more."""
    return [
        admin.person
        for admin in deciding.facts(request).admins
        if admin.declined_at is None and admin.person.is_active
    ]


def _asked_admin(request: Request, _now: datetime) -> list[Person]:
    return [
        admin.person
        for admin in deciding.facts(request).admins
        if admin.accepted_at is None and admin.declined_at is None and admin.person.is_active
    ]


def _keepers(_request: Request, _now: datetime) -> list[Person]:
    return people.holders(Role.KEEPER)


def _keepers_of_sent(request: Request, now: datetime) -> list[Person]:
    """A draft that was never sent is its writer's own."""
    return _keepers(request, now) if request.version else []


def _decider_desk(request: Request, now: datetime) -> list[Person]:
    return deciding.deciders_of(request, now) or deciding.free_keepers(request, now)


def _administrators(_request: Request, _now: datetime) -> list[Person]:
    return people.holders(Role.ADMINISTRATOR)


def _former_decider(request: Request, _now: datetime) -> list[Person]:
    """Whom we told last: the calendar may have moved the decision away from them already."""
    return _active([request.acting_id])


def _passed_over(request: Request, now: datetime) -> list[Person]:
    found = deciding.passed_over(request, now)
    return [] if found is None else [found]


def _stood_in_for(request: Request, _now: datetime) -> list[Person]:
    """The holder of the office, when somebody else has decided in their place (A3)."""
    decision = queries.newest_decision(request.id)
    if decision is None or decision.for_id == decision.by_id:
        return []
    return _active([decision.for_id])


staff = Party("staff", _staff)
requester = Party("requester", _requester)
subject = Party("subject", _subject)
administrators = Party("administrators", _administrators)
admins = Party("admins", _admins)
asked_admin = Party("asked_admin", _asked_admin)
decider = Party("decider", deciding.deciders_of)
decider_desk = Party("decider_desk", _decider_desk)
free_keeper = Party("free_keeper", deciding.free_keepers)
keepers = Party("keepers", _keepers)
keepers_of_sent = Party("keepers_of_sent", _keepers_of_sent)
other_heads = Party("other_heads", deciding.other_heads)
passed_over = Party("passed_over", _passed_over)
former_decider = Party("former_decider", _former_decider, earlier=True)
stood_in_for = Party("stood_in_for", _stood_in_for)
overseer = Party("overseer", deciding.overseers)
