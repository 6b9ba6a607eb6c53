"""What waits for a person among requests: to complete, to consent, to answer, to decide."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select, union_all

from intake import clock
from intake.data.base import db
from intake.engine.tracks import Duty
from intake.establishment import deciding, parties, queries, reasons, words
from intake.establishment.models import Request, RequestAdmin
from intake.establishment.states import RequestState as S
from intake.people.models import Person

Maker = Callable[[Request, Person, datetime], Duty | None]


def duties(person: Person, now: datetime, subject: Request | None = None) -> list[Duty]:
    """What waits for a person on one request, or on all."""
    requests = [subject] if subject is not None else _candidates(person, now)
    deciding.warm(requests)
    return [duty for request in requests for duty in _of(request, person, now)]


def _candidates(person: Person, now: datetime) -> list[Request]:
    """The open requests that may have something for a person: a superset, in one query."""
    mine = select(Request.id).where(
        or_(
            and_(Request.requester_id == person.id, Request.state.in_((S.DRAFT, S.RETURNED))),
            and_(Request.subject_id == person.id, Request.state == S.AWAITING_CONSENT),
        )
    )
    waiting = Request.state.in_((S.SUBMITTED, S.RETURNED))
    asked = queries.named_in(person).where(
        waiting, RequestAdmin.accepted_at.is_(None), RequestAdmin.declined_at.is_(None)
    )
    to_decide = select(Request.id).where(waiting, queries.may_decide(person, now))
    query = select(Request).where(Request.id.in_(union_all(mine, asked, to_decide)))
    query = query.options(*queries.WITH)
    return list(db.session.scalars(query.order_by(Request.due_at, Request.id)))


def _of(request: Request, person: Person, now: datetime) -> Iterator[Duty]:
    for maker in MAKERS.get(request.state, ()):
        duty = maker(request, person, now)
        if duty is not None:
            yield duty


def _duty(request: Request, step: str, verb: Any, why: Any) -> Duty:
    path = words.address(request) + (f"/{step}" if step else "")
    return Duty(verb, words.title(request), why, request.due_at, path, request)


def _to_finish(request: Request, person: Person, _now: datetime) -> Duty | None:
    if person.id != request.requester_id:
        return None
    if request.state == S.RETURNED:
        return _duty(request, "", _("Complete"), _("Your supervisor asks you to complete it."))
    return _duty(request, "", _("Continue"), _("You began this request."))


def _to_consent(request: Request, person: Person, _now: datetime) -> Duty | None:
    if person.id != request.subject_id:
        return None
    requester = request.requester.name
    why = _("%(person)s asks for a profile that represents you.", person=requester)
    return _duty(request, "consent", _("Give your consent"), why)


def _to_accept(request: Request, person: Person, now: datetime) -> Duty | None:
    if person not in parties.asked_admin.people(request, now):
        return None
    why = _("%(person)s named you as an admin.", person=request.requester.name)
    return _duty(request, "accept_part", _("Answer as an admin"), why)


def _to_decide(request: Request, person: Person, now: datetime) -> Duty | None:
    if person not in parties.decider_desk.people(request, now):
        return None
    if person in parties.decider.people(request, now):
        why = reasons.why_you(request, person, now)
        return _duty(request, "", _("Decide"), why[:1].upper() + why[1:])
    why = _("Nobody in the organisation may decide on this.")
    return _duty(request, "hand_on", _("Pass it on"), why)


def _to_lapse(request: Request, person: Person, now: datetime) -> Duty | None:
    late = request.complete_by is not None and request.complete_by < clock.today(now)
    if not late or person not in parties.decider.people(request, now):
        return None
    why = _("It was not completed by the day you gave.")
    return _duty(request, "", _("Decide what becomes of it"), why)


MAKERS: dict[S | None, tuple[Maker, ...]] = {
    S.DRAFT: (_to_finish,),
    S.AWAITING_CONSENT: (_to_consent,),
    S.SUBMITTED: (_to_accept, _to_decide),
    S.RETURNED: (_to_finish, _to_accept, _to_lapse),
}
