"""An expert's consent (E2): given by themself, to one matter, withdrawn at any time. A45, A46."""

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.establishment import consents, service
from intake.establishment.models import Consent
from intake.establishment.service import TRACK
from intake.establishment.states import RequestState as S
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.establishment import making
from tests.establishment.making import EXPERT
from tests.form_tokens import token_of

pytestmark = pytest.mark.policy("E2", "P2", "E0")


def open_steps(request, person) -> set[str]:
    found = making.again(request)
    return {step.name for step in TRACK.workflow.available(found, person, clock.now())}


def test_an_expert_request_asks_for_consent_before_it_can_be_sent(cast):
    request = making.make_request(cast, S.DRAFT, EXPERT)
    assert "submit" not in open_steps(request, cast.requester)
    with pytest.raises(WrongState):
        making.take(request, "submit", cast.requester)
    making.take(request, "ask_consent", cast.requester)
    assert making.again(request).state == S.AWAITING_CONSENT


def test_the_expert_consents_in_their_own_sign_in(app, cast):
    request = making.make_request(cast, S.AWAITING_CONSENT, EXPERT)
    browser = Browser(app).signs_in(cast.colleague)
    page = browser.opens("/desk").follows("Anna suostumuksesi profiiliin")
    assert "Suostun kaupungin profiiliin" in page.main
    refused = page.presses("Annan suostumuksen")
    assert refused.status == 422
    done = refused.fills(agreed=True).presses("Annan suostumuksen")
    assert making.again(request).state == S.SUBMITTED, done.main
    consent = db.session.scalars(select(Consent)).one()
    assert consent.person_id == cast.colleague.id
    assert consent.text.startswith("Suostun kaupungin profiiliin")
    assert consent.guideline_version == 1
    assert consents.given(making.again(request)) == consent


def test_an_expert_who_asks_for_themself_takes_the_same_road(cast):
    request = making.make_request(cast, S.DRAFT, EXPERT, requester=cast.colleague)
    making.take(request, "ask_consent", cast.colleague)
    making.take(request, "consent", cast.colleague)
    assert making.again(request).state == S.SUBMITTED


def test_a45_nobody_consents_for_the_expert(app, cast):
    request = making.make_request(cast, S.AWAITING_CONSENT, EXPERT)
    path = f"/establishment/{request.id}/consent"
    for name, person in cast.everyone().items():
        if name == "colleague":  # the expert
            continue
        with pytest.raises(NotAllowed):
            making.take(request, "consent", person)
        if name in ("requester", "admin", "head", "keeper", "administrator", "stranger"):
            browser = Browser(app).signs_in(person)
            sent = token_of(app, person.id, "establishment.act", path)
            page = browser.posts(path, {"csrf_token": sent, "seen": "9", "agreed": "y"})
            assert page.status in (403, 404), name
    assert db.session.scalars(select(Consent)).all() == []
    assert making.again(request).state == S.AWAITING_CONSENT


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("profile", {"profile_name": "Nuoriso ja kulttuuri Riitta Kirkasojala"}),
        ("profile", {"handle": "riitta.toinen"}),
        ("profile", {"platform": "facebook"}),
        ("expert", {"role_defined": "jonkin muun asian asiantuntija"}),
    ],
)
def test_a46_a_change_of_the_matter_asks_again(cast, page, fields):
    request = making.make_request(cast, S.RETURNED, EXPERT)
    assert "submit" in open_steps(request, cast.requester)
    making.save(request, cast.requester, page, **fields)
    steps = open_steps(request, cast.requester)
    assert "submit" not in steps
    assert "ask_consent" in steps
    making.take(request, "ask_consent", cast.requester)
    assert making.again(request).state == S.AWAITING_CONSENT
    with pytest.raises(WrongState):
        making.take(request, "approve", cast.head)
    making.take(request, "consent", cast.colleague)
    making.take(request, "approve", cast.head)


def test_a46_another_expert_is_asked_themself(cast):
    request = making.make_request(cast, S.RETURNED, EXPERT)
    making.save(request, cast.requester, "expert", subject=cast.admin.id)
    making.save(
        request, cast.requester, "profile", profile_name=f"Nuoriso {cast.admin.name}", handle="jm.n"
    )
    making.take(request, "ask_consent", cast.requester)
    with pytest.raises(NotAllowed):
        making.take(request, "consent", cast.colleague)
    making.take(request, "consent", cast.admin)


def test_what_does_not_touch_the_matter_keeps_the_consent(cast):
    request = making.make_request(cast, S.RETURNED, EXPERT)
    making.save(request, cast.requester, "purpose", purpose="Kerromme nuorille uusista asioista.")
    making.take(request, "submit", cast.requester)
    making.take(request, "approve", cast.head)


def test_a46_no_decision_without_a_valid_consent(cast):
    """Even if a submitted request had lost its consent by some fault."""
    request = making.make_request(cast, S.SUBMITTED, EXPERT)
    with write():
        db.session.scalars(select(Consent)).one().matter = "0" * 64
    with pytest.raises(Unready):
        making.take(request, "approve", cast.head)


@pytest.mark.parametrize("state", [S.SUBMITTED, S.RETURNED])
def test_consent_is_withdrawn_at_any_time_before_the_decision(cast, state):
    request = making.make_request(cast, state, EXPERT)
    with pytest.raises(NotAllowed):
        making.take(request, "withdraw_consent", cast.requester)
    making.take(request, "withdraw_consent", cast.colleague)
    assert making.again(request).state == S.WITHDRAWN
    assert db.session.scalars(select(Consent)).one().withdrawn_at == clock.now()


def test_declining_needs_no_reason_and_leaves_none(cast):
    request = making.make_request(cast, S.AWAITING_CONSENT, EXPERT)
    making.take(request, "decline_consent", cast.colleague)
    assert making.again(request).state == S.DRAFT
    from intake.engine import audit_trail

    assert audit_trail.history([request.id])[-1][1] is None


def test_the_requester_takes_it_back_and_sends_it_again(cast):
    request = making.make_request(cast, S.AWAITING_CONSENT, EXPERT)
    making.take(request, "take_back", cast.requester)
    making.take(request, "ask_consent", cast.requester)
    found = making.again(request)
    assert (found.version, found.reference) == (2, "PP-2026-001")


@pytest.mark.policy("E1")
def test_the_supervisor_confirms_the_role(app, cast):
    request = making.make_request(cast, kind=EXPERT)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}/approve")
    refused = page.presses("Hyväksy")
    assert refused.status == 422
    assert "Vahvista tehtävä tai rooli" in refused.main
    refused.fills(role_confirmed=True).presses("Hyväksy")
    assert making.again(request).state == S.APPROVED


def test_the_profile_carries_the_day_of_the_consent(cast):
    from intake.profiles.models import Profile

    making.make_request(cast, S.APPROVED, EXPERT)
    profile = db.session.scalars(select(Profile)).one()
    assert profile.consent_on == clock.today()
    assert profile.subject_id == cast.colleague.id
    assert [admin.person_id for admin in profile.admins] == [cast.colleague.id]


def test_a_consent_cannot_be_given_from_any_other_state(cast):
    request = making.make_request(cast, S.DRAFT, EXPERT)
    for state in (S.DRAFT, S.SUBMITTED):
        with pytest.raises(WrongState), write():
            service.take(
                making.again(request), "consent", cast.colleague, clock.now(), consent_text="x"
            )
        if state == S.DRAFT:
            request = making.make_request(cast, S.SUBMITTED, EXPERT)
