"""The pages of requests, as people meet them."""

import pytest

from intake.establishment.states import RequestState as S
from tests.browser import Browser
from tests.establishment import making


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("state", [state for state in S if state not in (S.DRAFT, S.RETURNED)])
def test_a_request_can_be_read_in_every_state(app, cast, state, language):
    request = making.make_request(cast, state=state, kind=making.EXPERT)
    browser = Browser(app).signs_in(cast.requester)
    page = browser.opens(f"/establishment/{request.id}?lang={language}", status=200)
    assert "Riitta Kirkasojala" in page.main


def test_the_lists(app, cast):
    request = making.make_request(cast)
    page = Browser(app).signs_in(cast.head).opens("/establishment", status=200)
    assert "Odottaa päätöstäsi" in page.main
    assert request.name in page.main
    page = page.fills(q="nuorisopalvelut savonk").presses("Rajaa")
    assert request.name in page.main
    page = page.fills(q="olematon").presses("Rajaa")
    assert "Haulla olematon ei löytynyt mitään." in page.main
    assert page.follows("Poista rajaus").heading == "Pyynnöt"


def test_empty_lists_say_what_to_do(app, cast):
    page = Browser(app).signs_in(cast.stranger).opens("/establishment", status=200)
    assert "Et ole vielä pyytänyt profiilia." in page.main


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_decision_page_asks_a_question(app, cast, language):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}?lang={language}", status=200)
    assert (
        page.heading
        == {
            "fi": "Saako Savonkosken nuorisopalvelut oman Instagram-profiilin?",
            "sv": "Får Savonkosken nuorisopalvelut en egen profil på Instagram?",
            "en": "May Savonkosken nuorisopalvelut have its own Instagram profile?",
        }[language]
    )


@pytest.mark.parametrize("step", ["approve", "return", "reject", "hand_on", "disqualify"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_step_of_the_supervisor_has_its_page(app, cast, step, language):
    request = making.make_request(cast, trained=False)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}/{step}?lang={language}", status=200)
    assert len(page.buttons()) >= 1


def test_the_requester_is_led_to_the_form(app, cast):
    request = making.make_request(cast, S.DRAFT)
    page = Browser(app).signs_in(cast.requester).opens(f"/establishment/{request.id}")
    assert page.path == f"/establishment/{request.id}/form"


def test_a_draft_is_deleted_by_hand(app, cast):
    request = making.make_request(cast, S.DRAFT)
    browser = Browser(app).signs_in(cast.requester)
    page = browser.opens(f"/establishment/{request.id}/discard").presses("Poista luonnos")
    assert page.path == "/establishment"
    assert "Noora Lepoharjula poisti luonnoksen." in page.main
