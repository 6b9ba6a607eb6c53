"""The verbs of a request: start, save, and every step of its table."""

from datetime import datetime
from typing import Any

from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine import audit_trail, legal_hold
from intake.engine.table import CLOCK, Effect, Step
from intake.engine.tracks import Track
from intake.establishment import duties, queries, sending, words
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.establishment.workflow import WORKFLOW
from intake.people.models import Person
from intake.profiles.models import ProfileKind
from intake.refusals import Refused


def start(requester: Person, kind: ProfileKind, now: datetime) -> Request:
    """Begin a request (O1, P1, P2)."""
    request = Request(
        id=random_id(), kind=kind, requester_id=requester.id, edited_at=now, draft={}, revision=0
    )
    take(request, "start", requester, now)
    return request


def save(
    request: Request,
    actor: Person,
    page: str,
    values: dict[str, list[str]],
    now: datetime,
    seen: int | None,
) -> Request:
    """Keep what was typed on a page of the form, mistakes included. Saving the same again changes
    nothing; raises Stale where the request has changed since `seen`."""
    TRACK.workflow.check("save", request, actor, now)
    if request.draft.get(page) != values:
        take(request, "save", actor, now, page=page, values=values, typed_on=seen)
    return request


def take(
    request: Request,
    step: str,
    actor: Any,
    now: datetime,
    *,
    seen: int | None = None,
    **given: Any,
) -> Step:
    """Take a step of the table: the one caller of `perform` for requests."""
    row = audit_trail.perform(TRACK, request, step, actor, now, seen=seen, **given)
    if row.to is not None:
        sending.note_readers(request, now)
    return row


def person_leaves(person: Person, by: Any, now: datetime) -> None:
    """What ends in this room when a person leaves the town's service: their drafts are erased,
    what cannot go on without them as requester or expert is withdrawn, and they are no admin of
    what others have asked for (P1, E0)."""
    for request in queries.of_leaver(person):
        if request.state == S.DRAFT and legal_hold.is_held(request, now):
            continue  # the clock erases it when the hold is lifted
        if request.state == S.DRAFT:
            take(request, "discard", Effect(by), now)
        elif person.id in (request.requester_id, request.subject_id):
            take(request, "employment_ends", Effect(by), now)
        else:
            take(request, "admin_leaves", Effect(by), now, person_id=person.id)


def reroute_all(now: datetime, cause: Any = None) -> int:
    """Tell where somebody else decides than whom we told last; how many moved. By time, or as the
    effect of what `cause` has just done (inside their write)."""
    changed = [one.id for one in queries.still_open() if _has_moved(one, now)]
    for request_id in changed:
        if cause is not None:
            take(db.session.get_one(Request, request_id), "reroute", Effect(cause), now)
        else:
            _reroute_by_clock(request_id, now)
    return len(changed)


def reroute_job(now: datetime) -> None:
    """Once a day, when absences begin and end; other changes are followed at once."""
    reroute_all(now)


def _reroute_by_clock(request_id: str, now: datetime) -> None:
    try:
        with write():
            request = db.session.get(Request, request_id)
            if request is not None and _has_moved(request, now):
                take(request, "reroute", CLOCK, now)
    except Refused:  # somebody decided in the meantime
        db.session.rollback()


def _has_moved(request: Request, now: datetime) -> bool:
    row = TRACK.workflow.rows.get(("reroute", request.state))
    return row is not None and all(condition(request, now) for condition in row.when)


TRACK = Track(
    workflow=WORKFLOW,
    model=Request,
    take=take,
    title=words.title,
    address=words.address,
    words=words.WORDS,
    duties=duties.of,
    tasks=duties.TASKS,
    waiting=duties.waiting,
    thing=words.thing,
)
