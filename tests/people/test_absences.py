"""Absences: who may enter them, and that routing is all they are for."""

from datetime import date, timedelta

import pytest

from intake.data.base import db
from intake.data.write import write
from intake.people import routing, service
from intake.people.models import Absence, Person
from intake.refusals import NotAllowed, Unready

TODAY = date(2026, 11, 23)


def enter(cast, person, by, now, begins=TODAY, until=TODAY, deputy=None):
    with write():
        people = {
            key: db.session.get(Person, one.id) for key, one in (("person", person), ("by", by))
        }
        stand_in = db.session.get(Person, deputy.id) if deputy else None
        service.enter_absence(people["person"], begins, until, stand_in, people["by"], now)


@pytest.mark.policy("O3")
def test_a03_whoever_would_stand_in_cannot_send_the_head_away(cast, now):
    with pytest.raises(NotAllowed):
        enter(cast, cast.head, cast.deputy, now)
    with pytest.raises(NotAllowed):
        enter(cast, cast.head, cast.director, now, deputy=cast.director)
    with pytest.raises(NotAllowed):
        enter(cast, cast.head, cast.stranger, now)
    assert routing.route(cast.youth.id, [], set(), TODAY).acting == cast.head


@pytest.mark.policy("O3")
def test_a03_an_absence_is_never_back_dated(cast, now):
    with pytest.raises(Unready) as refusal:
        enter(cast, cast.head, cast.head, now, begins=TODAY - timedelta(days=1))
    assert refusal.value.problems[0].field == "begins"


def test_the_last_day_is_not_before_the_first_and_the_deputy_is_somebody_else(cast, now):
    with pytest.raises(Unready) as refusal:
        enter(cast, cast.head, cast.head, now, until=TODAY - timedelta(days=1))
    assert refusal.value.problems[0].field == "until"
    with pytest.raises(Unready) as refusal:
        enter(cast, cast.head, cast.director, now, deputy=cast.head)
    assert refusal.value.problems[0].field == "deputy"


@pytest.mark.parametrize("by", ["head", "director", "administrator"])
def test_the_person_their_head_and_an_administrator_may(cast, now, by):
    enter(cast, cast.head, getattr(cast, by), now)
    assert routing.route(cast.youth.id, [], set(), TODAY).acting == cast.deputy


@pytest.mark.policy("E4")
def test_an_absence_has_no_room_for_a_reason():
    columns = set(Absence.__table__.columns.keys())
    assert columns == {
        "id",
        "created_at",
        "person_id",
        "begins",
        "until",
        "deputy_id",
        "entered_by_id",
        "cancelled_at",
    }


def test_a06_nobody_grants_themselves_a_role_or_an_office(cast, now):
    from intake.people.models import Role

    def grant():
        with write():
            person = db.session.get(Person, cast.administrator.id)
            service.grant(person, Role.KEEPER, person, now)

    def name():
        with write():
            person = db.session.get(Person, cast.administrator.id)
            service.name_head(cast.library, person, None, person, now)

    for attempt in (grant, name):
        with pytest.raises(NotAllowed):
            attempt()
