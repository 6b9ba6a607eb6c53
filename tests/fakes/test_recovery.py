"""A profile of the town's own that is hijacked or lost: warned of at once, and got back (G8)."""

import pytest

from intake import clock
from intake.data.base import db
from intake.fakes import queries
from intake.fakes.desk import filing_page
from intake.fakes.models import Case
from intake.fakes.states import CaseState as C
from intake.fakes.states import Way
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.profiles.states import AlarmState
from tests.browser import Browser
from tests.fakes.making import again, case_of, make_case, make_lead, report, take
from tests.profiles.making import make_profile

GENUINE = "https://www.instagram.com/savonkosken_nuoret/"
OPEN = "Ota profiili takaisin haltuun"


def opens(app, person, profile, **answers):
    page = Browser(app).signs_in(person).opens(f"/profiles/{profile.id}").follows(OPEN)
    return page.fills(**answers).presses(OPEN)


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize("who", ["requester", "head", "handler", "keeper"])
def test_who_looks_after_a_profile_warns_in_the_register_with_one_step(app, cast, who):
    profile = make_profile(cast)
    opens(
        app,
        getattr(cast, who),
        profile,
        alarm="hijacked",
        what_happened="Salasana vaihtui yöllä.",
        since="2026-11-22",
    )
    assert db.session.get_one(Profile, profile.id).alarm is AlarmState.HIJACKED
    case = queries.open_recovery_of(profile.id)
    assert case.state is C.RECOVERING
    assert case.due_at is not None
    assert "kaapattu" in Browser(app).opens("/check?q=instagram.com/savonkosken_nuoret").heading


@pytest.mark.policy("P5", "P4")
def test_of_a_lost_profile_the_interim_channel_is_shown(app, cast):
    profile = make_profile(cast)
    refused = opens(app, cast.keeper, profile, alarm="lost", what_happened="Palvelu poisti sen.")
    assert refused.status == 422
    assert any("tavoittaa" in error for error in refused.errors)
    opens(
        app,
        cast.keeper,
        profile,
        alarm="lost",
        what_happened="Palvelu poisti sen.",
        interim_channel="savonkoski.example/nuoret",
    )
    assert "savonkoski.example/nuoret" in Browser(app).opens(f"/register/{profile.slug}").main


def test_strangers_see_no_such_button_and_may_not(app, cast):
    profile = make_profile(cast)
    browser = Browser(app).signs_in(cast.stranger)
    assert OPEN not in browser.opens(f"/profiles/{profile.id}").main
    browser.opens(f"/cases/recovery/{profile.id}", status=403)


def test_a_profile_is_got_back_once_at_a_time(app, cast):
    case = make_case(cast, C.RECOVERING)
    browser = Browser(app).signs_in(cast.keeper)
    page = browser.opens(f"/cases/recovery/{case.profile_id}")
    page = page.fills(alarm="hijacked", what_happened="Sama uudelleen.").presses(OPEN)
    assert page.status == 422
    assert len(db.session.query(Case).all()) == 1
    page = browser.opens(f"/profiles/{case.profile_id}")
    assert f"/cases/recovery/{case.profile_id}" not in page.html


@pytest.mark.policy("P5", "P7")
def test_an_admin_notes_the_towns_appeal_and_sees_nothing_else_of_the_case(app, cast):
    case = make_case(cast, C.RECOVERING)
    report(GENUINE, description="SALAINEN KUVAUS")
    assert case_of(report(GENUINE)).id == case.id
    browser = Browser(app).signs_in(cast.requester)
    page = browser.opens(f"/profiles/{case.profile_id}").follows("Kirjaa palautuspyyntö")
    assert "SALAINEN" not in page.html
    page = page.fills(route="Palvelun lomake", text="Pyydämme profiilin takaisin.")
    page = page.presses("Kirjaa palautuspyyntö")
    assert page.path == f"/profiles/{case.profile_id}"
    (row,) = queries.filings_of(again(case))
    assert (row.way, row.by_id, row.sent_at) == (Way.RECOVERY, cast.requester.id, clock.now())
    for place in (f"/cases/{case.id}/packet", f"/cases/{case.id}/end_recovery"):
        assert browser.opens(place).status in (403, 404)
    Browser(app).signs_in(cast.stranger).opens(f"/cases/{case.id}/file_recovery", status=404)


@pytest.mark.policy("P5", "G8")
def test_a_reported_address_of_the_towns_own_goes_over_to_recovery(app, cast):
    make_profile(cast)
    case = case_of(report(GENUINE, description="Tämä kysyy pankkitunnuksia!"))
    take(case, "take", cast.handler)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/recover")
    page.fills(alarm="hijacked", what_happened="Kaapattu.", since="2026-11-23").presses(
        "Profiili on oma"
    )
    found = again(case)
    assert found.state is C.RECOVERING
    assert found.profile.alarm is AlarmState.HIJACKED


def test_a_lead_alone_may_set_the_alarm_too(app, cast):
    make_profile(cast)
    case = case_of(report(GENUINE))
    lead = make_lead(cast)
    take(case, "take", lead)
    answers = {"alarm": "lost", "what_happened": "Lukittu.", "interim_channel": "puh. 015"}
    assert take(case, "recover", lead, **answers).profile.alarm is AlarmState.LOST


@pytest.mark.policy("G9")
def test_a54_the_case_ends_only_when_two_people_have_cleared_the_alarm(app, cast):
    case = make_case(cast, C.RECOVERING)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/end_recovery")
    assert page.presses(page.heading).status == 422
    assert again(case).state is C.RECOVERING
    assert make_case_over(cast).state is C.RECOVERED


def make_case_over(cast) -> Case:
    from tests.profiles.making import take as on_profile

    case = db.session.query(Case).one()
    on_profile(case.profile, "propose_clear", cast.other_keeper, what_was_checked="Kaikki.")
    on_profile(again(case).profile, "clear", cast.head, seen_today=True)
    return take(case, "end_recovery", cast.handler)


def test_what_another_room_offers_on_the_profiles_page(app, cast):
    case = make_case(cast, C.RECOVERING)
    with app.test_request_context():
        person = db.session.get_one(Person, cast.handler.id)
        profile = db.session.get_one(Profile, case.profile_id)
        links = [url for url, _word in filing_page.beside_profile(profile, person, clock.now())]
    assert links == [f"/cases/{case.id}", f"/cases/{case.id}/file_recovery"]
