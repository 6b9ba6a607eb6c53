"""The handlers' queue and the page of a case, as they meet them in a browser."""

import pytest

from intake.fakes.states import CaseState as C
from tests.browser import Browser
from tests.fakes.making import make_case, make_lead

LANGUAGES = ["fi", "sv", "en"]


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize("state", list(C))
def test_a_case_can_be_read_in_every_state(app, cast, state):
    case = make_case(cast, state, lead=make_lead(cast))
    browser = Browser(app).signs_in(cast.handler)
    for language in LANGUAGES:
        page = browser.opens(f"/cases/{case.id}?lang={language}", status=200)
        assert case.reference in page.main
        assert browser.opens(f"/cases?state={state}&lang={language}").status == 200


@pytest.mark.parametrize("state", list(C))
def test_every_step_that_the_page_of_a_case_offers_can_be_opened(app, cast, state):
    case = make_case(cast, state, lead=make_lead(cast))
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}")
    offered = {
        link.get("href").partition("?")[0]
        for link in page.tree.iter("a")
        if (link.get("href") or "").startswith(f"/cases/{case.id}/")
    }
    assert len(offered) > 3
    for address in offered:
        browser.opens(address, status=200)
