"""A warning or a time for complaint ends by itself, and somebody is told before."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.fakes.desk.filing_page import complaint_until
from intake.fakes.models import Filing
from intake.fakes.states import CaseState as C
from tests.fakes.making import again, make_case, notice, take
from tests.profiles.making import make_profile


def told(notice_: str) -> set[str]:
    return set(db.session.scalars(select(Message.person_id).where(Message.template == notice_)))


@pytest.mark.policy("P5")
def test_a_handler_is_told_once_before_a_public_warning_ends(cast, still, tick):
    genuine = make_profile(cast, key="instagram:handle:aito.nuoriso")
    case = make_case(cast, C.CONFIRMED)
    with write():
        again(case).profile_id = genuine.id
    day = clock.today() + timedelta(days=20)
    text = f"Aito profiili on {genuine.current[0].url}"
    take(case, "warn_public", cast.handler, warning_text=text, ends_on=day)
    tick()
    assert told("warning_ends") == set()
    still.shift(timedelta(days=17))
    tick()
    assert told("warning_ends") == {cast.handler.id}
    letter = outbox.letter(
        db.session.scalars(select(Message).where(Message.template == "warning_ends")).one()
    )
    assert letter.subject.startswith("Julkinen varoitus päättyy:")
    assert again(case).reference in letter.subject
    still.shift(timedelta(days=1))
    tick()
    found = select(Message.id).where(Message.template == "warning_ends")
    assert len(db.session.scalars(found).all()) == 1


@pytest.mark.policy("P5")
@pytest.mark.parametrize("complains", [False, True])
def test_a_handler_is_told_before_the_time_for_a_complaint_ends(cast, still, tick, complains):
    case = make_case(cast, C.CONFIRMED)
    take(case, "notify", cast.handler, **notice(case, "art16"))
    decided = {"decided_at": clock.today(), "decision_text": "Emme poista profiilia."}
    row = db.session.scalars(select(Filing)).one()
    take(case, "note_refusal", cast.handler, filing=row.id, **decided)
    until = complaint_until(db.session.scalars(select(Filing)).one())
    still.move_to(clock.end_of(until - timedelta(days=31)))
    tick()
    assert told("complaint_ends") == set()
    if complains:
        from tests.fakes.making import make_lead

        take(
            case,
            "escalate",
            make_lead(cast),
            route="complaint",
            next_check_on=clock.today(),
            reason="Ratkaisu on väärä.",
            text="Valitus.",
        )
    still.shift(timedelta(days=1))
    tick()
    assert told("complaint_ends") == (set() if complains else {cast.handler.id})
