"""The desk: what waits for me, why and until when, oldest first."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine.duties import Duty, Rank
from intake.handbook import service as handbook
from intake.people.models import Person
from intake.site import desk
from tests.browser import Browser
from tests.establishment.making import make_request


def named(duties):
    return [str(duty.verb) for duty in duties]


def test_an_empty_desk_says_so_and_what_to_do(app, cast):
    page = Browser(app).signs_in(cast.stranger).opens("/desk")
    assert page.heading == "Mikään ei odota sinua"
    assert "Et ole vielä pyytänyt profiilia." in page.main
    assert page.follows("Pyydä uutta profiilia").path == "/establishment/start"


@pytest.mark.policy("G1")
def test_a_named_admin_is_asked_to_acknowledge_the_guidelines(app, cast, now):
    make_request(cast, trained=False)
    browser = Browser(app).signs_in(cast.admin)
    page = browser.opens("/desk")
    assert "Kuittaa ohjeet, versio 1" in page.main
    assert browser.opens(page.link("Kuittaa ohjeet")).path == "/handbook/guidelines"
    assert "Kuittaa ohjeet" not in Browser(app).signs_in(cast.head).opens("/desk").main
    with write():
        handbook.acknowledge(db.session.get(Person, cast.admin.id), now)
    assert "Kuittaa ohjeet" not in browser.opens("/desk").main


def test_the_oldest_comes_first_and_groups_that_are_empty_are_left_out(app, cast, still):
    make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens("/desk")
    assert page.heading == "Sinua odottaa yksi asia"
    assert "Myöhemmin" in page.main
    still.shift(timedelta(days=30))
    page = browser.signs_in(cast.head).opens("/desk")
    assert "Myöhässä" in page.main
    assert "Myöhemmin" not in page.main
    assert "Määräaika oli ma 7.12." in page.main


def test_duties_stand_under_their_day(app, now):
    today = clock.today(now)
    with app.test_request_context("/desk"):
        rows = [
            Duty("a", "", "", clock.end_of(today - timedelta(days=1)), "", None),
            Duty("b", "", "", clock.end_of(today), "", None),
            Duty("c", "", "", clock.end_of(today + timedelta(days=6)), "", None),
            Duty("d", "", "", clock.end_of(today + timedelta(days=7)), "", None),
            Duty("e", "", "", None, "", None),
        ]
        grouped = {heading: named(found) for heading, found in desk.grouped(rows, today)}
    assert list(grouped.values()) == [["a"], ["b"], ["c"], ["d", "e"]]


def test_what_hurts_comes_first_and_routine_looks_last(app, now):
    def made(name, days, rank):
        until = now + timedelta(days=days)
        return Duty(name, "", "", until, "", SimpleNamespace(id=name), "", rank)

    rows = [
        made("look", -20, Rank.ROUTINE),
        made("fake", 0, Rank.URGENT),
        made("late", -1, Rank.ORDINARY),
        made("coming fake", 5, Rank.URGENT),
        made("today", 0, Rank.ORDINARY),
    ]
    in_order = sorted(rows, key=lambda duty: desk._place(duty, now))
    assert named(in_order) == ["fake", "late", "look", "today", "coming fake"]
    with app.test_request_context("/desk"):
        first, found = desk.grouped(in_order, clock.today(now))[0]
    assert first == "Heti hoidettavat"
    assert named(found) == ["fake"]
