"""The demo town: played through the ordinary steps, and never in production."""

import re
from collections import Counter

import pytest
from sqlalchemy import func, select

from intake import clock, config, demo
from intake.data.base import db
from intake.demo.organisation import PASSWORD
from intake.engine import audit_trail, replay
from intake.establishment.models import Request
from intake.fakes import queries
from intake.fakes.models import Case, CaseKey, PublicWarning, Report, Watch
from intake.fakes.states import CaseState
from intake.people import queries as people
from intake.profiles.models import Profile
from intake.register import queries as register
from intake.site import onboarding
from tests.browser import Browser

pytestmark = pytest.mark.xdist_group("demo")  # filled once


@pytest.fixture(scope="module")
def filled():
    """What was printed when the demo was filled: it is filled once and kept."""
    return []


@pytest.fixture
def town(app, store, filled):
    """The lines printed of the demo, on a database that holds it."""
    if filled:
        db.session.remove()
        db.engine.dispose()
        store.renew("demo")
    else:
        filled += demo.prepare(wanted=True)
        db.session.remove()
        db.engine.dispose()
        store.keep("demo")
    return filled


def test_the_demo_holds_requests_and_profiles_in_every_state(town):
    assert Counter(db.session.scalars(select(Profile.state))) == {
        "active": 9,
        "setup": 1,
        "closed": 1,
        "closing_announced": 1,
    }
    assert Counter(db.session.scalars(select(Request.state))) == {
        "approved": 12,
        "submitted": 4,
        "draft": 1,
        "awaiting_consent": 1,
        "returned": 1,
        "rejected": 1,
        "withdrawn": 1,
        "lapsed": 1,
    }
    assert register.count() == 10


def test_it_holds_a_case_in_every_state_and_the_fifteen_reports(town):
    states = Counter(db.session.scalars(select(Case.state)))
    assert set(states) == set(CaseState)
    assert db.session.scalar(select(func.count()).select_from(Report)) == 16  # and one held apart
    assert db.session.scalar(select(func.count()).select_from(Watch)) > 0
    assert db.session.scalar(select(func.count()).select_from(PublicWarning)) == 1
    assert db.session.scalars(select(Case.held).where(Case.held.is_(True))).all() == [True]


def test_its_reports_met_as_they_should(town):
    keys = set(db.session.scalars(select(CaseKey.key)))
    assert {
        "facebook:id:61579990000001",
        "web:page:facebok.com/savonkoskenkaupunkl",
        "link:facebook.com/share/1AbCdEfGhI",
        "linkedin:in:annika-strömkulla-8b1a2c",
        "whatsapp:phone:358400000000",
        "text:javascript:alert(1)",
        "name:bluesky:savonkosken kaupunki",
    } <= keys
    case = queries.of_key("facebook:id:61579990000001")
    assert (len(queries.reports_of(case)), case.state) == (2, CaseState.PLATFORM_NOTIFIED)


def test_its_first_steps_are_nearly_all_done(town):
    administrator = people.by_email("timo.rantapajula@savonkoski.example")
    progress = onboarding.of(administrator)
    assert {step.code for step in progress.open} == {"look", "mail", "keepers", "administrators"}


def test_its_past_was_played_in_order_of_time_and_its_trail_is_whole(town):
    moments = db.session.scalars(select(audit_trail.Entry.at).order_by(audit_trail.Entry.seq)).all()
    assert moments == sorted(moments)
    assert moments[-1] <= clock.now()
    assert replay.verify() == []


def test_the_accounts_are_printed_and_work(town, app):
    printed = [line.split()[0] for line in town[1:]]
    assert len(printed) == 5
    for email in printed:
        page = Browser(app).signs_in_by_page(people.by_email(email), PASSWORD)
        assert "Tämä on esittely" in page.opens("/desk").text


def test_a_late_request_waits_for_the_deputy(town, app):
    kaisa = people.by_email("kaisa.ruskotuulela@savonkoski.example")
    page = Browser(app).signs_in_by_page(kaisa, PASSWORD).opens("/desk")
    decide = r"Tee päätös pyynnöstä PP-\d{4}-\d{3}, Savonkosken "
    assert re.search(decide + "vesihuolto, Facebook", page.main)
    assert "Myöhässä" in page.main
    assert re.search(decide + "kirjasto, TikTok", page.main)


def test_a_database_in_use_is_not_filled(cast):
    with pytest.raises(config.BadSettings, match="in use"):
        demo.prepare(wanted=True)
    assert demo.prepare(wanted=False) == []


def test_a48_the_demo_is_refused_in_production(town, app, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://profiilit.savonkoski.example")
    with pytest.raises(config.BadSettings, match="loopback"):
        demo.prepare(wanted=False)
