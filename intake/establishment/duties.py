"""What waits for whom among requests: to complete, to consent, to answer, to decide."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, select, union_all

from intake.data.base import db
from intake.engine import duties as desks
from intake.engine import earlier_steps, tracks
from intake.engine.duties import Duty, Task
from intake.establishment import deciding, parties, queries, reasons, rules
from intake.establishment.models import Request, RequestAdmin
from intake.establishment.states import RequestState as S
from intake.establishment.workflow import WORKFLOW
from intake.people.models import Person


def of(person: Person, now: datetime, subject: Request | None = None) -> list[Duty]:
    """What waits for a person on one request, or on all."""
    requests = [subject] if subject is not None else _candidates(person, now)
    deciding.warm(requests)
    if subject is None:
        earlier_steps.recall(WORKFLOW, requests)
    desk = tracks.track(WORKFLOW.name)
    return [duty for one in requests for duty in desks.on(desk, one, person, now)]


def _candidates(person: Person, now: datetime) -> list[Request]:
    """The open requests that may have something for a person: a superset, in one query."""
    begun = (S.DRAFT, S.RETURNED, S.AWAITING_CONSENT)
    mine = select(Request.id).where(
        or_(
            and_(Request.requester_id == person.id, Request.state.in_(begun)),
            and_(Request.subject_id == person.id, Request.state == S.AWAITING_CONSENT),
        )
    )
    waiting = Request.state.in_((S.SUBMITTED, S.RETURNED))
    asked = queries.named_in(person).where(
        waiting, RequestAdmin.accepted_at.is_(None), RequestAdmin.declined_at.is_(None)
    )
    to_decide = select(Request.id).where(waiting, queries.may_decide(person, now))
    return _open(Request.id.in_(union_all(mine, asked, to_decide)))


def waiting(_now: datetime) -> list[Request]:
    """Every open request."""
    found = _open(Request.state.in_(queries.OPEN) | (Request.state == S.DRAFT))
    deciding.warm(found)
    earlier_steps.recall(WORKFLOW, found)
    return found


def _open(condition: Any) -> list[Request]:
    query = select(Request).where(condition).options(*queries.WITH)
    return list(db.session.scalars(query.order_by(Request.due_at, Request.id)))


def _to_units(_request: Request) -> str:
    return "/people/units"


def _who_asks(request: Request, _person: Person, _now: datetime) -> Any:
    return _("%(person)s asks for a profile that represents you.", person=request.requester.name)


def _who_named(request: Request, _person: Person, _now: datetime) -> Any:
    return _("%(person)s named you as an admin.", person=request.requester.name)


def _why_you(request: Request, person: Person, now: datetime) -> Any:
    why = reasons.why_you(request, person, now)
    return why[:1].upper() + why[1:]


TASKS = (
    Task(
        _l("Finish your request %(title)s"),
        _l("Continue"),
        _l("You began this request."),
        (S.DRAFT,),
        (parties.requester,),
        ("submit", "ask_consent", "save"),
        ("discard",),
        told=(-90, -7),
    ),
    Task(
        _l("Give your consent to the profile %(title)s"),
        _l("Give your consent"),
        _who_asks,
        (S.AWAITING_CONSENT,),
        (parties.subject,),
        ("consent",),
        ("decline_consent",),
        told=(-23, -7, -1),
        page="consent",
    ),
    Task(
        _l("Take your request %(title)s back and complete it"),
        _l("Take it back"),
        _l("It cannot go on as it is: something in the form is missing by now."),
        (S.AWAITING_CONSENT,),
        (parties.requester,),
        ("take_back",),
        ("withdraw",),
        when=(rules.consent_cannot_be_given,),
        told=(-23, -7),
    ),
    Task(
        _l("Answer whether you will be an admin of %(title)s"),
        _l("Answer as an admin"),
        _who_named,
        (S.SUBMITTED, S.RETURNED),
        (parties.asked_admin,),
        ("accept_part",),
        ("decline_part",),
        told=(-10, -5, 0),
        page="accept_part",
    ),
    Task(
        _l("Decide on the request %(title)s"),
        _l("Decide"),
        _why_you,
        (S.SUBMITTED,),
        (parties.decider,),
        ("approve", "return", "reject"),
        ("hand_on", "disqualify"),
        told=(-5, 0),
    ),
    Task(
        _l("Pass the request %(title)s to somebody who may decide"),
        _l("Pass it on"),
        _l("Nobody in the organisation may decide on this."),
        (S.SUBMITTED, S.RETURNED),
        (parties.free_keeper,),
        ("hand_on",),
        when=(rules.decider_is_lacking, rules.completion_is_late),
        told=(-10, -5, 0),
    ),
    Task(
        _l("Name somebody who may decide on the request %(title)s"),
        _l("Name a head"),
        _l("Nobody may decide on it, and nobody can pass it on."),
        (S.SUBMITTED, S.RETURNED),
        (parties.administrators,),
        when=(rules.nobody_may_decide, rules.completion_is_late),
        told=(-10, -5, 0),
        path=_to_units,
    ),
    Task(
        _l("See that the request %(title)s is decided on"),
        _l("Take it in hand"),
        _l("It is late, and you head the next unit up. Decide yourself, or say who does."),
        (S.SUBMITTED, S.RETURNED),
        (parties.overseer,),
        ("hand_on",),
        after=deciding.OVERSEEN,
    ),
    Task(
        _l("Complete your request %(title)s"),
        _l("Complete"),
        _l("Your supervisor asks you to complete it."),
        (S.RETURNED,),
        (parties.requester,),
        ("submit", "ask_consent", "save"),
        ("withdraw",),
        told=(-3, 0),
    ),
    Task(
        _l("Decide what becomes of the request %(title)s"),
        _l("Decide what becomes of it"),
        _l("It was not completed by the day you gave."),
        (S.RETURNED,),
        (parties.decider,),
        ("lapse",),
        when=(rules.completion_time_is_over,),
        page="",
    ),
)
