"""Who decides on a request (O3), as the calendar and the organisation stand, and why."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.outbox import Message
from intake.establishment import deciding, parties, reasons, service
from intake.people.models import Level
from intake.refusals import NotAllowed
from tests.browser import Browser
from tests.establishment import making
from tests.establishment.making import EXPERT

pytestmark = pytest.mark.policy("O3")
TODAY = date(2026, 11, 23)


def acting(request):
    return deciding.route_of(making.again(request), clock.now()).acting


def heads_request(cast, **pages):
    """A request of the head of the unit, who also is an admin."""
    admins = {**making.admin_fields(0, cast.head, lead=True), **making.admin_fields(1, cast.admin)}
    return making.make_request(cast, requester=cast.head, admins=admins, **pages)


def test_a_heads_own_request_goes_one_level_up(cast):
    request = heads_request(cast)
    assert acting(request) == cast.director
    assert request.decider_id == cast.director.id
    assert ["biased", cast.area.id, cast.head.id] in request.why


def test_an_absent_heads_request_is_decided_by_the_deputy_and_comes_back(cast, make, still):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY + timedelta(days=2))
    assert acting(request) == cast.deputy
    still.shift(timedelta(days=3))
    assert acting(request) == cast.head
    with pytest.raises(NotAllowed):
        making.take(request, "approve", cast.deputy)
    making.take(request, "approve", cast.head)


def test_the_move_is_told_once_both_ways(cast, make, still, tick):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY + timedelta(days=2))
    tick()
    still.shift(timedelta(hours=1))
    tick()
    assert told_of_move(request) == {
        ("decider_desk", cast.deputy.id),
        ("decider_desk", cast.head.id),
        ("requester", cast.requester.id),
    }
    assert making.again(request).acting_id == cast.deputy.id
    still.shift(timedelta(days=3))
    tick()
    tick()
    assert told_of_move(request) == {
        ("decider_desk", cast.head.id),
        ("former_decider", cast.deputy.id),
        ("requester", cast.requester.id),
    }
    assert making.steps_of(request).count("reroute") == 2


def told_of_move(request) -> set[tuple[str, str]]:
    """(party, person) of the messages of the newest move."""
    entry = audit_trail.latest(request.id, "reroute")
    rows = db.session.scalars(select(Message).where(Message.entry == entry.entry))
    return {(row.party, row.person_id) for row in rows}


def test_both_the_absent_head_and_who_stands_in_may_decide(cast, make):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY)
    found = parties.decider.people(making.again(request), clock.now())
    assert list(found) == [cast.deputy, cast.head]


def test_one_helper_from_another_sector_does_not_lift_it_to_the_mayor(cast):
    admins = {**making.admin_fields(0, cast.requester, lead=True)}
    admins |= making.admin_fields(1, cast.stranger)
    request = making.make_request(cast, admins=admins)
    assert acting(request) == cast.director
    assert parties.other_heads.people(request, clock.now()) == [cast.far_head]
    told = db.session.scalars(select(Message.person_id).where(Message.party == "other_heads")).all()
    assert told == [cast.far_head.id]


@pytest.mark.policy("O1")
def test_a_working_group_answers_to_the_head_above_it(cast, make):
    group = make.unit("Koskijuhlat", cast.library, Level.WORKING_GROUP)
    request = making.make_request(
        cast,
        unit={"org_level": ["working_group"], "org_unit": [group.id]},
        profile={"profile_name": ["Koskijuhlat"]},
        admins={
            **making.admin_fields(0, cast.requester, lead=True),
            **making.admin_fields(1, cast.admin),
        },
    )
    assert acting(request) == cast.head  # the admins are of another unit of the same area


def test_where_nobody_is_left_it_waits_on_the_keepers_desk(app, cast, make):
    for person in (cast.head, cast.deputy, cast.director, cast.mayor):
        make.leave(person)
    request = making.make_request(cast)
    assert acting(request) is None
    assert set(parties.decider_desk.people(request, clock.now())) == {
        cast.keeper,
        cast.other_keeper,
    }
    page = Browser(app).signs_in(cast.keeper).opens("/desk")
    assert "Siirrä eteenpäin" in page.main
    making.take(request, "hand_on", cast.keeper, new_decider=cast.far_head.id)
    assert acting(request) == cast.far_head
    with pytest.raises(NotAllowed):
        making.take(request, "hand_on", cast.keeper, new_decider=cast.chief.id)
    making.take(request, "approve", cast.far_head)


def test_who_declares_a_conflict_of_interest_is_skipped(cast):
    request = making.make_request(cast)
    making.take(request, "disqualify", cast.head)
    assert acting(request) == cast.director
    told = db.session.scalars(
        select(Message.person_id).where(Message.step == "disqualify", Message.party == "keepers")
    )
    assert set(told) == {cast.keeper.id, cast.other_keeper.id}


def test_disqualified_deputies_give_way_while_the_head_is_away(cast, make):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY)
    making.take(request, "disqualify", cast.deputy)
    assert acting(request) == cast.director


def test_a_change_of_head_moves_what_waits_as_an_effect(cast, make):
    request = making.make_request(cast)
    make.head(cast.area, cast.chief)
    with write():
        assert service.reroute_all(clock.now(), cause=cast.administrator) == 1
    request = making.again(request)
    assert request.acting_id == cast.chief.id
    with write():
        assert service.reroute_all(clock.now(), cause=cast.administrator) == 0


def test_both_sides_are_told_why(app, cast):
    request = making.make_request(cast)
    said = "Yksikköä Kulttuuri ja vapaa-aika johtaa Kaisa Ruskotuulela."
    for person in (cast.requester, cast.head):
        page = Browser(app).signs_in(person).opens(f"/establishment/{request.id}")
        assert said in page.main
        assert "Peruste: organisaatiotaso" in page.main


def test_expert_profiles_go_the_same_way_by_analogy(app, cast):
    request = making.make_request(cast, kind=EXPERT)
    assert acting(request) == cast.head
    page = Browser(app).signs_in(cast.head).opens(f"/establishment/{request.id}")
    assert "Asiantuntijaprofiilit päätetään vastaavasti" in page.main


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("head", "johdat seuraavaa ylempää yksikköä"),
        ("deputy", "Sijaistettava: Kaisa Ruskotuulela"),
        ("far_head", "päätös siirrettiin sinulle"),
    ],
)
def test_the_supervisor_reads_why_them(app, cast, make, who, said):
    request = making.make_request(cast)
    if who == "deputy":
        make.absence(cast.head, TODAY, TODAY)
    if who == "far_head":
        making.take(request, "hand_on", cast.head, new_decider=cast.far_head.id)
    page = Browser(app).signs_in(getattr(cast, who)).opens(f"/establishment/{request.id}")
    assert said in page.main


def test_every_code_of_the_routing_has_its_sentence(app):
    codes = {
        "no_unit",
        "own_unit",
        "common_unit",
        "sector",
        "next_up",
        "no_head",
        "no_top",
        "biased",
        "away",
        "head",
        "deputy",
        "nobody",
        "named",
        "handed_on",
    }
    assert set(reasons.SENTENCES) == codes
