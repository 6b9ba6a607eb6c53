"""Who decides, and why: the unit, its head, past whoever is biased or away."""

from datetime import date, timedelta

import pytest

from intake.data.base import db
from intake.data.write import write
from intake.people import routing
from intake.people.models import Level

pytestmark = pytest.mark.policy("O3")
TODAY = date(2026, 11, 23)


def codes(found):
    return [reason.code for reason in found.why]


def test_the_head_of_the_unit_decides(cast):
    found = routing.route(cast.library.id, [cast.requester], {cast.requester.id}, TODAY)
    assert found.acting == cast.head  # Noora is of another unit: the smallest that holds both
    found = routing.route(cast.library.id, [], set(), TODAY)
    assert found.acting == cast.chief
    assert codes(found) == ["own_unit", "head"]


def test_a_unit_without_head_is_decided_one_up(cast):
    found = routing.route(cast.youth.id, [cast.requester, cast.admin], set(), TODAY)
    assert found.acting == cast.head
    assert codes(found) == ["own_unit", "no_head", "head"]


def test_one_helper_from_another_sector_does_not_lift_it_to_the_mayor(cast):
    found = routing.route(cast.library.id, [cast.requester, cast.stranger], set(), TODAY)
    assert found.acting == cast.director
    assert codes(found) == ["sector", "head"]


def test_a01_a_head_in_the_conflict_set_is_skipped(cast):
    found = routing.route(cast.youth.id, [], {cast.head.id}, TODAY)
    assert found.acting == cast.director
    assert codes(found) == ["own_unit", "no_head", "biased", "head"]


def test_an_absent_head_is_stood_in_for_and_comes_back(cast, make):
    make.absence(cast.head, TODAY, TODAY + timedelta(days=3))
    found = routing.route(cast.youth.id, [], set(), TODAY)
    assert (found.holder, found.acting) == (cast.head, cast.deputy)
    assert found.stands_in
    assert routing.route(cast.youth.id, [], set(), TODAY + timedelta(days=4)).acting == cast.head


def test_the_deputy_named_for_the_absence_goes_before_the_standing_one(cast, make):
    make.absence(cast.head, TODAY, TODAY, deputy=cast.chief)
    assert routing.route(cast.youth.id, [], set(), TODAY).acting == cast.chief


def test_a_biased_or_absent_deputy_gives_way_to_the_next_one_up(cast, make):
    make.absence(cast.head, TODAY, TODAY)
    assert routing.route(cast.youth.id, [], {cast.deputy.id}, TODAY).acting == cast.director
    make.absence(cast.deputy, TODAY, TODAY)
    found = routing.route(cast.youth.id, [], set(), TODAY)
    assert found.acting == cast.director
    assert "away" in codes(found)


def test_a_working_group_answers_to_the_head_above_it(cast, make):
    group = make.unit("Koskijuhlat", cast.library, Level.WORKING_GROUP)
    make.head(group, cast.stranger)
    assert routing.route(group.id, [], set(), TODAY).acting == cast.chief


def test_a_head_who_has_left_decides_no_more(cast, make):
    make.leave(cast.head)
    assert routing.route(cast.youth.id, [], set(), TODAY).acting == cast.director


def test_nobody_left_is_said_and_no_error(cast):
    everyone = {person.id for person in cast.everyone().values()}
    found = routing.route(cast.youth.id, [], everyone, TODAY)
    assert found.acting is None
    assert codes(found)[-1] == "nobody"
    assert routing.route("unheard", [], set(), TODAY).acting is None


def test_a_circle_in_the_data_ends(cast):
    with write():
        db.session.get(type(cast.town), cast.town.id).parent_id = cast.library.id
    everyone = {person.id for person in cast.everyone().values()}
    assert routing.route(cast.library.id, [], everyone, TODAY).acting is None


def test_the_next_one_up(cast):
    assert routing.next_up(cast.area, set(), TODAY).acting == cast.director
    assert routing.next_up(cast.town, set(), TODAY).acting is None
    assert routing.next_up(None, set(), TODAY).acting is None


def test_heads_of_the_helpers(cast):
    assert routing.heads_of([cast.stranger], TODAY) == [cast.far_head]
    assert routing.acting_for(cast.head, set(), TODAY) == cast.head
