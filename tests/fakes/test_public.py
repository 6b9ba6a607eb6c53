"""What the public is told of fakes: the check, the warnings; and nothing before it is confirmed."""

from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.engine.outbox import Message
from intake.fakes import queries
from intake.fakes.models import Case, PublicWarning
from intake.fakes.states import CaseState as C
from intake.refusals import Unready
from intake.register import check
from intake.register import queries as register
from tests.browser import Browser
from tests.fakes.making import FAKE, again, make_case, make_lead, take
from tests.fakes.test_notice import with_genuine
from tests.profiles.making import make_profile
from tests.scene import settled

SHARE = "https://www.facebook.com/share/1AbCdEfGhi/"
PLACES = (
    "/",
    "/register",
    f"/check?q={FAKE}",
    "/check?q=savonkosken_kaupunkl",
    f"/api/v1/check?q={FAKE}",
    "/api/v1/profiles",
)


def seen(app) -> list[str]:
    browser = Browser(app)
    return [settled(browser.opens(place).html) for place in PLACES]


@pytest.mark.policy("P5", "P7")
def test_a81_until_it_is_confirmed_every_public_answer_is_the_same_bytes(app, cast):
    make_profile(cast)
    before = seen(app)
    case = make_case(cast, C.RECEIVED)
    assert seen(app) == before
    for step, answers in (("take", {}), ("add_key", {"key": "https://x.com/savonfeikki"})):
        case = take(case, step, cast.handler, **answers)
        assert seen(app) == before


def verdict(text: str) -> check.Answer:
    return check.answer(text, register.known())


@pytest.mark.policy("P5")
def test_of_a_confirmed_fake_the_check_says_that_it_is_not_the_towns(app, cast):
    make_case(cast, C.CONFIRMED)
    answer = verdict("instagram.com/Savonkosken_Kaupunkl?igsh=1")
    assert answer.verdict is check.Verdict.FAKE
    assert answer.message.startswith("Tämä ei ole kaupungin profiili. Selvitämme asiaa. Älä vastaa")
    assert answer.profiles == []
    page = Browser(app).opens(f"/check?q={FAKE}")
    assert page.heading == "Tämä ei ole kaupungin profiili."
    assert page.link("Ilmoita valeprofiilista").startswith("/report?q=https%3A%2F%2Fwww.instagram")
    told = Browser(app).opens(f"/api/v1/check?q={FAKE}").response.get_json()
    assert (told["verdict"], told["profiles"]) == ("fake", [])


def test_of_a_bare_handle_the_check_names_the_service(app, cast):
    make_case(cast, C.CONFIRMED)
    message = verdict("@savonkosken_kaupunkl").message
    assert message.startswith("Instagram: Tämä ei ole kaupungin profiili.")
    assert "Muissa palveluissa" in message


def test_a_share_link_is_known_only_by_itself(app, cast):
    make_case(cast, C.CONFIRMED, SHARE)
    assert verdict(SHARE).verdict is check.Verdict.FAKE
    assert verdict(SHARE.replace("1Ab", "2Ab")).verdict is check.Verdict.UNREADABLE


def test_a_name_is_never_called_a_fake(app, cast):
    make_case(cast, C.CONFIRMED, "Savonkosken kaupunki arvonta")
    assert verdict("Savonkosken kaupunki arvonta").verdict is check.Verdict.UNKNOWN


def test_a_retracted_confirmation_is_gone_at_once(app, cast):
    case = make_case(cast, C.CONFIRMED)
    Browser(app).opens(f"/check?q={FAKE}")
    take(case, "retract", make_lead(cast), ground="namesake", reason="Kaima.")
    assert "Selvitämme asiaa" not in Browser(app).opens(f"/check?q={FAKE}").html


def test_a_hijacked_profile_offers_the_report_too(app, cast):
    make_case(cast, C.RECOVERING)
    page = Browser(app).opens("/check?q=instagram.com/savonkosken_nuoret")
    assert "kaapattu" in page.heading
    assert page.link("Ilmoita valeprofiilista").startswith("/report?q=")


@pytest.fixture
def case(cast) -> Case:
    return with_genuine(cast, make_case(cast, C.CONFIRMED))


def warn(app, cast, case, **changes):
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/warn_public")
    return page.fills(**changes).presses("Varoita yleisöä")


@pytest.mark.policy("P5", "P8", "G8")
def test_one_step_warns_on_the_start_page_the_register_and_the_entry_until_its_last_day(
    app, cast, case, still
):
    slug = case.profile.slug
    places = ("/", "/register", f"/register/{slug}")
    for place in places:
        assert "Varo valeprofiilia" not in Browser(app).opens(place).main
    warn(app, cast, case)
    for place in places:
        page = Browser(app).opens(place)
        assert "Varo valeprofiilia" in page.main
        assert "https://www.instagram.com/savonkosken_nuoret/" in page.main
        assert "kaupunkl" not in page.html
    assert "Someone pretends to be" in Browser(app).opens("/?lang=en").main
    assert "Någon utger sig" in Browser(app).opens("/register?lang=sv").main
    still.shift(timedelta(days=14))
    assert "Varo valeprofiilia" in Browser(app).opens("/").main
    still.shift(timedelta(days=1))
    for place in places:
        assert "Varo valeprofiilia" not in Browser(app).opens(place).main


@pytest.mark.policy("P5")
def test_keepers_and_those_concerned_are_told_of_a_warning(app, cast, case):
    warn(app, cast, case)
    told = {row.person_id for row in db.session.query(Message).filter_by(step="warn_public")}
    assert {cast.keeper.id, cast.other_keeper.id, cast.requester.id, cast.head.id} <= told


@pytest.mark.policy("P5", "P7")
@pytest.mark.parametrize("named", ["savonkosken_kaupunkl", "Savonkosken_Kaupunkl", FAKE])
def test_a_warning_never_names_the_fake(app, cast, case, named):
    genuine = "https://www.instagram.com/savonkosken_nuoret/"
    page = warn(app, cast, case, text_sv=f"{genuine} {named}")
    assert page.status == 422
    assert queries.shown_warnings(clock.today()) == []
    page = warn(app, cast, case, text_fi="Varokaa.")
    assert page.status == 422


def test_the_fakes_name_may_be_a_part_of_the_genuine_one(cast):
    case = with_genuine(
        cast, make_case(cast, C.CONFIRMED, "https://www.instagram.com/savonkosken/")
    )
    text = "Aito on https://www.instagram.com/savonkosken_nuoret/"
    day = clock.today()
    take(case, "warn_public", cast.handler, warning_text=text, ends_on=day)
    warned = f"{text}, ei savonkosken"
    with pytest.raises(Unready):
        take(again(case), "warn_public", cast.handler, warning_text=warned, ends_on=day)


def test_a_newer_warning_takes_the_place_of_the_older_and_ends_by_a_step(app, cast, case):
    warn(app, cast, case)
    warn(app, cast, case)
    assert len(queries.shown_warnings(clock.today())) == 1
    assert db.session.query(PublicWarning).count() == 2
    browser = Browser(app).signs_in(cast.handler)
    browser.opens(f"/cases/{case.id}/end_warning").presses("Lopeta varoitus")
    assert queries.shown_warnings(clock.today()) == []


def test_a_retraction_ends_the_warning(app, cast, case):
    warn(app, cast, case)
    take(again(case), "retract", make_lead(cast), ground="namesake", reason="Kaima.")
    assert queries.shown_warnings(clock.today()) == []
    assert "Varo valeprofiilia" not in Browser(app).opens("/").main


@pytest.mark.policy("P7")
def test_a79_no_page_of_a_report_tells_another_house_of_the_visit(app, cast):
    case = make_case(cast, C.RECEIVED)
    handler = Browser(app).signs_in(cast.handler)
    inside = ["/cases", f"/cases/{case.id}", f"/cases/{case.id}/packet"]
    for path in ["/report", "/follow", *inside]:
        page = (handler if path in inside else Browser(app)).opens(path)
        assert page.response.headers["Referrer-Policy"] == "no-referrer", path
        fetched = [
            one.get(name)
            for one in page.tree.iter()
            for name in ("src", "srcset", "action", "poster")
            if one.get(name)
        ]
        fetched += [one.get("href") for one in page.tree.iter("link")]
        assert len(fetched) > 2
        assert all(address.startswith("/") and address[1] != "/" for address in fetched), path
