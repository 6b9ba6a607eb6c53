"""Jobs: each once for each period, whoever runs them; deadlines; the server's own thread."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from intake import clock, ports
from intake.data.base import Base, db, insert, lots
from intake.data.write import write
from intake.engine import mail, outbox, tracks
from intake.engine.table import CLOCK, Deadline
from intake.refusals import Refused
from intake.web import forms

PERIODS = {"hour": "%Y-%m-%d %H", "day": "%Y-%m-%d"}
ALWAYS = "always"
AT_ONCE = 25  # subjects reminded of in one transaction
KEPT = timedelta(days=30)  # of the notes that a job ran


class JobRun(Base):
    """A job that was claimed for a period."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(20), primary_key=True)


@dataclass(frozen=True)
class Job:
    """A function to run once an hour or once a day (in Helsinki), or at every tick: such a one
    sees by itself whether anything waits, and says whether it did something."""

    name: str
    period: str  # of PERIODS, or ALWAYS
    run: Callable[[datetime], Any]


def init_app(app: Flask) -> None:
    """The jobs of the flat files; rooms add theirs with `add`."""
    ports.of(app).jobs += [
        Job("deadlines", "hour", run_deadlines),
        Job("old_tokens", "day", _forget),
    ]


def add(app: Flask, job: Job) -> None:
    """Register a room's job."""
    ports.of(app).jobs.append(job)


def tick(now: datetime | None = None) -> list[str]:
    """Run every job whose period nobody has claimed; the names of those that ran."""
    moment = now or clock.now()
    return [job.name for job in ports.here().jobs if _ran(job, moment)]


def _ran(job: Job, now: datetime) -> bool:
    if job.period == ALWAYS:
        return bool(_run(job, now))
    if not _claim(job, now):
        return False
    _run(job, now)
    return True


def _period(job: Job, now: datetime) -> str:
    return now.astimezone(clock.HELSINKI).strftime(PERIODS[job.period])


def _claim(job: Job, now: datetime) -> bool:
    period = _period(job, now)
    if db.session.get(JobRun, (job.name, period)) is not None:
        return False
    values = {"job": job.name, "period": period, "created_at": now}
    with write():
        claim = insert(JobRun.__table__).values(**values).on_conflict_do_nothing()
        return db.session.execute(claim.returning(JobRun.job)).scalar() is not None


def _run(job: Job, now: datetime) -> Any:
    try:
        return job.run(now)
    except Exception:  # one job that fails stops no other; it is tried again next time
        current_app.logger.exception("job %s failed", job.name)
        db.session.rollback()
    if job.period != ALWAYS:
        _release(job, now)
    return None


def _release(job: Job, now: datetime) -> None:
    claim = delete(JobRun).where(JobRun.job == job.name, JobRun.period == _period(job, now))
    with write():
        db.session.execute(claim)


def _forget(now: datetime) -> None:
    with write():
        forms.forget_old_tokens(now)
        db.session.execute(delete(JobRun).where(JobRun.created_at < now - KEPT))


def run_deadlines(now: datetime) -> None:
    """Remind of what is due and take the steps that are time's own."""
    for track in list(tracks.tracks().values()):
        for deadline in track.workflow.deadlines:
            _remind(track, deadline, now)
            if deadline.step:
                _take_due(track, deadline, now)


def _waiting(track: tracks.Track, deadline: Deadline, until: datetime) -> list[str]:
    """The ids of what is due, the longest due first."""
    model = track.model
    state, due = getattr(model, track.workflow.column), getattr(model, track.due)
    waiting = select(model.id).where(state == deadline.state, due <= until)
    return list(db.session.scalars(waiting.order_by(due, model.id)))


def _remind(track: tracks.Track, deadline: Deadline, now: datetime) -> None:
    """One reminder for each nudge that has come, the last one only where several were missed."""
    if not deadline.nudges:
        return
    earliest = min(nudge.days for nudge in deadline.nudges)
    last = clock.end_of(clock.today(now) - timedelta(days=earliest))
    for ids in lots(_waiting(track, deadline, last), AT_ONCE):
        with write():
            for subject_id in ids:
                _nudge(track, deadline, db.session.get(track.model, subject_id), now)


def _nudge(track: tracks.Track, deadline: Deadline, subject: Any, now: datetime) -> None:
    if subject is None or track.workflow.state_of(subject) != deadline.state:
        return
    if deadline.hours and getattr(subject, track.due) > now:
        return
    due = clock.today(getattr(subject, track.due))
    come = [
        nudge for nudge in deadline.nudges if due + timedelta(days=nudge.days) <= clock.today(now)
    ]
    if not come:
        return
    nudge = max(come, key=lambda line: line.days)
    for party, person in tracks.people_of(nudge.parties, subject, now):
        key = f"{subject.id}:{deadline.state}:{due}:{nudge.days}:{person.id}"
        outbox.queue(key, "reminder", track.name, deadline.state, subject, party.name, person, now)


def _take_due(track: tracks.Track, deadline: Deadline, now: datetime) -> None:
    for subject_id in _waiting(track, deadline, now):
        try:
            with write():
                subject = db.session.get(track.model, subject_id)
                if subject is not None:
                    track.take(subject, deadline.step, CLOCK, now)
        except Refused:
            current_app.logger.info(
                "%s %s: %s is not due any more", track.name, subject_id, deadline.step
            )


class Worker(threading.Thread):
    """The server's own thread: delivers what is due, woken after each commit, and ticks."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="jobs", daemon=True)
        self.app = app
        self.woken = threading.Event()
        self.stopping = False
        ports.of(app).write_lock.wake.append(self.woken.set)

    def run(self) -> None:
        while not self.stopping:
            self.woken.clear()
            self._work()
            self.woken.wait(60)

    def _work(self) -> None:
        with self.app.app_context():
            try:
                tick()
                outbox.deliver(stopping=lambda: self.stopping)
            except Exception:  # the thread must outlive a database that is away
                self.app.logger.exception("the worker stumbled")

    def stop(self) -> None:
        """Finish the message that has begun and end: no lease is left behind (F26)."""
        self.stopping = True
        self.woken.set()
        self.join(3 * mail.TIMEOUT)
