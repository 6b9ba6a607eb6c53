"""Who decides on a head's own request, and on an absent head's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from intake import create_app
from intake.data.base import db
from intake.data.write import write
from intake.people.models import Absence, Person
from tests.journeys.filling import told

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.policy("O3")
def test_a_heads_own_request_goes_one_level_up(at, town):
    kaisa = at("kaisa.ruskotuulela").follows("Kulttuuriviikot, Instagram")
    kaisa.sees("Oona Talvilehtola").misses("Hyväksy", "Hylkää")
    request = kaisa.path
    kaisa.opens(f"{request}/approve", status=403)
    oona = at("oona.talvilehtola").works_on("Kulttuuriviikot")
    assert oona.path == request
    assert oona.heading == "Saako Kulttuuriviikot oman Instagram-profiilin?"
    oona.follows("Hyväksy").presses("Hyväksy").sees("Hyväksytty", "Oona Talvilehtola")
    assert "kaisa.ruskotuulela" in told(town, "Kulttuuriviikot", "approve")


@pytest.mark.policy("O3")
def test_an_absent_heads_request_goes_to_the_deputy_and_comes_back(at, town):
    kaisa = at("kaisa.ruskotuulela").works_on("Savonkosken kirjasto, TikTok")
    request = kaisa.path
    kaisa.sees("Sijaistettava: Antti Muurainvaara").follows("Hyväksy").follows("Peruuta")
    _ends_absence(town, "antti.muurainvaara")
    kaisa.opens(request).sees("Antti Muurainvaara päättää.").misses("Hyväksy", "Hylkää")
    kaisa.opens(f"{request}/approve", status=403)
    assert "antti.muurainvaara" in told(town, "Savonkosken kirjasto, TikTok", "reroute")
    antti = at("antti.muurainvaara").works_on("Savonkosken kirjasto, TikTok")
    assert antti.path == request
    antti.misses("Sijaistettava").follows("Hylkää").fills(
        reason="Kirjastolla ei ole nyt työaikaa uuteen palveluun.",
        contact_person="Antti Muurainvaara",
    )
    antti.presses("Hylkää").sees("Hylätty")
    assert "saara.tuulikorvela" in told(town, "Savonkosken kirjasto, TikTok", "reject")


def _ends_absence(town, name: str) -> None:
    """The clock of the served town cannot be moved, so the absence ended yesterday."""
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011 -- as the server reads the day
    person = select(Person.id).where(Person.email.startswith(f"{name}@"))
    with create_app({"JOBS": "off"}, town.instance).app_context():
        with write():
            absence = db.session.scalars(select(Absence).where(Absence.person_id.in_(person))).one()
            absence.until = yesterday
        db.session.remove()
        db.engine.dispose()
    assert town.flask("tick").returncode == 0
