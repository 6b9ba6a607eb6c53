"""A handler's way with a fake: told to the service, reminded, reported to the police, gone (P5)."""

from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.engine import jobs
from intake.engine.outbox import Message
from intake.fakes import queries, service
from intake.fakes.states import CaseState as C
from intake.fakes.states import PoliceState as P
from tests.browser import Browser
from tests.fakes.making import again, look, make_case, take
from tests.fakes.test_notice import with_genuine


@pytest.mark.policy("P5", "G8")
def test_from_the_notice_to_the_takedown_with_a_reminder_when_the_service_is_silent(
    app, cast, still
):
    case = with_genuine(cast, make_case(cast, C.CONFIRMED, harm="money"))
    pirkko = Browser(app).signs_in(cast.handler)
    page = pirkko.opens("/desk").follows("Lähetä ilmoitus palveluun")
    page = page.fills(route="Palvelun lomake", seen_both=True).presses("Olen lähettänyt")
    assert page.path == f"/cases/{case.id}"
    assert "Palvelun lomake" in page.main
    assert _letters(cast.handler) == 0
    still.shift(timedelta(days=4))
    jobs.tick()
    assert _letters(cast.handler) == 1
    pirkko = Browser(app).signs_in(cast.handler)
    assert case.reference in pirkko.opens("/desk").main
    page = pirkko.opens(f"/cases/{case.id}/note_no_answer")
    page = page.presses(page.heading)
    assert again(case).state is C.NO_ANSWER
    page = pirkko.opens(f"/cases/{case.id}").presses("Kokoa aineisto poliisille")
    page = pirkko.opens(f"/cases/{case.id}/file")
    page.fills(
        number="5680/R/1/26", offence=["fraud"], station="Itä-Suomi", punishment_demand="unasked"
    ).presses(page.heading)
    assert again(case).police is P.FILED_BY_TOWN
    page = pirkko.opens(f"/cases/{case.id}")
    assert "5680/R/1/26" in page.main
    look(case, cast.handler, there=False)
    case = take(case, "note_takedown", cast.handler, outcome="removed", seen_at=clock.now())
    assert case.state is C.TAKEN_DOWN
    assert len(queries.filings_of(case)) == 2
    assert service.CASE.workflow.deadline_of(case.state) is not None


def _letters(person) -> int:
    return db.session.query(Message).filter_by(person_id=person.id, template="morning").count()
