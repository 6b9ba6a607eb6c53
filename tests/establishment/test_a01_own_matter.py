"""A1: nobody decides on their own matter, whatever role or office they hold."""

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.establishment import deciding, service
from intake.establishment.models import Conflict
from intake.people.models import Role, RoleGrant, Unit
from intake.refusals import NotAllowed
from tests.browser import Browser
from tests.dump import dump
from tests.establishment import making
from tests.establishment.making import EXPERT
from tests.form_tokens import token_of

pytestmark = pytest.mark.policy("O3")
DECIDING = ("approve", "reject", "return", "hand_on", "disqualify")
BRANCH = ("youth", "area", "sector", "town")


def crown(cast, person, *roles: Role) -> None:
    """Give somebody roles, and every unit of the branch to head and to deputise."""
    with write():
        for role in roles or Role:
            db.session.add(RoleGrant(person_id=person.id, role=role))
        for unit in BRANCH:
            row = db.session.get(Unit, getattr(cast, unit).id)
            row.head_id, row.deputy_id = person.id, person.id


def of_admin(cast, person) -> dict[str, list[str]]:
    """Answers that name somebody as the second admin."""
    lead = making.admin_fields(0, cast.requester, lead=True)
    return {**lead, **making.admin_fields(1, person)}


def by_requester(cast):
    return making.make_request(cast), cast.requester


def by_admin(cast):
    return making.make_request(cast), cast.admin


def by_expert(cast):
    return making.make_request(cast, kind=EXPERT), cast.colleague


def by_who_asks_for_an_expert(cast):
    return making.make_request(cast, kind=EXPERT), cast.requester


def by_earlier_admin(cast):
    """Taken off before it was sent again."""
    request = making.make_request(cast, admins=of_admin(cast, cast.colleague))
    making.take(request, "return", cast.head)
    making.save(request, cast.requester, "admins", admins__1__person=cast.admin.id)
    making.take(request, "submit", cast.requester)
    return request, cast.colleague


def by_who_declared_a_bias(cast):
    request = making.make_request(cast)
    making.take(request, "disqualify", cast.head)
    return request, cast.head


def by_who_handed_it_on(cast):
    request = making.make_request(cast)
    making.take(request, "hand_on", cast.head, new_decider=cast.far_head.id)
    return request, cast.head


CONFLICT = [
    by_requester, by_admin, by_expert, by_who_asks_for_an_expert, by_earlier_admin,
    by_who_declared_a_bias, by_who_handed_it_on,
]  # fmt: skip


@pytest.mark.parametrize("involved", CONFLICT)
def test_a01_no_role_and_no_office_lets_one_decide_ones_own_request(cast, involved):
    """Each role alone with every office of the branch, and all roles together."""
    request, person = involved(cast)
    for roles in (*((role,) for role in Role), tuple(Role)):
        crown(cast, person, *roles)
        before = dump()
        for step in DECIDING:
            given = {"new_decider": cast.chief.id} if step == "hand_on" else {}
            with pytest.raises(NotAllowed):
                making.take(request, step, person, **given)
        assert dump() == before
        with write():
            for grant in db.session.scalars(select(RoleGrant).filter_by(person_id=person.id)):
                db.session.delete(grant)


@pytest.mark.parametrize("involved", CONFLICT)
def test_a01_neither_page_nor_post_opens_for_them(app, cast, involved):
    """With a token of their own for each step, so that only the right is missing."""
    request, person = involved(cast)
    crown(cast, person)
    browser = Browser(app).signs_in(person)
    shown = browser.opens(f"/establishment/{request.id}", status=200)
    assert not {"Hyväksy", "Hylkää", "Palauta", "Siirrä toiselle"} & set(shown.buttons())
    before = dump()
    for step in DECIDING:
        path = f"/establishment/{request.id}/{step}"
        assert browser.opens(path).status == 403, step
        sent = token_of(app, person.id, "establishment.act", path)
        data = {"csrf_token": sent, "seen": str(request.revision), "reason": making.REASON}
        data |= {"new_decider": cast.chief.id, "contact_person": "x", "role_confirmed": "y"}
        assert browser.posts(path, data).status == 403, step
    assert dump() == before


def test_a01_the_same_steps_are_open_to_who_decides(app, cast):
    """The sweep above can fail: with the right, each of its posts gets further."""
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    for step in DECIDING:
        path = f"/establishment/{request.id}/{step}"
        assert browser.opens(path).status == 200
        sent = token_of(app, cast.head.id, "establishment.act", path)
        assert browser.posts(path, {"csrf_token": sent, "seen": "999"}).status != 403


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
