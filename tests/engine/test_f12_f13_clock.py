"""F12, F13, A126: a clock that jumps decides nothing; nights of 23 and 25 hours are nights."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox, replay
from intake.engine.outbox import Fate, Message
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.people import service
from intake.people.models import Person, Unit
from tests.browser import Browser
from tests.establishment import making
from tests.faults import assert_sound
from tests.mail_server import MailServer

DAY, YEARS = timedelta(days=1), timedelta(days=3653)
JUMPS = [DAY, -DAY, YEARS]


def number_of(model, *where) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


# F12: sessions end early rather than late


@pytest.mark.parametrize("jump", JUMPS)
def test_f12_a_session_does_not_outlive_a_jump(app, cast, still, jump):
    browser = Browser(app).signs_in(cast.head)
    still.shift(jump)
    assert browser.opens("/desk").path == "/sign-in"
    still.shift(-jump)
    browser.signs_in(cast.head)


@pytest.mark.parametrize("jump", JUMPS)
def test_f12_one_begun_by_a_wrong_clock_ends_with_it(app, cast, still, jump):
    """Begun while the clock was wrong, it is not there for years once it is right again."""
    still.shift(jump)
    browser = Browser(app).signs_in(cast.head)
    still.shift(-jump)
    assert browser.opens("/desk").path == "/sign-in"


@pytest.mark.parametrize("jump", JUMPS)
def test_f12_a_form_of_a_wrong_clock_is_given_back_with_its_text(app, cast, still, jump):
    request = making.make_request(cast)
    still.shift(jump)
    page = Browser(app).signs_in(cast.head).opens(f"/establishment/{request.id}/reject")
    still.shift(-jump)
    browser = Browser(app).signs_in(cast.head)
    page.browser = browser
    refused = page.fills(reason="Tämä perustelu säilyy.").presses("Hylkää")
    assert refused.status == 400
    assert "Tämä perustelu säilyy." in refused.html


# F12: reminders, letters, limits


@pytest.mark.parametrize("jump", JUMPS)
def test_f12_a_letter_of_the_morning_goes_once_a_day(cast, still, tick, jump):
    making.make_request(cast)
    still.shift(timedelta(days=14))
    tick()
    wanted = Message.template == "morning"
    for step in (jump, -jump, timedelta(hours=1), jump, -jump):
        still.shift(step)
        tick()
    sent = db.session.scalars(select(Message).where(wanted)).all()
    days = [(one.person_id, clock.today(one.created_at)) for one in sent]
    assert len(days) == len(set(days))


def test_f12_a_clock_that_ran_ahead_silences_nobody(cast, still, tick):
    """A letter from a day to come does not count as the last one."""
    making.make_request(cast, terms={"terms_on": [making.in_days(0)]})
    still.shift(timedelta(days=371))
    tick()
    still.shift(-timedelta(days=350))
    tick()
    mine = Message.template == "morning", Message.person_id == cast.head.id
    assert number_of(Message, *mine) == 2


def test_f12_the_clock_decides_nothing_even_after_ten_years(cast, still, tick):
    ids = {
        state: making.make_request(cast, state, profile={"handle": [f"nuoret.{state}"]}).id
        for state in (S.SUBMITTED, S.RETURNED)
    }
    still.shift(YEARS)
    tick()
    for state, request_id in ids.items():
        assert db.session.get_one(Request, request_id).state is state
    assert_sound()


def test_f12_a_letter_put_off_by_a_clock_that_ran_ahead_still_goes(app, cast, still):
    still.shift(YEARS)
    making.make_request(cast, terms={"terms_on": [making.in_days(0)]})
    waiting = number_of(Message)
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    outbox.deliver()
    still.shift(-YEARS)
    server = MailServer()
    server.start()
    app.config["MAIL_URL"] = server.url
    assert outbox.deliver() == waiting
    server.stop()
    assert_sound(letters=server.letters)


def test_f12_a_letter_taken_by_a_clock_that_ran_ahead_is_marked_as_perhaps_sent(app, cast, still):
    making.make_request(cast)
    still.shift(YEARS)
    claimed = outbox._claim(clock.now())
    still.shift(-YEARS)
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    outbox.deliver()
    assert db.session.get_one(Message, claimed).fate is Fate.UNCERTAIN


@pytest.mark.parametrize("jump", JUMPS)
def test_f12_no_limit_locks_anybody_out_for_years(app, cast, still, jump):
    still.shift(jump)
    stranger = Browser(app)
    for _ in range(11):
        page = stranger.opens("/sign-in").fills(email=cast.head.email, password="wrong")
        page = page.presses("Kirjaudu")
    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) <= 301
    still.shift(-jump)
    still.shift(timedelta(minutes=6))
    Browser(app).signs_in(cast.head)


# A126: the chain keeps the order, and says where a date does not follow


def named(cast, moment: datetime) -> None:
    with write():
        unit = db.session.get_one(Unit, cast.library.id)
        by = db.session.get_one(Person, cast.administrator.id)
        head = None if unit.head_id else db.session.get_one(Person, cast.chief.id)
        service.name_head(unit, head, None, by, moment)


def test_a126_an_entry_dated_earlier_is_stored_and_flagged(app, cast, still):
    named(cast, clock.now())
    still.shift(timedelta(hours=-2))
    named(cast, clock.now())
    still.shift(timedelta(hours=3))
    named(cast, clock.now())
    seq = audit_trail.head()[0]
    assert replay.verify() == []
    assert replay.examine().flags == [f"entry {seq - 1}: is dated earlier than the one before it"]
    said = app.test_cli_runner().invoke(args=["trail", "verify"])
    assert said.exit_code == 0
    assert f"entry {seq - 1}: is dated earlier than the one before it" in said.output
    page = Browser(app).signs_in(cast.keeper).opens("/trail")
    flagged = [row for row in page.tree.iter("tr") if "aiempi" in "".join(row.itertext())]
    assert [next(row.iter("td")).text for row in flagged] == [str(seq - 1)]


def test_a126_who_waited_for_their_turn_is_not_flagged(cast):
    """The moment is read before the queue of writers."""
    named(cast, clock.now())
    named(cast, clock.now() - timedelta(seconds=60))
    assert replay.examine().flags == []


def test_a126_what_lies_on_another_page_counts_too(app, cast, still, monkeypatch):
    from intake.site import admin_pages

    monkeypatch.setattr(admin_pages, "PAGE", 2)
    for hours in (0, 0, -5, 0):
        still.shift(timedelta(hours=hours))
        named(cast, clock.now())
    newest = Browser(app).signs_in(cast.keeper).opens("/trail")
    assert "aiempi" in newest.main
    assert "aiempi" not in newest.follows("Seuraava").main


def test_f12_back_during_a_transaction(cast, still):
    """What is written while the clock jumps is whole, and in its place in the chain."""
    named(cast, clock.now())
    with write():
        still.shift(-DAY)
        service.name_head(
            db.session.get_one(Unit, cast.library.id),
            db.session.get_one(Person, cast.chief.id),
            None,
            db.session.get_one(Person, cast.administrator.id),
            clock.now(),
        )
    assert replay.verify() == []
    assert len(replay.examine().flags) == 1


# F13: ten years of days in Helsinki


FIRST, LAST = date(2026, 1, 1), date(2036, 12, 31)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    datetime(2036, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
NIGHTS = [  # the missing hour, the doubled one, year's end, leap day, both sides of midnight
    datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    datetime(2026, 12, 31, 21, 59, 59, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 0, tzinfo=UTC),
    datetime(2028, 2, 28, 22, 0, tzinfo=UTC),
    datetime(2028, 2, 29, 21, 59, 59, tzinfo=UTC),
    datetime(2026, 7, 1, 20, 59, 59, tzinfo=UTC),
    datetime(2026, 7, 1, 21, 0, tzinfo=UTC),
]


def on_nights(test):
    for moment in NIGHTS:
        test = example(moment=moment, days=14)(test)
    return settings(deadline=None)(test)  # the holidays are loaded by whoever asks first


@on_nights
@given(moment=MOMENTS, days=st.integers(0, 400))
def test_f13_so_many_days_is_a_date_in_helsinki(moment, days):
    due = clock.due(moment, days)
    wanted = clock.next_working_day(moment.astimezone(clock.HELSINKI).date() + timedelta(days=days))
    local = due.astimezone(clock.HELSINKI)
    assert local.date() == wanted
    assert (local.hour, local.minute, local.second) == (23, 59, 59)
    assert due == local.astimezone(UTC)  # an hour that there is
    assert due >= moment - timedelta(seconds=1)


@on_nights
@given(moment=MOMENTS, days=st.integers(0, 60))
def test_f13_working_days_end_on_one_and_are_counted_one_by_one(moment, days):
    day = clock.today(clock.due(moment, days, working=True))
    begun = clock.today(moment)
    between = [begun + timedelta(days=n + 1) for n in range((day - begun).days)]
    on_a_free_day = not clock.is_working_day(begun)  # "the same day" is then the next working one
    assert sum(clock.is_working_day(one) for one in between) == (days or on_a_free_day)
    assert clock.is_working_day(day)


def test_f13_a_daily_job_runs_once_each_day_of_ten_years():
    daily = SimpleNamespace(period="day")
    hour, periods = datetime(2026, 1, 1, tzinfo=UTC), []
    while hour.year < 2037:
        period = jobs._period(daily, hour)
        if not periods or periods[-1] != period:
            periods.append(period)
        hour += timedelta(hours=1)
    days = [date.fromisoformat(period) for period in periods]
    assert all((later - day).days == 1 for day, later in pairwise(days))
    assert (days[0], days[-1]) == (FIRST, date(2037, 1, 1))


@pytest.mark.parametrize("night", NIGHTS)
def test_f13_pages_and_jobs_stand_every_odd_night(app, cast, tick, night):
    with time_machine.travel(night, tick=False):
        tick()
        browser = Browser(app).signs_in(cast.head)
        request = making.make_request(cast, terms={"terms_on": [making.in_days(0)]})
        for path in ("/desk", f"/establishment/{request.id}", "/register"):
            assert browser.opens(path).status == 200
        due = making.again(request).due_at
        assert clock.today(due) == clock.today(clock.due(clock.now(), 10, working=True))
    assert_sound()
