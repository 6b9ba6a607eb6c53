"""A80: whoever opens reporters' data is seen to: the lead handler gets a list each month."""

from datetime import timedelta

import pytest

from intake.data import file_store
from intake.data.base import db
from intake.engine import audit_trail, jobs, outbox
from intake.engine.outbox import Message
from intake.fakes import queries
from intake.fakes.reporter import Told
from tests.browser import Browser
from tests.fakes import corpus
from tests.fakes.making import FAKE, case_of, make_lead, report, take
from tests.fakes.test_evidence import hand_in

OTHER = "https://x.com/savonkoski_fi"
LIST = "Avatut suojatut tiedot"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(file_store, "folder", lambda: tmp_path / "evidence")


@pytest.fixture
def lead(cast):
    return make_lead(cast)


@pytest.fixture
def opened(app, cast):
    """A case of which the handler has opened the reporter's data and the original of a file."""
    files = hand_in(corpus.upload())
    made = report(FAKE, told=Told(name="Aino Ilmoittaja"), files=files)
    case = case_of(made)
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}").follows("Näytä ilmoittajan tiedot")
    page.presses("Näytä ilmoittajan tiedot")
    page = browser.opens(f"/cases/{case.id}").follows("Alkuperäinen tiedosto")
    page.presses(page.buttons()[-1])
    return case


def letters(person) -> list[Message]:
    db.session.rollback()
    return db.session.query(Message).filter_by(template="opened_data", person_id=person.id).all()


@pytest.mark.policy("P7")
def test_a80_each_opening_is_in_the_trail_and_in_the_list_of_its_month(
    app, cast, lead, opened, still
):
    steps = [entry.step for entry, _words in audit_trail.history([opened.id])]
    assert steps.count("reveal") == 2
    still.shift(timedelta(days=10))
    page = Browser(app).signs_in(lead).opens("/cases").follows(LIST)
    assert page.heading == LIST
    assert "Marraskuu 2026" in page.main
    assert f"{cast.handler.name}: 2 kertaa" in page.main
    made = queries.reports_of(opened)[0]
    assert f"Yhteystiedot, {made.reference}" in page.main
    assert "Alkuperäinen tiedosto" in page.main
    assert opened.reference in page.main
    assert "Aino" not in page.text
    assert "ei avattu mitään" in page.follows("Seuraavat").main
    assert "ei avattu mitään" in page.browser.opens("/cases/opened?month=2026-10").main
    for odd in ("0001-01", "9999-12", "x", "2026-13"):
        assert "Marraskuu 2026" in page.browser.opens(f"/cases/opened?month={odd}").main


@pytest.mark.policy("P7")
def test_a80_the_lead_handler_is_told_once_a_month_and_nobody_else(cast, lead, opened, still):
    jobs.tick()
    assert letters(lead) == []
    still.shift(timedelta(days=8))  # the first of December
    for _day in range(3):
        jobs.tick()
        still.shift(timedelta(days=1))
    (row,) = letters(lead)
    assert letters(cast.handler) == letters(cast.keeper) == []
    letter = outbox.letter(row)
    assert "/cases/opened" in letter.plain
    assert cast.handler.name not in letter.plain
    still.shift(timedelta(days=31))  # December had nothing to tell
    jobs.tick()
    assert len(letters(lead)) == 1


def test_a80_nobody_is_written_to_where_nothing_was_opened(cast, lead, still):
    report(FAKE)
    still.shift(timedelta(days=8))
    jobs.tick()
    assert letters(lead) == []


def test_a70_a80_the_list_names_no_case_that_its_reader_may_not_see(app, cast, lead, opened, still):
    take(case_of(report(OTHER)), "reveal", cast.handler, what="contact:x")
    take(opened, "exclude", cast.handler, person=lead.id, reason="Sanotaan tekijäksi.")
    page = Browser(app).signs_in(lead).opens("/cases/opened?month=2026-11")
    assert opened.reference not in page.main
    assert f"{cast.handler.name}: 1 kerta" in page.main


def test_a80_the_list_is_the_leads_alone(app, cast):
    for person in (cast.handler, cast.keeper, cast.administrator, cast.head):
        browser = Browser(app).signs_in(person)
        assert browser.opens("/cases/opened").status == 403
    assert LIST not in Browser(app).signs_in(cast.handler).opens("/cases").main
