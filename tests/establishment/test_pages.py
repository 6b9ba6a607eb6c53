"""The pages of requests, as people meet them."""

import pytest

from intake.establishment.states import RequestState as S
from tests.browser import Browser
from tests.establishment import making


@pytest.mark.parametrize("state", [state for state in S if state not in (S.DRAFT, S.RETURNED)])
def test_a_request_can_be_read_in_every_state(app, cast, state):
    request = making.make_request(cast, state=state, kind=making.EXPERT)
    page = Browser(app).signs_in(cast.requester).opens(f"/establishment/{request.id}", status=200)
    assert "Riitta Kirkasojala" in page.main


def test_the_lists(app, cast):
    request = making.make_request(cast)
    page = Browser(app).signs_in(cast.head).opens("/establishment", status=200)
    assert request.name in page.main
    page = page.fills(q="nuorisopalvelut savonk").presses("Rajaa")
    assert request.name in page.main
    page = page.fills(q="olematon").presses("Rajaa")
    assert request.name not in page.main


def test_the_decision_page(app, cast):
    request = making.make_request(cast)
    page = Browser(app).signs_in(cast.head).opens(f"/establishment/{request.id}", status=200)
    print(page.main)
    assert page.heading == "Saako Savonkosken nuorisopalvelut oman Instagram-profiilin?"
