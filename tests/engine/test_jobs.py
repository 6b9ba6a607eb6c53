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


def test_many_reminders_do_not_hold_the_database_all_at_once(cast, still, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    sent = [make_request(cast, profile={"handle": [f"nuoret.{place}"]}).id for place in range(5)]
    still.shift(timedelta(days=30))
    opened = []
    real = jobs.write
    monkeypatch.setattr(jobs, "write", lambda *given: opened.append(1) or real(*given))
    jobs.run_deadlines(clock.now())
    told = select(Message.subject_id).where(Message.template == "reminder")
    assert sorted(db.session.scalars(told)) == sorted(sent)
    assert len(opened) == 3


def test_f14_a_reminder_goes_once_and_only_the_last_of_those_missed(cast, still):
    make_request(cast)
    before = db.session.scalar(select(func.count()).select_from(Message))
    still.shift(timedelta(days=40))
    jobs.tick()
    reminders = db.session.scalars(select(Message).where(Message.template == "reminder")).all()
    assert {message.person_id for message in reminders} == {cast.director.id}  # the next one up
    for _ in range(3):
        still.shift(timedelta(hours=5))
        jobs.tick()
    after = db.session.scalar(select(func.count()).select_from(Message))
    assert after - before == len(reminders) == 1


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
