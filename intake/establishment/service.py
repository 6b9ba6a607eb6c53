"""The verbs of a request: start, save, and every step of its table."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.table import CLOCK, Effect, Step
from intake.establishment import answers, consents, deciding, opening, queries, sending
from intake.establishment.models import (
    Conflict,
    Consent,
    Decision,
    DecisionKind,
    Reader,
    Remark,
    Request,
    RequestAdmin,
    Version,
)
from intake.establishment.states import RequestState as S
from intake.establishment.track import TRACK
from intake.handbook import queries as handbook
from intake.people.models import Person
from intake.profiles import service as profiles
from intake.profiles.models import ProfileKind
from intake.refusals import Refused, Stale

TYPE = "type"  # the page that makes the request one of the other kind
Pages = dict[str, dict[str, list[str]]]


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
    row = audit_trail.perform(
        TRACK, request, step, actor, now, seen=seen, effect=EFFECTS.get(step), **given
    )
    if row.to is not None:
        sending.note_readers(request, now)
    return row


def person_leaves(person: Person, by: Any, now: datetime) -> None:
    """What ends in this room when a person leaves the town's service: their drafts are erased,
    what cannot go on without them as requester or expert is withdrawn, and they are no admin of
    what others have asked for (P1, E0)."""
    for request in queries.of_leaver(person):
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


def _save(
    request: Request,
    _actor: Any,
    now: datetime,
    *,
    page: str,
    values: dict[str, list[str]],
    typed_on: int | None,
) -> dict[str, Any]:
    if typed_on is not None and typed_on != request.revision:
        raise Stale
    before = request.draft.get(page, {})
    if page == TYPE:
        request.kind = ProfileKind(values["profile_type"][0])
        request.draft = answers.switched(request.kind, request.draft)
    else:
        request.draft = {**request.draft, page: values}
    request.edited_at = now
    request.revision += 1
    if request.state == S.DRAFT:  # what was sent stays in the columns until it is sent again
        sending.fill_columns(request, answers.read(request.kind, request.draft))
    names = sorted(name for name in before | values if before.get(name) != values.get(name))
    return {"page": page, "fields": names}


def _reroute(request: Request, _actor: Any, now: datetime, **_given: Any) -> dict[str, Any]:
    return sending.route(request, now)


def _consent(request: Request, actor: Any, now: datetime, *, consent_text: str) -> dict[str, Any]:
    guidelines = handbook.current_guidelines()
    consent = Consent(
        id=random_id(),
        request_id=request.id,
        version=request.version,
        person_id=actor.id,
        text=consent_text,
        guideline_version=guidelines.number if guidelines else 0,
        matter=consents.matter_of(request),
        given_at=now,
    )
    db.session.add(consent)
    for admin in deciding.facts(request).admins:
        if admin.person_id == actor.id:
            admin.accepted_at = now
    db.session.flush()
    sending.route(request, now)
    return {"consent": consent.id, "number": request.version}


def _withdraw_consent(request: Request, actor: Any, now: datetime, **_given: Any) -> dict[str, Any]:
    ended = db.session.scalars(
        select(Consent).where(
            Consent.request_id == request.id,
            Consent.person_id == actor.id,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    for consent in ended:
        consent.withdrawn_at = now
    return {"consents": [consent.id for consent in ended]}


def _accept_part(request: Request, actor: Any, now: datetime, **_given: Any) -> dict[str, Any]:
    return _answer_part(request, actor.id, accepted_at=now)


def _decline_part(request: Request, actor: Any, now: datetime, **_given: Any) -> dict[str, Any]:
    return _answer_part(request, actor.id, declined_at=now)


def _admin_leaves(
    request: Request, _actor: Any, now: datetime, *, person_id: str
) -> dict[str, Any]:
    return _answer_part(request, person_id, declined_at=now)


def _answer_part(request: Request, person_id: str, **when: datetime) -> dict[str, Any]:
    admin = next(line for line in deciding.facts(request).admins if line.person_id == person_id)
    for name, moment in when.items():
        setattr(admin, name, moment)
    db.session.flush()
    return {"version": admin.version_id}


def _hand_on(
    request: Request, actor: Any, now: datetime, *, new_decider: str, **_given: Any
) -> dict[str, Any]:
    if actor in deciding.deciders_of(request, now):  # a keeper who hands it on has decided nothing
        sending.bar(request, [actor], "handed_on")
    request.handed_to_id = new_decider
    request.hand_ons += 1
    return sending.route(request, now)


def _disqualify(request: Request, actor: Any, now: datetime, **_given: Any) -> dict[str, Any]:
    sending.bar(request, [actor], "disqualified")
    return sending.route(request, now)


def _decide(
    request: Request, kind: DecisionKind, actor: Any, now: datetime, **columns: Any
) -> Decision:
    holder = deciding.route_of(request, now).holder
    decision = Decision(
        id=random_id(),
        request_id=request.id,
        version=request.version,
        kind=kind,
        by_id=actor.id,
        for_id=holder.id if holder else actor.id,
        at=now,
        **columns,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _return(
    request: Request,
    actor: Any,
    now: datetime,
    *,
    complete_by: str,
    remarks: dict[str, str] | None = None,
    **_given: Any,
) -> dict[str, Any]:
    decision = _decide(request, DecisionKind.RETURNED, actor, now)
    request.complete_by = date.fromisoformat(complete_by)
    written = {page: text for page, text in (remarks or {}).items() if text}
    db.session.add_all(
        Remark(request_id=request.id, version=request.version, page=page, text=text)
        for page, text in written.items()
    )
    return {"decision": decision.id, "pages": sorted(written), "until": complete_by}


def _approve(request: Request, actor: Any, now: datetime, **given: Any) -> dict[str, Any]:
    decision = _decide(
        request,
        DecisionKind.APPROVED,
        actor,
        now,
        reason=given.get("reason") or "",
        conditions=list(given.get("conditions") or ()),
        training_reason=given.get("training_reason") or "",
    )
    profile = profiles.open_profile(opening.decided(request, decision), actor, now)
    return {"decision": decision.id, "profile": profile.id, "number": request.version}


def _reject(
    request: Request, actor: Any, now: datetime, *, reason: str, contact_person: str
) -> dict[str, Any]:
    decision = _decide(
        request, DecisionKind.REJECTED, actor, now, reason=reason, contact=contact_person
    )
    return {"decision": decision.id, "number": request.version}


def _lapse(request: Request, actor: Any, now: datetime, *, reason: str = "") -> dict[str, Any]:
    decision = _decide(request, DecisionKind.LAPSED, actor, now, reason=reason)
    return {"decision": decision.id, "number": request.version}


def _discard(request: Request, _actor: Any, _now: datetime, **_given: Any) -> None:
    """Erase a draft with all that hangs on it; the trail keeps that it was."""
    versions = select(Version.id).where(Version.request_id == request.id)
    db.session.execute(delete(RequestAdmin).where(RequestAdmin.version_id.in_(versions)))
    for model in (Version, Conflict, Reader, Consent, Remark, Decision):
        db.session.execute(delete(model).where(model.request_id == request.id))
    db.session.delete(request)


EFFECTS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "save": _save,
    "submit": sending.freeze,
    "ask_consent": sending.freeze,
    "consent": _consent,
    "withdraw_consent": _withdraw_consent,
    "accept_part": _accept_part,
    "decline_part": _decline_part,
    "admin_leaves": _admin_leaves,
    "hand_on": _hand_on,
    "disqualify": _disqualify,
    "reroute": _reroute,
    "return": _return,
    "approve": _approve,
    "reject": _reject,
    "lapse": _lapse,
    "discard": _discard,
}
