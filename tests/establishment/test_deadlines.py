"""Nothing falls asleep: letters, working days, and the three steps that are the clock's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.engine.outbox import Message
from intake.establishment.models import Request, Version
from intake.establishment.states import RequestState as S
from intake.refusals import WrongState
from tests.establishment import making
from tests.establishment.making import EXPERT
from tests.retention.quiet import nights_until


def reminded() -> list[str]:
    """Ids of those who got a letter of the morning, in order."""
    rows = select(Message).where(Message.template == "morning").order_by(Message.created_at)
    return [row.person_id for row in db.session.scalars(rows)]


def due_day(request) -> date:
    return clock.today(making.again(request).due_at)


def test_a_decision_is_due_in_ten_working_days(cast):
    assert due_day(making.make_request(cast)) == date(2026, 12, 7)


def test_finnish_public_holidays_are_no_working_days(cast, still):
    still.move_to(datetime(2026, 12, 21, 8, 0, tzinfo=UTC))
    answers = {"terms": {"terms_on": ["2026-12-01"]}}
    day = due_day(making.make_request(cast, **answers))
    between = [date(2026, 12, 22) + timedelta(days=n) for n in range(30)]
    working = [one for one in between if clock.is_working_day(one)]
    assert date(2026, 12, 25) not in working  # Christmas Day
    assert date(2027, 1, 1) not in working  # New Year
    assert date(2027, 1, 6) not in working  # Epiphany
    assert day == working[9] > date(2027, 1, 4)


def test_the_supervisor_is_told_each_week_then_the_next_one_up(cast, still, tick):
    request = making.make_request(cast)
    still.move_to(datetime(2026, 12, 3, 8, 0, tzinfo=UTC))
    tick()
    still.shift(timedelta(hours=2))
    tick()
    assert reminded().count(cast.head.id) == 1
    still.move_to(datetime(2026, 12, 8, 8, 0, tzinfo=UTC))
    tick()
    still.move_to(datetime(2026, 12, 9, 8, 0, tzinfo=UTC))
    tick()
    assert reminded().count(cast.head.id) == 2
    assert cast.director.id not in reminded()
    still.move_to(datetime(2026, 12, 14, 8, 0, tzinfo=UTC))
    tick()
    assert cast.director.id in reminded()
    still.move_to(datetime(2026, 12, 15, 8, 0, tzinfo=UTC))
    tick()
    assert reminded().count(cast.head.id) == 3
    assert making.again(request).state == S.SUBMITTED  # no timer decides


def test_a_forgotten_draft_is_announced_and_then_deleted(cast, still, tick):
    request = making.make_request(cast, S.DRAFT)
    still.shift(timedelta(days=21))
    tick()
    assert reminded() == [cast.requester.id]
    nights_until(still, clock.now() + timedelta(days=90))
    tick()
    assert db.session.scalars(select(Request)).all() == []
    assert making.steps_of(request)[-1] == "discard"


def test_an_edited_draft_lives_on(cast, still, tick):
    request = making.make_request(cast, S.DRAFT)
    still.shift(timedelta(days=100))
    making.save(request, cast.requester, "closing", exit_plan="Verkkosivuille.")
    still.shift(timedelta(days=20))
    tick()
    assert making.again(request).state == S.DRAFT


def test_a_draft_that_was_sent_once_is_deleted_with_its_versions(cast):
    request = making.make_request(cast, S.AWAITING_CONSENT, EXPERT)
    making.take(request, "take_back", cast.requester)
    making.take(request, "discard", cast.requester)
    assert db.session.scalars(select(Version)).all() == []
    assert db.session.get(Request, request.id) is None


def test_consent_that_does_not_come_makes_it_a_draft_again(cast, still, tick):
    request = making.make_request(cast, S.AWAITING_CONSENT, EXPERT)
    still.shift(timedelta(days=9))
    tick()
    assert reminded() == [cast.colleague.id]
    still.shift(timedelta(days=25))
    tick()
    assert making.again(request).state == S.DRAFT
    assert making.steps_of(request)[-1] == "consent_lapses"


def test_a_returned_request_lapses_only_by_a_person(cast, still, tick):
    request = making.make_request(cast, S.RETURNED)
    assert due_day(request) == date(2026, 12, 7)
    with pytest.raises(WrongState):
        making.take(request, "lapse", cast.head)
    still.move_to(datetime(2026, 12, 4, 8, 0, tzinfo=UTC))
    tick()
    assert cast.requester.id in reminded()
    assert cast.head.id not in reminded()
    still.move_to(datetime(2026, 12, 8, 8, 0, tzinfo=UTC))
    tick()
    assert cast.head.id in reminded()
    assert making.again(request).state == S.RETURNED
    making.take(request, "lapse", cast.head)
    assert making.again(request).state == S.LAPSED


def test_sending_again_begins_a_new_deadline(cast, still):
    request = making.make_request(cast, S.RETURNED)
    still.shift(timedelta(days=7))
    making.take(request, "submit", cast.requester)
    assert due_day(request) == date(2026, 12, 14)
    assert making.again(request).complete_by is None
