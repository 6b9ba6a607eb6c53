"""What is kept when a request is sent: a frozen version, its columns, who may never decide on it,
and who does."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from intake.data.base import db, insert, random_id
from intake.engine import tracks
from intake.engine.table import Outcome
from intake.establishment import answers, deciding, queries
from intake.establishment.answers import Answers
from intake.establishment.models import Conflict, Reader, Request, RequestAdmin, Version
from intake.handbook import queries as handbook
from intake.people.models import Person, Unit

REFERENCE = "PP"


def note_readers(request: Request, now: datetime) -> None:
    """Whoever is told in their office may go on reading, also when the office has passed on."""
    if request.state not in queries.OPEN:
        return
    offices = [
        *deciding.deciders_of(request, now),
        deciding.passed_over(request, now),
        *deciding.other_heads(request, now),
    ]
    _add_once(Reader, request, [person for person in offices if person is not None])


def _add_once(
    model: type[Reader] | type[Conflict], request: Request, people: Iterable[Any], **more: Any
) -> None:
    for person_id in dict.fromkeys(getattr(person, "id", person) for person in people):
        row = {"id": random_id(), "request_id": request.id, "person_id": person_id, **more}
        db.session.execute(insert(model.__table__).values(**row).on_conflict_do_nothing())
    deciding.facts_of().pop(request.id, None)


def bar(request: Request, people: Iterable[Any], why: str) -> None:
    """Let people never decide on this request (A1): rows that only grow."""
    _add_once(Conflict, request, people, why=why)


def fill_columns(request: Request, read: Answers) -> None:
    """What lists and rules go by, as far as it can be read from the draft."""
    request.name = (read.name or "")[:100]
    request.platform = handbook.platform(read.platform) if read.platform else None
    request.unit = db.session.get(Unit, read.unit_id) if read.unit_id else None
    request.subject = db.session.get(Person, read.subject_id) if read.subject_id else None
    request.key = read.key if read.key and len(read.key) <= 300 else None
    db.session.flush()


def freeze(request: Request, actor: Any, now: datetime) -> Outcome:
    """Make a numbered version of what is sent, and route it."""
    read = answers.read(request.kind, request.draft)
    earlier = {admin.person_id: admin for admin in deciding.facts(request).admins}
    request.version += 1
    request.reference = request.reference or tracks.next_reference(REFERENCE, now)
    request.complete_by = None
    fill_columns(request, read)
    version = Version(
        id=random_id(),
        request_id=request.id,
        number=request.version,
        answers=request.draft,
        digest=answers.digest(request.draft),
        sent_at=now,
        by_id=actor.id,
    )
    db.session.add(version)
    db.session.flush()
    for place, admin in enumerate(read.admins):
        db.session.add(_admin(version, place, admin, earlier.get(admin.person_id), actor, now))
    db.session.flush()
    bar(request, [request.requester_id], "requester")
    bar(request, [actor], "typist")
    bar(request, [admin.person_id for admin in read.admins], "admin")
    bar(request, [read.subject_id] if read.subject_id else [], "subject")
    request.named_id = read.supervisor_id
    route(request, now)
    return Outcome({"version": version.id, "number": version.number})


def _admin(
    version: Version,
    place: int,
    admin: Any,
    earlier: RequestAdmin | None,
    actor: Any,
    now: datetime,
) -> RequestAdmin:
    """Who sends the request has agreed to what they name themself for; so has who agreed before."""
    agreed = now if admin.person_id == actor.id else earlier and earlier.accepted_at
    return RequestAdmin(
        version_id=version.id,
        place=place,
        person_id=admin.person_id,
        task=admin.task,
        hours_update=admin.hours_update,
        hours_interaction=admin.hours_interaction,
        lead=admin.lead,
        accepted_at=agreed,
    )


def route(request: Request, now: datetime) -> dict[str, Any]:
    """Keep who decides and why; the time that this was last told."""
    found = deciding.route_of(request, now)
    before = request.acting_id
    request.decider_id = found.holder.id if found.holder else None
    request.acting_id = found.acting.id if found.acting else None
    request.why = [[reason.code, reason.unit, reason.person] for reason in found.why]
    return {"before": before, "decider": request.decider_id, "acting": request.acting_id}
