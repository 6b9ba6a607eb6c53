"""A1: nobody decides on their own matter, whatever role or office they hold."""

import pytest

from intake import clock, trail
from intake.database import db, write
from intake.establishment import deciding, service
from intake.establishment.models import Conflict
from intake.people.models import Role, RoleGrant, Unit
from intake.refusals import NotAllowed
from tests.browser import Browser
from tests.establishment import making
from tests.establishment.making import EXPERT, OFFICE

pytestmark = pytest.mark.policy("O3")
DECIDING = ("approve", "reject", "return", "hand_on", "disqualify")


def crown(cast, person) -> None:
    """Give somebody every role, and every unit of the branch to head and to deputise."""
    with write():
        for role in Role:
            db.session.add(RoleGrant(person_id=person.id, role=role))
        for unit in (cast.youth, cast.area, cast.sector, cast.town):
            row = db.session.get(Unit, unit.id)
            row.head_id, row.deputy_id = person.id, person.id


@pytest.mark.parametrize("who", ["requester", "admin"])
def test_a01_no_role_and_no_office_lets_one_decide_ones_own_request(cast, who):
    request = making.make_request(cast)
    person = getattr(cast, who)
    crown(cast, person)
    before = (trail.head(), making.again(request).revision)
    for step in DECIDING:
        with pytest.raises(NotAllowed):
            making.take(request, step, person)
    assert (trail.head(), making.again(request).revision) == before


def test_a01_the_expert_does_not_decide_on_their_own_profile(cast):
    request = making.make_request(cast, kind=EXPERT)
    crown(cast, cast.colleague)
    for step in DECIDING:
        with pytest.raises(NotAllowed):
            making.take(request, step, cast.colleague)


def test_a01_an_admin_of_an_earlier_version_stays_outside(cast):
    """Taken off before sending again: the conflict only grows."""
    admins = {**making.admin_fields(0, cast.requester, lead=True)}
    admins |= making.admin_fields(1, cast.head)
    request = making.make_request(cast, admins=admins)
    assert deciding.route_of(request, clock.now()).acting == cast.director
    making.take(request, "return", cast.director)
    making.save(request, cast.requester, "admins", admins__1__person=cast.admin.id)
    making.take(request, "submit", cast.requester)
    request = making.again(request)
    assert request.version == 2
    assert cast.head.id in deciding.conflict_of(request)
    with pytest.raises(NotAllowed):
        making.take(request, "approve", cast.head)
    assert deciding.route_of(request, clock.now()).acting == cast.director


def test_a01_a_keeper_in_the_matter_does_not_hand_it_on(cast):
    admins = {**making.admin_fields(0, cast.requester, lead=True)}
    admins |= making.admin_fields(1, cast.keeper)
    request = making.make_request(cast, admins=admins)
    _nobody_decides(cast, request)
    with pytest.raises(NotAllowed):
        making.take(request, "hand_on", cast.keeper, new_decider=cast.far_head.id)


def test_a01_a_keeper_hands_on_only_where_nobody_decides(cast):
    request = making.make_request(cast)
    with pytest.raises(NotAllowed):
        making.take(request, "hand_on", cast.keeper, new_decider=cast.far_head.id)


def _nobody_decides(cast, request) -> None:
    with write():
        for person in (cast.chief, cast.head, cast.deputy, cast.director, cast.mayor):
            db.session.add(Conflict(request_id=request.id, person_id=person.id, why="disqualified"))
        service.take(
            making.again(request), "reroute", service.Effect(cast.administrator), clock.now()
        )


def test_a01_the_page_offers_nothing_and_the_post_is_refused(app, cast):
    request = making.make_request(cast, kind=OFFICE)
    crown(cast, cast.admin)
    browser = Browser(app).signs_in(cast.admin)
    page = browser.opens(f"/establishment/{request.id}", status=200)
    assert "Hyväksy" not in page.main
    assert browser.opens(f"/establishment/{request.id}/approve").status == 403
    refused = browser.posts(f"/establishment/{request.id}/approve", {"reason": "Sopii."})
    assert refused.status == 403
    assert making.again(request).state == "submitted"
