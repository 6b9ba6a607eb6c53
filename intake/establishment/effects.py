"""What the steps of a request do, called by `perform` alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from intake.data.base import db, random_id
from intake.engine import audit_trail
from intake.engine.table import Outcome
from intake.establishment import answers, consents, deciding, erasure, opening, sending
from intake.establishment.models import (
    Consent,
    Decision,
    DecisionKind,
    Remark,
    Request,
)
from intake.establishment.states import RequestState as S
from intake.handbook import queries as handbook
from intake.profiles import service as profiles
from intake.profiles.models import ProfileKind
from intake.refusals import Stale

TYPE = "type"  # the page that makes the request one of the other kind


def save(
    request: Request,
    _actor: Any,
    now: datetime,
    *,
    page: str,
    values: dict[str, list[str]],
    typed_on: int | None,
) -> Outcome:
    """Keep what was typed on a page of the form, mistakes included; raises Stale where the request
    has changed since it was typed."""
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
    return Outcome({"page": page, "fields": names})


def reroute(request: Request, _actor: Any, now: datetime) -> Outcome:
    """Keep who decides now."""
    return Outcome(sending.route(request, now))


def consent(request: Request, actor: Any, now: datetime, *, consent_text: str) -> Outcome:
    """The expert's own consent to this very matter (E2); who decides is told next."""
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
    return Outcome({"consent": consent.id, "number": request.version})


def withdraw_consent(request: Request, actor: Any, now: datetime) -> Outcome:
    """The expert takes the consent back (E2)."""
    ended = db.session.scalars(
        select(Consent).where(
            Consent.request_id == request.id,
            Consent.person_id == actor.id,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    for consent in ended:
        consent.withdrawn_at = now
    return Outcome({"consents": [consent.id for consent in ended]})


def accept_part(request: Request, actor: Any, now: datetime) -> Outcome:
    """A named admin agrees (P1)."""
    return _answer_part(request, actor.id, accepted_at=now)


def decline_part(request: Request, actor: Any, now: datetime) -> Outcome:
    """A named admin declines (P1)."""
    return _answer_part(request, actor.id, declined_at=now)


def admin_leaves(request: Request, _actor: Any, now: datetime, *, person_id: str) -> Outcome:
    """A named admin has left the town's service."""
    return _answer_part(request, person_id, declined_at=now)


def _answer_part(
    request: Request,
    person_id: str,
    *,
    accepted_at: datetime | None = None,
    declined_at: datetime | None = None,
) -> Outcome:
    admin = next(line for line in deciding.facts(request).admins if line.person_id == person_id)
    admin.accepted_at, admin.declined_at = (
        accepted_at or admin.accepted_at,
        declined_at or admin.declined_at,
    )
    db.session.flush()
    return Outcome({"version": admin.version_id})


def hand_on(
    request: Request,
    actor: Any,
    now: datetime,
    *,
    new_decider: str,
) -> Outcome:
    """Somebody else decides; whoever passed it on never will (A4)."""
    if actor in deciding.deciders_of(request, now):  # a keeper who hands it on has decided nothing
        sending.bar(request, [actor], "handed_on")
    request.handed_to_id = new_decider
    request.hand_ons += 1
    return Outcome(sending.route(request, now))


def disqualify(request: Request, actor: Any, now: datetime) -> Outcome:
    """Whoever declares a conflict of interest never decides on this request (O3)."""
    sending.bar(request, [actor], "disqualified")
    return Outcome(sending.route(request, now))


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


def give_back(
    request: Request,
    actor: Any,
    now: datetime,
    *,
    complete_by: date,
    remarks: dict[str, str] | None = None,
) -> Outcome:
    """Returned with remarks on its parts and a day by which to complete it (O3)."""
    decision = _decide(request, DecisionKind.RETURNED, actor, now)
    request.complete_by = complete_by
    written = {page: text for page, text in (remarks or {}).items() if text}
    db.session.add_all(
        Remark(request_id=request.id, version=request.version, page=page, text=text)
        for page, text in written.items()
    )
    facts = {"decision": decision.id, "pages": sorted(written), "until": complete_by.isoformat()}
    return Outcome(facts)


def approve(
    request: Request,
    actor: Any,
    now: datetime,
    *,
    reason: str = "",
    conditions: Sequence[str] = (),
    training_reason: str = "",
) -> Outcome:
    """Approved: a profile is opened, with the conditions on its checklist (O3)."""
    decision = _decide(
        request,
        DecisionKind.APPROVED,
        actor,
        now,
        reason=reason,
        conditions=list(conditions),
        training_reason=training_reason,
    )
    profile = profiles.open_profile(opening.decided(request, decision), actor, now)
    return Outcome({"decision": decision.id, "profile": profile.id, "number": request.version})


def reject(
    request: Request, actor: Any, now: datetime, *, reason: str, contact_person: str
) -> Outcome:
    """Rejected, with reasons and who tells more (O3)."""
    decision = _decide(
        request, DecisionKind.REJECTED, actor, now, reason=reason, contact=contact_person
    )
    return Outcome({"decision": decision.id, "number": request.version})


def lapse(request: Request, actor: Any, now: datetime, *, reason: str = "") -> Outcome:
    """It was not completed in time (O3)."""
    decision = _decide(request, DecisionKind.LAPSED, actor, now, reason=reason)
    return Outcome({"decision": decision.id, "number": request.version})


def discard(request: Request, _actor: Any, _now: datetime) -> None:
    """Erase a draft with all that hangs on it; the trail keeps that it was."""
    erasure.erase_children([request.id])
    audit_trail.erase_words_about([request.id])
    db.session.delete(request)
