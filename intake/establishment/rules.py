"""What must hold: conditions of a step's existence, and rules that return problems."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from intake import clock
from intake.establishment import answers, consents, deciding, queries
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.handbook import queries as handbook
from intake.handbook.models import Approval
from intake.web.forms import Problem


def request_is_complete(request: Request, _now: datetime) -> Sequence[Problem]:
    """Every page of the form validates now (O1, O2, P1, P2)."""
    return answers.problems(request)


def consent_is_settled(request: Request, _now: datetime) -> bool:
    """No consent is needed, or it was given to this very matter (E2, A46)."""
    return not consents.is_missing(request)


def consent_is_missing(request: Request, _now: datetime) -> bool:
    """An expert's consent to this very matter is still needed."""
    return consents.is_missing(request)


def consent_is_given(request: Request, _now: datetime) -> bool:
    """The expert has consented and not withdrawn it."""
    return consents.given(request) is not None


def consent_is_valid(request: Request, _now: datetime) -> Sequence[Problem]:
    """No decision before the expert's consent to what is decided (E2)."""
    if not consents.is_missing(request):
        return ()
    return [Problem(_("The expert has not consented to this."))]


def terms_are_checked(request: Request, _now: datetime) -> Sequence[Problem]:
    """Who checked which version of the terms of use, and when (O5)."""
    sent = queries.sent_answers(request)
    if sent.terms_by and sent.terms_on and sent.terms_version:
        return ()
    return [Problem(_("The terms of use have not been checked. Return the request."))]


def training_is_known_or_explained(
    request: Request, now: datetime, *, training_reason: str = ""
) -> Sequence[Problem]:
    """Every admin is trained and knows the guidelines, or the decision says why not (P11, G1)."""
    if training_reason or not unready_admins(request, now):
        return ()
    sentence = _(
        "Somebody lacks training or has not acknowledged the guidelines. Say why it is fine so."
    )
    return [Problem(sentence, "training_reason")]


def unready_admins(request: Request, now: datetime) -> list[str]:
    """Ids of the admins who lack a training or have not acknowledged the guidelines in force."""
    admins = [admin.person_id for admin in deciding.facts(request).admins]
    known = handbook.readiness(admins, clock.today(now))
    return [
        person_id
        for person_id in admins
        if not (
            known[person_id].is_current
            and known[person_id].social_media
            and known[person_id].security
        )
    ]


def platform_is_approved_or_explained(request: Request, _now: datetime) -> Sequence[Problem]:
    """The platform is approved for work use or on trial, or the request says why not (G7)."""
    platform = request.platform
    if platform is not None and platform.approval != Approval.NOT_APPROVED:
        return ()
    if queries.sent_answers(request).platform_reason:
        return ()
    return [
        Problem(_("The service is not approved for work use and the request does not say why."))
    ]


def target_may_decide(
    request: Request, now: datetime, *, new_decider: str = ""
) -> Sequence[Problem]:
    """Who is to decide does so somewhere today, outside the conflict set (A4)."""
    if new_decider in {person.id for person in deciding.may_be_handed_to(request, now)}:
        return ()
    if request.hand_ons >= deciding.MOST_HAND_ONS:
        sentence = _("It has been passed on three times: only the next one up may have it now.")
    else:
        sentence = _("This person may not decide on this request. Choose another.")
    return [Problem(sentence, "new_decider")]


def somebody_else_may_decide(request: Request, now: datetime) -> Sequence[Problem]:
    """There is somebody to whom the decision can be passed."""
    if deciding.may_be_handed_to(request, now):
        return ()
    return [Problem(_("Nobody else may decide on this. An administrator must name a head."))]


def nobody_may_decide(request: Request, now: datetime) -> bool:
    """May nobody decide today, nor pass it to anybody who may?"""
    if deciding.deciders_of(request, now):
        return False
    return not (deciding.free_keepers(request, now) and deciding.may_be_handed_to(request, now))


def decider_is_lacking(request: Request, now: datetime) -> bool:
    """Does nobody decide today, while a keeper can pass it to somebody who would?"""
    return not deciding.deciders_of(request, now) and not nobody_may_decide(request, now)


def completion_is_late(request: Request, now: datetime) -> bool:
    """Returned, and not completed in time; or sent, so that somebody must decide."""
    return request.state != S.RETURNED or completion_time_is_over(request, now)


def consent_cannot_be_given(request: Request, now: datetime) -> bool:
    """Does the form have gaps by now, so that the expert could only decline?"""
    return bool(request_is_complete(request, now))


def decider_has_changed(request: Request, now: datetime) -> bool:
    """Somebody else decides today than whom we told last."""
    acting = deciding.route_of(request, now).acting
    return (acting.id if acting else None) != request.acting_id


def completion_time_is_over(request: Request, now: datetime) -> bool:
    """The day by which it should have been completed has passed."""
    return request.complete_by is not None and request.complete_by < clock.today(now)
