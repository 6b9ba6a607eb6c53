"""The track with the police: decided, advised, reported, ended; and what goes to them (P5, G8)."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries
from intake.fakes.desk import filing_page
from intake.fakes.models import Case, Evidence
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.fakes.states import PoliceState as P
from intake.people.models import Person
from intake.refusals import Unready
from tests.browser import Browser
from tests.fakes.making import again, make_case, take


@pytest.fixture
def case(cast) -> Case:
    return make_case(
        cast,
        C.CONFIRMED,
        harm="money",
        told=Told(name="Hilkka Tuulensuunta", email="hilkka@posti.example"),
        description="Menetin 350 euroa.",
    )


def pack(case: Case) -> None:
    """The packet as its page makes it."""
    with write():
        db.session.get_one(Case, case.id).packet_at = clock.now()


def add_evidence(case: Case) -> None:
    with write():
        row = Evidence(
            sha256="ab" * 32, media_type="image/png", size=10, name="IMG_1.png", case_id=case.id
        )
        db.session.add(row)


FILED = {"number": "5680/R/1/26", "offence": ["fraud"], "station": "Itä-Suomi"}


@pytest.mark.policy("P5", "G8")
def test_the_town_reports_with_number_offence_and_station_after_the_packet_is_made(app, cast, case):
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}/file").fills(punishment_demand="unasked", **FILED)
    refused = page.presses(page.page.heading)
    assert refused.status == 422
    pack(case)
    page = browser.opens(f"/cases/{case.id}/file").fills(punishment_demand="unasked", **FILED)
    page.presses(page.page.heading)
    found = again(case)
    assert found.police is P.FILED_BY_TOWN
    (row,) = queries.filings_of(found)
    assert (row.reference, row.route, row.text) == ("5680/R/1/26", "Itä-Suomi", "36:1")
    page = browser.opens(f"/cases/{case.id}/end_investigation")
    page.fills(result="Ei syytettä.").presses(page.heading)
    assert again(case).police is P.INVESTIGATION_ENDED
    page = browser.opens(f"/cases/{case.id}/reconsider")
    page.fills(reason="Uusia tietoja.").presses(page.heading)
    assert again(case).police is P.NOT_CONSIDERED


@pytest.mark.policy("P5", "G8")
def test_the_injured_party_is_advised_and_their_report_noted(app, cast, case):
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}/advise_victim")
    assert "asianomistaja vaatii rangaistusta" in page.main
    page.fills(whom="Tilin esittämä henkilö").presses(page.heading)
    assert again(case).police is P.VICTIM_ADVISED
    page = browser.opens(f"/cases/{case.id}/note_victims_report")
    page.fills(number="1", punishment_demand="yes").presses(page.heading)
    assert again(case).police is P.FILED_BY_VICTIM


@pytest.mark.policy("P5")
def test_that_the_police_are_not_needed_has_its_reason(app, cast, case):
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}/decide_not_needed")
    assert page.presses(page.heading).status == 422
    page.fills(reason="Ei rikosta.").presses(page.heading)
    assert again(case).police is P.NOT_NEEDED


def test_the_packet_is_one_file_with_summary_and_manifest_and_is_remembered(app, cast, case):
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}").presses("Kokoa aineisto poliisille")
    assert page.response.mimetype == "application/zip"
    assert f"{case.reference}.zip" in page.response.headers["Content-Disposition"]
    with ZipFile(BytesIO(page.response.data)) as packed:
        assert {"summary.html", "manifest.json"} <= set(packed.namelist())
        assert b"Hilkka" not in b"".join(packed.read(name) for name in packed.namelist())
    assert again(case).packet_at == clock.now()
    assert "kokosi aineiston poliisille" in browser.opens(f"/cases/{case.id}").main


def test_a_packet_grows_stale_with_new_evidence(app, cast, case, still):
    pack(case)
    person = db.session.get_one(Person, cast.handler.id)
    with app.test_request_context():
        assert not filing_page.police_of(again(case), person, clock.now()).is_stale
    still.shift(timedelta(minutes=1))
    add_evidence(case)
    with app.test_request_context():
        person = db.session.get_one(Person, cast.handler.id)
        assert filing_page.police_of(again(case), person, clock.now()).is_stale
    with pytest.raises(Unready):
        take(case, "file", cast.handler, filed_on=clock.today(), **FILED)


@pytest.mark.policy("P5", "P7")
def test_the_summary_tells_what_and_where_with_hashes_and_not_who_reported(app, cast, case):
    add_evidence(case)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/packet")
    assert "https://www.instagram.com/savonkosken_kaupunkl/" in page.main
    assert "ab" * 32 in page.main
    assert "image/png" in page.main
    assert "Menetin 350 euroa." in page.main
    assert "IMG_1" not in page.html
    assert "Hilkka" not in page.html
    assert "hilkka@" not in page.html
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["Cache-Control"] == "no-store"
    Browser(app).signs_in(cast.requester).opens(f"/cases/{case.id}/packet", status=403)


def test_who_is_excluded_meets_none_of_these_pages(app, cast, case):
    take(case, "exclude", cast.handler, person=cast.handler.id, reason="Itse asianosainen.")
    browser = Browser(app).signs_in(cast.handler)
    for step in ("notify", "packet", "file", "warn_public", "note_receipt"):
        browser.opens(f"/cases/{case.id}/{step}", status=404)
