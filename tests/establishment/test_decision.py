"""Deciding: approve, return, reject; what is told, kept and asked."""

import pytest
from sqlalchemy import select

from intake.data.base import db
from intake.data.write import write
from intake.engine.outbox import Message
from intake.establishment.models import Decision, Remark, RequestAdmin
from intake.establishment.states import RequestState as S
from intake.handbook.models import Approval, Platform
from intake.profiles.models import ChecklistItem, Profile, ProfileKind
from intake.profiles.states import ProfileState
from intake.refusals import NotAllowed, Unready
from tests.browser import Browser
from tests.establishment import making
from tests.establishment.making import OFFICE

pytestmark = pytest.mark.policy("O3")


def opens(app, person, request, step: str = ""):
    path = f"/establishment/{request.id}" + (f"/{step}" if step else "")
    return Browser(app).signs_in(person).opens(path, status=200)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (state, kind)
        for state in S
        for kind in ProfileKind
        if (state, kind) != (S.AWAITING_CONSENT, OFFICE)
    ],
)
def test_every_state_is_reached_by_the_ordinary_steps(cast, state, kind):
    request = making.make_request(cast, state=state, kind=kind)
    assert request.state == state


@pytest.mark.policy("P1")
def test_approval_with_conditions_opens_a_profile_in_set_up(app, cast):
    request = making.make_request(cast)
    page = opens(app, cast.head, request).follows("Hyväksy")
    page = page.fills(conditions="Kuvaus ruotsiksi.\n\nTunnus viestinnälle.", reason="Hyvä.")
    done = page.presses("Hyväksy")
    assert "Kaisa Ruskotuulela hyväksyi pyynnön." in done.main
    assert "Ehto: Kuvaus ruotsiksi." in done.main
    assert done.follows("Siirry profiilin käyttöönottoon").status == 200
    profile = db.session.scalars(select(Profile)).one()
    assert (profile.state, profile.name) == (ProfileState.SETUP, request.name)
    conditions = select(ChecklistItem.text).where(ChecklistItem.item == "condition")
    assert list(db.session.scalars(conditions.order_by(ChecklistItem.place))) == [
        "Kuvaus ruotsiksi.",
        "Tunnus viestinnälle.",
    ]


def test_everybody_the_row_names_is_told_of_the_approval(cast):
    request = making.make_request(cast, S.APPROVED)
    told = db.session.scalars(
        select(Message.person_id).where(Message.subject_id == request.id, Message.step == "approve")
    )
    people = (cast.requester, cast.admin, cast.keeper, cast.other_keeper)
    assert sorted(told) == sorted(person.id for person in people)


def test_a_return_says_what_and_by_when(app, cast):
    request = making.make_request(cast)
    page = opens(app, cast.head, request).follows("Palauta")
    refused = page.presses("Palauta täydennettäväksi")
    assert refused.status == 422
    assert "Kirjoita, mitä täydennetään" in refused.main
    late = refused.fills(remarks="Tarkenna.", complete_by="2026-11-01")
    assert late.presses("Palauta täydennettäväksi").status == 422
    page.fills(
        remarks="Hyvä alku.", remark_purpose="Kerro, mitä tavoitellaan.", complete_by="2026-12-01"
    ).presses("Palauta täydennettäväksi")
    found = making.again(request)
    assert found.state == S.RETURNED
    assert found.complete_by.isoformat() == "2026-12-01"
    remarks = {one.page: one.text for one in db.session.scalars(select(Remark))}
    assert remarks == {"": "Hyvä alku.", "purpose": "Kerro, mitä tavoitellaan."}


def test_what_changed_is_shown_answer_by_answer_when_it_comes_again(app, cast):
    request = making.make_request(cast, S.RETURNED)
    making.save(request, cast.requester, "purpose", purpose="Kerromme kesätöistä ja kerhoista.")
    making.take(request, "submit", cast.requester)
    page = opens(app, cast.head, request)
    assert "Yksi vastaus on muuttunut edellisestä versiosta." in page.main
    assert "Muuttunut" in page.main
    assert "aiemmin: Kerromme nuorille kesätyöpaikoista" in page.main
    whole = page.follows("Lue koko pyyntö")
    assert whole.heading == "Koko pyyntö, versio 2"
    assert "Muuttunut" in whole.main
    assert "Muuttunut" not in whole.follows("Versio 1").main


def test_a_rejection_needs_reasons_and_a_person_to_ask(app, cast):
    request = making.make_request(cast)
    page = opens(app, cast.head, request).follows("Hylkää")
    assert page.presses("Hylkää").status == 422
    page.fills(reason="Kaupungilla on jo nuorten profiili.").presses("Hylkää")
    decision = db.session.scalars(select(Decision)).one()
    assert decision.contact == "Kaisa Ruskotuulela, kaisa.ruskotuulela@savonkoski.example"
    seen = opens(app, cast.requester, request)
    assert "Kaupungilla on jo nuorten profiili." in seen.main
    assert "Lisätietoja: Kaisa Ruskotuulela" in seen.main


def test_it_is_handed_on_with_a_reason_the_requester_sees(app, cast):
    request = making.make_request(cast)
    page = opens(app, cast.head, request).follows("Siirrä toiselle")
    refused = page.fills(new_decider=cast.far_head.id).presses("Siirrä toiselle")
    assert refused.status == 422
    refused.fills(reason="Kampanja on teknisten palvelujen.").presses("Siirrä toiselle")
    seen = opens(app, cast.requester, request)
    assert "Elina Aurinkolampela päättää." in seen.main
    assert "Kampanja on teknisten palvelujen." in seen.main


def test_a_conflict_of_interest_is_declared_in_two_clicks(app, cast):
    request = making.make_request(cast)
    opens(app, cast.head, request).follows("Olen esteellinen").presses("Olen esteellinen")
    assert "Oona Talvilehtola päättää." in opens(app, cast.requester, request).main


def test_the_requester_withdraws(app, cast):
    request = making.make_request(cast)
    page = opens(app, cast.requester, request).follows("Peruuta pyyntö")
    done = page.fills(reason_if_any="Emme tarvitse sitä.").presses("Peruuta pyyntö")
    assert making.again(request).state == S.WITHDRAWN
    assert "Emme tarvitse sitä." in done.main


@pytest.mark.policy("P1", "O4")
def test_a_named_admin_answers_in_their_own_sign_in(app, cast):
    request = making.make_request(cast)
    page = Browser(app).signs_in(cast.admin).opens("/desk").follows("Vastaa hallinnoijana")
    page.presses("Ryhdyn hallinnoijaksi")
    agreed = db.session.scalars(
        select(RequestAdmin).where(RequestAdmin.person_id == cast.admin.id)
    ).one()
    assert agreed.accepted_at is not None
    with pytest.raises(NotAllowed):
        making.take(request, "accept_part", cast.admin)


@pytest.mark.policy("P1", "O4")
def test_who_declines_is_no_admin_and_the_supervisor_sees_it(app, cast):
    request = making.make_request(cast)
    making.take(request, "decline_part", cast.admin)
    page = opens(app, cast.head, request)
    assert "Ei suostunut hallinnoijaksi: Joonas Metsäpurola." in page.main
    making.take(request, "approve", cast.head)
    profile = db.session.scalars(select(Profile)).one()
    assert [admin.person_id for admin in profile.admins] == [cast.requester.id]


@pytest.mark.policy("P11", "G1")
def test_missing_training_needs_a_stated_reason(app, cast):
    request = making.make_request(cast, trained=False)
    page = opens(app, cast.head, request)
    for said in ("Somekoulutus puuttuu", "Tietoturvakoulutus puuttuu", "Ohjeet kuittaamatta"):
        assert f"{said}: Noora Lepoharjula, Joonas Metsäpurola." in page.main
    with pytest.raises(Unready) as refused:
        making.take(request, "approve", cast.head, training_reason="")
    assert refused.value.problems[0].field == "training_reason"
    form = page.follows("Hyväksy")
    assert form.presses("Hyväksy").status == 422
    form.fills(training_reason="Koulutus on ensi viikolla.").presses("Hyväksy")
    assert making.again(request).state == S.APPROVED


@pytest.mark.policy("P11", "G1")
def test_trained_admins_need_none(app, cast):
    request = making.make_request(cast)
    page = opens(app, cast.head, request)
    assert "Ei ole vielä vastannut hallinnoinnista: Joonas Metsäpurola." in page.main
    assert "Ei huomautettavaa. Ehdot tarkistettu" in page.main
    making.take(request, "approve", cast.head, training_reason="")


@pytest.mark.policy("G7")
def test_a_platform_that_is_not_approved_must_be_explained(app, cast):
    request = making.make_request(cast)
    with write():
        db.session.get(Platform, "instagram").approval = Approval.NOT_APPROVED
    assert "Instagram ei ole hyväksytty työkäyttöön" in opens(app, cast.head, request).main
    with pytest.raises(Unready):
        making.take(request, "approve", cast.head)


@pytest.mark.policy("G7")
def test_a_platform_on_trial_is_told_and_may_be_approved(app, cast):
    request = making.make_request(cast)
    with write():
        db.session.get(Platform, "instagram").approval = Approval.ON_TRIAL
    assert "Instagram on työkäytössä kokeilussa." in opens(app, cast.head, request).main
    making.take(request, "approve", cast.head)


@pytest.mark.policy("O2")
def test_little_time_is_told_to_the_supervisor(app, cast):
    admins = {
        **making.admin_fields(0, cast.requester, lead=True, hours="0"),
        **making.admin_fields(1, cast.admin, hours="0"),
        "admins-1-hours_update": ["0,25"],
    }
    request = making.make_request(cast, admins=admins)
    page = opens(app, cast.head, request)
    assert "Työaikaa on vähän: 0,25 h viikossa." in page.main
    assert "Vuorovaikutukselle ei ole työaikaa." in page.main


@pytest.mark.policy("O2")
def test_no_hours_in_all_cannot_be_sent(cast):
    admins = {
        **making.admin_fields(0, cast.requester, lead=True, hours="0"),
        **making.admin_fields(1, cast.admin, hours="0"),
    }
    request = making.make_request(cast, S.DRAFT, admins=admins)
    with pytest.raises(Unready) as refused:
        making.take(request, "submit", cast.requester)
    assert {problem.field for problem in refused.value.problems} == {"admins"}


@pytest.mark.policy("O1", "O5")
def test_what_is_missing_cannot_be_sent(cast):
    for page, field in (("unit", "org_unit"), ("purpose", "purpose"), ("terms", "terms_on")):
        request = making.make_request(cast, S.DRAFT, **{page: {field: [""]}})
        with pytest.raises(Unready) as refused:
            making.take(request, "submit", cast.requester)
        assert {problem.field for problem in refused.value.problems} == {page}


@pytest.mark.policy("O5")
def test_no_approval_without_checked_terms(cast):
    """Even where the form has let an older version pass."""
    from intake.establishment.models import Version

    request = making.make_request(cast)
    with write():
        version = db.session.scalars(select(Version)).one()
        version.answers = {**version.answers, "terms": {}}
    with pytest.raises(Unready) as refused:
        making.take(request, "approve", cast.head)
    assert "Käyttöehtoja ei ole tarkistettu" in refused.value.problems[0]


def test_references_have_no_gaps(cast):
    """A refused sending leaves none."""
    first = making.make_request(cast)
    broken = making.make_request(cast, S.DRAFT, purpose={"purpose": [""]})
    with pytest.raises(Unready):
        making.take(broken, "submit", cast.requester)
    answers = {"profile": {"handle": ["toinen_tunnus"]}}
    second = making.make_request(cast, **answers)
    assert [first.reference, second.reference] == ["PP-2026-001", "PP-2026-002"]


def test_the_page_of_a_step_that_is_none_is_not_there(app, cast):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    for name in ("reroute", "consent_lapses", "save", "list", "xyz"):
        assert browser.opens(f"/establishment/{request.id}/{name}").status == 404
    assert browser.opens(f"/establishment/{request.id}/consent").status == 409
