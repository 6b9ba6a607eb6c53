"""What waits for whom: to answer, to set up, to confirm, to decide, to close."""

from datetime import date, timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.handbook.models import Approval, Platform
from intake.people.models import Person
from intake.profiles import duties
from intake.profiles.states import ProfileState as P
from tests.profiles.making import (
    EXPERT,
    admin,
    again,
    make_profile,
    open_profile,
    set_up,
    state_rights,
    take,
    tick_all,
    type_address,
)


def waits(cast) -> dict[str, list[str]]:
    """The last part of each duty's address, by person."""
    found = {}
    for name, person in cast.everyone().items():
        person = db.session.get_one(Person, person.id)
        mine = duties.of_profiles(person, clock.now())
        mine += duties.of_continuations(person, clock.now())
        if mine:
            found[name] = [duty.url.rsplit("/", 1)[-1] for duty in mine]
            assert all(str(duty.why) and str(duty.verb) and duty.until for duty in mine)
    return found


@pytest.mark.policy("O4", "O6")
def test_a_set_up_waits_for_each_in_turn(cast):
    profile = open_profile(
        cast, admins=(admin(cast.requester, lead=True), admin(cast.admin, accepted=False))
    )
    assert waits(cast) == {"requester": ["state_rights"], "admin": ["accept_part"]}
    take(profile, "accept_part", cast.admin)
    for person in (cast.requester, cast.admin):
        state_rights(profile, person)
    assert waits(cast) == {"requester": [profile.id], "admin": [profile.id]}
    tick_all(profile, cast.requester)
    assert waits(cast) == {"requester": ["type"], "admin": ["type"]}
    type_address(profile, cast.requester)
    second = ["list"]
    assert waits(cast) == {"admin": second, "keeper": second, "other_keeper": second}


def test_another_address_waits_for_the_supervisor_first(cast):
    profile = open_profile(cast)
    set_up(cast, profile, "instagram.com/aivan_muu")
    assert waits(cast) == {"head": ["allow"]}
    line = again(profile).typed[0]
    assert [one.url for one in duties.of_addresses(cast.head, clock.now(), line)] == [
        f"/profiles/{profile.id}/address/{line.id}/allow"
    ]
    assert duties.of_addresses(cast.admin, clock.now(), line) == []
    assert duties.of_addresses(cast.head, clock.now()) == []
    take(line, "allow", cast.head, reason="Tunnus oli varattu.")
    assert "list" in waits(cast)["admin"]
    assert "head" not in waits(cast)


@pytest.mark.policy("O6")
def test_an_overdue_set_up_waits_for_the_supervisor(cast, still):
    profile = open_profile(cast, EXPERT)
    still.shift(timedelta(days=31))
    assert waits(cast)["head"] == [profile.id]


@pytest.mark.policy("G7")
def test_a_service_that_is_not_approved_waits_for_the_keepers(cast):
    with write():
        db.session.get_one(Platform, "instagram").approval = Approval.NOT_APPROVED
    open_profile(cast)
    assert waits(cast)["keeper"] == ["instagram"]  # the page of the service


@pytest.mark.policy("O8")
def test_a_fixed_term_waits_for_the_supervisor(cast, still):
    make_profile(cast, ends_on=date(2027, 2, 26))
    assert waits(cast) == {}
    still.move_to(clock.end_of(date(2027, 1, 12)))
    assert waits(cast) == {"head": ["announce_closing"]}


@pytest.mark.policy("P1")
def test_a_profile_with_one_admin_left_waits_for_the_supervisor(cast):
    profile = make_profile(cast)
    take(profile, "leave", cast.admin)
    assert waits(cast) == {"head": [profile.id]}
    found = duties.of_profiles(cast.head, clock.now(), again(profile))
    assert clock.today(found[0].until) == clock.today() + timedelta(days=14)


@pytest.mark.policy("O8")
def test_closing_waits_for_the_lead_on_the_day_and_then_for_the_supervisor(cast, still):
    profile = make_profile(cast, P.CLOSING_ANNOUNCED)
    assert waits(cast) == {"requester": ["note_posted"], "admin": ["note_posted"]}
    take(profile, "note_posted", cast.admin, posted_on=clock.today())
    assert waits(cast) == {}
    still.shift(timedelta(days=40))
    assert waits(cast) == {"requester": ["close"]}
    still.shift(timedelta(days=9))  # the day fell on a Saturday
    assert waits(cast) == {"requester": ["close"], "head": ["close"]}


def test_a_new_address_of_a_listed_profile_waits_for_the_second_person(cast):
    profile = make_profile(cast)
    type_address(profile, cast.requester, "instagram.com/uusi_osoite")
    assert waits(cast) == {"head": ["allow"]}
    take(again(profile).typed[0], "allow", cast.head, reason="Nimi vaihtui.")
    assert waits(cast) == {name: ["confirm"] for name in ("admin", "keeper", "other_keeper")}


def test_where_nobody_may_decide_the_keepers_do(cast):
    with write():
        for unit in (cast.area, cast.sector, cast.town):
            again(unit).head_id = None
    profile = make_profile(cast, P.ACTIVE, ends_on=clock.today() + timedelta(days=10))
    assert waits(cast) == {name: ["announce_closing"] for name in ("keeper", "other_keeper")}
    assert again(profile).state is P.ACTIVE
