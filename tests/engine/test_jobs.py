"""Jobs run once for each period, whoever calls; a late one reminds once; the thread works."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from intake import clock, ports
from intake.data.base import db
from intake.engine import jobs
from intake.engine.jobs import Job, JobRun
from intake.engine.outbox import Message
from intake.site import morning
from intake.web.forms import UsedToken
from tests.establishment.making import make_request


@pytest.fixture
def counted(app, monkeypatch):
    """An application with one job, which counts its runs."""
    runs = []
    monkeypatch.setattr(ports.of(app), "jobs", [Job("count", "hour", runs.append)])
    return runs


def test_f14_a_job_runs_once_in_its_period(counted, still):
    assert jobs.tick() == ["count"]
    assert jobs.tick() == []
    still.shift(timedelta(hours=1))
    assert jobs.tick() == ["count"]
    assert len(counted) == 2


def test_f14_many_schedulers_run_it_once(app, counted):
    moment = clock.now()
    gate = threading.Barrier(6)

    def tick():
        with app.app_context():
            gate.wait()
            jobs.tick(moment)

    threads = [threading.Thread(target=tick) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted == [moment]


def test_f14_missed_hours_do_not_burst(counted, still):
    still.shift(timedelta(days=3))
    assert jobs.tick() == ["count"]


def test_a_job_that_fails_stops_no_other_and_is_tried_again(app, monkeypatch, caplog):
    runs = []
    broken = Job("broken", "day", lambda _now: runs.append(1) or 1 / 0)
    fine = Job("fine", "day", lambda _now: None)
    monkeypatch.setattr(ports.of(app), "jobs", [broken, fine])
    assert jobs.tick() == ["broken", "fine"]
    assert "job broken failed" in caplog.text
    assert db.session.scalars(select(JobRun.job)).all() == ["fine"]
    jobs.tick()
    assert len(runs) == 2


def test_many_letters_do_not_hold_the_database_all_at_once(cast, monkeypatch):
    monkeypatch.setattr(morning, "AT_ONCE", 2)
    people = [one.id for name, one in cast.everyone().items() if name != "leaver"][:5]
    monkeypatch.setattr(morning, "called", lambda _now: set(people))
    opened = []
    real = morning.write
    monkeypatch.setattr(morning, "write", lambda *given: opened.append(1) or real(*given))
    morning.run(clock.now())
    told = select(Message.person_id).where(Message.template == "morning")
    assert sorted(db.session.scalars(told)) == sorted(people)
    assert len(opened) == 3


def test_f14_what_was_missed_is_one_letter_a_person(cast, still):
    make_request(cast)
    before = db.session.scalar(select(func.count()).select_from(Message))
    still.shift(timedelta(days=42))  # a Monday
    jobs.tick()
    sent = db.session.scalars(select(Message).where(Message.template == "morning")).all()
    assert {cast.head.id, cast.director.id} <= {message.person_id for message in sent}
    for _ in range(3):
        still.shift(timedelta(hours=4))
        jobs.tick()
    after = db.session.scalar(select(func.count()).select_from(Message))
    assert after - before == len(sent) == len({message.person_id for message in sent})


def test_a_job_of_the_morning_waits_for_its_hour(app, still, monkeypatch):
    runs = []
    monkeypatch.setattr(ports.of(app), "jobs", [Job("early", "day", runs.append, since=7)])
    still.shift(timedelta(hours=-5))  # 5.00 in Helsinki
    assert jobs.tick() == []
    still.shift(timedelta(hours=2))
    assert jobs.tick() == ["early"]


def test_old_tokens_are_forgotten(app, cast, visitor, still):
    visitor.signs_in(cast.head)
    assert db.session.scalars(select(UsedToken)).all()
    still.shift(timedelta(days=3))
    jobs.tick()
    assert db.session.scalars(select(UsedToken)).all() == []


def test_the_servers_thread_works_and_stops(app, monkeypatch):
    ran = threading.Event()
    monkeypatch.setattr(ports.of(app), "jobs", [Job("once", "hour", lambda _now: ran.set())])
    worker = jobs.Worker(app)
    worker.start()
    assert ran.wait(10)
    begun = time.monotonic()
    worker.stop()
    assert not worker.is_alive()
    assert time.monotonic() - begun < 10
    ports.of(app).write_lock.wake.remove(worker.woken.set)


def test_the_servers_thread_outlives_a_failure(app, monkeypatch, caplog):
    tried = []

    def stumble():
        tried.append(1)
        raise RuntimeError("the database is away")

    monkeypatch.setattr(jobs, "tick", stumble)
    worker = jobs.Worker(app)
    worker.start()
    for _ in range(3):
        worker.woken.set()
        time.sleep(0.2)
    worker.stop()
    ports.of(app).write_lock.wake.remove(worker.woken.set)
    assert len(tried) > 1
    assert "the worker stumbled" in caplog.text
