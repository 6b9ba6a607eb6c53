"""A year by the clock: what is late is told again, and climbs to somebody who can act (F27)."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from intake import clock, ports
from intake.data.base import db
from intake.data.write import write
from intake.engine import duties, jobs, outbox, tracks
from intake.engine.outbox import Message
from intake.establishment.states import RequestState as S
from intake.fakes.states import CaseState as C
from intake.people.models import Person
from intake.profiles.states import AlarmState
from intake.profiles.states import ProfileState as P
from intake.site import desk, morning
from tests.establishment import making as requests
from tests.fakes import making as cases
from tests.profiles import making as profiles

KEPT = ("deadlines", "reroute", morning.NOTICE)  # the jobs that a year is about
NINE = timedelta(hours=7)  # by UTC; 9.00 or 10.00 in Helsinki
PATIENCE = 12  # days, with a week and the holidays of Christmas or Easter


@pytest.fixture
def calendar(app, monkeypatch):
    """Only the jobs that a year is about."""
    kept = [job for job in ports.of(app).jobs if job.name in KEPT]
    assert len(kept) == len(KEPT)
    monkeypatch.setattr(ports.of(app), "jobs", kept)


@pytest.fixture
def town(cast):
    """Something in every state that waits."""
    for number, state in enumerate((S.DRAFT, S.SUBMITTED, S.RETURNED)):
        requests.make_request(cast, state, profile={"handle": [f"nuoret.{number}"]})
    requests.make_request(cast, S.AWAITING_CONSENT, requests.EXPERT)
    profiles.open_profile(cast)
    setup = profiles.open_profile(cast, profiles.EXPERT)
    profiles.set_up(cast, setup, "instagram.com/aivan_muu")
    key = "instagram:handle:nuoret.{}".format
    profiles.make_profile(cast, P.CLOSING_ANNOUNCED, key=key("sulkeutuu"))
    alone = profiles.make_profile(cast, key=key("yksin"))
    profiles.take(alone, "leave", cast.admin)
    taken = profiles.make_profile(cast, key=key("viety"))
    profiles.raise_alarm(cast, taken, AlarmState.HIJACKED)
    for number, state in enumerate((C.RECEIVED, C.UNDER_REVIEW, C.CONFIRMED, C.NO_ANSWER)):
        url = f"https://www.instagram.com/valhe.{number}/"
        cases.make_case(cast, state, url, description=f"Valhe numero {number}.")
    return cast


def days_of(number: int, still):
    """Each day of so many, in the morning, with what the clock does on it."""
    begin = datetime(2026, 11, 24, tzinfo=UTC)
    for place in range(number):
        still.move_to(begin + timedelta(days=place) + NINE)
        jobs.tick()
        yield clock.today()


def open_late(now) -> list[tuple[str, object]]:
    """Everything that is late, of every track."""
    return [
        (track.name, subject)
        for track in tracks.tracks().values()
        for subject in track.waiting(now)
        if getattr(subject, track.due) is not None
        and getattr(subject, track.due) < now - timedelta(days=PATIENCE)
        and track.workflow.state_of(subject) not in track.workflow.ends
    ]


def holders(name: str, subject, now) -> set[str]:
    """Ids of everybody who has a duty on it, with its address where that is what waits."""
    track = tracks.track(name)
    return {
        person.id
        for task in track.tasks
        if duties.waits(track, task, subject, now)
        for person in duties.holders(track, task, subject, now)
    }


def beside(name: str, subject, now) -> set[str]:
    """How a profile goes on may wait for an admin, whom the row of the profile itself asks for."""
    return holders("profile", subject, now) if name == "continuation" else set()


def letters() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.track == morning.NOTICE)))


def told_lately(now) -> set[str]:
    since = now - timedelta(days=PATIENCE)
    return {one.person_id for one in letters() if one.created_at > since}


def asleep(now) -> list[str]:
    """What is late and of which nobody who can act was told lately."""
    lately = told_lately(now)
    return [
        f"{name} {subject.id}"
        for name, subject in open_late(now)
        if not (holders(name, subject, now) | beside(name, subject, now)) & lately
    ]


@pytest.mark.policy("O3", "O6", "P5")
def test_f27_a_year_in_which_nobody_acts_lets_nothing_sleep(app, town, calendar, still):
    reached: dict[int, set[str]] = {}
    for place, day in enumerate(days_of(365, still)):
        if place in (20, 90, 180, 364):
            assert asleep(clock.now()) == [], day
            late = open_late(clock.now())
            reached[place] = {one for line in late for one in holders(*line, clock.now())}
    sent = letters()
    days = {clock.today(one.created_at) for one in sent}
    assert all(clock.is_working_day(day) for day in days)
    each = Counter((one.person_id, clock.today(one.created_at)) for one in sent)
    assert max(each.values()) == 1
    assert len(days) > 200  # a profile that is taken over is told of each working day
    lead = {town.director.id, town.mayor.id, town.administrator.id}
    assert lead <= reached[180]
    assert len(reached[180]) > len(reached[20])
    by_person = Counter(one.person_id for one in sent)
    assert by_person[town.head.id] >= 45  # each week
    assert town.stranger.id not in by_person


def test_f27_whoever_gets_a_letter_has_what_it_tells_of(app, town, calendar, still):
    for place, _day in enumerate(days_of(60, still)):
        if place % 10:
            continue
        now = clock.now()
        for one in letters():
            if clock.today(one.created_at) != clock.today(now):
                continue
            person = db.session.get_one(Person, one.person_id)
            found = desk.duties(person, now)
            assert found, person.name
            written = outbox.letter(one)
            assert written is not None
            assert all(str(duty.what) in written.plain for duty in found[: morning.SHOWN])
            assert str(len(found)) in written.subject


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_f27_a_letter_that_is_late_tells_what_is_so_then(app, town, calendar, still, language):
    """It is written when it is delivered: what was done meanwhile is not in it."""
    with write():
        db.session.get_one(Person, town.head.id).language = language
    list(days_of(30, still))
    mine = [one for one in letters() if one.person_id == town.head.id][-1]
    before = outbox.letter(mine)
    waiting = desk.duties(db.session.get_one(Person, town.head.id), clock.now())
    gone = next(duty for duty in waiting if duty.track == "request" and "approve" in duty.steps)
    assert gone.title in before.plain
    requests.take(gone.subject, "reject", town.head)
    after = outbox.letter(mine)
    assert gone.subject.reference not in after.plain
    assert before.subject != after.subject


def test_f27_a_letter_of_nothing_is_not_sent(app, cast, calendar, still):
    made = requests.make_request(cast)
    list(days_of(20, still))
    mine = [one for one in letters() if one.person_id == cast.head.id][-1]
    matter = tracks.matter(mine.track)
    assert matter.stands(db.session.get_one(Person, cast.head.id), clock.now())
    requests.take(made, "reject", cast.head)
    assert not matter.stands(db.session.get_one(Person, cast.head.id), clock.now())


def test_f27_while_one_person_is_away_it_climbs_to_the_next(app, cast, calendar, still):
    request = requests.make_request(cast)
    with write():
        unit = db.session.get_one(type(cast.area), cast.area.id)
        unit.deputy_id = None
    for day in days_of(60, still):
        if day == clock.today(request.due_at):
            cast.make.absence(cast.head, day, day + timedelta(days=300))
    told = {one.person_id for one in letters() if one.created_at > request.due_at}
    assert {cast.director.id, cast.mayor.id} <= told
    assert asleep(clock.now()) == []
    steps = [duty.steps for duty in desk.duties(_again(cast.director), clock.now())]
    assert any("approve" in some for some in steps)  # while the head is away, the next one up


def test_f27_whoever_is_above_takes_a_late_decision_in_hand(app, cast, calendar, still):
    request = requests.make_request(cast)
    list(days_of(30, still))
    above = _again(cast.director)
    found = [duty for duty in desk.duties(above, clock.now()) if duty.track == "request"]
    assert [duty.steps for duty in found] == [("hand_on",)]
    requests.take(request, "hand_on", above, new_decider=above.id)
    requests.take(request, "reject", above)
    assert desk.duties(_again(cast.head), clock.now()) == []


def _again(person: Person) -> Person:
    return db.session.get_one(Person, person.id)
